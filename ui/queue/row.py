"""One job of the queue: what it is, how far it is, and what can be done about it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.rendering.mends import Mend, mends
from desktop.rendering.queue import Entry, State
from desktop.session.rendering import LIVE, Rendering
from ui.queue.words import (
    failure_text,
    mend_text,
    mend_tip,
    prompt_of,
    state_text,
    title_of,
)
from ui.shared.controls import Button
from ui.shared.icons import icon
from ui.shared.studio import Studio

STEPS: Final = 1000  # of a progress bar
BAR_PX: Final = 6
MODELS: Final = "models.open"  # the action


class JobRow(QWidget):
    """Shows the job of that number; buttons move, stop, repeat and mend it."""

    def __init__(self, studio: Studio, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._rendering, self.number = studio, studio.rendering, number
        self._before: int | None = None
        self._after: int | None = None
        self.title, self.prompt, self.state, self.why = QLabel(), QLabel(), QLabel(), QLabel()
        self.why.setWordWrap(True)
        self.prompt.setProperty("dim", True)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_PX)
        self.bar.setAccessibleName(self.tr("How far the job is"))
        self.bar.setToolTip(self.tr("How far the job is"))
        self._make_buttons()
        self._lay_out()
        studio.look.changed.connect(self._paint_icons)
        self._paint_icons()

    def show_entry(self, entry: Entry, before: int | None, after: int | None) -> None:
        """Show `entry`, and between which jobs it waits: their numbers, None for none."""
        song = self._studio.session.song
        self._before, self._after = before, after
        self.title.setText(title_of(song, entry.job))
        self.prompt.setText(prompt_of(song, entry.job))
        waits, live = entry.state is State.WAITING, entry.state in LIVE
        self.earlier.setEnabled(waits and before is not None)
        self.later.setEnabled(waits and after is not None)
        self.stop.setVisible(live)
        self.again.setVisible(not live)
        self.why.setText(failure_text(entry))
        self.why.setVisible(entry.state is State.FAILED)
        self._offer(entry)
        self.show_progress(entry)

    def show_progress(self, entry: Entry) -> None:
        """Show how far `entry` is."""
        share = entry.progress.share if entry.progress is not None else 0.0
        self.bar.setValue(STEPS if entry.state is State.DONE else round(STEPS * share))
        self.bar.setVisible(entry.state in LIVE)
        self.state.setText(state_text(entry))
        role = "error" if entry.state is State.FAILED else "text_dim"
        for label in (self.state, self.why):
            label.setStyleSheet(f"color: {self._studio.look.colour(role).name()};")

    def _offer(self, entry: Entry) -> None:
        """Show what may help the job, if it has failed."""
        failed = entry.state is State.FAILED
        offered = mends(entry.job, entry.error) if failed else ()
        for mend, button in self.mends.items():
            button.setVisible(mend in offered)
            button.setToolTip(self._tip(mend, entry))

    def _tip(self, mend: Mend, entry: Entry) -> str:
        tip = mend_tip(mend, entry.job)
        actions = self._studio.actions
        known = mend is Mend.MODELS and any(each.id == MODELS for each in actions)
        keys = actions.keys(MODELS) if known else ()
        return f"{tip} ({keys[0]})" if keys else tip

    def _make_buttons(self) -> None:
        tr, rendering = self.tr, self._rendering
        self.earlier = self._button(tr("Render earlier"), self._move_earlier)
        self.later = self._button(tr("Render later"), self._move_later)
        self.stop = self._button(tr("Stop this job"), partial(rendering.cancel, self.number))
        again = partial(Rendering.again, rendering, self.number)
        self.again = self._button(tr("Render this once more"), again)
        self.mends = {mend: self._mend_button(mend) for mend in Mend}

    def _mend_button(self, mend: Mend) -> Button:
        button = Button(self)
        button.setText(mend_text(mend))
        button.setAccessibleName(button.text())
        run = self._open_models if mend is Mend.MODELS else self._mend(mend)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _mend(self, mend: Mend) -> Callable[[], None]:
        return partial(self._rendering.mend, self.number, mend)

    def _open_models(self) -> None:
        self._studio.actions[MODELS].trigger()

    def _button(self, name: str, run: Callable[[], object]) -> Button:
        button = Button(self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFixedSize(24, 24)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)  # else that of `words`, which is for lines
        head.addWidget(self.title)
        head.addWidget(self.prompt, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        words.addLayout(head)
        words.addWidget(self.bar)
        words.addWidget(self.why)
        helps = QHBoxLayout()
        helps.setContentsMargins(0, 2, 0, 2)
        helps.setSpacing(6)
        for button in self.mends.values():
            helps.addWidget(button)
        helps.addStretch(1)
        words.addLayout(helps)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        row.addLayout(words, 1)
        for button in (self.earlier, self.later, self.stop, self.again):
            row.addWidget(button)

    def _paint_icons(self) -> None:
        for button, name in (
            (self.earlier, "chevron-up"),
            (self.later, "chevron-down"),
            (self.stop, "close"),
            (self.again, "refresh"),
        ):
            button.setIcon(icon(self._studio.look, name))

    def _move_earlier(self) -> None:
        self._rendering.move(self.number, before=self._before)

    def _move_later(self) -> None:
        if self._after is not None:
            self._rendering.move(self._after, before=self.number)
