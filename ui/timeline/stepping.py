"""Moving the selection, or what is selected, with the arrow keys."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.document.time import PPQ
from ui.timeline.arrangement import Arrangement
from ui.timeline.lane_commands import LaneCommands
from ui.timeline.part_edits import move_parts, parts_of, parts_on, span_of, within


class Stepping(QObject):
    """Steps of the grid and of the tracks."""

    def __init__(self, arrangement: Arrangement, lanes: LaneCommands) -> None:
        super().__init__(arrangement)
        self._arrangement, self._lanes = arrangement, lanes

    def nudge(self, steps: int) -> None:
        """Move the selected parts in time by steps of the grid; the playhead when none is."""
        arrangement, ids = self._arrangement, self._arrangement.selection.parts
        placed = parts_of(arrangement.song, ids)
        at = span_of(placed)[0] if placed else arrangement.transport.tick
        division = arrangement.studio.snap.division
        step = division.line_ticks(arrangement.tempo_map, at) or PPQ // 16
        if placed:
            self._move(ids, steps * step, 0)
        else:
            arrangement.transport.go_to(arrangement.grid.near(at + steps * step, free=False))
            arrangement.show_tick(arrangement.transport.tick)

    def change_row(self, rows: int) -> None:
        """Move the selected parts to another track; without any, select another track.

        From a lane of a take, go to another lane.
        """
        if self._arrangement.lane is not None:
            self._lanes.step(rows)
        elif ids := self._arrangement.selection.parts:
            self._move(ids, 0, rows)
        else:
            self.choose_track(rows)

    def choose_track(self, rows: int) -> None:
        """Select the track so many rows below."""
        arrangement = self._arrangement
        if not arrangement.song.tracks:
            return
        row = arrangement.rows.number_of(arrangement.selection.track_id)
        last = len(arrangement.song.tracks) - 1
        row = 0 if row is None else max(0, min(row + rows, last))
        arrangement.choose_track(arrangement.song.tracks[row].id)
        arrangement.show_row(row)

    def choose_next(self, by: int) -> None:
        """Select the next part of the selected track, or the one before."""
        arrangement = self._arrangement
        track = arrangement.track_in(arrangement.rows.number_of(arrangement.selection.track_id))
        track = track or arrangement.track_in(0)
        if track is None:
            return
        parts = sorted(parts_on(track), key=lambda p: (p.start, p.id))
        chosen = [n for n, part in enumerate(parts) if part.id in arrangement.selection.parts]
        at = (chosen[0 if by < 0 else -1] + by) if chosen else (0 if by > 0 else len(parts) - 1)
        if 0 <= at < len(parts):
            arrangement.choose(frozenset({parts[at].id}), track.id)
            arrangement.show_tick(parts[at].start)

    def _move(self, ids: frozenset[int], ticks: int, rows: int) -> None:
        ticks, rows = within(self._arrangement.song, ids, ticks, rows)
        if ticks or rows:
            edit = partial(move_parts, ids=ids, ticks=ticks, rows=rows)
            self._arrangement.session.edit(self.tr("Move"), edit)
