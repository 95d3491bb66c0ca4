"""What the actions do to the selected notes, each as one step."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Qt

from desktop.document.edits import move_notes, remove_notes, resize_notes, transpose
from desktop.document.song import Song
from ui.piano_roll.columns import EMPTY, Columns
from ui.piano_roll.gestures import Preview
from ui.piano_roll.phrases import backwards, humanised, legato, quantised, swung
from ui.piano_roll.quantise_dialog import USUAL_GRID, QuantiseDialog, Quantising
from ui.piano_roll.roll import Roll
from ui.piano_roll.view import NoteView


class Changing(QObject):
    """Changes the selected notes; what shapes a phrase takes all of them when none is selected."""

    def __init__(self, roll: Roll, view: NoteView) -> None:
        super().__init__(view)
        self._roll, self._view = roll, view
        self._copied = EMPTY
        self._asked = Quantising(USUAL_GRID)

    @property
    def _ids(self) -> frozenset[int]:
        return self._roll.studio.session.selection.notes

    @property
    def _moving(self) -> Columns:
        return self._roll.notes.where(self._roll.chosen)

    def select_all(self) -> None:
        """Select every note of the clip."""
        self._roll.choose(frozenset(self._roll.notes.ids.tolist()))

    def delete(self) -> None:
        """Take the selected notes away."""
        self._edit(self.tr("Erase notes"), remove_notes)

    def duplicate(self) -> None:
        """Repeat the selected notes behind themselves, at the next line of the grid."""
        moving = self._moving
        if not len(moving):
            return
        start, end = int(moving.starts.min()), int(moving.ends.max())
        step = self._roll.step_length
        by = max(step, -(-(end - start) // step) * step)
        later = replace(moving, starts=moving.starts + by, ends=moving.ends + by)
        copies = later.numbered_anew(self._roll.notes)
        nothing = np.zeros(len(self._roll.notes), bool)
        self._roll.commit(self.tr("Duplicate notes"), Preview(nothing, copies, grows=True))

    def transpose(self, semitones: int) -> None:
        """Move the selected notes in pitch, all by as much, and let them be heard."""
        moving = self._moving
        if not len(moving):
            return
        if not 0 <= moving.pitches.min() + semitones <= moving.pitches.max() + semitones <= 127:
            return
        self._edit(self.tr("Transpose notes"), transpose, semitones)
        for pitch in moving.pitches[:6].tolist():
            self._roll.audition(pitch + semitones, self._roll.velocity)

    def move(self, steps: int) -> None:
        """Move the selected notes in time by steps of the grid."""
        moving, clip = self._moving, self._roll.clip
        if len(moving) and clip is not None:
            ticks = max(steps * self._roll.step_length, clip.start - int(moving.starts.min()))
            if ticks:
                self._edit(self.tr("Move notes"), move_notes, ticks)

    def lengthen(self, steps: int) -> None:
        """Make the selected notes longer by steps of the grid; none gets shorter than one."""
        step, moving = self._roll.step_length, self._moving
        if steps > 0 or (len(moving) and (moving.ends - moving.starts).min() > step):
            self._edit(self.tr("Change length of notes"), resize_notes, steps * step)

    def quantise(self) -> None:
        """Move notes to the grid, as strongly and swinging as was last asked for."""
        division = self._roll.division
        usual = self._asked.division if division.ticks is None else division
        self._quantise(replace(self._asked, division=usual))

    def ask_quantise(self) -> None:
        """Ask for grid, strength and swing beside the window, and quantise so."""
        dialog = QuantiseDialog(self._asked, self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._quantise_as(dialog.chosen))
        dialog.show()

    def _quantise_as(self, asked: Quantising) -> None:
        self._asked = asked
        self._quantise(asked)

    def _quantise(self, how: Quantising) -> None:
        first = 0 if self._roll.clip is None else self._roll.clip.start
        line = swung(how.division, self._roll.tempo_map, how.swing, first)
        self._shape(self.tr("Quantise"), lambda notes: quantised(notes, line, how.strength))

    def legato(self) -> None:
        """Let each note last until the next begins."""
        self._shape(self.tr("Legato"), legato)

    def reverse(self) -> None:
        """Play the notes from the last to the first."""
        self._shape(self.tr("Reverse"), backwards)

    def humanise(self) -> None:
        """Vary times and velocities a little, each time otherwise."""
        first = 0 if self._roll.clip is None else self._roll.clip.start
        random = np.random.default_rng()
        self._shape(self.tr("Humanise"), lambda notes: humanised(notes, first, random))

    def to_scale(self) -> None:
        """Move notes to the nearest tones of the scale."""
        tones = self._roll.tones
        if tones is None:
            self._roll.studio.session.said.emit(self.tr("Choose a scale first"))
        else:
            name = self.tr("Fit to scale")
            self._shape(name, lambda notes: replace(notes, pitches=tones[notes.pitches]))

    def copy(self) -> None:
        """Keep the selected notes for pasting."""
        if self._roll.chosen.any():
            self._copied = self._moving

    def cut(self) -> None:
        """Keep the selected notes for pasting, and take them away."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Put what was copied at the playhead, or at the clip's start where that is elsewhere."""
        clip, copied = self._roll.clip, self._copied
        if clip is None or not len(copied):
            return
        at = round(self._roll.studio.transport.tick)
        at = at if clip.start <= at < clip.end else clip.start
        by = at - int(copied.starts.min())
        pasted = replace(copied, starts=copied.starts + by, ends=copied.ends + by)
        pasted = pasted.numbered_anew(self._roll.notes)
        nothing = np.zeros(len(self._roll.notes), bool)
        self._roll.commit(self.tr("Paste notes"), Preview(nothing, pasted, grows=True))

    def _shape(self, name: str, change: Callable[[Columns], Columns]) -> None:
        notes, chosen = self._roll.notes, self._roll.chosen
        chosen = chosen if chosen.any() else np.ones(len(notes), bool)
        if chosen.any():
            preview = Preview(chosen, change(notes.where(chosen)))
            self._roll.commit(name, preview, choose=False)

    def _edit(self, name: str, change: Callable[..., Song], *parts: object) -> None:
        clip_id, ids = self._roll.clip_id, self._ids
        if clip_id is not None and ids:
            self._roll.edit(name, lambda song: change(song, clip_id, ids, *parts))
