"""Edits of takes, and how a take is described. No widgets."""

from dataclasses import replace

from desktop.document.edits import change_take
from desktop.document.song import Song, Take


def rejected(song: Song, region_id: int, take_id: str) -> Song:
    """Return `song` with the take rejected, or taken back when it was."""
    return change_take(
        song, region_id, take_id, lambda take: replace(take, rejected=not take.rejected)
    )


def renamed(song: Song, region_id: int, take_id: str, name: str) -> Song:
    """Return `song` with the take called `name`."""
    return change_take(song, region_id, take_id, lambda take: replace(take, name=name))


def commented(song: Song, region_id: int, take_id: str, comment: str) -> Song:
    """Return `song` with a comment on the take, of one line or several."""
    return change_take(song, region_id, take_id, lambda take: replace(take, comment=comment))


def measure(take: Take, name: str) -> float | None:
    """Return a figure of the take's quality report, None where it was not measured."""
    return next((m.value for m in take.quality.measures if m.name == name), None)
