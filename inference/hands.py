"""Hands that write notes event by event: one alone, or several around a drawn line.

Several are a particle filter: what an improviser writes around a line is right where it makes the
line likely, and the hands of which that is true go on. Each event is chosen before the line's next
note is seen, so one hand alone would only follow it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats
from inference.events import EVENTS, Mask, Sheet, Struck
from inference.grid import Grid
from inference.line import Line
from inference.pack import Improvisation

FIRST_HANDS: Final = 24  # around a line, until what its key is begins to show
HANDS: Final = 8


@dataclass(slots=True)
class Hand:
    """What one wrote and remembers, the line it keeps to, and how well what it wrote fits that.

    `fit` is the log likelihood of the line's pitches since hands were last compared.
    """

    sheet: Sheet
    line: Line
    state: Floats
    fit: float = 0.0

    def copy(self) -> "Hand":
        """Return a hand that goes on from here apart."""
        return replace(self, sheet=self.sheet.copy(), line=self.line.copy())

    def write(self, logits: Floats, chosen: int) -> None:
        """Write the event `chosen`, or what the line plays instead."""
        due = self.line.due(self.sheet.tick)
        event = self.line.instead(chosen, self.sheet.tick)
        if event == due:
            self.fit += log_chance(logits, event, ~self.line.free)
        self.sheet.add(event)


@dataclass(frozen=True, slots=True)
class Desk:
    """What all hands share: the role they play, when events come, what is heard then."""

    role: str
    spec: Improvisation
    grid: Grid
    moments: Floats  # (ticks, any)
    phases: Floats  # (ticks, any)
    rng: np.random.Generator

    def hands(self, line: Line) -> list[Hand]:
        """Return hands that have written nothing."""
        sheet = Sheet(self.grid.begin, self.grid.bar_ticks, self.spec.bars_ago)
        first = Hand(sheet, line, np.zeros(self.spec.state, np.float32))
        return [first.copy() for _ in range(FIRST_HANDS if line.rest else 1)]

    def bars(self) -> Iterable[int]:
        """Return the ticks at which bars end, and the grid's end."""
        return *range(self.grid.begin, self.grid.end, self.grid.bar_ticks), self.grid.end

    def feeds(self, hands: Sequence[Hand]) -> dict[str, npt.NDArray[Any]]:
        """Return what the improviser is told before the next event of each hand."""
        here = [hand.sheet.tick - self.grid.begin for hand in hands]
        return {
            "moment": self.moments[here], "phase": self.phases[here],
            "told": np.array([hand.sheet.told() for hand in hands], np.int64),
            "state": np.stack([hand.state for hand in hands]),
        }  # fmt: skip

    def write(self, hand: Hand, made: Floats) -> None:
        """Have `hand` write an event by what the graph made for it."""
        logits, hand.state = made[:EVENTS], made[EVENTS:]
        allowed = hand.sheet.allowed(self.role) & hand.line.free
        hand.write(logits, choose(logits, allowed, self.spec, self.rng))

    def kept(self, hands: list[Hand]) -> list[Hand]:
        """Return HANDS of `hands`, drawn by how well they fit, where only a few of them do.

        Systematic resampling when the effective sample size is under a half (Douc and Cappe,
        arXiv cs/0507025).
        """
        chances = np.exp([hand.fit - max(other.fit for other in hands) for hand in hands])
        chances /= chances.sum()
        if 1 / (chances**2).sum() >= len(hands) / 2:
            return hands
        places = (np.arange(HANDS) + self.rng.random()) / HANDS
        drawn = np.searchsorted(np.cumsum(chances), places).clip(max=len(hands) - 1)
        return [replace(hands[index].copy(), fit=0.0) for index in drawn]


def best(hands: Iterable[Hand]) -> list[Struck]:
    """Return what the best fitting of `hands` wrote beside the line."""
    hand = max(hands, key=lambda each: each.fit)
    return [note for note in hand.sheet.notes if note.part != hand.line.part]


def choose(logits: Floats, allowed: Mask, spec: Improvisation, rng: np.random.Generator) -> int:
    """Return one of the likeliest events that together have `top_p` (arXiv 1904.09751)."""
    scores = np.where(allowed, logits.astype(np.float64) / spec.temperature, -np.inf)
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    order = np.argsort(-chances, kind="stable")
    before = np.cumsum(chances[order]) - chances[order]
    likely = order[before < spec.top_p]
    return int(rng.choice(likely, p=chances[likely] / chances[likely].sum()))


def log_chance(logits: Floats, event: int, among: Mask) -> float:
    """Return the logarithm of how likely `event` is among those events, by their logits."""
    scores = logits[among].astype(np.float64)
    highest = scores.max()
    return float(logits[event] - highest - np.log(np.exp(scores - highest).sum()))
