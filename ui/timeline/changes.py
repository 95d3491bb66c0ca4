"""What the strips above the lanes hold: markers, tempo and metre changes, and their edits."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from desktop.document.edits import (
    add_marker,
    change_marker,
    remove_marker,
    remove_metre,
    remove_tempo,
    set_metre,
    set_tempo,
)
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.session.session import Edit
from ui.shared.readings import metre_of

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Item:
    """Something at `tick` of a strip; `key` is its marker's id, or its tick."""

    key: int
    tick: Tick
    text: str
    is_fixed: bool = False  # the first tempo and metre stay at 0


class Kind(Protocol):
    """What a strip holds. Texts that cannot be read are a ValueError."""

    @property
    def name(self) -> str:
        """Return what is written beside the strip."""
        ...

    @property
    def tip(self) -> str:
        """Return what it is good for."""
        ...

    @property
    def lasts(self) -> bool:
        """Return whether an item holds until the next."""
        ...

    def items(self, song: Song) -> list[Item]:
        """Return what there is, in order."""
        ...

    def text_at(self, song: Song, tick: Tick) -> str:
        """Return the text that something new at `tick` begins with."""
        ...

    def add(self, tick: Tick, text: str) -> Edit:
        """Return the edit that adds something."""
        ...

    def change(self, item: Item, text: str) -> Edit:
        """Return the edit that gives something another text."""
        ...

    def move(self, item: Item, tick: Tick) -> Edit:
        """Return the edit that moves something."""
        ...

    def remove(self, item: Item) -> Edit:
        """Return the edit that takes something away."""
        ...


class Markers:
    """Named places."""

    lasts = False

    @property
    def name(self) -> str:
        return translate("Timeline", "Markers")

    @property
    def tip(self) -> str:
        return translate(
            "Timeline", "Markers: double-click adds one (M: at the playhead) or renames it; drag"
        )

    def items(self, song: Song) -> list[Item]:
        return [Item(marker.id, marker.tick, marker.name) for marker in song.markers]

    def text_at(self, song: Song, tick: Tick) -> str:  # noqa: ARG002 - as in Kind
        return translate("Timeline", "Marker {0}").format(len(song.markers) + 1)

    def add(self, tick: Tick, text: str) -> Edit:
        return partial(add_marker, tick=tick, name=text)

    def change(self, item: Item, text: str) -> Edit:
        return partial(change_marker, marker_id=item.key, change=lambda m: replace(m, name=text))

    def move(self, item: Item, tick: Tick) -> Edit:
        return partial(change_marker, marker_id=item.key, change=lambda m: replace(m, tick=tick))

    def remove(self, item: Item) -> Edit:
        return partial(remove_marker, marker_id=item.key)


class Tempos:
    """Tempo changes, in quarter notes a minute."""

    lasts = True

    @property
    def name(self) -> str:
        return translate("Timeline", "Tempo, bpm")

    @property
    def tip(self) -> str:
        return translate("Timeline", "Tempo: double-click adds a change or types its value; drag")

    def items(self, song: Song) -> list[Item]:
        return [Item(c.tick, c.tick, f"{c.bpm:.6g}", c.tick == 0) for c in song.tempo_map.tempos]

    def text_at(self, song: Song, tick: Tick) -> str:
        return f"{song.tempo_map.bpm_at(tick):.6g}"

    def add(self, tick: Tick, text: str) -> Edit:
        return partial(set_tempo, tick=tick, bpm=_bpm(text))

    def change(self, item: Item, text: str) -> Edit:
        return self.add(item.tick, text)

    def move(self, item: Item, tick: Tick) -> Edit:
        def moved(song: Song) -> Song:
            bpm = song.tempo_map.bpm_at(item.tick)
            return set_tempo(remove_tempo(song, item.tick), tick, bpm)

        return moved

    def remove(self, item: Item) -> Edit:
        return partial(remove_tempo, tick=item.tick)


class Metres:
    """Metre changes."""

    lasts = True

    @property
    def name(self) -> str:
        return translate("Timeline", "Metre")

    @property
    def tip(self) -> str:
        return translate("Timeline", "Metre: double-click adds a change or types its value; drag")

    def items(self, song: Song) -> list[Item]:
        return [
            Item(c.tick, c.tick, f"{c.numerator}/{c.denominator}", c.tick == 0)
            for c in song.tempo_map.metres
        ]

    def text_at(self, song: Song, tick: Tick) -> str:
        metre = song.tempo_map.metre_at(tick)
        return f"{metre.numerator}/{metre.denominator}"

    def add(self, tick: Tick, text: str) -> Edit:
        numerator, denominator = metre_of(text)
        return partial(set_metre, tick=tick, numerator=numerator, denominator=denominator)

    def change(self, item: Item, text: str) -> Edit:
        return self.add(item.tick, text)

    def move(self, item: Item, tick: Tick) -> Edit:
        def moved(song: Song) -> Song:
            metre = song.tempo_map.metre_at(item.tick)
            song = remove_metre(song, item.tick)
            return set_metre(song, tick, metre.numerator, metre.denominator)

        return moved

    def remove(self, item: Item) -> Edit:
        return partial(remove_metre, tick=item.tick)


def _bpm(text: str) -> float:
    try:
        return float(text.replace(",", ".").casefold().removesuffix("bpm"))
    except ValueError as error:
        raise ValueError(f"a tempo is a number, as 96 or 120.5; got {text!r}") from error
