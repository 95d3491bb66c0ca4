"""Cue sheets: text is pasted or opened, seen as regions, and taken in whole or not at all."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.document.palette import track_colour
from desktop.document.song import Region, Song
from desktop.importing.cue_placing import CueError, place_cues
from desktop.importing.cue_sheet import Cue, CueSheet, Unread, cue_text, read_cues
from desktop.session.problems import problem_text
from desktop.session.selection import Selection
from desktop.storage.errors import StorageError
from ui.dialogs.dialog import StudioDialog, button, named
from ui.shared.controls_number import Number
from ui.shared.panel import dim, spaced
from ui.shared.readings import minutes_text
from ui.shared.studio import Studio

SIZE: Final = (720, 560)
NEW_TRACK: Final = None
BPM: Final = Number(0, 1000, None, decimals=2, unit="bpm")
LINE, START, END, TEMPO, PROMPT = range(5)
MOST_LETTERS: Final = 2**18  # Qt takes a minute to lay out a few times as many on one line
SHOWN_LETTERS: Final = 200  # of a line that cannot be read


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a sheet: the song with it, or why there is none."""

    sheet: CueSheet
    song: Song | None = None
    regions: tuple[Region, ...] = ()
    wrong: tuple[Unread, ...] = ()


def preview(song: Song, text: str, track_id: int | None, set_tempos: bool, colour: str) -> Preview:
    """Return what would become of `song` with the cue sheet `text`."""
    sheet = read_cues(text)
    if sheet.unread or not sheet.cues:
        return Preview(sheet, wrong=sheet.unread)
    try:
        placed = place_cues(song, sheet.cues, track_id, set_tempos=set_tempos, colour=colour)
    except CueError as error:
        line = text.split("\n")[error.line - 1].strip()
        return Preview(sheet, wrong=(Unread(error.line, line, error.why),))
    except ValueError as error:  # as a song that would last too long
        return Preview(sheet, wrong=(Unread(sheet.cues[-1].line, "", str(error)),))
    made = {region.id: region for track in placed.tracks for region in track.regions}
    first = placed.next_id - len(sheet.cues)
    return Preview(sheet, placed, tuple(made[n] for n in range(first, placed.next_id)))


class SheetText(QPlainTextEdit):
    """Takes no text that is too long for a sheet."""

    refused = Signal(int)  # how many letters it had

    def take(self, text: str) -> None:
        """Show `text` in place of what there was."""
        if self._has_room(text):
            self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        if self._has_room(source.text()):
            super().insertFromMimeData(source)

    def _has_room(self, text: str) -> bool:
        if len(text) > MOST_LETTERS:
            self.refused.emit(len(text))
        return len(text) <= MOST_LETTERS


