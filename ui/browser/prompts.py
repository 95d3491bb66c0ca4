"""The library of prompts: find one, rate it, drag it onto a region."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.document.edits import change_regions
from desktop.document.song import Region
from desktop.prompts.library import MAX_RATING, Library, Prompt
from desktop.prompts.library_file import Kept, read_prompts, write_prompts
from desktop.prompts.words import make_own
from desktop.session.prompts import TakeMemory
from desktop.storage.errors import StorageError
from ui.browser.prompt_rows import PROMPT, PromptPainter, PromptRows
from ui.shared.controls_text import TypedField
from ui.shared.studio import Studio

GAP_PX: Final = 4


class Prompts(QWidget):
    """Words and a tag narrow the list; Return gives the prompt to the selected regions.

    `wanted`: it is to be shown.
    """

    wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session, self._shelf = studio, studio.session, studio.prompts
        self._is_read = False
        self._removed: list[Kept] = []
        self._memory = TakeMemory(self._session, self._shelf, self)
        self.rows = PromptRows(self)
        self._make_filters()
        self._make_list()
        self._lay_out()
        self._register()
        self._shelf.changed.connect(self._read_if_shown)
        self._shelf.failed.connect(self._session.failed)
        studio.look.changed.connect(self.list.viewport().update)

    @property
    def chosen(self) -> Prompt | None:
        """Return the prompt of the current row."""
        found: Prompt | None = self.list.currentIndex().data(PROMPT)
        return found

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._is_read:
            self.read()

    def read(self) -> None:
        """Show what the library has of the words and the tag; the chosen prompt stays chosen."""
        self._is_read, chosen = True, self.chosen
        library = self._shelf.library
        try:
            self._show_tags(library.tags())
            found = library.search(self.words.text(), self.tag.currentData() or "")
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        self.rows.show_prompts(found)
        self._pages.setCurrentWidget(self.list if found else self.nothing)
        ids = [prompt.id for prompt in found]
        row = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
        self.list.setCurrentIndex(self.rows.index(row, 0))
        self._show_chosen()

    def give(self) -> None:
        """Give the chosen prompt to the selected regions, as one step."""
        prompt, regions = self.chosen, self._selected()
        if prompt is None:
            return
        if not regions:
            self._session.said.emit(self.tr("Select a region first"))
            return
        ids = {region.id for region in regions}
        give = partial(
            change_regions, region_ids=ids, change=lambda r: replace(r, prompt=prompt.text)
        )
        if self._session.edit(self.tr("Prompt"), give):
            self._shelf.change(lambda library: library.use(prompt.text))

    def keep(self) -> None:
        """Add the prompts of the selected regions to the library."""
        texts = {region.prompt.strip() for region in self._selected()} - {""}
        if not texts:
            self._session.said.emit(self.tr("Select a region with a prompt first"))
        elif self._shelf.change(lambda library: _add_all(library, texts)):
            self._session.said.emit(self.tr("The library has the prompt now"))

    def look_for(self) -> None:
        """Show the library and wait for words."""
        for registered in self._studio.actions:
            if registered.id == "view.browser" and not registered.action.isChecked():
                registered.action.trigger()
        self.wanted.emit()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def import_file(self) -> None:
        """Add the prompts of a file that the user chooses."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import prompts"), "", self.tr("Prompts (*.json)")
        )
        if name and self._shelf.change(lambda library: library.take_in(read_prompts(Path(name)))):
            self._session.said.emit(self.tr("Imported {name}").format(name=Path(name).name))

    def export_file(self) -> None:
        """Write all prompts to a file that the user names."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export prompts"), "prompts.json", self.tr("Prompts (*.json)")
        )
        if name:
            try:
                write_prompts(Path(name), self._shelf.library.kept())
            except StorageError as error:
                self._session.failed.emit(str(error))

    def edit_words(self) -> None:
        """Open the user's table of words in what the system edits text with."""
        path = self._shelf.words_file
        try:
            make_own(path)
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            said = self.tr("Nothing opens text files here; your words are in {path}")
            self._session.said.emit(said.format(path=path))

    def _make_filters(self) -> None:
        tr = self.tr
        self.words = QLineEdit(placeholderText=tr("Find a prompt"))
        self.words.setAccessibleName(tr("Words of a prompt"))
        self.words.setToolTip(tr("Words of the prompt or its tags; Down goes to the list"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self.read())
        self.words.returnPressed.connect(self.give)
        self.tag = QComboBox()
        self.tag.setAccessibleName(tr("Tag"))
        self.tag.setToolTip(tr("Show only prompts that have this tag"))
        self.tag.addItem(tr("all tags"), "")
        self.tag.currentIndexChanged.connect(lambda _row: self.read())
        what = tr("Tags of the prompt, with commas between them")
        self.tags = TypedField(self._session, self._set_tags, tr("Tags of the prompt"), what)
        self.tags.setPlaceholderText(tr("tags"))

    def _make_list(self) -> None:
        self.list = QListView()
        self.list.setModel(self.rows)
        self.painter = PromptPainter(self._studio.look, self.list)
        self.painter.rated.connect(self._rate)
        self.list.setItemDelegate(self.painter)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Prompts"))
        self.list.setToolTip(
            self.tr("Drag a prompt onto a region, or press Return to give it to those selected")
        )
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.activated.connect(lambda _index: self.give())
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.nothing = QLabel(self.tr("No prompt has these words."))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("dim", True)

    def _lay_out(self) -> None:
        column, above = QVBoxLayout(self), QVBoxLayout()
        above.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        above.setSpacing(GAP_PX)
        above.addWidget(self.words)
        above.addWidget(self.tag)
        below = QVBoxLayout()
        below.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        below.addWidget(self.tags)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.nothing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(pages, 1)
        column.addLayout(below)
        QWidget.setTabOrder(self.words, self.tag)
        QWidget.setTabOrder(self.tag, self.list)
        QWidget.setTabOrder(self.list, self.tags)

    def _register(self) -> None:
        add, tr = self._studio.actions.add, self.tr
        tip = tr("Words find a prompt in the library")
        add("prompts.find", "region", tr("Find a prompt..."), self.look_for, "Ctrl+Alt+L", tip=tip)
        text = tr("Keep the prompt in the library")
        self._keep = add("prompts.keep", "region", text, self.keep, "Ctrl+Alt+K")
        self._import = add("prompts.import", "file", tr("Import prompts..."), self.import_file)
        self._export = add("prompts.export", "file", tr("Export prompts..."), self.export_file)
        text = tr("Edit the words of prompts")
        tip = tr("Open your own table of words: chips, completion and wording follow it at once")
        self._words = add("prompts.words", "edit", text, self.edit_words, tip=tip)
        text = tr("Give the prompt to the selected regions")
        self._give = self._add("give", text, self.give)
        self._star = self._add("star", tr("Star the prompt"), self._star_chosen, "*")
        text = tr("Bring the removed prompt back")
        self._restore = self._add("restore", text, self._restore_last)
        self._restore.setEnabled(False)
        self._remove = self._add("remove", tr("Remove the prompt"), self._remove_chosen, "Del")

    def _add(self, name: str, text: str, run: Callable[[], object], *keys: str) -> QAction:
        action = self._studio.actions.add(f"prompts.{name}", "region", text, run, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.list.addAction(action)
        return action

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([self._give, self._star, self._remove, self._restore])
        menu.addSeparator()
        menu.addActions([self._keep, self._import, self._export, self._words])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _read_if_shown(self) -> None:
        self._is_read = False
        if self.isVisible():
            self.read()

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        with QSignalBlocker(self.tag):
            chosen = self.tag.currentData()
            while self.tag.count() > 1:
                self.tag.removeItem(1)
            for tag in tags:
                self.tag.addItem(tag, tag)
            self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))

    def _show_chosen(self, _now: QModelIndex | None = None) -> None:
        prompt = self.chosen
        self.tags.setEnabled(prompt is not None)
        self.tags.set_shown(", ".join(prompt.tags) if prompt else "")
        for action in (self._give, self._star, self._remove):
            action.setEnabled(prompt is not None)

    def _set_tags(self, text: str) -> None:
        if (prompt := self.chosen) is not None:
            self._shelf.change(lambda library: library.set_tags(prompt.id, [text]))

    def _rate(self, prompt: Prompt, stars: int) -> None:
        self._shelf.change(lambda library: library.rate(prompt.id, stars))

    def _star_chosen(self) -> None:
        if (prompt := self.chosen) is not None:
            self._rate(prompt, (prompt.rating + 1) % (MAX_RATING + 1))

    def _remove_chosen(self) -> None:
        def remove(library: Library) -> None:
            kept = library.remove(prompt.id) if prompt is not None else None
            self._removed += [kept] if kept is not None else []

        if (prompt := self.chosen) is not None:
            self._shelf.change(remove)
            self._restore.setEnabled(bool(self._removed))

    def _restore_last(self) -> None:
        kept = self._removed.pop()
        self._shelf.change(lambda library: library.take_in([kept]))
        self._restore.setEnabled(bool(self._removed))

    def _selected(self) -> list[Region]:
        chosen = self._session.selection.parts
        regions = (region for track in self._session.song.tracks for region in track.regions)
        return [region for region in regions if region.id in chosen]


def _add_all(library: Library, texts: set[str]) -> None:
    for text in sorted(texts):
        library.add(text)
