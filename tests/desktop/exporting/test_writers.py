from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from desktop.exporting.options import Bits
from desktop.exporting.wav import Origin
from desktop.exporting.writers import Dither, Writer, open_writer, to_integers
from desktop.mixing.levels import on_grid
from inference.arrays import Audio

ORIGIN = Origin("Tune: Lead", "Partimento 1", datetime(2030, 1, 1), 4321)
STEP = 2.0**-15


def noise(frames: int, level: float = 0.9) -> Audio:
    samples = np.random.default_rng(frames).uniform(-level, level, (2, frames))
    return on_grid(samples.astype(np.float32))


def writer(path: Path, frames: int, bits: Bits) -> Writer:
    return open_writer(path, frames, 8000, bits, origin=ORIGIN, dither=Dither(1, 2))


def write(path: Path, audio: Audio, bits: Bits, block: int = 300) -> Audio:
    """Return what another reader finds in the file, (2, frames)."""
    file = writer(path, audio.shape[1], bits)
    for start in range(0, audio.shape[1], block):
        file.write(audio[:, start : start + block])
    file.close()
    found: Audio = soundfile.read(path, dtype="float32", always_2d=True)[0].T
    return found


@pytest.mark.parametrize(("name", "bits"), [("a.wav", 24), ("a.wav", 32), ("a.flac", 24)])
def test_24_bits_and_floats_hold_a_stem_exactly(tmp_path: Path, name: str, bits: Bits) -> None:
    audio = noise(1000)
    assert (write(tmp_path / name, audio, bits) == audio).all()


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_16_bits_round_with_an_error_that_the_sound_does_not_steer(
    tmp_path: Path, name: str
) -> None:
    audio = on_grid(np.full((2, 20000), 0.3 * STEP, np.float32))
    found = write(tmp_path / name, audio, 16)
    assert np.abs(found - audio).max() <= 1.5 * STEP
    assert found.mean() == pytest.approx(0.3 * STEP, abs=0.02 * STEP)


def test_silence_stays_silent_at_16_bits(tmp_path: Path) -> None:
    assert not write(tmp_path / "a.wav", np.zeros((2, 100), np.float32), 16).any()


@given(st.integers(1, 700))
def test_the_dither_does_not_depend_on_the_blocks(block: int) -> None:
    dither = Dither(5, 6)
    blocks = [dither.noise(min(block, 700 - start)) for start in range(0, 700, block)]
    assert (np.concatenate(blocks, axis=1) == Dither(5, 6).noise(700)).all()


def test_two_files_are_dithered_differently() -> None:
    assert (Dither(5, 6).noise(50) != Dither(5, 7).noise(50)).any()


@pytest.mark.parametrize("bits", [16, 24])
def test_what_is_too_loud_is_clipped_and_counted(bits: Bits) -> None:
    audio = np.array([[1.5, -1.5, 0.5], [-1.0, 1.1, 0.0]], np.float32)
    integers, clipped = to_integers(audio, bits, Dither(0, 10))
    assert integers.max() == 2 ** (bits - 1) - 1
    assert integers.min() == -(2 ** (bits - 1))
    assert clipped in ({3} if bits == 24 else {3, 4})


def test_floats_keep_what_is_too_loud(tmp_path: Path) -> None:
    assert write(tmp_path / "a.wav", np.full((2, 9), 1.75, np.float32), 32).max() == 1.75


def test_flac_carries_title_program_and_place(tmp_path: Path) -> None:
    write(tmp_path / "a.flac", noise(10), 24)
    with soundfile.SoundFile(tmp_path / "a.flac") as file:
        assert file.title == "Tune: Lead"
        assert file.software.startswith("Partimento 1")
        assert file.date == "2030-01-01"
        assert file.comment == "starts at frame 4321 of the song"


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    for name in ("a.wav", "a.flac"):
        (tmp_path / name).write_text("precious")
        with pytest.raises(OSError, match=r"exist"):
            writer(tmp_path / name, 10, 16)
        assert (tmp_path / name).read_text() == "precious"


def test_a_writer_can_be_closed_before_anything_was_written(tmp_path: Path) -> None:
    for name in ("a.wav", "a.flac"):
        writer(tmp_path / name, 10, 16).close()
        assert (tmp_path / name).exists()
