"""The composer: pieces are whole, true to their labels, varied, and the same for the same seed."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onnx_models.composer import (
    INSTRUMENTS,
    KITS,
    ROLES,
    STYLES,
    Piece,
    Style,
    accompaniment,
    compose,
    drums,
)
from onnx_models.composer.lead import CELLS
from onnx_models.composer.theory import SCALES, chord_classes, nearest, voiced

seeds = st.integers(0, 2**40)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return [compose(seed) for seed in range(300)]


@given(seeds, st.floats(3.0, 40.0))
def test_the_same_seed_gives_the_same_piece(seed: int, duration_s: float) -> None:
    assert compose(seed, duration_s) == compose(seed, duration_s)


@given(seeds, st.floats(3.0, 40.0))
def test_every_note_lies_within_the_piece_and_the_midi_range(seed: int, duration_s: float) -> None:
    for part in compose(seed, duration_s).parts:
        assert part.notes
        for note in part.notes:
            assert 0 <= note.start_s < note.start_s + note.duration_s <= duration_s + 1e-9
            assert 12 <= note.pitch <= 120
            assert 20 <= note.velocity <= 127


@given(seeds)
def test_no_note_overlaps_another_of_its_own_pitch(seed: int) -> None:
    for part in compose(seed).parts:
        ends: dict[int, float] = {}
        for note in part.notes:
            assert note.start_s >= ends.get(note.pitch, 0.0) - 1e-9
            ends[note.pitch] = note.start_s + note.duration_s


@given(seeds)
def test_notes_stand_in_order(seed: int) -> None:
    for part in compose(seed).parts:
        assert all(a.start_s <= b.start_s for a, b in pairwise(part.notes))


@given(seeds, st.floats(3.0, 40.0))
def test_chords_cover_the_piece_without_gaps(seed: int, duration_s: float) -> None:
    chords = compose(seed, duration_s).chords
    assert chords[0].start_s == 0
    assert chords[-1].end_s == pytest.approx(duration_s)
    assert all(a.end_s == pytest.approx(b.start_s) for a, b in pairwise(chords))


@given(seeds)
def test_beats_are_quarters_and_bars_have_the_metres_length(seed: int) -> None:
    piece = compose(seed)
    bar_s = 60 / piece.bpm * 4 * piece.numerator / piece.denominator
    assert np.diff(piece.beat_times_s) == pytest.approx(60 / piece.bpm)
    assert np.diff(piece.bar_times_s) == pytest.approx(bar_s)
    assert piece.duration_s - piece.beat_times_s[-1] <= 60 / piece.bpm + 1e-6


@given(seeds, st.floats(0.5, 40.0))
def test_the_first_part_is_the_lead_and_roles_are_known(seed: int, duration_s: float) -> None:
    piece = compose(seed, duration_s)
    assert piece.parts[0].role == "lead"
    assert {part.role for part in piece.parts} <= set(ROLES)


@pytest.mark.parametrize(("seed", "duration_s"), [(436, 25.7), (251, 1.2), (2100, 0.5)])
def test_a_line_without_notes_gives_way_to_a_plainer_one(seed: int, duration_s: float) -> None:
    assert compose(seed, duration_s).parts[0].notes


def test_programs_are_those_of_the_named_instrument(pieces: list[Piece]) -> None:
    for part in (part for piece in pieces for part in piece.parts):
        if part.role == "drums":
            assert part.program in KITS[part.instrument].programs
        else:
            assert part.program == INSTRUMENTS[part.instrument].program


def test_many_instruments_lead_and_common_ones_most_often(pieces: list[Piece]) -> None:
    leads = Counter(piece.parts[0].instrument for piece in pieces)
    assert len(leads) >= 60
    assert leads.most_common(1)[0][0] == "acoustic_grand_piano"


def test_tempos_metres_and_dynamics_span_their_ranges(pieces: list[Piece]) -> None:
    assert min(piece.bpm for piece in pieces) < 62
    assert max(piece.bpm for piece in pieces) > 172
    assert {"2/4", "3/4", "4/4", "5/4", "6/8", "7/8"} <= {
        f"{piece.numerator}/{piece.denominator}" for piece in pieces
    }
    velocities = [note.velocity for piece in pieces for note in piece.parts[0].notes]
    assert np.percentile(velocities, 2) < 48
    assert np.percentile(velocities, 98) > 108


def test_leads_reach_from_low_to_high(pieces: list[Piece]) -> None:
    pitches = [note.pitch for piece in pieces for note in piece.parts[0].notes]
    assert np.percentile(pitches, 1) < 45
    assert np.percentile(pitches, 99) > 90


def test_strong_beats_of_the_bass_play_the_chords_root() -> None:
    hits, total = 0, 0
    for seed in range(60):
        piece = compose(seed, styles=["pop", "rock"])
        for part in piece.parts_of("bass"):
            for chord in piece.chords:
                first = [n for n in part.notes if abs(n.start_s - chord.start_s) < 0.04]
                hits += sum(n.pitch % 12 == chord.pitch_classes[0] for n in first)
                total += len(first)
    assert hits > 0.97 * total > 100


def test_most_melody_notes_belong_to_the_key() -> None:
    for seed in range(40):
        piece = compose(seed, styles=["folk"])
        if piece.lead_kind == "chromatic":
            continue
        scale = {(piece.key + step) % 12 for step in SCALES[piece.mode]}
        chords = {c for chord in piece.chords for c in chord.pitch_classes}
        notes = piece.parts[0].notes
        assert sum(n.pitch % 12 in scale | chords for n in notes) >= 0.97 * len(notes)


def test_only_the_asked_styles_are_written() -> None:
    assert {compose(s, 6.0, ["jazz", "waltz"]).style for s in range(30)} == {"jazz", "waltz"}


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(KeyError, match="polka"):
        compose(1, styles=["polka"])


@pytest.mark.parametrize("style", STYLES)
def test_every_style_can_be_written_in_any_length(style: str) -> None:
    for seed in range(4):
        assert compose(seed, 3.0 + 9 * seed, [style]).style == style


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda s: s.key)
def test_a_style_names_only_what_exists(style: Style) -> None:
    assert set(style.leads + style.harmonies + style.basses) <= set(INSTRUMENTS)
    assert set(style.kits) <= set(KITS)
    assert set(style.harmony) <= {"pad", *accompaniment.HARMONY_PATTERNS}
    assert set(style.bass) <= set(accompaniment.BASS_PATTERNS)
    assert set(style.grooves) <= set(drums.GROOVES)


def test_rhythm_cells_fill_their_length() -> None:
    for length, cells in CELLS.items():
        assert all(sum(cell) == pytest.approx(length) for cell in cells)


@given(st.integers(0, 127), st.sets(st.integers(0, 11), min_size=1))
def test_nearest_is_a_member_within_a_tritone(pitch: int, classes: set[int]) -> None:
    found = nearest(pitch, sorted(classes))
    assert found % 12 in classes
    assert abs(found - pitch) <= 6


@given(st.sets(st.integers(0, 11), min_size=2, max_size=5), st.integers(40, 80))
def test_a_voicing_holds_each_class_once_near_its_centre(classes: set[int], centre: int) -> None:
    pitches = voiced(sorted(classes), centre)
    assert {p % 12 for p in pitches} == classes
    assert all(abs(p - centre) <= 6 for p in pitches)


@pytest.mark.parametrize(
    ("token", "mode", "expected"),
    [
        ("1", "major", (0, 4, 7)),
        ("5", "minor", (7, 10, 2)),
        ("5:7", "minor", (7, 11, 2, 5)),
        ("b7", "major", (10, 2, 5)),
        ("b2", "phrygian", (1, 5, 8)),
        ("2:m7b5", "minor", (2, 5, 8, 0)),
    ],
)
def test_chord_tokens_read_as_degrees(token: str, mode: str, expected: tuple[int, ...]) -> None:
    assert chord_classes(token, 0, mode, 3) == expected
