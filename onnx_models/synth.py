"""Plays composed pieces by SoundFonts: one stereo stem a part, through FluidSynth without a device.

A stem is dry unless its part asks for reverb or chorus; levels are set so that the sum of all stems
does not clip.
"""

import ctypes
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import fluidsynth  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from scipy.signal import oaconvolve, sosfilt  # type: ignore[import-untyped]

from onnx_models.composer import Part, Piece

Stereo = NDArray[np.float32]

BLOCK: Final = 64  # FluidSynth computes 64 frames at a time; events take effect at their borders
STANDARD_PLACES: Final = (
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
    "/usr/share/sounds/sf3/MuseScore_General.sf3",
    "/usr/share/sounds/sf3/FluidR3Mono_GM.sf3",
)
VARIABLE: Final = "PARTIMENTO_SOUNDFONTS"
LOUDNESS_DB: Final = {"lead": -20.0, "harmony": -20.0, "bass": -20.0, "drums": -22.0}
DRAIN_BLOCKS: Final = 7000  # 10 s
# Its own reverb and chorus keep their phases across a reset: the same piece would sound different.
OPTIONS: Final = {"synth.polyphony": 256, "synth.chorus.active": 0, "synth.reverb.active": 0}
_DRUM_BANK, _DRUM_CHANNEL = 128, 9


class MissingSoundFontError(Exception):
    """No SoundFont was found, or a named one is not there."""


def soundfonts() -> tuple[Path, ...]:
    """Return the SoundFonts of `PARTIMENTO_SOUNDFONTS` (paths parted by ":"), or installed ones.

    Raises MissingSoundFontError when a named file is missing or nothing is installed.
    """
    named = [Path(p) for p in os.environ.get(VARIABLE, "").split(os.pathsep) if p]
    missing = [p for p in named if not p.is_file()]
    if missing:
        raise MissingSoundFontError(
            f"{VARIABLE} names {missing[0]}, which is not a file; correct it"
        )
    found = named or [p for p in map(Path, STANDARD_PLACES) if p.is_file()]
    if not found:
        raise MissingSoundFontError(
            "no SoundFont in /usr/share/sounds; install the Debian package fluid-soundfont-gm "
            f"or musescore-general-soundfont-small, or name files in {VARIABLE}"
        )
    # Debian's names may be links to one and the same file.
    return tuple({p.resolve(): None for p in found})


def render_stems(piece: Piece, soundfont: Path, sample_rate_hz: int = 44100) -> list[Stereo]:
    """Return one stem for each of `piece.parts`, float32 (2, round(duration_s * rate)).

    The peak of their sum lies between -3 and -1 dBFS. Raises MissingSoundFontError, and ValueError
    for a file that FluidSynth cannot read.
    """
    synth = _synth(soundfont, sample_rate_hz)
    frames = round(piece.duration_s * sample_rate_hz)
    stems = [_placed(part, synth.play(part, frames), sample_rate_hz) for part in piece.parts]
    peak = float(np.max(np.abs(np.sum(stems, axis=0)))) if stems else 0.0
    gain = np.float32(10 ** (_peak_db(piece) / 20) / peak if peak > 0 else 1.0)
    return [stem * gain for stem in stems]


def role_stem(piece: Piece, stems: Sequence[Stereo], role: str) -> Stereo:
    """Return the sum of the stems of `role` ("mix" is all of them); zeros when it has no part."""
    total = np.zeros_like(stems[0])
    for part, stem in zip(piece.parts, stems, strict=True):
        if role in ("mix", part.role):
            total += stem
    return total


def _peak_db(piece: Piece) -> float:
    """Return -3 dBFS for a soft piece up to -1 dBFS for a loud one."""
    velocities = [note.velocity for part in piece.parts for note in part.notes]
    loud = (sum(velocities) / max(len(velocities), 1) - 50) / 50
    return -3 + 2 * min(max(loud, 0.0), 1.0)


