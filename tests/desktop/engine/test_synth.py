from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.synth import BLOCK_FRAMES, VARIABLE, NoSynthError, Sounds, Strike, Synth

RATE = 48000


@pytest.fixture(scope="module")
def loaded() -> Iterator[Synth]:
    with closing(Synth(RATE)) as made:
        yield made


@pytest.fixture
def synth(loaded: Synth) -> Synth:
    """Return a synth on which nothing sounds, with a piano on lanes 0 and 1."""
    loaded.silence()
    for lane in (0, 1):
        loaded.set_role(lane, "lead")
    while loaded.render(4800, []) is not None:
        pass
    return loaded


def rendered(synth: Synth, frames: int, *strikes: Strike) -> Sounds:
    sounds = synth.render(frames, strikes)
    assert sounds is not None
    return sounds


def pitch_hz(sound: Sounds) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(spectrum.argmax() * RATE / len(sound))


def test_nothing_struck_is_silence(synth: Synth) -> None:
    assert synth.render(512, []) is None


@pytest.mark.parametrize("frame", [0, 33, 1000, 4095])
def test_a_note_begins_within_half_a_block_of_its_frame(synth: Synth, frame: int) -> None:
    sounds = rendered(synth, 8192, Strike(frame, 100, 0, 60))
    assert abs(int(np.flatnonzero(sounds[0].any(axis=0))[0]) - frame) <= BLOCK_FRAMES // 2 + 2


def test_a_note_has_its_pitch_and_its_lane(synth: Synth) -> None:
    sounds = rendered(synth, RATE, Strike(0, 100, 1, 69))
    assert pitch_hz(sounds[1, 0]) == pytest.approx(440, abs=3)
    assert not sounds[0].any()


def test_a_note_ends(synth: Synth) -> None:
    rendered(synth, 4800, Strike(0, 100, 0, 60))
    loud = np.abs(rendered(synth, 4800)[0]).max()
    rendered(synth, RATE, Strike(0, 0, 0, 60))
    quiet = synth.render(4800, [])
    assert quiet is None or np.abs(quiet[0]).max() < loud / 20


def test_silence_cuts_off_the_lanes_it_is_told(synth: Synth) -> None:
    rendered(synth, 4800, Strike(0, 100, 0, 60), Strike(0, 100, 1, 64))
    synth.silence([0])
    rendered(synth, 4800)
    sounds = rendered(synth, 4800)
    assert not sounds[0].any()
    assert sounds[1].any()


def test_drums_are_drums(synth: Synth) -> None:
    synth.set_role(0, "drums")
    sounds = rendered(synth, RATE // 2, Strike(0, 100, 0, 42), Strike(0, 100, 1, 42))
    brightness = [np.abs(np.diff(s[0])).mean() / np.abs(s[0]).mean() for s in sounds[:2]]
    assert brightness[0] > 5 * brightness[1]  # a closed hi-hat beside a low piano note


def in_blocks(synth: Synth, frames: int) -> Sounds:
    """Return 6,400 frames of lane 0, on which a note begins at frame 640."""
    synth.silence()
    while synth.render(640, []) is not None:
        pass
    strike = [Strike(0, 100, 0, 60)]
    blocks = [synth.render(frames, strike if at == 640 else []) for at in range(0, 6400, frames)]
    silent = np.zeros((2, frames), np.float32)
    return np.concatenate([silent if block is None else block[0] for block in blocks], axis=1)


def test_blocks_of_other_sizes_sound_the_same(synth: Synth) -> None:
    in_blocks(synth, 640)  # FluidSynth's first use of a voice differs by a trifle
    assert np.array_equal(in_blocks(synth, 640), in_blocks(synth, 128))


def test_a_soundfont_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/font.sf2")
    with pytest.raises(NoSynthError, match=r"no SoundFont at /nowhere/font\.sf2; install"):
        Synth(RATE)


def test_a_soundfont_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    font = tmp_path / "font.sf2"
    font.write_bytes(b"no font")
    monkeypatch.setenv(VARIABLE, str(font))
    with pytest.raises(NoSynthError, match="cannot read"):
        Synth(RATE)
