"""The thread that plays, with a device that keeps what it is given."""

import multiprocessing
import queue
import threading
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pytest

from desktop.engine import player as player_module
from desktop.engine.messages import AudioSettings, Close, Play, SetLoop, SetSettings
from desktop.engine.player import Order, Player, UseSynth, UseWorld
from desktop.engine.reporter import Reporter
from desktop.engine.synth import NoSynthError, Synth
from desktop.engine.world import World
from inference.arrays import Audio
from tests.audio_rig import wait_until
from tests.desktop.engine.scores import RATE, NoteBook, Score, largest_step


class Tape:
    """Takes the place of a device: writes at once, and never runs full."""

    written: list[Audio]
    opened_at_hz: list[int]
    name, latency_frames, ahead_frames = "tape", 100, 100

    def __init__(self, settings: AudioSettings, sample_rate_hz: int) -> None:
        self.block_frames, self.sample_rate_hz = settings.block_frames, sample_rate_hz
        self.opened_at_hz.append(sample_rate_hz)

    def write(self, sound: Audio) -> bool:
        self.written.append(sound)
        return False

    def drain(self) -> None: ...

    def close(self) -> None: ...


class InTurns(queue.SimpleQueue[Order]):
    """Orders that come one after another; at None there is none for a moment."""

    def __init__(self, *orders: Order | None) -> None:
        self._in_turn = list(orders)

    def get(self, *_: Any, **__: Any) -> Order:
        order = self._in_turn.pop(0) if self._in_turn else None
        if order is None:
            raise queue.Empty
        return order

    def get_nowait(self) -> Order:
        return self.get()


def no_synth(sample_rate_hz: int) -> Synth:
    raise NoSynthError(f"none at {sample_rate_hz} Hz")


@pytest.fixture
def reporter() -> Iterator[Reporter]:
    here, there = multiprocessing.Pipe()
    with here, there:
        made = Reporter(there)
        yield made
        while here.poll():
            here.recv()
        made.close()


@pytest.fixture
def tape(monkeypatch: pytest.MonkeyPatch) -> type[Tape]:
    """Let the engine play onto a tape, and find no synth."""
    monkeypatch.setattr(Tape, "written", [], raising=False)
    monkeypatch.setattr(Tape, "opened_at_hz", [], raising=False)
    monkeypatch.setattr(player_module, "Output", Tape)
    monkeypatch.setattr(player_module, "Synth", no_synth)
    return Tape


def heard(tape: type[Tape]) -> Audio:
    return np.concatenate([np.zeros((2, 0), np.float32), *tape.written], axis=1)


def play_level(player: Player, score: Score, tape: type[Tape]) -> threading.Thread:
    """Play a level of 0.5 again and again; return the thread, as soon as that is heard."""
    world = score.world(score.song(score.track(score.level(0.5, 4), ticks=8 * 960)))
    thread = threading.Thread(target=player.run)
    thread.start()
    settings = SetSettings(AudioSettings(block_frames=16))
    for order in (settings, UseWorld(world), SetLoop((960, 4 * 960)), Play(960)):
        player.orders.put(order)
    wait_until(lambda: tape.written and (tape.written[-1] == 0.5).all(), "playing")
    return thread


def test_closing_fades_out(reporter: Reporter, score: Score, tape: type[Tape]) -> None:
    player = Player(reporter)
    thread = play_level(player, score, tape)
    player.orders.put(Close())
    thread.join()
    sound = heard(tape)
    assert sound.max() == 0.5
    assert abs(float(sound[0, -1])) < 0.01
    assert largest_step(sound) < 0.02


def test_other_settings_fade_out_before_they_are_used(
    reporter: Reporter, score: Score, tape: type[Tape]
) -> None:
    player = Player(reporter)
    thread = play_level(player, score, tape)
    player.orders.put(SetSettings(AudioSettings(block_frames=32)))
    player.orders.put(UseWorld(score.world(score.song())))
    wait_until(lambda: tape.written[-1].shape[1] == 32, "another block")
    player.orders.put(Close())
    thread.join()
    sound = heard(tape)
    assert not sound[:, -32:].any()
    assert largest_step(sound) < 0.02


def test_at_another_rate_the_device_is_opened_when_the_song_is_there_at_that_rate(
    reporter: Reporter, tape: type[Tape]
) -> None:
    player = Player(reporter)
    one, other = (UseWorld(World(sample_rate_hz=rate)) for rate in (RATE, 2 * RATE))
    settings = SetSettings(AudioSettings(sample_rate_hz=2 * RATE))
    player.orders = InTurns(one, None, settings, None, other, None, Close())
    player.run()
    assert tape.opened_at_hz == [RATE, 2 * RATE]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_synth_that_fails_keeps_no_take_waiting(
    reporter: Reporter, score: Score, tape: type[Tape], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(sample_rate_hz: int) -> Synth:
        raise OSError(f"broken at {sample_rate_hz} Hz")

    monkeypatch.setattr(player_module, "Synth", fail)
    player = Player(reporter)
    thread = play_level(player, score, tape)
    player.orders.put(Close())
    thread.join()
    assert heard(tape).max() == 0.5


@pytest.mark.usefixtures("tape")
def test_a_synth_of_a_rate_that_is_no_longer_played_is_closed(reporter: Reporter) -> None:
    player, late = Player(reporter), NoteBook()
    thread = threading.Thread(target=player.run)
    thread.start()
    player.orders.put(UseWorld(World(sample_rate_hz=RATE)))
    player.orders.put(UseSynth(cast("Synth", late), 2 * RATE))
    player.orders.put(Close())
    thread.join()
    assert late.closed
