"""Choosing root, scale and chord."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from ui.piano_roll.harmony import NO_CHORD, NO_SCALE, SONG_KEY, TRIAD, Harmony
from ui.piano_roll.tones import CHORDS, SCALES
from ui.shared.pitch_names import NAMES

_SHARPS: Final = str.maketrans({"#": "♯"})


class KeyField(QComboBox):
    """The root of the scale."""

    def __init__(self, harmony: Harmony, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._harmony = harmony
        self.setAccessibleName(self.tr("Root of the scale"))
        self.setToolTip(self.tr("Root of the scale that is highlighted"))
        self.addItems([name.translate(_SHARPS) for name in NAMES])
        self.activated.connect(harmony.use_root)
        harmony.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self._harmony.root)


class ScaleField(QComboBox):
    """The scale that is highlighted."""

    def __init__(self, harmony: Harmony, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._harmony = harmony
        self.setAccessibleName(self.tr("Scale"))
        self.setToolTip(self.tr("Scale whose rows are highlighted"))
        for scale in (NO_SCALE, SONG_KEY, *SCALES):
            self.addItem(scale_text(scale), scale)
        self.activated.connect(lambda row: harmony.use_scale(self.itemData(row)))
        harmony.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(self._harmony.scale))


class ChordField(QComboBox):
    """The chord that one stroke draws."""

    def __init__(self, harmony: Harmony, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Chord"))
        self.setToolTip(self.tr("Chord that one stroke draws"))
        for chord in (NO_CHORD, TRIAD, *CHORDS):
            self.addItem(chord_text(chord), chord)
        self.activated.connect(lambda row: harmony.use_chord(self.itemData(row)))


def scale_text(scale: str) -> str:
    """Return a scale's name in the user's language."""
    translate = QCoreApplication.translate
    return {
        NO_SCALE: translate("Scales", "No scale"),
        SONG_KEY: translate("Scales", "Song's key"),
        "major": translate("Scales", "Major"),
        "minor": translate("Scales", "Minor"),
        "harmonic minor": translate("Scales", "Harmonic minor"),
        "melodic minor": translate("Scales", "Melodic minor"),
        "dorian": translate("Scales", "Dorian"),
        "phrygian": translate("Scales", "Phrygian"),
        "lydian": translate("Scales", "Lydian"),
        "mixolydian": translate("Scales", "Mixolydian"),
        "locrian": translate("Scales", "Locrian"),
        "major pentatonic": translate("Scales", "Major pentatonic"),
        "minor pentatonic": translate("Scales", "Minor pentatonic"),
        "blues": translate("Scales", "Blues"),
        "whole tone": translate("Scales", "Whole tone"),
    }[scale]


def chord_text(chord: str) -> str:
    """Return a chord's name in the user's language; symbols as 7 and m7 are their own."""
    translate = QCoreApplication.translate
    return {
        NO_CHORD: translate("Chords", "Single notes"),
        TRIAD: translate("Chords", "Triad in scale"),
        "major": translate("Chords", "Major"),
        "minor": translate("Chords", "Minor"),
        "diminished": translate("Chords", "Diminished"),
        "augmented": translate("Chords", "Augmented"),
        "octave": translate("Chords", "Octave"),
        "fifth": translate("Chords", "Fifth"),
    }.get(chord, chord)
