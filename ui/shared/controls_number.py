"""What a number field holds: range, steps, unit; how it is written and read. No Qt."""

import math
import re
from dataclasses import dataclass
from typing import Final

from desktop.document.song import MAX_GAIN_DB, MIN_GAIN_DB

_NUMBER: Final = re.compile(r"[-+]?\d*[.,]?\d+(?:[eE][-+]?\d+)?")
_FADER_DB: Final = (MIN_GAIN_DB, -60.0, -40.0, -30.0, -20.0, -10.0, 0.0, 6.0, 12.0)
_FADER_SHARE: Final = (0.0, 0.06, 0.17, 0.29, 0.43, 0.61, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Number:
    """Values in low..high, shown with `decimals` and a unit; `fine` steps are those with Shift.

    With a `none_text` there may be no value, which is shown so. One that `resets` has a value that
    changes nothing, as 0 dB, to which a double-click goes back.
    """

    low: float
    high: float
    default: float | None
    step: float = 1.0
    fine: float = 0.1
    decimals: int = 0
    unit: str = ""
    none_text: str | None = None
    resets: bool = True

    def clamped(self, value: float) -> float:
        """Return the value of the range that is nearest to `value`, as finely as it is shown."""
        return round(min(self.high, max(self.low, value)), self.decimals)

    def text(self, value: float | None) -> str:
        """Return `value` as it is shown."""
        if value is None:
            return self.none_text or ""
        shown = f"{round(value, self.decimals) + 0.0:.{self.decimals}f}"
        return f"{shown} {self.unit}".rstrip()

    def value_of(self, text: str) -> float | None:
        """Return the value typed; ValueError where there is no number in it."""
        if self.none_text is not None and text.strip() in {"", self.none_text}:
            return None
        return self.clamped(_number_in(text))


@dataclass(frozen=True, slots=True)
class Gain(Number):
    """A gain in dB; the lowest is silence."""

    def text(self, value: float | None) -> str:
        return "-inf dB" if value is not None and value <= MIN_GAIN_DB else Number.text(self, value)

    def value_of(self, text: str) -> float | None:
        return self.low if "inf" in text.casefold() else Number.value_of(self, text)


@dataclass(frozen=True, slots=True)
class Pan(Number):
    """A panorama, -1 left to 1 right, shown as percent to a side."""

    def text(self, value: float | None) -> str:
        percent = round(100 * (value or 0.0))
        return "C" if percent == 0 else f"{'L' if percent < 0 else 'R'} {abs(percent)} %"

    def value_of(self, text: str) -> float | None:
        if (word := text.strip().casefold()) == "c":
            return 0.0
        percent = _number_in(text)
        return self.clamped((-percent if word.startswith("l") else percent) / 100)


GAIN: Final = Gain(MIN_GAIN_DB, MAX_GAIN_DB, 0.0, step=1.0, fine=0.1, decimals=1, unit="dB")
PAN: Final = Pan(-1.0, 1.0, 0.0, step=0.05, fine=0.01, decimals=2)


def _number_in(text: str) -> float:
    found = _NUMBER.search(text.replace("\u2212", "-"))
    if found is None:
        raise ValueError(f"there is no number in {text!r}; type one")
    return float(found[0].replace(",", "."))


def db_to_share(gain_db: float) -> float:
    """Return how far up a fader or meter stands at `gain_db`, 0..1."""
    return _between(gain_db, _FADER_DB, _FADER_SHARE)


def share_to_db(share: float) -> float:
    """Return the gain of a fader that stands `share` of its way up."""
    return _between(share, _FADER_SHARE, _FADER_DB)


def linear_to_db(level: float) -> float:
    """Return a linear level in dB, silence as the lowest gain."""
    return max(MIN_GAIN_DB, 20 * math.log10(level)) if level > 0 else MIN_GAIN_DB


def _between(value: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    value = min(xs[-1], max(xs[0], value))
    at = next(i for i in range(1, len(xs)) if value <= xs[i])
    share = (value - xs[at - 1]) / (xs[at] - xs[at - 1])
    return ys[at - 1] + share * (ys[at] - ys[at - 1])
