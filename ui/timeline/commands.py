"""The actions of the timeline: in the menus, under keys, in the palette."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.document.edits import add_clip, add_marker, add_region
from desktop.document.song import Clip
from desktop.document.time import Tick
from ui.timeline.arrangement import Arrangement
from ui.timeline.changing import Changing
from ui.timeline.gestures import Place
from ui.timeline.stepping import Stepping
from ui.timeline.track_commands import TrackCommands

ZOOM: Final = 1.25


class Commands(QObject):
    """Registers the actions; those of clips and regions hold while the timeline has the focus."""

    def __init__(self, arrangement: Arrangement, panel: QWidget) -> None:
        super().__init__(panel)
        self._arrangement, self._panel = arrangement, panel
        self.of_lanes: list[QAction] = []  # elsewhere their keys move in a field or press a button
        self.tracks = TrackCommands(arrangement, panel)
        self.changing = Changing(arrangement)
        self.stepping = Stepping(arrangement, self.tracks.lanes)
        self._add_editing()
        self._add_making()
        self._add_stepping()
        self._add_lanes()
        self._add_view()
        arrangement.tool_changed.connect(self._show_tool)

    def __getitem__(self, name: str) -> QAction:
        return self._arrangement.studio.actions[f"timeline.{name}"]

    def add_at(self, at: Place, *, region: bool) -> None:
        """Add a clip or a region of a bar around a place."""
        arrangement, track = self._arrangement, self._arrangement.track_in(at.row)
        if track is None:
            return
        bar = arrangement.tempo_map.bar_at(at.tick)
        start, end = bar.start, Tick(bar.start + bar.length)
        made = arrangement.session.next_id
        if region:
            edit = partial(add_region, track_id=track.id, start=start, end=end)
            done = arrangement.session.edit(self.tr("Add region"), edit)
        else:
            fill = partial(add_clip, track_id=track.id, start=start, length=Tick(bar.length))
            done = arrangement.session.edit(self.tr("Add clip"), fill)
        if done and not region:
            arrangement.open_clip(made)
        elif done:
            arrangement.choose(frozenset({made}), track.id)

    def _add(
        self,
        name: str,
        place: str,
        text: str,
        run: Callable[[], object],
        *keys: str,
        tip: str = "",
        only_lanes: bool = False,
    ) -> QAction:
        action = self._arrangement.studio.actions.add(
            f"timeline.{name}", place, text, run, *keys, tip=tip
        )
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setShortcutVisibleInContextMenu(True)
        if only_lanes:
            self.of_lanes.append(action)
        else:
            self._panel.addAction(action)
        return action

    def _add_editing(self) -> None:
        tr, change = self.tr, self.changing
        self._add("cut", "edit", tr("Cut"), change.cut, "Ctrl+X")
        self._add("copy", "edit", tr("Copy"), change.copy, "Ctrl+C")
        self._add("paste", "edit", tr("Paste at the playhead"), change.paste, "Ctrl+V")
        self._add("duplicate", "edit", tr("Duplicate"), change.duplicate, "Ctrl+D")
        self._add("delete", "edit", tr("Delete"), change.delete, "Del", "Backspace")
        self._add("select_all", "edit", tr("Select all"), change.select_all, "Ctrl+A")
        self._add("split", "edit", tr("Split at the playhead"), change.split, "Ctrl+E")
        self._add("join", "edit", tr("Join"), change.join, "Ctrl+J")

    def _add_making(self) -> None:
        tr = self.tr
        draw = self._add("draw", "edit", tr("Draw clips"), self._toggle_tool, "B")
        draw.setCheckable(True)
        tip = tr("A clip of a bar on the selected track, where the playhead stands")
        add = partial(self._add_here, region=False)
        self._add("add_clip", "edit", tr("Add a clip"), add, "Ctrl+Shift+N", tip=tip)
        tip = tr("A region over what is selected, or over a bar at the playhead")
        add = partial(self._add_here, region=True)
        self._add("add_region", "region", tr("Add a region"), add, "Ctrl+R", tip=tip)
        actions = self._arrangement.studio.actions
        marker = actions.add("timeline.marker", "edit", tr("Add a marker"), self._mark, "M")
        marker.setShortcutVisibleInContextMenu(True)
        self._panel.addAction(marker)

    def _add_stepping(self) -> None:
        tr, step = self.tr, self.stepping
        add = partial(self._add, only_lanes=True)
        add("earlier", "edit", tr("Earlier by the grid"), partial(step.nudge, -1), "Left")
        add("later", "edit", tr("Later by the grid"), partial(step.nudge, 1), "Right")
        add("up", "edit", tr("To the track above"), partial(step.change_row, -1), "Up")
        add("down", "edit", tr("To the track below"), partial(step.change_row, 1), "Down")
        text = tr("Select the part before")
        add("previous", "edit", text, partial(step.choose_next, -1), "Alt+Left")
        text = tr("Select the next part")
        add("next", "edit", text, partial(step.choose_next, 1), "Alt+Right")
        text = tr("Select the track above")
        add("track_above", "track", text, partial(step.choose_track, -1), "Alt+Up")
        text = tr("Select the track below")
        add("track_below", "track", text, partial(step.choose_track, 1), "Alt+Down")
        tip = tr("Show the notes of the clip, or play the take of the lane")
        add("open", "edit", tr("Show the notes"), self._open, "Return", "Enter", tip=tip)

    def _add_lanes(self) -> None:
        tr, lanes, add = self.tr, self.tracks.lanes, partial(self._add, only_lanes=True)
        text = tr("To the lane above")
        add("lane_above", "region", text, partial(lanes.step, -1), "Shift+Up")
        text = tr("To the lane below, of the takes of the region")
        add("lane_below", "region", text, partial(lanes.step, 1), "Shift+Down")
        add("lane_play", "region", tr("Play the take of the lane"), lanes.play)
        text = tr("Star the take of the lane or region")
        add("lane_star", "region", text, lanes.star, "*")
        text = tr("Play the take of the lane within the loop")
        add("lane_loop", "region", text, lanes.comp_loop, "Ctrl+Alt+T")

    def _add_view(self) -> None:
        tr, zoom = self.tr, self._zoom
        self._add("zoom_in", "view", tr("Zoom in on the timeline"), partial(zoom, ZOOM), "=", "+")
        self._add("zoom_out", "view", tr("Zoom out of the timeline"), partial(zoom, 1 / ZOOM), "-")
        self._add("zoom_selection", "view", tr("Zoom to the selection"), self._zoom_in_on, "Z")
        self._add("zoom_all", "view", tr("Zoom to the song"), self._zoom_all, "Shift+Z")

    def _toggle_tool(self) -> None:
        self._arrangement.use_tool("select" if self._arrangement.tool == "draw" else "draw")

    def _show_tool(self) -> None:
        self["draw"].setChecked(self._arrangement.tool == "draw")

    def _add_here(self, *, region: bool) -> None:
        arrangement = self._arrangement
        if region and (span := self.changing.span()) is not None:
            self.changing.add_region_over(*span)
            return
        row = arrangement.rows.number_of(arrangement.selection.track_id)
        if row is None:
            arrangement.session.said.emit(self.tr("Select a track first"))
            return
        self.add_at(Place(arrangement.transport.tick, row), region=region)

    def _mark(self) -> None:
        number = len(self._arrangement.song.markers) + 1
        name = self.tr("Marker {n}").format(n=number)
        tick = Tick(round(self._arrangement.transport.tick))
        edit = partial(add_marker, tick=tick, name=name)
        self._arrangement.session.edit(self.tr("Add marker"), edit)

    def _open(self) -> None:
        if self.tracks.lanes.play():
            return
        clips = (self._arrangement.part(part) for part in self._arrangement.selection.parts)
        first = next((clip for clip in clips if isinstance(clip, Clip)), None)
        if first is not None:
            self._arrangement.open_clip(first.id)

    def _zoom(self, factor: float) -> None:
        self._arrangement.scale.zoom(factor, self._arrangement.view_px[0] / 2)

    def _zoom_in_on(self) -> None:
        span = self.changing.span() or self._arrangement.transport.loop
        if span is not None:
            self._arrangement.scale.show(*span, self._arrangement.view_px[0])

    def _zoom_all(self) -> None:
        bar = self._arrangement.tempo_map.bar_at(0).length
        end = max(self._arrangement.song.end, 4 * bar)
        self._arrangement.scale.show(0, end, self._arrangement.view_px[0])
