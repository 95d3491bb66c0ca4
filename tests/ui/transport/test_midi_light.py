"""The light that shows what comes in on MIDI ports."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.midi.live import Source, Strike
from desktop.midi.live_ports import PortState
from ui.shared.studio import Studio
from ui.transport.midi_light import MidiLight


@pytest.fixture
def light(studio: Studio, qtbot: QtBot) -> MidiLight:
    made = MidiLight(studio)
    qtbot.addWidget(made)
    made.show()
    return made


def colour(light: MidiLight) -> QColor:
    """Return the colour in the middle."""
    return light.grab().toImage().pixelColor(light.rect().center())


def plug(studio: Studio, qtbot: QtBot, *states: PortState) -> None:
    """Let the listening thread say which ports there are."""
    with qtbot.waitSignal(studio.midi.ports_changed):
        studio.midi._looked.emit(states)


def test_no_ports_are_a_quiet_state(light: MidiLight) -> None:
    assert light.toolTip() == "No MIDI input"
    assert light.accessibleName() == "MIDI input"


def test_ports_are_named_and_those_that_cannot_be_opened(
    light: MidiLight, studio: Studio, qtbot: QtBot
) -> None:
    plug(studio, qtbot, PortState("Piano"), PortState("Pads", "it is in use"))
    assert light.toolTip() == "MIDI input: Piano, Pads\nPads cannot be opened: it is in use"
    studio.midi.set_enabled("Pads", False)
    assert light.toolTip() == "MIDI input: Piano"
    plug(studio, qtbot)
    assert light.toolTip() == "No MIDI input"


def test_a_note_lights_it_for_a_moment(light: MidiLight, studio: Studio, qtbot: QtBot) -> None:
    plug(studio, qtbot, PortState("Piano"))
    dark = colour(light)
    with qtbot.waitSignal(studio.midi.played):
        studio.midi._hear(Strike(0.0, Source("Piano"), 60, 90))
    assert colour(light) == studio.look.colour("good")
    assert "Played last: Piano" in light.toolTip()
    qtbot.waitUntil(lambda: not light.is_lit)
    assert colour(light) == dark
