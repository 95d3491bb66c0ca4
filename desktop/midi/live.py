"""What is played live on a MIDI port, as strikes: notes that begin and end, the pedal included."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import mido  # type: ignore[import-untyped]

SUSTAIN: Final = 64
PEDAL_DOWN: Final = 64  # a value of the controller from which on the pedal is down
ALL_OFF: Final = (120, 123)  # all sound off, all notes off


class Source(NamedTuple):
    """Where a note comes from; notes of one pitch from two sources are two notes."""

    port: str
    channel: int = 0


class Strike(NamedTuple):
    """A note begins at `at_s` of `time.monotonic`, or ends there if `velocity` is 0."""

    at_s: float
    source: Source
    pitch: int
    velocity: int


class Keys:
    """The keys and pedals of a port; it belongs to one thread.

    A key that is let go while the sustain pedal is down goes on sounding until the pedal is up or
    the key is struck again. Each note that begins ends, once.
    """

    def __init__(self, port: str) -> None:
        self._port = port
        self._down: set[tuple[int, int]] = set()  # channel, pitch
        self._sustained: set[tuple[int, int]] = set()
        self._pedals: set[int] = set()  # channels

    def take(self, message: mido.Message, at_s: float) -> list[Strike]:
        """Return what `message` lets begin and end."""
        if message.type in ("note_on", "note_off"):
            key = message.channel, message.note
            if message.type == "note_on" and message.velocity:
                return self._press(key, message.velocity, at_s)
            return self._let_go(key, at_s)
        if message.type == "control_change":
            return self._control(message.channel, message.control, message.value, at_s)
        return []

    def all_off(self, at_s: float) -> list[Strike]:
        """End every note, as when the port is gone; the pedals are up."""
        self._pedals.clear()
        return self._end(self._down | self._sustained, at_s)

    def _press(self, key: tuple[int, int], velocity: int, at_s: float) -> list[Strike]:
        ended = self._end({key} & (self._down | self._sustained), at_s)
        self._down.add(key)
        return [*ended, self._strike(key, at_s, velocity)]

    def _let_go(self, key: tuple[int, int], at_s: float) -> list[Strike]:
        if key not in self._down:
            return []
        if key[0] in self._pedals:
            self._down.remove(key)
            self._sustained.add(key)
            return []
        return self._end({key}, at_s)

    def _control(self, channel: int, control: int, value: int, at_s: float) -> list[Strike]:
        if control == SUSTAIN and value >= PEDAL_DOWN:
            self._pedals.add(channel)
        elif control == SUSTAIN:
            self._pedals.discard(channel)
            return self._end({key for key in self._sustained if key[0] == channel}, at_s)
        elif control in ALL_OFF:
            sounding = self._down | self._sustained
            return self._end({key for key in sounding if key[0] == channel}, at_s)
        return []

    def _end(self, keys: Iterable[tuple[int, int]], at_s: float) -> list[Strike]:
        ended = sorted(keys)
        self._down.difference_update(ended)
        self._sustained.difference_update(ended)
        return [self._strike(key, at_s, 0) for key in ended]

    def _strike(self, key: tuple[int, int], at_s: float, velocity: int) -> Strike:
        channel, pitch = key
        return Strike(at_s, Source(self._port, channel), pitch, velocity)
