import numpy as np
import pytest

from inference.transcription.scores import matched, onset_score
from inference.transcription.transcribe import HOP, RATE_HZ, decode_notes, transcribe
from onnx_models.composer import Part, Piece, PlayedNote, compose
from onnx_models.synth import render_stems, soundfonts

FRAME_S = HOP / RATE_HZ


def piano_tune(duration_s: float) -> Part:
    """Return a two-voice piano part with a repeated note in each bar."""
    steps = (60, 64, 67, 67, 65, 62, 59, 72)
    notes = [
        PlayedNote(0.1 + 0.3 * n, 0.25, steps[n % 8] - 16 * voice, 70 + 5 * (n % 5))
        for n in range(int((duration_s - 1) / 0.3))
        for voice in range(1 + (n % 4 == 0))
    ]
    return Part("lead", 0, "acoustic_grand_piano", tuple(notes))


def piece_of(part: Part, duration_s: float) -> Piece:
    fields = {name: getattr(compose(1, 4.0), name) for name in Piece.__slots__}
    return Piece(**{**fields, "parts": (part,), "duration_s": duration_s})


@pytest.fixture(scope="module")
def tune() -> Part:
    return piano_tune(12.0)


@pytest.fixture(scope="module")
def piano(tune: Part) -> np.ndarray:
    return render_stems(piece_of(tune, 12.0), soundfonts()[0])[0]


def test_a_sampled_piano_is_read_back(tune: Part, piano: np.ndarray) -> None:
    heard = transcribe(piano, 44100)
    asked = [note.start_s for note in tune.notes], [note.pitch for note in tune.notes]
    assert onset_score(*asked, heard.start_s, heard.pitch).f1 > 0.97


def test_times_do_not_drift_from_window_to_window(tune: Part, piano: np.ndarray) -> None:
    heard = transcribe(piano, 44100)
    start_s = np.array([note.start_s for note in tune.notes])
    asked, found = matched(start_s, [n.pitch for n in tune.notes], heard.start_s, heard.pitch)
    late = heard.start_s[found] - start_s[asked]
    drift = np.median(late[start_s[asked] > 8]) - np.median(late[start_s[asked] < 4])
    assert abs(np.median(late)) < 0.012
    assert abs(drift) < 0.005


def test_silence_has_no_notes() -> None:
    assert len(transcribe(np.zeros((2, 44100), np.float32), 44100).pitch) == 0


def activation(*spans: tuple[int, int, int, float]) -> np.ndarray:
    """Return (100, 88) with (first, last, pitch, value) set."""
    table = np.zeros((100, 88), np.float32)
    for first, last, pitch, value in spans:
        table[first:last, pitch] = value
    return table


def test_a_note_lasts_while_it_sounds() -> None:
    notes = decode_notes(activation((10, 40, 39, 0.9)), activation((10, 11, 39, 0.9)))
    assert notes.pitch.tolist() == [60]
    assert notes.start_s.tolist() == [10 * FRAME_S]
    assert notes.end_s.tolist() == [40 * FRAME_S]


def test_a_second_strike_ends_the_first_only_when_it_is_sure() -> None:
    sounding = activation((10, 60, 39, 0.9))
    sure = decode_notes(sounding, activation((10, 11, 39, 0.9), (30, 31, 39, 0.9)))
    faint = decode_notes(sounding, activation((10, 11, 39, 0.9), (30, 31, 39, 0.6)))
    assert sure.end_s.tolist() == [30 * FRAME_S, 60 * FRAME_S]
    assert len(faint.pitch) == 1


def test_a_faint_octave_is_taken_for_an_overtone() -> None:
    sounding = activation((10, 60, 39, 0.9), (10, 60, 51, 0.9))
    faint = decode_notes(sounding, activation((10, 11, 39, 0.9), (10, 11, 51, 0.6)))
    equal = decode_notes(sounding, activation((10, 11, 39, 0.9), (10, 11, 51, 0.9)))
    assert faint.pitch.tolist() == [60]
    assert equal.pitch.tolist() == [60, 72]
