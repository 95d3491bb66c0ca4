"""Blind comparison: two sides under the letters A and B, and nobody knows which is which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal, NamedTuple

from desktop.document.edits import change_take
from desktop.document.song import Song

Letter = Literal["A", "B"]
LETTERS: Final[tuple[Letter, Letter]] = ("A", "B")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things that are compared: a take, or the takes of a prompt or of a pack."""

    name: str
    take_ids: tuple[str, ...]


class Win(NamedTuple):
    """A take that was chosen over another; their ids."""

    winner: str
    loser: str


class BlindTest:
    """Draws round after round a take of each side and gives them the letters A and B."""

    def __init__(self, sides: tuple[Side, Side], rng: Random) -> None:
        if set(sides[0].take_ids) & set(sides[1].take_ids):
            raise ValueError("a take cannot be compared with itself; choose two different ones")
        self.sides, self._rng = sides, rng
        self.wins: list[Win] = []
        self._drawn = self._draw()

    def take(self, letter: Letter) -> str:
        """Return which take stands under a letter in this round."""
        return self._drawn[letter]

    def choose(self, letter: Letter) -> None:
        """Let the take under a letter win this round, and draw another."""
        other: Letter = "B" if letter == "A" else "A"
        self.wins.append(Win(self._drawn[letter], self._drawn[other]))
        self._drawn = self._draw()

    @property
    def is_over(self) -> bool:
        """Return whether two takes were compared, which a second round would only repeat."""
        return bool(self.wins) and all(len(side.take_ids) == 1 for side in self.sides)

    @property
    def score(self) -> tuple[int, int]:
        """Return how often the first and the second side have won."""
        first = sum(win.winner in self.sides[0].take_ids for win in self.wins)
        return first, len(self.wins) - first

    def _draw(self) -> dict[Letter, str]:
        takes = [self._rng.choice(side.take_ids) for side in self.sides]
        self._rng.shuffle(takes)
        return dict(zip(LETTERS, takes, strict=True))


def with_wins(song: Song, region_id: int, wins: Sequence[Win]) -> Song:
    """Return `song` with the comparisons counted in the takes of the region."""
    for win in wins:
        song = change_take(song, region_id, win.winner, lambda t: replace(t, wins=t.wins + 1))
        song = change_take(song, region_id, win.loser, lambda t: replace(t, losses=t.losses + 1))
    return song
