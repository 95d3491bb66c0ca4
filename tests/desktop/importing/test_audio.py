"""Audio files in a song."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from desktop.document.edits import add_track
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.importing.audio import (
    BLOCK_FRAMES,
    AudioFileError,
    import_audio,
    place_audio,
    read_audio,
)
from desktop.mixing.stems import open_stems
from desktop.storage.errors import FileAccessError
from desktop.storage.pool import TakePool


def write_sound(path: Path, channels: int = 1, seconds: float = 1.0) -> np.ndarray:
    rng = np.random.default_rng(0)
    frames = round(44100 * seconds)
    sound = np.round(rng.uniform(-0.5, 0.5, (frames, channels)) * 2**15) / 2**15
    soundfile.write(path, sound, 44100, "PCM_16")
    return sound.astype(np.float32).T


def test_an_imported_file_sounds_where_it_was_placed_sample_for_sample(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "take.wav")
    pool = TakePool(tmp_path / "takes")
    song = place_audio(add_track(Song()), 1, Tick(PPQ), import_audio(tmp_path / "take.wav", pool))
    start = song.tempo_map.tick_to_frame(PPQ, 44100)
    with open_stems(song, 44100, pool.open) as (stem,):
        heard = stem.read(0, start + sound.shape[1])
    assert not heard[:, :start].any()
    assert np.array_equal(heard[:, start:], np.repeat(sound, 2, axis=0))


def test_of_many_channels_the_first_two_are_kept(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "surround.wav", channels=6, seconds=0.1)
    pool = TakePool(tmp_path / "takes")
    assert np.array_equal(pool.read(import_audio(tmp_path / "surround.wav", pool).take), sound[:2])


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no audio at all" * 99])
def test_what_is_no_audio_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "song.wav").write_bytes(content)
    with pytest.raises(AudioFileError, match=r"song\.wav.*choose"):
        read_audio(tmp_path / "song.wav")


@pytest.mark.parametrize("rate_hz", [7999, 192001])
def test_a_rate_that_no_take_may_have_is_refused_with_its_value(
    tmp_path: Path, rate_hz: int
) -> None:
    soundfile.write(tmp_path / "odd.wav", np.zeros(100), rate_hz)
    with pytest.raises(AudioFileError, match=rf"odd\.wav: has {rate_hz} Hz.*convert"):
        read_audio(tmp_path / "odd.wav")


def test_a_region_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav")
    audio = import_audio(tmp_path / "a.wav", TakePool(tmp_path / "takes"))
    song = place_audio(add_track(Song()), 1, Tick(0), audio)
    with pytest.raises(ValueError, match="overlap"):
        place_audio(song, 1, Tick(10), audio)


@pytest.mark.parametrize("level", [0.9, 1.5])
def test_a_long_file_is_taken_in_piece_by_piece_into_the_same_file(
    tmp_path: Path, level: float
) -> None:
    frames = 2 * BLOCK_FRAMES + 17
    sound = np.linspace(-level, level, 2 * frames, dtype=np.float32).reshape(frames, 2)
    soundfile.write(tmp_path / "long.wav", sound, 44100, "FLOAT")
    pool, shares = TakePool(tmp_path / "takes"), list[float]()
    taken = import_audio(tmp_path / "long.wav", pool, shares.append).take
    assert pool.add(np.ascontiguousarray(sound.T), 44100).sha256 == taken.sha256
    assert len(set(shares)) == 6
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("at", [0.4, 0.9])
def test_an_import_that_is_stopped_leaves_nothing(tmp_path: Path, at: float) -> None:
    soundfile.write(tmp_path / "long.wav", np.zeros((2 * BLOCK_FRAMES, 1)), 44100)

    def stop(share: float) -> None:
        if share > at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_audio(tmp_path / "long.wav", TakePool(tmp_path / "takes"), stop)
    assert not [*tmp_path.glob("takes/*")]


@pytest.mark.parametrize("level", [0.5, 1.5])
def test_an_import_leaves_nothing_whenever_it_is_stopped(tmp_path: Path, level: float) -> None:
    rng = np.random.default_rng(0)
    sound = rng.uniform(-level, level, (BLOCK_FRAMES + 9, 2)).astype(np.float32)
    soundfile.write(tmp_path / "noise.wav", sound, 44100, "FLOAT")
    pool, told = TakePool(tmp_path / "takes"), list[list[str]]()
    taken = import_audio(
        tmp_path / "noise.wav", pool, lambda _share: told.append(_suffixes(pool))
    ).take
    assert told[-2:] == [[".tmp"], [f".{taken.format}", ".json"]]  # hashed, and in its place
    there = {path: path.stat().st_size for path in pool.folder.iterdir()}
    for last in range(1, len(told) + 1):
        empty = TakePool(tmp_path / "empty")
        for each in (empty, pool):
            with pytest.raises(KeyboardInterrupt):
                import_audio(tmp_path / "noise.wav", each, _stopping_at(last))
        assert not [*tmp_path.glob("empty/*")]
        assert {path: path.stat().st_size for path in pool.folder.iterdir()} == there
    pool.verify(taken)


def _suffixes(pool: TakePool) -> list[str]:
    found = (path.suffix for path in pool.folder.glob("*"))
    return sorted(found, key=lambda suffix: suffix == ".json")


def _stopping_at(last: int) -> Callable[[float], None]:
    """Return what raises as it is told of a share for the `last` time."""
    calls = count(1)

    def stop(_share: float) -> None:
        if next(calls) == last:
            raise KeyboardInterrupt

    return stop


def test_a_full_disk_leaves_nothing_of_an_import(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for name, level in (("soft", 0.9), ("loud", 1.5)):
        noise = rng.uniform(-level, level, (100_000, 2)).astype(np.float32)
        soundfile.write(tmp_path / f"{name}.wav", noise, 44100, "FLOAT")
        with limited_files(100_000), pytest.raises(FileAccessError, match="free some space"):
            import_audio(tmp_path / f"{name}.wav", TakePool(tmp_path / "takes"))
        assert not [*tmp_path.glob("takes/*")]


def test_samples_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    sound = np.zeros((BLOCK_FRAMES + 5, 1), np.float32)
    sound[-1] = np.nan
    soundfile.write(tmp_path / "nan.wav", sound, 44100, "FLOAT")
    with pytest.raises(AudioFileError, match="no numbers"):
        import_audio(tmp_path / "nan.wav", TakePool(tmp_path / "takes"))


@pytest.mark.parametrize("content", [b"", b".snd", b".snd" + bytes(6)])
@pytest.mark.parametrize("name", ["a.au", "a.wav"])
def test_a_file_without_sound_is_said_to_be_one(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    for read in (read_audio, lambda path: import_audio(path, TakePool(tmp_path / "takes"))):
        with pytest.raises(AudioFileError, match=r"holds no sound|is no audio|is damaged"):
            read(tmp_path / name)
    assert not [*tmp_path.glob("takes/*")]


@pytest.mark.parametrize("level", [0.5, 1.5])
def test_a_file_that_is_still_being_written_is_not_taken_in(tmp_path: Path, level: float) -> None:
    path = tmp_path / "growing.wav"

    def write(seconds: int) -> None:
        soundfile.write(path, np.full((seconds * 44100, 2), level), 44100, "FLOAT")

    def grow(share: float) -> None:
        if share == 0.5:  # it has been looked through
            write(3)

    write(2)
    with pytest.raises(AudioFileError, match="changed while it was read; try again"):
        import_audio(path, TakePool(tmp_path / "takes"), grow)
    assert not [*tmp_path.glob("takes/*")]


def test_a_streamed_flac_that_does_not_say_how_long_it_is_is_taken_in_whole(
    tmp_path: Path,
) -> None:
    sound = write_sound(tmp_path / "known.flac", seconds=7.0)
    data = bytearray((tmp_path / "known.flac").read_bytes())
    data[21] &= 0xF0  # the length: 36 bits of the first block, as an encoder into a pipe leaves it
    data[22:26] = bytes(4)
    (tmp_path / "stream.flac").write_bytes(data)
    assert np.array_equal(read_audio(tmp_path / "stream.flac").audio[0], sound[0])
    pool = TakePool(tmp_path / "takes")
    assert import_audio(tmp_path / "stream.flac", pool).take.frames == sound.shape[1]


@pytest.mark.parametrize(
    ("field", "value"), [(4, b"\xff\xff\xff\xff"), (12, bytes(4)), (16, bytes(4)), (20, bytes(4))]
)
def test_a_header_that_is_damaged_is_said_to_be_that(
    tmp_path: Path, field: int, value: bytes
) -> None:
    path = tmp_path / "hummed.au"
    soundfile.write(path, np.zeros(100), 44100, "FLOAT")
    data = bytearray(path.read_bytes())
    data[field : field + 4] = value
    path.write_bytes(data)
    with pytest.raises(AudioFileError, match=r"hummed\.au: is damaged \([^;]+\); get it again"):
        read_audio(path)


def test_an_au_file_without_its_header_is_not_taken_for_noise(tmp_path: Path) -> None:
    (tmp_path / "a.au").write_bytes(b"no audio at all" * 99)
    with pytest.raises(AudioFileError, match=r"is no audio that can be read \(no header\); choose"):
        read_audio(tmp_path / "a.au")


@contextmanager
def limited_files(size_bytes: int) -> Iterator[None]:
    """Let no file grow beyond that, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
