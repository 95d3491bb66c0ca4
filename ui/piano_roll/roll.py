"""What the parts of the piano roll share: the clip, the scales, the tool, the drag that lasts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, Literal, TypeAlias

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop.document.query import find_clip, track_with_clip
from desktop.document.song import Clip, Song, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ
from desktop.session.selection import Selection
from desktop.session.session import Edit
from ui.piano_roll.columns import EMPTY, Columns, Ints, Mask, columns
from ui.piano_roll.drum_names import drum_name
from ui.piano_roll.gestures import Preview, Surroundings
from ui.piano_roll.ghosts import Ghosts
from ui.piano_roll.pitch_scale import PitchScale
from ui.shared.pitch_names import pitch_name
from ui.shared.scale import TimeScale
from ui.shared.snap import Division
from ui.shared.studio import Studio

Tool = Literal["select", "draw", "erase", "slice"]
Chord: TypeAlias = Callable[[int], tuple[int, ...]]
ALL_TONES: Final[Ints] = np.arange(128)


class Roll(QObject):
    """The clip on show and how it is edited. `changed`: all is drawn anew; `dragged`: the drag."""

    changed = Signal()
    dragged = Signal()
    clip_changed = Signal()  # another clip is on show
    unsettled = Signal()  # the clip on show is not what a drag began with: it cannot go on
    tool_changed = Signal()

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self.scale = TimeScale(0.08, self)
        self.pitches = PitchScale(parent=self)
        self.tool: Tool = "select"
        self.tones: Ints | None = None  # for each pitch the one of the scale; None: no scale
        self.in_scale: Mask | None = None  # which pitches are highlighted
        self.root: int | None = None  # 0..11, of the scale
        self.keeps_to_scale = False
        self.chord: Chord = lambda _pitch: (0,)  # offsets of the notes drawn at a pitch
        self.auditions = True
        self.shows_ghosts = True
        self.length = 0  # of the next note that is drawn: that of the last one
        self.velocity = 100
        self.step_tick: int | None = None  # where step input writes next; None: it is off
        self.preview: Preview | None = None
        self._found: tuple[Song | None, int | None, Track | None, Clip | None] = (None,) * 4
        self._columns: tuple[Clip | None, Columns] = (None, EMPTY)
        self._chosen: tuple[Columns | None, frozenset[int], Mask] = (
            None,
            frozenset(),
            EMPTY.of(()),
        )
        self._ghosts = Ghosts()
        studio.session.song_changed.connect(self._song_changed)
        studio.session.selection_changed.connect(self._selection_changed)
        studio.look.changed.connect(self.changed)
        studio.snap.changed.connect(self._snap_changed)
        self.scale.changed.connect(self.changed)
        self.pitches.changed.connect(self.changed)
        self._shown_id: int | None = studio.session.selection.clip_id
        self._settled = self.clip
        self._snap_changed()

    @property
    def song(self) -> Song:
        """Return the song."""
        return self.studio.session.song

    @property
    def tempo_map(self) -> TempoMap:
        """Return the song's tempo map."""
        return self.song.tempo_map

    @property
    def clip_id(self) -> int | None:
        """Return the id of the clip on show."""
        return self.studio.session.selection.clip_id

    @property
    def clip(self) -> Clip | None:
        """Return the clip on show."""
        return self._looked_up()[1]

    @property
    def track(self) -> Track | None:
        """Return the track of the clip on show."""
        return self._looked_up()[0]

    @property
    def is_drums(self) -> bool:
        """Return whether the pitches are drums."""
        return self.track is not None and self.track.role == "drums"

    def pitch_name(self, pitch: int) -> str:
        """Return what a pitch is called on the track: a note, or the drum that it plays."""
        return (self.is_drums and drum_name(pitch)) or pitch_name(pitch)

    @property
    def drawn_length(self) -> int:
        """Return how long a note begins to be drawn: as the last one; a drum, a step."""
        return self.step_length if self.is_drums else self.length

    @property
    def notes(self) -> Columns:
        """Return the notes of the clip on show."""
        clip = self.clip
        if self._columns[0] is not clip:
            self._columns = (clip, EMPTY if clip is None else columns(clip))
        return self._columns[1]

    @property
    def chosen(self) -> Mask:
        """Return which of the notes are selected."""
        notes, ids = self.notes, self.studio.session.selection.notes
        if self._chosen[0] is not notes or self._chosen[1] is not ids:
            self._chosen = (notes, ids, notes.of(ids))
        return self._chosen[2]

    def ghosts(self) -> list[tuple[str, Columns]]:
        """Return what is shown behind the notes, by its colour."""
        return self._ghosts.of(self.song, self.track) if self.shows_ghosts else []

    @property
    def division(self) -> Division:
        """Return the division of the grid in use."""
        return self.studio.snap.division

    @property
    def step_length(self) -> int:
        """Return how long a step is: a division of the grid, a sixteenth where there is none."""
        at = 0 if self.clip is None else self.clip.start
        return self.division.line_ticks(self.tempo_map, at) or PPQ // 4

    def surroundings(self, chosen: Mask | None = None) -> Surroundings:
        """Return what a gesture needs that begins now; `chosen` is by default the selection."""
        clip = self.clip
        return Surroundings(
            self.notes,
            self.chosen if chosen is None else chosen,
            0 if clip is None else clip.start,
            partial(self.division.nearest, self.tempo_map),
            self.tones if self.keeps_to_scale and self.tones is not None else ALL_TONES,
        )

    def kept_pitch(self, pitch: int) -> int:
        """Return the pitch that is written for `pitch`: one of the scale, where it is kept to."""
        if self.keeps_to_scale and self.tones is not None:
            return int(self.tones[pitch])
        return pitch

    def choose(self, note_ids: frozenset[int]) -> None:
        """Select notes of the clip on show."""
        session = self.studio.session
        session.select(replace(session.selection, notes=note_ids))

    def show_preview(self, preview: Preview | None) -> None:
        """Show what a drag would do; None: nothing is dragged."""
        before, self.preview = self.preview, preview
        hidden = (None if p is None else p.hidden for p in (before, preview))
        if len({id(mask) for mask in hidden}) > 1:
            self.changed.emit()
        self.dragged.emit()

    def commit(self, name: str, preview: Preview, *, choose: bool = True) -> None:
        """Make what `preview` shows a step, and select its notes."""
        self.show_preview(None)
        clip_id = self.clip_id
        if clip_id is None or not preview.changes(self.notes):
            return
        done = self.edit(name, lambda song: preview.of(song, clip_id))
        if done and choose:
            self.choose(frozenset(preview.shown.ids.tolist()))

    def remember(self, written: Columns) -> None:
        """Let the next note that is drawn be as long and as loud as the last of `written`."""
        self.length = int(written.ends[-1] - written.starts[-1])
        self.velocity = int(written.velocities[-1])

    def edit(self, name: str, change: Edit) -> bool:
        """Do `change` as a step called `name`."""
        return self.studio.session.edit(name, change)

    def audition(self, pitch: int, velocity: int) -> None:
        """Let a note be heard on the clip's track, where that is wanted."""
        if self.auditions and self.track is not None and not self.studio.transport.is_playing:
            self.studio.transport.audition(self.track.id, pitch, velocity)

    def use_tool(self, tool: Tool) -> None:
        """Let the left button do what `tool` says."""
        self.tool = tool
        self.tool_changed.emit()

    def step_to(self, tick: int | None) -> None:
        """Let step input write at `tick` next; None turns it off."""
        self.step_tick = tick
        self.dragged.emit()

    def _looked_up(self) -> tuple[Track | None, Clip | None]:
        song, clip_id = self.song, self.clip_id
        if self._found[0] is not song or self._found[1] != clip_id:
            track = None if clip_id is None else track_with_clip(song, clip_id)
            clip = None if clip_id is None else find_clip(song, clip_id)
            self._found = (song, clip_id, track, clip)
        return self._found[2:]

    def _snap_changed(self) -> None:
        self.length = self.step_length
        self.changed.emit()

    def _settle(self) -> None:
        before, self._settled = self._settled, self.clip
        if self._settled is not before:
            self.preview = None
            self.unsettled.emit()

    def _song_changed(self, before: Song, after: Song) -> None:
        self._settle()
        if before.tracks is not after.tracks or before.tempo_map is not after.tempo_map:
            self.changed.emit()
        if before.settings is not after.settings:
            self.changed.emit()

    def _selection_changed(self, selection: Selection) -> None:
        self._settle()
        if selection.clip_id != self._shown_id:
            self._shown_id = selection.clip_id
            self.clip_changed.emit()
        self.changed.emit()
