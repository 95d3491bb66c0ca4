"""What an edit costs when a song is a value."""

from copy import deepcopy
from dataclasses import replace

from desktop.document.song import Clip, Note, Song, Track
from desktop.document.time import PPQ, Tick
from tests.benchmarks.harness import Row, at_least, interleaved_s


def large_song() -> Song:
    """Return a song of 10,000 notes on ten tracks."""
    length = Tick(PPQ // 4)
    notes = tuple(Note(n + 1, Tick(n * length), length, 36 + n % 48) for n in range(1_000))
    tracks = tuple(
        Track(2 * n + 1, clips=(Clip(2 * n + 2, Tick(0), Tick(1_000 * length), notes),))
        for n in range(10)
    )
    return Song(tracks=tracks, next_id=21)


def bench_edit() -> list[Row]:
    song = large_song()

    def edit() -> Song:
        louder = replace(song.tracks[0], gain_db=3.0)
        return replace(song, tracks=(louder, *song.tracks[1:]))

    edit_s, copy_s = interleaved_s(edit, lambda: deepcopy(song))
    name = "one fader move in a song of 10,000 notes"
    return [at_least(100, name, copy_s / edit_s, "x faster", "a deep copy of the song")]