def _placed(part: Part, dry: Stereo, sample_rate_hz: int) -> Stereo:
    """Return the stem with its drive, tone, loudness and place in the stereo field."""
    heard = dry[:, np.abs(dry).max(axis=0) > 1e-4]
    if not heard.size:
        return dry
    rms = float(np.sqrt(np.mean(np.square(heard, dtype=np.float64))))
    stem = dry * np.float32(10 ** ((LOUDNESS_DB[part.role] + part.gain_db) / 20) / rms)
    if part.drive > 0:
        stem = _driven(stem, part.drive)
    if abs(part.brightness_db) > 0.1:
        stem = _tilted(stem, part.brightness_db, sample_rate_hz)
    if part.chorus > 0:
        stem = _chorused(stem, part.chorus, sample_rate_hz)
    angle = (part.pan + 1) * math.pi / 4
    balance = np.sqrt(2) * np.array([[math.cos(angle)], [math.sin(angle)]])
    stem *= balance.astype(np.float32)
    return _reverberated(stem, part.reverb, sample_rate_hz) if part.reverb > 0 else stem


def _driven(stem: Stereo, drive: float) -> Stereo:
    """Return the stem through a soft clipper, at about its old level."""
    push = np.float32(1 + 12 * drive)
    return np.asarray(np.tanh(stem * push) / push ** np.float32(0.7), dtype=np.float32)


def _chorused(stem: Stereo, depth: float, sample_rate_hz: int) -> Stereo:
    """Return the stem with a copy added whose delay sways, out of step between the channels."""
    frames = np.arange(stem.shape[1])
    wet = np.empty_like(stem)
    for channel, phase in enumerate((0.0, math.pi / 2)):
        sway = np.sin(2 * math.pi * 0.7 / sample_rate_hz * frames + phase)
        delayed = frames - sample_rate_hz * (0.012 + 0.003 * sway)
        wet[channel] = np.interp(delayed, frames, stem[channel], left=0.0)
    mixed = (stem + 0.8 * depth * wet) / (1 + 0.4 * depth)
    return mixed.astype(np.float32, copy=False)


def _reverberated(stem: Stereo, amount: float, sample_rate_hz: int) -> Stereo:
    """Return the stem in a room: `amount` sets its decay (0.4 to 2.4 s for 60 dB) and level."""
    wet = oaconvolve(stem.mean(axis=0, keepdims=True), _room(amount, sample_rate_hz), axes=1)
    mixed = stem + 0.5 * amount * wet[:, : stem.shape[1]]
    return np.asarray(mixed, dtype=np.float32)


@lru_cache(maxsize=16)
def _room(amount: float, sample_rate_hz: int) -> Stereo:
    """Return a stereo impulse response of unit energy: decaying noise after 8 ms, highs first."""
    decay_s = 0.4 + 2 * amount
    time = np.arange(int(0.8 * decay_s * sample_rate_hz)) / sample_rate_hz
    noise = np.random.default_rng(7).standard_normal((2, len(time)))
    dark = sosfilt(np.array([[0.25, 0, 0, 1, -0.75, 0]]), noise, axis=1)
    tail = noise * np.exp(-13.8 * time / decay_s) * 0.3 + dark * np.exp(-6.9 * time / decay_s)
    response = np.pad(tail, ((0, 0), (int(0.008 * sample_rate_hz), 0)))
    return np.asarray(response / np.sqrt(np.mean(np.sum(response**2, axis=1))), dtype=np.float32)


