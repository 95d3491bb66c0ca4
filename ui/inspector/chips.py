"""Words for instrument, style, mood and tempo, put into prompts and taken out with a click."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.prompts.wording import Language, language_of
from desktop.prompts.words import Kind, Word, Words
from ui.inspector.flow import Flow
from ui.shared.controls import Button
from ui.shared.studio import Studio

KINDS: Final[tuple[Kind, ...]] = ("instrument", "style", "mood", "tempo")
SETTING: Final = "inspector/chips"
GAP_PX: Final = 4
STYLE: Final = "QToolButton { min-height: 18px; min-width: 8px; padding: 0 3px; }"


class Chips(QWidget):
    """The words of one kind; those that all the prompts have are down."""

    def __init__(
        self,
        studio: Studio,
        toggle: Callable[[Word, Language, bool], object],
        beside: QWidget,
    ) -> None:
        """`toggle` is called with a word, the language, and whether it is to be put in.

        `beside` stands at the right of the kinds.
        """
        super().__init__()
        self._studio, self._toggle = studio, toggle
        self._prompts: tuple[str, ...] | None = None
        self._words: Words | None = None
        self._shown: tuple[object, ...] = ()
        self.buttons: dict[str, Button] = {}
        kind = str(studio.settings.value(SETTING, KINDS[0]))
        self.kind: Kind = next((each for each in KINDS if each == kind), KINDS[0])
        self.kinds = {kind: self._kind_button(kind) for kind in KINDS}
        self._lay_out(beside)

    def show_prompts(self, prompts: Sequence[str]) -> None:
        """Show which words `prompts` have."""
        different, words = tuple(dict.fromkeys(prompts)), self._studio.prompts.words
        if different != self._prompts or words is not self._words:
            self._prompts = different
            self._show()

    def show_kind(self, kind: Kind) -> None:
        """Show the words of another kind."""
        self.kind = kind
        self._studio.settings.setValue(SETTING, kind)
        self._show()

    def _show(self) -> None:
        prompts = self._prompts or ()
        self._words = words = self._studio.prompts.words
        having = [{found.word for found in words.find(prompt)} for prompt in prompts]
        common = [word for word in words.of_kind(self.kind) if word.entry.common]
        said = [
            w for w in words.of_kind(self.kind) if w not in common and any(w in h for h in having)
        ]
        language = self._language()
        if self._shown != (shown := (words, self.kind, language, *said)):
            self._shown = shown
            self._make([*said, *common], language)
        for word in (*said, *common):
            self.buttons[word.key].setChecked(bool(having) and all(word in h for h in having))

    def _make(self, words: Sequence[Word], language: Language) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {word.key: self._chip(word, language) for word in words}
        for button in self.buttons.values():
            self._flow.addWidget(button)

    def _chip(self, word: Word, language: Language) -> Button:
        name = word.entry.names(language)[0]
        button = Button()
        button.setText(name)
        button.setCheckable(True)
        button.setProperty("dim", True)
        button.setAccessibleName(name)
        button.setToolTip(self.tr("Put “{word}” into the prompt, or take it out").format(word=name))
        button.clicked.connect(lambda wanted: self._click(word, language, wanted))
        return button

    def _click(self, word: Word, language: Language, wanted: bool) -> None:
        self._toggle(word, language, wanted)
        self._show()  # where the edit changed nothing, the button stands as it did

    def _language(self) -> Language:
        written = [language_of(text) for text in self._prompts or () if text.strip()]
        if written:
            return max(written, key=written.count)
        return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"

    def _kind_button(self, kind: Kind) -> Button:
        button, name = Button(), kind_text(kind)
        button.setText(name)
        button.setCheckable(True)
        button.setChecked(kind == self.kind)
        button.setProperty("dim", True)
        button.setStyleSheet(STYLE)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(name)
        button.setToolTip(self.tr("Words of this kind: {kind}").format(kind=name))
        button.clicked.connect(lambda _checked: self.show_kind(kind))
        return button

    def _lay_out(self, beside: QWidget) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        self._one = QButtonGroup(self)
        for button in self.kinds.values():
            self._one.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(beside)
        row.setSpacing(GAP_PX)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(row)
        holder = QWidget()
        holder.setStyleSheet(STYLE)
        self._flow = Flow(holder, GAP_PX)
        column.addWidget(holder)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)


def kind_text(kind: Kind) -> str:
    """Return what a kind of words is called."""
    translate = QCoreApplication.translate
    names = {
        "instrument": translate("WordKinds", "Instrument"),
        "style": translate("WordKinds", "Style"),
        "mood": translate("WordKinds", "Mood"),
        "tempo": translate("WordKinds", "Tempo"),
    }
    return names[kind]
