"""The render queue: the job that runs, those that wait, and those that have ended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.rendering.queue import Entry, State
from desktop.session.rendering import LIVE
from ui.queue.row import JobRow
from ui.queue.side_by_side import SideBySide
from ui.shared.controls import Button
from ui.shared.studio import Studio


class QueuePanel(QWidget):
    """A row a job; those that run and wait come first, in their order, then the newest."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Render queue"))
        self._studio, self._rendering = studio, studio.rendering
        self.rows: dict[int, JobRow] = {}
        self.empty = QLabel()
        self.empty.setProperty("dim", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._rendering.changed.connect(self._show)
        self._rendering.progressed.connect(self._show_progress)
        studio.actions.changed.connect(self._say_how)
        self._show()

    def _lay_out(self) -> None:
        self.clear = Button()
        self.clear.setText(self.tr("Clear what has ended"))
        self.clear.setAccessibleName(self.clear.text())
        self.clear.setToolTip(self.tr("Take jobs that have ended out of the list"))
        self.clear.clicked.connect(lambda _checked=False: self._rendering.forget_ended())
        body, area, full = QWidget(), QScrollArea(), QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        area.setAccessibleName(self.tr("Jobs"))
        area.setToolTip(self.tr("Jobs, in the order in which they are rendered"))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        self.together = SideBySide(self._rendering.workshop, self._studio.settings)
        foot.addWidget(self.together)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)

    def _show(self) -> None:
        entries = shown_order(self._rendering.entries)
        self._drop({entry.number for entry in entries})
        waiting = [entry.number for entry in entries if entry.state is State.WAITING]
        for place, entry in enumerate(entries):
            row = self.rows.get(entry.number) or self._made(entry.number)
            at = waiting.index(entry.number) if entry.number in waiting else None
            before = waiting[at - 1] if at else None
            after = waiting[at + 1] if at is not None and at + 1 < len(waiting) else None
            row.show_entry(entry, before, after)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        self.clear.setEnabled(any(entry.state not in LIVE for entry in entries))
        self._say_how()
        self._pages.setCurrentIndex(0 if entries else 1)

    def _show_progress(self) -> None:
        for entry in self._rendering.entries:
            if entry.state is State.RUNNING and entry.number in self.rows:
                self.rows[entry.number].show_progress(entry)

    def _made(self, number: int) -> JobRow:
        self.rows[number] = row = JobRow(self._studio, number)
        return row

    def _drop(self, kept: set[int]) -> None:
        for number in self.rows.keys() - kept:
            row = self.rows.pop(number)
            self._column.removeWidget(row)
            row.deleteLater()

    def _say_how(self) -> None:
        known = any(each.id == "region.render" for each in self._studio.actions)
        keys = self._studio.actions.keys("region.render") if known else ()
        hint = self.tr("Nothing is rendered. Select regions and press {keys}.")
        self.empty.setText(hint.format(keys=keys[0].replace("Return", "Enter") if keys else "—"))


def shown_order(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return the jobs that run and wait in their order, then those that ended, newest first."""
    live = [entry for entry in entries if entry.state in LIVE]
    live.sort(key=lambda entry: entry.state is not State.RUNNING)
    ended = [entry for entry in entries if entry.state not in LIVE]
    return live + sorted(ended, key=lambda entry: -entry.number)
