import itertools
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.arrays import Latents
from inference.canvas import blend_weights, cut
from inference.decoder import tiles
from inference.errors import Cancelled
from inference.guidance import Guide, adaptive_projected
from inference.pack import Sampling
from inference.progress import CancelToken, Progress, Stage
from inference.sampler import flow_euler
from inference.schedule import step_times

EVEN = Sampling(kind="flow_euler", steps=4)
RANDOM = np.random.default_rng(5)


def test_times_fall_evenly_from_noise_to_data() -> None:
    assert step_times(EVEN).tolist() == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert step_times(EVEN, steps=2).tolist() == [1.0, 0.5, 0.0]


def test_a_shift_keeps_the_ends_and_lingers_at_the_noise() -> None:
    times = step_times(Sampling(kind="flow_euler", steps=2, shift=3.0))
    assert times.tolist() == [1.0, 0.75, 0.0]


def test_explicit_times_are_taken_as_they_are() -> None:
    listed = Sampling(kind="flow_euler", steps=8, times=(1.0, 0.9, 0.5, 0.0))
    assert step_times(listed).tolist() == [1.0, 0.9, 0.5, 0.0]
    assert step_times(listed, steps=6)[::2].tolist() == [1.0, 0.9, 0.5, 0.0]


def test_audio_to_audio_starts_at_its_strength() -> None:
    assert step_times(EVEN, strength=0.5)[0] == 0.5
    assert len(step_times(EVEN, strength=0.5)) == 5


def test_the_flow_of_a_straight_line_ends_at_the_data() -> None:
    data, noise = RANDOM.standard_normal((2, 5, 3)).astype(np.float32)
    seen: list[Progress] = []

    def straight(latents: Sequence[object], time: float) -> list[Latents]:
        assert len(latents) == 1
        assert 0 < time <= 1
        return [noise - data]

    (end,) = flow_euler([noise], step_times(EVEN), straight, seen.append, CancelToken())
    np.testing.assert_allclose(end, data, atol=1e-6)
    assert seen == [Progress(Stage.DENOISE, done, 4) for done in (1, 2, 3, 4)]


def test_a_cancelled_sampler_takes_no_further_step() -> None:
    cancel, calls = CancelToken(), []

    def velocities(latents: Sequence[object], time: float) -> list[Latents]:
        calls.append((latents, time))
        cancel.cancel()
        return [np.zeros((2, 2), np.float32)]

    with pytest.raises(Cancelled):
        flow_euler([np.zeros((2, 2), np.float32)], step_times(EVEN), velocities, print, cancel)
    assert len(calls) == 1


def test_a_token_stops_what_is_linked_once_and_at_once() -> None:
    token, stopped = CancelToken(), []
    with token.linked(lambda: stopped.append("early")):
        pass
    with token.linked(lambda: stopped.append("running")):
        token.cancel()
        token.cancel()
    with token.linked(lambda: stopped.append("late")):
        pass
    assert stopped == ["running", "late"]


def test_classifier_free_guidance_is_its_formula() -> None:
    guide = Guide(Sampling(kind="flow_euler", steps=1, guidance="cfg", guidance_scale=3.0))
    one, two = np.array([[[1.0, 2.0]], [[0.0, 4.0]]], np.float32)
    assert guide("window", one, two, 3.0).tolist() == [[3.0, -2.0]]


def test_guidance_works_only_within_its_interval() -> None:
    sampling = Sampling(
        kind="flow_euler", steps=1, guidance="cfg", guidance_scale=3.0, guidance_interval=(0.2, 0.8)
    )
    guide = Guide(sampling)
    assert [guide.scale_at(time, None) for time in (0.1, 0.2, 0.5, 0.9)] == [1, 3, 3, 1]
    assert guide.scale_at(0.5, 7.0) == 7.0
    assert Guide(EVEN).scale_at(0.5, 7.0) == 1.0


def test_projected_guidance_never_pushes_along_the_prompted_velocity() -> None:
    prompted, push = RANDOM.standard_normal((2, 40, 8)).astype(np.float32)
    change = adaptive_projected(prompted, push, 5.0, threshold=0.0) - prompted
    np.testing.assert_allclose((change * prompted).sum(axis=0), 0, atol=1e-3)
    limited = adaptive_projected(prompted, push, 2.0, threshold=0.5) - prompted
    assert np.linalg.norm(limited, axis=0).max() <= 0.5 + 1e-4


def test_projected_guidance_remembers_each_window_s_push() -> None:
    sampling = Sampling(kind="flow_euler", steps=1, guidance="apg", momentum=-0.5)
    guide = Guide(sampling)
    prompted, plain = RANDOM.standard_normal((2, 10, 4)).astype(np.float32)
    first = guide("a", prompted, plain, 2.0)
    assert not np.array_equal(guide("a", prompted, plain, 2.0), first)
    np.testing.assert_array_equal(guide("b", prompted, plain, 2.0), first)


@given(st.integers(0, 50), st.integers(1, 3000), st.integers(2, 100), st.data())
def test_windows_are_equal_and_overlap_enough(
    start: int, length: int, window: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, window // 2))
    spans = cut(start, start + length, window, overlap)
    assert spans[0][0] == start
    assert spans[-1][1] == start + length
    assert len({last - first for first, last in spans}) == 1
    assert spans[0][1] - spans[0][0] <= window
    for (_, end), (next_start, _) in itertools.pairwise(spans):
        assert end - next_start >= overlap


@given(st.integers(1, 600), st.integers(2, 100), st.data())
def test_the_weights_of_windows_sum_to_one(length: int, window: int, data: st.DataObject) -> None:
    spans = cut(0, length, window, data.draw(st.integers(0, window // 2)))
    total = np.zeros((length, 1))
    for (start, end), weight in zip(spans, blend_weights(spans, length), strict=True):
        assert (weight > 0).all()
        total[start:end] += weight
    np.testing.assert_allclose(total, 1, atol=1e-5)


def test_weights_change_smoothly() -> None:
    spans = cut(0, 500, 100, 40)
    assert max(np.abs(np.diff(w[:, 0])).max() for w in blend_weights(spans, 500)) < 0.06


def test_ten_minutes_cost_little_more_than_twenty_half_minutes() -> None:
    def cost(seconds: float) -> int:
        frames = round(seconds * 44100 / 1024)
        return sum(end - start for start, end in cut(0, frames, 512, 64))

    assert cost(600) <= 1.1 * 20 * cost(30)


@given(st.integers(1, 500), st.integers(1, 60), st.integers(0, 10))
def test_tiles_keep_each_frame_once(frames: int, tile: int, context: int) -> None:
    kept = [n for _, _, first, last in tiles(frames, tile, context) for n in range(first, last)]
    assert kept == list(range(frames))
    for start, end, first, last in tiles(frames, tile, context):
        assert start == max(first - context, 0)
        assert end == min(last + context, frames)


@given(st.integers(1, 500), st.integers(1, 60), st.integers(1, 60))
def test_tiles_grow_from_the_first_to_the_full_length(frames: int, tile: int, first: int) -> None:
    lengths = [last - begin for _, _, begin, last in tiles(frames, tile, 3, first)]
    assert sum(lengths) == frames
    assert lengths[0] == min(first, tile, frames)
    assert all(b <= min(2 * a, tile) for a, b in pairwise(lengths))
    assert lengths[:-1] == sorted(lengths[:-1])
