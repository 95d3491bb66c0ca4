import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import Take
from desktop.engine.readers import (
    CHUNK_FRAMES,
    KEPT_S,
    Path,
    ReadAhead,
    Reader,
    chunks_of,
    wanted_chunks,
)
from desktop.mixing.stems import Placement, TrackSound
from inference.arrays import Audio
from tests.audio_rig import wait_until
from tests.desktop.engine.scores import RATE, Score


def reader_of(score: Score, take: Take) -> Reader:
    placed = (Placement(take, 0, take.frames, 0),)
    return Reader(placed, TrackSound(placed, RATE, score.pool.open))


@pytest.fixture(scope="module")
def noise_reader(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, Audio]:
    score = Score(tmp_path_factory.mktemp("takes"))
    take = score.noise(3 * CHUNK_FRAMES / RATE)
    reader = reader_of(score, take)
    for chunk in range(-1, 3):
        assert reader.load(chunk) is None
    reader.close()
    return reader, score.pool.read(take)


@given(st.integers(-CHUNK_FRAMES, 3 * CHUNK_FRAMES), st.integers(0, CHUNK_FRAMES * 2))
def test_any_span_is_read_across_chunks(
    noise_reader: tuple[Reader, Audio], start: int, frames: int
) -> None:
    reader, sound = noise_reader
    whole = np.pad(sound, ((0, 0), (CHUNK_FRAMES, 3 * CHUNK_FRAMES)))
    read = reader.read(start, frames)
    wanted = whole[:, start + CHUNK_FRAMES :][:, :frames]
    assert np.array_equal(wanted, np.zeros_like(wanted) if read is None else read)


@given(st.integers(-(10**6), 10**6), st.integers(0, 10**5))
def test_chunks_cover_the_span_and_no_more(start: int, frames: int) -> None:
    chunks = chunks_of(start, frames)
    last = start + frames - 1
    if frames:
        assert (chunks[0], chunks[-1]) == (start // CHUNK_FRAMES, last // CHUNK_FRAMES)


def test_what_is_not_loaded_is_silent_and_known_to_be_missing(score: Score) -> None:
    reader = reader_of(score, score.noise(5))
    assert reader.read(100, 100) is None
    assert not reader.has_span(100, 100)
    assert (reader.was_late(), reader.was_late()) == (True, False)
    assert reader.load(0) is None
    assert reader.read(100, 100) is not None
    assert not reader.was_late()
    assert reader.has_span(100, 100)
    assert not reader.has_span(CHUNK_FRAMES - 50, 100)
    reader.close()


def test_what_is_no_longer_wanted_is_forgotten(score: Score) -> None:
    reader = reader_of(score, score.noise(5))
    for chunk in (0, 1):
        reader.load(chunk)
    reader.keep({1}, now_s=10.0)
    reader.keep({1}, now_s=10.0 + KEPT_S + 0.1)
    assert (reader.has(0), reader.has(1)) == (False, True)
    assert reader.read(0, 100) is None
    reader.close()


def test_what_the_present_block_may_need_is_kept_for_a_while(score: Score) -> None:
    reader = reader_of(score, score.noise(5))
    reader.load(0)
    reader.keep(set(), now_s=10.0)
    reader.keep(set(), now_s=10.0 + KEPT_S - 0.1)
    assert reader.read(0, 100) is not None
    assert not reader.was_late()
    assert not reader.has(0)  # nothing new begins in what may go at any moment
    score.pool.path_of(reader.placements[0].take.sha256, "flac").unlink()
    assert reader.load(0) is None  # for it is still there
    reader.keep({0}, now_s=20.0)
    assert reader.has(0)
    reader.close()


def test_a_track_without_takes_has_nothing_to_wait_for() -> None:
    reader = Reader((), TrackSound((), RATE, lambda take: take))
    assert reader.has_span(0, 10**9)


def test_a_take_that_is_missing_is_silent_and_said(score: Score) -> None:
    take = score.noise(1)
    score.pool.path_of(take.sha256, take.format).unlink()
    reader = reader_of(score, take)
    assert "missing" in (reader.load(0) or "")
    assert reader.has(0)
    assert reader.read(0, 100) is None


def test_whatever_happens_in_a_take_is_said(score: Score) -> None:
    def fail(take: Take) -> None:
        raise MemoryError(f"too large: {take.id}")

    take = score.noise(1)
    placed = (Placement(take, 0, take.frames, 0),)
    reader = Reader(placed, TrackSound(placed, RATE, fail))
    assert (
        reader.load(0)
        == f"a take cannot be read: MemoryError: too large: {take.id}; render it again"
    )


def test_all_tracks_are_wanted_side_by_side_in_the_order_of_time(score: Score) -> None:
    one, two = (reader_of(score, score.noise(1)) for _ in range(2))
    none = Reader((), TrackSound((), RATE, score.pool.open))
    paths = [Path((one, none, two), 0, CHUNK_FRAMES + 1), Path((one,), 5 * CHUNK_FRAMES, 1)]
    assert list(wanted_chunks(paths)) == [(one, 0), (two, 0), (one, 1), (two, 1), (one, 5)]


@contextmanager
def reading_ahead(paths: list[Path], told: list[str]) -> Iterator[None]:
    ahead = ReadAhead(lambda: list(paths), told.append)
    try:
        yield
    finally:
        ahead.close()


def test_paths_are_loaded_and_left_again(score: Score) -> None:
    reader = reader_of(score, score.noise(10))
    paths = [Path((reader,), 0, CHUNK_FRAMES)]
    with reading_ahead(paths, []):
        wait_until(lambda: reader.has(0), "loading")
        paths[0] = Path((reader,), CHUNK_FRAMES, CHUNK_FRAMES)
        wait_until(lambda: reader.has(1) and not reader.has(0), "going on")
        paths.clear()
        wait_until(lambda: reader.is_empty, "forgetting")


def test_what_cannot_be_read_is_said_once(score: Score) -> None:
    take = score.noise(5)
    score.pool.path_of(take.sha256, take.format).write_bytes(b"no sound")
    reader, told = reader_of(score, take), list[str]()
    with reading_ahead([Path((reader,), 0, 2 * CHUNK_FRAMES)], told):
        wait_until(lambda: reader.has(0) and reader.has(1), "loading")
    assert len(told) == 1
    assert "is no audio" in told[0]


def test_the_thread_ends_with_its_owner(score: Score) -> None:
    with reading_ahead([Path((reader_of(score, score.noise(1)),), 0, 1)], []):
        assert "read-ahead" in [thread.name for thread in threading.enumerate()]
    assert "read-ahead" not in [thread.name for thread in threading.enumerate()]
