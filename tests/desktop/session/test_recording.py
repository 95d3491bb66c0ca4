"""What is played becomes clips: when, where, on which tracks, and what is heard meanwhile."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desktop.document.edits import add_clip, add_track, remove_track, set_tempo
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.engine.messages import AudioSettings, Position
from desktop.midi.live import Source, Strike
from desktop.session.midi_input import MidiInput
from desktop.session.recording import Recorder
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project

BAR = 4 * PPQ
LEAD, BASS = 1, 2
PIANO = Source("Piano")


class Engine:
    """Writes down what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def set_song(self, song: Song, takes_folder: Path) -> None: ...
    def set_settings(self, settings: AudioSettings) -> None: ...
    def look_for_devices(self) -> None: ...
    def stop(self) -> None: ...
    def seek(self, tick: int) -> None: ...
    def set_loop(self, loop: tuple[int, int] | None) -> None: ...
    def start_capture(self, path: Path, device: str | None) -> None: ...
    def end_capture(self) -> None: ...

    def play(self, from_tick: int) -> None:
        self.asked.append(("play", from_tick))

    def set_metronome(self, on: bool, count_in_bars: int) -> None:
        self.asked.append(("metronome", on, count_in_bars))

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None:
        self.asked.append(("on", track_id, pitch, velocity))

    def note_off(self, track_id: int, pitch: int) -> None:
        self.asked.append(("off", track_id, pitch))

    def panic(self) -> None:
        self.asked.append(("panic",))


