"""The browser: files become tracks, models are chosen."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.song import Song
from desktop.midi.writing import write_midi
from desktop.rendering.packs import DEFAULT_PACK
from ui.browser.files import FOLDER
from ui.browser.models import PACK_ID
from ui.browser.panel import Browser
from ui.shared.studio import Studio


@pytest.fixture
def folder(tmp_path: Path, studio: Studio) -> Path:
    made = tmp_path / "music"
    made.mkdir()
    write_midi(studio.session.song, made / "tune.mid")
    soundfile.write(made / "hum.wav", np.zeros((4410, 2), np.float32), 44100)
    (made / "letter.txt").write_text("no music")
    studio.settings.setValue(FOLDER, str(made))
    return made


@pytest.fixture
def browser(studio: Studio, folder: Path, qtbot: QtBot) -> Iterator[Browser]:
    made = Browser(studio)
    qtbot.addWidget(made)
    root = made.files.model.index(str(folder))
    made.show()
    qtbot.waitUntil(lambda: made.files.model.rowCount(root) == 2)
    yield made
    QApplication.processEvents()


def shown(browser: Browser) -> list[str]:
    model, root = browser.files.model, browser.files.tree.rootIndex()
    return sorted(str(model.index(row, 0, root).data()) for row in range(model.rowCount(root)))


def press_return_on(browser: Browser, path: Path) -> None:
    browser.files.tree.setCurrentIndex(browser.files.model.index(str(path)))
    QTest.keyClick(browser.files.tree, Qt.Key.Key_Return)


def test_only_music_is_listed_and_can_be_dragged(browser: Browser, folder: Path) -> None:
    assert shown(browser) == ["hum.wav", "tune.mid"]
    assert browser.files.tree.dragEnabled()
    data = browser.files.model.mimeData([browser.files.model.index(str(folder / "hum.wav"))])
    assert [Path(url.toLocalFile()) for url in data.urls()] == [folder / "hum.wav"]


def test_return_adds_the_tracks_of_a_midi_file(
    browser: Browser, folder: Path, studio: Studio, qtbot: QtBot
) -> None:
    press_return_on(browser, folder / "tune.mid")
    qtbot.waitUntil(lambda: studio.bringing.file is None)
    names = [track.name for track in studio.session.song.tracks]
    assert names == ["Lead", "Bass", "Lead", "Bass"][: len(names)]
    assert len(names) > 2
    assert studio.session.history.undo_name == "Import tune.mid"


def test_return_adds_audio_where_the_playhead_stands(
    browser: Browser, folder: Path, studio: Studio, qtbot: QtBot
) -> None:
    studio.transport.go_to(960)
    press_return_on(browser, folder / "hum.wav")
    qtbot.waitUntil(lambda: studio.session.song.tracks[-1].name == "hum")
    track = studio.session.song.tracks[-1]
    assert (track.name, track.regions[0].start) == ("hum", 960)
    playing = track.regions[0].playing
    assert playing is not None
    assert playing.frames == 4410


def test_a_damaged_file_is_named(
    browser: Browser, folder: Path, studio: Studio, qtbot: QtBot
) -> None:
    said: list[str] = []
    studio.session.failed.connect(said.append)
    bad = folder / "bad.mid"
    bad.write_bytes(b"nothing")
    browser.files.bring_in(bad)
    qtbot.waitUntil(lambda: bool(said))
    assert "bad.mid" in said[0]


def test_the_song_uses_the_model_that_is_chosen(browser: Browser, studio: Studio) -> None:
    browser.setCurrentWidget(browser.models)
    models = browser.models.list
    ids = [models.item(row).data(PACK_ID) for row in range(models.count())]
    assert DEFAULT_PACK in ids
    models.setCurrentRow(ids.index(DEFAULT_PACK))
    models.itemActivated.emit(models.currentItem())
    assert studio.session.song.settings.pack_id == DEFAULT_PACK
    assert models.currentItem().font().bold()


def test_models_are_read_when_they_are_looked_at(studio: Studio, qtbot: QtBot) -> None:
    browser = Browser(studio)
    qtbot.addWidget(browser)
    browser.show()
    assert browser.models.list.count() == 0
    assert isinstance(studio.session.song, Song)
