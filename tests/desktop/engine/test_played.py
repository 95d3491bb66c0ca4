"""What really came out: a null sink is played to, and its monitor recorded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from desktop.document.song import Comp, Piece, Song, Take, Track
from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.engine.messages import (
    AudioSettings,
    DeviceBack,
    DeviceLost,
    Meters,
    Position,
    Trouble,
)
from desktop.engine.synth import VARIABLE
from desktop.exporting.export import export_song
from desktop.exporting.options import ExportOptions
from inference.arrays import Audio
from tests.audio_rig import RATE_HZ, NullSink, differences
from tests.desktop.engine.scores import Score, largest_step
from tests.desktop.engine.stage import on_stage

QUARTER = RATE_HZ // 2


@pytest.fixture
def score(tmp_path: Path) -> Score:
    return Score(tmp_path / "takes", RATE_HZ)


@pytest.fixture
def _no_synth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the seconds that a SoundFont takes to load."""
    monkeypatch.setenv(VARIABLE, "/none")


def sine(score: Score, frequency_hz: float, duration_s: float, amplitude: float) -> Take:
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    wave = amplitude * np.sin(2 * np.pi * frequency_hz * time_s)
    return score.take(np.stack([wave, wave]).astype(np.float32))


def exported(score: Score, song: Song, folder: Path, start: int = 0) -> Audio:
    """Return the mix as a file holds it."""
    options = ExportOptions(stems=False, midi=False, start=Tick(start), end=song.end)
    (written,) = export_song(song, score.pool.open, folder, options)
    audio: Audio = soundfile.read(written.path, dtype="float32")[0].T
    return audio


def comp(score: Score, one: Take, other: Take) -> Track:
    """Return a track that plays `one`, then `other`, and then `one` again."""
    starts = zip((0, 1000, 2000), (one, other, one), strict=True)
    pieces = tuple(Piece(Tick(start), take.id) for start, take in starts)
    track = score.track(one)
    (region,) = track.regions
    region = replace(region, takes=(one, other), comp=Comp(pieces, crossfade_s=0.1))
    return replace(track, regions=(region,))


@pytest.mark.usefixtures("_no_synth")
def test_what_was_played_is_what_is_exported_sample_for_sample(
    null_sink: NullSink, score: Score, tmp_path: Path
) -> None:
    song = score.song(
        score.track(score.noise(2), gain_db=-4.5, pan=-0.7),
        score.track(score.noise(1), score.noise(1), ticks=2 * 960, gain_db=2.0, pan=0.3),
        score.track(score.noise(2, 44100), pan=0.9),
        score.track(score.noise(2), mute=True),
        score.track(score.noise(1), start=960, ticks=2 * 960, gain_db=-20.0),
        comp(score, score.noise(2), score.noise(2)),
    )
    mix = exported(score, song, tmp_path / "out")
    with on_stage(null_sink, score, song) as stage:
        stage.play(2.3)
        heard = stage.heard
    frames = mix.shape[1]
    assert frames == 2 * RATE_HZ
    assert differences(heard[:, :frames], mix) == []
    assert not heard[:, frames:].any()


@pytest.mark.usefixtures("_no_synth")
def test_a_loop_comes_round_without_a_click_and_each_time_the_same(
    null_sink: NullSink, score: Score
) -> None:
    song = score.song(score.track(sine(score, 311.0, 2, 0.5)))
    with on_stage(null_sink, score, song) as stage:
        stage.engine.set_loop((480, 1121))
        stage.play(1.2, tick=480)
        heard = stage.heard
    length = song.tempo_map.span_frames(Tick(480), Tick(1121), RATE_HZ)
    rounds = heard[:, : 3 * length].reshape(2, 3, length)
    assert np.array_equal(rounds[:, 1], rounds[:, 2])
    assert largest_step(heard[:, 500 : 3 * length]) < 1.2 * 0.5 * 2 * np.pi * 311 / RATE_HZ


@pytest.mark.usefixtures("_no_synth")
def test_a_seek_goes_on_at_the_very_frame_without_a_click(
    null_sink: NullSink, score: Score, tmp_path: Path
) -> None:
    soft, marked = sine(score, 200.0, 1, 0.5), score.noise(1)
    song = score.song(score.track(soft, marked, ticks=2 * 960))
    rest = exported(score, song, tmp_path / "out", start=2 * 960)
    with on_stage(null_sink, score, song) as stage:
        stage.play(0.2)
        stage.engine.seek(2 * 960)
        after_seek = stage.next_events(1.3)
        heard = stage.heard
        stage.engine.stop()
        after_stop = stage.next_events(0.4)
    # what is still heard of the place that was left, or before a stop, is told no more
    assert min(e.tick for e in after_seek if isinstance(e, Position) and e.playing) >= 2 * 960
    assert not any(e.playing for e in after_stop if isinstance(e, Position))
    end = int(np.flatnonzero(heard.any(axis=0))[-1]) + 1
    assert np.array_equal(heard[:, end - rest.shape[1] : end], rest)
    before = heard[:, : end - rest.shape[1]]
    assert 0.2 * RATE_HZ < before.shape[1] < 0.7 * RATE_HZ
    assert largest_step(before) < 1.2 * 0.5 * 2 * np.pi * 200 / RATE_HZ


