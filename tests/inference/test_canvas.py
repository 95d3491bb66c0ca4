import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inference.canvas import Canvas
from inference.conditioning import even_beats, notes_to_roll
from inference.pack import load_pack
from inference.request import Note, RenderRequest

TinyPack = Callable[..., Path]
STEP, RATE_HZ = 64, 8000


def request(frames: int, **fields: object) -> RenderRequest:
    return RenderRequest(pack_id="tiny", frames=frames, **fields)  # type: ignore[arg-type]


@given(lengths=st.lists(st.integers(1, 12_000), min_size=1, max_size=5))
def test_the_parts_share_out_the_canvas_and_the_weights_sum_to_one(
    tiny_pack: Path, lengths: list[int]
) -> None:
    canvas = Canvas(load_pack(tiny_pack), [request(frames) for frames in lengths])
    assert canvas.latent_frames == -(-sum(lengths) // STEP)
    edges = [(part.first, part.last) for part in canvas.parts]
    assert edges[0][0] == 0
    assert edges[-1][1] == canvas.latent_frames
    assert all(last == first for (_, last), (first, _) in itertools.pairwise(edges))
    total = np.zeros((canvas.latent_frames, 1))
    for window in canvas.windows:
        total[window.start : window.end] += window.weight
    np.testing.assert_allclose(total, 1, atol=1e-5)


def test_prompts_blend_over_one_overlap_around_their_join(tiny_pack: Path) -> None:
    canvas = Canvas(load_pack(tiny_pack), [request(40 * STEP), request(40 * STEP)])
    assert [(w.start, w.end) for w in canvas.windows] == [(0, 48), (32, 80)]
    first = canvas.windows[0].weight[:, 0]
    assert (first[:32] == 1).all()
    assert (np.diff(first[32:]) < 0).all()
    np.testing.assert_allclose(first[39] + first[40], 1, atol=1e-6)


def test_a_request_has_the_same_noise_alone_and_in_a_chain(tiny_pack: Path) -> None:
    pack = load_pack(tiny_pack)
    alone = Canvas(pack, [request(20 * STEP, seed=5)]).noise()
    chain = Canvas(pack, [request(10 * STEP, seed=4), request(20 * STEP, seed=5)]).noise()
    np.testing.assert_array_equal(chain[10:], alone)


def test_notes_and_beats_of_a_chain_stand_at_their_own_times(tiny_pack: Path) -> None:
    sketch = (Note(0.0, 9.0, 60, 127),)
    first = request(10 * STEP, notes=sketch, beats=even_beats(1500, 4, 0.08))
    second = request(10 * STEP, beats=even_beats(1500, 4, 0.08))
    canvas = Canvas(load_pack(tiny_pack), [first, second])
    roll = canvas.roll(0, 20).reshape(40, 3, 128)
    assert np.flatnonzero(roll[:, 0, 60]).tolist() == list(range(20))
    assert canvas.notes_mask[:, 0].tolist() == [1.0] * 10 + [0.0] * 10
    np.testing.assert_allclose(canvas.beat[10:], canvas.beat[:10], atol=1e-5)


def test_a_window_s_roll_is_cut_from_the_whole(tiny_pack: Path) -> None:
    sketch = tuple(Note(0.03 * n, 0.05, 50 + n, 100) for n in range(20))
    canvas = Canvas(load_pack(tiny_pack), [request(100 * STEP, notes=sketch)])
    np.testing.assert_allclose(canvas.roll(30, 60), canvas.roll(0, 100)[30:60], atol=1e-5)


def test_drums_beside_pitches_fill_the_planes_as_training_fills_them(tiny_pack: Path) -> None:
    pitched, drums = (Note(0.0, 0.08, 60, 100),), (Note(0.04, 0.01, 36, 127),)
    pack = load_pack(tiny_pack)
    mix = Canvas(pack, [request(20 * STEP, notes=pitched, drum_notes=drums)])
    fill = partial(
        notes_to_roll,
        latent_frames=20,
        latent_rate_hz=RATE_HZ / STEP,
        planes=("sounding", "onset", "drum"),
        subframes=2,
    )
    np.testing.assert_array_equal(mix.roll(0, 20), fill(pitched, False) + fill(drums, True))
    beat = Canvas(pack, [request(20 * STEP, role="drums", notes=drums)])
    np.testing.assert_array_equal(beat.roll(0, 20), fill(drums, True))


def test_drums_alone_are_a_sketch(tiny_pack: Path) -> None:
    canvas = Canvas(load_pack(tiny_pack), [request(STEP, drum_notes=(Note(0.0, 0.1, 36, 90),))])
    assert (canvas.notes_mask == 1).all()
    assert canvas.roll(0, 1).any()
