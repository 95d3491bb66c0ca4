"""The MIDI ports as the window sees them: which there are, which are wanted, what is played."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal

from desktop.midi.live import Strike
from desktop.midi.live_ports import PortListener, PortState

UNWANTED: Final = "midi/unwanted"  # names, one a line; a port that was never seen is wanted
API: Final = "midi/api"  # one of RtMidi's, as UNIX_JACK; the system's own when empty
LATENCY: Final = "midi/latency_ms"
MAX_LATENCY_MS: Final = 500.0


@dataclass(frozen=True, slots=True)
class MidiPort:
    """A port that is there; `trouble` says why nothing comes from it though it is enabled."""

    name: str
    enabled: bool
    trouble: str = ""


class MidiInput(QObject):
    """All ports; it outlives the song. Without MIDI on this machine there are simply none.

    What is played goes to `on_strike` at once, in a thread of its own; the signals are for the
    thread of the window.
    """

    ports_changed = Signal()
    played = Signal(str)  # the port on which a note began
    _looked = Signal(object)
    _struck = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on_strike: Callable[[Strike], object] | None = None
        self._settings = settings
        api = str(self._setting(API, ""))
        self._listener = PortListener(self._hear, self._looked.emit, api)
        self._states: tuple[PortState, ...] = ()
        self._unwanted = frozenset(str(self._setting(UNWANTED, "")).split("\n")) - {""}
        self._latency_ms = self._kept_latency_ms()
        self._last_port = ""
        self._is_told = True  # of the last strike
        queued = Qt.ConnectionType.QueuedConnection
        self._looked.connect(self._show_ports, queued)
        self._struck.connect(self._tell, queued)

    @property
    def ports(self) -> tuple[MidiPort, ...]:
        """Return the ports that are there now."""
        unwanted = self._unwanted
        return tuple(MidiPort(s.name, s.name not in unwanted, s.trouble) for s in self._states)

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Listen to a port, now and whenever it is plugged in, or not."""
        self._unwanted = self._unwanted - {name} if enabled else self._unwanted | {name}
        if self._settings is not None:
            self._settings.setValue(UNWANTED, "\n".join(sorted(self._unwanted)))
        self._listener.listen_not_to(self._unwanted)
        self.ports_changed.emit()

    @property
    def latency_ms(self) -> float:
        """Return how long a note takes from the key to here; recorded notes are put so much back.

        Most keyboards take a few milliseconds.
        """
        return self._latency_ms

    def set_latency_ms(self, latency_ms: float) -> None:
        """Put recorded notes so much back; negative for a sound device that is later than said."""
        self._latency_ms = max(-MAX_LATENCY_MS, min(MAX_LATENCY_MS, latency_ms))
        if self._settings is not None:
            self._settings.setValue(LATENCY, self._latency_ms)

    def start(self) -> None:
        """Begin to listen; ports that come later are noticed within a second."""
        self._listener.listen_not_to(self._unwanted)
        self._listener.start()

    def end_notes(self) -> None:
        """Take every key for let go, and every pedal for up."""
        self._listener.end_notes()

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _setting(self, name: str, default: object) -> object:
        return self._settings.value(name, default) if self._settings is not None else default

    def _kept_latency_ms(self) -> float:
        try:
            kept_ms = float(str(self._setting(LATENCY, 0.0)))
        except ValueError:  # a settings file that was edited, or damaged
            return 0.0
        return kept_ms if abs(kept_ms) <= MAX_LATENCY_MS else 0.0

    def _show_ports(self, states: tuple[PortState, ...]) -> None:
        self._states = states
        self.ports_changed.emit()

    def _hear(self, strike: Strike) -> None:
        if (listener := self.on_strike) is not None:
            listener(strike)
        if strike.velocity:
            self._last_port = strike.source.port
            if self._is_told:  # a run of notes need not fill the window's queue
                self._is_told = False
                self._struck.emit()

    def _tell(self) -> None:
        self._is_told = True
        self.played.emit(self._last_port)
