"""The sketch: notes without a take, which are heard for orientation but are in no stem."""

from bisect import bisect_right

from desktop.document.query import PlacedNote, notes_in_span
from desktop.document.song import Region, Track
from desktop.document.time import MAX_TICK, Tick


def sketched_notes(track: Track) -> tuple[PlacedNote, ...]:
    """Return the notes that no region with an active take covers, in order.

    A note that begins under a take is silent; one that begins before it ends where the take begins.
    """
    covered = [region for region in track.regions if region.playing is not None]
    left = (_uncovered(note, covered) for note in notes_in_span(track, Tick(0), MAX_TICK))
    return tuple(note for note in left if note is not None)


def _uncovered(note: PlacedNote, covered: list[Region]) -> PlacedNote | None:
    after = bisect_right(covered, note.start, key=lambda region: region.start)
    if after and note.start < covered[after - 1].end:
        return None
    if after == len(covered) or note.end <= covered[after].start:
        return note
    return PlacedNote(note.start, covered[after].start, note.pitch, note.velocity)
