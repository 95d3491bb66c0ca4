"""The library of prompts in the browser, by keys and mouse."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, set_prompt
from desktop.document.time import Tick
from desktop.prompts.library import Prompt
from desktop.prompts.library_file import read_prompts
from desktop.session.selection import Selection
from ui.browser.panel import Browser
from ui.browser.prompt_rows import PROMPT
from ui.browser.prompts import Prompts
from ui.shared.prompt_data import prompt_in
from ui.shared.studio import Studio
from ui.window import MainWindow

BAR = 3840


@pytest.fixture
def browser(studio: Studio, qtbot: QtBot) -> Browser:
    library = studio.prompts.library
    for prompt in library.search(limit=1000):
        library.remove(prompt.id)
    library.add("warm flute, calm", ("lead", "calm"))
    library.add("cold brass", ("loud",))
    library.add("悲伤的钢琴", ("lead",))
    made = Browser(studio)
    qtbot.addWidget(made)
    made.resize(240, 480)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def prompts(browser: Browser) -> Prompts:
    return browser.prompts


def shown(prompts: Prompts) -> list[str]:
    if prompts.list.isHidden():
        return []
    return [prompt.text for prompt in prompts.rows.prompts]


def index(prompts: Prompts, text: str) -> QModelIndex:
    return prompts.rows.index([p.text for p in prompts.rows.prompts].index(text), 0)


def choose(prompts: Prompts, text: str) -> None:
    spot = prompts.list.visualRect(index(prompts, text)).center()
    QTest.mouseClick(prompts.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def found(studio: Studio, text: str) -> Prompt:
    prompt = studio.prompts.library.find(text)
    assert prompt is not None
    return prompt


def select_regions(studio: Studio) -> None:
    track = studio.session.song.tracks[0]
    more = partial(add_region, track_id=track.id, start=Tick(2 * BAR), end=Tick(4 * BAR))
    studio.session.edit("Add region", more)
    regions = studio.session.song.tracks[0].regions
    studio.session.select(Selection(parts=frozenset(region.id for region in regions)))


def region_prompts(studio: Studio) -> list[str]:
    return [region.prompt for region in studio.session.song.tracks[0].regions]


def test_the_list_follows_the_words_as_they_are_typed(prompts: Prompts) -> None:
    assert set(shown(prompts)) == {"warm flute, calm", "cold brass", "悲伤的钢琴"}
    QTest.keyClicks(prompts.words, "calm fl")
    assert shown(prompts) == ["warm flute, calm"]
    QTest.keyClicks(prompts.words, "zz")
    assert shown(prompts) == []
    assert prompts.nothing.isVisible()
    prompts.words.clear()
    prompts.words.insert("悲伤钢琴")
    assert shown(prompts) == ["悲伤的钢琴"]


def test_a_tag_narrows_the_list(prompts: Prompts) -> None:
    tags = [prompts.tag.itemText(row) for row in range(prompts.tag.count())]
    assert tags == ["all tags", "lead", "calm", "loud"]
    QTest.keyClick(prompts.tag, Qt.Key.Key_Down)
    assert set(shown(prompts)) == {"warm flute, calm", "悲伤的钢琴"}


def test_return_gives_the_prompt_to_all_selected_regions_in_one_step(
    prompts: Prompts, studio: Studio
) -> None:
    select_regions(studio)
    before = studio.session.song
    choose(prompts, "cold brass")
    QTest.keyClick(prompts.list, Qt.Key.Key_Return)
    assert region_prompts(studio) == ["cold brass", "cold brass"]
    assert found(studio, "cold brass").uses == 1
    assert shown(prompts)[0] == "cold brass"  # which ranks it
    studio.session.undo()
    assert studio.session.song is before


def test_a_double_click_gives_the_prompt(prompts: Prompts, studio: Studio) -> None:
    select_regions(studio)
    choose(prompts, "悲伤的钢琴")
    spot = prompts.list.visualRect(index(prompts, "悲伤的钢琴")).center()
    QTest.mouseDClick(prompts.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert region_prompts(studio) == ["悲伤的钢琴", "悲伤的钢琴"]


def test_without_a_region_it_is_said_what_lacks(prompts: Prompts, studio: Studio) -> None:
    said: list[str] = []
    studio.session.said.connect(said.append)
    QTest.keyClick(prompts.list, Qt.Key.Key_Return)
    studio.actions["prompts.keep"].trigger()
    assert said == ["Select a region first", "Select a region with a prompt first"]


def test_a_click_on_a_star_gives_so_many_and_again_takes_them(
    prompts: Prompts, studio: Studio
) -> None:
    for stars in (3, 0):
        option = QStyleOptionViewItem()
        prompts.list.initViewItemOption(option)
        option.rect = prompts.list.visualRect(index(prompts, "cold brass"))
        spot = prompts.painter.star_at(option, 3).center()
        QTest.mouseClick(prompts.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert found(studio, "cold brass").rating == stars


def test_keys_star_and_remove_the_chosen_prompt(
    prompts: Prompts, studio: Studio, qtbot: QtBot
) -> None:
    choose(prompts, "cold brass")
    prompts.list.setFocus()
    qtbot.waitUntil(prompts.list.hasFocus)
    QTest.keyClick(prompts.list, Qt.Key.Key_Asterisk)
    assert found(studio, "cold brass").rating == 1
    assert prompts.chosen == found(studio, "cold brass")
    QTest.keyClick(prompts.list, Qt.Key.Key_Delete)
    assert studio.prompts.library.find("cold brass") is None
    assert "cold brass" not in shown(prompts)
    studio.actions["prompts.restore"].trigger()
    assert found(studio, "cold brass").rating == 1
    assert not studio.actions["prompts.restore"].isEnabled()


def test_tags_are_typed(prompts: Prompts, studio: Studio) -> None:
    choose(prompts, "cold brass")
    assert prompts.tags.text() == "loud"
    prompts.tags.setFocus()
    prompts.tags.selectAll()
    QTest.keyClicks(prompts.tags, "dark, epic")
    QTest.keyClick(prompts.tags, Qt.Key.Key_Return)
    assert found(studio, "cold brass").tags == ("dark", "epic")
    assert prompts.tag.findText("epic") > 0


def test_the_prompt_of_a_region_is_kept(prompts: Prompts, studio: Studio) -> None:
    region = studio.session.song.tracks[0].regions[0]
    change = partial(set_prompt, region_id=region.id, prompt="slow harp")
    studio.session.edit("Prompt", change)
    studio.session.select(Selection(parts=frozenset({region.id})))
    studio.actions["prompts.keep"].trigger()
    assert "slow harp" in shown(prompts)


def test_a_dragged_prompt_carries_its_text(prompts: Prompts) -> None:
    data = prompts.rows.mimeData([index(prompts, "cold brass")])
    assert (prompt_in(data), data.text()) == ("cold brass", "cold brass")
    assert prompts.list.dragEnabled()


def test_the_library_goes_into_a_file_and_comes_back(
    prompts: Prompts, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    studio.actions["prompts.export"].trigger()
    assert {kept.text for kept in read_prompts(path)} == set(shown(prompts))
    studio.prompts.change(lambda library: library.remove(found(studio, "cold brass").id))
    studio.actions["prompts.import"].trigger()
    assert "cold brass" in shown(prompts)


def test_a_file_that_is_none_is_named(
    prompts: Prompts, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.json"
    path.write_text("[")
    said: list[str] = []
    studio.session.failed.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    before = shown(prompts)
    studio.actions["prompts.import"].trigger()
    assert "mine.json" in said[0]
    assert shown(prompts) == before


def test_what_is_drawn_is_spoken_and_fits(prompts: Prompts, studio: Studio) -> None:
    long = "a very long prompt with many words " * 9
    studio.prompts.change(lambda library: library.add(long))
    spoken = index(prompts, long.strip()).data(Qt.ItemDataRole.AccessibleTextRole)
    assert long.strip() in str(spoken)
    heights = {prompts.list.visualRect(prompts.rows.index(row, 0)).height() for row in range(4)}
    assert len(heights) == 1
    assert not prompts.list.grab().isNull()
    assert index(prompts, long.strip()).data(PROMPT).rating == 0


def test_the_table_of_words_is_opened_and_kept_if_it_is_there(
    prompts: Prompts, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prompts.isVisible()
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    said: list[str] = []
    studio.session.said.connect(said.append)
    path = studio.prompts.words_file
    studio.actions["prompts.words"].trigger()
    assert opened == [str(path)]
    assert str(path) in said[0]
    path.write_text('[mood.sad]\nen = ["blue"]\n')
    studio.actions["prompts.words"].trigger()
    assert "blue" in path.read_text()


def test_all_tabs_can_be_seen_however_large_the_text(browser: Browser) -> None:
    browser.setStyleSheet("* { font-size: 24px; }")
    browser.resize(browser.minimumSizeHint())
    tabs = browser.tabBar()
    last = tabs.tabRect(tabs.count() - 1)
    assert last.right() < browser.width()
    assert tabs.rect().contains(last)


def test_the_key_for_finding_shows_the_library(studio: Studio, qtbot: QtBot) -> None:
    window = MainWindow(studio)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.browser.setCurrentWidget(window.browser.files)
    studio.actions["view.browser"].trigger()
    assert window.browser.isHidden()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window, Qt.Key.Key_L, keys)
    assert window.browser.prompts.isVisible()
    assert window.browser.prompts.words.hasFocus()
    studio.session.discard()
