"""Two takes, prompts or packs compared by ear alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.session.blind import LETTERS, BlindTest, Letter
from ui.shared.controls import Button
from ui.shared.panel import dim, heading
from ui.shared.studio import Studio
from ui.takes.buttons import toggle

KEYS: Final = frozenset({Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_X, Qt.Key.Key_Escape})
LETTER_PX: Final = 72


class BlindPage(QWidget):
    """A and B switch what is heard, X chooses it, Escape ends; then it says who was who."""

    ended = Signal(object)  # the BlindTest with what was chosen
    left = Signal()  # the outcome was read

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listening, self._matched = studio.listening, True
        self.test: BlindTest | None = None
        self.is_open = False  # until its outcome was read
        self.heard: Letter = "A"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Blind comparison"))
        self.question, self.outcome, self.rounds = heading(""), QLabel(), dim("")
        self._make_buttons()
        self._lay_out()

    @property
    def runs(self) -> bool:
        """Return whether a comparison goes on."""
        return self.test is not None

    def begin(self, test: BlindTest) -> None:
        """Compare; the takes of the region that is compared are heard equally loud meanwhile."""
        self.test, self.is_open = test, True
        self._matched = self._listening.matches_levels
        self._listening.match_levels(True)
        self.question.setText(self.tr("Which is better?"))
        self.outcome.setText(self.tr("A and B switch, X chooses what you hear, Escape ends."))
        self._show_round()
        self.hear("A")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, letter: Letter) -> None:
        """Let what stands under a letter be heard."""
        if self.test is not None:
            self.heard = letter
            self._listening.audition(self.test.take(letter))
            for each, button in self.letters.items():
                button.setChecked(each == letter)

    def choose(self) -> None:
        """Let what is heard win."""
        if (test := self.test) is not None:
            test.choose(self.heard)
            if test.is_over:
                self.end()
            else:
                self._show_round()
                self.hear("A")

    def end(self) -> None:
        """Say what came out, and let the song be heard as it is again."""
        if (test := self.test) is None:
            self.is_open = False
            self.left.emit()
            return
        self.test = None
        self._listening.audition(None)
        self._listening.match_levels(self._matched)
        self._show_outcome(test)
        self.ended.emit(test)

    def close_down(self) -> None:
        """End, with nobody there to read the outcome."""
        if self.runs:
            self.end()
        self.is_open = False

    def event(self, event: QEvent) -> bool:
        # A, B and X mean other things elsewhere in the window.
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and event.key() in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        runs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_A: lambda: self.hear("A"),
            Qt.Key.Key_B: lambda: self.hear("B"),
            Qt.Key.Key_X: self.choose,
            Qt.Key.Key_Escape: self.end,
        }
        runs.get(event.key(), lambda: super(BlindPage, self).keyPressEvent(event))()

    def _make_buttons(self) -> None:
        tr = self.tr
        self.letters: dict[Letter, Button] = {
            "A": toggle("A", tr("Hear A (A)")),
            "B": toggle("B", tr("Hear B (B)")),
        }
        for letter in LETTERS:
            self.letters[letter].setMinimumSize(LETTER_PX, LETTER_PX // 2)
        self.letters["A"].clicked.connect(lambda _on: self.hear("A"))
        self.letters["B"].clicked.connect(lambda _on: self.hear("B"))
        self.choosing, self.ending = Button(), Button()
        for button, text, tip in (
            (self.choosing, tr("This one"), tr("Choose what you hear (X)")),
            (self.ending, tr("End"), tr("End the comparison (Escape)")),
        ):
            button.setText(text)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
        self.choosing.clicked.connect(lambda _on: self.choose())
        self.ending.clicked.connect(lambda _on: self.end())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (*self.letters.values(), self.choosing, self.ending):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self.question, self.outcome, self.rounds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(row)
        column.addStretch(1)

    def _show_round(self) -> None:
        if self.test is not None:
            text = self.tr("Round {n}").format(n=len(self.test.wins) + 1)
            self.rounds.setText(text)
        self._enable(True)

    def _show_outcome(self, test: BlindTest) -> None:
        self._enable(False)
        first, second = test.score
        self.question.setText(f"{first} : {second}")
        self.outcome.setText("\n".join(side.name for side in test.sides))
        kept, nothing = (
            self.tr("The result is kept with the takes."),
            self.tr("Nothing was chosen."),
        )
        self.rounds.setText(kept if test.wins else nothing)

    def _enable(self, on: bool) -> None:
        for button in (*self.letters.values(), self.choosing):
            button.setVisible(on)
        self.ending.setText(self.tr("End") if on else self.tr("Back to the takes"))
