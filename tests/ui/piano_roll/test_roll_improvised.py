"""Improvised notes behind those of a clip: to be seen, and traced, but not to be touched."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.document.edits import add_take, change_track, choose_take, remove_notes
from desktop.document.song import Song
from desktop.document.time import PPQ
from desktop.rendering.improvised import with_improvised_notes
from tests.ui.improvised import improvised_take
from tests.ui.piano_roll.hand import Hand
from ui.piano_roll.panel import PianoRoll
from ui.shared.studio import Studio

MELODY = [(0.0, 0.5, 60, 90), (0.5, 1.0, 64, 70)]


def freed(song: Song) -> Song:
    """Return the sketch with its clip empty, and its region playing improvised notes."""
    clip, region = song.tracks[0].clips[0], song.tracks[0].regions[0]
    song = remove_notes(song, clip.id, {note.id for note in clip.notes})
    take = improvised_take(1, MELODY)
    return choose_take(add_take(song, region.id, take), region.id, take.id)


def behind(panel: PianoRoll) -> list[list[int]]:
    return [notes.starts.tolist() for _, notes in panel.roll.ghosts()]


def test_an_empty_clip_shows_what_was_improvised_for_its_region(
    panel: PianoRoll, hand: Hand, studio: Studio
) -> None:
    assert hand
    assert behind(panel) == []
    studio.session.edit("Free", freed)
    assert behind(panel) == [[0, PPQ]]
    assert panel.roll.ghosts()[0][1] is panel.roll.ghosts()[0][1]
    panel.roll.shows_ghosts = False
    assert behind(panel) == []


def test_drawn_they_are_notes_of_the_clip(panel: PianoRoll, hand: Hand, studio: Studio) -> None:
    assert hand
    studio.session.edit("Free", freed)
    region_id = studio.session.song.tracks[0].regions[0].id
    studio.session.edit("Draw", lambda s: with_improvised_notes(s, region_id, beside_name=""))
    assert behind(panel) == []
    assert panel.roll.notes.starts.tolist() == [0, PPQ]


def test_a_click_on_one_selects_nothing(panel: PianoRoll, hand: Hand, studio: Studio) -> None:
    assert hand
    studio.session.edit("Free", freed)
    x, y = panel.roll.scale.x(PPQ // 2), panel.roll.pitches.y(60) + panel.roll.pitches.row_px / 2
    before = studio.session.song
    picture = panel.view.grab().toImage()
    other = panel.roll.scale.x(6 * PPQ)
    assert picture.pixelColor(round(x), round(y)) != picture.pixelColor(round(other), round(y))
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert not np.any(panel.roll.chosen)
    assert studio.session.song is before


def test_pitches_are_not_shown_behind_drums(panel: PianoRoll, hand: Hand, studio: Studio) -> None:
    assert hand
    studio.session.edit("Free", freed)
    track_id = studio.session.song.tracks[0].id
    studio.session.edit(
        "Role", lambda s: change_track(s, track_id, lambda t: replace(t, role="drums"))
    )
    assert behind(panel) == []
