"""Notes from the events that begin and end them."""

from collections import defaultdict, deque
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from desktop.document.query import PlacedNote
from desktop.document.time import MAX_TICK, Tick
from desktop.midi.error import MidiError
from desktop.midi.events import NOTE_OFF, NOTE_ON, Event

MAX_NOTES: Final = 1_000_000
DRUM_CHANNEL: Final = 9  # the tenth, counted from 0


class _Open(NamedTuple):
    tick: int
    velocity: int


NotesByChannel = dict[int, list[PlacedNote]]


def read_notes(events: Iterable[Event], scale: Fraction) -> NotesByChannel:
    """Return a track's notes by channel (0..15), in ticks of the song, in order.

    Of notes of one pitch the first to begin ends first; what does not end, ends with the track.
    A note is 1 tick long or longer.
    """
    notes: NotesByChannel = defaultdict(list)
    open_: dict[tuple[int, int], deque[_Open]] = defaultdict(deque)
    last, count = 0, 0
    for tick, status, _, data in events:
        last = tick
        kind, channel = status & 0xF0, status & 0x0F
        if kind not in (NOTE_OFF, NOTE_ON):
            continue
        pitch, velocity = min(data[0], 127), min(data[1], 127)
        sounding = open_[channel, pitch]
        if kind == NOTE_ON and velocity:
            count += 1
            check_note_count(count)
            sounding.append(_Open(tick, velocity))
        elif sounding:
            notes[channel].append(_note(sounding.popleft(), tick, pitch, scale))
    for (channel, pitch), unended in open_.items():
        notes[channel] += [_note(begun, last, pitch, scale) for begun in unended]
    return {channel: sorted(found) for channel, found in notes.items() if found}


def check_note_count(count: int) -> None:
    """Raise MidiError when a file has more notes than a song can hold."""
    if count > MAX_NOTES:
        raise MidiError(f"it has more than {MAX_NOTES} notes; split it in a sequencer")


def to_song_tick(tick: int, scale: Fraction) -> Tick:
    """Return the tick of the song nearest to a file's tick; MidiError past the last one."""
    nearest = (2 * tick * scale.numerator + scale.denominator) // (2 * scale.denominator)
    if nearest > MAX_TICK:
        raise MidiError(f"an event lies at tick {nearest}, past {MAX_TICK}; shorten the file")
    return Tick(nearest)


def _note(begun: _Open, end: int, pitch: int, scale: Fraction) -> PlacedNote:
    start_tick = to_song_tick(begun.tick, scale)
    end_tick = max(to_song_tick(end, scale), Tick(start_tick + 1))
    return PlacedNote(start_tick, end_tick, pitch, begun.velocity)
