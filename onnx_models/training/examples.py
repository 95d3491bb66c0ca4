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
from onnx_models.networks.prompt import ASKED, Wish
from onnx_models.training.songs import Floats, Song

ROLE_WEIGHTS: Final = {"mix": 0.2, "lead": 0.4, "harmony": 0.15, "bass": 0.13, "drums": 0.12}
SHAPES: Final = ((32, 96), (32, 96), (12, 256), (6, 512))  # (batch, latent frames): 2 to 12 seconds
NO_PROMPT: Final = 0.1
NO_NOTES: Final = 0.12
NO_BEAT: Final = 0.1
WITH_CONTEXT: Final = 0.5
WITH_KNOWN: Final = 0.12

Prompts = Mapping[str, Tensor]  # caption -> what it was read as, (sum(ASKED),)


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
    """Draws batches from `songs`; `prompts` holds what every caption was read as."""

    songs: Sequence[Song]
    prompts: Prompts
    rng: np.random.Generator

    def batch(self) -> tuple[Tensor, Inputs, Wish]:
        """Return data (B, T, C), inputs but for `latents` and `time`, and what is wished for."""
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


def collate(examples: Sequence[Example], prompts: Prompts) -> tuple[Tensor, Inputs, Wish]:
    """Return the examples stacked; `known` holds the data, to be masked by `known_mask`.

    The text is left empty: the wish says what it was read as.
    """
    columns = [
        torch.from_numpy(np.stack(column))
        for column in zip(*(e[:1] + e[3:] for e in examples), strict=True)
    ]
    data, notes, notes_mask, beat, context, context_mask, known_mask = columns
    size = len(examples)
    inputs = Inputs(
        torch.zeros(size, data.shape[1], CHANNELS), torch.zeros(size),
        torch.zeros(size, 1, 1), torch.zeros(size, 1, dtype=torch.int64),
        torch.tensor([e.role for e in examples]), notes, notes_mask, beat,
        context, context_mask, data, known_mask,
    )  # fmt: skip
    return data, inputs, wish_of([prompts[e.caption] if e.caption else None for e in examples])


def wish_of(asked: Sequence[Tensor | None]) -> Wish:
    """Return the wish of prompts that were read as `asked`, (sum(ASKED),) each; None for none."""
    nothing = torch.zeros(sum(ASKED))
    given = torch.tensor([[float(one is not None)] for one in asked])
    return Wish(torch.stack([nothing if one is None else one for one in asked]), given)
