"""The program with its window: which song opens, recovery, save as, another song."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_clip, add_note, add_track, set_tempo
from desktop.document.song import Region, Song, Take, Track
from desktop.document.time import MAX_TICK, PPQ, Tick
from desktop.midi.writing import write_midi
from desktop.session.rendering import Workshop
from desktop.storage.project import SONG, Project, read_project
from desktop.storage.view import View, write_view
from tests.desktop.session.test_playback import FakeEngine
from tests.ui.timeline.pointer import Pointer
from ui.app import Program
from ui.songs import recent_songs

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
KEPT = (
    *("window/geometry", "window/columns", "window/rows", "window/below", "window/inspector"),
    *("audio/sample_rate_hz", "audio/latency_s", "midi/latency_ms", "transport/count_in_bars"),
    *("theme", "text_percent", "snap", "songs/recent", "browser/folder", "inspector/chips"),
    *("takes/view", "shortcuts/transport.play"),
)


@pytest.fixture(autouse=True)
def folder_of_songs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in ("ui.app", "ui.file_actions"):
        monkeypatch.setattr(f"{module}.songs_folder", lambda: tmp_path / "songs")
    return tmp_path / "songs"


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Program(qapp, settings)
    yield made
    let_go(made)


def let_go(program: Program) -> None:
    # Program.end would leave the event loop, and so each later one of the tests.
    if program.window is not None:
        program.window.studio.session.discard()
        program.window.leave()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    folder = tmp_path / "Tune.partimento"
    Project.create(folder, Song(title="Tune")).close()
    return folder


def title(program: Program) -> str:
    assert program.window is not None
    return program.window.studio.session.song.title


def test_without_a_song_a_new_untitled_one_opens(program: Program, folder_of_songs: Path) -> None:
    assert program.start(None)
    assert title(program) == "Untitled"
    assert (folder_of_songs / "Untitled.partimento").is_dir()


def test_at_the_first_start_three_keys_let_a_song_play(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    engine, workshop = FakeEngine(), Workshop()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    program = Program(qapp, settings, engine, workshop=workshop)
    assert program.start(None)
    window = program.window
    assert window is not None
    qtbot.waitUntil(window.empty.draw.hasFocus)
    for _ in range(2):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert window.empty.example.hasFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert title(program) == "Greensleeves"
    qtbot.waitUntil(lambda: program.window is not None and program.window.isActiveWindow())
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert ("play", 0) in engine.asked
    let_go(program)
    workshop.close()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_without_a_name_the_last_song_opens(program: Program, song: Path) -> None:
    assert program.start(song)
    assert recent_songs(QSettings(program._settings.fileName(), QSettings.Format.IniFormat))
    program.window.leave()  # type: ignore[union-attr]
    assert program.start(None)
    assert title(program) == "Tune"


def test_a_song_opens_without_its_ending(program: Program, song: Path) -> None:
    assert program.start(song.with_suffix(""))
    assert title(program) == "Tune"


def test_another_song_takes_the_place_of_the_first(program: Program, song: Path) -> None:
    program.start(None)
    first = program.window
    assert first is not None
    first.files.wanted.emit(song)
    assert title(program) == "Tune"
    assert not first.isVisible()
    Project.open(first.studio.session.folder).close()  # is locked no more


def test_the_next_song_has_the_theme_and_may_change_it(
    program: Program, song: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program.start(None)
    assert program.window is not None
    program.window.studio.actions["theme.light"].trigger()
    program.open(song)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look = program.window.studio.look
    assert look.name == "light"
    look.use("dark")
    assert "Error" not in capfd.readouterr().err  # nothing left of the first window is painted


def test_a_song_that_does_not_open_leaves_the_first_open(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("ui.app.tell", lambda _, text: told.append(text))
    program.start(None)
    assert not program.open(tmp_path / "nothing.partimento")
    assert "there is no such song" in told[0]
    assert title(program) == "Untitled"


@pytest.mark.parametrize("junk", ["", "nan", "x" * 10_000, b"\xff\0", ["a", "b"]])
def test_a_damaged_settings_file_keeps_no_song_from_opening(
    qapp: QApplication, tmp_path: Path, song: Path, junk: object
) -> None:
    settings = QSettings(str(tmp_path / "junk.ini"), QSettings.Format.IniFormat)
    for key in KEPT:
        settings.setValue(key, junk)
    program = Program(qapp, settings)
    assert program.start(None)
    assert program.open(song)
    let_go(program)


@pytest.mark.parametrize("answer", ["discard", "cancel"])
def test_changes_are_given_up_for_no_song_that_does_not_open(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr("ui.app.tell", lambda *_: None)
    monkeypatch.setattr("ui.window.ask_to_save", lambda *_: answer)
    program.start(None)
    assert program.window is not None
    program.window.studio.session.edit("Add track", add_track)
    assert not program.open(tmp_path / "nothing.partimento")
    assert len(program.window.studio.session.song.tracks) == 1


def test_a_song_that_is_not_opened_after_all_stays_free(
    program: Program, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.window.ask_to_save", lambda *_: "cancel")
    program.start(None)
    assert program.window is not None
    program.window.studio.session.edit("Add track", add_track)
    assert not program.open(song)
    Project.open(song).close()


@pytest.mark.parametrize(("recovers", "tracks"), [(True, 1), (False, 0)])
def test_a_newer_autosave_is_offered_with_song_and_time(
    program: Program, song: Path, monkeypatch: pytest.MonkeyPatch, recovers: bool, tracks: int
) -> None:
    with Project.open(song) as project:
        project.autosave(add_track(project.opened.song, "Lost"))
    asked: list[str] = []

    def answer(_parent: object, name: str, _saved: object) -> bool:
        asked.append(name)
        return recovers

    monkeypatch.setattr("ui.app.ask_to_recover", answer)
    program.start(song)
    assert asked == ["Tune"]
    assert program.window is not None
    assert len(program.window.studio.session.song.tracks) == tracks
    assert read_project(song).recovered is not None  # the autosave stays until a save


def test_save_as_goes_on_in_the_copy(
    program: Program, song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start(song)
    assert program.window is not None
    program.window.studio.session.edit("Add track", add_track)
    program.window.studio.session.preview(add_track)  # a drag that lasts is nothing done yet
    target = tmp_path / "Copy"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    program.window.files.save_as()
    assert program.window.studio.session.folder == tmp_path / "Copy.partimento"
    assert title(program) == "Copy"
    assert len(program.window.studio.session.song.tracks) == 1
    assert program.window.studio.session.is_saved
    assert read_project(song).song == Song(title="Tune")


@pytest.mark.parametrize("place", ["Taken", "Tune.partimento/Inside"])
def test_save_as_goes_neither_over_another_song_nor_into_itself(
    program: Program, song: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    Project.create(song.with_name("Taken.partimento"), Song(title="Taken")).close()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(song.parent / place), ""))
    program.start(song)
    assert program.window is not None
    told: list[str] = []
    program.window.studio.session.failed.connect(told.append)
    program.window.files.save_as()
    assert "choose" in told[0]
    assert title(program) == "Tune"
    assert read_project(song.with_name("Taken.partimento")).song.title == "Taken"


@pytest.fixture
def wide_song(tmp_path: Path) -> Path:
    """A song of twelve tracks and many bars; on the first, one region with two takes."""
    takes = tuple(Take(name, "0" * 64, "flac", 9, 8000, "2030") for name in "ab")
    region = Region(20, Tick(0), Tick(64 * 4 * PPQ), "flute", takes=takes, active_take="a")
    tracks = (Track(1, regions=(region,)), *(Track(number) for number in range(2, 13)))
    folder = tmp_path / "Wide.partimento"
    Project.create(folder, Song("Wide", tracks, next_id=21)).close()
    return folder


def look_around(program: Program, qtbot: QtBot) -> View:
    """Zoom, scroll, unfold, and open and close panels; return the view."""
    assert program.window is not None
    qtbot.waitUntil(program.window.isActiveWindow)
    lanes = program.window.timeline.lanes
    lanes.setFocus()
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_X, Qt.Key.Key_I):
        QTest.keyClick(lanes, key)
    QTest.keyClick(lanes, Qt.Key.Key_Down, ALT)
    QTest.keyClick(lanes, Qt.Key.Key_G, SHIFT)
    program.window.timeline.bars.down.setValue(100)
    program.window.timeline.bars.across.setValue(50)
    return program.window.view


def test_a_song_opens_as_it_was_left_though_nothing_was_saved(
    program: Program, wide_song: Path, qtbot: QtBot
) -> None:
    program.start(wide_song)
    saved = (wide_song / SONG).read_bytes()
    assert program.window is not None
    usual = program.window.view
    left = look_around(program, qtbot)
    assert left.unfolded == {1}
    assert (left.below, left.inspector) == ("mixer", not usual.inspector)
    assert left.top_px > 0
    assert left.left_tick > 0
    assert left.pixels_per_tick > usual.pixels_per_tick
    assert program.window.studio.session.is_saved
    program.window.leave()
    assert program.start(wide_song)
    assert program.window.view == left
    assert program.window.studio.session.is_saved
    assert (wide_song / SONG).read_bytes() == saved


def test_a_song_that_was_looked_at_far_past_its_end_opens(
    program: Program, song: Path, qtbot: QtBot
) -> None:
    write_view(song, View(left_tick=2.0**52, pixels_per_tick=1000))
    program.start(song)
    assert program.window is not None
    with qtbot.waitExposed(program.window):
        program.window.grab()
    assert program.window.view.left_tick == MAX_TICK


def test_the_view_forgets_what_was_discarded(program: Program, wide_song: Path) -> None:
    program.start(wide_song)
    assert program.window is not None
    window, session = program.window, program.window.studio.session
    session.edit("Add track", add_track)
    window.timeline.arrangement.unfold(21, True)
    window.timeline.arrangement.set_height(frozenset({21, 2}), 100)
    session.discard()
    window.leave()
    assert program.start(wide_song)
    view = program.window.view
    assert (view.unfolded, view.heights) == (frozenset(), {2: 100})


def test_each_song_has_a_view_of_its_own_and_a_copy_begins_with_that_of_the_first(
    program: Program,
    wide_song: Path,
    song: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    program.start(wide_song)
    left = look_around(program, qtbot)
    assert program.open(song)
    assert program.window is not None
    program.window.show_below("takes")
    assert program.open(wide_song)
    assert program.window.view == left
    program.window.timeline.bars.across.setValue(70)
    left = program.window.view
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(song.parent / "Copy"), ""))
    program.window.files.save_as()
    assert title(program) == "Copy"
    assert program.window.view == left


def test_what_the_mouse_did_to_the_view_comes_back_though_the_song_was_not_saved(
    program: Program, wide_song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start(wide_song)
    assert program.window is not None
    window, usual = program.window, program.window.view
    pointer = Pointer(window.timeline)
    QTest.mouseClick(window.timeline.headers.shown[1].fold, Qt.MouseButton.LeftButton)
    pointer.wheel(4, pointer.at(PPQ), Qt.KeyboardModifier.ControlModifier)
    pointer.wheel(2, pointer.at(PPQ), ALT)
    pointer.wheel(-1, pointer.at(PPQ), SHIFT)
    pointer.wheel(-1, pointer.at(PPQ))
    left = window.view
    assert left.unfolded == {1}
    assert left.heights[1] > 64
    assert left.pixels_per_tick == pytest.approx(usual.pixels_per_tick * 1.25**4)
    assert min(left.left_tick, left.top_px) > 0
    window.studio.session.edit("Add track", add_track)
    monkeypatch.setattr("ui.window.ask_to_save", lambda *_: "discard")
    assert window.close()
    assert program.start(wide_song)
    assert program.window.view == left
    assert len(program.window.studio.session.song.tracks) == 12


def test_the_lowest_tracks_are_in_view_again_under_a_panel_that_was_shut_in_between(
    program: Program, wide_song: Path, song: Path, qtbot: QtBot
) -> None:
    program.start(wide_song)
    assert program.window is not None
    qtbot.waitUntil(program.window.isActiveWindow)
    lanes = program.window.timeline.lanes
    lanes.setFocus()
    QTest.keyClick(lanes, Qt.Key.Key_X)
    QTest.keyClick(lanes, Qt.Key.Key_I)
    down = program.window.timeline.bars.down
    qtbot.waitUntil(lambda: lanes.height() < 400)
    down.triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    left = program.window.view
    assert left.top_px == down.maximum() > 0
    assert program.open(song)
    qtbot.waitUntil(program.window.isActiveWindow)
    QTest.keyClick(program.window.timeline.lanes, Qt.Key.Key_X)
    QTest.keyClick(program.window.timeline.lanes, Qt.Key.Key_I)
    assert program.window.shown_below == ""
    assert program.open(wide_song)
    lanes = program.window.timeline.lanes
    qtbot.waitUntil(lambda: lanes.height() < 400)
    assert program.window.view == left


def test_save_as_that_fails_half_way_leaves_nothing_behind(
    program: Program, song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start(song)
    assert program.window is not None
    told: list[str] = []
    program.window.studio.session.failed.connect(told.append)
    target = tmp_path / "Copy.partimento"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def fill_up(_source: Path, copy: Path, _leaving_out: object) -> None:
        copy.mkdir()
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("ui.songs.copy_tree", fill_up)
        program.window.files.save_as()
    assert "free some space" in told[0]
    assert [path.name for path in tmp_path.iterdir() if "opy" in path.name] == []
    program.window.files.save_as()  # once there is room again
    assert title(program) == "Copy"


def test_a_midi_file_brings_its_tempo_to_an_empty_song(
    program: Program,
    song: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "in.mid"
    written = add_clip(add_track(Song(), "Lead"), 1, Tick(0), Tick(4 * PPQ))
    write_midi(set_tempo(add_note(written, 2, Tick(0), Tick(PPQ), 60), Tick(0), 90.0), path)
    program.start(song)
    assert program.window is not None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    program.window.files.import_midi()
    bringing = program.window.studio.bringing
    qtbot.waitUntil(lambda: bringing.file is None)
    made = program.window.studio.session.song
    assert made.tempo_map.tempos[0].bpm == pytest.approx(90.0)
    assert [track.name for track in made.tracks] == ["Lead"]


def test_a_song_with_a_prompt_longer_than_the_most_opens_whole_and_says_so(
    program: Program, tmp_path: Path
) -> None:
    region = Region(2, Tick(0), Tick(PPQ), "x" * 12_345)
    song = Song("Long", (Track(1, regions=(region,)),), next_id=3)
    Project.create(tmp_path / "Long.partimento", song).close()
    program.start(tmp_path / "Long.partimento")
    assert program.window is not None
    assert program.window.studio.session.song == song
    assert program.window.studio.session.is_saved
    said = program.window.status.currentMessage()
    assert said.startswith("A prompt has 12345 letters; all are kept")
