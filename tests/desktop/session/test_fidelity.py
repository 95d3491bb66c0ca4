"""Takes are heard beside the window, one at a time, and each only once."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_clip, add_note, add_region, add_take, add_track
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.fidelity import Played
from desktop.session.fidelity import Fidelity, cache_folder
from desktop.storage.pool import TakePool

RATE_HZ = 22050


class Renderer(QObject):
    """Stands in for the render queue."""

    changed = Signal()
    take_made = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.live: tuple[str, ...] = ()


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TakePool:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return TakePool(tmp_path / "takes")


@pytest.fixture
def renderer(qapp: object) -> Renderer:
    assert qapp
    return Renderer()


@pytest.fixture
def fidelity(
    pool: TakePool, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fidelity]:
    monkeypatch.setattr("desktop.session.fidelity.PAUSE_MS", 100)
    made = Fidelity(pool, renderer)  # type: ignore[arg-type]
    yield made
    made.close()


def tone(pool: TakePool, number: int = 0) -> Take:
    """Return a take of a decaying A."""
    at_s = np.arange(RATE_HZ) / RATE_HZ
    wave = (0.3 + 0.01 * number) * np.sin(2 * np.pi * 440 * at_s) * np.exp(-3 * at_s)
    kept = pool.add(np.stack([wave, wave]).astype(np.float32), RATE_HZ)
    name = f"t{number}"
    return Take(name, kept.sha256, kept.format, kept.frames, RATE_HZ, "2030")


def song_with(take: Take, pitch: int) -> Song:
    """Return a song whose region asks for one note."""
    song = add_clip(add_track(Song()), 1, Tick(0), Tick(2 * PPQ))
    song = add_region(add_note(song, 2, Tick(0), Tick(PPQ), pitch), 1, Tick(0), Tick(2 * PPQ))
    return add_take(song, 3, take)


def played(fidelity: Fidelity, take: Take, pitch: int = 69) -> Played | None:
    track = song_with(take, pitch).tracks[0]
    return fidelity.played(take, Song().tempo_map, track, track.regions[0])


def test_a_take_is_scored_against_the_notes_there_are_now(
    fidelity: Fidelity, pool: TakePool, qtbot: QtBot
) -> None:
    take = tone(pool)
    assert played(fidelity, take) is None
    with qtbot.waitSignal(fidelity.arrived, timeout=30_000):
        fidelity.want([take])
    scores = [played(fidelity, take, pitch) for pitch in (69, 70, 69)]
    assert [score.note_f1 for score in scores if score] == [1.0, 0.0, 1.0]


def test_what_was_heard_once_is_known_to_the_next_program(
    fidelity: Fidelity, pool: TakePool, renderer: Renderer, qtbot: QtBot
) -> None:
    take = tone(pool)
    with qtbot.waitSignal(fidelity.arrived, timeout=30_000):
        fidelity.want([take])
    assert [path.stem for path in cache_folder().iterdir()] == [take.sha256]
    later = Fidelity(pool, renderer)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("desktop.rendering.fidelity.hear", lambda *_: pytest.fail("heard again"))
        with qtbot.waitSignal(later.arrived, timeout=30_000):
            later.want([take])
    assert played(later, take) == played(fidelity, take) is not None
    later.close()


@pytest.mark.parametrize("kept", [b"", b"{}", b'{"start_s":["a"]}'])
def test_a_damaged_memory_is_made_anew(
    fidelity: Fidelity, pool: TakePool, qtbot: QtBot, kept: bytes
) -> None:
    take = tone(pool)
    cache_folder().mkdir(parents=True)
    path = cache_folder() / f"{take.sha256}.json"
    path.write_bytes(kept)
    with qtbot.waitSignal(fidelity.arrived, timeout=30_000):
        fidelity.want([take])
    assert played(fidelity, take) is not None
    assert len(path.read_bytes()) > len(kept)


def test_nothing_is_heard_while_something_is_rendered(
    fidelity: Fidelity, pool: TakePool, renderer: Renderer, qtbot: QtBot
) -> None:
    take, renderer.live = tone(pool), ("a job",)
    renderer.take_made.emit(3, take)
    with qtbot.assertNotEmitted(fidelity.arrived, wait=500):
        fidelity.want([take])
    assert "fidelity" not in {thread.name for thread in threading.enumerate()}
    renderer.live = ()
    with qtbot.waitSignal(fidelity.arrived, timeout=30_000):
        renderer.changed.emit()


def test_a_take_that_is_missing_has_no_score_and_is_not_tried_again(
    fidelity: Fidelity, pool: TakePool, qtbot: QtBot
) -> None:
    take = tone(pool)
    pool.path_of(take.sha256, take.format).unlink()
    with qtbot.waitSignal(fidelity.arrived, timeout=30_000):
        fidelity.want([take, tone(pool, 1)])
    qtbot.waitUntil(lambda: played(fidelity, tone(pool, 1)) is not None, timeout=30_000)
    assert played(fidelity, take) is None
    with qtbot.assertNotEmitted(fidelity.arrived, wait=500):
        fidelity.want([take])
