"""The notes of a track as numpy columns, kept as long as its clips stay. Apart from Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import is_

import numpy as np

from desktop.document.song import Clip, Note, Track
from ui.timeline.arrays import Floats

LEAST_SEMITONES = 12


@dataclass(frozen=True, slots=True, eq=False)
class TrackNotes:
    """The heard notes of a track in ticks of the song, ordered by falling pitch, then start.

    `low` and `high` are the pitches at the lower and the upper end of what is drawn.
    """

    starts: Floats
    ends: Floats
    pitches: Floats
    low: float = 60.0
    high: float = 72.0

    def tops(self, top: float, height: float) -> tuple[Floats, float]:
        """Return where each note lies in a band, and how high all of them are, in pixels."""
        thick = min(6.0, max(1.0, float(np.floor(height / (self.high - self.low + 1)))))
        share = (self.high - self.pitches) / (self.high - self.low)
        found: Floats = np.rint(top + share * (height - thick))
        return found, thick


def track_notes(table: Floats) -> TrackNotes:
    """Return the notes of `table`, starts, ends and pitches, (3, n), in ticks of the song."""
    starts, ends, pitches = table[:, np.lexsort((table[0], -table[2]))]
    if not len(pitches):
        return TrackNotes(starts, ends, pitches)
    low, high = float(pitches[-1]), float(pitches[0])
    aside = max(0.0, LEAST_SEMITONES - (high - low)) / 2
    return TrackNotes(starts, ends, pitches, low - aside, high + aside)


@dataclass(slots=True)
class NoteCache:
    """Columns of clips and tracks by id; what did not change is not made anew."""

    _clips: dict[int, tuple[tuple[Note, ...], Floats]] = field(default_factory=dict)
    _tracks: dict[int, tuple[tuple[Clip, ...], TrackNotes]] = field(default_factory=dict)

    def of(self, track: Track) -> TrackNotes:
        """Return the notes of `track`."""
        known = self._tracks.get(track.id)
        if known is None or not same(known[0], track.clips):
            known = track.clips, self._made(track)
            self._tracks[track.id] = known
        return known[1]

    def keep_only(self, track_ids: set[int], clip_ids: set[int]) -> None:
        """Forget all others."""
        self._tracks = {k: v for k, v in self._tracks.items() if k in track_ids}
        self._clips = {k: v for k, v in self._clips.items() if k in clip_ids}

    def _made(self, track: Track) -> TrackNotes:
        tables = [_placed(self._columns(clip), clip) for clip in track.clips]
        return track_notes(np.concatenate([*tables, np.zeros((3, 0))], axis=1))

    def _columns(self, clip: Clip) -> Floats:
        known = self._clips.get(clip.id)
        if known is None or not same(known[0], clip.notes):
            known = clip.notes, _columns(clip.notes)
            self._clips[clip.id] = known
        return known[1]


def _columns(notes: tuple[Note, ...]) -> Floats:
    """Return starts, ends and pitches, (3, n), in ticks from the clip's start."""
    fields = chain.from_iterable((n.start, n.start + n.length, n.pitch) for n in notes)
    return np.fromiter(fields, np.float64).reshape(-1, 3).T


def _placed(columns: Floats, clip: Clip) -> Floats:
    heard = columns[:, columns[0] < clip.length]
    ends = np.minimum(heard[1], clip.length)
    return np.stack((heard[0] + clip.start, ends + clip.start, heard[2]))


def same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Return whether both have the same objects."""
    return one is other or (len(one) == len(other) and all(map(is_, one, other)))
