"""Regions have models of their own, which are chosen here and say what they can do."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.document.edits import add_region, set_pack, set_song_pack
from desktop.document.song import Region
from desktop.document.time import PPQ, Tick
from desktop.session.selection import Selection
from tests.tiny_pack import TinyPack, make_tiny_pack
from ui.inspector.panel import Inspector
from ui.shared.studio import Studio

__all__ = ["make_tiny_pack"]
BAR = 4 * PPQ
POORER = {
    "graphs": {"denoiser": {"inputs": {"notes": None, "notes_mask": None, "role": None}}},
    "sampling": {"guidance": "none"},
    "conditions": {"negative_prompt": False},
}


@pytest.fixture
def tiny(make_tiny_pack: TinyPack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a model beside the embedded one that follows no notes and knows no guidance."""
    folder = make_tiny_pack(POORER)
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: folder.parent)
    return folder


def regions(studio: Studio) -> tuple[Region, ...]:
    return studio.session.song.tracks[0].regions


@pytest.fixture
def two(studio: Studio) -> tuple[int, int]:
    """Return the ids of two regions, which are selected."""
    track = studio.session.song.tracks[0].id
    add = partial(add_region, track_id=track, start=Tick(2 * BAR), end=Tick(4 * BAR))
    studio.session.edit("Add region", add)
    first, second = (region.id for region in regions(studio))
    studio.session.select(Selection(parts=frozenset({first, second})))
    return first, second


def texts(inspector: Inspector) -> list[str]:
    box = inspector.region.pack
    return [box.itemText(row) for row in range(box.count())]


@pytest.mark.usefixtures("tiny", "two")
def test_the_song_s_model_and_those_installed_are_to_be_chosen_from(inspector: Inspector) -> None:
    assert texts(inspector) == ["the song's", "Tiny", "Partimento Mini"]
    assert inspector.region.pack.currentIndex() == 0


@pytest.mark.usefixtures("tiny", "two")
def test_a_key_gives_all_selected_regions_a_model_in_one_step(
    inspector: Inspector, studio: Studio
) -> None:
    before = studio.session.song
    inspector.region.pack.setFocus()
    QTest.keyClick(inspector.region.pack, Qt.Key.Key_Down)
    assert [region.pack_id for region in regions(studio)] == ["tiny", "tiny"]
    assert studio.session.history.undo_name == "Choose model"
    studio.session.undo()
    assert studio.session.song is before
    assert inspector.region.pack.currentIndex() == 0


@pytest.mark.usefixtures("tiny", "two")
def test_to_choose_the_song_s_takes_the_own_model_away(
    inspector: Inspector, studio: Studio
) -> None:
    ids = {region.id for region in regions(studio)}
    studio.session.edit("Set", partial(set_pack, region_ids=ids, pack_id="tiny"))
    box = inspector.region.pack
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(box.view(), key)
    assert [region.pack_id for region in regions(studio)] == [None, None]


@pytest.mark.usefixtures("tiny")
def test_regions_of_different_models_are_shown_as_such_and_what_either_can_is_not_greyed(
    inspector: Inspector, studio: Studio, two: tuple[int, int]
) -> None:
    studio.session.edit("Set", partial(set_pack, region_ids={two[1]}, pack_id="tiny"))
    section = inspector.region
    assert section.pack.currentIndex() == -1
    assert section.pack.placeholderText() == "different"
    assert section.model.text().startswith("Partimento Mini, Tiny take prompt")
    assert section.strength.isEnabled()
    studio.session.select(Selection(parts=frozenset({two[1]})))
    assert section.pack.currentText() == "Tiny"
    for control, reason in (
        (section.strength, "Tiny follows no notes"),
        (section.guidance, "Tiny knows no guidance"),
        (section.negative, "Tiny reads no negative prompt"),
    ):
        assert not control.isEnabled()
        assert control.toolTip() == reason
    studio.session.select(Selection(parts=frozenset({two[0]})))
    assert section.strength.isEnabled()


@pytest.mark.usefixtures("tiny", "two")
def test_the_song_s_model_says_what_it_can_where_there_is_no_other(
    inspector: Inspector, studio: Studio
) -> None:
    studio.session.edit("Choose model", partial(set_song_pack, pack_id="tiny"))
    assert inspector.region.model.text().startswith("Tiny takes")
    assert not inspector.region.strength.isEnabled()


def test_a_model_that_is_not_installed_is_kept_and_named_until_it_comes(
    inspector: Inspector,
    studio: Studio,
    two: tuple[int, int],
    make_tiny_pack: TinyPack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit = partial(set_pack, region_ids=set(two), pack_id="tiny")
    studio.session.edit("Set", edit)
    section = inspector.region
    assert section.pack.currentText() == "tiny (not installed)"
    assert "no pack 'tiny'" in section.model.text()
    assert section.strength.isEnabled()
    folder = make_tiny_pack(POORER)
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: folder.parent)
    QTest.mouseClick(section.pack, Qt.MouseButton.LeftButton)
    QTest.keyClick(section.pack.view(), Qt.Key.Key_Escape)
    assert section.pack.currentText() == "Tiny"
    assert [region.pack_id for region in regions(studio)] == ["tiny", "tiny"]
    studio.session.select(Selection(parts=frozenset({two[0]})))
    assert not section.strength.isEnabled()


def test_models_of_one_name_are_told_apart_by_their_ids(
    inspector: Inspector,
    studio: Studio,
    make_tiny_pack: TinyPack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("one", "two"):
        folder = make_tiny_pack(name=name)
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: folder.parent)
    studio.session.select(Selection(parts=frozenset({regions(studio)[0].id})))
    assert texts(inspector)[1:] == ["Tiny (one)", "Tiny (two)", "Partimento Mini"]
