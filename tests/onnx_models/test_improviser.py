"""The improviser: what it hears, what it is taught, and that its graphs are the network."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.conditioning import even_beats
from inference.events import EVENTS, NOTHING, PITCHES, REMEMBERED, Sheet, Struck, events_of
from inference.grid import Grid
from inference.pack import load_pack
from onnx_models.composer import compose
from onnx_models.networks.denoiser import BEAT, Size
from onnx_models.networks.improviser import (
    HOP,
    PHASE,
    STATE,
    TOLD,
    WIDTH,
    Heard,
    Improviser,
    Writing,
    Written,
)
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.training import improviser as training
from onnx_models.training.graphs import run
from onnx_models.training.improviser import (
    FILE,
    LONGEST,
    Songbook,
    begun,
    examples,
    invented,
    line,
    loss_of,
    resumed,
    train_improviser,
    trained_improviser,
)
from onnx_models.training.pack import write_improviser, write_manifest
from onnx_models.training.prompt import READER_FILE
from onnx_models.training.run import Place, load, save
from onnx_models.training.shipped import shipped_improviser
from onnx_models.training.songs import save_song
from tests.onnx_models.made_up import made_up_song

COMMITTED = Path(__file__).parents[2] / "onnx_models/packs/mini"


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


@pytest.fixture(scope="module")
def network() -> Improviser:
    """Return an improviser with every weight and buffer moved, no two alike."""
    torch.manual_seed(1)
    network = Improviser().eval()
    for value in network.state_dict().values():
        value.copy_(torch.randn_like(value) / 16)
    return network


@pytest.fixture(scope="module")
def pack(network: Improviser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its graphs."""
    folder = tmp_path_factory.mktemp("pack")
    errors = write_improviser(network, folder)
    assert max(errors.values()) < 1e-5
    write_manifest(folder, version="0", steps=2, shift=1.0, guidance=1.0, negative=1.0,
                   guidance_from=0.5, temperature=0.9, top_p=0.95)  # fmt: skip
    return folder


def heard(frames: int = 40, present: float = 1.0) -> Heard:
    """Return what a listener hears of noise, or of nothing."""
    text, role = torch.randn(1, 3, Size().text), torch.tensor([1])
    mask = torch.full((1, frames, 1), present)
    return Heard(text, torch.ones(1, 3).long(), role, torch.randn(1, frames, CHANNELS), mask)


def test_a_listener_without_context_says_the_same_at_every_frame(network: Improviser) -> None:
    told = network.listener(heard(present=0.0))
    assert told.shape == (1, 40, WIDTH)
    assert torch.allclose(told, told[:, :1].expand_as(told))
    assert not torch.allclose(*(network.listener(heard())[:, at] for at in (0, 20)))


def test_what_is_masked_is_not_heard(network: Improviser) -> None:
    one = heard(present=0.0)
    other = one._replace(context=one.context + 5)
    assert torch.equal(network.listener(one), network.listener(other))


@pytest.mark.parametrize("frames", [1, HOP, 4 * HOP + 1])
def test_any_number_of_frames_is_heard(network: Improviser, frames: int) -> None:
    assert network.listener(heard(frames)).shape == (1, frames, WIDTH)


def test_step_by_step_it_writes_as_it_was_taught(network: Improviser) -> None:
    moment, phase = torch.randn(1, 5, WIDTH), torch.randn(1, 5, PHASE)
    told = torch.randint(0, EVENTS + 1, (1, 5, TOLD))
    wanted, state, writing = network(moment, phase, told), torch.zeros(1, STATE), Writing(network)
    for at in range(5):
        made = writing(Written(moment[:, at], phase[:, at], told[:, at], state))
        assert torch.allclose(made[:, :EVENTS], wanted[:, at], atol=1e-5)
        state = made[:, EVENTS:]


