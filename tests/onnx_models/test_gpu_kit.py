"""The kit for a lent GPU: its SoundFont, its parcels, and what comes back."""

import io
import os
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from onnx_models.composer import INSTRUMENTS, Part, PlayedNote, compose
from onnx_models.training import prepare
from onnx_models.training.denoiser import FILE
from onnx_models.training.distil import DISTILLED_FILE
from onnx_models.training.run import Place, load, save
from onnx_models.training.sharpen import SHARPENED_FILE
from onnx_models.training.vocoder import FILE as VOCODER_FILE

# FluidSynth and libsndfile are system packages, which only training needs.
synth = pytest.importorskip("onnx_models.synth", exc_type=ImportError)
soundfile = pytest.importorskip("soundfile", exc_type=ImportError)

from onnx_models.gpu_kit import build, results  # noqa: E402
from onnx_models.gpu_kit import soundfont as sf  # noqa: E402
from onnx_models.gpu_kit.__main__ import main  # noqa: E402

RATE_HZ = 44100
LENGTH, LOOP = 8820, (2205, 6615)  # points; loops of whole periods of 100 and 200 Hz
PAUSE = 46  # points of silence that follow each sample


def sines() -> list[NDArray[np.int16]]:
    """Return two samples, the second an octave up."""
    time_s = np.arange(LENGTH) / RATE_HZ
    return [(12000 * np.sin(2 * np.pi * hz * time_s)).astype(np.int16) for hz in (100, 200)]


def sample_rows() -> list[tuple[Any, ...]]:
    starts = [number * (LENGTH + PAUSE) for number in range(2)]
    loops = [(start + LOOP[0], start + LOOP[1]) for start in starts]
    rows = zip(starts, loops, strict=True)
    return [(b"sine", at, at + LENGTH, *loop, RATE_HZ, 60, 0, 0, 1) for at, loop in rows]


def made_up_sf2() -> bytes:
    """Return a SoundFont whose programs 0 and 1 play a looped sample each."""
    sound = b"".join(sine.tobytes() + bytes(2 * PAUSE) for sine in sines())
    bags = np.array([(0, 0), (1, 0), (2, 0)], sf.BAGS)
    looped = [(54, 1), (sf.SAMPLE, 0), (54, 1), (sf.SAMPLE, 1), (0, 0)]
    tables = {
        b"phdr": np.array([(b"p", n, 0, n, (0, 0, 0)) for n in range(3)], sf.PRESETS),
        b"pbag": bags,
        b"pmod": np.zeros(10, np.uint8),
        b"pgen": np.array([(sf.INSTRUMENT, 0), (sf.INSTRUMENT, 1), (0, 0)], sf.GENERATORS),
        b"inst": np.array([(b"i", 0), (b"i", 1), (b"EOI", 2)], sf.INSTRUMENTS),
        b"ibag": np.array([(0, 0), (2, 0), (4, 0)], sf.BAGS),
        b"imod": np.zeros(10, np.uint8),
        b"igen": np.array(looped, sf.GENERATORS),
        b"shdr": np.array([*sample_rows(), (b"EOS", *[0] * 9)], sf.SAMPLES),
    }
    info = {b"ifil": b"\x02\0\x04\0", b"isng": b"EMU8000\0", b"INAM": b"sines\0"}
    lists = (
        sf.chunk_of(b"INFO", info),
        sf.chunk_of(b"sdta", {b"smpl": sound}),
        sf.chunk_of(b"pdta", {name: table.tobytes() for name, table in tables.items()}),
    )
    return sf.chunk(b"RIFF", b"sfbk", *lists)


def samples(sf3: bytes) -> tuple[list[NDArray[np.int16]], NDArray[np.void]]:
    """Return the decoded samples of `sf3` and their rows."""
    lists = dict(sf.chunks(dict(sf.chunks(memoryview(sf3)))[b"sfbk"]))
    sound = dict(sf.chunks(lists[b"sdta"]))[b"smpl"]
    rows = np.frombuffer(dict(sf.chunks(lists[b"pdta"]))[b"shdr"], sf.SAMPLES)[:-1]
    files = [io.BytesIO(sound[row["start"] : row["end"]]) for row in rows]
    return [soundfile.read(file, dtype="int16")[0] for file in files], rows


