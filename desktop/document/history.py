"""The history: a list of songs. Undo gives the very same earlier song back."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.document.song import Song


@dataclass(frozen=True, slots=True)
class Step:
    """An edit's name and the song after it."""

    name: str
    song: Song


@dataclass(frozen=True, slots=True)
class History:
    """The songs so far, oldest first, of which `steps[at]` is the present one."""

    steps: tuple[Step, ...]
    at: int = 0
    limit: int = 1000

    @staticmethod
    def of(song: Song) -> "History":
        """Return the history of a song just opened."""
        return History((Step("Open", song),))

    @property
    def song(self) -> Song:
        """Return the present song."""
        return self.steps[self.at].song

    @property
    def undo_name(self) -> str | None:
        """Return the name of the edit that undo takes back, None when there is none."""
        return self.steps[self.at].name if self.at else None

    @property
    def redo_name(self) -> str | None:
        """Return the name of the edit that redo does again, None when there is none."""
        return self.steps[self.at + 1].name if self.at + 1 < len(self.steps) else None

    def edited(self, name: str, song: Song) -> "History":
        """Return the history with `song` as the present; songs undone before are forgotten.

        A song equal to the present one adds no step; past `limit` the oldest go.
        """
        if song == self.song:
            return self
        steps = (*self.steps[: self.at + 1], Step(name, song))[-self.limit :]
        return replace(self, steps=steps, at=len(steps) - 1)

    def amended(self, song: Song) -> "History":
        """Return the history with `song` in place of the present one, under the same name."""
        step = replace(self.steps[self.at], song=song)
        return replace(self, steps=(*self.steps[: self.at], step))

    def undone(self) -> "History":
        """Return the history one edit back, itself when there is none."""
        return replace(self, at=self.at - 1) if self.at else self

    def redone(self) -> "History":
        """Return the history one edit on, itself when there is none."""
        return replace(self, at=self.at + 1) if self.at + 1 < len(self.steps) else self

    def everywhere(self, edit: Callable[[Song], Song]) -> "History":
        """Return the history with `edit` done to every song that has what it needs.

        For what undo must not take back: a finished render adds its take to all songs that hold
        the region. Songs in which the edit finds nothing stay as they are.
        """
        return replace(self, steps=tuple(replace(s, song=_tried(edit, s.song)) for s in self.steps))


def _tried(edit: Callable[[Song], Song], song: Song) -> Song:
    try:
        return edit(song)
    except LookupError:
        return song
