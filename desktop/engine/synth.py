"""Notes without a take, and notes played live, by FluidSynth and a General MIDI SoundFont."""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.document.song import Role
from desktop.mixing.levels import CHANNELS

GAIN: Final = 0.8  # a sketched lead is about as loud as a rendered one, -27 LUFS
BLOCK_FRAMES: Final = 64  # FluidSynth begins and ends notes only at borders of its blocks
LANES: Final = 122  # FluidSynth has 128 stereo outputs
VARIABLE: Final = "PARTIMENTO_SOUNDFONTS"
PLACES: Final = (
    "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
    "/usr/share/sounds/sf3/MuseScore_General.sf3",
    "/usr/share/sounds/sf3/FluidR3Mono_GM.sf3",
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
)
PROGRAMS: Final[dict[Role, tuple[int, int]]] = {  # bank, program of General MIDI
    "mix": (0, 0),  # piano
    "lead": (0, 0),
    "harmony": (0, 48),  # strings
    "bass": (0, 32),  # double bass
    "drums": (128, 0),  # the standard kit, as on channel 10
}
ALL_SOUND_OFF: Final = 120
OPTIONS: Final = {
    "synth.audio-channels": 128,
    "synth.audio-groups": 128,
    "synth.polyphony": 256,
    "synth.reverb.active": 0,
    "synth.chorus.active": 0,
    "synth.dynamic-sample-loading": 1,  # or a SoundFont takes seconds and all its size in memory
}

Sounds = NDArray[np.float32]


class NoSynthError(Exception):
    """FluidSynth or its SoundFont is missing; the message says what to do."""


class Strike(NamedTuple):
    """A note begins on a lane at a frame of the block, or ends there if `velocity` is 0."""

    frame: int
    velocity: int
    lane: int
    pitch: int


class Synth:
    """A stereo sound for each of up to `LANES` lanes."""

    def __init__(self, sample_rate_hz: int) -> None:
        """Raise NoSynthError where there is no FluidSynth or no SoundFont; takes 2 seconds."""
        self._library = _library()
        outputs = OPTIONS["synth.audio-channels"]
        self._synth = self._library.Synth(
            gain=GAIN, samplerate=sample_rate_hz, channels=outputs, **OPTIONS
        )
        self._font = self._synth.sfload(str(soundfont()))
        if self._font < 0:
            self._synth.delete()
            raise NoSynthError(f"FluidSynth cannot read {soundfont()}; install it again")
        # Held by channels of their own, the samples of all programs stay in memory.
        for channel, role in enumerate(PROGRAMS, start=LANES):
            self.set_role(channel, role)
        self._done_frames = 0
        self._outputs = outputs

    def set_role(self, lane: int, role: Role) -> None:
        """Let `lane` sound as tracks of `role` do."""
        self._synth.program_select(lane, self._font, *PROGRAMS[role])

    def render(self, frames: int, strikes: Iterable[Strike]) -> Sounds | None:
        """Return float32 (lanes, 2, frames), None for silence.

        `strikes` are in the order of time. A note begins within half a block of its frame.
        """
        strikes = list(strikes)
        if not strikes and not self._synth.get_active_voice_count():
            return None
        sounds = np.zeros((self._outputs, CHANNELS, frames), np.float32)
        done = 0
        for strike in strikes:
            border = self._border(strike.frame, frames)
            self._write(sounds, done, border)
            done = max(done, border)
            self._strike(strike)
        self._write(sounds, done, frames)
        self._done_frames += frames
        return sounds

    def silence(self, lanes: Iterable[int] = range(LANES)) -> None:
        """Cut all notes of `lanes` off."""
        for lane in lanes:
            self._synth.cc(lane, ALL_SOUND_OFF, 0)

    def close(self) -> None:
        """Let go of the SoundFont."""
        self._synth.delete()

    def _border(self, frame: int, frames: int) -> int:
        """Return where in the block to strike, so that it is heard closest to `frame`."""
        border = round((self._done_frames + frame) / BLOCK_FRAMES) * BLOCK_FRAMES
        return min(max(border - self._done_frames, 0), frames)

    def _strike(self, strike: Strike) -> None:
        if strike.velocity:
            self._synth.noteon(strike.lane, strike.pitch, strike.velocity)
        else:
            self._synth.noteoff(strike.lane, strike.pitch)

    def _write(self, sounds: Sounds, start: int, end: int) -> None:
        """Let the synth compute the frames [start, end) of `sounds`."""
        if end <= start:
            return
        pointers = ctypes.c_void_p * self._outputs
        first = sounds.ctypes.data + start * sounds.itemsize
        lane, side = sounds.strides[:2]
        left = pointers(*(first + n * lane for n in range(self._outputs)))
        right = pointers(*(first + n * lane + side for n in range(self._outputs)))
        # pyfluidsynth only mixes all down to 16 bits; this gives a float output to each lane
        self._library._fl.fluid_synth_nwrite_float(
            ctypes.c_void_p(self._synth.synth), end - start, left, right, None, None
        )


def soundfont() -> Path:
    """Return the SoundFont: the first that the environment names, else one of Debian's."""
    named = [place for place in os.environ.get(VARIABLE, "").split(os.pathsep) if place]
    found = next((path for path in map(Path, named or PLACES) if path.is_file()), None)
    if found is None:
        raise NoSynthError(
            f"no SoundFont at {', '.join(named or PLACES)}; install the Debian package "
            f"musescore-general-soundfont-small, or name a file in {VARIABLE}"
        )
    return found


def _library() -> Any:
    try:
        import fluidsynth  # type: ignore[import-untyped]  # noqa: PLC0415
    except (ImportError, OSError, AttributeError) as error:
        raise NoSynthError(
            f"FluidSynth cannot be loaded ({error}); install the Debian package libfluidsynth3"
        ) from error
    for level in range(5):  # all that it has, or it writes to the terminal
        fluidsynth._fl.fluid_set_log_function(level, None, None)
    return fluidsynth