def test_a_recoded_sample_keeps_its_points_and_its_loop() -> None:
    decoded, rows = samples(sf.sf2_to_sf3(made_up_sf2(), compression=0))
    for got, sine, row in zip(decoded, sines(), rows, strict=True):
        assert len(got) == LENGTH
        assert np.abs(got - sine.astype(int)).max() < 600
        assert (row["loop_start"], row["loop_end"]) == LOOP
        assert row["kind"] & sf.VORBIS


def test_what_no_wanted_preset_plays_becomes_silence() -> None:
    (silent, kept), _ = samples(sf.sf2_to_sf3(made_up_sf2(), {(0, 1)}, compression=0))
    assert not silent.any()
    assert len(kept) == LENGTH


def played(font: Path, key: str) -> NDArray[np.float32]:
    part = Part("lead", INSTRUMENTS[key].program, key, (PlayedNote(0.1, 1.5, 60, 100),))
    (stem,) = synth.render_stems(replace(compose(1, 2.0), parts=(part,)), font)
    return np.asarray(stem[0], np.float32)


@pytest.mark.parametrize("key", ["acoustic_grand_piano", "bright_piano"])
def test_a_recoded_soundfont_plays_a_looped_note_as_before(tmp_path: Path, key: str) -> None:
    before, after = tmp_path / "a.sf2", tmp_path / "a.sf3"
    before.write_bytes(made_up_sf2())
    after.write_bytes(sf.sf2_to_sf3(made_up_sf2(), {(0, 0), (0, 1)}, compression=0))
    heard, again = played(before, key), played(after, key)
    assert np.corrcoef(heard, again)[0, 1] > 0.999
    assert np.abs(again[RATE_HZ : RATE_HZ + 500]).max() > 0.01  # a second in, far behind the loop


def test_the_libraries_are_fluidsynths_and_not_the_systems_own(tmp_path: Path) -> None:
    build.copy_libraries(tmp_path / "lib")
    names = {path.name for path in (tmp_path / "lib").iterdir()}
    assert {"libfluidsynth.so.3", "libsndfile.so.1"} <= names
    assert not names & {"libc.so.6", "libm.so.6", "libstdc++.so.6"}
    assert not any(path.is_symlink() for path in (tmp_path / "lib").iterdir())


@given(st.floats(-60000, 60000).filter(lambda weight: abs(weight) > 1e-3))
def test_rounded_weights_are_nearly_what_they_were(weight: float) -> None:
    made = build.rounded(torch.tensor([[weight]])).item()
    assert abs(made - weight) <= abs(weight) * (2**-6 + 2**-11)


KIT = build.Kit(Place(Path("nowhere"), None), (), "3.12")


def test_parcels_are_under_their_limit_and_hold_the_whole_kit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = np.random.default_rng(0).bytes(500_000)
    monkeypatch.setattr(build, "PARCEL_BYTES", 300_000)
    monkeypatch.setattr(build, "fill", lambda _, into: (into / "file").write_bytes(content))
    made = build.parcels(build.build(KIT, tmp_path / "kit"), tmp_path / "parcels")
    assert len(made) == 3
    for path in made:
        assert path.stat().st_size < 300_000
        with tarfile.open(path) as tar:
            tar.extractall(tmp_path / "there", filter="data")
    archive = b"".join(p.read_bytes() for p in sorted((tmp_path / "there").glob("kit.tar.xz.*")))
    with tarfile.open(fileobj=io.BytesIO(archive)) as whole:
        file = whole.extractfile("./file")
        assert file is not None
        assert file.read() == content
    assert len(results.checked(tmp_path / "there")) == 4
    assert (tmp_path / "there" / "run.sh").exists()


