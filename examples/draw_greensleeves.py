"""Draws docs/partimento.png: the example's sketch, and the spectrum of what was made of it.

Run it after `make run`: python examples/draw_greensleeves.py out docs/partimento.png
"""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import soundfile  # type: ignore[import-untyped]
from matplotlib.axes import Axes
from numpy.typing import NDArray

from desktop.document.query import notes_in_span
from desktop.document.song import Song, Track
from desktop.document.time import Tick
from desktop.storage.project import read_project

mpl.rcParams["font.family"] = ["DejaVu Sans", "Droid Sans Fallback"]  # the second for Chinese
EXAMPLE = Path(__file__).parent / "greensleeves.partimento"
WELL, PANEL, LINE, TEXT, DIM = "#111317", "#1d2026", "#31363f", "#e6e9ee", "#9aa3b0"
COLOURS = ("#5ab0ff", "#ffb454", "#5ad19a", "#ff8a8e")


def draw_track(axes: Axes, song: Song, track: Track, colour: str) -> None:
    """Draw the notes of `track` as bars and its prompts above them."""
    seconds = song.tempo_map.tick_to_second
    notes = notes_in_span(track, Tick(0), song.end)
    starts = np.array([seconds(note.start) for note in notes])
    ends = np.array([seconds(note.end) for note in notes])
    pitches = [note.pitch for note in notes]
    axes.barh(pitches, ends - starts, left=starts, height=0.9, color=colour)
    low, high = min(pitches) - 2, max(pitches) + 2
    axes.set_ylim(low, high + (high - low) * 0.55)
    for region in track.regions:
        start, end = seconds(region.start), seconds(region.end)
        axes.axvspan(start, end, color=colour, alpha=0.13, lw=0)
        axes.axvline(start, color=colour, lw=1)
        axes.text(start + 0.3, high + (high - low) * 0.2, region.prompt, color=TEXT, fontsize=8)
    axes.set_ylabel(track.name, color=TEXT, rotation=0, ha="right", va="center")


def draw_spectrum(axes: Axes, audio: NDArray[np.float32], rate_hz: int) -> None:
    """Draw the spectrogram of `audio` (frames,) up to 8 kHz."""
    axes.specgram(audio, NFFT=2048, Fs=rate_hz, noverlap=1536, cmap="magma", vmin=-130, vmax=-45)
    axes.set_ylim(0, 8000)
    axes.set_ylabel("mix, kHz", color=TEXT, rotation=0, ha="right", va="center")
    axes.set_yticks([0, 4000, 8000], ["0", "4", "8"])
    axes.set_xlabel("seconds", color=DIM)


def main(out: Path, picture: Path) -> None:
    """Write `picture` from the example and the mix that lies in `out`."""
    song = read_project(EXAMPLE).song
    audio, rate_hz = soundfile.read(next(out.glob("*mix.wav")), dtype="float32", always_2d=True)
    heights = [1.6] * len(song.tracks) + [2.2]
    figure, rows = plt.subplots(
        len(heights), sharex=True, figsize=(12, 7), height_ratios=heights, facecolor=PANEL
    )
    for axes, track, colour in zip(rows, song.tracks, COLOURS, strict=False):
        draw_track(axes, song, track, colour)
        axes.set_yticks([])
    draw_spectrum(rows[-1], audio.mean(axis=1), rate_hz)
    for axes in rows:
        axes.set_facecolor(WELL)
        axes.tick_params(colors=DIM)
        plt.setp(axes.spines.values(), color=LINE)
    rows[-1].set_xlim(0, len(audio) / rate_hz)
    figure.suptitle("The sketch and its prompts, and what mini made of them", color=TEXT)
    figure.tight_layout(h_pad=0.3)
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
