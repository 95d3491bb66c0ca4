import hashlib
import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from inference.conditioning import even_beats
from inference.errors import Cancelled, PackError, RenderError, RequestError
from inference.pipeline import Engine
from inference.progress import CancelToken, Progress, Stage
from inference.request import Note, RenderRequest, Span, Turn

TinyPack = Callable[..., Path]
RATE_HZ, STEP = 8000, 64
ASKED = RenderRequest(
    pack_id="tiny",
    frames=9000,
    prompt="calm piano",
    role="lead",
    notes=tuple(Note(0.1 * n, 0.1, 60 + n, 100) for n in range(12)),
    beats=even_beats(120, 4, 2),
    seed=7,
)


@pytest.fixture(scope="module")
def engine(tiny_pack: Path) -> Engine:
    return Engine(tiny_pack, device="cpu", threads=1)


def sound(frames: int, seed: int = 1) -> np.ndarray[Any, np.dtype[np.float32]]:
    random = np.random.default_rng(seed)
    return random.uniform(-0.5, 0.5, (2, frames)).astype(np.float32)


def db_below(audio: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Return how far the difference lies below `audio`, in dB."""
    return float(10 * np.log10(np.square(audio - other).sum() / np.square(audio).sum() + 1e-30))


@pytest.mark.parametrize("frames", [1, 63, 64, 65, 4096, 4097, 9000])
def test_a_render_has_exactly_the_frames_asked_for(engine: Engine, frames: int) -> None:
    audio = engine.render(replace(ASKED, frames=frames)).audio
    assert audio.shape == (2, frames)
    assert audio.dtype == np.float32
    assert np.abs(audio).max() <= 1


def test_the_same_request_gives_the_same_bytes(engine: Engine) -> None:
    assert engine.render(ASKED).audio.tobytes() == engine.render(ASKED).audio.tobytes()


@pytest.mark.parametrize("strength", [1.0, 0.4])
def test_what_no_step_changes_may_have_a_graph_of_its_own(
    engine: Engine, make_tiny_pack: TinyPack, strength: float
) -> None:
    parted = Engine(make_tiny_pack(controlled=True), device="cpu", threads=1)
    asked = replace(ASKED, notes_strength=strength, context_audio=sound(ASKED.frames))
    assert db_below(engine.render(asked).audio, parted.render(asked).audio) < -100
    assert parted.render(asked).recipe.ignored == ()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("Slice(whole, none, none, none)", r"control\.onnx gave \(0, \d+, 8\)"),
        ("Concat<axis=0>(whole, whole)", r"control\.onnx gave \(2, \d+, 8\)"),
        ("ReduceSum<keepdims=0>(whole, middle)", r"control\.onnx gave \(1, 8\)"),
        ("Concat<axis=1>(whole, whole)", r"denoiser\.onnx failed"),
        ("Sqrt(whole)", r"control\.onnx gave NaN"),
    ],
)
def test_a_control_graph_that_gives_something_else_is_named(
    make_tiny_pack: TinyPack, altered_graph: Callable[..., bytes], made: str, said: str
) -> None:
    none = "none = Constant<value_ints=[0]>()"
    changes = {"control = Sum(": f"{none}\nwhole = Sum(", "past)\n": f"past)\ncontrol = {made}\n"}
    graph = altered_graph("control", changes)
    parted = make_tiny_pack(controlled=True, contents={"control.onnx": graph})
    with pytest.raises(RenderError, match=said):
        Engine(parted, device="cpu", threads=1).render(ASKED)


def test_another_process_and_thread_count_give_the_same_bytes(
    engine: Engine, tiny_pack: Path
) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path\n"
        "from inference.pipeline import Engine; from inference.request import RenderRequest\n"
        "engine = Engine(Path(sys.argv[1]), device='cpu', threads=2)\n"
        "request = RenderRequest(pack_id='tiny', frames=9000, prompt='calm piano', seed=7)\n"
        "print(hashlib.sha256(engine.render(request).audio.tobytes()).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tiny_pack)], capture_output=True, text=True, check=True
    )
    here = engine.render(RenderRequest(pack_id="tiny", frames=9000, prompt="calm piano", seed=7))
    assert told.stdout.strip() == hashlib.sha256(here.audio.tobytes()).hexdigest()


CHANGES: dict[str, Any] = {
    "prompt": "loud drums",
    "negative_prompt": "loud",
    "role": "bass",
    "notes": None,
    "drum_notes": tuple(Note(0.1 * n, 0.1, 36, 127) for n in range(10)),
    "beats": (),
    "seed": 8,
    "turns": (Turn(8, 0.5),),
    "steps": 3,
    "guidance": 4.0,
    "notes_strength": 2.0,
    "context_audio": sound(9000),
    "known_audio": sound(9000),
    "initial_audio": sound(9000),
}


@pytest.mark.parametrize("field", CHANGES)
def test_every_part_of_a_request_is_heard(engine: Engine, field: str) -> None:
    extra: dict[str, Any] = {"initial_audio": {"initial_strength": 0.5}}.get(field, {})
    changed = engine.render(replace(ASKED, **{field: CHANGES[field]}, **extra)).audio
    assert db_below(engine.render(ASKED).audio, changed) > -60


def test_a_negative_prompt_brings_the_guidance_that_it_needs(make_tiny_pack: TinyPack) -> None:
    sampling = {"guidance_scale": 1.0, "negative_scale": 3.0}
    distilled = Engine(make_tiny_pack({"sampling": sampling}), "cpu", 1)
    against = replace(ASKED, negative_prompt="loud")
    plain, left_open = (distilled.render(each).audio for each in (ASKED, against))
    assert db_below(plain, left_open) > -60
    asked = distilled.render(replace(against, guidance=3.0)).audio
    assert np.array_equal(left_open, asked)
    assert np.array_equal(distilled.render(replace(against, guidance=1.0)).audio, plain)


def test_drums_are_told_by_their_role(engine: Engine) -> None:
    drums = replace(ASKED, role="drums")
    silent = replace(drums, notes=())
    assert db_below(engine.render(drums).audio, engine.render(silent).audio) > -60


@pytest.mark.parametrize("rows", [2, 3, 7, 64])
def test_rows_run_side_by_side_stay_below_minus_60_db(tiny_pack: Path, rows: int) -> None:
    alone, batched = Engine(tiny_pack, "cpu", 1), Engine(tiny_pack, "cpu", 1, rows_at_once=rows)
    requests = [
        replace(ASKED, seed=n, frames=f, notes_strength=s)
        for n, (f, s) in enumerate(((9000, 1.0), (30000, 1.5), (9000, 0.5), (2000, 1.0)))
    ]
    results = batched.render_together([[request] for request in requests])
    for request, together in zip(requests, results, strict=True):
        assert together is not None
        assert db_below(alone.render(request).audio, together[0].audio) < -60


def test_touching_requests_get_their_own_frames_and_join_smoothly(engine: Engine) -> None:
    first = replace(ASKED, frames=40 * STEP + 1, prompt="calm piano")
    second = replace(ASKED, frames=7013, prompt="loud drums", seed=9)
    one, two = engine.render_chain([first, second])
    assert one.audio.shape == (2, 40 * STEP + 1)
    assert two.audio.shape == (2, 7013)
    assert one.recipe.chain == two.recipe.chain
    assert (one.recipe.chain_index, two.recipe.chain_index) == (0, 1)
    alone = engine.render(first).audio
    # half an overlap, and the nets' reach of two frames in each of four steps and the decoder
    far = slice(0, (40 - 8 - 5 * 2) * STEP)
    assert db_below(alone[:, far], one.audio[:, far]) < -100
    assert db_below(alone, one.audio) > -60


def test_a_longer_neighbour_changes_nothing_far_from_the_join(engine: Engine) -> None:
    plain = RenderRequest(pack_id="tiny", frames=64 * STEP, prompt="calm", notes=(), seed=3)
    one, two = engine.render_chain([plain, replace(plain, seed=4)])
    other, _ = engine.render_chain([plain, replace(plain, seed=4, frames=32 * STEP)])
    far = slice(0, 40 * STEP)
    np.testing.assert_allclose(one.audio[:, far], other.audio[:, far], atol=1e-5)
    assert two.audio.shape == one.audio.shape


def test_notes_of_a_chain_sound_where_their_own_request_begins(engine: Engine) -> None:
    free = RenderRequest(pack_id="tiny", frames=40 * STEP, notes=(), seed=1)
    noted = replace(free, notes=(Note(0.0, 0.1, 60, 127),))
    without = np.concatenate([r.audio for r in engine.render_chain([free, free])], axis=1)
    with_note = np.concatenate([r.audio for r in engine.render_chain([free, noted])], axis=1)
    changed = np.flatnonzero(np.abs(with_note - without).max(axis=0) > 1e-6) // STEP
    assert changed.min() >= 40 - 2 * 5
    assert changed.max() <= 40 + 13 + 2 * 5


def test_a_request_shorter_than_a_latent_frame_fits_between_others(engine: Engine) -> None:
    requests = [replace(ASKED, frames=frames) for frames in (5000, 10, 5000)]
    lengths = [r.audio.shape[1] for r in engine.render_chain(requests)]
    assert lengths == [5000, 10, 5000]


def test_repaint_keeps_every_sample_outside_its_span(engine: Engine) -> None:
    known, span = sound(9000), Span(3000, 6000)
    audio = engine.render(replace(ASKED, known_audio=known, repaint=(span,))).audio
    np.testing.assert_array_equal(audio[:, :3000], known[:, :3000])
    np.testing.assert_array_equal(audio[:, 6000:], known[:, 6000:])
    assert np.abs(audio[:, 3100:5900] - known[:, 3100:5900]).max() > 0.1


def test_audio_to_audio_of_no_strength_is_the_audio_s_own_latents(engine: Engine) -> None:
    kept = replace(ASKED, initial_audio=sound(9000), initial_strength=0.0)
    one, two = (engine.render(replace(kept, seed=seed)).audio for seed in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_a_long_span_decodes_in_tiles_without_a_seam(tiny_pack: Path, engine: Engine) -> None:
    whole = Engine(tiny_pack, "cpu", 1)
    decoder = msgspec.structs.replace(whole.pack.manifest.decoder, tile=10_000)
    manifest = msgspec.structs.replace(whole.pack.manifest, decoder=decoder)
    whole.pack = replace(whole.pack, manifest=manifest)
    tiled, at_once = engine.render(ASKED).audio, whole.render(ASKED).audio
    np.testing.assert_allclose(tiled, at_once, atol=1e-5)


def test_channels_first_latents_give_the_same_audio(
    make_tiny_pack: TinyPack, engine: Engine
) -> None:
    turned = Engine(make_tiny_pack({"latent": {"order": "BCT"}}, channels_first=True), "cpu", 1)
    asked = replace(ASKED, context_audio=sound(9000))
    np.testing.assert_allclose(turned.render(asked).audio, engine.render(asked).audio, atol=1e-5)


def test_encoding_gives_one_latent_for_each_begun_frame(engine: Engine) -> None:
    assert engine.encode(sound(65)).shape == (2, 8)


@pytest.fixture
def improvising(make_tiny_pack: TinyPack) -> Engine:
    return Engine(make_tiny_pack(improvising=True), "cpu", 1)


def test_progress_counts_every_stage_to_its_end(improvising: Engine) -> None:
    seen: list[Progress] = []
    improvising.render(replace(ASKED, notes=None, context_audio=sound(9000)), seen.append)
    assert list(dict.fromkeys(p.stage for p in seen)) == list(Stage)
    for stage in Stage:
        counts = [(p.done, p.total) for p in seen if p.stage is stage]
        assert counts[-1][0] == counts[-1][1]
    steps = [p.done for p in seen if p.stage is Stage.DENOISE]
    assert steps == [1, 2, 3, 4]


@pytest.mark.parametrize("stage", list(Stage))
def test_cancel_stops_within_the_stage_it_comes_in(improvising: Engine, stage: Stage) -> None:
    cancel, seen = CancelToken(), list[Progress]()

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage is stage:
            cancel.cancel()

    asked = replace(ASKED, frames=30_000, notes=None, context_audio=sound(30_000))
    with pytest.raises(Cancelled):
        improvising.render(asked, watch, cancel)
    assert [p.stage for p in seen].count(stage) == 1
    assert seen[-1].stage is stage


def test_cancel_stops_a_graph_that_is_running(engine: Engine) -> None:
    cancel = CancelToken()
    timer = threading.Timer(0.2, cancel.cancel)
    timer.start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        engine.render(replace(ASKED, frames=RATE_HZ * 60, steps=1000), cancel=cancel)
    assert time.monotonic() - start < 2
    timer.join()
    assert engine.render(ASKED).audio.any()


def test_the_recipe_is_json_and_names_all_that_matters(engine: Engine) -> None:
    recipe = engine.render(ASKED).recipe
    plain = json.loads(msgspec.json.encode(recipe))
    assert plain["provider"] == "CPUExecutionProvider"
    assert plain["pack_sha256"] == engine.pack.sha256
    assert plain["steps"] == 4
    assert plain["seed"] == plain["request"]["seed"] == 7
    assert plain["ignored"] == []
    assert plain["threads"] == 1


def test_the_recipe_says_what_the_pack_could_not_follow(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack({"sampling": {"guidance": "none"}})
    recipe = Engine(folder, "cpu", 1).render(replace(ASKED, guidance=3.0)).recipe
    assert recipe.ignored == ("guidance",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pack_id": "other"}, "for pack 'other'"),
        ({"role": "kazoo"}, "role must be one of mix"),
        ({"context_audio": np.zeros((1, 9000), np.float32)}, "2 channels, got 1"),
    ],
)
def test_a_request_that_the_pack_cannot_render_is_refused(
    engine: Engine, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        engine.render(replace(ASKED, **changes))


def test_requests_with_different_steps_do_not_render_together(engine: Engine) -> None:
    with pytest.raises(RequestError, match="must agree"):
        engine.render_together([[ASKED], [replace(ASKED, steps=2)]])
    with pytest.raises(RequestError, match="at least one"):
        engine.render_chain([])


def test_a_graph_that_is_not_what_the_manifest_says_is_refused(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack({"graphs": {"decoder": {"inputs": {"latents": "z"}}}})
    with pytest.raises(PackError, match="mend either"):
        Engine(folder, "cpu", 1)


@pytest.mark.parametrize(
    ("name", "said"), [("decoder.onnx", "does not open"), ("tokenizer.json", "is no tokenizer")]
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    make_tiny_pack: TinyPack, name: str, said: str
) -> None:
    with pytest.raises(PackError, match=said):
        Engine(make_tiny_pack(contents={name: b"nonsense"}), "cpu", 1)


def test_a_pack_with_a_changed_byte_does_not_open(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack()
    data = (folder / "decoder.onnx").read_bytes()
    (folder / "decoder.onnx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(PackError, match=r"decoder\.onnx is damaged"):
        Engine(folder, "cpu", 1)


def test_a_decoder_that_gives_nan_is_an_error(make_tiny_pack: TinyPack, engine: Engine) -> None:
    silence = np.full(8, np.nan, np.float32)
    folder = make_tiny_pack(
        {"latent": {"silence": "silence.npy"}}, contents={"silence.npy": npy(silence)}
    )
    with pytest.raises(RenderError, match="gave NaN"):
        Engine(folder, "cpu", 1).render(ASKED)
    assert np.isfinite(engine.render(ASKED).audio).all()


def npy(array: np.ndarray[Any, Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()
