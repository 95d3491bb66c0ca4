"""Trains the timbre tables: a part's notes and its instrument in, the latents of its sound out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import one_hot

from onnx_models.composer import compose
from onnx_models.networks.latents import PCA_FILE, load_pca
from onnx_models.networks.prompt import INSTRUMENT_NAMES
from onnx_models.networks.timbre import Timbre, most_sounding
from onnx_models.training.examples import span_roll
from onnx_models.training.run import Clock, fall, load, log, save
from onnx_models.training.songs import SONG_S, Floats, Song, load_song, recastings

FILE: Final = "timbre.pt"
BATCH: Final = 16
FRAMES: Final = 128
LEARNING_RATE: Final = 0.03
LOG_EVERY: Final = 50


def players(song: Song) -> tuple[int, ...]:
    """Return who plays each source but the mix, as places in `INSTRUMENT_NAMES`."""
    piece = compose(song.seed, SONG_S)
    parts = (*piece.parts, *(part for _, part in recastings(piece)))
    return tuple(INSTRUMENT_NAMES.index(part.instrument) for part in parts)


@dataclass(slots=True)
class Solos:
    """Draws spans of single parts."""

    songs: Sequence[Song]
    rng: np.random.Generator

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Yield notes (B, T, N), who plays (B, I + kits), and latents (B, T, C), for ever."""
        named = [(song, players(song)) for song in self.songs]
        while True:
            spans = [self.span(*named[self.rng.integers(len(named))]) for _ in range(BATCH)]
            notes, who, latents = zip(*spans, strict=True)
            asked = one_hot(torch.tensor(who), len(INSTRUMENT_NAMES)).float()
            stacked = (torch.from_numpy(np.stack(rows)).float() for rows in (notes, latents))
            yield next(stacked), asked, next(stacked)

    def span(self, song: Song, who: Sequence[int]) -> tuple[Floats, int, NDArray[np.float16]]:
        """Return notes, player and latents of a random span of a random part."""
        solo = int(self.rng.integers(len(who)))
        source = song.sources[1 + solo]
        start = int(self.rng.integers(song.latents.shape[1] - FRAMES + 1))
        notes = song.notes[song.notes[:, 0].astype(int) == source.part]
        roll = span_roll(notes, source.role == "drums", start, FRAMES)
        return roll, who[solo], song.latents[1 + solo, start : start + FRAMES]


def train_timbre(folder: Path, budget_s: float, learning_rate: float, _pack: Path | None) -> None:
    """Train for `budget_s` seconds on `folder`'s songs, from its checkpoint if there is one."""
    timbre, path = Timbre(load_pca(folder / PCA_FILE)), folder / FILE
    if path.exists():
        timbre.load_state_dict(load(path))
    songs = [load_song(p) for p in sorted((folder / "songs").glob("[0-9]*[0-9].npz"))]
    batches = iter(Solos(songs, np.random.default_rng()))
    optimiser = torch.optim.Adam(timbre.parameters(), learning_rate, betas=(0.9, 0.98))
    clock, losses = Clock(budget_s), []
    for step, fraction in enumerate(clock.ticks(), start=1):
        notes, asked, latents = next(batches)
        loss = (timbre(notes, asked, most_sounding(notes)) - latents).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.param_groups[0]["lr"] = learning_rate * fall(fraction, 0.3)
        optimiser.step()
        losses.append(loss.item())
        if step % LOG_EVERY == 0:
            log(folder / "timbre.csv", {"step": step, "loss": float(np.mean(losses))})
            losses.clear()
        if clock.save_due():
            save(timbre.state_dict(), path)
    save(timbre.state_dict(), path)


def load_timbre(folder: Path) -> Timbre:
    """Return the timbre tables that `train_timbre` wrote."""
    timbre = Timbre()
    timbre.load_state_dict(load(folder / FILE))
    return timbre
