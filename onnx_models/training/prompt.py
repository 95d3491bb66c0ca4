"""Trains the prompt's reader: captions in, what they ask for out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from onnx_models.captions import SOUNDS, Language, caption, sounds
from onnx_models.composer import Part, Piece, compose
from onnx_models.composer.casting import recast
from onnx_models.free_wording import free_wording
from onnx_models.networks.prompt import (
    ASKED,
    HIDDEN,
    INSTRUMENT_NAMES,
    STYLE_NAMES,
    Prompt,
    anywhere,
    asked_parts,
)
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.run import load, save

FIRST_SEED: Final = 500_000_000  # neither the denoiser's songs nor the evaluation's
PIECES: Final = 2000
FREE: Final = 16000  # prompts in free wording
NAMED: Final = (1, 1, 1, 1, 1, 2, 2, 3)  # how many instruments they name
PIECE_S: Final = 12.0
BATCH: Final = 256
EPOCHS: Final = 20
LEARNING_RATE: Final = 2e-3
LANGUAGES: Final[tuple[Language, Language]] = ("en", "zh")
READER_FILE: Final = "prompt.pt"


class Example(NamedTuple):
    """A prompt, and the targets of `Prompt.wish` that it stands for.

    What is not known of it, its style and its sounds, is NaN.
    """

    prompt: str
    asked: Tensor


def captions(seed: int) -> Iterator[Example]:
    """Yield captions in both languages of each part and the mix of a piece, mostly recast."""
    piece, rng = compose(seed, PIECE_S), np.random.default_rng(seed)
    parts = tuple(recast(p, rng) if rng.random() < 0.7 else p for p in piece.parts)
    heard = [(part.role, (part,)) for part in parts] + [("mix", parts)]
    for role, some in heard:
        named = replace(piece, parts=some)
        asked = target(named, some)
        yield Example(caption(named, role, rng, "en"), asked)
        yield Example(caption(named, role, rng, "zh"), asked)


def free_prompts(count: int) -> Iterator[Example]:
    """Yield `count` prompts in free wording, in both languages in turn."""
    rng = np.random.default_rng(FIRST_SEED)
    for number in range(count):
        keys = rng.choice(INSTRUMENT_NAMES, rng.choice(NAMED), replace=False)
        instruments, styles, flags = asked_parts(torch.full((sum(ASKED),), torch.nan))
        instruments.zero_()
        for key in keys:
            instruments[INSTRUMENT_NAMES.index(key)] = 1 / len(keys)
        prompt = free_wording(tuple(map(str, keys)), rng, LANGUAGES[number % 2])
        yield Example(prompt, torch.cat([instruments, styles, flags]))


def target(piece: Piece, parts: tuple[Part, ...]) -> Tensor:
    """Return what a perfect reader of the parts' captions would give, (sum(ASKED),)."""
    instruments, styles, flags = asked_parts(torch.zeros(sum(ASKED)))
    for part in parts:
        instruments[INSTRUMENT_NAMES.index(part.instrument)] += 1 / len(parts)
    styles[STYLE_NAMES.index(piece.style)] = 1
    for sound in sounds(piece, parts):
        flags[SOUNDS.index(sound)] = 1
    return torch.cat([instruments, styles, flags])


