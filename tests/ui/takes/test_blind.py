"""Two takes compared by ear alone, under keys."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.document.edits import remove_region
from desktop.document.song import Measure, QualityReport, Region, Take
from desktop.document.time import PPQ, Tick
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel
from ui.takes.table import NAME, WON

PROMPTS = "warm flute", "warm flute", "bright brass"


def take(number: int) -> Take:
    quality = QualityReport((Measure("loudness_lufs", -20.0 - number),))
    made = {"requests": [{"prompt": PROMPTS[number]}], "pack_id": "mini", "pack_version": "1"}
    recipe = json.dumps(made)
    return Take(f"t{number}", "0" * 64, "flac", 9, 8000, "2030", recipe, quality)


@pytest.fixture
def panel(show_takes: Callable[..., TakesPanel]) -> TakesPanel:
    """Show three takes, of which the first plays and the last is the current row."""
    made = show_takes(*(take(number) for number in range(3)))
    made.table.setCurrentIndex(made.model.index(2, NAME))
    return made


def region(studio: Studio) -> Region:
    return studio.session.song.tracks[0].regions[0]


def heard(studio: Studio) -> str | None:
    """Return which take of the region is heard."""
    return studio.listening.heard(studio.session.song).tracks[0].regions[0].active_take


def press(panel: TakesPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel.blind, key)


def compare(studio: Studio, kind: str = "takes") -> None:
    studio.actions[f"takes.compare_{kind}"].trigger()


def test_keys_switch_what_is_heard_and_the_song_stays_as_it_is(
    panel: TakesPanel, studio: Studio
) -> None:
    song = studio.session.song
    compare(studio)
    under_a = heard(studio)
    press(panel, Qt.Key.Key_B)
    assert {under_a, heard(studio)} == {"t0", "t2"}
    assert panel.blind.letters["B"].isChecked()
    press(panel, Qt.Key.Key_A)
    assert heard(studio) == under_a
    assert studio.session.song is song
    assert panel.blind.isVisible()
    assert not panel.details.isVisible()  # nor is there anything else that tells who is who


def test_the_choice_is_kept_with_the_takes_as_one_step(panel: TakesPanel, studio: Studio) -> None:
    compare(studio)
    press(panel, Qt.Key.Key_B)
    chosen = heard(studio)
    press(panel, Qt.Key.Key_X)
    assert {t.id: (t.wins, t.losses) for t in region(studio).takes} == {
        "t0": (1, 0) if chosen == "t0" else (0, 1),
        "t1": (0, 0),
        "t2": (1, 0) if chosen == "t2" else (0, 1),
    }
    assert heard(studio) == "t0"  # as the song says
    first = 1 if chosen == "t2" else 0
    assert panel.blind.question.text() == f"{first} : {1 - first}"
    assert panel.blind.outcome.text() == "Take 3\nTake 1"
    assert panel.blind.isVisible()  # until it was read
    press(panel, Qt.Key.Key_Escape)
    assert panel.table.isVisible()
    texts = {str(panel.model.data(panel.model.index(row, WON))) for row in range(3)}
    assert texts == {"1:0", "0:1", ""}
    studio.session.undo()
    assert all(each.wins == 0 for each in region(studio).takes)


def test_prompts_are_compared_round_after_round_and_ranked_in_the_library(
    panel: TakesPanel, studio: Studio
) -> None:
    compare(studio, "prompts")
    for _ in range(6):
        if heard(studio) != "t2":
            press(panel, Qt.Key.Key_B)
        assert heard(studio) == "t2"
        press(panel, Qt.Key.Key_X)
    press(panel, Qt.Key.Key_Escape)
    takes = {each.id: each for each in region(studio).takes}
    assert (takes["t2"].wins, takes["t0"].losses + takes["t1"].losses) == (6, 6)
    library = studio.prompts.library
    brass, flute = library.find("bright brass"), library.find("warm flute")
    assert brass is not None
    assert flute is not None
    assert brass.elo > 1550
    assert flute.elo < 1450
    assert panel.blind.outcome.text() == "bright brass\nwarm flute"
    library.close()


def test_what_does_not_differ_is_not_compared(panel: TakesPanel, studio: Studio) -> None:
    said: list[str] = []
    studio.session.said.connect(said.append)
    compare(studio, "packs")
    panel.table.setCurrentIndex(panel.model.index(1, NAME))
    compare(studio, "prompts")
    panel.table.setCurrentIndex(panel.model.index(0, NAME))
    compare(studio, "takes")
    assert len(said) == 3
    assert not panel.blind.runs


@pytest.mark.parametrize("how", ["select", "hide", "delete"])
def test_a_comparison_ends_when_its_region_is_out_of_sight(
    panel: TakesPanel, studio: Studio, how: str
) -> None:
    compare(studio, "prompts")
    press(panel, Qt.Key.Key_X)
    if how == "select":
        studio.session.select(Selection())
    elif how == "hide":
        panel.hide()
        panel.show()
    else:
        region_id = region(studio).id
        studio.session.edit("Delete", lambda song: remove_region(song, region_id))
        studio.session.undo()
    assert not panel.blind.runs
    assert not panel.blind.isVisible()
    assert heard(studio) == "t0"
    assert sum(each.wins for each in region(studio).takes) == (0 if how == "delete" else 1)


def test_takes_are_equally_loud_in_a_comparison_whatever_is_wished_else(
    panel: TakesPanel, studio: Studio
) -> None:
    panel.levels.matching.click()
    compare(studio)
    assert studio.listening.matches_levels
    press(panel, Qt.Key.Key_Escape)
    assert not studio.listening.matches_levels
    assert region(studio).takes[0].wins == 0


def test_the_region_goes_round_while_takes_of_it_are_compared(
    panel: TakesPanel, studio: Studio
) -> None:
    transport, span = studio.transport, (region(studio).start, region(studio).end)
    beyond = Tick(span[1]), Tick(span[1] + PPQ)
    transport.set_loop(beyond, False)
    compare(studio)
    assert (transport.loop, transport.loops) == (span, True)
    press(panel, Qt.Key.Key_X)
    assert (transport.loop, transport.loops) == (beyond, False)


def test_a_loop_in_the_region_stays_while_takes_of_it_are_compared(
    panel: TakesPanel, studio: Studio
) -> None:
    transport, start = studio.transport, region(studio).start
    part = start, Tick(start + PPQ)
    transport.set_loop(part, True)
    compare(studio)
    press(panel, Qt.Key.Key_Escape)
    assert (transport.loop, transport.loops) == (part, True)


def test_a_loop_that_is_changed_during_a_comparison_stays(
    panel: TakesPanel, studio: Studio
) -> None:
    transport, start = studio.transport, region(studio).start
    compare(studio)
    transport.set_loop((start, Tick(start + PPQ)), True)
    press(panel, Qt.Key.Key_Escape)
    assert (transport.loop, transport.loops) == ((start, Tick(start + PPQ)), True)