def test_the_improviser_of_a_pack_is_the_one_exported(network: Improviser, pack: Path) -> None:
    made = shipped_improviser(pack).eval()
    for one, other in (
        (Writing(network).state_dict(), Writing(made).state_dict()),
        (network.listener.state_dict(), made.listener.state_dict()),
    ):
        tables = [name for name in one if ".own." in name or ".shared." in name]
        for name in one.keys() - set(tables):  # of those the sum is compared
            step = (one[name].max() - one[name].min()) / 255 if one[name].ndim > 1 else 0
            assert torch.allclose(other[name], one[name], atol=float(step) + 1e-6), name


def test_the_shipped_improviser_goes_on_as_its_graph_does() -> None:
    spec, graph = load_pack(COMMITTED).manifest.improvisation, COMMITTED / "improviser.onnx"
    assert spec is not None
    looked, heard = 1 + 7 * len(spec.bars_ago), BEAT + 2 * len(spec.phrase_bars)
    told, phase = torch.randint(0, EVENTS + 1, (1, TOLD)), torch.randn(1, PHASE)
    given = {"moment": torch.randn(1, WIDTH), "phase": phase[:, :heard],
             "told": torch.cat([told[:, :looked], told[:, -REMEMBERED:]], dim=1),
             "state": torch.randn(1, STATE) / 10}  # fmt: skip
    whole = Written(**(given | {"phase": phase, "told": told}))
    made = Writing(shipped_improviser(COMMITTED))(whole)
    ran = torch.from_numpy(run(graph, given, as_written=True))
    assert torch.allclose(made, ran, atol=1e-3)  # of 8


def test_a_pack_that_is_told_other_bars_is_not_gone_on_from(pack: Path, tmp_path: Path) -> None:
    shutil.copytree(pack, tmp_path / "other")
    manifest = tmp_path / "other" / "pack.toml"
    text = manifest.read_text(encoding="utf-8").replace("bars_ago = [1, 2,", "bars_ago = [1, 3,")
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"has bars_ago \[1, 3, 4, 8\], training"):
        shipped_improviser(tmp_path / "other")


def test_what_was_learnt_of_one_bar_ago_goes_on_unchanged(
    network: Improviser, tmp_path: Path
) -> None:
    first = {"ago.own.weight": (348, WIDTH), "ago.shared.weight": (WIDTH, 12)}
    first |= {"phase.weight": (WIDTH, 4)}
    weights = {n: w for n, w in network.state_dict().items() if not n.startswith("again.")}
    for name, (rows, columns) in first.items():
        weights[name] = weights[name][:rows, :columns].clone()
    save({"step": 7, "weights": weights, "average": {}, "optimisers": [{}]}, tmp_path / FILE)
    made, told = trained_improviser(tmp_path), torch.randint(0, EVENTS + 1, (2, 1, 5, TOLD))
    told[1, :, :, :8], told[1, :, :, -12:] = told[0, :, :, :8], told[0, :, :, -12:]
    heard, phase = torch.randn(1, 5, WIDTH), torch.randn(1, 5, PHASE)
    assert torch.equal(made(heard, phase, told[0]), made(heard, phase, told[1]))
    assert not torch.equal(network(heard, phase, told[0]), network(heard, phase, told[1]))
    assert resumed(tmp_path, made)["optimisers"] == []
    for name, (rows, columns) in first.items():
        assert torch.equal(made.state_dict()[name][:rows, :columns], weights[name])


def test_what_stood_bars_ago_is_made_likelier_by_as_much_as_the_memory_wants(
    network: Improviser,
) -> None:
    made = Improviser().eval()
    made.load_state_dict(network.state_dict())
    heard, phase = torch.randn(1, 1, WIDTH), torch.randn(1, 1, PHASE)
    told = torch.full((1, 1, TOLD), NOTHING)
    told[..., 2], told[..., 15] = 30, 40  # a strike of one bar ago, the wait of four bars ago
    plain = made(heard, phase, told)
    with torch.no_grad():
        made.again.bias[1] += 3
        made.again.bias[14] += 2
    more = (made(heard, phase, told) - plain).flatten()
    assert {int(event) for event in more.nonzero()} == {30, 40}
    assert torch.allclose(more[[30, 40]], torch.tensor([3.0, 2.0]), atol=1e-5)


