"""The transport's actions."""

from typing import Final

from PySide6.QtCore import QObject

from desktop.document.query import find_clip, find_region
from desktop.document.song import Clip, Region, Song
from desktop.document.time import Tick
from desktop.session.selection import Selection
from ui.shared.studio import Studio

COUNT_IN: Final = "transport/count_in_bars"


class TransportActions(QObject):
    """Registers play, stop, loop and their like, and keeps those that stay down in step."""

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio, self._transport = studio, studio.transport
        self._register()
        self._transport.playing_changed.connect(studio.actions["transport.play"].setChecked)
        self._transport.metronome_changed.connect(studio.actions["transport.metronome"].setChecked)
        self._transport.recording_changed.connect(studio.actions["transport.record"].setChecked)
        self._transport.loop_changed.connect(self._show_loop)
        self._use_count_in(int(str(studio.settings.value(COUNT_IN, 1)) != "0"))

    def _register(self) -> None:
        add, tr, transport = self._studio.actions.add, self.tr, self._transport
        place = "transport"
        add("transport.start", place, tr("To the start"), lambda: transport.go_to(0), "Home")
        add("transport.end", place, tr("To the end"), self._to_end, "End")
        add("transport.play", place, tr("Play or stop"), self._toggle, "Space", checkable=True)
        text = tr("Play from the selection")
        add("transport.play_selection", place, text, self._play_selection, "Shift+Space")
        add("transport.record", place, tr("Record"), self._record, "R", checkable=True)
        add("transport.loop", place, tr("Loop on or off"), self._loop, "L", checkable=True)
        add("transport.loop_selection", place, tr("Loop the selection"), self._loop_it, "Ctrl+L")
        text = tr("Metronome")
        add("transport.metronome", place, text, self._metronome, "K", checkable=True)
        text = tr("Count in before a recording")
        add("transport.count_in", place, text, self._count_in, "Shift+K", checkable=True)
        text = tr("Follow the playhead")
        add("transport.follow", place, text, self._follow, "Ctrl+F", checkable=True)
        self._studio.actions["transport.follow"].setChecked(transport.follows)
        text = tr("Panic: end every note")
        add("transport.panic", place, text, transport.panic, "Ctrl+Alt+P")
        text = tr("To the marker before")
        add("transport.marker_before", place, text, self._to_marker_before, "Ctrl+Left")
        text = tr("To the next marker")
        add("transport.marker_after", place, text, self._to_marker_after, "Ctrl+Right")

    def _toggle(self) -> None:
        self._transport.toggle()
        self._studio.actions["transport.play"].setChecked(self._transport.is_playing)

    def _record(self) -> None:
        if self._transport.is_recording or self._transport.armed or self._arm_selected():
            self._transport.record()
        else:
            self._studio.session.said.emit(self.tr("Select or arm a track to record on it"))
        self._studio.actions["transport.record"].setChecked(self._transport.is_recording)

    def _arm_selected(self) -> bool:
        """Arm the selected track, or the only one; return whether there is one."""
        session = self._studio.session
        only = session.song.tracks[0].id if len(session.song.tracks) == 1 else None
        track_id = session.selection.track_id or only
        if track_id is not None:
            self._transport.arm(track_id, True)
        return track_id is not None

    def _count_in(self) -> None:
        bars = 0 if self._transport.count_in_bars else 1
        self._studio.settings.setValue(COUNT_IN, bars)
        self._use_count_in(bars)

    def _use_count_in(self, bars: int) -> None:
        self._transport.set_count_in(bars)
        self._studio.actions["transport.count_in"].setChecked(bars > 0)

    def _metronome(self) -> None:
        self._transport.set_metronome(not self._transport.metronome)

    def _follow(self) -> None:
        self._transport.follows = not self._transport.follows
        self._studio.actions["transport.follow"].setChecked(self._transport.follows)

    def _loop(self) -> None:
        wanted = not self._transport.loops
        span = self._transport.loop or self._span() or _first_bars(self._studio.session.song)
        self._transport.set_loop(span, wanted)

    def _loop_it(self) -> None:
        if (span := self._span()) is not None:
            self._transport.set_loop(span, True)
        else:
            self._studio.session.said.emit(self.tr("Select a clip, a region or a span to loop it"))

    def _show_loop(self) -> None:
        self._studio.actions["transport.loop"].setChecked(self._transport.loops)

    def _play_selection(self) -> None:
        span = self._span()
        self._transport.play(span[0] if span else None)

    def _to_end(self) -> None:
        self._transport.go_to(self._studio.session.song.end)

    def _to_marker_before(self) -> None:
        ticks = [m.tick for m in self._studio.session.song.markers if m.tick < self._transport.tick]
        self._transport.go_to(max(ticks, default=0))

    def _to_marker_after(self) -> None:
        song = self._studio.session.song
        ticks = [m.tick for m in song.markers if m.tick > self._transport.tick]
        if ticks:
            self._transport.go_to(min(ticks))

    def _span(self) -> tuple[Tick, Tick] | None:
        session = self._studio.session
        return selected_span(session.song, session.selection)


def selected_span(song: Song, selection: Selection) -> tuple[Tick, Tick] | None:
    """Return the span that holds all that is selected, in ticks; None for an empty selection."""
    if selection.span is not None:
        return selection.span
    parts = [_part(song, part_id) for part_id in selection.parts]
    if not parts and selection.clip_id is not None and selection.notes:
        parts = [_notes_of(song, selection)]
    if not parts:
        return None
    return min(part[0] for part in parts), max(part[1] for part in parts)


def _part(song: Song, part_id: int) -> tuple[Tick, Tick]:
    try:
        part: Clip | Region = find_clip(song, part_id)
    except LookupError:
        part = find_region(song, part_id)
    return part.start, part.end


def _notes_of(song: Song, selection: Selection) -> tuple[Tick, Tick]:
    clip = find_clip(song, selection.clip_id or 0)
    notes = [note for note in clip.notes if note.id in selection.notes]
    start = min(note.start for note in notes)
    end = max(note.start + note.length for note in notes)
    return Tick(clip.start + start), Tick(clip.start + end)


def _first_bars(song: Song) -> tuple[Tick, Tick]:
    bar = song.tempo_map.bar_at(0)
    return Tick(0), Tick(4 * bar.length)
