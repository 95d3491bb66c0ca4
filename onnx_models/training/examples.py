"""Draws the denoiser's examples: a span of a song with conditions, some of them left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from inference.conditioning import beat_features, even_beats, notes_to_roll
from onnx_models.networks.denoiser import NOTES, PLANES, ROLES, SUBFRAMES, Inputs
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.training.songs import Floats, Song

ROLE_WEIGHTS: Final = {"mix": 0.2, "lead": 0.4, "harmony": 0.15, "bass": 0.13, "drums": 0.12}
SHAPES: Final = ((32, 96), (32, 96), (12, 256), (6, 512))  # (batch, latent frames): 2 to 12 seconds
NO_PROMPT: Final = 0.1
NO_NOTES: Final = 0.12
NO_BEAT: Final = 0.1
WITH_CONTEXT: Final = 0.5
WITH_KNOWN: Final = 0.12

Prompts = Mapping[
    str, Tensor
]  # caption -> its mean token state (W,), all that a prompt's reader sees


class Example(NamedTuple):
    """One span; arrays as in CONTRACT.md without the batch."""

    data: Floats
    caption: str  # empty for no prompt
    role: int
    notes: Floats
    notes_mask: Floats
    beat: Floats
    context: Floats
    context_mask: Floats
    known_mask: Floats


@dataclass(slots=True)
class Examples:
    """Draws batches from `songs`; `prompts` holds every caption's mean token state."""

    songs: Sequence[Song]
    prompts: Prompts
    rng: np.random.Generator

    def batch(self) -> tuple[Tensor, Inputs]:
        """Return data (B, T, C) and the inputs but for `latents` and `time`, which are zeros."""
        size, frames = SHAPES[self.rng.integers(len(SHAPES))]
        return collate([self.example(frames) for _ in range(size)], self.prompts)

    def example(self, frames: int) -> Example:
        """Return a span of `frames` of a random song and role."""
        role = self.rng.choice(list(ROLE_WEIGHTS), p=list(ROLE_WEIGHTS.values()))
        song, index = self._source(role)
        start = int(self.rng.integers(song.latents.shape[1] - frames + 1))
        span = slice(start, start + frames)
        caption = self.rng.choice(song.sources[index].captions)
        mask = np.ones((frames, 1), np.float32)
        context = role != "mix" and self.chance(WITH_CONTEXT)
        return Example(
            data=song.latents[index, span].astype(np.float32),
            caption="" if self.chance(NO_PROMPT) else str(caption),
            role=ROLES.index(role),
            notes=self.roll(song, index, start, frames),
            notes_mask=mask * (not self.chance(NO_NOTES)),
            beat=self.beat(song, start, frames) * (not self.chance(NO_BEAT)),
            context=song.context[index, span].astype(np.float32),
            context_mask=mask * context,
            known_mask=self.known(frames),
        )

    def chance(self, probability: float) -> bool:
        """Return True that often."""
        return bool(self.rng.random() < probability)

    def _source(self, role: str) -> tuple[Song, int]:
        while True:
            song = self.songs[int(self.rng.integers(len(self.songs)))]
            fitting = [i for i, source in enumerate(song.sources) if source.role == role]
            if fitting:
                return song, int(self.rng.choice(fitting))

    def roll(self, song: Song, index: int, start: int, frames: int) -> Floats:
        """Return the sketch: a part's notes; for the mix all notes, or at times the lead's."""
        part, roles = song.notes[:, 0].astype(int), np.array(song.roles)
        wanted = part == song.sources[index].part
        if song.sources[index].role == "mix":
            wanted = np.ones(len(part), bool) if self.chance(0.6) else roles[part] == "lead"
        drums = roles[part] == "drums"
        return sum(
            (
                span_roll(song.notes[wanted & (drums == kind)], kind, start, frames)
                for kind in (False, True)
            ),
            np.zeros((frames, NOTES), np.float32),
        )

    @staticmethod
    def beat(song: Song, start: int, frames: int) -> Floats:
        """Return the beat grid of the span."""
        end_s = (start + frames) / LATENT_RATE_HZ
        grid = even_beats(song.bpm, song.beats_per_bar, end_s)
        return beat_features(grid, start + frames, LATENT_RATE_HZ)[start:]

    def known(self, frames: int) -> Floats:
        """Return where the data is given: mostly nowhere, else all but a hole or an end."""
        mask = np.zeros((frames, 1), np.float32)
        if self.chance(WITH_KNOWN):
            first, last = sorted(self.rng.integers(0, frames + 1, 2))
            edge = self.rng.integers(3)
            mask[:] = 1.0
            mask[0 if edge == 1 else first : frames if edge == 2 else last] = 0.0
        return mask


def span_roll(notes: Floats, drums: bool, start: int, frames: int) -> Floats:
    """Return the roll of `notes` rows over the latent frames [start, start + frames)."""
    table = notes[:, 1:].astype(np.float64)
    table[:, 0] -= start / LATENT_RATE_HZ
    return notes_to_roll(table, drums, frames, LATENT_RATE_HZ, planes=PLANES, subframes=SUBFRAMES)


def collate(examples: Sequence[Example], prompts: Prompts) -> tuple[Tensor, Inputs]:
    """Return the examples stacked; `known` holds the data, to be masked by `known_mask`."""
    columns = [
        torch.from_numpy(np.stack(column))
        for column in zip(*(e[:1] + e[3:] for e in examples), strict=True)
    ]
    data, notes, notes_mask, beat, context, context_mask, known_mask = columns
    text, text_mask = prompt_states([prompts[e.caption] if e.caption else None for e in examples])
    size = len(examples)
    return data, Inputs(
        torch.zeros(size, data.shape[1], CHANNELS), torch.zeros(size), text, text_mask,
        torch.tensor([e.role for e in examples]), notes, notes_mask, beat,
        context, context_mask, data, known_mask,
    )  # fmt: skip


def prompt_states(states: Sequence[Tensor | None]) -> tuple[Tensor, Tensor]:
    """Return each mean state as the one token of a prompt (B, 1, W), and mask; None has none."""
    width = max((len(state) for state in states if state is not None), default=384)
    none = torch.zeros(width)
    text = torch.stack([none if state is None else state.float() for state in states])
    mask = torch.tensor([[int(state is not None)] for state in states])
    return text[:, None], mask
