"""The models: which there are, what they can do and how fast; add, remove, roll back, choose."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.document.edits import set_pack, set_song_pack
from desktop.document.query import has_region
from desktop.rendering.packs import DEFAULT_PACK
from desktop.session.models import Models, Speed
from desktop.session.problems import problem_text
from desktop.session.rendering import AUTO
from inference.pack import Pack
from ui.dialogs.dialog import StudioDialog, button, named
from ui.dialogs.model_facts import facts_of, speed_text
from ui.shared.panel import dim, heading, spaced
from ui.shared.studio import Studio

DEVICES: Final = (AUTO, "cuda", "webgpu", "directml", "coreml", "cpu")
SPEED: Final = "models/speed"
DEVICE: Final = "render/device"
PACK: Final = Qt.ItemDataRole.UserRole


class ModelsDialog(StudioDialog):
    """A list of packs, and what the chosen one is."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self.setWindowTitle(self.tr("Models"))
        self.models = Models(studio.rendering.workshop, self)
        self._make()
        self._lay_out()
        self.models.changed.connect(self.read)
        self.models.busy_changed.connect(self._show)
        self.models.measured.connect(self._keep_speed)
        self.models.failed.connect(self._fail)
        self.list.currentItemChanged.connect(lambda _new, _old: self._show())
        studio.session.song_changed.connect(lambda _before, _after: self._mark())
        studio.session.selection_changed.connect(lambda _selection: self._allow_use_here())
        self.read()

    @property
    def chosen(self) -> Pack | None:
        """Return the pack of the current row, None for none or one that cannot be used."""
        item = self.list.currentItem()
        pack: Pack | None = item.data(PACK) if item is not None else None
        return pack

    def read(self) -> None:
        """List the packs that there are now."""
        chosen = self.chosen.id if self.chosen is not None else DEFAULT_PACK
        self.list.clear()
        for found in self.models.all():
            item = QListWidgetItem(problem_text(str(found)), self.list)
            if isinstance(found, Pack):
                item.setText(f"{found.manifest.name} {found.manifest.version}")
                item.setData(PACK, found)
                if found.id == chosen:
                    self.list.setCurrentItem(item)
        self._mark()
        self._show()

    def leave(self) -> None:
        self.models.close()

    def _make(self) -> None:
        tr = self.tr
        self.list = named(QListWidget(), tr("Models"), tr("The models that are installed"))
        self.list.setWordWrap(True)
        self.facts, self.trouble = QLabel(), dim("", wrapped=True)
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        tip = tr("Render this song by the model")
        self.use = button(tr("Use for this song"), tip, self._use)
        tip = tr("Render the selected regions by the model, whatever the song's is")
        self.use_here = button(tr("Use for selected regions"), tip, self._use_here)
        self.measure = button(tr("Measure"), tr("Measure how fast it renders here"), self._measure)
        self.remove = button(tr("Remove"), tr("Remove the model from this computer"), self._remove)
        self.older = named(QComboBox(), tr("Older versions"), tr("Go back to an older version"))
        self.older.activated.connect(self._roll_back)
        tip = tr("Install a model from a .zip or .tar file")
        self.add_file = button(tr("Add a file..."), tip, self._add_file)
        tip = tr("Install a model from a folder")
        self.add_folder = button(tr("Add a folder..."), tip, self._add_folder)
        self.device = named(QComboBox(), tr("Device"), tr("What renders; the next job uses it"))
        for device in DEVICES:
            self.device.addItem(tr("the best there is") if device == AUTO else device, device)
        self.device.setCurrentIndex(DEVICES.index(self.studio.rendering.workshop.device))
        self.device.activated.connect(self._use_device)

    def _lay_out(self) -> None:
        tr, right = self.tr, QVBoxLayout()
        right.addWidget(self.facts, 1)
        right.addWidget(self.trouble)
        presses = QHBoxLayout()
        using = QHBoxLayout()
        for row, widgets in (
            (using, (self.use, self.use_here)),
            (presses, (self.measure, self.older, self.remove)),
        ):
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            right.addLayout(row)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        adding = QHBoxLayout()
        adding.addWidget(self.add_file)
        adding.addWidget(self.add_folder)
        left.addLayout(adding)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(tr("Render on")))
        foot.addWidget(self.device)
        foot.addStretch(1)
        foot.addWidget(self.close_button())
        grid = QGridLayout(self)
        spaced(grid, 16, 12)
        grid.addWidget(heading(tr("Models")), 0, 0, 1, 2)
        grid.addLayout(left, 1, 0)
        grid.addLayout(right, 1, 1)
        grid.addLayout(foot, 2, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.resize(760, 440)

    def _show(self) -> None:
        pack, free = self.chosen, not self.models.is_busy
        self.facts.setText("" if pack is None else facts_of(pack, self._speed(pack)))
        for widget in (self.use, self.measure):
            widget.setEnabled(pack is not None and free)
        self._allow_use_here()
        own = pack is not None and not self.models.comes_with_the_program(pack)
        self.remove.setEnabled(own and free)
        versions = self.models.older(pack) if pack is not None else ()
        self.older.clear()
        self.older.addItem(self.tr("Older versions"))
        self.older.addItems(list(versions))
        self.older.setEnabled(bool(versions) and free)
        self.add_file.setEnabled(free)
        self.add_folder.setEnabled(free)
        if not free:
            self.trouble.setText(self.tr("Working ..."))

    def _mark(self) -> None:
        used = self.studio.session.song.settings.pack_id or DEFAULT_PACK
        for row in range(self.list.count()):
            item = self.list.item(row)
            pack: Pack | None = item.data(PACK)
            font = self.list.font()
            font.setBold(pack is not None and pack.id == used)
            item.setFont(font)
            item.setForeground(self.studio.look.colour("text" if pack is not None else "error"))

    def _use(self) -> None:
        if (pack := self.chosen) is not None:
            change = partial(set_song_pack, pack_id=pack.id)
            self.studio.session.edit(self.tr("Choose model"), change)

    def _allow_use_here(self) -> None:
        able = self.chosen is not None and not self.models.is_busy
        self.use_here.setEnabled(able and bool(self._regions()))

    def _use_here(self) -> None:
        if (pack := self.chosen) is not None and (regions := self._regions()):
            change = partial(set_pack, region_ids=regions, pack_id=pack.id)
            self.studio.session.edit(self.tr("Choose model"), change)

    def _regions(self) -> frozenset[int]:
        """Return the regions that are selected."""
        session = self.studio.session
        return frozenset(part for part in session.selection.parts if has_region(session.song, part))

    def _measure(self) -> None:
        if (pack := self.chosen) is not None:
            self.models.measure(pack)

    def _remove(self) -> None:
        if (pack := self.chosen) is not None:
            self.models.remove(pack.id)

    def _roll_back(self, row: int) -> None:
        if row > 0 and (pack := self.chosen) is not None:
            self.models.roll_back(pack.id, self.older.itemText(row))

    def _add_file(self) -> None:
        kinds = self.tr("Models (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.tar.bz2)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Add a model"), "", kinds)
        if path:
            self.models.install(Path(path))

    def _add_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, self.tr("Add a model")):
            self.models.install(Path(path))

    def _use_device(self, row: int) -> None:
        self.studio.settings.setValue(DEVICE, DEVICES[row])
        self.studio.rendering.workshop.use_device(DEVICES[row])
        self.trouble.setText("")

    def _keep_speed(self, speed: Speed) -> None:
        key = f"{SPEED}/{speed.pack_sha256}"
        self.studio.settings.setValue(key, speed_text(speed))
        self.trouble.setText("\n".join(speed.passed_over))
        self._show()

    def _speed(self, pack: Pack) -> str:
        return str(self.studio.settings.value(f"{SPEED}/{pack.sha256}", ""))

    def _fail(self, message: str) -> None:
        self.trouble.setText(problem_text(message))


def chosen_device(settings: QSettings) -> str:
    """Return the device on which the user wants to render."""
    device = str(settings.value(DEVICE, AUTO))
    return device if device in DEVICES else AUTO
