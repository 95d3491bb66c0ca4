"""From a prompt's token states to the voice it asks for."""

from typing import Final

import torch
from torch import Tensor, nn

from onnx_models.captions import SOUNDS
from onnx_models.composer import INSTRUMENTS, KITS, STYLES

INSTRUMENT_NAMES: Final = (*INSTRUMENTS, *KITS)
STYLE_NAMES: Final = tuple(STYLES)
ASKED: Final = (len(INSTRUMENT_NAMES), len(STYLE_NAMES), len(SOUNDS))
HIDDEN: Final = 512


def asked_parts(asked: Tensor) -> tuple[Tensor, ...]:
    """Return views of (..., sum(ASKED)): instruments, styles, sounds."""
    return torch.split(asked, list(ASKED), dim=-1)


class Prompt(nn.Module):
    """Turns token states (B, L, text) into a wish, and that into one vector (B, condition).

    A reader, trained apart and fixed, tells from the mean token state which instruments, style
    and sound are asked for; only that reaches the voice, so that all wordings of one wish, in any
    language, are one and the same to the denoiser. No tokens have a vector of their own.
    """

    first: Tensor
    first_bias: Tensor
    second: Tensor
    second_bias: Tensor

    def __init__(self, text: int, condition: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.voices = nn.Parameter(torch.randn(sum(ASKED), condition))
        self.null = nn.Parameter(torch.zeros(condition))
        self.register_buffer("first", torch.zeros(text, hidden))
        self.register_buffer("first_bias", torch.zeros(hidden))
        self.register_buffer("second", torch.zeros(hidden, sum(ASKED)))
        self.register_buffer("second_bias", torch.zeros(sum(ASKED)))

    def read(self, pooled: Tensor) -> Tensor:
        """Return logits (B, sum(ASKED)) of what mean token states (B, text) ask for."""
        hidden = nn.functional.gelu(torch.matmul(pooled, self.first) + self.first_bias)
        logits: Tensor = torch.matmul(hidden, self.second) + self.second_bias
        return logits

    def asked(self, pooled: Tensor) -> Tensor:
        """Return shares of instruments, of styles, and chances of sounds, (B, sum(ASKED))."""
        instruments, styles, sounds = asked_parts(self.read(pooled))
        shares = instruments.softmax(dim=1), styles.softmax(dim=1), sounds.sigmoid()
        return torch.cat(shares, dim=1)

    def wish(self, text: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return what is asked for (B, sum(ASKED)), and 1 where there is a prompt, else 0 (B, 1).

        Nothing is asked for where there is none.
        """
        counted = mask.float()
        count = counted.sum(dim=1, keepdim=True)
        pooled = (text.float() * counted[:, :, None]).sum(dim=1) / count.clamp_min(1)
        given = count.clamp_max(1)
        return given * self.asked(pooled), given

    def forward(self, asked: Tensor, given: Tensor) -> Tensor:
        dtype = self.null.dtype
        voice = torch.matmul(asked.to(dtype), self.voices)
        vector: Tensor = voice + (1 - given).to(dtype) * self.null
        return vector
