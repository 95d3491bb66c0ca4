"""Prompts in the inspector: completed, clicked together, worded; several at once."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, set_prompt, set_tempo
from desktop.document.song import MAX_PROMPT_LETTERS, Region, Song
from desktop.document.time import PPQ, Tick
from desktop.prompts.words import Kind, make_own
from desktop.session.selection import Selection
from inference.pack import Unable
from ui.inspector.abilities import Abilities
from ui.inspector.chips import Chips
from ui.inspector.completion import SUGGESTION, PromptEditor
from ui.inspector.panel import Inspector
from ui.shared.studio import Studio

BAR = 4 * PPQ
LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(inspector: Inspector, studio: Studio, qtbot: QtBot) -> PromptEditor:
    """Return the editor of the first region's prompt, empty and with the focus."""
    library = studio.prompts.library
    for prompt in library.search(limit=1000):
        library.remove(prompt.id)
    library.add("velvet flute over warm pads")
    library.add("悲伤的钢琴独奏")
    studio.session.select(Selection(parts=frozenset({regions(studio)[0].id})))
    made = inspector.region.prompt
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    QTest.keyClick(made, Qt.Key.Key_A, CTRL)
    QTest.keyClick(made, Qt.Key.Key_Delete)
    QTest.keyClick(made, Qt.Key.Key_Return)
    return made


def regions(studio: Studio) -> tuple[Region, ...]:
    return studio.session.song.tracks[0].regions


def prompts(studio: Studio) -> list[str]:
    return [region.prompt for region in regions(studio)]


def test_what_was_just_typed_is_in_the_song_before_ctrl_enter_renders_it(
    editor: PromptEditor, studio: Studio
) -> None:
    seen: list[str] = []
    render = studio.actions.add(
        "test.render", "region", "Render", lambda: seen.append(prompts(studio)[0]), "Ctrl+Return"
    )
    editor.window().addAction(render)
    QTest.keyClicks(editor, "velv")
    assert offered(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert seen == ["velv"]
    assert editor.offers.isHidden()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, CTRL),
    ],
)
def test_nothing_is_offered_any_more_once_the_cursor_is_elsewhere(
    editor: PromptEditor, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    QTest.keyClicks(editor, "vel")
    assert offered(editor)
    QTest.keyClick(editor, key, modifier)
    assert editor.offers.isHidden()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "vel"


def select_two(studio: Studio, second: str) -> None:
    track = studio.session.song.tracks[0].id
    add = partial(add_region, track_id=track, start=Tick(2 * BAR), end=Tick(4 * BAR), prompt=second)
    studio.session.edit("Add region", add)
    studio.session.select(Selection(parts=frozenset(region.id for region in regions(studio))))


def offered(editor: PromptEditor) -> list[str]:
    offers = editor.offers
    if offers.isHidden():
        return []
    return [offers.item(row).data(SUGGESTION).text for row in range(offers.count())]


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT, pos=widget.rect().center())


def test_words_and_prompts_are_offered_as_one_types(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "v")
    assert offered(editor) == []
    QTest.keyClicks(editor, "i")
    assert offered(editor)[0] == "violin"
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor, "flute")
    assert "velvet flute over warm pads" in offered(editor)


def test_tab_takes_the_first_word_in_place_of_what_is_begun(
    editor: PromptEditor, studio: Studio
) -> None:
    QTest.keyClicks(editor, "calm, ce")
    assert offered(editor)[0] == "cello"
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert prompts(studio) == ["calm, cello"]
    assert offered(editor) == []
    assert editor.hasFocus()


def test_return_takes_what_was_chosen_with_the_arrow_keys(
    editor: PromptEditor, studio: Studio
) -> None:
    QTest.keyClicks(editor, "cel")
    words = offered(editor)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(editor, key)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio) == [words[1]]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("calm, ce", "calm, cello"), ("velvet f", "velvet flute over warm pads")],
)
def test_return_takes_the_first_that_goes_on_from_what_was_typed(
    typed: str, taken: str, editor: PromptEditor, studio: Studio
) -> None:
    QTest.keyClicks(editor, typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio) == [taken]
    assert offered(editor) == []


@pytest.mark.parametrize("typed", ["velvet pads", "piano"])
def test_return_keeps_a_whole_word_or_prompt_though_others_are_offered(
    typed: str, editor: PromptEditor, studio: Studio
) -> None:
    QTest.keyClicks(editor, typed)
    assert offered(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio) == [typed]
    assert offered(editor) == []


def test_a_click_takes_a_prompt_of_the_library_in_place_of_all(
    editor: PromptEditor, studio: Studio
) -> None:
    QTest.keyClicks(editor, "velvet pads")
    row = offered(editor).index("velvet flute over warm pads")
    spot = editor.offers.visualItemRect(editor.offers.item(row)).center()
    QTest.mouseClick(editor.offers.viewport(), LEFT, pos=spot)
    assert prompts(studio) == ["velvet flute over warm pads"]
    assert editor.toPlainText() == "velvet flute over warm pads"