class CueSheetDialog(StudioDialog):
    """The text above, what becomes of it below; nothing is taken in while a line cannot be read."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self._session = studio.session
        self._preview = Preview(CueSheet())
        self.setWindowTitle(self.tr("Import cue sheet"))
        self._make_text()
        self._make_table()
        self._make_choices()
        self._lay_out()
        self.resize(*SIZE)
        self._session.song_changed.connect(self._song_changed)
        studio.look.changed.connect(self._show)
        self._list_tracks()
        self._show()

    def paste(self) -> None:
        """Take the text of the clipboard."""
        self.text.take(QApplication.clipboard().text())

    def open_file(self) -> None:
        """Take the text of a file that the user chooses."""
        kinds = self.tr("Text files (*.txt *.md);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a cue sheet"), "", kinds)
        if name:
            try:
                self.text.take(cue_text(Path(name)))
            except StorageError as error:
                self._session.failed.emit(str(error))
                self._say(problem_text(str(error)), "error")

    def take_in(self) -> None:
        """Make the regions, as one step, and select them."""
        place = partial(
            place_cues,
            cues=self._preview.sheet.cues,
            track_id=self.track.currentData(),
            set_tempos=self.tempos.isChecked(),
            name=self.tr("Cues"),
            colour=self._colour(),
        )
        made = frozenset(region.id for region in self._preview.regions)
        if self._session.edit(self.tr("Import cue sheet"), place):
            self._session.select(Selection(parts=made))
            self._session.said.emit(self.tr("Regions of the cue sheet: {n}").format(n=len(made)))
            self.text.clear()
            self.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _make_text(self) -> None:
        tip = self.tr("A span and what shall sound in it: several on a line, or one")
        self.text = named(SheetText(), self.tr("Cue sheet"), tip)
        self.text.setTabChangesFocus(True)
        example = self.tr(
            '[0:15] "soft guitar, 60 BPM" [15:30] "drums come in, 90 BPM"\n'
            "0:30-1:00 full orchestra\nbars 17-24: solo piano"
        )
        self.text.setPlaceholderText(example)
        self.text.textChanged.connect(self._show)
        self.text.refused.connect(self._refuse)

    def _refuse(self, letters: int) -> None:
        text = self.tr(
            "A text of {n} letters is no cue sheet; one may have {most}. Take a part of it"
        )
        self._say(text.format(n=letters, most=MOST_LETTERS), "error")

    def _make_table(self) -> None:
        tr = self.tr
        tip = tr("What the regions will be, and which lines cannot be read")
        self.table = named(QTableWidget(0, 5), tr("Regions of the cue sheet"), tip)
        self.table.setHorizontalHeaderLabels(
            [tr("Line"), tr("Start"), tr("End"), tr("Tempo"), tr("Prompt")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PROMPT, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _make_choices(self) -> None:
        tr = self.tr
        self.track = named(QComboBox(), tr("Track"), tr("The track that gets the regions"))
        self.track.currentIndexChanged.connect(lambda _row: self._show())
        tip = tr("Where a cue names a tempo, as 90 BPM, change that of the song")
        self.tempos = named(QCheckBox(tr("Set tempo changes")), tr("Set tempo changes"), tip)
        self.tempos.toggled.connect(lambda _on: self._show())
        self.said = QLabel()
        self.said.setWordWrap(True)
        tip = tr("Make these regions; undo takes all of them back")
        self.import_button = button(tr("Import"), tip, self.take_in)
        tip = tr("Read the text of a file")
        self.open_button = button(tr("Open a file..."), tip, self.open_file)

    def _lay_out(self) -> None:
        tr = self.tr
        column, choices, buttons = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        spaced(column, 16)
        hint = tr(
            "[0:15] means seconds 0 to 15; with a dash, 0:15-0:30 means minutes and seconds; "
            "bars 1-8 means bars."
        )
        for widget in (self.open_button, dim(tr("Track")), self.track, self.tempos):
            choices.addWidget(widget)
        choices.addStretch(1)
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.close_button())
        column.addWidget(dim(hint, wrapped=True))
        column.addWidget(self.text, 2)
        column.addLayout(choices)
        column.addWidget(self.table, 3)
        column.addLayout(buttons)

    def _song_changed(self, before: Song, after: Song) -> None:
        if before.tracks is not after.tracks:
            self._list_tracks()
        if self.isVisible():
            self._show()

    def _list_tracks(self) -> None:
        with QSignalBlocker(self.track):
            chosen = self.track.currentData()
            self.track.clear()
            self.track.addItem(self.tr("a new track"), NEW_TRACK)
            for track in self._session.song.tracks:
                self.track.addItem(track.name or str(track.id), track.id)
            self.track.setCurrentIndex(max(0, self.track.findData(chosen)))

    def _colour(self) -> str:
        return track_colour(len(self._session.song.tracks))

    def _show(self) -> None:
        self._preview = found = preview(
            self._session.song,
            self.text.toPlainText(),
            self.track.currentData(),
            self.tempos.isChecked(),
            self._colour(),
        )
        self.table.clearSpans()
        self.table.setRowCount(0)  # their heights go with them
        self.table.setRowCount(len(found.wrong) + len(found.regions))
        for row, unread in enumerate(found.wrong):
            self._show_wrong(row, unread)
        if found.song is not None:
            for row, (cue, region) in enumerate(zip(found.sheet.cues, found.regions, strict=True)):
                self._show_cue(row, cue, region, found.song)
        self.import_button.setEnabled(bool(found.regions))
        self._sum_up()

    def _sum_up(self) -> None:
        found = self._preview
        if found.wrong:
            text = self.tr("Nothing is imported yet; lines to mend: {n}")
            self._say(text.format(n=len(found.wrong)), "error")
        elif found.regions:
            self._say(self.tr("Regions: {n}").format(n=len(found.regions)), "text_dim")
        else:
            self._say(self.tr("Paste a cue sheet, or open a file."), "text_dim")

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setStyleSheet(f"color: {self.studio.look.colour(role).name()};")

    def _show_wrong(self, row: int, unread: Unread) -> None:
        why = problem_text(unread.why)
        text = unread.text[:SHOWN_LETTERS]
        said = self.tr("{text}: {why}").format(text=text, why=why) if text else why
        self._put(row, LINE, str(unread.line), "error")
        item = self._put(row, START, said, "error")
        item.setSizeHint(QSize(0, 0))  # which else widens its column alone
        line_px = self.table.fontMetrics().lineSpacing()
        self.table.setRowHeight(row, self.table.rowHeight(row) + line_px)  # it may need a second
        self.table.setSpan(row, START, 1, PROMPT - START + 1)

    def _show_cue(self, row: int, cue: Cue, region: Region, song: Song) -> None:
        at = song.tempo_map.tick_to_second
        tempo = BPM.text(cue.bpm) if self.tempos.isChecked() else ""
        self._put(row, LINE, str(cue.line), "text_dim")
        self._put(row, START, minutes_text(at(region.start)))
        self._put(row, END, minutes_text(at(region.end)))
        self._put(row, TEMPO, tempo)
        self._put(row, PROMPT, " ".join(cue.prompt.split()))

    def _put(self, row: int, column: int, text: str, role: str = "text") -> QTableWidgetItem:
        """Show `text` in a cell; return its item."""
        item = QTableWidgetItem(text)
        item.setForeground(self.studio.look.colour(role))
        item.setToolTip(text)
        self.table.setItem(row, column, item)
        return item