def test_a_kit_is_not_built_into_a_folder_with_files(tmp_path: Path) -> None:
    (tmp_path / "kit.tar.xz.07").touch()
    with pytest.raises(ValueError, match=r"is not empty; name a new folder"):
        build.build(KIT, tmp_path)


def checkpoint(seed: int) -> dict[str, Any]:
    """Return a small state as a run saves it."""
    torch.manual_seed(seed)
    names = ("blocks.0.weight", "control.timbre.drums", "prompt.first", "prompt.out.weight")
    weights = {name: torch.randn(64, 64) for name in names}
    averages = {name: weights[name] + 1 for name in ("blocks.0.weight", "control.timbre.drums")}
    return {"step": seed, "weights": weights, "average": averages, "optimisers": []}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a training folder with a checkpoint."""
    folder = tmp_path / "training"
    folder.mkdir()
    save(checkpoint(1), folder / FILE)
    return Place(folder, None)


@pytest.fixture
def back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what another machine handed back, each network in several pieces."""
    monkeypatch.setattr(results, "PIECE_BYTES", 9_000)
    there = tmp_path / "there"
    there.mkdir()
    save(checkpoint(2), there / FILE)
    save(checkpoint(3), there / DISTILLED_FILE)
    save(checkpoint(4), there / SHARPENED_FILE)
    save(checkpoint(5), there / VOCODER_FILE)
    (there / "denoiser.csv").write_text("step,loss\n2,0.1\n")
    results.write_results(there, tmp_path / "back")
    return tmp_path / "back"


def test_results_come_in_small_pieces_with_their_logs(back: Path) -> None:
    names = sorted(path.name for path in back.iterdir())
    pieces = {
        f"{name}.pt.{i:02}"
        for name in ("denoiser", "distilled", "sharpened", "vocoder")
        for i in (0, 1)
    }
    assert pieces | {"denoiser.csv"} <= set(names)
    assert max(path.stat().st_size for path in back.iterdir()) <= 9_000


def test_the_results_of_a_second_run_replace_those_of_the_first(place: Place, back: Path) -> None:
    small = {"weights": {"blocks.0.weight": torch.zeros(2)}, "average": {}}
    save(checkpoint(4) | small, place.folder / FILE)
    results.write_results(place.folder, back)
    assert sorted(path.name for path in back.glob("denoiser.pt.*")) == ["denoiser.pt.00"]
    assert results.checked(back)


def test_taken_networks_are_the_averages_with_what_the_folder_has_of_the_rest(
    place: Place, back: Path
) -> None:
    ours, theirs = checkpoint(1), checkpoint(2)
    results.take(back, place)
    assert (place.folder / DISTILLED_FILE).exists()
    taken = load(place.folder / FILE)
    assert taken["step"] == 2
    wanted = theirs["average"]["blocks.0.weight"].half()
    assert torch.equal(taken["weights"]["blocks.0.weight"], wanted)
    for name in ("control.timbre.drums", "prompt.first"):
        kept = (ours["weights"] | ours["average"])[name]
        assert torch.equal(taken["weights"][name], kept)


def test_a_taken_vocoder_is_what_was_trained(place: Place, back: Path) -> None:
    results.take(back, place)
    theirs, taken = checkpoint(5), load(place.folder / VOCODER_FILE)
    assert taken["weights"].keys() <= theirs["weights"].keys()
    wanted = theirs["average"]["blocks.0.weight"].half()
    assert torch.equal(taken["weights"]["blocks.0.weight"], wanted)


def test_what_taken_networks_replace_stays_beside_them(place: Place, back: Path) -> None:
    before = (place.folder / FILE).read_bytes()
    results.take(back, place)
    assert (place.folder / f"{FILE}.before").read_bytes() == before
    assert not (place.folder / f"{DISTILLED_FILE}.before").exists()


def lose(back: Path) -> None:
    (back / "distilled.pt.01").unlink()


def damage(back: Path) -> None:
    (back / "distilled.pt.01").write_bytes(b"half of i")


def lose_sums(back: Path) -> None:
    (back / "SHA256SUMS").unlink()


