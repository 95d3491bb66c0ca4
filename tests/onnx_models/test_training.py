"""Songs, examples and the training loop's parts."""

from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from onnx_models.networks.denoiser import PITCHES, PLANES, ROLES, SUBFRAMES, Denoiser, Inputs, Size
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.networks.prompt import ASKED, Prompt, Wish
from onnx_models.training.denoiser import (
    FILE,
    Library,
    Run,
    flow_loss,
    master_of,
    noised,
    train_denoiser,
)
from onnx_models.training.distil import DISTILLED_FILE, Teacher, train_distilled
from onnx_models.training.examples import Examples, part_rolls, span_roll
from onnx_models.training.readings import Readings
from onnx_models.training.run import Clock, Master, Place, fall, light, load, save
from onnx_models.training.sharpen import KEPT, SHARPENED_FILE, Sharpening, train_sharpened
from onnx_models.training.songs import CAPTIONS, Song, Source, load_song, save_song, with_mix
from tests.onnx_models.made_up import FRAMES, made_up_song

PACK = Path(__file__).parents[2] / "onnx_models" / "packs" / "mini"
SMALL = Size(width=32, hidden=48, heads=2, blocks=1, condition=24)


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def examples(song: Song) -> Examples:
    drawer = Examples(FRAMES, seed=1)
    drawer.add(song, torch.ones(len(song.sources), len(CAPTIONS), sum(ASKED), dtype=torch.half))
    return drawer


def batch(song: Song) -> tuple[torch.Tensor, Inputs, Wish]:
    return examples(song).batch(768)


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


def sketched(source: int) -> np.ndarray:
    drawer = examples(made_up_song())
    role = drawer.places.all[[source], 1]
    return planes(drawer.roll(torch.tensor([source]), role, torch.arange(FRAMES)[None])[0].numpy())


def test_the_mix_is_sketched_by_pitched_notes_and_drums_apart() -> None:
    rolls = [sketched(0) for _ in range(8)]
    roll = np.max(rolls, axis=0)  # now and then it is a lead sheet
    start = round(LATENT_RATE_HZ * SUBFRAMES)
    assert roll[:, PLANES.index("sounding"), 60].sum() > 20
    assert roll[start - 1 : start + 2, PLANES.index("drum"), 36].max() == 1
    assert not roll[:, PLANES.index("drum"), 60].any()
    assert not roll[:, PLANES.index("sounding"), 36].any()


def test_a_part_is_sketched_by_its_own_notes() -> None:
    roll = sketched(1)
    assert not roll[:, PLANES.index("drum")].any()
    assert roll[:, PLANES.index("sounding"), 60].any()


def test_a_part_kept_for_training_sounds_where_the_roll_sounds() -> None:
    song = replace(
        made_up_song(), notes=np.array([[0, 1.0, 0.011, 60, 1], [0, 2, 1, 61, 90]], np.float32)
    )
    exact = span_roll(song.notes, False, 0, FRAMES)
    kept = part_rolls(song, FRAMES)[0] / 255
    assert np.array_equal(kept > 0, exact > 0)
    assert np.abs(kept - exact).max() <= 1 / 255


def test_a_song_of_more_parts_than_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="9 parts, at most 8"):
        examples(replace(made_up_song(), roles=("lead",) * 9))


def test_songs_taken_in_later_are_drawn_with_their_own_sound() -> None:
    drawer = Examples(FRAMES, seed=1)
    for number in range(70):
        song = replace(made_up_song(), latents=np.full((5, FRAMES, CHANNELS), number, np.float16))
        drawer.add(song, torch.full((5, len(CAPTIONS), sum(ASKED)), number / 64).half())
    heard, _, wish = drawer.batch(96 * 512)
    numbers = heard[:, 0, 0]
    assert len(set(numbers.tolist())) > 40
    asked = wish.asked[:, 0]
    assert torch.equal(asked[asked > 0] * 64, numbers[asked > 0])


def test_a_span_sees_a_note_where_it_sounds_in_the_span() -> None:
    notes = np.array([[0, 1.0, 0.5, 60, 127]], np.float32)
    whole, later = (planes(span_roll(notes, False, start, 100)) for start in (0, 40))
    assert np.array_equal(whole[80:], later[: len(whole) - 80])