def _tilted(stem: Stereo, tilt_db: float, sample_rate_hz: int) -> Stereo:
    """Return the stem with a first-order shelf: `tilt_db` above 1 kHz, its negative below."""
    gain = 10 ** (tilt_db / 20)
    k = math.tan(math.pi * 1000 / sample_rate_hz)
    # Bilinear transform of H(s) = (gain s + 1/gain) / (s + 1), s in units of the corner.
    b0, b1, a0, a1 = gain + k / gain, k / gain - gain, 1 + k, k - 1
    section = np.array([[b0 / a0, b1 / a0, 0, 1, a1 / a0, 0]])
    return np.asarray(sosfilt(section, stem, axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Synth:
    """A FluidSynth without a device, with one SoundFont loaded; not safe across threads."""

    synth: Any
    font: int
    sample_rate_hz: int

    def play(self, part: Part, frames: int) -> Stereo:
        """Return the part alone, float32 (2, frames)."""
        channel = self._prepared(part)
        audio = np.zeros((2, frames), np.float32)
        done = 0
        for frame, pitch, velocity in _events(part, self.sample_rate_hz, frames):
            if frame > done:
                self._write(audio, done, frame)
                done = frame
            if velocity:
                self.synth.noteon(channel, pitch, velocity)
            else:
                self.synth.noteoff(channel, pitch)
        self._write(audio, done, frames)
        self._flush(frames)
        return audio

    def _prepared(self, part: Part) -> int:
        """Return the MIDI channel for the part, on a synth that is silent and set for it."""
        synth, drums = self.synth, part.role == "drums"
        channel, bank = (_DRUM_CHANNEL, _DRUM_BANK) if drums else (0, 0)
        synth.system_reset()
        self._drain()
        synth.program_select(channel, self.font, bank, part.program)
        return channel

    def _write(self, audio: Stereo, start: int, end: int) -> None:
        """Let the synth compute frames start..end of `audio`."""
        if end <= start:
            return
        rows = [audio[i].ctypes.data_as(ctypes.c_void_p) for i in range(2)]
        # pyfluidsynth only reads 16-bit samples, which clip; floats keep the whole range.
        fluidsynth._fl.fluid_synth_write_float(
            ctypes.c_void_p(self.synth.synth), end - start, rows[0], start, 1, rows[1], start, 1
        )

    def _flush(self, frames: int) -> None:
        """Finish the block begun last, so that the next part starts on a block's border."""
        self._write(np.zeros((2, BLOCK), np.float32), 0, -frames % BLOCK)

    def _drain(self) -> None:
        """Throw away what still sounds: a reset only releases the voices."""
        unheard = np.zeros((2, BLOCK), np.float32)
        self._write(unheard, 0, BLOCK)
        for _ in range(DRAIN_BLOCKS):
            if not self.synth.get_active_voice_count():
                return
            self._write(unheard, 0, BLOCK)


def _events(part: Part, sample_rate_hz: int, frames: int) -> list[tuple[int, int, int]]:
    """Return (frame, pitch, velocity), in order, frames on block borders; velocity 0 is a release.

    At one frame, releases come first.
    """
    events = []
    for note in part.notes:
        start = _block(note.start_s * sample_rate_hz)
        end = max(_block((note.start_s + note.duration_s) * sample_rate_hz), start + BLOCK)
        events.append((start, note.velocity, note.pitch))
        events.append((end, 0, note.pitch))
    return [(frame, pitch, velocity) for frame, velocity, pitch in sorted(events) if frame < frames]


def _block(frame: float) -> int:
    return round(frame / BLOCK) * BLOCK


def check_soundfont(path: Path) -> None:
    """Raise MissingSoundFontError or ValueError where `path` is no SoundFont."""
    if not path.is_file():
        raise MissingSoundFontError(f"{path} is not a file; see soundfonts()")
    _silence_log()
    if not fluidsynth._fl.fluid_is_soundfont(str(path).encode()):
        raise ValueError(f"{path} is not a SoundFont that FluidSynth can read; replace it")


@lru_cache(maxsize=4)
def _synth(soundfont: Path, sample_rate_hz: int) -> _Synth:
    """Return this process's synth for the SoundFont; loading one takes up to a second or two."""
    check_soundfont(soundfont)
    synth = fluidsynth.Synth(gain=0.4, samplerate=sample_rate_hz, channels=16, **OPTIONS)
    font = synth.sfload(str(soundfont))
    if font < 0:
        synth.delete()
        raise ValueError(f"FluidSynth could not load the SoundFont {soundfont}; replace it")
    return _Synth(synth, font, sample_rate_hz)


def _silence_log() -> None:
    """Stop FluidSynth from writing to stderr (it has five levels)."""
    for level in range(5):
        fluidsynth._fl.fluid_set_log_function(level, None, None)