def lose_all(back: Path) -> None:
    for path in back.glob("*.pt.*"):
        path.unlink()
    results.write_sums(back)


def leave_the_folder(back: Path) -> None:
    sums = back / "SHA256SUMS"
    sums.write_text(sums.read_text() + f"{'0' * 64}  ../training/denoiser.pt\n")


def make_no_checkpoint(back: Path) -> None:
    save({"step": 1}, back / DISTILLED_FILE)
    results.split(back / DISTILLED_FILE, 9_000)
    (back / "distilled.pt.01").unlink(missing_ok=True)
    results.write_sums(back)


def scribble(back: Path) -> None:
    (back / "distilled.pt.01").write_bytes(b"no checkpoint")
    results.write_sums(back)


def exchange(back: Path) -> None:
    save(checkpoint(3) | {"weights": {"blocks.0.weight": torch.zeros(3, 3)}}, back / DISTILLED_FILE)
    results.split(back / DISTILLED_FILE, 9_000)
    results.write_sums(back)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lose, "distilled.pt.01 is missing; copy all that the run wrote"),
        (damage, "distilled.pt.01 is not what the run wrote; copy it again"),
        (lose_sums, "SHA256SUMS is missing; copy all that the run wrote"),
        (lose_all, "holds no network; did the run end early?"),
        (leave_the_folder, "SHA256SUMS is not what the run wrote; copy it again"),
        (make_no_checkpoint, "distilled.pt holds no weights; copy all that the run wrote again"),
        (scribble, "distilled.pt is damaged, or no checkpoint"),
        (exchange, "is of another network: see prompt.out.weight"),
    ],
)
def test_spoiled_results_are_told_in_a_line_and_nothing_is_written(
    place: Place, back: Path, spoil: Any, told: str
) -> None:
    spoil(back)
    before = {path: path.read_bytes() for path in place.folder.iterdir()}
    told_all = CliRunner().invoke(main, ["--folder", str(place.folder), "take", str(back)])
    assert told_all.exit_code == 1
    assert told in told_all.output
    assert len(told_all.output.splitlines()) == 1
    assert {path: path.read_bytes() for path in place.folder.iterdir()} == before


def test_songs_are_made_from_the_first_seed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "map_of_latents", lambda _: None)
    monkeypatch.setattr(prepare, "make", lambda _place, _audio, seed: seed)
    assert list(prepare.prepare(Place(tmp_path, None), 3, 0, first=40)) == [40, 41, 42]


def test_the_script_counts_cores_though_openmp_may_have_one_thread() -> None:
    script = (Path(results.__file__).parent / "run.sh").read_text(encoding="utf-8")
    (counting,) = (line for line in script.splitlines() if line.startswith("cores="))
    told = subprocess.run(
        ["sh", "-c", f"{counting}\necho $cores"],
        env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(told.stdout) == len(os.sched_getaffinity(0))


@pytest.mark.parametrize("minutes", ["12.5", "soon", "-3", "0"])
def test_the_script_takes_whole_minutes_only_and_says_so(tmp_path: Path, minutes: str) -> None:
    script = Path(results.__file__).parent / "run.sh"
    told = subprocess.run(
        ["sh", str(script), minutes, str(tmp_path / "results")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert told.stderr == f"minutes are '{minutes}'; give a whole number, at least 5\n"
    assert not (tmp_path / "results").exists()


def test_a_run_that_trained_nothing_says_so_and_writes_nothing(tmp_path: Path) -> None:
    words = ["--folder", str(tmp_path / "empty"), "results", str(tmp_path / "out")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 1
    assert told.output == f"Error: {tmp_path / 'empty'} holds no network; did the run end early?\n"
    assert not (tmp_path / "out").exists()


def test_a_damaged_checkpoint_is_named(place: Place) -> None:
    (place.folder / FILE).write_bytes(b"junk")
    told = CliRunner().invoke(main, ["--folder", str(place.folder), "results", "nowhere"])
    assert told.exit_code == 1
    assert told.output.startswith(f"Error: {place.folder / FILE} is damaged, or no checkpoint")
