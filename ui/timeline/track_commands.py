"""The actions of tracks; they hold wherever the focus is."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.document.edits import (
    add_track,
    change_track,
    duplicate_track,
    move_track,
    remove_track,
)
from desktop.document.palette import track_colour
from desktop.document.song import Role, Track
from ui.timeline.arrangement import Arrangement
from ui.timeline.lane_commands import LaneCommands


class TrackCommands(QObject):
    """Adds, moves and deletes tracks; mutes, solos, arms and monitors the selected one."""

    def __init__(self, arrangement: Arrangement, parent: QObject) -> None:
        super().__init__(parent)
        self._arrangement, self._session = arrangement, arrangement.session
        self.lanes = LaneCommands(arrangement)
        tr = self.tr
        self._register("add", tr("Add a track"), self.add, "Ctrl+T")
        self._register("duplicate", tr("Duplicate the track"), self._duplicate, "Ctrl+Shift+D")
        self._register("up", tr("Move the track up"), partial(self._move, -1), "Ctrl+Shift+Up")
        self._register("down", tr("Move the track down"), partial(self._move, 1), "Ctrl+Shift+Down")
        self._register("rename", tr("Rename the track"), self._rename, "F2")
        self._register("mute", tr("Mute the track"), self._mute, "Shift+M")
        self._register("solo", tr("Solo the track"), self._solo, "Shift+S")
        self._register("arm", tr("Arm the track"), self._arm, "Shift+R")
        self._register(
            "monitor", tr("Monitor: hear on the track what is played"), self._monitor, "Shift+I"
        )
        text = tr("Show or hide the lanes of the takes")
        self._register("lanes", text, partial(self.fold, None), "Shift+G")
        self._register("delete", tr("Delete the track"), self._delete, "Ctrl+Shift+Del")
        self.on_rename: Callable[[int], None] = lambda _track_id: None

    def __getitem__(self, name: str) -> QAction:
        return self._arrangement.studio.actions[f"track.{name}"]

    def add(self) -> None:
        """Add a track below the others, and select it."""
        number, tracks = self._session.next_id, self._session.song.tracks
        colour = track_colour(len(tracks))
        edit = partial(add_track, name=self._new_name(), colour=colour)
        if self._session.edit(self.tr("Add track"), edit):
            self._arrangement.choose_track(number)
            self._arrangement.show_row(len(tracks))

    def _new_name(self) -> str:
        """Return a name that no track has: its number counted from the top, or one above."""
        tracks, text = self._session.song.tracks, self.tr("Track {n}")
        taken = {track.name for track in tracks}
        numbers = range(len(tracks) + 1, 2 * len(tracks) + 2)
        return next(name for n in numbers if (name := text.format(n=n)) not in taken)

    def name(self, track_id: int, name: str) -> None:
        """Name a track."""
        self._change(self.tr("Rename track"), track_id, lambda t: replace(t, name=name))

    def colour(self, track_id: int, colour: str) -> None:
        """Give a track a colour."""
        self._change(self.tr("Colour track"), track_id, lambda t: replace(t, colour=colour))

    def set_role(self, track_id: int, role: Role) -> None:
        """Give a track a role."""
        self._change(self.tr("Change role"), track_id, lambda t: replace(t, role=role))

    def mute(self, track_id: int) -> None:
        """Mute a track, or let it be heard again."""
        self._change(self.tr("Mute"), track_id, lambda t: replace(t, mute=not t.mute))

    def solo(self, track_id: int) -> None:
        """Solo a track, or not any more."""
        self._change(self.tr("Solo"), track_id, lambda t: replace(t, solo=not t.solo))

    def arm(self, track_id: int) -> None:
        """Arm a track, or not any more."""
        transport = self._arrangement.transport
        transport.arm(track_id, track_id not in transport.armed)

    def monitor(self, track_id: int) -> None:
        """Let what is played be heard on a track, or not any more."""
        transport = self._arrangement.transport
        transport.monitor(track_id, track_id not in transport.monitored)

    def fold(self, track_id: int | None) -> None:
        """Show the lanes of a track's takes, or hide them; the selected track's for None."""
        self.lanes.fold(track_id)

    def _register(self, name: str, text: str, run: Callable[[], object], *keys: str) -> None:
        action = self._arrangement.studio.actions.add(f"track.{name}", "track", text, run, *keys)
        action.setShortcutVisibleInContextMenu(True)

    def _change(self, name: str, track_id: int, change: Callable[[Track], Track]) -> None:
        self._session.edit(name, partial(change_track, track_id=track_id, change=change))

    def _chosen(self) -> int | None:
        track_id = self._session.selection.track_id
        if track_id is None:
            self._session.said.emit(self.tr("Select a track first"))
        return track_id

    def _mute(self) -> None:
        if (track_id := self._chosen()) is not None:
            self.mute(track_id)

    def _solo(self) -> None:
        if (track_id := self._chosen()) is not None:
            self.solo(track_id)

    def _arm(self) -> None:
        if (track_id := self._chosen()) is not None:
            self.arm(track_id)

    def _monitor(self) -> None:
        if (track_id := self._chosen()) is not None:
            self.monitor(track_id)

    def _rename(self) -> None:
        if (track_id := self._chosen()) is not None:
            self.on_rename(track_id)

    def _duplicate(self) -> None:
        if (track_id := self._chosen()) is not None:
            copy = self._session.next_id
            edit = partial(duplicate_track, track_id=track_id)
            if self._session.edit(self.tr("Duplicate track"), edit):
                self._arrangement.choose_track(copy)

    def _move(self, rows: int) -> None:
        if (track_id := self._chosen()) is not None:
            row = (self._arrangement.rows.number_of(track_id) or 0) + rows
            if 0 <= row < len(self._session.song.tracks):
                edit = partial(move_track, track_id=track_id, row=row)
                self._session.edit(self.tr("Move track"), edit)

    def _delete(self) -> None:
        if (track_id := self._chosen()) is not None:
            row = self._arrangement.rows.number_of(track_id) or 0
            if self._session.edit(
                self.tr("Delete track"), partial(remove_track, track_id=track_id)
            ):
                left = self._session.song.tracks
                if left:
                    self._arrangement.choose_track(left[min(row, len(left) - 1)].id)
