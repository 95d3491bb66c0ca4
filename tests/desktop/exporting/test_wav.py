from datetime import datetime
from pathlib import Path

import pytest
import soundfile  # type: ignore[import-untyped]
from wavinfo import WavInfoReader  # type: ignore[import-untyped]

from desktop.exporting.options import Bits
from desktop.exporting.wav import Origin, wav_header

ORIGIN = Origin("Tune: Lead", "Partimento 1.2.3", datetime(2030, 1, 2, 3, 4, 5), 2**33 + 7)


def write(path: Path, frames: int, bits: Bits, origin: Origin = ORIGIN) -> Path:
    data_bytes = frames * 2 * bits // 8
    header = wav_header(frames, 48000, bits, origin)
    path.write_bytes(header)
    with path.open("rb+") as file:
        file.truncate(len(header) + data_bytes)  # sparse: gigabytes take no space
    return path


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_another_reader_finds_the_broadcast_extension(tmp_path: Path, bits: Bits) -> None:
    bext = WavInfoReader(write(tmp_path / "a.wav", 5, bits)).bext
    assert bext is not None
    assert (bext.description, bext.originator) == ("Tune: Lead", "Partimento 1.2.3")
    assert (bext.originator_date, bext.originator_time) == ("2030-01-02", "03:04:05")
    assert (bext.time_reference, bext.version) == (2**33 + 7, 1)
    assert bext.coding_history == f"A=PCM,F=48000,W={bits},M=stereo,T=Partimento 1.2.3\r\n"


def test_texts_outside_ascii_and_of_any_length_keep_the_chunk_whole(tmp_path: Path) -> None:
    origin = Origin("旋律" * 200, "P", datetime(2030, 1, 1), 9)
    bext = WavInfoReader(write(tmp_path / "a.wav", 5, 24, origin)).bext
    assert bext is not None
    assert bext.description == "?" * 256
    assert bext.time_reference == 9


@pytest.mark.parametrize(("bits", "subtype"), [(16, "PCM_16"), (24, "PCM_24"), (32, "FLOAT")])
@pytest.mark.parametrize("frames", [0, 1, 1001])
def test_the_header_says_what_the_file_holds(
    tmp_path: Path, bits: Bits, subtype: str, frames: int
) -> None:
    info = soundfile.info(write(tmp_path / "a.wav", frames, bits))
    assert (info.format, info.subtype, info.frames) == ("WAV", subtype, frames)
    assert (info.samplerate, info.channels) == (48000, 2)


def test_the_riff_size_covers_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", 11, 24)
    assert int.from_bytes(path.read_bytes()[4:8], "little") == path.stat().st_size - 8


@pytest.mark.parametrize("frames", [2**29 - 100, 2**29 + 5])
def test_files_of_any_size_say_their_length(tmp_path: Path, frames: int) -> None:
    path = write(tmp_path / "a.wav", frames, 32)
    info = soundfile.info(path)
    assert info.frames == frames
    assert info.format == ("WAV" if frames < 2**29 else "RF64")
    if info.format == "RF64":
        with path.open("rb") as file:
            head = file.read(28)
        assert int.from_bytes(head[20:28], "little") == path.stat().st_size - 8
