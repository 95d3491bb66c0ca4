"""Draws the denoiser's examples: spans of songs with conditions, some of them left out."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import torch
from torch import Tensor

from inference.conditioning import beat_features, even_beats, notes_to_roll
from onnx_models.networks.denoiser import BEAT, NOTES, PLANES, ROLES, SUBFRAMES, Inputs
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.networks.prompt import ASKED, Wish
from onnx_models.training.songs import CAPTIONS, Floats, Song

ROLE_WEIGHTS: Final = {"mix": 0.2, "lead": 0.4, "harmony": 0.15, "bass": 0.13, "drums": 0.12}
LENGTHS: Final = (96, 96, 256, 512)  # latent frames: 2 to 12 seconds
NO_PROMPT: Final = 0.1
NO_NOTES: Final = 0.06  # seldom: where nothing is sketched, the improviser writes notes first
NO_NOTES_BUT_CONTEXT: Final = 0.12
NO_BEAT: Final = 0.1
LEAD_SHEET: Final = 0.4  # how often a mix is sketched by its lead alone
WITH_CONTEXT: Final = 0.5
WITH_KNOWN: Final = 0.12
MOST_PARTS: Final = 8


class Rows:
    """A tensor that grows by rows; room is doubled, so that adding n rows costs about n."""

    def __init__(self, shape: tuple[int, ...], dtype: torch.dtype, device: str) -> None:
        self._room = torch.empty(64, *shape, dtype=dtype, device=device)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def all(self) -> Tensor:
        """Return a view of the rows there are."""
        return self._room[: self._count]

    def add(self, rows: Tensor) -> None:
        """Append `rows`."""
        count = self._count + len(rows)
        if count > len(self._room):
            room = self._room.new_empty(max(count, 2 * len(self._room)), *self._room.shape[1:])
            room[: self._count] = self.all
            self._room = room
        self._room[self._count : count].copy_(rows)
        self._count = count


@dataclass(slots=True)
class Examples:
    """Songs of one length as tensors on the device that trains, to draw batches from.

    A source has its song, role and first caption, the parts that sketch it and, for a mix, those
    of its lead alone.
    """

    frames: int
    seed: int
    device: str = "cpu"
    songs: int = 0
    latents: Rows = field(init=False)
    context: Rows = field(init=False)
    rolls: Rows = field(init=False)
    beats: Rows = field(init=False)
    asked: Rows = field(init=False)
    places: Rows = field(init=False)
    sketches: Rows = field(init=False)
    weights: Rows = field(init=False)
    random: torch.Generator = field(init=False)

    def __post_init__(self) -> None:
        def rows(*shape: int, dtype: torch.dtype = torch.float16) -> Rows:
            return Rows(shape, dtype, self.device)

        self.latents, self.context = rows(self.frames, CHANNELS), rows(self.frames, CHANNELS)
        self.rolls = rows(self.frames, NOTES, dtype=torch.uint8)
        self.beats, self.asked = rows(self.frames, BEAT), rows(sum(ASKED))
        self.places = rows(3, dtype=torch.int64)
        self.sketches = rows(2, MOST_PARTS, dtype=torch.int64)
        self.weights = rows(dtype=torch.float32)
        self.random = torch.Generator(self.device).manual_seed(self.seed)

    def add(self, song: Song, asked: Tensor) -> None:
        """Take in `song`, whose captions were read as `asked` (sources, captions, sum(ASKED))."""
        first_part, first_caption = len(self.rolls), len(self.asked)
        roles = [source.role for source in song.sources]
        self.latents.add(torch.from_numpy(song.latents))
        self.context.add(torch.from_numpy(song.context))
        self.rolls.add(torch.from_numpy(part_rolls(song, self.frames)))
        self.beats.add(torch.from_numpy(beats(song, self.frames))[None])
        self.asked.add(asked.flatten(0, 1))
        captions = range(first_caption, len(self.asked), asked.shape[1])
        places = zip([self.songs] * len(roles), map(ROLES.index, roles), captions, strict=True)
        self.places.add(torch.tensor(list(places)))
        self.sketches.add(torch.tensor(sketches(song)) + first_part)
        self.weights.add(torch.tensor([ROLE_WEIGHTS[r] / roles.count(r) for r in roles]))
        self.songs += 1

    def batch(self, latent_frames: int) -> tuple[Tensor, Inputs, Wish]:
        """Return data (B, T, C), inputs but for `latents` and `time`, and what is wished for.

        Their B * T is about `latent_frames`; `known` holds the data, to be masked by `known_mask`.
        The text is left empty: the wish says what it was read as.
        """
        frames = min(self.frames, LENGTHS[int(self.integers(len(LENGTHS), 1))])
        size = max(1, latent_frames // frames)
        source = torch.multinomial(self.weights.all, size, True, generator=self.random)
        song, role, caption = self.places.all[source].unbind(1)
        at = self.integers(self.frames - frames + 1, size)[:, None]
        at = at + torch.arange(frames, device=self.device)
        data = self.latents.all[source[:, None], at].float()
        context = self.chance(WITH_CONTEXT, size) * (role != ROLES.index("mix"))
        notes = 1 - self.chance(NO_NOTES + context * (NO_NOTES_BUT_CONTEXT - NO_NOTES), size)
        mask = torch.ones(size, frames, 1, device=self.device)
        text = torch.zeros(size, 1, 1, device=self.device)
        inputs = Inputs(
            torch.zeros_like(data), torch.zeros(size, device=self.device),
            text, text[:, 0].long(), role, self.roll(source, role, at), mask * columns(notes),
            self.beats.all[song[:, None], at] * columns(1 - self.chance(NO_BEAT, size)),
            self.context.all[source[:, None], at].float(), mask * columns(context),
            data, self.known(size, frames),
        )  # fmt: skip
        return data, inputs, self.wish(caption)

    def integers(self, end: int, count: int) -> Tensor:
        """Return `count` integers from 0 to `end` - 1."""
        return torch.randint(end, (count,), generator=self.random, device=self.device)

    def chance(self, probability: float | Tensor, count: int) -> Tensor:
        """Return `count` floats, 1 that often, else 0."""
        drawn = torch.rand(count, generator=self.random, device=self.device)
        return (drawn < probability).float()

    def roll(self, source: Tensor, role: Tensor, at: Tensor) -> Tensor:
        """Return the sketch: a part's notes; for the mix all notes, or at times the lead's."""
        lead_sheet = self.chance(LEAD_SHEET, len(source)) * (role == ROLES.index("mix"))
        parts = self.sketches.all[source, lead_sheet.long()]
        notes = self.rolls.all[parts[:, :1], at]
        for other in parts[:, 1:].unbind(1):
            notes = torch.maximum(notes, self.rolls.all[other[:, None], at])
        return notes.float() / 255

    def known(self, size: int, frames: int) -> Tensor:
        """Return where the data is given: mostly nowhere, else all but a hole or an end."""
        edges = torch.stack([self.integers(frames + 1, size) for _ in range(2)])
        first, last = edges.amin(0), edges.amax(0)
        kind = self.integers(3, size)  # a hole, a beginning or an end that is made anew
        first, last = first * (kind != 1), last + (frames - last) * (kind == 2)
        frame = torch.arange(frames, device=self.device)
        outside = (frame < first[:, None]) | (frame >= last[:, None])
        return outside[:, :, None] * columns(self.chance(WITH_KNOWN, size))

    def wish(self, caption: Tensor) -> Wish:
        """Return what one of each source's captions asks for, or at times nothing.

        An empty caption was read as nothing.
        """
        asked = self.asked.all[caption + self.integers(len(CAPTIONS), len(caption))].float()
        asked = asked * (1 - self.chance(NO_PROMPT, len(caption)))[:, None]
        return Wish(asked, (asked.sum(dim=1, keepdim=True) > 0).float())


def columns(values: Tensor) -> Tensor:
    """Return `values` (B,) as (B, 1, 1)."""
    return values[:, None, None]


def span_roll(notes: Floats, drums: bool, start: int, frames: int) -> Floats:
    """Return the roll of `notes` rows over the latent frames [start, start + frames)."""
    table = notes[:, 1:].astype(np.float64)
    table[:, 0] -= start / LATENT_RATE_HZ
    return notes_to_roll(table, drums, frames, LATENT_RATE_HZ, planes=PLANES, subframes=SUBFRAMES)


def part_rolls(song: Song, frames: int) -> np.ndarray:
    """Return the roll of every part, uint8 (parts, frames, NOTES), in 255ths, rounded up."""
    rolls = [
        span_roll(song.notes[song.notes[:, 0] == part], role == "drums", 0, frames)
        for part, role in enumerate(song.roles)
    ]
    return np.ceil(np.stack(rolls) * 255).astype(np.uint8)


def sketches(song: Song) -> list[list[list[int]]]:
    """Return, for each source, the parts that sketch it and those of a lead sheet.

    Lists are of length MOST_PARTS; the last part stands for what is missing. ValueError for a song
    of more parts.
    """
    if len(song.roles) > MOST_PARTS:
        raise ValueError(f"song {song.seed} has {len(song.roles)} parts, at most {MOST_PARTS} fit")
    everything = list(range(len(song.roles)))
    leads = [part for part in everything if song.roles[part] == "lead"] or everything
    return [
        [padded(everything), padded(leads)] if source.role == "mix" else [padded([source.part])] * 2
        for source in song.sources
    ]


def padded(parts: list[int]) -> list[int]:
    """Return `parts` with the last repeated up to MOST_PARTS."""
    return parts + parts[-1:] * (MOST_PARTS - len(parts))


def beats(song: Song, frames: int) -> Floats:
    """Return the beat grid of the song, (frames, BEAT)."""
    grid = even_beats(song.bpm, song.beats_per_bar, frames / LATENT_RATE_HZ)
    return beat_features(grid, frames, LATENT_RATE_HZ)
