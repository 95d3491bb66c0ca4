"""What regions shall sound like and what not, and the words to be clicked for it."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.document.song import MAX_PROMPT_LETTERS, Region
from desktop.prompts.unable import asked_in_vain
from desktop.prompts.wording import Language
from desktop.prompts.words import Word
from ui.inspector.abilities import Abilities
from ui.inspector.chips import Chips
from ui.inspector.completion import PromptEditor
from ui.inspector.mixed import on_all, same
from ui.shared.controls import Button
from ui.shared.controls_text import TextEditor
from ui.shared.icons import action_button
from ui.shared.studio import Studio

GAP_PX: Final = 4
PROMPT_PX: Final = 84
NEGATIVE_PX: Final = 44


class PromptBox(QWidget):
    """Edits the prompts of one region or of several at once, each change one step.

    The `chips` stand elsewhere.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._session = studio, studio.session
        self._regions: tuple[Region, ...] = ()
        self._make_texts()
        self._make_in_vain()
        self.word_button = self._make_word_button()
        self.chips = Chips(studio, self._toggle, self.word_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.prompt)
        column.addWidget(self.in_vain)
        column.addWidget(self.negative)

    def show_regions(self, regions: tuple[Region, ...], abilities: Abilities) -> None:
        """Show the prompts of `regions`, as far as the model reads them."""
        if [region.id for region in self._regions] != [region.id for region in regions]:
            self.settle()
        self._regions = regions
        self._show_text(self.prompt, [r.prompt for r in regions], self._hint)
        self._show_text(self.negative, [r.negative_prompt for r in regions], self._negative_hint)
        self.chips.show_prompts([region.prompt for region in regions])
        self._grey(abilities)
        self._say_in_vain(abilities)

    def settle(self) -> None:
        """Pass on what was typed so far."""
        self.prompt.settle()
        self.negative.settle()

    def word(self) -> None:
        """Word the prompts as professionals do, each by itself, at the song's tempo there."""
        self.settle()
        translator, bpm_at = self._studio.prompts.translate, self._session.song.tempo_map.bpm_at

        def worded(region: Region) -> Region:
            return replace(region, prompt=translator(region.prompt, bpm_at(region.start)))

        self._session.edit(self.tr("Word prompt"), on_all(self._ids(), worded))

    def _make_texts(self) -> None:
        tr = self.tr
        self._hint = tr("warm flute, calm, close")
        self._negative_hint = tr("what it shall not sound like")
        self._tip = tr("What the region shall sound like; Ctrl+Space suggests")
        self._negative_tip = tr("What it shall not sound like")
        self.prompt = PromptEditor(self._set_prompt, tr("Prompt"), self._tip)
        self.prompt.watch(self._studio.prompts)
        self.prompt.setFixedHeight(PROMPT_PX)
        self.negative = TextEditor(self._set_negative, tr("Negative prompt"), self._negative_tip)
        self.negative.setFixedHeight(NEGATIVE_PX)
        for editor in (self.prompt, self.negative):
            editor.limit(MAX_PROMPT_LETTERS)
            editor.overfull.connect(self._say_full)

    def _say_full(self) -> None:
        text = self.tr("A prompt may have {n} letters; the rest was not taken")
        self._session.failed.emit(text.format(n=MAX_PROMPT_LETTERS))

    def _make_in_vain(self) -> None:
        self.in_vain = QLabel()
        self.in_vain.setWordWrap(True)
        self.in_vain.setAccessibleName(self.tr("What the prompt asks for in vain"))
        self.in_vain.hide()

    def _say_in_vain(self, abilities: Abilities) -> None:
        """Say what the prompts ask for that the model cannot do."""
        language: Language = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        found = [one for r in self._regions for one in asked_in_vain(r.prompt, abilities.unable)]
        told = dict.fromkeys(one.told(language) for one in found)
        said = self.tr("{model} cannot do: {what}")
        self.in_vain.setText(said.format(model=abilities.model, what=", ".join(told)))
        self.in_vain.setVisible(bool(found))

    def _make_word_button(self) -> Button:
        tip = self.tr("Make a full prompt of a few words: instruments, rhythm, tempo, dynamics")
        add, text = self._studio.actions.add, self.tr("Word the prompt")
        add("region.word_prompt", "region", text, self.word, "Ctrl+Alt+W", tip=tip)
        return action_button(self._studio, "region.word_prompt", "auto-fix")

    def _show_text(self, editor: TextEditor, texts: list[str], hint: str) -> None:
        text = same(texts)
        editor.set_shown(text or "")
        mixed = self.tr("different ones; what you type stands in all of them")
        editor.setPlaceholderText(hint if text is not None else mixed)

    def _grey(self, abilities: Abilities) -> None:
        lacking = abilities.lacking
        for widget in (self.prompt, self.chips, self.word_button):
            widget.setEnabled("prompt" not in lacking)
        self.prompt.setToolTip(lacking.get("prompt", self._tip))
        self.negative.setEnabled("negative_prompt" not in lacking)
        self.negative.setToolTip(lacking.get("negative_prompt", self._counts(abilities)))

    def _counts(self, abilities: Abilities) -> str:
        """Return the tip of the negative prompt, which without guidance changes nothing."""
        own = abilities.negative_scale
        given = [own if r.guidance is None else r.guidance for r in self._regions]
        if own is None or any(scale is None or scale > 1 for scale in given):
            return self._negative_tip
        return self.tr("{tip}; it counts from a guidance above 1 on").format(tip=self._negative_tip)

    def _ids(self) -> tuple[int, ...]:
        return tuple(region.id for region in self._regions)

    def _set_prompt(self, text: str) -> None:
        change = on_all(self._ids(), lambda region: replace(region, prompt=text))
        self._session.edit(self.tr("Prompt"), change)

    def _set_negative(self, text: str) -> None:
        change = on_all(self._ids(), lambda region: replace(region, negative_prompt=text))
        self._session.edit(self.tr("Negative prompt"), change)

    def _toggle(self, word: Word, language: Language, wanted: bool) -> None:
        self.settle()
        words = self._studio.prompts.words

        def toggled(region: Region) -> Region:
            if words.has(region.prompt, word) == wanted:
                return region
            return replace(region, prompt=words.toggled(region.prompt, word, language))

        self._session.edit(self.tr("Prompt"), on_all(self._ids(), toggled))
