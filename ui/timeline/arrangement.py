"""What the parts of the timeline share: rows, scale, tool, selection."""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Signal

from desktop.document.query import track_with_region
from desktop.document.song import Song, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from desktop.session.selection import Selection
from desktop.storage.view import View
from ui.shared.peak_store import PeakStore
from ui.shared.studio import Studio
from ui.timeline.gestures import Grid
from ui.timeline.ghosts import GhostCache
from ui.timeline.note_columns import NoteCache
from ui.timeline.out_of_date import Freshness
from ui.timeline.part_edits import Part, Placed, parts_on
from ui.timeline.rows import HIGH_PX, LOW_PX, USUAL_PX, Rows, rows_of
from ui.timeline.sheet import Scaled, Sheet, clip_sheet, ghost_sheet, note_sheet, region_sheet
from ui.timeline.sound_bars import BarCache
from ui.timeline.unfolding import CurrentLane, Unfolding

Tool = Literal["select", "draw"]


class Arrangement(QObject):
    """The song as the timeline shows it. `changed`: lanes and rulers are drawn anew."""

    changed = Signal()
    rows_changed = Signal()  # heights, order, or how far down the view is
    tool_changed = Signal()
    clip_opened = Signal(int)

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.studio, self.session = studio, studio.session
        self.scale, self.transport = studio.scale, studio.transport
        self.tool: Tool = "select"
        self.top_px = 0
        self.view_px = (800, 400)  # width and height of the lanes
        self.heights: dict[int, int] = {}
        self.copied: tuple[Placed, ...] = ()
        self.progress: dict[int, float] = {}  # region id: 0..1 of what is being rendered
        self.notes, self.freshness, self.unfolding = NoteCache(), Freshness(), Unfolding()
        self.bars, self.ghosts = BarCache(), GhostCache()
        self.peaks = PeakStore(self.session.takes, self)
        self.peaks.arrived.connect(self.changed)
        self._rows: tuple[Song | None, Rows] = (None, Rows())
        self._sheets: tuple[Rows, Sheet, Sheet, Sheet, Sheet] | None = None
        self.session.song_changed.connect(self._song_changed)
        self.session.selection_changed.connect(self.changed)
        self.transport.loop_changed.connect(self.changed)
        for source in (self.scale, studio.snap, studio.look):
            source.changed.connect(self.changed)

    @property
    def song(self) -> Song:
        """Return the song."""
        return self.session.song

    @property
    def tempo_map(self) -> TempoMap:
        """Return the song's tempo map."""
        return self.song.tempo_map

    @property
    def selection(self) -> Selection:
        """Return what is selected."""
        return self.session.selection

    @property
    def rows(self) -> Rows:
        """Return the rows of the tracks."""
        if self._rows[0] is not self.song:
            lanes = self.unfolding.lanes(self.song)
            self._rows = self.song, rows_of(self.song.tracks, self.heights, lanes)
        return self._rows[1]

    @property
    def lane(self) -> CurrentLane | None:
        """Return the lane that the keys are about."""
        return self.unfolding.current(self.song, self.selection.parts)

    @property
    def clip_sheet(self) -> Sheet:
        """Return the clips of all rows."""
        return self._made_sheets()[0]

    @property
    def note_sheet(self) -> Sheet:
        """Return the notes of all rows."""
        return self._made_sheets()[1]

    @property
    def region_sheet(self) -> Sheet:
        """Return the regions of all rows."""
        return self._made_sheets()[2]

    @property
    def ghost_sheet(self) -> Sheet:
        """Return the notes of all rows that were improvised and could be drawn."""
        return self._made_sheets()[3]

    @property
    def grid(self) -> Grid:
        """Return how places keep to the grid from now on."""
        return Grid(self.song, self.studio.snap.division)

    def view(self, left_px: float, right_px: float) -> Scaled:
        """Return the scale between two pixels of the lanes."""
        start, end = self.scale.tick(left_px), self.scale.tick(right_px)
        return Scaled(self.scale.left_tick, self.scale.pixels_per_tick, start, end)

    def track_in(self, row: int | None) -> Track | None:
        """Return the track in a row."""
        tracks = self.song.tracks
        return tracks[row] if row is not None and 0 <= row < len(tracks) else None

    def choose(self, parts: frozenset[int], track_id: int | None = None) -> None:
        """Select parts; the only clip among them is the one that the piano roll shows."""
        clips = [c.id for track in self.song.tracks for c in track.clips if c.id in parts]
        clip_id = clips[0] if len(clips) == 1 else self.selection.clip_id
        kept = self.selection.notes if clip_id == self.selection.clip_id else frozenset[int]()
        shown = self.selection.track_id if track_id is None else track_id
        self.session.select(Selection(track_id=shown, parts=parts, clip_id=clip_id, notes=kept))

    def choose_track(self, track_id: int) -> None:
        """Select a track."""
        self.session.select(replace(self.selection, track_id=track_id))

    def open_clip(self, clip_id: int) -> None:
        """Select a clip and ask for its notes to be shown."""
        track = next(t for t in self.song.tracks if any(c.id == clip_id for c in t.clips))
        self.choose(frozenset({clip_id}), track.id)
        self.clip_opened.emit(clip_id)

    def use_tool(self, tool: Tool) -> None:
        """Let the left button do what `tool` says."""
        self.tool = tool
        self.tool_changed.emit()

    def scroll_rows(self, top_px: float) -> None:
        """Let pixel `top_px` of the rows be the topmost in view."""
        top = self._within(top_px)
        if top != self.top_px:
            self.top_px = top
            self.rows_changed.emit()
            self.changed.emit()

    def set_height(self, track_ids: frozenset[int], height_px: int) -> None:
        """Make the rows of tracks so high."""
        height_px = max(LOW_PX, min(HIGH_PX, height_px))
        self.heights.update(dict.fromkeys(track_ids, height_px))
        self._lay_rows_anew()

    def unfold(self, track_id: int, on: bool) -> None:
        """Show the lanes of a track's takes, or hide them."""
        (self.unfolding.tracks.add if on else self.unfolding.tracks.discard)(track_id)
        self._lay_rows_anew()

    def look(self, view: View) -> None:
        """Show what `view` did, as far as the song has it."""
        ids = {track.id for track in self.song.tracks}
        heights = {n: px for n, px in view.heights.items() if n in ids}
        self.heights = {n: max(LOW_PX, min(HIGH_PX, px)) for n, px in heights.items()}
        self.unfolding.tracks = ids & view.unfolded
        self.scale.look(view.left_tick, view.pixels_per_tick)
        self._lay_rows_anew()
        self.scroll_rows(view.top_px)

    def choose_lane(self, region_id: int, take_id: str) -> None:
        """Select a region and make the lane of one of its takes the current one."""
        track = track_with_region(self.song, region_id)
        self.unfolding.choose(region_id, take_id)
        self.choose(frozenset({region_id}), track.id)
        self.changed.emit()

    def leave_lanes(self) -> None:
        """Let the keys be about the region again."""
        self.unfolding.choose(None)
        self.changed.emit()

    def show_row(self, row: int) -> None:
        """Scroll until a row, its lanes left aside, can be seen."""
        found = self.rows.rows[row]
        self.show_height(found.top, found.lanes_top)

    def show_height(self, top_px: int, bottom_px: int) -> None:
        """Scroll until pixels of the rows can be seen."""
        top = min(self.top_px, top_px)
        self.scroll_rows(max(top, bottom_px - self.view_px[1]))

    def show_tick(self, tick: Tick | float) -> None:
        """Scroll until `tick` can be seen."""
        width = self.view_px[0]
        if not 0 <= self.scale.x(tick) < width:
            self.scale.scroll_to(tick - width * 0.1 / self.scale.pixels_per_tick)

    def part(self, part_id: int) -> Part | None:
        """Return a clip or region."""
        parts = (part for track in self.song.tracks for part in parts_on(track))
        return next((part for part in parts if part.id == part_id), None)

    def _made_sheets(self) -> tuple[Sheet, Sheet, Sheet, Sheet]:
        rows, tracks = self.rows, self.song.tracks
        if self._sheets is None or self._sheets[0] is not rows:
            notes = note_sheet(rows.rows, tracks, self.notes)
            clips, regions = clip_sheet(rows.rows, tracks), region_sheet(rows.rows, tracks)
            ghosts = ghost_sheet(rows.rows, tracks, self.ghosts, self.tempo_map)
            self._sheets = rows, clips, notes, regions, ghosts
        return self._sheets[1:]

    def _lay_rows_anew(self) -> None:
        self._rows = (None, Rows())
        self.scroll_rows(self.top_px)
        self.rows_changed.emit()
        self.changed.emit()

    def _stay(self, before: Rows) -> None:
        """Keep in view what was, though lanes above it came or went."""
        number, rows = before.at(self.top_px), self.rows.rows
        same = [row.track_id for row in before.rows] == [row.track_id for row in rows]
        if number is not None and same:
            moved = rows[number].top - before.rows[number].top
            self.top_px = self._within(self.top_px + moved)

    def _within(self, top_px: float) -> int:
        most = max(0, self.rows.height + USUAL_PX // 2 - self.view_px[1])
        return max(0, min(round(top_px), most))

    def _song_changed(self, before: Song, after: Song) -> None:
        if before.tracks is not after.tracks:
            if self.unfolding.tracks:
                self.unfolding.keep_only(after)
                self._stay(self._rows[1])
            ids = {track.id for track in after.tracks}
            self.notes.keep_only(ids, {c.id for t in after.tracks for c in t.clips})
            self.ghosts.keep_only(ids, {r.id for t in after.tracks for r in t.regions})
            for track_id in (self.transport.armed | self.transport.monitored) - ids:
                self.transport.arm(track_id, False)
            self.rows_changed.emit()
        self.changed.emit()
