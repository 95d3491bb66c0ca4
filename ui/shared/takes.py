"""How takes are called and starred, wherever they are shown."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.document.edits import change_take
from desktop.document.song import Song, Take

STAR: Final = "\u2605"
NO_STAR: Final = "\u2606"
MAX_STARS: Final = 5
translate = QCoreApplication.translate


def title_of(take: Take, number: int) -> str:
    """Return what the take is called, by `number` where it has no name."""
    if take.name:
        return take.name
    text = translate("Takes", "Pass {n}") if take.recording else translate("Takes", "Take {n}")
    return text.format(n=number)


def stars_text(stars: int) -> str:
    """Return `stars` of five."""
    return STAR * stars + NO_STAR * (MAX_STARS - stars)


def starred(song: Song, region_id: int, take_id: str, stars: int) -> Song:
    """Return `song` with the take given `stars`, 0..5."""
    return change_take(song, region_id, take_id, lambda take: replace(take, stars=stars))


def more_stars(take: Take) -> int:
    """Return one star more than the take has, none after the last."""
    return (take.stars + 1) % (MAX_STARS + 1)
