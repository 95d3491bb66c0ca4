"""Audio to notes: Spotify's Basic Pitch net (see `basic_pitch/`) and a note decoder of our own."""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d  # type: ignore[import-untyped]

Floats = NDArray[np.float32]

RATE_HZ: Final = 22050
HOP: Final = 256  # audio frames a net frame
WINDOW: Final = 43844  # audio frames that the net takes: 172 net frames, but only 171.3 hops
EDGE: Final = 15  # net frames at both ends of a window that lack context and are dropped
STEP: Final = 141  # net frames kept of a window; windows begin on whole hops, so nothing drifts
BATCH: Final = 8
LOWEST_PITCH: Final = 21
ONSET_THRESHOLD: Final = 0.5
STRIKE_AGAIN_THRESHOLD: Final = 0.8
OCTAVE_SHARE: Final = 0.9
NEAR: Final = 5  # net frames in which there is one onset
FRAME_THRESHOLD: Final = 0.45
GAP: Final = 11  # net frames below the threshold that end a note (0.13 s)
SHORTEST: Final = 6  # net frames; anything shorter is a click


class Notes(NamedTuple):
    """Notes in order of start: seconds, seconds and MIDI pitch, each (notes,)."""

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    pitch: NDArray[np.int64]


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = Path(__file__).parent / "basic_pitch" / "nmp.onnx"
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _windows(mono: Floats) -> tuple[Floats, int]:
    """Return overlapping windows (n, WINDOW, 1) of audio at RATE_HZ, and its net frames."""
    frames = len(mono) // HOP + 1
    count = -(-frames // STEP)
    length = (count - 1) * STEP * HOP + WINDOW
    padded = np.zeros(length, np.float32)
    kept = mono[: length - EDGE * HOP]
    padded[EDGE * HOP : EDGE * HOP + len(kept)] = kept
    views = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[:: STEP * HOP]
    return views[..., None], frames


def activations(audio: Floats, sample_rate_hz: int) -> tuple[Floats, Floats]:
    """Return how surely each of 88 pitches sounds and begins, each (net frames, 88), 0..1.

    `audio` is (channels, frames) or (frames,); net frame k is at k * HOP / RATE_HZ seconds.
    """
    mono = audio.mean(axis=0) if audio.ndim == 2 else audio
    mono = soxr.resample(np.asarray(mono, np.float32), sample_rate_hz, RATE_HZ)
    windows, frames = _windows(mono)
    names = ["StatefulPartitionedCall:1", "StatefulPartitionedCall:2"]
    parts = [
        _session().run(names, {"serving_default_input_2:0": windows[at : at + BATCH]})
        for at in range(0, len(windows), BATCH)
    ]
    kept = [np.concatenate(part)[:, EDGE : EDGE + STEP] for part in zip(*parts, strict=True)]
    sounding, onset = (part.reshape(-1, 88)[:frames] for part in kept)
    return sounding, onset


def _strikes(sounding: Floats, onset: Floats) -> NDArray[np.bool_]:
    """Return where a note begins (net frames, 88): peaks of `onset` that are no ghost.

    Others' onsets shine through on a held note, and on the octave above a low one; a second
    strike and an octave must therefore be surer than a fresh note.
    """
    loudest = maximum_filter1d(onset, 2 * NEAR + 1, axis=0)
    before = np.pad(sounding, ((NEAR, 0), (0, 0)))[: len(sounding)]
    below = np.pad(loudest, ((0, 0), (12, 0)))[:, :88]
    needed = np.where(before < FRAME_THRESHOLD, ONSET_THRESHOLD, STRIKE_AGAIN_THRESHOLD)
    strikes: NDArray[np.bool_] = (
        (onset == loudest) & (onset >= needed) & (onset > OCTAVE_SHARE * below)
    )
    return strikes


def decode_notes(sounding: Floats, onset: Floats) -> Notes:
    """Return the notes that begin at peaks of `onset` and last while `sounding` does."""
    frames = len(onset)
    is_peak = _strikes(sounding, onset)
    pitch, start = np.nonzero(is_peak.T)
    silent = np.pad(sounding < FRAME_THRESHOLD, ((0, GAP), (0, 0)), constant_values=True)
    ends = np.lib.stride_tricks.sliding_window_view(silent, GAP, axis=0)[: frames + 1].all(axis=2)
    at = np.where(ends, np.arange(frames + 1)[:, None], frames)
    next_end = np.minimum.accumulate(at[::-1])[::-1]
    end = next_end[np.minimum(start + 1, frames), pitch]
    again = np.flatnonzero(pitch[1:] == pitch[:-1])  # the same pitch is struck once more
    end[again] = np.minimum(end[again], start[again + 1])
    kept = end - start >= SHORTEST
    order = np.lexsort((pitch[kept], start[kept]))
    start_s, end_s = (at[kept][order] * np.float64(HOP / RATE_HZ) for at in (start, end))
    return Notes(start_s, end_s, pitch[kept][order] + LOWEST_PITCH)


def transcribe(audio: Floats, sample_rate_hz: int) -> Notes:
    """Return the pitched notes heard in `audio`, (channels, frames) or (frames,), -1..1."""
    return decode_notes(*activations(audio, sample_rate_hz))
