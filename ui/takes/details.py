"""One take with its whole recipe, and what its owner thinks of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.document.song import Song, Take
from ui.shared.controls_text import TextEditor
from ui.shared.panel import dim, heading
from ui.takes.recipe_rows import recipe_rows

COMMENT_PX = 64
LEAST_PX = 220


class Details(QScrollArea):
    """Shows the current take; what is typed as its comment goes to `comment`."""

    def __init__(self, comment: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comment, self._take_id = comment, ""
        self._labels: list[tuple[QLabel, QLabel]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(LEAST_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The take and its recipe"))
        self.title = heading("")
        self.title.setWordWrap(True)
        self.comment = TextEditor(
            self._pass_on,
            self.tr("Comment on the take"),
            self.tr("What you think of the take; Shift+Return begins a line"),
        )
        self.comment.setPlaceholderText(self.tr("Comment"))
        self.comment.setFixedHeight(COMMENT_PX)
        self._lay_out()

    @property
    def rows(self) -> dict[str, str]:
        """Return the recipe as it is shown: values by name."""
        return {name.text(): value.text() for name, value in self._labels}

    def show_take(self, take: Take, title: str, song: Song) -> None:
        """Show `take`, which is called `title`."""
        if take.id != self._take_id:
            self.comment.settle()  # what was typed is about the take shown until now
            self._take_id = take.id
        self.title.setText(title)
        self.comment.set_shown(take.comment)
        rows = recipe_rows(take, song)
        if dict(rows) != self.rows:
            self._fill(rows)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(8)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for part in (self.title, self.comment):
            column.addWidget(part)
        column.addLayout(self._form)
        column.addStretch(1)
        self.setWidget(body)

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._labels.clear()
        for name, text in rows:
            value = QLabel(text)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            value.setAccessibleName(name)
            value.setToolTip(name)
            self._labels.append((dim(name), value))
            self._form.addRow(*self._labels[-1])

    def _pass_on(self, text: str) -> None:
        if self._take_id:
            self._comment(self._take_id, text)
