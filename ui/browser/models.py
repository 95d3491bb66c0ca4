"""The model packs: which there are, which one the song uses."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.document.song import Song
from desktop.rendering.packs import DEFAULT_PACK, all_packs
from desktop.session.problems import problem_text
from inference.errors import PackError
from inference.pack import Pack
from ui.shared.panel import dim
from ui.shared.roles import role_text
from ui.shared.studio import Studio

PACK_ID = Qt.ItemDataRole.UserRole


class Models(QWidget):
    """A row for each pack; Return lets the song use it. They are read when first shown."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self._are_read = False
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setToolTip(self.tr("Return or a double-click lets the song use a model"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._use)
        hint = dim(self.tr("Edit, Models adds more, and measures how fast each is."), wrapped=True)
        hint.setContentsMargins(8, 4, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(hint)
        self._session.song_changed.connect(self._show_change)
        studio.look.changed.connect(self._mark)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._are_read:
            self._are_read = True
            self.read()

    def read(self) -> None:
        """Show the packs that there are now."""
        self.list.clear()
        for found in all_packs():
            self.list.addItem(self._item(found))
        self._mark()

    def _item(self, found: Pack | PackError) -> QListWidgetItem:
        if isinstance(found, PackError):
            item = QListWidgetItem(problem_text(str(found)))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            return item
        manifest = found.manifest
        item = QListWidgetItem(f"{manifest.name} {manifest.version}")
        item.setData(PACK_ID, found.id)
        facts = (
            self.tr("Id: {id}").format(id=found.id),
            self.tr("Licence: {licence}").format(licence=manifest.licence),
            self.tr("Sample rate: {rate:g} kHz").format(rate=manifest.audio.sample_rate_hz / 1000),
            self.tr("Roles: {roles}").format(
                roles=", ".join(map(role_text, manifest.conditions.roles))
            ),
            self.tr("Folder: {folder}").format(folder=found.folder),
        )
        item.setToolTip("\n".join(facts))
        return item

    def _mark(self) -> None:
        used = self._session.song.settings.pack_id or DEFAULT_PACK
        for row in range(self.list.count()):
            item = self.list.item(row)
            pack_id = item.data(PACK_ID)
            role = "text" if pack_id == used else "text_dim"
            item.setForeground(self._studio.look.colour(role if pack_id else "error"))
            font = self.list.font()
            font.setBold(pack_id == used)
            item.setFont(font)

    def _use(self, item: QListWidgetItem) -> None:
        if pack_id := item.data(PACK_ID):

            def using(song: Song) -> Song:
                settings = replace(song.settings, pack_id=pack_id, pack_version=None)
                return replace(song, settings=settings)

            self._session.edit(self.tr("Choose model"), using)

    def _show_change(self, before: Song, after: Song) -> None:
        if before.settings is not after.settings:
            self._mark()
