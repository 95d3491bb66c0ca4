"""From Ctrl+Enter to sound: a region is rendered and heard at the sound card, warm."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.document.edits import add_region, add_track
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings
from desktop.session.playback import Playback
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from tests.audio_rig import RATE_HZ, NullSink, Recording, running, wait_until
from tests.benchmarks.harness import Row, at_most

REGION_TICKS: Final = 16 * PPQ  # 8 s at 120 bpm
TIMES: Final = 3
LOUD: Final = 1e-3


def bench_first_take() -> list[Row]:
    """The loop plays over a region without notes, so that the first sound is its take's."""
    with TemporaryDirectory() as name, running(Path(name, "sound")) as sink:
        os.environ.update(sink.environment)
        application = QCoreApplication([])
        took_s = heard_after_s(Path(name, "First.partimento"), sink)
        del application
    what = "8 s region, Ctrl+Enter to its first take heard, warm"
    return [at_most(2, what, float(np.median(took_s)), "s", f"median of {TIMES}")]


def heard_after_s(folder: Path, sink: NullSink) -> list[float]:
    """Return how long each of the renderings took until it was heard."""
    song = add_track(Song(title="First"), "Lead", "lead")
    song = add_region(song, song.tracks[0].id, Tick(0), Tick(REGION_TICKS), "bright piano, calm")
    session, workshop, engine = Session(Project.create(folder, song)), Workshop(), AudioEngine()
    transport = Transport(session)
    rendering = Rendering(session, workshop, session)
    try:
        engine.start(AudioSettings())
        Playback(session, transport, engine, session)
        transport.set_loop((Tick(0), Tick(REGION_TICKS)), on=True)
        with sink.record() as recording:
            rendered_s(session, rendering)  # opens the pack
            transport.play(0)
            return [heard_s(session, rendering, recording) for _ in range(TIMES)]
    finally:
        rendering.close()
        engine.close()
        workshop.close()
        session.close()


def rendered_s(session: Session, rendering: Rendering) -> float:
    """Render the region; return when that was asked for."""
    asked_s, before = time.monotonic(), session.song
    rendering.render({session.song.tracks[0].regions[0].id}, new_seed=True)
    while session.song is before or rendering.live:
        QCoreApplication.processEvents()
        time.sleep(0.002)
    return asked_s


def heard_s(session: Session, rendering: Rendering, recording: Recording) -> float:
    """Return how long after it is asked for a take is heard, the song silent before.

    The recording lags behind the sound by what it buffers, which counts as part of the time.
    """
    while session.song.tracks[0].regions[0].active_take is not None:
        session.undo()
    pump_until(lambda: silent_since(recording, 1.0), "silence")
    asked_frames = recording.frames
    asked_s = rendered_s(session, rendering)
    pump_until(lambda: recording.sound()[:, asked_frames:].max() > LOUD, "sound")
    return time.monotonic() - asked_s


def silent_since(recording: Recording, duration_s: float) -> bool:
    frames = round(duration_s * RATE_HZ)
    return recording.frames > frames and not recording.sound()[:, -frames:].any()


def pump_until(holds: Callable[[], object], what: str) -> None:
    """Let the window's work go on until `holds()`."""

    def pumped() -> object:
        QCoreApplication.processEvents()
        return holds()

    wait_until(pumped, what)
