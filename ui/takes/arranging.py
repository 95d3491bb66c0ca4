"""Which takes are shown, and in which order. No widgets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.document.song import Take
from ui.takes.facts import KEPT, facts_of, facts_of_recipe
from ui.takes.model import measure

if TYPE_CHECKING:  # slow to import
    from desktop.rendering.fidelity import Played

Value: TypeAlias = float | str | None
Values: TypeAlias = Mapping["Order", Callable[[Take], Value]]


class Order(Enum):
    """What takes can be sorted by."""

    MADE = "made"
    STARS = "stars"
    NAME = "name"
    PROMPT = "prompt"
    SEED = "seed"
    LENGTH = "length"
    LOUDNESS = "loudness"
    PEAK = "peak"
    GATE = "gate"
    NOTES = "notes"
    TEMPO = "tempo"
    WON = "won"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which takes are wanted; `words` may stand anywhere in name, comment, prompt or pack."""

    words: str = ""
    min_stars: int = 0
    passed_only: bool = False
    with_rejected: bool = False

    def shows(self, take: Take, pieces: tuple[str, ...]) -> bool:
        """Return whether `take` is wanted; `pieces` are the words, folded."""
        return (
            (self.with_rejected or not take.rejected)
            and take.stars >= self.min_stars
            and (take.quality.passed or not self.passed_only)
            and (not pieces or _has(take, pieces))
        )


@dataclass(frozen=True, slots=True)
class Sorting:
    """In which order takes stand; what has no value comes last either way."""

    order: Order = Order.MADE
    falls: bool = False


EVERYTHING: Final = Filter(with_rejected=True)


def arranged(
    takes: Iterable[Take], wanted: Filter, sorting: Sorting, values: Values
) -> tuple[Take, ...]:
    """Return the takes that are wanted, in order; equal ones in the order in which they came."""
    pieces = tuple(wanted.words.casefold().split())
    shown = [take for take in takes if wanted.shows(take, pieces)]
    if sorting.order is Order.MADE:
        return tuple(reversed(shown) if sorting.falls else shown)
    value = values[sorting.order]
    valued = [(value(take), take) for take in shown]
    known = [pair for pair in valued if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=sorting.falls)  # type: ignore[arg-type,return-value]
    return (*(take for _, take in known), *(take for found, take in valued if found is None))


def won_share(take: Take) -> float | None:
    """Return the share of blind comparisons that the take has won, None without any."""
    compared = take.wins + take.losses
    return take.wins / compared if compared else None


VALUES: Final[Values] = {
    Order.STARS: lambda take: take.stars,
    Order.NAME: lambda take: take.name.casefold() or None,
    Order.PROMPT: lambda take: facts_of(take).asked.prompt.casefold() or None,
    Order.SEED: lambda take: facts_of(take).seed,
    Order.LENGTH: lambda take: take.frames / take.sample_rate_hz,
    Order.LOUDNESS: lambda take: measure(take, "loudness_lufs"),
    Order.PEAK: lambda take: measure(take, "true_peak_dbtp"),
    Order.GATE: lambda take: len(take.quality.failures),
    Order.WON: won_share,
}


def with_played(played: Callable[[Take], "Played | None"]) -> Values:
    """Return what every take has, and how well `played` says that it plays the sketch."""

    def note_f1(take: Take) -> Value:
        return None if (found := played(take)) is None else found.note_f1

    def tempo_error(take: Take) -> Value:
        return None if (found := played(take)) is None else found.tempo_error_percent

    return {**VALUES, Order.NOTES: note_f1, Order.TEMPO: tempo_error}


def _has(take: Take, pieces: tuple[str, ...]) -> bool:
    text = _text(take.name, take.comment, take.recipe)
    return all(piece in text for piece in pieces)


@lru_cache(KEPT)
def _text(name: str, comment: str, recipe: str) -> str:
    take = facts_of_recipe(recipe)
    parts = (name, comment, take.asked.prompt, take.asked.negative_prompt, take.pack, take.imported)
    return "\n".join(parts).casefold()
