"""The scale that is highlighted, whether notes keep to it, and the chord that is stamped."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.song import Song
from ui.piano_roll.roll import Roll
from ui.piano_roll.tones import CHORDS, in_scale, key_tones, nearest_tones, triad

NO_SCALE: Final = "off"
SONG_KEY: Final = "song"
NO_CHORD: Final = "off"
TRIAD: Final = "triad"


class Harmony(QObject):
    """Chooses root, scale and chord for the roll; `changed` when one of them did."""

    changed = Signal()

    def __init__(self, roll: Roll) -> None:
        super().__init__(roll)
        self._roll = roll
        self._root = 0
        self.scale = SONG_KEY
        self.chord = NO_CHORD
        roll.studio.session.song_changed.connect(self._song_changed)
        self._apply()

    @property
    def tones(self) -> tuple[int, str] | None:
        """Return root and scale; None where none is chosen, or the song's key is not known."""
        if self.scale == NO_SCALE:
            return None
        if self.scale == SONG_KEY:
            key = self._roll.song.settings.key
            return None if key is None else key_tones(key)
        return self._root, self.scale

    @property
    def root(self) -> int:
        """Return the root in use, 0..11."""
        return self._root if (tones := self.tones) is None else tones[0]

    def use_scale(self, scale: str) -> None:
        """Highlight a scale of SCALES, NO_SCALE, or that of the song's key."""
        self._root, self.scale = self.root, scale
        self._apply()

    def use_root(self, root: int) -> None:
        """Let the scale begin at another root; the song's key becomes a scale of its own."""
        tones = self.tones
        self._root = root
        if self.scale == SONG_KEY and tones is not None:
            self.scale = tones[1]
        elif self.scale in (SONG_KEY, NO_SCALE):
            self.scale = "major"
        self._apply()

    def use_chord(self, chord: str) -> None:
        """Let one stroke draw a chord of CHORDS, a TRIAD of the scale, or a single note."""
        self.chord = chord
        self._apply()

    def keep_to_scale(self, keeps: bool) -> None:
        """Let drawn and moved notes go to the nearest tone of the scale."""
        self._roll.keeps_to_scale = keeps

    def _apply(self) -> None:
        tones = self.tones
        self._roll.root = None if tones is None else tones[0]
        self._roll.in_scale = None if tones is None else in_scale(*tones)
        self._roll.tones = None if tones is None else nearest_tones(*tones)
        self._roll.chord = self._offsets(tones)
        self._roll.changed.emit()
        self.changed.emit()

    def _offsets(self, tones: tuple[int, str] | None) -> Callable[[int], tuple[int, ...]]:
        if self.chord == TRIAD:
            root, scale = tones or (self._root, "major")
            return lambda pitch: triad(pitch, root, scale)
        offsets = CHORDS.get(self.chord, (0,))
        return lambda _pitch: offsets

    def _song_changed(self, before: Song, after: Song) -> None:
        if before.settings is not after.settings:
            self._apply()
