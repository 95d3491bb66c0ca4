"""The take pool."""

import errno
import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.errors import DamagedTakeError, FileAccessError, MissingTakeError
from desktop.storage.pool import Audio, TakePool, as_kept, encode_audio

RATE_HZ = 44100


def noise(frames: int, peak: float = 1.0, seed: int = 0) -> Audio:
    audio = np.random.default_rng(seed).uniform(-peak, peak, (2, frames))
    return audio.astype(np.float32)


@pytest.fixture
def pool(tmp_path: Path) -> TakePool:
    return TakePool(tmp_path / "takes")


def test_a_take_lies_under_the_hash_of_its_file_with_its_recipe_beside_it(pool: TakePool) -> None:
    take = pool.add(noise(1000), RATE_HZ, '{"prompt":"große Trommel"}')
    assert take.path == pool.folder / f"{take.sha256}.flac"
    assert hashlib.sha256(take.path.read_bytes()).hexdigest() == take.sha256
    assert pool.recipe(take.sha256) == '{"prompt":"große Trommel"}'
    assert soundfile.info(take.path).subtype == "PCM_24"
    assert soundfile.info(take.path).samplerate == RATE_HZ


def test_flac_keeps_audio_to_half_a_24_bit_step(pool: TakePool) -> None:
    audio = noise(100_000, 0.99)
    read = pool.read(pool.add(audio, RATE_HZ))
    assert np.abs(read - audio).max() <= 0.5 / 2**23


@pytest.mark.parametrize("peak", [0.3, 1.0, 1.5])
def test_what_the_pool_will_give_back_is_known_before(pool: TakePool, peak: float) -> None:
    audio = np.float32(peak) * np.sin(np.arange(2000, dtype=np.float32)).reshape(2, 1000)
    audio[0, 0] = peak
    assert np.array_equal(pool.read(pool.add(audio, 44100)), as_kept(audio))


def test_what_was_read_is_the_same_take_again(pool: TakePool) -> None:
    take = pool.add(noise(5000), RATE_HZ)
    assert pool.add(pool.read(take), RATE_HZ) == take


def test_full_scale_stays_flac_and_beyond_it_is_float_wav_unscaled(pool: TakePool) -> None:
    edge = np.array([[1.0, -1.0], [0.0, 1.0]], np.float32)
    assert pool.add(edge, RATE_HZ).format == "flac"
    beyond = noise(5000, 4.0)
    take = pool.add(beyond, RATE_HZ)
    assert take.format == "wav"
    assert np.array_equal(pool.read(take), beyond)
    info = soundfile.info(take.path)
    assert (info.subtype, info.samplerate, info.channels) == ("FLOAT", RATE_HZ, 2)


@pytest.mark.parametrize("peak", [0.5, 2.0])
@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000, 192_000])
def test_the_same_audio_gives_the_same_bytes(peak: float, rate_hz: int) -> None:
    first = encode_audio(noise(3000, peak), rate_hz)
    assert encode_audio(np.asfortranarray(noise(3000, peak)), rate_hz) == first
    assert encode_audio(noise(3000, peak, seed=1), rate_hz) != first


def test_adding_again_changes_nothing_and_keeps_the_first_recipe(pool: TakePool) -> None:
    take = pool.add(noise(10), RATE_HZ, '{"n":1}')
    written_ns = take.path.stat().st_mtime_ns
    assert pool.add(noise(10), RATE_HZ, '{"n":2}') == take
    assert take.path.stat().st_mtime_ns == written_ns
    assert pool.recipe(take.sha256) == '{"n":1}'


def test_adding_again_repairs_a_damaged_take(pool: TakePool) -> None:
    take = pool.add(noise(10), RATE_HZ)
    take.path.write_bytes(b"fLaC")
    pool.add(noise(10), RATE_HZ)
    pool.verify(take)


@given(start=st.integers(0, 1100), frames=st.none() | st.integers(0, 1100))
def test_any_part_of_a_take_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, start: int, frames: int | None
) -> None:
    pool = TakePool(tmp_path_factory.getbasetemp() / "parts")
    take = pool.add(noise(1000), RATE_HZ)
    whole = pool.read(take)
    stop = None if frames is None else start + frames
    assert np.array_equal(pool.read(take, start, frames), whole[:, start:stop])


