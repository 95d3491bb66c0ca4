"""MIDI ports that come and go, and the thread that listens to them."""

import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mido  # type: ignore[import-untyped]
import rtmidi  # type: ignore[import-untyped]

from desktop.midi.live import Keys, Strike

CLIENT: Final = "Partimento"
LOOK_S: Final = 0.5  # between looks for ports that have come or gone
LISTEN_S: Final = 0.001
IDLE_LISTEN_S: Final = 0.004  # when nothing was played for REST_S: a quarter of the work
REST_S: Final = 3.0
LATEST_S: Final = 0.05  # a message that is said to be older than this is not believed to be
DRIFT_S: Final = 60.0  # after so long a rest the clocks of RtMidi and ours are compared anew
CLOSE_S: Final = 2.0
SEQUENCER: Final = Path("/dev/snd/seq")  # ALSA complains on the terminal when it is not there
# What RtMidi raises is no RuntimeError; a name that is not UTF-8 is a ValueError.
PORT_ERRORS: Final = (rtmidi.RtMidiError, OSError, ValueError)
ADDRESS: Final = re.compile(r" \d+:\d+$")  # ALSA's, which changes when a device is plugged again


@dataclass(frozen=True, slots=True)
class PortState:
    """A port that is there; `trouble` says why it cannot be listened to, empty if it can."""

    name: str
    trouble: str = ""


class Moments:
    """Turns the seconds between messages, as the driver gives them, into moments.

    A message is seen late, by however long this process was busy, but never early. So the driver's
    clock is as far from ours as the message that was seen most promptly says.
    """

    def __init__(self) -> None:
        self._driver_s = 0.0
        self._apart_s = float("inf")

    def moment(self, since_last_s: float, now_s: float) -> float:
        """Return when a message came in that is seen now, by `time.monotonic`."""
        self._driver_s += since_last_s
        apart_s = now_s - self._driver_s
        rested = since_last_s > DRIFT_S or apart_s - self._apart_s > LATEST_S
        self._apart_s = apart_s if rested else min(self._apart_s, apart_s)
        return self._driver_s + self._apart_s


class OpenPort:
    """A port that is listened to; it belongs to one thread.

    It is asked for messages and not called back: RtMidi waits for its callback when it closes a
    port, and the callback for the interpreter, which is held meanwhile.
    """

    def __init__(self, api: int, address: str) -> None:
        """Raise one of PORT_ERRORS where the port cannot be opened."""
        self._input = rtmidi.MidiIn(api, name=CLIENT)
        self._input.open_port(self._input.get_ports().index(address), address)
        self._keys, self._moments = Keys(name_of(address)), Moments()

    def strikes(self) -> list[Strike]:
        """Return what was played since the last call."""
        strikes: list[Strike] = []
        while (received := self._input.get_message()) is not None:
            data, since_last_s = received
            at_s = self._moments.moment(since_last_s, time.monotonic())
            with suppress(ValueError):  # no MIDI message
                strikes += self._keys.take(mido.Message.from_bytes(data), at_s)
        return strikes

    def end_notes(self) -> list[Strike]:
        """End what sounds."""
        return self._keys.all_off(time.monotonic())

    def close(self) -> list[Strike]:
        """Listen no more; return the ends of what sounds."""
        self._input.close_port()
        self._input.delete()
        return self.end_notes()


class PortListener:
    """Listens to all ports but those that are not wanted, in a thread of its own.

    `hear` and `tell` are called in that thread: `hear` for each strike, `tell` when ports have come
    or gone. Where there is no MIDI at all, there are no ports.
    """

    def __init__(
        self,
        hear: Callable[[Strike], object],
        tell: Callable[[tuple[PortState, ...]], object],
        api: str = "",
    ) -> None:
        """`api` is one of RtMidi's, as UNIX_JACK; the system's own when empty."""
        self._hear, self._tell = hear, tell
        self._api: int = getattr(rtmidi, f"API_{api}", rtmidi.get_compiled_api()[0])
        self._unwanted = frozenset[str]()
        self._looker: rtmidi.MidiIn | None = None
        self._open: dict[str, OpenPort] = {}  # by address
        self._told: tuple[PortState, ...] = ()
        self._played_s = 0.0
        self._wakes, self._closes, self._ends_notes = threading.Event(), False, False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._thread = threading.Thread(target=self._run, name="MIDI input", daemon=True)
        self._thread.start()

    def listen_not_to(self, names: frozenset[str]) -> None:
        """Listen to all ports but those with these names."""
        self._unwanted = names
        self._wakes.set()

    def end_notes(self) -> None:
        """End what sounds on all ports, soon."""
        self._ends_notes = True
        self._wakes.set()

    def close(self) -> None:
        """End the thread, and what sounds."""
        self._closes = True
        self._wakes.set()
        if self._thread is not None:
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        while not self._closes:
            self._look()
            self._listen(time.monotonic() + LOOK_S)
        for address in list(self._open):
            self._close_port(address)
        if self._looker is not None:
            self._looker.delete()

    def _listen(self, until_s: float) -> None:
        """Listen until it is time to look again, or until there is something to do."""
        while not self._wakes.is_set() and (left_s := until_s - time.monotonic()) > 0:
            for port in self._open.values():
                self._pass_on(port.strikes())
            self._wakes.wait(min(left_s, self._pause_s()) if self._open else left_s)
        self._wakes.clear()
        if self._ends_notes:
            self._ends_notes = False
            for port in self._open.values():
                self._pass_on(port.end_notes())

    def _pause_s(self) -> float:
        rests = time.monotonic() - self._played_s > REST_S
        return IDLE_LISTEN_S if rests else LISTEN_S

    def _look(self) -> None:
        """Open the ports that have come, close those that are gone or not wanted any more."""
        there = {address: name_of(address) for address in self._addresses()}
        wanted = [address for address, name in there.items() if name not in self._unwanted]
        for address in self._open.keys() - set(wanted):
            self._close_port(address)
        troubles = {there[a]: self._open_port(a) for a in wanted if a not in self._open}
        states = tuple(PortState(n, troubles.get(n, "")) for n in dict.fromkeys(there.values()))
        if states != self._told:
            self._told = states
            self._tell(states)

    def _addresses(self) -> list[str]:
        """Return the ports that are there; none where there is no MIDI."""
        if self._api == rtmidi.API_LINUX_ALSA and not SEQUENCER.exists():
            return []
        try:
            # One client for all looks: others are told of each new one, and some lose count.
            self._looker = self._looker or rtmidi.MidiIn(self._api, name=CLIENT)
            return list(self._looker.get_ports())
        except PORT_ERRORS:
            self._looker = None
            return []

    def _open_port(self, address: str) -> str:
        """Return an empty text, or why the port cannot be opened."""
        try:
            self._open[address] = OpenPort(self._api, address)
        except PORT_ERRORS as error:
            return str(error)
        return ""

    def _close_port(self, address: str) -> None:
        self._pass_on(self._open.pop(address).close())

    def _pass_on(self, strikes: list[Strike]) -> None:
        for strike in strikes:
            self._played_s = strike.at_s
            self._hear(strike)


def name_of(address: str) -> str:
    """Return the name by which a port is known, wherever it is plugged in."""
    return ADDRESS.sub("", address)
