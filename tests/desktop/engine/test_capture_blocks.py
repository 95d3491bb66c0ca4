"""What is written of the blocks that an input gives; a real input is in `test_capture.py`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from desktop.engine import capture
from desktop.engine.capture import Captures
from desktop.engine.device import Block
from desktop.engine.messages import CaptureBegan, CaptureEnded, CaptureLevel, Event, StartCapture
from desktop.engine.reporter import Reporter
from desktop.importing.audio import read_audio
from tests.audio_rig import wait_until

RATE_HZ = 8000
BEGAN_S = 128.0


class Microphone:
    """Gives the blocks that the test says."""

    def __init__(self, name: str | None, on_block: Callable[[Block], object]) -> None:
        self.name, self.sample_rate_hz, self.channels = name or "Mic", RATE_HZ, 1
        self.on_block, self.is_alive, self.is_closed = on_block, True, False
        Heard.microphone = self

    def close(self) -> None:
        self.is_closed = True

    def give(
        self, level: float, frames: int, came_in_s: float, lost: bool = False, wrong_s: float = 0.0
    ) -> None:
        """Give a block of `level` whose first frame was heard at `came_in_s`.

        Its last waited for 10 ms; the system says by `wrong_s` more, or less.
        """
        samples = np.full(frames, level, np.float32).tobytes()
        delay_s = frames / RATE_HZ + 0.01
        self.on_block(Block(came_in_s + delay_s, delay_s + wrong_s, frames, lost, samples))


class Heard:
    """Takes down what the window would be told."""

    microphone: Microphone | None = None

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.tell = self.show_input = self.events.append

    def await_event(self, kind: type) -> Event:
        wait_until(lambda: any(isinstance(each, kind) for each in self.events), kind.__name__)
        return next(each for each in self.events if isinstance(each, kind))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def captures(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Captures]:
    monkeypatch.setattr(capture, "Input", Microphone)
    Heard.microphone = None
    made = Captures(cast("Reporter", heard))
    yield made
    made.end_and_wait()


def begun(captures: Captures, path: Path) -> Microphone:
    captures.start(StartCapture(path, None))
    wait_until(lambda: Heard.microphone is not None, "an open input")
    assert Heard.microphone is not None
    return Heard.microphone


def ended(captures: Captures, heard: Heard) -> CaptureEnded:
    captures.end_and_wait()
    event = heard.await_event(CaptureEnded)
    assert isinstance(event, CaptureEnded)
    return event


def test_what_the_input_loses_is_silence_and_what_follows_stays_in_place(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    microphone.give(0.5, 800, BEGAN_S)
    microphone.give(0.25, 800, BEGAN_S + 0.3, lost=True)
    event = ended(captures, heard)
    assert event.frames == 2400 + 800
    assert event.began_at_s == pytest.approx(BEGAN_S)
    sound = read_audio(tmp_path / "a.au").audio[0]
    assert [float(sound[at]) for at in (0, 799, 800, 2399, 2400)] == [0.5, 0.5, 0, 0, 0.25]
    assert microphone.is_closed


def test_a_block_that_is_late_to_be_told_of_moves_nothing(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    for number in range(9):
        late_s = 0.2 if number == 4 else 0.0
        microphone.give(0.5, 800, BEGAN_S + number / 10 + late_s)
    event = ended(captures, heard)
    assert (event.frames, event.peak) == (7200, 0.5)
    assert event.began_at_s == pytest.approx(BEGAN_S)


def test_what_the_system_says_of_its_delay_before_it_knows_moves_nothing(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    for number in range(20):
        wrong_s = max(0.0, 0.5 - number / 32)
        microphone.give(0.5, 200, BEGAN_S + number / 40, wrong_s=wrong_s)
    assert ended(captures, heard).began_at_s == pytest.approx(BEGAN_S)


def test_no_block_is_taken_to_be_heard_after_it_arrived(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    for number in range(9):
        microphone.give(0.5, 800, BEGAN_S + number / 10, wrong_s=-0.05)
    assert ended(captures, heard).began_at_s == pytest.approx(BEGAN_S + 0.01)


def test_what_is_no_number_does_not_make_the_rest_unreadable(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    for number, level in enumerate((0.5, np.nan, np.inf, 0.25)):
        microphone.give(level, 800, BEGAN_S + number / 10)
    assert ended(captures, heard).peak == 1.0
    sound = read_audio(tmp_path / "a.au").audio[0]
    assert sound[::800].tolist() == [0.5, 0.0, 1.0, 0.25]


def test_it_begins_with_the_first_sound_and_says_how_loud_it_is(
    captures: Captures, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "LEVEL_S", 0.0)
    microphone = begun(captures, tmp_path / "a.au")
    assert not heard.events
    microphone.give(0.5, 800, BEGAN_S)
    heard.await_event(CaptureLevel)
    assert heard.events[0] == CaptureBegan(tmp_path / "a.au", "Mic", RATE_HZ)
    level = heard.events[1]
    assert isinstance(level, CaptureLevel)
    assert (level.peak, level.rms, level.frames) == (0.5, 0.5, 800)


def test_an_input_that_falls_silent_is_gone(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    microphone = begun(captures, tmp_path / "a.au")
    microphone.is_alive = False
    event = heard.await_event(CaptureEnded)
    assert isinstance(event, CaptureEnded)
    assert event.message == "Mic is gone; what was recorded is kept, connect it again"
    assert microphone.is_closed


def test_a_recording_that_gets_too_long_ends(
    captures: Captures, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "MAX_S", 60)
    microphone = begun(captures, tmp_path / "a.au")
    for second in range(61):
        microphone.give(0.1, RATE_HZ, BEGAN_S + second)
    event = heard.await_event(CaptureEnded)
    assert isinstance(event, CaptureEnded)
    assert event.message == "a recording may last 1 minutes; start another"
    assert event.frames == 61 * RATE_HZ


def test_another_begins_only_when_the_first_is_whole(
    captures: Captures, heard: Heard, tmp_path: Path
) -> None:
    first = begun(captures, tmp_path / "a.au")
    first.give(0.5, 800, BEGAN_S)
    heard.await_event(CaptureBegan)
    captures.start(StartCapture(tmp_path / "b.au", None))
    assert first.is_closed
    event = heard.events[-1]
    assert isinstance(event, CaptureEnded)
    assert (event.path, event.frames, event.message) == (tmp_path / "a.au", 800, "")
