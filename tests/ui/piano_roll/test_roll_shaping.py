"""Quantise, legato, humanise, reverse, scales, chords, copy and paste in the piano roll."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from desktop.document.edits import change_notes
from desktop.document.song import Note, Song
from desktop.document.time import PPQ, Tick
from tests.ui.piano_roll.hand import Hand
from ui.piano_roll.harmony import SONG_KEY, TRIAD
from ui.piano_roll.quantise_dialog import GRIDS, QuantiseDialog
from ui.shared.studio import Studio

SIXTEENTH = PPQ // 4
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def crooked(hand: Hand, studio: Studio) -> Hand:
    """Return a hand over the clip with each note 50 ticks late."""

    def late(note: Note) -> Note:
        return replace(note, start=Tick(note.start + 50))

    ids = {note.id for note in hand.notes}
    clip_id = hand.clip.id
    studio.session.edit("Late", lambda song: change_notes(song, clip_id, ids, late))
    return hand


def starts(hand: Hand) -> list[int]:
    return [note.start for note in hand.notes]


def test_q_quantises_all_notes_when_none_is_selected(crooked: Hand) -> None:
    crooked.key(Qt.Key.Key_Q)
    assert starts(crooked) == [0, PPQ, 2 * PPQ, 3 * PPQ]


def test_q_quantises_only_what_is_selected(crooked: Hand) -> None:
    crooked.select(2)
    crooked.key(Qt.Key.Key_Q)
    assert starts(crooked) == [50, PPQ, 2 * PPQ + 50, 3 * PPQ + 50]


def test_quantising_what_is_on_the_grid_is_no_step(hand: Hand, studio: Studio) -> None:
    before = studio.session.song
    hand.key(Qt.Key.Key_Q)
    assert studio.session.song is before


def test_the_dialog_asks_for_grid_strength_and_swing(crooked: Hand) -> None:
    crooked.key(Qt.Key.Key_Q, SHIFT)
    (dialog,) = crooked.panel.findChildren(QuantiseDialog)
    assert not dialog.isModal()
    dialog.grid.setCurrentIndex([grid.name for grid in GRIDS].index("1/4"))
    dialog.strength.set_value(50)
    dialog.swing.set_value(60)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    late = 0.6 * PPQ / 3
    assert starts(crooked) == [25, PPQ + (50 + late) / 2, 2 * PPQ + 25, 3 * PPQ + (50 + late) / 2]


def test_legato_lets_notes_touch(hand: Hand, studio: Studio) -> None:
    hand.select(2)
    hand.key(Qt.Key.Key_Delete)
    hand.select()
    studio.actions["notes.legato"].trigger()
    assert [note.length for note in hand.notes] == [2 * PPQ, PPQ, PPQ]


def test_reverse_twice_is_nothing(hand: Hand, studio: Studio) -> None:
    before = hand.notes
    studio.actions["notes.reverse"].trigger()
    assert [note.pitch for note in hand.notes] == [72, 67, 64, 60]
    studio.actions["notes.reverse"].trigger()
    assert hand.notes == before


def test_humanise_changes_little(hand: Hand, studio: Studio) -> None:
    before = hand.notes
    studio.actions["notes.humanise"].trigger()
    after = {note.id: note for note in hand.notes}
    assert hand.notes != before
    for note in before:
        assert abs(after[note.id].start - note.start) <= 12
        assert abs(after[note.id].velocity - note.velocity) <= 8


def in_c_minor(song: Song) -> Song:
    return replace(song, settings=replace(song.settings, key="Cm"))


def test_the_song_s_key_is_highlighted(hand: Hand, studio: Studio) -> None:
    assert hand.panel.roll.in_scale is None
    studio.session.edit("Key", in_c_minor)
    in_scale = hand.panel.roll.in_scale
    assert in_scale is not None
    assert [pitch for pitch in range(60, 72) if in_scale[pitch]] == [60, 62, 63, 65, 67, 68, 70]


def test_drawn_and_moved_notes_keep_to_the_scale_when_asked(hand: Hand, studio: Studio) -> None:
    studio.session.edit("Key", in_c_minor)
    studio.actions["notes.keep_to_scale"].trigger()
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(2 * SIXTEENTH, 64))
    assert hand.notes[0].pitch == 63
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(20.3 * SIXTEENTH, 66))
    assert hand.heard[-1] == (20, 1, 65, 100)


def test_notes_are_fitted_to_the_scale(hand: Hand, studio: Studio) -> None:
    hand.panel.commands.harmony.use_scale("minor")
    studio.actions["notes.to_scale"].trigger()
    assert [note.pitch for note in hand.notes] == [60, 63, 67, 72]


def test_one_stroke_draws_a_chord(hand: Hand) -> None:
    hand.panel.commands.harmony.use_chord("minor")
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(18.2 * SIXTEENTH, 57), hand.point(22 * SIXTEENTH, 57))
    assert hand.heard[-3:] == [(18, 4, pitch, 100) for pitch in (57, 60, 64)]


def test_a_triad_keeps_to_the_scale(hand: Hand) -> None:
    hand.panel.commands.harmony.use_scale("major")
    hand.panel.commands.harmony.use_chord(TRIAD)
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(18.2 * SIXTEENTH, 62))
    assert [note.pitch for note in hand.notes[-3:]] == [62, 65, 69]


def test_another_root_makes_the_song_s_key_a_scale_of_its_own(hand: Hand, studio: Studio) -> None:
    studio.session.edit("Key", in_c_minor)
    harmony = hand.panel.commands.harmony
    assert harmony.scale == SONG_KEY
    harmony.use_root(9)
    assert harmony.tones == (9, "minor")


def test_the_grid_is_chosen_in_the_tool_bar(hand: Hand, studio: Studio) -> None:
    field = next(f for f in hand.panel.findChildren(QComboBox) if f.accessibleName() == "Grid")
    field.activated.emit(field.findText("1/4"))
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(21 * SIXTEENTH, 62))
    assert hand.heard[-1] == (20, 4, 62, 100)
    assert studio.snap.division.name == "1/4"


def test_notes_are_pasted_at_the_playhead(hand: Hand, studio: Studio) -> None:
    hand.select(1, 2)
    hand.key(Qt.Key.Key_X, CTRL)
    studio.transport.go_to(4 * PPQ)
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.heard[-2:] == [(16, 4, 60, 100), (20, 4, 64, 100)]
    assert len(hand.notes) == 4


def test_every_action_has_a_name_and_a_tip(hand: Hand, studio: Studio) -> None:
    assert hand.view
    notes = [known.action for known in studio.actions if known.place == "notes"]
    assert len(notes) > 30
    assert all(action.text() and action.toolTip() for action in notes)
