import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.messages import Meters, Position, Trouble
from desktop.engine.mixer import MASTER
from desktop.engine.reporter import Heard, Reporter, Written
from tests.audio_rig import wait_until


@pytest.fixture
def pipes() -> Iterator[tuple["Connection[Any, Any]", "Connection[Any, Any]"]]:
    here, there = multiprocessing.Pipe()
    with here, there:
        yield here, there


def position(tick: float) -> Position:
    return Position(tick, 0, True, False, 0.0)


def test_news_arrive_in_order(
    pipes: tuple["Connection[Any, Any]", "Connection[Any, Any]"],
) -> None:
    here, there = pipes
    reporter = Reporter(there)
    for n in range(3):
        reporter.tell(Trouble(str(n)))
    assert [here.recv() for _ in range(3)] == [Trouble(str(n)) for n in range(3)]
    reporter.close()


def test_a_window_that_takes_nothing_gets_the_newest_position_and_all_news_later(
    pipes: tuple["Connection[Any, Any]", "Connection[Any, Any]"],
) -> None:
    here, there = pipes
    reporter = Reporter(there)
    for n in range(5000):  # far more than a pipe holds; none of these calls may wait
        reporter.show(position(n))
        if n % 100 == 0:
            reporter.tell(Trouble("x" * 10000))
    got = [here.recv()]
    while got[-1] != position(4999):
        got.append(here.recv())
    assert sum(isinstance(event, Trouble) for event in got) == 50
    assert len(got) < 5000
    reporter.close()


def test_what_is_left_is_sent_before_the_end(
    pipes: tuple["Connection[Any, Any]", "Connection[Any, Any]"],
) -> None:
    here, there = pipes
    reporter = Reporter(there)
    reporter.tell(Trouble("the last"))
    reporter.close()
    assert here.recv() == Trouble("the last")


def test_a_window_that_is_gone_is_no_failure() -> None:
    here, there = multiprocessing.Pipe()
    here.close()
    reporter = Reporter(there)
    reporter.tell(Trouble("nobody hears it"))
    wait_until(lambda: not reporter._thread.is_alive(), "the end of the thread")
    there.close()


def written(number: int, frames: int, peak: float = 0.0, square: float = 0.0) -> Written:
    start = number * frames
    return Written(start, start + frames, position(number), {7: (peak, square), MASTER: (1, 1)})


@given(st.integers(1, 50), st.lists(st.integers(0, 2000), max_size=20))
def test_what_is_heard_is_the_block_that_holds_the_frame(frames: int, asked: list[int]) -> None:
    heard = Heard()
    for number in range(2000 // frames + 2):
        heard.write(written(number, frames))
    for frame in sorted(asked):
        block = heard.until(frame)
        assert block is not None
        assert block.start_frame <= frame < block.end_frame


def test_the_last_block_is_heard_until_there_is_another() -> None:
    heard = Heard()
    assert heard.until(0) is None
    heard.write(written(0, 10))
    block = heard.until(99)
    assert block is not None
    assert block.position == position(0)


def test_levels_are_those_of_what_was_heard_since_the_last_time() -> None:
    heard = Heard()
    for number, (peak, square) in enumerate(((0.5, 0.04), (0.25, 0.02), (0.9, 0.5))):
        heard.write(written(number, 10, peak, square))
    heard.until(20)
    meters = heard.meters()
    assert meters.tracks[7] == pytest.approx((0.5, 0.03**0.5))
    assert meters.master == (1, 1)
    assert heard.meters() == Meters({}, (0.0, 0.0))
