"""Recording: what is played on MIDI ports, or by hand in the window, becomes clips."""

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from desktop.document.query import PlacedNote
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.engine.messages import Position
from desktop.midi.live import Source, Strike
from desktop.midi.live_clips import Recording, with_recorded
from desktop.midi.live_clock import HeardClock, Place
from desktop.midi.live_notes import EARLY_S, NoteTaker
from desktop.session.heard import follow_song
from desktop.session.midi_input import MidiInput
from desktop.session.session import Session
from desktop.session.transport import Transport

HAND: Final = ""  # no port: the source's channel is the track that is played in the window


class Recorder(QObject):
    """Lets what is played be heard on monitored tracks, and recorded on armed ones.

    A recording is one step of the history, and is heard as soon as a loop comes round.
    """

    def __init__(
        self,
        session: Session,
        transport: Transport,
        midi: MidiInput,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._transport, self._midi = session, transport, midi
        self._sounding: dict[tuple[Source, int], frozenset[int]] = {}  # on which tracks
        self._strikes: deque[Strike] = deque()  # to be recorded
        self._clock: HeardClock | None = None  # while the song plays
        self._taker: NoteTaker | None = None  # while it is recorded
        self._begun = Recording(Tick(0), None, 0)
        self._made: Song | None = None
        self._count = 0
        midi.on_strike = self.play
        transport.heard.connect(self._hear)
        transport.loop_changed.connect(self._follow_loop)
        transport.playing_changed.connect(self._follow_playing)
        transport.recording_changed.connect(self._follow_recording)
        transport.hand_played.connect(self._take_by_hand)
        transport.panicked.connect(self._panic)
        session.song_changed.connect(self._follow_tempo)

    def play(self, strike: Strike) -> None:
        """Let a note that was played be heard, and keep it where it is to be recorded.

        Any thread may call it, and waits for no other.
        """
        key = strike.source, strike.pitch
        tracks = self._sounding.pop(key, frozenset())
        if strike.velocity:
            tracks = self._sounding[key] = self._transport.monitored
        for track_id in tracks:
            self._transport.sound(track_id, strike.pitch, strike.velocity)
        if self._transport.is_recording:
            self._strikes.append(strike)

    def close(self) -> None:
        """End what sounds, and let the next song have the ports."""
        self._end_recording()
        if self._midi.on_strike == self.play:
            self._midi.on_strike = None
        for (_, pitch), tracks in list(self._sounding.items()):
            for track_id in tracks:
                self._transport.sound(track_id, pitch, 0)

    # What is told

    def _take_by_hand(self, track_id: int, pitch: int, velocity: int) -> None:
        if self._transport.is_recording:
            source = Source(HAND, track_id)
            self._strikes.append(Strike(time.monotonic(), source, pitch, velocity))

    def _hear(self, position: Position) -> None:
        tempo_map = self._session.song.tempo_map
        if (clock := follow_song(self._clock, position, tempo_map, self._transport)) is None:
            return
        self._clock = clock
        if self._transport.is_recording and self._taker is None:
            start = Place(0, float(self._transport.start_tick))
            self._taker = NoteTaker(clock, start, EARLY_S)
        self._take_in(time.monotonic())

    def _panic(self) -> None:
        self._midi.end_notes()
        self._end_notes()

    def _follow_playing(self, playing: bool) -> None:
        if not playing:
            self._end_recording()
            self._clock = None

    def _follow_recording(self, on: bool) -> None:
        if not on:
            self._end_recording()
            return
        self._made, self._count = None, 0
        start = float(self._transport.start_tick)
        if self._clock is not None:
            place = self._clock.place_at(time.monotonic())
            self._taker, start = NoteTaker(self._clock, place), place.tick
        self._begun = Recording(Tick(int(start)), None, self._session.next_id)

    def _follow_loop(self) -> None:
        if self._clock is not None:
            self._clock.set_loop(self._transport.played_loop, time.monotonic())

    def _follow_tempo(self, before: Song, after: Song) -> None:
        if self._clock is not None and before.tempo_map != after.tempo_map:
            self._end_notes()
            self._clock = self._taker = None  # until the engine says where it is by the new map

    # What is taken

    @property
    def _latency_s(self) -> float:
        return self._midi.latency_ms / 1000

    def _take_in(self, until_s: float) -> None:
        """Take what was played until then, and write the notes that have ended."""
        if (taker := self._taker) is None:
            return
        while self._strikes and self._strikes[0].at_s <= until_s:
            strike = self._strikes.popleft()
            armed = self._transport.armed
            if strike.source.port == HAND:
                taker.take(strike, armed & {strike.source.channel})
            else:
                taker.take(strike._replace(at_s=strike.at_s - self._latency_s), armed)
        self._write(taker, until_s - self._latency_s)

    def _write(self, taker: NoteTaker, until_s: float) -> None:
        there = {track.id for track in self._session.song.tracks}
        notes: dict[int, list[PlacedNote]] = defaultdict(list)
        for taken in taker.finished(until_s):
            for track_id in taken.tracks & there:
                notes[track_id].append(taken.note)
        if not notes:
            return
        change = partial(_recorded, notes=notes, recording=self._recording())
        made = self._session.amend(self.tr("Record"), change, self._made)
        if made is not None:
            self._made = made
            self._count += sum(map(len, notes.values()))

    def _recording(self) -> Recording:
        begun, loop = self._begun, self._transport.played_loop
        if loop is None or not loop[0] <= begun.start < loop[1]:
            return begun
        return Recording(*loop, begun.first_id)

    def _end_notes(self) -> None:
        if (taker := self._taker) is not None:
            now_s = time.monotonic()
            self._take_in(now_s)
            taker.end_all(now_s - self._latency_s)
            self._write(taker, now_s - self._latency_s)

    def _end_recording(self) -> None:
        if self._taker is not None:
            self._end_notes()
            self._session.said.emit(self.tr("Recorded notes: {n}").format(n=self._count))
        self._taker = None
        self._strikes.clear()


def _recorded(song: Song, notes: Mapping[int, Iterable[PlacedNote]], recording: Recording) -> Song:
    for track_id, of_track in notes.items():
        song = with_recorded(song, track_id, of_track, recording)
    return song
