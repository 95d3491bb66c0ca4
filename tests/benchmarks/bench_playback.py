"""What is lost of the sound while all else is busy: a null sink is played to and recorded."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import soundfile  # type: ignore[import-untyped]

from desktop.document.song import Region, Song, Take, Track
from desktop.document.time import PPQ, Tick
from desktop.engine.messages import AudioSettings, Dropout
from desktop.exporting.export import export_song
from desktop.exporting.options import ExportOptions
from inference.arrays import Audio
from inference.errors import Cancelled
from inference.progress import CancelToken
from inference.worker import RenderWorker
from tests.audio_rig import RATE_HZ, differences, gaps, running, wait_until
from tests.benchmarks.harness import Row, at_most
from tests.benchmarks.sketch import PACK, request
from tests.desktop.engine.scores import Score
from tests.desktop.engine.stage import Stage, on_stage

TRACKS: Final = 32
MINUTES: Final = 5
TAKE_S: Final = 20
TAKE_TICKS: Final = TAKE_S * 2 * PPQ  # at 120 bpm
BLOCKED_S: Final = 2
BLOCKED_TIMES: Final = 3
LOOK_S: Final = 0.016


def long_song(score: Score) -> Song:
    """Return 32 tracks full of takes, no two at the same place in the mix."""
    return score.song(*(_track(score, n, score.noise(TAKE_S)) for n in range(TRACKS)))


def _track(score: Score, number: int, take: Take) -> Track:
    regions = tuple(
        Region(
            score.number(),
            Tick(n * TAKE_TICKS),
            Tick((n + 1) * TAKE_TICKS),
            takes=(take,),
            active_take=take.id,
        )
        for n in range(MINUTES * 60 // TAKE_S)
    )
    pan = number / (TRACKS - 1) * 2 - 1
    return Track(score.number(), gain_db=-6.0 - number / 4, pan=pan, regions=regions)


@contextmanager
def rendering() -> Iterator[None]:
    """Render one region after the other in the worker, as the window would."""
    cancel = CancelToken()

    def render(worker: RenderWorker) -> None:
        with suppress(Cancelled):
            while True:
                worker.render(PACK, request(), cancel=cancel)

    with RenderWorker("cpu") as worker:
        thread = threading.Thread(target=render, args=(worker,))
        thread.start()
        try:
            yield
        finally:
            cancel.cancel()
            thread.join()


def listen(stage: Stage, song: Song) -> Audio:
    """Play `song` to its end in a window that is blocked now and then; return what was heard."""
    begun_s, length_s = time.monotonic(), song.tempo_map.tick_to_second(song.end)
    stage.engine.play(0)
    wait_until(lambda: stage.recording.sound().any(), "sound")
    end = stage.recording.frames + round(length_s * RATE_HZ)
    for part in range(1, BLOCKED_TIMES + 2):
        until_s = begun_s + part * length_s / (BLOCKED_TIMES + 1)
        while time.monotonic() < until_s:
            stage.events += stage.engine.poll()
            time.sleep(LOOK_S)
        if part <= BLOCKED_TIMES:
            block(BLOCKED_S)
    wait_until(lambda: stage.recording.frames >= end, "the end of the recording")
    return stage.heard


def block(duration_s: float) -> None:
    """Keep the thread of the window, and its core, busy."""
    until_s = time.monotonic() + duration_s
    while time.monotonic() < until_s:
        pass


def exported(score: Score, song: Song, folder: Path) -> Audio:
    """Return the mix as a file holds it."""
    options = ExportOptions(stems=False, midi=False)
    (written,) = export_song(song, score.pool.open, folder, options)
    audio: Audio = soundfile.read(written.path, dtype="float32")[0].T
    return audio


def bench_playback() -> list[Row]:
    with TemporaryDirectory() as name, running(Path(name, "sound")) as sink:
        os.environ.update(sink.environment)
        score = Score(Path(name, "takes"), RATE_HZ)
        song = long_song(score)
        mix = exported(score, song, Path(name, "out"))
        with on_stage(sink, score, song, AudioSettings()) as stage, rendering():
            heard = listen(stage, song)[:, : mix.shape[1]]
    dropouts = sum(isinstance(event, Dropout) for event in stage.events)
    lost, wrong = gaps(heard, RATE_HZ), differences(heard, mix[:, : heard.shape[1]])
    missing = mix.shape[1] - heard.shape[1]
    what = (
        f"{MINUTES} min of {TRACKS} tracks, rendering beside it, "
        f"the window blocked for {BLOCKED_S} s {BLOCKED_TIMES} times"
    )
    return [
        at_most(0, f"{what}: gaps over 1 ms", len(lost), "gaps", f"{dropouts} seen by the engine"),
        at_most(0, f"{what}: what differs", len(wrong) + missing, "places", "the exported mix"),
    ]