class States(NamedTuple):
    """Token states of prompts one after another, float16 (tokens, W); where each begins (N + 1)."""

    tokens: Tensor
    starts: Tensor

    def padded(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return the states (B, L, W) of the prompts `rows` (B,) and their mask (B, L)."""
        first, counts = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        place = torch.arange(int(counts.max()))[None]
        mask = place < counts[:, None]
        index = torch.where(mask, first[:, None] + place, 0)
        return self.tokens[index].float(), mask.long()


def states_of(prompts: Sequence[str], encoder: TextEncoder) -> States:
    """Return the token states of `prompts`; those of like length are read together."""
    order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
    rows: dict[int, NDArray[np.float16]] = {}
    for first in range(0, len(order), 8):
        some = order[first : first + 8]
        states, mask = encoder.encode([prompts[index] for index in some])
        for index, state, counted in zip(some, states, mask, strict=True):
            rows[index] = state[counted > 0].astype(np.float16)
    counts = [0, *(len(rows[index]) for index in range(len(prompts)))]
    joined = np.concatenate([rows[index] for index in range(len(prompts))])
    return States(torch.from_numpy(joined), torch.tensor(counts).cumsum(0))


def read(prompt: Prompt, prompts: Sequence[str], encoder: TextEncoder) -> list[Tensor]:
    """Return what the reader of `prompt` reads `prompts` as, (sum(ASKED),) each."""
    states = states_of(prompts, encoder)
    with torch.inference_mode():
        parts = [prompt.wish(*states.padded(rows)).asked for rows in _rows(len(prompts), 64)]
    return [asked.clone() for part in parts for asked in part]


def _rows(count: int, size: int) -> Sequence[Tensor]:
    return torch.arange(count).split(size)  # type: ignore[no-untyped-call,no-any-return]


def whitening(tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Return mean (W,) and matrix (W, W) that give states like `tokens` deviation 1.

    What prompts differ in lies in directions of little variance.
    """
    mean = tokens.mean(dim=0)
    variances, axes = torch.linalg.eigh(torch.cov((tokens - mean).T))
    return mean, axes * variances.clamp_min(1e-4).rsqrt()


def reading_loss(logits: Tensor, asked: Tensor) -> Tensor:
    """Return how far `logits` are from what was asked, as far as that is known."""
    (i, s, f), (instruments, styles, flags) = asked_parts(logits), asked_parts(asked)
    loss: Tensor = cross_entropy(i, instruments)
    known = ~styles[:, 0].isnan()
    if known.any():
        loss = loss + 0.3 * known.float().mean() * cross_entropy(s[known], styles[known])
        loss = loss + 0.3 * binary_cross_entropy_with_logits(f[known], flags[known])
    return loss


def fit(prompt: Prompt, states: States, asked: Tensor, epochs: int = EPOCHS) -> None:
    """Train the reader of `prompt` on the states of prompts and what they ask for."""
    mean, matrix = whitening(states.tokens[:: max(1, len(states.tokens) // 50_000)].float())
    hidden, last = nn.Linear(len(mean), HIDDEN), nn.Linear(HIDDEN, sum(ASKED))
    network = nn.Sequential(hidden, nn.GELU(), nn.Dropout(0.2), last)
    nn.init.constant_(last.bias, -2.0)  # a token at first says nothing
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=0.02)
    steps = max(4, epochs * len(asked) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, steps)
    for _ in range(steps):
        rows = torch.randint(len(asked), (BATCH,))
        text, mask = states.padded(rows)
        optimiser.zero_grad()
        logits = anywhere(network((text - mean) @ matrix), mask)
        reading_loss(logits, asked[rows]).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    with torch.no_grad():  # the whitening becomes part of the first layer
        first = matrix @ hidden.weight.T
        prompt.first.copy_(first)
        prompt.first_bias.copy_(hidden.bias - mean @ first)
        prompt.second.copy_(last.weight.T)
        prompt.second_bias.copy_(last.bias)


def train_reader(folder: Path, pieces: int = PIECES, free: int = FREE) -> None:
    """Train the reader on captions of pieces and on free wordings, and write it into `folder`."""
    torch.manual_seed(0)
    drawn = [one for n in range(pieces) for one in captions(FIRST_SEED + n)]
    drawn += free_prompts(free)
    encoder = TextEncoder(folder.parent / "text")
    states = states_of([example.prompt for example in drawn], encoder)
    prompt = Prompt(states.tokens.shape[1], 1)
    fit(prompt, states, torch.stack([example.asked for example in drawn]))
    save(dict(prompt.named_buffers()), folder / READER_FILE)


def load_reader(prompt: Prompt, folder: Path) -> None:
    """Give `prompt` the reader that `train_reader` wrote."""
    prompt.load_state_dict(load(folder / READER_FILE), strict=False)
