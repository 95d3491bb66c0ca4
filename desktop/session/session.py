"""The open project: its song and history, the selection, what is saved. Announces each change."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.document.comping import with_new_take
from desktop.document.edits import add_take
from desktop.document.history import History
from desktop.document.query import has_region
from desktop.document.song import Song, Take
from desktop.document.time import Tick
from desktop.session.selection import Selection
from desktop.storage.autosave import Autosave
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from desktop.storage.project import Project

Edit: TypeAlias = Callable[[Song], Song]
AUTOSAVE_TICK_MS: Final = 500


class Session(QObject):
    """One open project. Use it from the thread of the window.

    While a drag lasts, `preview` shows what it would do; `commit` makes one step of it.
    """

    song_changed = Signal(object, object)  # the songs before and after; compare parts by `is`
    selection_changed = Signal(object)  # the Selection
    saved_changed = Signal()
    history_changed = Signal()
    said = Signal(str)  # a sentence for the status line
    failed = Signal(str)  # a sentence about what went wrong

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self._history = History.of(project.opened.song)
        self._preview: Song | None = None
        self._previewed: Edit | None = None  # how the preview came about
        self._saved_song = project.opened.song
        self._selection = Selection()
        self._autosave = Autosave(project)
        self._timer = QTimer(self, interval=AUTOSAVE_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @property
    def song(self) -> Song:
        """Return the song as it is shown, a drag that lasts included."""
        return self._history.song if self._preview is None else self._preview

    @property
    def history(self) -> History:
        """Return the steps done and undone."""
        return self._history

    @property
    def next_id(self) -> int:
        """Return the first id that an edit gives, whatever a drag shows."""
        return self._history.song.next_id

    @property
    def selection(self) -> Selection:
        """Return what is selected."""
        return self._selection

    @property
    def takes(self) -> TakePool:
        """Return the project's take pool."""
        return self.project.takes

    @property
    def folder(self) -> Path:
        """Return the project's folder."""
        return self.project.folder

    @property
    def is_saved(self) -> bool:
        """Return whether the song is what song.json holds."""
        return self._history.song is self._saved_song

    def edit(self, name: str, change: Edit) -> bool:
        """Do `change` as one step called `name`; return False, and say why, if it cannot be."""
        self.cancel_preview()
        return self._change(name, change)

    def amend(self, name: str, change: Edit, made: Song | None) -> Song | None:
        """Do `change` in the step that led to `made`, else as a step of its own; return its song.

        For what grows while it lasts, as a recording does. Returns None,
        and says why, if it cannot be.
        """
        dragged = self._previewed
        self.cancel_preview()
        step = self._history.song
        if not self._change(name, change, amends=made is step):
            return None
        step = self._history.song
        if dragged is not None:
            self.preview(dragged)
        return step

    def preview(self, change: Edit) -> None:
        """Show the song after `change` of the present step, without a step yet."""
        try:
            changed = change(self._history.song)
        except (ValueError, LookupError) as error:
            self.said.emit(str(error))
            return
        before, self._preview, self._previewed = self.song, changed, change
        self._announce(before)

    def commit(self, name: str) -> None:
        """Make what `preview` shows a step called `name`."""
        shown, self._preview, self._previewed = self._preview, None, None
        if shown is not None:
            self._become(self._history.edited(name, shown), before=shown)

    def cancel_preview(self) -> None:
        """Go back to the present step."""
        shown, self._preview, self._previewed = self._preview, None, None
        if shown is not None:
            self._announce(shown)

    def undo(self) -> None:
        """Go one step back."""
        self.cancel_preview()
        self._become(self._history.undone(), before=self.song)

    def redo(self) -> None:
        """Go one step on."""
        self.cancel_preview()
        self._become(self._history.redone(), before=self.song)

    def go_to_step(self, at: int) -> None:
        """Go to step `at` of the history."""
        while self._history.at > at and self._history.undo_name is not None:
            self.undo()
        while self._history.at < at and self._history.redo_name is not None:
            self.redo()

    def select(self, selection: Selection) -> None:
        """Make `selection`, as far as the song holds it, the selection."""
        found = selection.within(self.song)
        if found != self._selection:
            self._selection = found
            self.selection_changed.emit(found)

    def keep_takes(
        self,
        takes: Sequence[tuple[int, Take]],
        play: Collection[int] | None = None,
        repainted: tuple[Tick, Tick] | None = None,
    ) -> None:
        """Add finished takes to every step of the history; let some be played, as one step.

        `play` names the regions that are to play theirs, None all. One that plays a comp goes on
        with it, but for what was `repainted`, ticks from the region's start: there the comp plays
        the new take, as after a punch-in, for it is what was asked for and all else stays as it
        was chosen. A region that is not there any more comes back with its take when its deletion
        is undone.
        """

        def added(song: Song) -> Song:
            for region_id, take in takes:
                if has_region(song, region_id):
                    song = add_take(song, region_id, take)
            return song

        def chosen(song: Song) -> Song:
            for region_id, take in takes:
                if (play is None or region_id in play) and has_region(song, region_id):
                    song = with_new_take(song, region_id, take.id, repainted)
            return song

        dragged = self._previewed
        self.cancel_preview()
        self._become(self._history.everywhere(added), before=self.song)
        self._change("New take", chosen)
        if dragged is not None:
            self.preview(dragged)

    def save(self) -> bool:
        """Save the song; return False, and say why, when the disk refuses."""
        try:
            self.project.save(self._history.song)
        except StorageError as error:
            self.failed.emit(str(error))
            return False
        self._saved_song = self._history.song
        self.saved_changed.emit()
        return True

    def discard(self) -> None:
        """Go back to the song as saved, with no way back; the autosave goes too."""
        self.cancel_preview()
        self._become(History.of(self._saved_song), before=self.song)
        try:
            self.project.save(self._saved_song)
        except StorageError as error:
            self.failed.emit(str(error))

    def close(self) -> None:
        """Write what autosave still holds, say why it cannot be; let other programs in."""
        self._timer.stop()
        try:
            self._autosave.flush()
        except StorageError as error:
            self.failed.emit(str(error))
        finally:
            self.project.close()

    def _change(self, name: str, change: Edit, amends: bool = False) -> bool:
        history = self._history
        try:
            changed = change(history.song)
        except (ValueError, LookupError) as error:
            self.failed.emit(str(error))
            return False
        after = history.amended(changed) if amends else history.edited(name, changed)
        self._become(after, before=self.song)
        return True

    def _become(self, history: History, before: Song) -> None:
        if history is self._history and before is self.song:
            return
        self._history = history
        self._autosave.edited(history.song)
        self._announce(before)
        self.history_changed.emit()
        self.saved_changed.emit()

    def _announce(self, before: Song) -> None:
        if before is not self.song:
            found = self._selection.within(self.song)
            shrinks = found != self._selection
            if shrinks:  # first, or who hears of the song would look for what is gone
                self._selection = found
            self.song_changed.emit(before, self.song)
            if shrinks and self._selection is found:
                self.selection_changed.emit(found)

    def _tick(self) -> None:
        try:
            self._autosave.tick()
        except StorageError as error:
            self.failed.emit(str(error))
