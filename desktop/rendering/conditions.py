"""What a region's place in the song tells the model: its notes and its beat grid, in seconds."""

from itertools import pairwise

from desktop.document.query import notes_in_span
from desktop.document.song import Region, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ, Tick
from inference.request import BeatPoint, Note


def sketched_notes(tempo_map: TempoMap, track: Track, region: Region) -> tuple[Note, ...] | None:
    """Return the track's notes within the region, None where there is none: the model is free.

    Times count from the region's start; a note held over from before starts below 0.
    """
    start_s = tempo_map.tick_to_second(region.start)
    notes = []
    for note in notes_in_span(track, region.start, region.end):
        begin_s, end_s = (tempo_map.tick_to_second(tick) for tick in (note.start, note.end))
        notes.append(Note(begin_s - start_s, end_s - begin_s, note.pitch, note.velocity))
    return tuple(notes) or None


def beat_grid(tempo_map: TempoMap, start: Tick, end: Tick) -> tuple[BeatPoint, ...]:
    """Return the beats and bars passed at both ends of [start, end) and at each change between.

    Beats are quarter notes and bars count from the song's start. A metre change begins a bar and
    a beat wherever it stands, so where it cuts one short two points share its moment.
    """
    changes = {change.tick for change in tempo_map.tempos}
    changes |= {change.tick for change in tempo_map.metres}
    ticks = [start, *sorted(tick for tick in changes if start < tick < end), end]
    start_s = tempo_map.tick_to_second(start)
    points = []
    for tick, next_tick in pairwise(ticks):
        for at in (tick, next_tick):
            beat, bar = beats_and_bars(tempo_map, at, under=tick)
            points.append(BeatPoint(tempo_map.tick_to_second(at) - start_s, beat, bar))
    return tuple(dict.fromkeys(points))


def beats_and_bars(tempo_map: TempoMap, tick: Tick, under: Tick) -> tuple[float, float]:
    """Return the beats and bars passed at `tick`, counted by the metre that holds at `under`."""
    metre = tempo_map.metre_at(under)
    beats = bars = 0
    for before, after in pairwise(tempo_map.metres):
        if after.tick <= metre.tick:
            beats += -(-(after.tick - before.tick) // PPQ)
            bars += -(-(after.tick - before.tick) // before.bar_ticks)
    passed = tick - metre.tick
    return beats + passed / PPQ, bars + passed / metre.bar_ticks