def test_batches_hold_what_the_denoiser_takes() -> None:
    data, inputs, wish = batch(made_up_song())
    assert wish.asked.shape == (len(data), sum(ASKED))
    assert data.shape == inputs.latents.shape
    assert inputs.notes.shape == (*data.shape[:2], SUBFRAMES * len(PLANES) * PITCHES)
    assert set(inputs.role.tolist()) <= set(range(len(ROLES)))
    for mask in (inputs.notes_mask, inputs.context_mask, inputs.known_mask):
        assert set(mask.flatten().tolist()) <= {0.0, 1.0}


def test_a_missing_prompt_asks_for_nothing() -> None:
    wish = examples(made_up_song()).wish(torch.zeros(400, dtype=torch.int64))
    given = wish.given[:, 0].bool()
    assert wish.asked[given].all()
    assert not wish.asked[~given].any()
    assert 10 < (~given).sum() < 90


def test_a_free_part_mostly_hears_what_else_plays() -> None:
    _, inputs, _ = examples(made_up_song()).batch(96 * 512)
    free = inputs.notes_mask[:, 0, 0] == 0
    heard = inputs.context_mask[:, 0, 0] == 1
    part = inputs.role != ROLES.index("mix")
    assert (free & heard).sum() > (free & ~heard & part).sum()


def test_what_is_known_leaves_a_hole_a_beginning_or_an_end() -> None:
    known = examples(made_up_song()).known(600, 40)[:, :, 0]
    some = known[known.any(dim=1)]
    assert 20 < len(some) < 160
    changes = some.diff(dim=1).abs().sum(dim=1)
    assert changes.max() <= 2
    assert {tuple(row) for row in some[:, [0, -1]].int().tolist()} >= {(0, 1), (1, 0), (1, 1)}


def test_an_empty_caption_is_no_prompt_though_a_text_encoder_has_tokens_for_it(
    tmp_path: Path,
) -> None:
    song = made_up_song()
    captions = ("", "a lead", "lead", "主奏")
    song = replace(song, sources=(Source("lead", 0, captions),))
    asked = Readings(tmp_path, Prompt(Size().text, 1), PACK)(song)
    assert not asked[0, 0].any()
    assert asked[0, 1:].any(dim=1).all()


def test_captions_are_read_once(tmp_path: Path) -> None:
    song, reader = made_up_song(), Prompt(Size().text, 1)
    first = Readings(tmp_path, reader, PACK)(song)
    assert torch.equal(Readings(tmp_path, reader, Path("no text encoder"))(song), first)
    reader.first_bias.add_(1)
    with pytest.raises(Exception, match="no text encoder"):
        Readings(tmp_path, reader, Path("no text encoder"))(song)


def test_noised_data_lies_on_the_way_to_what_the_velocity_says() -> None:
    data, inputs, _ = batch(made_up_song())
    given, velocity = noised(data, inputs)
    assert torch.allclose(given.latents - given.time[:, None, None] * velocity, data, atol=1e-5)


def test_learning_one_batch_lowers_its_loss() -> None:
    data, inputs, wish = batch(made_up_song())
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


def test_weights_alone_are_gone_on_from_with_a_new_warm_up() -> None:
    first, second = Master(Denoiser(SMALL), 1e-2), Master(Denoiser(SMALL), 1e-2)
    for weight in first.network.parameters():
        weight.grad = torch.ones_like(weight)
    first.update(1.0)
    second.resume(light(first.state()))
    assert (second.step, second.cold_at) == (1, 1)
    for name, average in first.average.items():
        assert torch.allclose(second.average[name], average, atol=1e-2)
        assert torch.allclose(second.weights.state_dict()[name], average, atol=1e-2)


def teacher(guidance: float, substeps: int) -> Teacher:
    torch.manual_seed(2)
    network = Denoiser(SMALL).requires_grad_(False)
    for weight in network.parameters():
        weight.add_(torch.randn_like(weight) / 20)
    return Teacher(network, guidance, 0.5, substeps)


def test_an_unguided_teacher_of_one_step_teaches_its_own_velocity() -> None:
    data, inputs, wish = batch(made_up_song())
    given, _ = noised(data, inputs)
    one = teacher(1.0, 1)
    made = one.network(given, wish)
    assert torch.allclose(one.mean_velocity(given, wish), made, atol=1e-4)


