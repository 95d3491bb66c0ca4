"""On a track of drums the roll names the drums, shows where they lie and draws hits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.document.edits import add_clip, add_note, change_track
from desktop.document.song import Role, Song, Track
from desktop.document.time import PPQ, Tick
from tests.ui.piano_roll.hand import Hand, Listener
from ui.piano_roll.framing import show_clip
from ui.piano_roll.panel import PianoRoll
from ui.shared.studio import Studio

SIXTEENTH = PPQ // 4
KICK, CLOSED_HAT = 36, 42


def as_role(role: Role) -> Callable[[Track], Track]:
    """Return what gives a track the role."""
    return lambda track: replace(track, role=role)


def show_empty_clip(studio: Studio, role: Role) -> None:
    """Show an empty clip of a bar on the second track, which gets the role."""
    track_id = studio.session.song.tracks[1].id
    studio.session.edit("Role", lambda s: change_track(s, track_id, as_role(role)))
    studio.session.edit("Clip", lambda s: add_clip(s, track_id, Tick(0), Tick(4 * PPQ)))
    clip = studio.session.song.tracks[1].clips[0]
    studio.session.select(replace(studio.session.selection, clip_id=clip.id))


@pytest.fixture
def drums(panel: PianoRoll, studio: Studio) -> Hand:
    show_empty_clip(studio, "drums")
    panel.activateWindow()
    panel.view.setFocus()
    return Hand(panel)


def test_drums_are_called_by_their_names(drums: Hand) -> None:
    assert [drums.panel.roll.pitch_name(p) for p in (KICK, 38, CLOSED_HAT, 81)] == [
        "Kick",
        "Snare",
        "Closed hat",
        "Triangle",
    ]


def test_keys_below_and_above_the_drums_are_notes(drums: Hand) -> None:
    assert [drums.panel.roll.pitch_name(p) for p in (34, 82)] == ["A#1", "A#5"]


def test_pitches_of_other_tracks_are_notes(hand: Hand) -> None:
    assert hand.panel.roll.pitch_name(KICK) == "C2"


@pytest.mark.parametrize(
    ("role", "pitches"), [("drums", (36, 38, 42, 46)), ("bass", (31, 48)), ("lead", (60, 72))]
)
def test_an_empty_clip_shows_where_notes_of_its_role_lie(
    panel: PianoRoll, studio: Studio, role: Role, pitches: tuple[int, ...]
) -> None:
    show_empty_clip(studio, role)
    rows = panel.roll.pitches
    assert all(0 <= rows.y(p) <= panel.view.height() - rows.row_px for p in pitches)


def test_the_lowest_drums_of_a_clip_are_in_view_whatever_lies_above(
    panel: PianoRoll, studio: Studio
) -> None:
    panel.resize(1000, 300)
    show_empty_clip(studio, "drums")
    clip_id = studio.session.song.tracks[1].clips[0].id

    def played(song: Song) -> Song:
        for beat, pitch in enumerate((KICK, CLOSED_HAT, 81)):
            song = add_note(song, clip_id, Tick(beat * PPQ), Tick(PPQ // 4), pitch)
        return song

    studio.session.edit("Notes", played)
    show_clip(panel.roll, panel.view)
    rows = panel.roll.pitches
    assert all(0 <= rows.y(p) <= panel.view.height() - rows.row_px for p in (KICK, CLOSED_HAT))


def test_pitches_are_no_ghosts_of_drums_nor_drums_of_pitches(
    panel: PianoRoll, studio: Studio
) -> None:
    show_empty_clip(studio, "bass")
    assert len(panel.roll.ghosts()) == 1
    track_id = studio.session.song.tracks[1].id
    studio.session.edit("Role", lambda s: change_track(s, track_id, as_role("drums")))
    assert not panel.roll.ghosts()


def test_a_hit_is_a_step_long_whatever_was_drawn_before(drums: Hand) -> None:
    drums.key(Qt.Key.Key_B)
    drums.drag(drums.point(0, KICK), drums.point(4 * SIXTEENTH, KICK))
    drums.drag(drums.point(8.5 * SIXTEENTH, CLOSED_HAT))
    assert drums.heard == [(0, 4, KICK, 100), (8, 1, CLOSED_HAT, 100)]


def test_the_keyboard_shows_other_keys_for_drums(drums: Hand, studio: Studio) -> None:
    as_drums = drums.panel.keyboard.grab().toImage()
    track_id = studio.session.song.tracks[1].id
    studio.session.edit("Role", lambda s: change_track(s, track_id, as_role("lead")))
    assert drums.panel.keyboard.grab().toImage() != as_drums


def test_the_letter_a_plays_the_kick(drums: Hand, studio: Studio, listener: Listener) -> None:
    studio.actions["notes.letters"].trigger()
    drums.key(Qt.Key.Key_A)
    drums.key(Qt.Key.Key_S)
    assert listener.pitches[::2] == [("on", KICK), ("on", 38)]


@pytest.mark.parametrize(("role", "is_tinted"), [("drums", False), ("bass", True)])
def test_rows_of_drums_show_no_scale(
    panel: PianoRoll, studio: Studio, role: Role, is_tinted: bool
) -> None:
    show_empty_clip(studio, role)
    panel.commands.harmony.use_root(0)
    before = panel.view.grab().toImage()
    panel.commands.harmony.use_root(6)
    assert (panel.view.grab().toImage() != before) == is_tinted
