"""Trains the prompt's reader: captions in, what they ask for out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from onnx_models.captions import SOUNDS, caption, sounds
from onnx_models.composer import Part, Piece, compose
from onnx_models.composer.casting import recast
from onnx_models.networks.prompt import (
    ASKED,
    HIDDEN,
    INSTRUMENT_NAMES,
    STYLE_NAMES,
    Prompt,
    asked_parts,
)
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.run import load, save

FIRST_SEED: Final = 500_000_000  # neither the denoiser's songs nor the evaluation's
PIECES: Final = 2000
PIECE_S: Final = 12.0
BATCH: Final = 256
EPOCHS: Final = 40
LEARNING_RATE: Final = 3e-3
READER_FILE: Final = "prompt.pt"


class Wish(NamedTuple):
    """A caption, and the targets of `Prompt.asked` that it stands for."""

    caption: str
    asked: Tensor


def wishes(seed: int) -> Iterator[Wish]:
    """Yield captions in both languages of each part and the mix of a piece, mostly recast."""
    piece, rng = compose(seed, PIECE_S), np.random.default_rng(seed)
    parts = tuple(recast(p, rng) if rng.random() < 0.7 else p for p in piece.parts)
    heard = [(part.role, (part,)) for part in parts] + [("mix", parts)]
    for role, some in heard:
        named = replace(piece, parts=some)
        asked = target(named, some)
        yield Wish(caption(named, role, rng, "en"), asked)
        yield Wish(caption(named, role, rng, "zh"), asked)


def target(piece: Piece, parts: tuple[Part, ...]) -> Tensor:
    """Return what a perfect reader of the parts' captions would give, (sum(ASKED),)."""
    instruments, styles, flags = asked_parts(torch.zeros(sum(ASKED)))
    for part in parts:
        instruments[INSTRUMENT_NAMES.index(part.instrument)] += 1 / len(parts)
    styles[STYLE_NAMES.index(piece.style)] = 1
    for sound in sounds(piece, parts):
        flags[SOUNDS.index(sound)] = 1
    return torch.cat([instruments, styles, flags])


def mean_states(captions: list[str], encoder: TextEncoder) -> Tensor:
    """Return each caption's mean token state, float32 (N, W); those of like length together."""
    order = sorted(range(len(captions)), key=lambda index: len(captions[index]))
    rows: dict[int, Tensor] = {}
    for first in range(0, len(order), 8):
        some = order[first : first + 8]
        states, mask = encoder.encode([captions[index] for index in some])
        counted = mask[:, :, None].astype(np.float32)
        means = (states * counted).sum(axis=1) / counted.sum(axis=1)
        rows |= {index: torch.from_numpy(mean) for index, mean in zip(some, means, strict=True)}
    return torch.stack([rows[index] for index in range(len(captions))])


def whitening(pooled: Tensor) -> tuple[Tensor, Tensor]:
    """Return mean (W,) and matrix (W, W) that give states like `pooled` deviation 1.

    What captions differ in lies in directions of little variance.
    """
    mean = pooled.mean(dim=0)
    variances, axes = torch.linalg.eigh(torch.cov((pooled - mean).T))
    return mean, axes * variances.clamp_min(1e-4).rsqrt()


def reading_loss(logits: Tensor, asked: Tensor) -> Tensor:
    """Return how far `logits` are from what was asked."""
    (i, s, f), (instruments, styles, flags) = asked_parts(logits), asked_parts(asked)
    told: Tensor = cross_entropy(i, instruments) + 0.3 * cross_entropy(s, styles)
    return told + 0.3 * binary_cross_entropy_with_logits(f, flags)


def fit(prompt: Prompt, pooled: Tensor, asked: Tensor, epochs: int = EPOCHS) -> None:
    """Train the reader of `prompt` on mean states (N, W) and what they ask for."""
    mean, matrix = whitening(pooled)
    white = (pooled - mean) @ matrix
    hidden, last = nn.Linear(len(mean), HIDDEN), nn.Linear(HIDDEN, sum(ASKED))
    network = nn.Sequential(hidden, nn.GELU(), nn.Dropout(0.2), last)
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=0.02)
    steps = max(4, epochs * len(white) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, steps)
    for _ in range(steps):
        rows = torch.randint(len(white), (BATCH,))
        optimiser.zero_grad()
        reading_loss(network(white[rows]), asked[rows]).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    with torch.no_grad():  # the whitening becomes part of the first layer
        first = matrix @ hidden.weight.T
        prompt.first.copy_(first)
        prompt.first_bias.copy_(hidden.bias - mean @ first)
        prompt.second.copy_(last.weight.T)
        prompt.second_bias.copy_(last.bias)


def train_reader(folder: Path, pieces: int = PIECES) -> None:
    """Train the reader on the captions of `pieces` pieces and write it into `folder`."""
    torch.manual_seed(0)
    drawn = [wish for n in range(pieces) for wish in wishes(FIRST_SEED + n)]
    encoder = TextEncoder(folder.parent / "text")
    pooled = mean_states([wish.caption for wish in drawn], encoder)
    prompt = Prompt(pooled.shape[1], 1)
    fit(prompt, pooled, torch.stack([wish.asked for wish in drawn]))
    save(dict(prompt.named_buffers()), folder / READER_FILE)


def load_reader(prompt: Prompt, folder: Path) -> None:
    """Give `prompt` the reader that `train_reader` wrote."""
    prompt.load_state_dict(load(folder / READER_FILE), strict=False)
