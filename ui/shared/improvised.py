"""Improvised notes drawn into regions: by an action that is on only where there are some."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject

from desktop.document.query import find_region, has_region, track_with_region
from desktop.document.song import Song, Take
from desktop.rendering.improvised import Hindrance, hindrance, improvised, with_improvised_notes
from ui.shared.studio import Studio

tr = partial(QCoreApplication.translate, "Improvised")


class Target(NamedTuple):
    """A region, and which of its takes is meant: None for what it plays."""

    region_id: int
    take: Take | None = None


Targets: TypeAlias = Callable[[], Iterable[Target]]


class Drawing(QObject):
    """Draws the improvised notes of `targets`; its action is off, and says why, where it cannot."""

    def __init__(self, studio: Studio, action_id: str, targets: Targets, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._actions = studio.session, studio.actions
        self._action_id, self._targets = action_id, targets
        self._session.song_changed.connect(self.look)
        self._session.selection_changed.connect(self.look)

    def look(self) -> None:
        """Allow the action, or say in its tooltip why it is not."""
        why = self._why()
        self._actions[self._action_id].setEnabled(not why)
        self._actions.set_tip(self._action_id, why or draw_tip())

    def draw(self) -> None:
        """Draw the notes in one step."""
        song = self._session.song
        targets = [each for each in self._there() if not hindrance(song, *each)]
        if targets and self._session.edit(draw_text(), partial(with_drawn, targets=targets)):
            self._session.said.emit(_said(song, targets))
            self._open(targets[0].region_id)

    def _open(self, region_id: int) -> None:
        """Let the piano roll show the clip of the region's notes."""
        song, selection = self._session.song, self._session.selection
        region, track = find_region(song, region_id), track_with_region(song, region_id)
        for clip in track.clips:
            if clip.start <= region.start < clip.end:
                self._session.select(replace(selection, clip_id=clip.id, notes=frozenset()))

    def _there(self) -> list[Target]:
        song = self._session.song
        return [each for each in self._targets() if has_region(song, each.region_id)]

    def _why(self) -> str:
        """Return why nothing can be drawn, nothing where something can."""
        found: Hindrance | None = None
        for each in self._there():
            why = hindrance(self._session.song, *each)
            if not why:
                return ""
            found = found or why
        return _why_text(found)


def draw_text() -> str:
    """Return what the action is called."""
    return tr("Draw the improvised notes")


def draw_tip() -> str:
    """Return what the action does."""
    return tr("Draw the notes that were improvised for the take into its region, to edit them")


def with_drawn(song: Song, targets: Iterable[Target]) -> Song:
    """Return `song` with the improvised notes of the targets drawn."""
    for region_id, take in targets:
        track = track_with_region(song, region_id)
        name = tr("{name}, notes") if track.role == "drums" else tr("{name}, drums")
        beside = name.format(name=track.name)
        song = with_improvised_notes(song, region_id, take, beside_name=beside)
    return song


def _why_text(why: Hindrance | None) -> str:
    if why == "drawn":
        return tr("The region has notes; delete them to draw the improvised ones")
    if why == "nothing":
        return tr("No notes were improvised for this take")
    return tr("Select a region that plays a take")


def _said(song: Song, targets: Iterable[Target]) -> str:
    """Return how many notes are drawn, and how many of them on a track of their own."""
    own = beside = 0
    for region_id, take in targets:
        found = improvised(song.tempo_map, find_region(song, region_id), take)
        parts = found.on(track_with_region(song, region_id))
        own, beside = own + len(parts.own), beside + len(parts.beside)
    text = tr("Notes drawn: {n}; on a muted track of their own: {beside}")
    return (text if beside else tr("Notes drawn: {n}")).format(n=own, beside=beside)
