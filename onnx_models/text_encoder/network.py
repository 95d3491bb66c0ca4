"""The encoder of multilingual-e5-small (arXiv 2402.05672): BERT's, post-norm, token states out."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import embedding, gelu, layer_norm

from onnx_models.text_encoder.weights import BLOCK, Quantised, Weights

MAX_POSITIONS: Final = 128  # of the model's 512: prompts are short

LINEAR_NAMES: Final = {
    "attend_in": ("q", "k", "v"),
    "attend_out": ("ao",),
    "widen": ("fi",),
    "narrow": ("fo",),
}


def linear_weights(weights: Weights) -> Iterator[tuple[str, Quantised]]:
    """Yield each matrix product's weight, (out, in), under its name in `TextEncoderNet`."""
    for layer in range(weights.layers):
        for name in LINEAR_NAMES:
            yield f"layers.{layer}.{name}.weight", _linear_weight(weights, layer, name)


def _linear_weight(weights: Weights, layer: int, name: str) -> Quantised:
    parts = [weights.matrices[f"l{layer}.{part}.w"] for part in LINEAR_NAMES[name]]
    return Quantised(
        np.concatenate([part.nibbles for part in parts]),
        np.concatenate([part.scales for part in parts]),
    )


class TextEncoderNet(nn.Module):
    """Maps (input_ids, attention_mask), int64 (B, L), to token states, float32 (B, L, width).

    `kept_ids` are the rows of the source's vocabulary, in the order of the new ids.
    """

    def __init__(self, weights: Weights, kept_ids: list[int]) -> None:
        super().__init__()
        self.words = _Words(weights.matrices["emb.word"].rows(np.array(kept_ids)))
        positions = weights.vectors["emb.pos"].reshape(-1, weights.width)[:MAX_POSITIONS]
        first_type = weights.vectors["emb.type"][: weights.width]
        self.positions = _constant(positions + first_type)
        self.norm = _Norm(weights, "emb.ln")
        self.layers = nn.ModuleList(_Layer(weights, layer) for layer in range(weights.layers))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        states: Tensor = self.words(input_ids) + self.positions[: input_ids.shape[1]]
        states = self.norm(states)
        hidden = (attention_mask == 0)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, hidden)
        return states


class _Words(nn.Module):
    """An embedding table in 4 bits, unpacked for the rows that are looked up.

    Halves of a byte are parted by arithmetic: every execution provider has it, unlike shifts.
    """

    def __init__(self, table: Quantised) -> None:
        super().__init__()
        self.nibbles = _constant(table.nibbles.reshape(len(table.nibbles), -1))
        self.scales = _constant(table.scales)

    def forward(self, ids: Tensor) -> Tensor:
        packed = embedding(ids, self.nibbles).float().view(*ids.shape, -1, BLOCK // 2)
        high = torch.floor(packed / 16)
        levels = torch.cat([packed - 16 * high, high], dim=-1) - 8
        return (levels * embedding(ids, self.scales).float()[..., None]).flatten(-2)


class _Layer(nn.Module):
    def __init__(self, weights: Weights, layer: int) -> None:
        super().__init__()
        self.heads = weights.heads
        self.attend_in = _Linear(weights, layer, "attend_in")
        self.attend_out = _Linear(weights, layer, "attend_out")
        self.attend_norm = _Norm(weights, f"l{layer}.aln")
        self.widen = _Linear(weights, layer, "widen")
        self.narrow = _Linear(weights, layer, "narrow")
        self.out_norm = _Norm(weights, f"l{layer}.oln")

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        states = self.attend_norm(states + self.attend_out(self._attended(states, hidden)))
        out: Tensor = self.out_norm(states + self.narrow(gelu(self.widen(states))))
        return out

    def _attended(self, states: Tensor, hidden: Tensor) -> Tensor:
        batch, length, width = states.shape
        heads: Tensor = self.attend_in(states).view(
            batch, length, 3, self.heads, width // self.heads
        )
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        affinity = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5
        attention = affinity.masked_fill(hidden, -1e9).softmax(dim=-1)
        attended: Tensor = (attention @ value).transpose(1, 2).reshape(batch, length, width)
        return attended


class _Linear(nn.Module):
    """Keeps its weight as (in, out), so that the exported graph multiplies by it as stored."""

    def __init__(self, weights: Weights, layer: int, name: str) -> None:
        super().__init__()
        biases = [weights.vectors[f"l{layer}.{part}.b"] for part in LINEAR_NAMES[name]]
        self.weight = _constant(_linear_weight(weights, layer, name).dequantised().T)
        self.bias = _constant(np.concatenate(biases))

    def forward(self, states: Tensor) -> Tensor:
        return states @ self.weight + self.bias


class _Norm(nn.Module):
    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.weight = _constant(weights.vectors[f"{name}.w"])
        self.bias = _constant(weights.vectors[f"{name}.b"])
        self.epsilon = weights.norm_epsilon

    def forward(self, states: Tensor) -> Tensor:
        return layer_norm(states, (states.shape[-1],), self.weight, self.bias, self.epsilon)


def _constant(values: NDArray[Any]) -> nn.Parameter:
    return nn.Parameter(torch.from_numpy(values.copy(order="C")), requires_grad=False)
