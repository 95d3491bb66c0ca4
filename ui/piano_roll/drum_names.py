"""What the keys of a track of drums play: the percussion of General MIDI."""

from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

LOWEST: Final = 35
translate = QCoreApplication.translate


def drum_name(pitch: int) -> str:
    """Return what a pitch plays, or nothing where General MIDI knows no drum."""
    names = _names()
    return names[pitch - LOWEST] if LOWEST <= pitch < LOWEST + len(names) else ""


@cache
def _names() -> tuple[str, ...]:
    """Return the drums from the lowest key on; the language lasts as long as the program."""
    return (
        translate("Drums", "Kick 2"),
        translate("Drums", "Kick"),
        translate("Drums", "Side stick"),
        translate("Drums", "Snare"),
        translate("Drums", "Clap"),
        translate("Drums", "Snare 2"),
        translate("Drums", "Low floor"),
        translate("Drums", "Closed hat"),
        translate("Drums", "High floor"),
        translate("Drums", "Pedal hat"),
        translate("Drums", "Low tom"),
        translate("Drums", "Open hat"),
        translate("Drums", "Mid tom 2"),
        translate("Drums", "Mid tom"),
        translate("Drums", "Crash"),
        translate("Drums", "High tom"),
        translate("Drums", "Ride"),
        translate("Drums", "China"),
        translate("Drums", "Ride bell"),
        translate("Drums", "Tambourine"),
        translate("Drums", "Splash"),
        translate("Drums", "Cowbell"),
        translate("Drums", "Crash 2"),
        translate("Drums", "Vibraslap"),
        translate("Drums", "Ride 2"),
        *_hand_percussion(),
    )


def _hand_percussion() -> tuple[str, ...]:
    return (
        translate("Drums", "High bongo"),
        translate("Drums", "Low bongo"),
        translate("Drums", "Mute conga"),
        translate("Drums", "High conga"),
        translate("Drums", "Low conga"),
        translate("Drums", "Hi timbale"),
        translate("Drums", "Lo timbale"),
        translate("Drums", "High agogo"),
        translate("Drums", "Low agogo"),
        translate("Drums", "Cabasa"),
        translate("Drums", "Maracas"),
        translate("Drums", "Whistle"),
        translate("Drums", "Whistle 2"),
        translate("Drums", "Guiro"),
        translate("Drums", "Guiro 2"),
        translate("Drums", "Claves"),
        translate("Drums", "High block"),
        translate("Drums", "Low block"),
        translate("Drums", "Mute cuica"),
        translate("Drums", "Open cuica"),
        translate("Drums", "Triangle 2"),
        translate("Drums", "Triangle"),
    )
