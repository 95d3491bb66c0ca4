"""What the actions do to the selected clips and regions, each as one step."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.document.edits import add_region
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.session.session import Edit
from ui.timeline.arrangement import Arrangement
from ui.timeline.part_edits import (
    copy_parts,
    join_parts,
    parts_of,
    parts_on,
    paste_parts,
    remove_parts,
    span_of,
    split_parts,
)


class Changing(QObject):
    """Changes the selected parts; says so where there are none."""

    def __init__(self, arrangement: Arrangement) -> None:
        super().__init__(arrangement)
        self._arrangement = arrangement

    def span(self) -> tuple[Tick, Tick] | None:
        """Return the span of what is selected."""
        placed = parts_of(self._arrangement.song, self._arrangement.selection.parts)
        return span_of(placed) if placed else self._arrangement.selection.span

    def select_all(self) -> None:
        """Select every clip and region."""
        tracks = self._arrangement.song.tracks
        parts = (part.id for track in tracks for part in parts_on(track))
        self._arrangement.choose(frozenset(parts))

    def copy(self) -> None:
        """Keep the selected parts for pasting."""
        if ids := self._ids():
            self._arrangement.copied = parts_of(self._arrangement.song, ids)

    def cut(self) -> None:
        """Keep the selected parts for pasting, and take them away."""
        self.copy()
        if ids := self._ids():
            self._edit(self.tr("Cut"), partial(remove_parts, ids=ids))

    def paste(self) -> None:
        """Paste at the playhead, from the selected track on downwards."""
        arrangement, placed = self._arrangement, self._arrangement.copied
        if not placed or not arrangement.song.tracks:
            arrangement.session.said.emit(self.tr("Copy clips or regions first"))
            return
        first, last = min(p.row for p in placed), max(p.row for p in placed)
        chosen = arrangement.rows.number_of(arrangement.selection.track_id)
        row = min(first if chosen is None else chosen, len(arrangement.song.tracks) - 1)
        row = min(row, len(arrangement.song.tracks) - 1 - (last - first))
        if row < 0:
            arrangement.session.said.emit(self.tr("There are too few tracks to paste on"))
            return
        ticks = round(arrangement.transport.tick) - span_of(placed)[0]
        edit = partial(paste_parts, placed=placed, ticks=ticks, rows=row - first)
        self._edit(self.tr("Paste"), edit)

    def duplicate(self) -> None:
        """Repeat the selected parts right behind themselves."""
        if ids := self._ids():
            start, end = span_of(parts_of(self._arrangement.song, ids))
            self._edit(self.tr("Duplicate"), partial(copy_parts, ids=ids, ticks=end - start))

    def delete(self) -> None:
        """Take the selected parts away."""
        if ids := self._ids():
            self._edit(self.tr("Delete"), partial(remove_parts, ids=ids))

    def split(self) -> None:
        """Cut the selected parts in two at the playhead; all of its track's when none is."""
        arrangement = self._arrangement
        tick = Tick(round(arrangement.transport.tick))
        row = arrangement.rows.number_of(arrangement.selection.track_id)
        track = arrangement.track_in(row)
        ids = arrangement.selection.parts
        if not ids and track is not None:
            ids = frozenset(part.id for part in parts_on(track))
        placed = parts_of(arrangement.song, ids)
        if not any(p.part.start < tick < p.part.end for p in placed):
            said = self.tr("Put the playhead within a selected clip or region to split it there")
            arrangement.session.said.emit(said)
            return
        self._edit(self.tr("Split"), partial(split_parts, ids=ids, tick=tick), choose=False)

    def join(self) -> None:
        """Make one clip of those of each track, and one region of those that touch."""
        if ids := self._ids():
            joined = partial(join_parts, ids=ids)
            if joined(self._arrangement.song).tracks == self._arrangement.song.tracks:
                said = self.tr("Select two clips, or regions that touch, of one track to join them")
                self._arrangement.session.said.emit(said)
                return
            self._edit(self.tr("Join"), joined, choose=False)

    def add_region_over(self, start: Tick, end: Tick) -> None:
        """Add a region over a span to each track that has a selected part, or to the chosen one."""
        arrangement = self._arrangement
        placed = parts_of(arrangement.song, arrangement.selection.parts)
        ids = {arrangement.song.tracks[p.row].id for p in placed} or {
            arrangement.selection.track_id or 0
        }

        def added(song: Song) -> Song:
            for track_id in sorted(ids):
                song = add_region(song, track_id, start, end)
            return song

        self._edit(self.tr("Add region"), added)

    def _ids(self) -> frozenset[int]:
        ids = self._arrangement.selection.parts
        if not ids:
            self._arrangement.session.said.emit(self.tr("Select a clip or a region first"))
        return ids

    def _edit(self, name: str, edit: Edit, *, choose: bool = True) -> None:
        """Do it as a step, and select what is new."""
        first = self._arrangement.session.next_id
        done = self._arrangement.session.edit(name, edit)
        made = frozenset(range(first, self._arrangement.song.next_id))
        if done and choose and made:
            self._arrangement.choose(made)
