"""Songs, examples and the training loop's parts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from onnx_models.networks.denoiser import PITCHES, PLANES, ROLES, SUBFRAMES, Denoiser, Inputs, Size
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.networks.prompt import ASKED, Wish
from onnx_models.training.denoiser import flow_loss, noised
from onnx_models.training.examples import Examples, span_roll, wish_of
from onnx_models.training.run import Clock, Master, fall, load, save
from onnx_models.training.songs import Song, Source, load_song, save_song, with_mix

FRAMES = 600
SMALL = Size(width=32, hidden=48, heads=2, blocks=1, condition=24)


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def made_up_song() -> Song:
    rng = np.random.default_rng(0)
    shape = (5, FRAMES, CHANNELS)
    return Song(
        seed=7,
        sources=(
            Source("mix", -1, ("both", "all", "全部")),
            Source("lead", 0, ("a lead", "lead", "主奏")),
            Source("harmony", 2, ("chords", "harmony", "和声")),
            Source("bass", 3, ("a bass", "bass", "贝斯")),
            Source("drums", 1, ("a beat", "drums", "鼓")),
        ),
        latents=rng.normal(size=shape).astype(np.float16),
        context=rng.normal(size=shape).astype(np.float16),
        notes=np.array([[0, 1.0, 0.5, 60, 127], [1, 1.0, 0.1, 36, 127]], np.float32),
        roles=("lead", "drums", "harmony", "bass"),
        bpm=120.0,
        beats_per_bar=4.0,
    )


def examples(song: Song) -> Examples:
    captions = {caption for source in song.sources for caption in source.captions}
    prompts = {caption: torch.ones(sum(ASKED)) for caption in captions}
    return Examples([song], prompts, np.random.default_rng(1))


def planes(roll: np.ndarray) -> np.ndarray:
    return roll.reshape(len(roll) * SUBFRAMES, len(PLANES), PITCHES)


def test_a_saved_song_comes_back_as_it_was(tmp_path: Path) -> None:
    song = made_up_song()
    save_song(song, tmp_path / "song.npz")
    back = load_song(tmp_path / "song.npz")
    assert back.sources == song.sources
    assert back.roles == song.roles
    assert np.array_equal(back.latents, song.latents)
    assert np.array_equal(back.notes, song.notes)


def test_every_source_and_what_else_sounds_make_the_mix() -> None:
    stems = np.random.default_rng(0).normal(size=(3, 2, 8)).astype(np.float32)
    sources, others = with_mix(stems)
    assert np.allclose(sources + others, sources[0], atol=1e-6)


def test_the_mix_is_sketched_by_pitched_notes_and_drums_apart() -> None:
    song = made_up_song()
    roll = planes(examples(song).roll(song, 0, 0, FRAMES))
    start = round(LATENT_RATE_HZ * SUBFRAMES)
    assert roll[:, PLANES.index("sounding"), 60].sum() > 20
    assert roll[start - 1 : start + 2, PLANES.index("drum"), 36].max() == 1
    assert not roll[:, PLANES.index("drum"), 60].any()
    assert not roll[:, PLANES.index("sounding"), 36].any()


def test_a_part_is_sketched_by_its_own_notes() -> None:
    roll = planes(examples(made_up_song()).roll(made_up_song(), 1, 0, FRAMES))
    assert not roll[:, PLANES.index("drum")].any()


def test_a_span_sees_a_note_where_it_sounds_in_the_span() -> None:
    notes = np.array([[0, 1.0, 0.5, 60, 127]], np.float32)
    whole, later = (planes(span_roll(notes, False, start, 100)) for start in (0, 40))
    assert np.array_equal(whole[80:], later[: len(whole) - 80])


def test_batches_hold_what_the_denoiser_takes() -> None:
    data, inputs, wish = examples(made_up_song()).batch()
    assert wish.asked.shape == (len(data), sum(ASKED))
    assert data.shape == inputs.latents.shape
    assert inputs.notes.shape == (*data.shape[:2], SUBFRAMES * len(PLANES) * PITCHES)
    assert set(inputs.role.tolist()) <= set(range(len(ROLES)))
    for mask in (inputs.notes_mask, inputs.context_mask, inputs.known_mask):
        assert set(mask.flatten().tolist()) <= {0.0, 1.0}


def test_a_missing_prompt_asks_for_nothing() -> None:
    asked, given = wish_of([torch.ones(sum(ASKED)), None])
    assert asked[0].all()
    assert not asked[1].any()
    assert given.tolist() == [[1], [0]]


def test_an_empty_caption_is_no_prompt_though_a_text_encoder_has_tokens_for_it() -> None:
    song = made_up_song()
    empty = tuple(replace(source, captions=("",) * 3) for source in song.sources)
    drawer = examples(replace(song, sources=empty))
    drawer.prompts = {"": torch.ones(sum(ASKED))}
    assert not drawer.batch()[2].given.any()


def test_noised_data_lies_on_the_way_to_what_the_velocity_says() -> None:
    data, inputs, _ = examples(made_up_song()).batch()
    given, velocity = noised(data, inputs)
    assert torch.allclose(given.latents - given.time[:, None, None] * velocity, data, atol=1e-5)


def test_learning_one_batch_lowers_its_loss() -> None:
    data, inputs, wish = examples(made_up_song()).batch()
    wish = Wish(*(part[:2] for part in wish))
    few = Inputs(*(x[:2, :8] if x.ndim == 3 and x.shape[1] > 8 else x[:2] for x in inputs))
    master = Master(Denoiser(replace(SMALL, width=128)), 1e-2, warm_up=1)
    losses = []
    for _ in range(60):
        torch.manual_seed(5)
        loss = flow_loss(master.network, data[:2, :8] * 0, few, wish)  # type: ignore[arg-type]
        loss.backward()  # type: ignore[no-untyped-call]
        master.update(1.0)
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]


def test_a_resumed_run_goes_on_where_it_was_saved(tmp_path: Path) -> None:
    first, second = Master(Denoiser(SMALL), 1e-2), Master(Denoiser(SMALL), 1e-2)
    for weight in first.network.parameters():
        weight.grad = torch.ones_like(weight)
    first.update(1.0)
    save(first.state(), tmp_path / "run.pt")
    second.resume(load(tmp_path / "run.pt"))
    assert second.step == 1
    for a, b in zip(first.network.parameters(), second.network.parameters(), strict=True):
        assert torch.equal(a, b)


def test_a_resumed_run_reads_prompts_as_the_saved_one_did() -> None:
    first, second = Master(Denoiser(SMALL), 1e-2), Master(Denoiser(SMALL), 1e-2)
    for buffer in first.weights.prompt.buffers():  # type: ignore[union-attr]
        buffer.add_(1)
    second.resume(first.state())
    states, mask = torch.rand(2, 3, SMALL.text), torch.ones(2, 3)
    saved, resumed = (m.prompt.read(states, mask) for m in (first.weights, second.network))  # type: ignore[union-attr, operator]
    assert saved.all()
    assert torch.equal(saved, resumed)


def test_the_learning_rate_holds_and_then_falls() -> None:
    assert [fall(x, 0.5) for x in (0.0, 0.49, 0.75, 1.0)] == [1.0, 1.0, 0.5, 0.05]


def test_a_spent_budget_ends_a_run() -> None:
    assert list(Clock(budget_s=1e-9).ticks()) == []