class Studio:
    """A song of two tracks at 120 bpm, an engine that can be made to play, a piano."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        song = add_track(add_track(Song(), "Lead"), "Bass")
        self.session = Session(Project.create(folder / "A.partimento", song))
        self.transport, self.midi = Transport(self.session), MidiInput()
        self.engine = Engine()
        self.transport.attach(self.engine)
        self.recorder = Recorder(self.session, self.transport, self.midi, self.session)
        self.now_s = 1000.0
        monkeypatch.setattr("desktop.session.recording.time.monotonic", lambda: self.now_s)

    def play_from(self, tick: float = 0.0) -> None:
        """Let the song be heard from `tick` on from now on."""
        self.hear(tick)
        self.hear(tick + 0.001)

    def hear(self, tick: float, playing: bool = True, counting_in: bool = False) -> None:
        position = Position(tick, 0, playing, counting_in, self.now_s)
        self.transport.report_position(tick)
        self.transport.report_playing(playing or counting_in)
        self.transport.heard.emit(position)

    def wait(self, beats: float, tick: float | None = None) -> None:
        """Let time go on; the song is at `tick` then, if that is given."""
        self.now_s += beats / 2
        if tick is not None:
            self.hear(tick)

    def strike(self, pitch: int, velocity: int = 90) -> None:
        """Strike a key of the piano, or let it go for a velocity of 0."""
        self.recorder.play(Strike(self.now_s, PIANO, pitch, velocity))

    def notes(self, track_id: int = LEAD) -> list[tuple[float, float, int]]:
        """Return start and length in beats, and pitch, of what is on a track."""
        track = next(track for track in self.session.song.tracks if track.id == track_id)
        return [
            (round((clip.start + n.start) / PPQ, 2), round(n.length / PPQ, 2), n.pitch)
            for clip in track.clips
            for n in clip.notes
        ]


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Studio]:
    assert qapp
    made = Studio(tmp_path, monkeypatch)
    yield made
    made.recorder.close()
    made.session.close()


def test_what_is_played_is_heard_on_monitored_tracks_with_its_velocity(studio: Studio) -> None:
    studio.transport.monitor(BASS, True)
    studio.strike(40, 77)
    studio.transport.monitor(BASS, False)
    studio.strike(41)
    studio.strike(40, 0)
    assert studio.engine.asked == [("on", BASS, 40, 77), ("off", BASS, 40)]


def test_an_armed_track_is_heard_until_it_is_disarmed(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.strike(60)
    studio.transport.arm(LEAD, False)
    studio.strike(62)
    assert studio.engine.asked == [("on", LEAD, 60, 90)]


def test_a_recording_counts_in_and_plays(studio: Studio) -> None:
    studio.transport.set_count_in(2)
    studio.transport.go_to(BAR)
    studio.engine.asked.clear()
    studio.transport.record()
    assert studio.engine.asked == [("metronome", False, 2), ("play", BAR)]
    studio.hear(BAR, counting_in=True)
    studio.transport.stop()
    assert not studio.transport.is_recording
    assert studio.engine.asked[-1] == ("metronome", False, 0)


def test_what_is_played_on_an_armed_track_becomes_a_clip_in_one_step(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    for pitch in (60, 64):
        studio.wait(1)
        studio.strike(pitch)
        studio.wait(0.5)
        studio.strike(pitch, 0)
    studio.wait(0.5, 3.5 * PPQ)
    assert studio.notes() == [(1, 0.5, 60), (2.5, 0.5, 64)]
    assert studio.notes(BASS) == []
    studio.transport.stop()
    assert studio.session.history.undo_name == "Record"
    studio.session.undo()
    assert studio.notes() == []


def test_what_is_played_during_the_count_in_is_not_recorded_but_an_early_first_note_is(
    studio: Studio,
) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.hear(0.0, counting_in=True)
    studio.strike(50)
    studio.wait(3.8)
    studio.strike(50, 0)
    studio.strike(60)
    studio.wait(0.2)
    studio.play_from()
    studio.wait(1)
    studio.strike(60, 0)
    studio.transport.stop()
    assert studio.notes() == [(0, 1, 60)]


def test_a_loop_adds_each_round_to_the_same_clip(studio: Studio) -> None:
    studio.transport.set_loop((Tick(0), Tick(BAR)), True)
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    for round_ in range(3):
        studio.wait(1)
        studio.strike(60 + round_)
        studio.wait(1)
        studio.strike(60 + round_, 0)
        studio.wait(1)
        studio.strike(70 + round_)  # is held over the end
        studio.wait(1, 1.0)
        studio.strike(70 + round_, 0)
    assert studio.notes() == [
        *((1, 1, 60 + round_) for round_ in range(3)),
        *((3, 1, 70 + round_) for round_ in range(3)),
    ]
    studio.transport.stop()
    assert len(studio.session.song.tracks[0].clips) == 1
    assert studio.session.song.tracks[0].clips[0].length == BAR
    studio.session.undo()
    assert not studio.session.song.tracks[0].clips


def test_a_loop_that_is_turned_on_meanwhile_cuts_what_is_held_at_its_end(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    studio.wait(1)
    studio.transport.set_loop((Tick(0), Tick(BAR)), True)
    studio.strike(60)
    studio.wait(3.1, PPQ / 10)
    studio.transport.stop()
    assert studio.notes() == [(1, 3, 60)]


def test_the_clip_under_the_playhead_takes_the_notes(studio: Studio) -> None:
    clip = partial(add_clip, track_id=LEAD, start=Tick(BAR), length=Tick(BAR))
    studio.session.edit("Add clip", clip)
    studio.transport.arm(LEAD, True)
    studio.transport.go_to(BAR)
    studio.transport.record()
    studio.play_from(BAR)
    studio.strike(60)
    studio.wait(1)
    studio.transport.stop()
    assert [len(clip.notes) for clip in studio.session.song.tracks[0].clips] == [1]


def test_each_recording_is_a_step_of_its_own(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    for beat in range(2):
        studio.transport.go_to(beat * PPQ)
        studio.transport.record()
        studio.play_from(beat * PPQ)
        studio.strike(60 + beat)
        studio.wait(1)
        studio.transport.stop()
    assert [pitch for _, _, pitch in studio.notes()] == [60, 61]
    studio.session.undo()
    assert [pitch for _, _, pitch in studio.notes()] == [60]


def test_recording_begins_and_ends_while_the_song_plays(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.play()
    studio.play_from()
    studio.wait(1)
    studio.strike(60)
    studio.wait(0.2)
    studio.transport.record()
    studio.strike(60, 0)
    studio.wait(0.8)
    studio.strike(62)
    studio.wait(1)
    studio.transport.record()
    assert studio.transport.is_playing
    studio.wait(1)
    studio.strike(64)
    studio.transport.stop()
    assert studio.notes() == [(2, 1, 62)]


def test_the_latency_of_the_input_is_taken_off(studio: Studio) -> None:
    studio.midi.set_latency_ms(100)
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    studio.wait(1)
    studio.strike(60)
    studio.wait(1)
    studio.strike(60, 0)
    studio.transport.stop()
    assert studio.notes() == [(0.8, 1, 60)]


def test_the_song_is_not_taken_to_play_while_it_loads(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    for _ in range(9):
        studio.hear(0.0)  # as the engine says until what sounds there is ready
        studio.wait(0.04)
    studio.play_from()
    studio.wait(1)
    studio.strike(60)
    studio.wait(1)
    studio.transport.stop()
    assert studio.notes() == [(1, 1, 60)]


def test_what_is_played_by_hand_in_the_window_is_recorded_on_its_track_if_that_is_armed(
    studio: Studio,
) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    studio.wait(1)
    studio.transport.note_on(LEAD, 60, 90)
    studio.transport.note_on(BASS, 40, 90)
    studio.wait(1)
    studio.transport.note_off(LEAD, 60)
    studio.transport.stop()
    assert (studio.notes(), studio.notes(BASS)) == ([(1, 1, 60)], [])


def test_panic_ends_what_is_being_recorded(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    studio.strike(60)
    studio.wait(1)
    studio.transport.panic()
    studio.wait(1)
    studio.transport.stop()
    assert studio.notes() == [(0, 1, 60)]
    assert ("panic",) in studio.engine.asked


def test_a_change_of_tempo_does_not_move_what_is_played_after_it(studio: Studio) -> None:
    studio.transport.arm(LEAD, True)
    studio.transport.record()
    studio.play_from()
    studio.wait(1)
    studio.session.edit("Tempo", partial(set_tempo, tick=Tick(0), bpm=60.0))
    studio.hear(float(PPQ))
    studio.wait(2)  # one beat by now
    studio.strike(60)
    studio.wait(2)
    studio.transport.stop()
    assert studio.notes() == [(2, 1, 60)]


def test_a_track_that_is_deleted_meanwhile_loses_its_recording_only(studio: Studio) -> None:
    for track_id in (LEAD, BASS):
        studio.transport.arm(track_id, True)
    studio.transport.record()
    studio.play_from()
    studio.strike(60)
    studio.session.edit("Delete track", partial(remove_track, track_id=LEAD))
    studio.wait(1)
    studio.transport.stop()
    assert studio.notes(BASS) == [(0, 1, 60)]


def test_without_an_engine_nothing_is_recorded(studio: Studio) -> None:
    studio.transport.attach(None)
    studio.transport.record()
    assert not studio.transport.is_recording
