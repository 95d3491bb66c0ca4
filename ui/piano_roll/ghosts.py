"""What is shown behind the notes of a clip: other tracks' notes, and improvised ones. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import is_

from desktop.document.song import Note, Region, Song, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from desktop.rendering.improvised import improvised, is_covered
from ui.piano_roll.columns import Columns, columns, from_notes


@dataclass(slots=True)
class Ghosts:
    """Columns of clips and regions by id, kept as long as they are shown and do not change."""

    _known: dict[int, tuple[tuple[object, ...], Columns]] = field(default_factory=dict)
    _new: dict[int, tuple[tuple[object, ...], Columns]] = field(default_factory=dict)

    def of(self, song: Song, shown: Track | None) -> list[tuple[str, Columns]]:
        """Return colours and notes behind a clip of `shown`: the notes of the other tracks.

        And those improvised for regions, of every track, that have none of their own. Drums and
        pitches mean nothing to one another.
        """
        drums, found, self._new = shown is not None and shown.role == "drums", [], {}
        for track in song.tracks:
            if (track.role == "drums") == drums:
                for clip in track.clips if track is not shown else ():
                    notes = self._kept(clip.id, partial(columns, clip), clip)
                    found.append((track.colour, notes))
                found += [(track.colour, notes) for notes in self._free(song.tempo_map, track)]
        self._known = self._new
        return found

    def _free(self, tempo_map: TempoMap, track: Track) -> list[Columns]:
        """Return the improvised notes of the track's regions that have none of their own."""
        free = [r for r in track.regions if r.takes and not is_covered(tempo_map, track, r)]
        found = [
            self._kept(
                *(region.id, partial(_improvised, tempo_map, track, region)),
                *(region, tempo_map, track.role),
            )
            for region in free
        ]
        return [notes for notes in found if len(notes)]

    def _kept(self, number: int, make: Callable[[], Columns], *parts: object) -> Columns:
        """Return what `make` makes of `parts`, as it was made of the same ones before."""
        known = self._known.get(number)
        is_same = known is not None and all(map(is_, known[0], parts))
        self._new[number] = known if known is not None and is_same else (parts, make())
        return self._new[number][1]


def _improvised(tempo_map: TempoMap, track: Track, region: Region) -> Columns:
    own = improvised(tempo_map, region).on(track).own
    notes = (
        Note(number, n.start, Tick(n.end - n.start), n.pitch, n.velocity)
        for number, n in enumerate(own, 1)
    )
    return from_notes(notes, 0)
