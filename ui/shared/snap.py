"""The grid that drags keep to, chosen once for all panels."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Signal

from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ

SETTING: Final = "snap"
USUAL: Final = "1/16"


@dataclass(frozen=True, slots=True)
class Division:
    """Lines every `ticks` from each bar on; 0 for bars alone, -1 for counts, None for no lines."""

    name: str
    ticks: int | None

    def line_ticks(self, tempo_map: TempoMap, tick: float) -> int | None:
        """Return the distance of the lines at `tick`, None for no lines."""
        if self.ticks == 0:
            return tempo_map.bar_at(tick).length
        if self.ticks == -1:
            return tempo_map.metre_at(tick).count_ticks
        return self.ticks

    def nearest(self, tempo_map: TempoMap, tick: float) -> int:
        """Return the line nearest to `tick`; the next bar's first is one too."""
        distance = self.line_ticks(tempo_map, max(0.0, tick))
        if distance is None:
            return max(0, round(tick))
        bar = tempo_map.bar_at(max(0.0, tick))
        line = bar.start + int((tick - bar.start) / distance + 0.5) * distance
        return max(0, min(line, bar.start + bar.length))

    def before(self, tempo_map: TempoMap, tick: float) -> int:
        """Return the last line at or before `tick`."""
        distance = self.line_ticks(tempo_map, max(0.0, tick))
        if distance is None:
            return max(0, int(tick))
        bar = tempo_map.bar_at(max(0.0, tick))
        return int(bar.start + (max(0.0, tick) - bar.start) // distance * distance)


DIVISIONS: Final = (
    Division("bar", 0),
    Division("beat", -1),
    *(Division(f"1/{n}", 4 * PPQ // n) for n in (2, 4, 8, 16, 32)),
    *(Division(f"1/{n}T", 8 * PPQ // (3 * n)) for n in (4, 8, 16)),
    Division("off", None),
)


def division_text(division: Division) -> str:
    """Return a division's name in the user's language."""
    translate = QCoreApplication.translate
    names = {
        "bar": translate("Snap", "Bar"),
        "beat": translate("Snap", "Beat"),
        "off": translate("Snap", "Off"),
    }
    return names.get(division.name, division.name)


class Snap(QObject):
    """The division in use; announces when it changes, and is remembered in `settings`."""

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        name = USUAL if settings is None else str(settings.value(SETTING, USUAL))
        self.division = next((d for d in DIVISIONS if d.name == name), DIVISIONS[0])

    def use(self, division: Division) -> None:
        """Let drags keep to `division`."""
        if division != self.division:
            self.division = division
            if self._settings is not None:
                self._settings.setValue(SETTING, division.name)
            self.changed.emit()