def test_a_chinese_character_is_enough_and_needs_no_space_before_it(
    editor: PromptEditor, studio: Studio
) -> None:
    editor.insertPlainText("悲伤的钢")
    assert "钢琴" in offered(editor)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert prompts(studio)[0].startswith("悲伤的钢")


def test_escape_hides_the_offers_and_keeps_what_was_typed(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "cel")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert offered(editor) == []
    assert editor.toPlainText() == "cel"


def test_ctrl_space_offers_the_best_prompts_for_nothing_typed(editor: PromptEditor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Space, CTRL)
    assert offered(editor) == ["velvet flute over warm pads", "悲伤的钢琴独奏"]


def test_leaving_the_editor_hides_the_offers(editor: PromptEditor, inspector: Inspector) -> None:
    QTest.keyClicks(editor, "cel")
    inspector.region.steps.setFocus()
    assert editor.offers.isHidden()


def test_tab_goes_on_where_nothing_is_offered(editor: PromptEditor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus()


def test_a_chip_puts_its_word_in_and_takes_it_out_again(
    inspector: Inspector, studio: Studio
) -> None:
    studio.session.select(Selection(parts=frozenset({regions(studio)[0].id})))
    before = studio.session.song
    chips = inspector.region.box.chips
    assert chips.buttons["flute"].isChecked()
    piano = chips.buttons["acoustic_grand_piano"]
    assert not piano.isChecked()
    click(piano)
    assert prompts(studio) == ["warm flute, calm, piano"]
    assert chips.buttons["acoustic_grand_piano"].isChecked()
    click(chips.buttons["acoustic_grand_piano"])
    assert prompts(studio) == ["warm flute, calm"]
    studio.session.undo()
    studio.session.undo()
    assert studio.session.song is before
    assert not chips.buttons["acoustic_grand_piano"].isChecked()


def test_chips_speak_the_language_of_most_of_the_prompts(studio: Studio, qtbot: QtBot) -> None:
    chips = Chips(studio, lambda *_: None, QWidget())
    qtbot.addWidget(chips)
    chips.show_prompts(["a flute", "安静的古筝", "drums"])
    assert chips.buttons["flute"].text() == "flute"
    chips.show_prompts(["a flute", "安静的古筝", "忧伤的二胡"])
    assert chips.buttons["flute"].text() == "长笛"


def test_there_are_chips_of_four_kinds_and_the_last_one_is_remembered(
    inspector: Inspector, studio: Studio
) -> None:
    studio.session.select(Selection(parts=frozenset({regions(studio)[0].id})))
    chips = inspector.region.box.chips
    wanted: tuple[tuple[Kind, str], ...] = (("style", "jazz"), ("tempo", "slow"), ("mood", "calm"))
    for kind, key in wanted:
        click(chips.kinds[kind])
        assert key in chips.buttons
    assert chips.buttons["calm"].isChecked()
    assert Inspector(studio).region.box.chips.kind == "mood"


def test_chips_speak_the_language_of_the_prompt(inspector: Inspector, studio: Studio) -> None:
    region = regions(studio)[0]
    change = partial(set_prompt, region_id=region.id, prompt="双簧管")
    studio.session.edit("Prompt", change)
    studio.session.select(Selection(parts=frozenset({region.id})))
    chips = inspector.region.box.chips
    assert chips.buttons["oboe"].isChecked()  # rare, and shown for it is in the prompt
    click(chips.buttons["acoustic_grand_piano"])
    assert prompts(studio) == ["双簧管，钢琴"]


def test_chips_follow_the_users_words(inspector: Inspector, studio: Studio) -> None:
    region = regions(studio)[0]
    studio.session.select(Selection(parts=frozenset({region.id})))
    assert "kazoo" not in inspector.region.box.chips.buttons
    make_own(studio.prompts.words_file)
    own = '[instrument.kazoo]\nen = ["kazoo"]\ncommon = true\n'
    studio.prompts.words_file.write_text(own)
    studio.session.select(Selection())
    studio.session.select(Selection(parts=frozenset({region.id})))
    click(inspector.region.box.chips.buttons["kazoo"])
    assert prompts(studio) == ["warm flute, calm, kazoo"]


def test_what_is_being_typed_is_kept_when_a_chip_is_clicked(
    editor: PromptEditor, inspector: Inspector, studio: Studio
) -> None:
    QTest.keyClicks(editor, "close")
    click(inspector.region.box.chips.buttons["flute"])
    assert prompts(studio) == ["close, flute"]


def test_a_chip_of_several_regions_completes_those_that_lack_it(
    inspector: Inspector, studio: Studio
) -> None:
    select_two(studio, "cold brass")
    before = studio.session.song
    chips = inspector.region.box.chips
    assert not chips.buttons["flute"].isChecked()
    click(chips.buttons["flute"])
    assert prompts(studio) == ["warm flute, calm", "cold brass, flute"]
    assert chips.buttons["flute"].isChecked()
    studio.session.undo()
    assert studio.session.song is before


def test_prompts_that_differ_are_shown_as_such_and_typing_sets_all(
    inspector: Inspector, studio: Studio
) -> None:
    select_two(studio, "cold brass")
    prompt = inspector.region.prompt
    assert prompt.toPlainText() == ""
    assert "different" in prompt.placeholderText()
    QTest.keyClicks(prompt, "strings")
    QTest.keyClick(prompt, Qt.Key.Key_Return)
    assert prompts(studio) == ["strings", "strings"]
    assert prompt.toPlainText() == "strings"
    assert studio.session.history.undo_name == "Prompt"
    studio.session.undo()
    assert prompts(studio) == ["warm flute, calm", "cold brass"]


def test_looking_at_prompts_that_differ_changes_none(inspector: Inspector, studio: Studio) -> None:
    select_two(studio, "cold brass")
    before = studio.session.song
    inspector.region.prompt.setFocus()
    inspector.region.steps.setFocus()
    studio.session.select(Selection())
    assert studio.session.song is before


def test_a_key_words_the_prompts_each_by_itself_in_one_step(
    inspector: Inspector, studio: Studio
) -> None:
    assert inspector
    select_two(studio, "悲伤 钢琴")
    later = regions(studio)[1].start
    studio.session.edit("Tempo", partial(set_tempo, tick=Tick(0), bpm=96))
    studio.session.edit("Tempo", partial(set_tempo, tick=later, bpm=61.5))
    before = studio.session.song
    click(inspector.region.box.word_button)
    english, chinese = prompts(studio)
    assert english == "warm, calm, flute, 96 BPM, played softly, warm tone"
    assert chinese.startswith("悲伤，钢琴，61.5 BPM")
    studio.session.undo()
    assert studio.session.song is before


@pytest.mark.usefixtures("editor")
def test_what_the_model_cannot_do_is_said_below_the_prompt(inspector: Inspector) -> None:
    box = inspector.region.box
    model = replace(Abilities("Tiny"), unable=(Unable("singing", "人声演唱", ("vocals",)),))
    box.show_regions((Region(1, Tick(0), Tick(BAR), prompt="soul with vocals"),), model)
    assert box.in_vain.isVisible()
    assert box.in_vain.text() == "Tiny cannot do: singing (“vocals”)"
    box.show_regions((Region(1, Tick(0), Tick(BAR), prompt="soul"),), model)
    assert not box.in_vain.isVisible()


@pytest.fixture
def told(studio: Studio) -> list[str]:
    sentences: list[str] = []
    studio.session.failed.connect(sentences.append)
    return sentences


FULL = "x" * (MAX_PROMPT_LETTERS - 2)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("ab", "ab"), ("abc", "ab"), ("🎻🎹", "🎻🎹"), ("🎻🎹🥁", "🎻🎹"), ("z" * 50_000, "zz")],
)
def test_what_is_pasted_into_a_prompt_ends_where_it_is_full(
    editor: PromptEditor, studio: Studio, told: list[str], typed: str, kept: str
) -> None:
    studio.session.edit("Prompt", lambda song: set_prompt(song, regions(studio)[0].id, FULL))
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QApplication.clipboard().setText(typed)
    QTest.keyClick(editor, Qt.Key.Key_V, CTRL)
    assert editor.toPlainText() == kept + FULL
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio)[0] == kept + FULL
    refused = ["A prompt may have 10000 letters; the rest was not taken"]
    assert told == ([] if typed == kept else refused)


def test_typing_stops_where_a_prompt_is_full(
    editor: PromptEditor, studio: Studio, told: list[str]
) -> None:
    studio.session.edit("Prompt", lambda song: set_prompt(song, regions(studio)[0].id, FULL))
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio)[0] == "ab" + FULL
    assert len(told) == 1


def test_a_longer_prompt_from_a_file_is_shown_whole_and_can_only_be_shortened(
    editor: PromptEditor, studio: Studio, told: list[str]
) -> None:
    longer = FULL + "y" * 100
    studio.session.edit("Open", lambda song: with_first_prompt(song, longer))
    assert editor.toPlainText() == longer
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "z")
    assert (editor.toPlainText(), len(told)) == (longer, 1)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert prompts(studio)[0] == longer[:-1]


def with_first_prompt(song: Song, prompt: str) -> Song:
    """Return the song as if it was saved with such a prompt: no edit gives it."""
    track = song.tracks[0]
    region = replace(track.regions[0], prompt=prompt)
    regions = (region, *track.regions[1:])
    return replace(song, tracks=(replace(track, regions=regions), *song.tracks[1:]))
