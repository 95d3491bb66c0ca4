"""A mix of which one part is drawn is realised: other parts are written around it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.conditioning import even_beats
from inference.events import EVENTS, FIRST_STRIKE, LENGTHS, PITCHES, VELOCITIES, Sheet, Struck
from inference.grid import Grid
from inference.hands import HANDS, Desk, Hand, best, log_chance
from inference.line import Drawn, Line, drawn_of, part_of, struck_on
from inference.pack import Improvisation
from inference.pipeline import Engine
from inference.request import BeatPoint, Note, RenderRequest

TinyPack = Callable[..., Path]
MELODY = (Note(0.0, 0.5, 60, 90), Note(0.5, 0.5, 64, 80), Note(1.0, 0.9, 67, 100))
TRIAD = (Note(0.0, 1, 60, 90), Note(0.0, 1, 64, 90), Note(0.0, 1, 67, 90))
KICKS = (Note(0.0, 0.1, 36, 90), Note(1.0, 0.1, 36, 90))
MIX = RenderRequest(
    pack_id="tiny", frames=16_000, prompt="calm piano", beats=even_beats(120, 4, 2.0), seed=6,
    notes=MELODY,
)  # fmt: skip
SPEC = Improvisation(state=3)


@pytest.fixture
def engine(make_tiny_pack: TinyPack) -> Engine:
    return Engine(make_tiny_pack(improvising=True), device="cpu", threads=1)


def lead(tick: int, pitch: int) -> Struck:
    return Struck(tick, "lead", pitch, 12, 95)


def desk(role: str = "mix") -> Desk:
    grid = Grid(even_beats(120, 4, 2.0), 2.0)
    rows = np.zeros((grid.end + 1, 2), np.float32)
    return Desk(role, SPEC, grid, rows, rows, np.random.default_rng(0))


def hand(fit: float, line: tuple[Struck, ...] = (lead(0, 60),)) -> Hand:
    return Hand(Sheet(0, 48), Line.of(line), np.zeros(3, np.float32), fit)


def test_a_mix_of_one_line_is_given_other_parts_that_its_recipe_tells(engine: Engine) -> None:
    recipe = engine.render(MIX).recipe
    assert recipe.improvised_notes
    assert not {(n.start_s, n.pitch) for n in MELODY} & {
        (n.start_s, n.pitch) for n in recipe.improvised_notes if n.duration_s == 0.5
    }


def test_what_is_rendered_is_the_line_with_what_was_improvised_around_it(engine: Engine) -> None:
    realised = engine.render(MIX)
    notes, drums = realised.recipe.improvised_notes, realised.recipe.improvised_drums
    drawn = engine.render(replace(MIX, notes=(*MELODY, *notes), drum_notes=drums))
    assert drawn.audio.tobytes() == realised.audio.tobytes()


def test_a_line_is_realised_the_same_again_and_by_another_seed_differently(engine: Engine) -> None:
    realised = engine.render(MIX).recipe
    assert engine.render(MIX).recipe == realised
    other = engine.render(replace(MIX, seed=8)).recipe
    assert other.improvised_notes != realised.improvised_notes


@pytest.mark.parametrize(
    "change",
    [{"role": "lead"}, {"notes": (*MELODY, Note(0.01, 1, 55, 90))}, {"notes": ()},
     {"notes": (*TRIAD, Note(1.0, 1, 72, 90))}, {"drum_notes": KICKS},
     {"notes": (), "drum_notes": KICKS}],
)  # fmt: skip
def test_what_is_more_than_a_part_or_no_mix_is_played_as_it_is_drawn(
    engine: Engine, change: dict[str, object]
) -> None:
    asked = replace(MIX, **change)  # type: ignore[arg-type]
    assert drawn_of(asked) == Drawn()
    assert engine.render(asked).recipe.improvised_notes == ()


def test_legato_notes_that_overlap_are_still_a_line() -> None:
    legato = tuple(note._replace(duration_s=0.7) for note in MELODY)
    assert drawn_of(replace(MIX, notes=legato)) == Drawn("lead", legato)


def test_nothing_but_chords_is_a_harmony_though_their_notes_are_spread_a_little() -> None:
    spread = tuple(n._replace(start_s=n.start_s + 0.02 * i) for i, n in enumerate(TRIAD))
    again = tuple(note._replace(start_s=note.start_s + 1) for note in TRIAD)
    assert part_of((*spread, *again)) == "harmony"
    assert part_of(TRIAD[:2]) == ""


@pytest.mark.parametrize(
    "drawn", [{"notes": TRIAD}, {"notes": None, "drum_notes": KICKS}], ids=["chords", "drums"]
)
def test_around_chords_or_drums_alone_the_other_parts_are_improvised(
    engine: Engine, drawn: dict[str, object]
) -> None:
    asked = replace(MIX, **drawn)  # type: ignore[arg-type]
    realised = engine.render(asked)
    notes, drums = realised.recipe.improvised_notes, realised.recipe.improvised_drums
    assert notes
    assert not (drums and asked.drum_notes)
    whole = replace(
        asked, notes=(*(asked.notes or ()), *notes), drum_notes=(*asked.drum_notes, *drums)
    )
    assert engine.render(whole).audio.tobytes() == realised.audio.tobytes()


@pytest.mark.parametrize(("octaves", "part"), [(0, "lead"), (-2, "bass")])
def test_a_low_line_is_a_bass(octaves: int, part: str) -> None:
    line = [note._replace(pitch=note.pitch + 12 * octaves) for note in MELODY]
    struck = struck_on(Grid(MIX.beats, 2.0), Drawn(part_of(line), tuple(line)))
    assert {note.part for note in struck} == {part}
    assert [(note.tick, note.length) for note in struck] == [(0, 12), (12, 12), (24, 22)]


@pytest.mark.parametrize("from_bar", [False, True])
def test_a_note_held_over_from_before_is_struck_at_the_start_and_none_past_the_end(
    from_bar: bool,
) -> None:
    line = (Note(-0.5, 1, 60, 90), Note(1.0, 1, 62, 90), Note(2.5, 1, 64, 90))
    beats = (BeatPoint(0, 2, 0.5), BeatPoint(2, 6, 1.5))
    grid = Grid(beats, 2.0, from_bar=from_bar)
    assert [(note.tick, note.pitch) for note in struck_on(grid, Drawn("lead", line))] == [
        (24, 60),
        (48, 62),
    ]


def notes_of(part: str) -> st.SearchStrategy[Struck]:
    lengths = st.just(1) if part == "drums" else st.sampled_from(LENGTHS)
    pitches, velocities = st.sampled_from(PITCHES[part]), st.sampled_from(VELOCITIES)
    return st.builds(Struck, st.integers(0, 95), st.just(part), pitches, lengths, velocities)


lines = st.sampled_from(list(PITCHES)).flatmap(
    lambda part: st.lists(
        notes_of(part), min_size=1, max_size=20, unique_by=lambda note: (note.tick, note.pitch)
    )
)


@given(lines, st.integers(0, 2**32 - 1))
def test_a_line_is_written_as_it_was_drawn_whatever_is_improvised(
    line: list[Struck], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    one = hand(0.0, tuple(line))
    while one.sheet.tick < 96:
        allowed = np.flatnonzero(one.sheet.allowed("mix") & one.line.free)
        one.write(np.zeros(EVENTS, np.float32), int(rng.choice(allowed)))
    assert [note for note in one.sheet.notes if note.part == line[0].part] == sorted(line)
    assert not one.line.rest


@given(lines)
def test_a_hand_that_would_wait_on_and_on_still_plays_the_line(line: list[Struck]) -> None:
    one = hand(0.0, tuple(line))
    while one.sheet.tick < 96:
        one.write(np.zeros(EVENTS, np.float32), FIRST_STRIKE - 1)
    assert one.sheet.notes == sorted(line)


def test_a_line_fits_where_the_improviser_thought_its_pitches_likely() -> None:
    likely, unlikely = hand(0.0), hand(0.0)
    logits = np.zeros(EVENTS, np.float32)
    strike = likely.line.due(0)
    assert strike is not None
    logits[strike] = 3.0
    likely.write(logits, 0)
    unlikely.write(-logits, 0)
    assert likely.fit > unlikely.fit
    assert likely.fit == pytest.approx(log_chance(logits, strike, ~likely.line.free))


def test_hands_that_fit_badly_give_way_to_those_that_fit_well() -> None:
    hands = [hand(-60.0) for _ in range(20)]
    hands[3].fit = hands[7].fit = 0.0
    hands[3].sheet.tick, hands[7].sheet.tick = 5, 6
    kept = desk().kept(hands)
    assert [each.sheet.tick for each in kept] == [5] * (HANDS // 2) + [6] * (HANDS // 2)
    assert {each.fit for each in kept} == {0.0}
    kept[0].sheet.notes.append(lead(5, 60))
    kept[0].line.rest.popleft()
    assert not kept[1].sheet.notes
    assert kept[1].line.rest


def test_hands_that_fit_alike_all_go_on() -> None:
    hands = [hand(fit) for fit in (0.0, -0.1, -0.2, 0.0)]
    assert desk().kept(hands) == hands


def test_one_hand_writes_alone_where_there_is_no_line() -> None:
    (alone,) = desk().hands(Line.of(()))
    assert desk().kept([alone]) == [alone]
    alone.sheet.notes.append(lead(0, 60))
    assert best([alone]) == [lead(0, 60)]
