"""Composed songs made ready for training: latents, notes, beats and captions in one file each."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.typing import NDArray

from onnx_models.captions import caption
from onnx_models.composer import Part, Piece, compose
from onnx_models.composer.casting import recast
from onnx_models.networks.latents import Encoder, whole_frames
from onnx_models.synth import render_stems

SONG_S: Final = 12.0
CAPTIONS: Final[tuple[Literal["en", "zh"], ...]] = (
    "en",
    "en",
    "zh",
    "zh",
)  # languages of the captions kept for each source
RECASTS: Final = {"lead": 2, "harmony": 1}  # how often a part is played by another instrument too
HELD_OUT: Final = 1_000_000_000  # seeds from here on are for evaluation only

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """Something the denoiser may be asked for: the mix, or one part of it."""

    role: str
    part: int  # -1 for the mix
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Song:
    """A song as training sees it.

    `latents` and `context` are float16 (sources, T, C): each source, and the sum of all else.
    `notes` has rows (part, start_s, duration_s, pitch, velocity).
    """

    seed: int
    sources: tuple[Source, ...]
    latents: NDArray[np.float16]
    context: NDArray[np.float16]
    notes: Floats
    roles: tuple[str, ...]
    bpm: float
    beats_per_bar: float


def stems_of(piece: Piece, soundfont: Path) -> Floats:
    """Return the parts' audio, float32 (parts, 2, frames), whole latent frames long."""
    stems = render_stems(piece, soundfont)
    return np.stack([whole_frames(stems[part]) for part in range(len(piece.parts))])


def with_mix(stems: Floats) -> tuple[Floats, Floats]:
    """Return sources (mix first, then the parts) and, for each, the sum of all else."""
    mix = stems.sum(axis=0, keepdims=True)
    return np.concatenate([mix, stems]), np.concatenate([np.zeros_like(mix), mix - stems])


def recastings(piece: Piece) -> tuple[tuple[int, Part], ...]:
    """Return parts on other instruments, each with the index of the part whose notes it plays.

    Only the instrument differs, so that nothing but the prompt tells what to play.
    """
    rng = np.random.default_rng((piece.seed, 999))
    return tuple(
        (index, other)
        for index, part in enumerate(piece.parts)
        for _ in range(RECASTS.get(part.role, 0))
        if (other := recast(part, rng)).instrument != part.instrument
    )


def make_song(seed: int, soundfont: Path, encoder: Encoder) -> tuple[Song, Floats]:
    """Return the song that `seed` composes, and its sources' audio."""
    piece = compose(seed, SONG_S)
    sources, contexts = with_mix(stems_of(piece, soundfont))
    recast_parts = recastings(piece)
    if recast_parts:
        cast = replace(piece, parts=tuple(part for _, part in recast_parts))
        sources = np.concatenate([sources, stems_of(cast, soundfont)])
    latents, others = encoded(sources, encoder), encoded(contexts, encoder)
    played = (*enumerate(piece.parts), *recast_parts)
    song = Song(
        seed=seed,
        sources=(
            _source(piece, -1, "mix", 0),
            *(
                _source(replace(piece, parts=(part,)), index, part.role, number)
                for number, (index, part) in enumerate(played, start=1)
            ),
        ),
        latents=latents,
        context=np.concatenate([others, others[[1 + index for index, _ in recast_parts]]]),
        notes=note_rows(piece),
        roles=tuple(part.role for part in piece.parts),
        bpm=piece.bpm,
        beats_per_bar=piece.numerator * 4 / piece.denominator,
    )
    return song, sources


def encoded(audio: Floats, encoder: Encoder) -> NDArray[np.float16]:
    """Return the latents of each of `audio` (N, 2, frames), one at a time to stay in the cache."""
    with torch.inference_mode():
        each = [encoder(torch.from_numpy(one[None])) for one in audio]
    latents: NDArray[np.float16] = torch.cat(each).half().numpy()
    return latents


def _source(heard: Piece, part: int, role: str, number: int) -> Source:
    rng = np.random.default_rng((heard.seed, number))
    captions = tuple(caption(heard, role, rng, language) for language in CAPTIONS)
    return Source(role=role, part=part, captions=captions)


def note_rows(piece: Piece) -> Floats:
    """Return (part, start_s, duration_s, pitch, velocity) of every note, float32 (N, 5)."""
    rows = [
        (index, note.start_s, note.duration_s, note.pitch, note.velocity)
        for index, part in enumerate(piece.parts)
        for note in part.notes
    ]
    return np.array(rows, np.float32).reshape(-1, 5)


def save_song(song: Song, path: Path) -> None:
    """Write `song` so that `load_song` never sees half of it."""
    table: dict[str, Any] = {
        "seed": song.seed,
        "latents": song.latents,
        "context": song.context,
        "notes": song.notes,
        "roles": np.array(song.roles),
        "bpm": song.bpm,
        "beats_per_bar": song.beats_per_bar,
        "source_roles": np.array([source.role for source in song.sources]),
        "source_parts": np.array([source.part for source in song.sources]),
        "captions": np.array([source.captions for source in song.sources]),
    }
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, **table)
    partial.replace(path)


def load_song(path: Path) -> Song:
    """Return what `save_song` wrote; ValueError where the file is something else."""
    try:
        return _song_in(path)
    except (BadZipFile, EOFError, LookupError, ValueError) as error:
        raise ValueError(
            f"{path} is damaged, or no song; remove it and run `train songs`"
        ) from error


def _song_in(path: Path) -> Song:
    with np.load(path) as table:
        sources = zip(table["source_roles"], table["source_parts"], table["captions"], strict=True)
        return Song(
            seed=int(table["seed"]),
            sources=tuple(Source(str(r), int(p), tuple(map(str, c))) for r, p, c in sources),
            latents=table["latents"],
            context=table["context"],
            notes=table["notes"],
            roles=tuple(map(str, table["roles"])),
            bpm=float(table["bpm"]),
            beats_per_bar=float(table["beats_per_bar"]),
        )