@pytest.mark.usefixtures("_no_synth")
def test_a_mute_takes_a_ramp_and_leaves_the_others_as_they_are(
    null_sink: NullSink, score: Score
) -> None:
    level = score.track(score.level(0.5, 3), ticks=8 * 960)
    other = score.track(score.level(0.25, 3), ticks=8 * 960)
    with on_stage(null_sink, score, score.song(level, other)) as stage:
        stage.play(0.2, tick=960)
        stage.show(score.song(replace(level, mute=True), other))
        stage.await_sound(0.4)
        stage.engine.stop()
        stage.await_standing()
        heard = stage.heard[0]
    steps = np.diff(heard)
    ramp = round(0.01 * RATE_HZ)
    falls = np.flatnonzero(heard == 0.75)[-1]
    assert np.abs(steps).max() <= 0.76 / (RATE_HZ * 0.005)  # how it begins and ends
    assert np.abs(steps[falls : falls + ramp]).max() <= 1.01 * 0.5 / ramp
    assert (heard[falls + ramp : falls + 2 * ramp] == 0.25).all()


def onsets(sound: Audio) -> list[int]:
    """Return the frames at which there is sound after 100 ms of silence."""
    heard = np.flatnonzero(sound.any(axis=0))
    return [int(heard[0]), *heard[1:][np.diff(heard) > RATE_HZ // 10].tolist()]


@pytest.mark.usefixtures("_no_synth")
def test_a_bar_is_counted_and_then_every_beat_of_the_song(
    null_sink: NullSink, score: Score
) -> None:
    tempos = (TempoChange(Tick(0), 240.0), TempoChange(Tick(1920), 120.0))
    song = score.song(score.track(), tempo_map=TempoMap(tempos))
    with on_stage(null_sink, score, song) as stage:
        stage.engine.set_metronome(True, 1)
        stage.play(2.3)
        heard = stage.heard
    counted, beats = [0, 1, 2, 3], [4, 5, 6, 8]  # in quarters of 240 bpm
    assert onsets(heard) == [n * QUARTER // 2 for n in counted + beats]
    peaks = [np.abs(heard[:, frame : frame + 2000]).max() for frame in onsets(heard)]
    assert [peak > 0.4 for peak in peaks] == [n % 4 == 0 for n in range(8)]


def test_notes_without_a_take_are_heard(null_sink: NullSink, score: Score) -> None:
    track = score.notes((0, 1920, 69), role="harmony")
    with on_stage(null_sink, score, score.song(track)) as stage:
        stage.play(0.6)
        meters = stage.await_event(Meters, lambda meters: bool(meters.tracks))
        stage.engine.stop()
        stage.await_standing()
        heard = stage.heard[0, : RATE_HZ // 2]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert spectrum.argmax() * RATE_HZ / len(heard) == pytest.approx(440, abs=6)
    assert meters.tracks[track.id] == pytest.approx(meters.master)
    assert 0 < meters.master[1] < meters.master[0] < 1


@pytest.mark.usefixtures("_no_synth")
def test_a_take_that_is_missing_is_said_and_the_others_play(
    null_sink: NullSink, score: Score
) -> None:
    there, missing = score.level(0.25, 1), score.level(0.125, 1)
    score.pool.path_of(missing.sha256, missing.format).unlink()
    song = score.song(score.track(there), score.track(missing))
    with on_stage(null_sink, score, song) as stage:
        stage.play(0.2)
        heard = stage.heard
    told = [event.message for event in stage.events if isinstance(event, Trouble)]
    assert [missing.sha256 in message for message in sorted(told)].count(True) == 1
    assert (heard[:, : RATE_HZ // 10] == 0.25).all()


def pull_the_plug(sink: NullSink) -> Callable[[], None]:
    sink.unload()
    return sink.load


def kill_the_server(sink: NullSink) -> Callable[[], None]:
    sink.kill()
    return sink.start


@pytest.mark.usefixtures("_no_synth")
@pytest.mark.parametrize("lose", [pull_the_plug, kill_the_server])
def test_a_device_that_vanishes_stops_the_song_and_is_taken_back(
    null_sink: NullSink, score: Score, lose: Callable[[NullSink], Callable[[], None]]
) -> None:
    song = score.song(score.track(score.level(0.25, 3), ticks=6 * 960))
    with on_stage(null_sink, score, song) as stage:
        stage.play(0.1)
        give_back = lose(null_sink)
        assert "is gone" in stage.await_event(DeviceLost).message
        stage.await_standing()
        give_back()
        assert stage.await_event(DeviceBack).sample_rate_hz == RATE_HZ
        with null_sink.record() as stage.recording:
            stage.play(0.2, tick=960)
            heard = stage.heard
    assert (heard[:, 500 : RATE_HZ // 10] == 0.25).all()


@pytest.mark.usefixtures("_no_synth")
def test_another_rate_and_block_are_used_at_once(null_sink: NullSink, score: Score) -> None:
    song = score.song(score.track(score.level(0.25, 3), ticks=6 * 960))
    with on_stage(null_sink, score, song) as stage:
        assert "default" in [device.name for device in stage.engine.devices()]
        stage.await_event(DeviceBack)
        stage.play(0.1)
        stage.engine.set_settings(AudioSettings("pulse", 24000, 64, 0.2))
        back = stage.await_event(DeviceBack)
        assert (back.name, back.sample_rate_hz) == ("pulse", 24000)
        stage.await_standing()
        with null_sink.record() as stage.recording:
            stage.play(0.2, tick=960)
            heard = stage.heard
    # through PulseAudio's resampler
    assert np.median(heard[0, : RATE_HZ // 5]) == pytest.approx(0.25, abs=0.001)