def test_guidance_moves_what_is_taught_only_where_it_is_on() -> None:
    data, inputs, wish = batch(made_up_song())
    given, _ = noised(data, inputs)
    plain, guided = (teacher(scale, 1).mean_velocity(given, wish) for scale in (1.0, 3.0))
    moved = (plain - guided).abs().amax(dim=(1, 2)) > 1e-6
    assert torch.equal(moved, (given.time >= 0.5) & (wish.given[:, 0] > 0))


def test_the_way_from_noise_is_the_steps_that_a_student_will_take() -> None:
    _, inputs, wish = batch(made_up_song())
    given, _, wanted = teacher(1.5, 2).way_from_noise(inputs, wish)
    assert sorted(set(given.time.tolist())) == [0.25, 0.5, 0.75, 1.0]
    count = len(given.time) // 4
    arrived = given.latents[:count] - wanted[:count] / 4
    assert torch.allclose(arrived, given.latents[count : 2 * count], atol=1e-5)


def sharpening(notes: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the losses of a student as it was at first, and of one that has strayed."""
    data, inputs, wish = batch(made_up_song())
    inputs = inputs._replace(notes_mask=torch.full_like(inputs.notes_mask, notes))
    first, strayed = teacher(1.0, 1).network, deepcopy(teacher(1.0, 1).network)
    strayed.velocity.bias.add_(1.0)
    lessons = Sharpening(first)
    return lessons.loss(first, data, inputs, wish), lessons.loss(strayed, data, inputs, wish)


def test_a_part_without_notes_is_taught_to_stay_as_it_was() -> None:
    same, strayed = sharpening(notes=0.0)
    assert same == 0
    assert strayed == pytest.approx(KEPT, rel=1e-3)


def test_a_part_with_notes_is_taught_by_what_was_played() -> None:
    same, _ = sharpening(notes=1.0)
    assert same > 0.1


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a training folder with two songs and a small network's checkpoint."""
    small = partial(Denoiser, replace(SMALL, text=Size().text))
    monkeypatch.setattr("onnx_models.training.denoiser.Denoiser", small)
    folder = tmp_path / "mini"
    (folder / "songs").mkdir(parents=True)
    for seed in (1, 2):
        save_song(replace(made_up_song(), seed=seed), folder / "songs" / f"{seed:07d}.npz")
    save(light(Master(small(), 1e-2).state()), folder / FILE)
    save(dict(Prompt(Size().text, 1).named_buffers()), folder / "prompt.pt")
    return Place(folder, PACK)


def test_songs_prepared_meanwhile_are_taken_in_up_to_the_bound(place: Place) -> None:
    reads = Readings(place.folder, Prompt(Size().text, 1), PACK)
    library = Library(place.folder, reads, "cpu", 0, songs_at_most=3)
    assert library.refresh().songs == 2
    for seed in (0, 3):
        save_song(replace(made_up_song(), seed=seed), place.folder / "songs" / f"{seed:07d}.npz")
    assert library.refresh().songs == 3


def test_a_folder_without_songs_says_what_to_run(place: Place) -> None:
    for path in (place.folder / "songs").iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="run `train songs` first"):
        train_denoiser(Run(place, 1, 1e-3))


def test_a_run_begins_with_the_readers_and_tables_that_lie_in_its_folder(place: Place) -> None:
    buffers = {k: v + 3 for k, v in Prompt(Size().text, 1).named_buffers()}
    save(buffers, place.folder / "prompt.pt")
    master = master_of(Run(place, 1, 1e-3))
    assert torch.equal(
        dict(master.network.named_buffers())["prompt.first_bias"], buffers["first_bias"]
    )


def test_training_distilling_and_sharpening_go_from_checkpoint_to_checkpoint(place: Place) -> None:
    train_denoiser(Run(place, 1.0, 1e-3))
    assert load(place.folder / FILE)["step"] > 0
    train_distilled(Run(place, 1.0, 1e-3), guidance=1.5, guided_from=0.5, substeps=2)
    taught = load(place.folder / DISTILLED_FILE)
    assert taught["step"] > 0
    assert not torch.equal(
        taught["weights"]["velocity.weight"],
        load(place.folder / FILE)["weights"]["velocity.weight"],
    )
    train_sharpened(Run(place, 1.0, 1e-3))
    sharpened = load(place.folder / SHARPENED_FILE)
    assert sharpened["step"] > 0
    train_sharpened(Run(place, 0.5, 1e-3))
    assert load(place.folder / SHARPENED_FILE)["step"] > sharpened["step"]