def test_a_piece_may_be_begun_within_a_phrase() -> None:
    piece = compose(700_000_003, 30.0)
    whole, later = begun(piece, 0), begun(piece, 3)
    assert later.first == 3 * whole.bar_ticks == 3 * later.bar_ticks
    assert later.end == whole.end
    phases = whole.phases((4,))[later.first :]
    assert np.allclose(later.phases((4,)), phases, atol=1e-4)


def test_a_line_tells_before_each_event_where_and_when_it_is_written() -> None:
    grid = Grid(even_beats(120, 4, 4.0), 4.0)
    notes = [Struck(0, "bass", 40, 12, 95), Struck(48, "bass", 43, 6, 79)]
    written = line(notes, grid)
    assert written.events.tolist() == list(events_of(notes, 0, 96))
    assert written.told[0].tolist() == [NOTHING] * TOLD
    second = written.events.tolist().index(written.events[0] + 3)  # three semitones higher
    assert written.frame[second] == int(2 * LATENT_RATE_HZ)
    assert written.told[second][0] == 23  # the second of two waits of two beats
    assert written.events[0] in written.told[second][2:8]  # the note of a bar ago
    assert np.allclose(written.phase[second, :4], [0, 1, 0, 1], atol=1e-6)


@pytest.mark.parametrize("role", ["mix", *PITCHES])
def test_pieces_are_taught_as_they_were_composed(role: str) -> None:
    rng, seed = np.random.default_rng(3), 700_000_003
    example = invented(role, seed, rng)
    assert example is not None
    assert 0 < len(example.line.events) <= LONGEST
    sheet = Sheet(0, 48)
    for event in example.line.events:
        sheet.add(int(event))
    parts = {part.role for part in compose(seed, 24.0).parts_of(role)}
    assert {note.part for note in sheet.notes} <= parts
    assert sheet.notes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a training folder of one song whose captions were read."""
    monkeypatch.setattr(training, "DRAWN", 8)
    (tmp_path / "songs").mkdir()
    song = made_up_song()
    save_song(song, tmp_path / "songs" / "0000007.npz")
    prompt = Improviser().listener.prompt
    save(dict(prompt.named_buffers()), tmp_path / READER_FILE)
    wide = torch.zeros(5, 4, prompt.second.shape[1])
    monkeypatch.setattr(training, "readings", lambda _: lambda _: wide)
    return tmp_path


def test_songs_are_heard_without_the_part_that_is_taught(folder: Path) -> None:
    songbook = Songbook.load(Place(folder, None))
    song, rng = made_up_song(), np.random.default_rng(0)
    contexts = [e.context[0] for _ in range(40) if (e := songbook.draw("bass", rng)) and e.context]
    others = torch.from_numpy(song.context[3]).float()
    assert sum(torch.equal(context, others) for context in contexts) > 30  # at times it hears all


def test_it_learns_what_it_is_shown_and_goes_on_from_there(folder: Path) -> None:
    train_improviser(folder, 0.01, 1e-3, None)
    first = load(folder / FILE)["step"]
    assert first >= 1
    train_improviser(folder, 0.01, 1e-3, None)
    assert load(folder / FILE)["step"] > first
    assert not trained_improviser(folder).training


def test_a_few_lessons_make_the_music_likelier(folder: Path) -> None:
    drawn = [
        e for e, _ in zip(examples(Songbook.load(Place(folder, None)), 0), range(4), strict=False)
    ]
    network = Improviser()
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3)
    losses = []
    for _ in range(6):
        loss = loss_of(network, [e._replace(context=None) for e in drawn])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 0.1
