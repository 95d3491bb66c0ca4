"""The inspector: values typed and chosen reach the song."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.document.edits import add_region
from desktop.document.song import Region
from desktop.document.time import PPQ, Tick
from desktop.session.selection import Selection
from ui.inspector.panel import Inspector
from ui.shared.studio import Studio

BAR = 4 * PPQ
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def region(studio: Studio, inspector: Inspector) -> Region:
    assert inspector
    region = studio.session.song.tracks[0].regions[0]
    studio.session.select(Selection(parts=frozenset({region.id})))
    return region


def type_into(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def now(studio: Studio) -> Region:
    return studio.session.song.tracks[0].regions[0]


def test_it_shows_what_is_selected(inspector: Inspector, studio: Studio) -> None:
    sections = inspector.region, inspector.clip, inspector.track, inspector.song
    assert [not s.isHidden() for s in sections] == [False, False, False, True]
    track = studio.session.song.tracks[0]
    studio.session.select(Selection(parts=frozenset({track.clips[0].id})))
    assert [not s.isHidden() for s in sections] == [False, True, True, True]
    studio.session.select(Selection(parts=frozenset({track.regions[0].id})))
    assert [not s.isHidden() for s in sections] == [True, False, True, True]
    assert inspector.region.prompt.toPlainText() == "warm flute, calm"


def test_a_prompt_is_one_step(inspector: Inspector, region: Region, studio: Studio) -> None:
    type_into(inspector.region.prompt, "cold brass")
    assert now(studio).prompt == "cold brass"
    studio.session.undo()
    assert now(studio) is region
    assert inspector.region.prompt.toPlainText() == "warm flute, calm"


@pytest.mark.usefixtures("region")
def test_values_are_typed_with_or_without_unit(inspector: Inspector, studio: Studio) -> None:
    section = inspector.region
    type_into(section.seed, "42")
    type_into(section.steps, "12 steps")
    type_into(section.guidance, "3,5")
    type_into(section.strength, "60")
    found = now(studio)
    assert (found.seed, found.steps, found.guidance, found.notes_strength) == (42, 12, 3.5, 0.6)
    type_into(section.seed, "")
    assert now(studio).seed is None
    assert section.seed.text() == "new each time"


@pytest.mark.usefixtures("region")
def test_a_region_is_moved_and_resized_by_its_fields(inspector: Inspector, studio: Studio) -> None:
    type_into(inspector.region.end, "4.1")
    type_into(inspector.region.start, "2.1")
    assert (now(studio).start, now(studio).end) == (BAR, 4 * BAR)
    assert inspector.region.length.text() == "6.000 s"


def test_what_cannot_be_is_said_and_taken_back(
    inspector: Inspector, region: Region, studio: Studio
) -> None:
    said: list[str] = []
    studio.session.failed.connect(said.append)
    type_into(inspector.region.end, "1.1")
    assert "1 tick or longer" in said[0]
    assert now(studio) is region
    assert inspector.region.end.text() == "3.1.000"


def test_several_regions_are_set_at_once(inspector: Inspector, studio: Studio) -> None:
    track = studio.session.song.tracks[0]
    more = partial(add_region, track_id=track.id, start=Tick(2 * BAR), end=Tick(4 * BAR))
    studio.session.edit("Add region", more)
    regions = studio.session.song.tracks[0].regions
    studio.session.select(Selection(parts=frozenset(region.id for region in regions)))
    assert inspector.region.title.text() == "2 regions"
    type_into(inspector.region.prompt, "strings")
    QTest.mouseClick(inspector.region.listens, LEFT, pos=inspector.region.listens.rect().center())
    found = studio.session.song.tracks[0].regions
    assert [region.prompt for region in found] == ["strings", "strings"]


def test_a_prompt_being_typed_goes_to_its_own_region(
    inspector: Inspector, region: Region, studio: Studio
) -> None:
    inspector.region.prompt.setPlainText("unfinished")
    studio.session.select(Selection(track_id=studio.session.song.tracks[1].id))
    inspector.region.prompt.settle()
    assert now(studio).prompt == "unfinished"
    assert now(studio) == replace(region, prompt="unfinished")


def test_a_track_is_renamed_coloured_and_cast(inspector: Inspector, studio: Studio) -> None:
    studio.session.select(Selection(track_id=studio.session.song.tracks[1].id))
    type_into(inspector.track.name, "Low end")
    QTest.mouseClick(inspector.track.swatches[5], LEFT)
    inspector.track.role.setCurrentIndex(inspector.track.role.findData("drums"))
    type_into(inspector.track.gain, "-6")
    QTest.mouseClick(inspector.track.mute, LEFT)
    track = studio.session.song.tracks[1]
    assert (track.name, track.role, track.gain_db, track.mute) == ("Low end", "drums", -6.0, True)
    assert inspector.track.swatches[5].isChecked()


def test_a_clip_is_moved_by_its_field(inspector: Inspector, studio: Studio) -> None:
    clip = studio.session.song.tracks[0].clips[0]
    studio.session.select(Selection(parts=frozenset({clip.id})))
    type_into(inspector.clip.start, "3")
    assert studio.session.song.tracks[0].clips[0].start == 2 * BAR
    assert inspector.clip.notes.text() == "4, pitch 60 to 72"


def test_the_song_is_renamed(inspector: Inspector, studio: Studio) -> None:
    type_into(inspector.song.name, "Nocturne")
    assert studio.session.song.title == "Nocturne"


def test_every_control_has_a_name_and_a_tip(inspector: Inspector) -> None:
    for section in (inspector.region, inspector.clip, inspector.track, inspector.song):
        section.show()
        for control in section.findChildren(QWidget):
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible():
                assert control.accessibleName(), control
                assert control.toolTip(), control
