"""The grid that notes keep to."""

from dataclasses import dataclass

from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ


@dataclass(frozen=True, slots=True)
class Snapping:
    """Lines every `division` ticks from each bar on; None: none."""

    division: int | None = PPQ // 4

    def nearest(self, tempo_map: TempoMap, tick: float) -> int:
        """Return the line nearest to `tick`."""
        if self.division is None:
            return max(0, round(tick))
        bar = tempo_map.bar_at(max(0.0, tick))
        line = bar.start + round((tick - bar.start) / self.division) * self.division
        return max(0, min(line, bar.start + bar.length))

    def before(self, tempo_map: TempoMap, tick: float) -> int:
        """Return the last line at or before `tick`."""
        if self.division is None:
            return max(0, int(tick))
        bar = tempo_map.bar_at(max(0.0, tick))
        return int(bar.start + (tick - bar.start) // self.division * self.division)