def test_an_open_take_reads_from_anywhere(pool: TakePool) -> None:
    take = pool.add(noise(50_000, 2.0), RATE_HZ)
    with pool.open(take) as file:
        file.seek(40_000)
        assert np.array_equal(file.read(5, dtype="float32").T, noise(50_000, 2.0)[:, 40_000:40_005])


@pytest.mark.parametrize(
    ("audio", "reason"),
    [
        (np.zeros((2, 5)), "float32"),
        (np.zeros((1, 5), np.float32), r"\(2, frames\)"),
        (np.zeros(5, np.float32), r"\(2, frames\)"),
        (np.zeros((2, 0), np.float32), "1 frame or more"),
        (np.full((2, 5), np.nan, np.float32), "NaN"),
        (np.full((2, 5), -np.inf, np.float32), "infinity"),
    ],
)
def test_audio_of_another_kind_is_refused(pool: TakePool, audio: Audio, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        pool.add(audio, RATE_HZ)
    assert not pool.folder.exists()


@pytest.mark.parametrize("recipe", ["", "[]", "{", "text"])
def test_a_recipe_that_is_no_object_is_refused(pool: TakePool, recipe: str) -> None:
    with pytest.raises(ValueError, match="recipe"):
        pool.add(noise(5), RATE_HZ, recipe)


@pytest.mark.parametrize(
    "name", ["../" * 20 + "a", "A" * 64, "a" * 63, "/" + "a" * 63, "a" * 64 + "\n"]
)
def test_no_name_leads_out_of_the_pool(pool: TakePool, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        pool.path_of(name, "flac")
    with pytest.raises(ValueError, match="SHA-256"):
        pool.recipe_path(name)
    with pytest.raises(ValueError, match="format"):
        pool.path_of("a" * 64, "/../../x")  # type: ignore[arg-type]


def test_a_missing_take_is_named(pool: TakePool) -> None:
    take = pool.add(noise(10), RATE_HZ)
    take.path.unlink()
    assert not pool.has(take)
    for attempt in (pool.open, pool.read, pool.verify):
        with pytest.raises(MissingTakeError, match=f"{take.sha256}.flac: .*missing.*render"):
            attempt(take)


def test_damage_of_one_bit_is_found(pool: TakePool) -> None:
    take = pool.add(noise(1000), RATE_HZ)
    pool.verify(take)
    data = bytearray(take.path.read_bytes())
    data[500] ^= 1
    take.path.write_bytes(data)
    with pytest.raises(DamagedTakeError, match=r"has changed: its SHA-256 is now [0-9a-f]{64}"):
        pool.verify(take)


@pytest.mark.parametrize("peak", [0.5, 2.0])
def test_a_take_cut_short_is_damaged_wherever_it_is_cut(pool: TakePool, peak: float) -> None:
    take = pool.add(noise(20_000, peak), RATE_HZ)
    data = take.path.read_bytes()
    for kept in (0, 3, 30, len(data) // 2, len(data) - 20):
        take.path.write_bytes(data[:kept])
        with pytest.raises(DamagedTakeError, match=take.sha256):
            pool.read(take)


def test_audio_of_another_length_or_channel_count_is_damaged(pool: TakePool) -> None:
    take = pool.add(noise(1000), RATE_HZ)
    with pytest.raises(DamagedTakeError, match="2 channels of 1000 frames, not 2 of 999"):
        pool.read(replace(take, frames=999))
    soundfile.write(take.path, np.zeros(1000), RATE_HZ, "PCM_24")
    with pytest.raises(DamagedTakeError, match="has 1 channels"):
        pool.open(take)


def test_a_pool_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "takes").write_text("a file")
    with pytest.raises(FileAccessError, match="takes: cannot be made"):
        TakePool(tmp_path / "takes").add(noise(5), RATE_HZ)


def test_audio_that_cannot_be_kept_leaves_no_recipe_behind(pool: TakePool) -> None:
    sha256 = hashlib.sha256(encode_audio(noise(5), RATE_HZ)[0]).hexdigest()
    pool.path_of(sha256, "flac").mkdir(parents=True)
    with pytest.raises(FileAccessError, match="cannot be written"):
        pool.add(noise(5), RATE_HZ)
    assert [path.suffix for path in pool.folder.iterdir()] == [".flac"]


def test_a_take_that_may_not_be_read_is_not_called_damaged(
    pool: TakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = pool.add(noise(5), RATE_HZ)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileAccessError, match=r"flac: cannot be read.*you may read"):
        pool.read(take)
