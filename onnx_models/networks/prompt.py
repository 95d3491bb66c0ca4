"""From a prompt's token states to the voice it asks for."""

from typing import Final, NamedTuple

import torch
from torch import Tensor, nn

from onnx_models.captions import SOUNDS
from onnx_models.composer import INSTRUMENTS, KITS, STYLES

INSTRUMENT_NAMES: Final = (*INSTRUMENTS, *KITS)
STYLE_NAMES: Final = tuple(STYLES)
ASKED: Final = (len(INSTRUMENT_NAMES), len(STYLE_NAMES), len(SOUNDS))
HIDDEN: Final = 512
UNSAID: Final = -60.0


def asked_parts(asked: Tensor) -> tuple[Tensor, ...]:
    """Return views of (..., sum(ASKED)): instruments, styles, sounds."""
    return torch.split(asked, list(ASKED), dim=-1)


class Wish(NamedTuple):
    """What prompts ask for, (B, sum(ASKED)), and 1 where there is a prompt, else 0, (B, 1)."""

    asked: Tensor
    given: Tensor


class Prompt(nn.Module):
    """Turns token states (B, L, text) into a wish, and that into one vector (B, condition).

    A reader, trained apart and fixed, finds in each token what it asks for: instruments, a style,
    sounds. Only that reaches the voice, so that all wordings of one wish, in any language, are one
    and the same to the denoiser. No tokens have a vector of their own.
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

    def read(self, text: Tensor, mask: Tensor) -> Tensor:
        """Return logits (B, sum(ASKED)) of what is asked for anywhere in the tokens."""
        hidden = nn.functional.gelu(torch.matmul(text, self.first) + self.first_bias)
        logits = torch.matmul(hidden, self.second) + self.second_bias
        return anywhere(logits, mask)

    def wish(self, text: Tensor, mask: Tensor) -> Wish:
        """Return shares of instruments, of styles, and chances of sounds; zeros without tokens."""
        instruments, styles, sounds = asked_parts(self.read(text.float(), mask))
        shares = instruments.softmax(dim=1), styles.softmax(dim=1), sounds.sigmoid()
        given = mask.amax(dim=1, keepdim=True).float()
        return Wish(given * torch.cat(shares, dim=1), given)

    def forward(self, wish: Wish) -> Tensor:
        dtype = self.null.dtype
        voice = torch.matmul(wish.asked.to(dtype), self.voices)
        vector: Tensor = voice + (1 - wish.given).to(dtype) * self.null
        return vector


def anywhere(logits: Tensor, mask: Tensor) -> Tensor:
    """Return the logits (B, N) of what any of the tokens (B, L, N) under the mask (B, L) says."""
    said = torch.where(mask[:, :, None] > 0, logits, UNSAID)
    return said.logsumexp(dim=1)
