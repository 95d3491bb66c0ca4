"""Values of several regions, seeds kept and let go, roles, who is heard."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.document.edits import add_region, add_take, change_region, choose_take
from desktop.document.song import Region, Song, Take
from desktop.document.time import PPQ, Tick
from desktop.session.selection import Selection
from ui.inspector.panel import Inspector
from ui.shared.studio import Studio

BAR = 4 * PPQ
LEFT = Qt.MouseButton.LeftButton


def regions(studio: Studio) -> tuple[Region, ...]:
    return studio.session.song.tracks[0].regions


def take(recipe: str) -> Take:
    return Take("t", "a" * 64, "flac", 9, 44100, "2026-01-01T00:00:00Z", recipe)


def playing(song: Song, region_id: int, recipe: str) -> Song:
    return choose_take(add_take(song, region_id, take(recipe)), region_id, "t")


@pytest.fixture
def two(studio: Studio) -> tuple[int, int]:
    """Return the ids of two regions that differ in everything, selected."""
    track = studio.session.song.tracks[0].id
    add = partial(add_region, track_id=track, start=Tick(2 * BAR), end=Tick(4 * BAR))
    studio.session.edit("Add region", add)
    first, second = (region.id for region in regions(studio))
    other = partial(replace, seed=7, steps=12, guidance=3.0, notes_strength=0.5, listens=False)
    studio.session.edit("Set", partial(change_region, region_id=second, change=other))
    studio.session.select(Selection(parts=frozenset({first, second})))
    return first, second


def type_into(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.usefixtures("two")
def test_values_that_differ_are_shown_as_such(inspector: Inspector, studio: Studio) -> None:
    section, before = inspector.region, studio.session.song
    fields = (section.seed, section.steps, section.guidance, section.strength)
    assert [field.text() for field in fields] == ["different"] * 4
    assert section.listens.checkState() == Qt.CheckState.PartiallyChecked
    assert section.heard.text() == "different"
    assert (section.start.text(), section.length.text()) == ("different", "4.000 s")
    assert not section.start.isEnabled()
    assert "one region" in section.start.toolTip()
    for field in fields:
        field.setFocus()
    section.prompt.setFocus()
    assert studio.session.song is before


@pytest.mark.usefixtures("two")
def test_a_value_that_is_typed_is_set_on_all_in_one_step(
    inspector: Inspector, studio: Studio
) -> None:
    before = studio.session.song
    type_into(inspector.region.steps, "20")
    assert [region.steps for region in regions(studio)] == [20, 20]
    assert [region.seed for region in regions(studio)] == [None, 7]
    assert inspector.region.steps.text() == "20 steps"
    studio.session.undo()
    assert studio.session.song is before
    assert inspector.region.steps.text() == "different"


@pytest.mark.usefixtures("two")
def test_a_double_click_resets_all(inspector: Inspector, studio: Studio) -> None:
    QTest.mouseDClick(inspector.region.guidance, LEFT)
    assert [region.guidance for region in regions(studio)] == [None, None]
    assert inspector.region.guidance.text() == "the model's"


@pytest.mark.usefixtures("two")
def test_a_click_lets_all_hear_the_others_or_none(inspector: Inspector, studio: Studio) -> None:
    listens = inspector.region.listens
    for wanted in (True, False):
        QTest.mouseClick(listens, LEFT, pos=listens.rect().center())
        assert [region.listens for region in regions(studio)] == [wanted, wanted]


def test_locking_keeps_the_seed_of_the_take_that_plays(
    inspector: Inspector, studio: Studio
) -> None:
    region = regions(studio)[0]
    studio.session.edit("Take", lambda song: playing(song, region.id, '{"seed": 1234}'))
    studio.session.select(Selection(parts=frozenset({region.id})))
    lock = inspector.region.lock
    assert not lock.isChecked()
    QTest.mouseClick(lock, LEFT)
    assert regions(studio)[0].seed == 1234
    assert inspector.region.seed.text() == "1234"
    assert lock.isChecked()
    QTest.mouseClick(lock, LEFT)
    assert regions(studio)[0].seed is None
    assert studio.session.history.undo_name == "Free seed"


@pytest.mark.parametrize("recipe", ["{", "{}", '{"seed": -1}', '{"seed": "x"}'])
def test_locking_without_a_seed_to_keep_draws_one(
    inspector: Inspector, studio: Studio, recipe: str
) -> None:
    region = regions(studio)[0]
    studio.session.edit("Take", lambda song: playing(song, region.id, recipe))
    studio.session.select(Selection(parts=frozenset({region.id})))
    QTest.mouseClick(inspector.region.lock, LEFT)
    assert regions(studio)[0].seed is not None


@pytest.mark.usefixtures("two")
def test_locking_several_keeps_seeds_that_are_locked(inspector: Inspector, studio: Studio) -> None:
    QTest.mouseClick(inspector.region.lock, LEFT)
    first, second = (region.seed for region in regions(studio))
    assert first is not None
    assert second == 7


def test_the_role_is_that_of_the_track(inspector: Inspector, studio: Studio) -> None:
    studio.session.select(Selection(parts=frozenset({regions(studio)[0].id})))
    role = inspector.region.role
    assert role.currentData() == "lead"
    QTest.keyClick(role, Qt.Key.Key_Down)
    assert studio.session.song.tracks[0].role == "harmony"
    assert studio.session.history.undo_name == "Role"


def test_regions_of_different_tracks_have_different_roles(
    inspector: Inspector, studio: Studio
) -> None:
    bass = studio.session.song.tracks[1].id
    studio.session.edit("Add region", lambda song: add_region(song, bass, Tick(0), Tick(BAR)))
    parts = {region.id for track in studio.session.song.tracks for region in track.regions}
    studio.session.select(Selection(parts=frozenset(parts)))
    assert inspector.region.role.currentIndex() == -1
    inspector.region.role.setCurrentIndex(inspector.region.role.findData("mix"))
    assert [track.role for track in studio.session.song.tracks] == ["mix", "mix"]


def test_it_says_whom_a_region_hears(inspector: Inspector, studio: Studio) -> None:
    region, bass = regions(studio)[0], studio.session.song.tracks[1].id
    studio.session.select(Selection(parts=frozenset({region.id})))
    assert inspector.region.heard.text() == "no other track plays a take here yet"
    studio.session.edit("Add region", lambda song: add_region(song, bass, Tick(0), Tick(BAR)))
    other = studio.session.song.tracks[1].regions[0].id
    studio.session.edit("Take", lambda song: playing(song, other, "{}"))
    assert inspector.region.heard.text() == "Bass"
    QTest.mouseClick(inspector.region.listens, LEFT, pos=inspector.region.listens.rect().center())
    assert inspector.region.heard.text() == ""
