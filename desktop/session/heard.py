"""What is heard of the song while something is recorded to it."""

from desktop.document.tempo import TempoMap
from desktop.engine.messages import Position
from desktop.midi.live_clock import HeardClock
from desktop.session.transport import Transport


def follow_song(
    clock: HeardClock | None, position: Position, tempo_map: TempoMap, transport: Transport
) -> HeardClock | None:
    """Return `clock`, or the first one, which took note of `position`; None where none sounds."""
    if not position.playing or position.counting_in:
        return None
    if clock is None:
        if position.tick == transport.start_tick:
            return None  # it is about to play, as soon as it has loaded what sounds there
        clock = HeardClock(tempo_map, transport.played_loop)
    clock.hear(position.tick, position.at_s)
    return clock
