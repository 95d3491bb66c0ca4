"""Improvised notes drawn in the window, by key and menu."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, add_take, change_track, choose_take, remove_clip
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from tests.ui.improvised import improvised_take
from ui.shared.studio import Studio
from ui.window import MainWindow

MELODY = [(0.0, 0.5, 60, 90), (0.5, 1.0, 64, 70)]
DRUMS = [(0.0, 0.1, 36, 120)]


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    """Give a window of a song whose only region has no notes."""
    studio.session.edit("Clear", lambda song: remove_clip(song, song.tracks[0].clips[0].id))
    made = MainWindow(studio)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.hearing.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def play(studio: Studio, *takes: Take) -> None:
    """Let the regions of the first track, which are selected, each play one of the takes."""
    regions = [region.id for region in studio.session.song.tracks[0].regions]

    def rendered(song: Song) -> Song:
        for region_id, take in zip(regions, takes, strict=True):
            song = choose_take(add_take(song, region_id, take), region_id, take.id)
        return song

    studio.session.edit("Render", rendered)
    studio.session.select(replace(studio.session.selection, parts=frozenset(regions)))


def press(window: MainWindow) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window, Qt.Key.Key_N, keys)


def test_a_key_draws_what_the_region_plays_and_undo_takes_it_back(window: MainWindow) -> None:
    session = window.studio.session
    play(window.studio, improvised_take(1, MELODY))
    before = session.song
    press(window)
    (clip,) = session.song.tracks[0].clips
    assert [(n.start, n.pitch) for n in clip.notes] == [(0, 60), (PPQ, 64)]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.song is before


def test_what_was_drawn_is_shown_in_the_piano_roll(window: MainWindow) -> None:
    session = window.studio.session
    play(window.studio, improvised_take(1, MELODY))
    press(window)
    (clip,) = session.song.tracks[0].clips
    assert session.selection.clip_id == clip.id
    assert session.selection.parts  # the region stays selected


def test_the_region_menu_draws_all_selected_regions_that_have_some_in_one_step(
    window: MainWindow,
) -> None:
    session = window.studio.session
    track_id = session.song.tracks[0].id
    session.edit("Add", lambda song: add_region(song, track_id, Tick(8 * PPQ), Tick(16 * PPQ)))
    play(window.studio, improvised_take(1), improvised_take(2, MELODY))
    before = session.song
    menu = window.menus.menu("region")
    action = window.studio.actions["region.draw_improvised"]
    window.menus.fill()
    assert action in menu.actions()
    action.trigger()
    (clip,) = session.song.tracks[0].clips
    assert (clip.start, len(clip.notes)) == (8 * PPQ, 2)
    session.undo()
    assert session.song is before


def test_the_drums_of_a_mix_are_said_to_lie_on_a_track_of_their_own(window: MainWindow) -> None:
    session, said = window.studio.session, list[str]()
    session.edit("Mix", lambda s: change_track(s, s.tracks[0].id, lambda t: replace(t, role="mix")))
    play(window.studio, improvised_take(1, MELODY, DRUMS))
    session.said.connect(said.append)
    press(window)
    assert [track.name for track in session.song.tracks] == ["Lead", "Lead, drums", "Bass"]
    assert said == ["Notes drawn: 2; on a muted track of their own: 1"]


def test_where_nothing_can_be_drawn_the_action_is_off_and_says_why(window: MainWindow) -> None:
    studio = window.studio
    action = studio.actions["region.draw_improvised"]
    assert not action.isEnabled()
    assert action.toolTip() == "Select a region that plays a take (Ctrl+Alt+N)"
    play(studio, improvised_take(1))
    assert not action.isEnabled()
    assert action.toolTip() == "No notes were improvised for this take (Ctrl+Alt+N)"
    play(studio, improvised_take(2, MELODY))
    assert action.isEnabled()
    press(window)
    drawn = studio.session.song
    press(window)
    assert studio.session.song is drawn
    assert action.toolTip().startswith("The region has notes; delete them")
