"""What is played where nothing is drawn, and when it is another thing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.canvas import Canvas
from inference.conditioning import even_beats
from inference.errors import PackError, RenderError, RequestError
from inference.events import (
    EVENTS,
    LENGTHS,
    LONGEST_WAIT,
    MOST_AT_ONCE,
    NOTHING,
    PITCHES,
    VELOCITIES,
    Sheet,
    Struck,
    events_of,
    told_numbers,
)
from inference.grid import Grid
from inference.improviser import Improviser
from inference.pack import load_pack
from inference.pipeline import Engine
from inference.progress import CancelToken
from inference.request import BeatPoint, Note, RenderRequest, Span, Turn
from tests.tiny_pack import IMPROVISING, build_graph

TinyPack = Callable[..., Path]
FRAMES = 16_000
FREE = RenderRequest(
    pack_id="tiny", frames=FRAMES, prompt="calm piano", beats=even_beats(120, 4, 2.0), seed=5
)
CHORD = (Note(0, 1, 60, 90), Note(0, 1, 64, 90))


def struck_by(part: str) -> st.SearchStrategy[Struck]:
    """Return notes of `part` whose length and velocity events can tell."""
    lengths, velocities = st.sampled_from(LENGTHS), st.sampled_from(VELOCITIES)
    pitches = st.sampled_from(PITCHES[part])
    return st.builds(Struck, st.integers(0, 200), st.just(part), pitches, lengths, velocities)


struck = st.sampled_from(list(PITCHES)).flatmap(struck_by)


@pytest.fixture
def engine(make_tiny_pack: TinyPack) -> Engine:
    return Engine(make_tiny_pack(improvising=True), device="cpu", threads=1)


def noise(seed: int) -> np.ndarray:
    return np.asarray(np.random.default_rng(seed).standard_normal((2, FRAMES)) / 10, np.float32)


@given(st.lists(struck, max_size=60, unique_by=lambda n: (n.tick, n.part, n.pitch)))
def test_events_play_back_the_notes_that_they_were_written_from(notes: list[Struck]) -> None:
    sheet = Sheet(0, 48)
    for event in events_of(notes, 0, 201):
        sheet.add(event)
    played = {note._replace(length=1) if note.part == "drums" else note for note in notes}
    assert set(sheet.notes) == played
    assert sheet.tick == 201


@given(st.data(), st.sampled_from(["mix", *PITCHES]))
def test_whatever_is_chosen_among_the_allowed_events_is_music_of_the_role(
    data: st.DataObject, role: str
) -> None:
    sheet = Sheet(0, 48)
    for _ in range(data.draw(st.integers(0, 120))):
        allowed = np.flatnonzero(sheet.allowed(role))
        sheet.add(int(data.draw(st.sampled_from(allowed.tolist()))))
    assert {note.part for note in sheet.notes} <= (set(PITCHES) if role == "mix" else {role})
    assert len({(n.tick, n.part, n.pitch) for n in sheet.notes}) == len(sheet.notes)
    assert max(map(len, sheet.strikes.values()), default=0) <= MOST_AT_ONCE
    assert len(sheet.told()) == told_numbers(1) == 20
    assert max(sheet.told()) <= EVENTS


def test_a_bar_ago_is_told_when_the_bar_comes_round() -> None:
    sheet = Sheet(0, 24)
    kick = Struck(0, "drums", 36, 1, 95)
    for event in events_of([kick], 0, 24):
        sheet.add(event)
    first_strike = next(events_of([kick], 0, 1))
    assert sheet.tick == 24
    assert first_strike in sheet.told()[2:]


@pytest.mark.parametrize("bars", [2, 4, 8])
def test_what_stood_bars_ago_is_told_when_it_comes_round(bars: int) -> None:
    sheet = Sheet(0, 24, (1, bars))
    note = Struck(0, "bass", 40, 12, 95)
    later = note._replace(tick=24 * bars + 6)
    for event in events_of([note, later], 0, 24 * bars):
        sheet.add(event)
    told, strike = sheet.told(), next(events_of([note], 0, 1))
    assert told[1:8] == [NOTHING] * 7
    assert told[8:15] == [NOTHING, strike, *[NOTHING] * 5]
    sheet.add(0)
    assert sheet.told()[8:15] == [NOTHING] * 7


@given(st.lists(struck, max_size=60, unique_by=lambda n: (n.tick, n.part, n.pitch)))
def test_what_is_told_of_one_bar_ago_is_the_same_whatever_else_is_told(
    notes: list[Struck],
) -> None:
    near, far = Sheet(0, 24), Sheet(0, 24, (1, 2, 4))
    for event in events_of(notes, 0, 201):
        near.add(event)
        far.add(event)
        told = far.told()
        assert [*told[:8], *told[22:]] == near.told()
        assert len(told) == told_numbers(3)


def test_a_pack_is_told_what_its_manifest_asks_for(make_tiny_pack: TinyPack) -> None:
    asked = {"bars_ago": [1, 2, 4], "phrase_bars": [4]}
    pack = load_pack(make_tiny_pack({"improvisation": asked}, improvising=True))
    canvas, told = Canvas(pack, [FREE]), []

    def step(feeds: dict[str, np.ndarray], _: CancelToken) -> np.ndarray:
        told.append(feeds)
        return np.zeros((1, EVENTS + 6), np.float32)

    def listener(_feeds: dict[str, np.ndarray], _: CancelToken) -> np.ndarray:
        return np.zeros((1, canvas.latent_frames, 1), np.float32)

    listener.takes = frozenset({"context"})  # type: ignore[attr-defined]
    nets: Any = {"listener": listener, "improviser": step}
    Improviser(pack, nets, {}).improvise(canvas, canvas.parts[0], CancelToken())
    assert {feeds["told"].shape for feeds in told} == {(1, told_numbers(3))}
    assert {feeds["phase"].shape for feeds in told} == {(1, 6)}


def test_a_pack_that_asks_for_one_bar_ago_improvises_as_one_that_asks_for_nothing(
    engine: Engine, make_tiny_pack: TinyPack
) -> None:
    asked = {"improvisation": {"bars_ago": [1], "phrase_bars": []}}
    asking = Engine(make_tiny_pack(asked, "asking", improvising=True), device="cpu", threads=1)
    one, other = engine.render(FREE), asking.render(replace(FREE, pack_id="asking"))
    assert one.recipe.improvised_notes == other.recipe.improvised_notes
    assert one.recipe.improvised_drums == other.recipe.improvised_drums


@pytest.mark.parametrize("bars", [[], [0, 1], [1, 1], [4, 2], [1, 17], list(range(1, 10))])
def test_a_pack_that_asks_for_impossible_bars_is_refused(
    make_tiny_pack: TinyPack, bars: list[int]
) -> None:
    folder = make_tiny_pack({"improvisation": {"bars_ago": bars}}, improvising=True)
    with pytest.raises(PackError, match="bars_ago"):
        load_pack(folder)


@pytest.mark.parametrize("asked", [{"bars_ago": [1, 2]}, {"phrase_bars": [4]}])
def test_a_graph_that_is_told_less_than_the_manifest_asks_for_is_refused(
    make_tiny_pack: TinyPack, asked: dict[str, list[int]]
) -> None:
    folder = make_tiny_pack({"improvisation": asked}, improvising=True)
    with pytest.raises(PackError, match=r"'(told|phase)' has the shape"):
        Engine(folder, device="cpu", threads=1)


def test_a_phrase_of_four_bars_comes_round_after_four_bars() -> None:
    grid = Grid(even_beats(120, 4, 16.0), 16.0)
    bar, phases = grid.bar_ticks, grid.phases((4,))
    assert np.allclose(phases[: 4 * bar], phases[4 * bar : 8 * bar], atol=1e-5)
    assert np.allclose(phases[[0, bar, 2 * bar], 4:], [[0, 1], [1, 0], [0, -1]], atol=1e-5)
    assert np.array_equal(phases[:, :4], grid.phases())


def test_a_region_without_a_sketch_is_given_notes_that_its_recipe_tells(engine: Engine) -> None:
    recipe = engine.render(FREE).recipe
    assert recipe.improvised_notes
    assert all(0 <= note.start_s < 2 for note in recipe.improvised_notes)


def test_the_improvised_notes_are_what_is_rendered(engine: Engine) -> None:
    free = engine.render(FREE)
    drawn = replace(
        FREE, notes=free.recipe.improvised_notes, drum_notes=free.recipe.improvised_drums
    )
    assert engine.render(drawn).audio.tobytes() == free.audio.tobytes()


@pytest.mark.parametrize("role", list(PITCHES))
def test_a_role_improvises_only_its_own_part(engine: Engine, role: str) -> None:
    recipe = engine.render(replace(FREE, role=role)).recipe
    empty, played = recipe.improvised_drums, recipe.improvised_notes
    if role == "drums":
        empty, played = played, empty
    assert played
    assert not empty


def test_the_same_request_is_improvised_the_same_again(engine: Engine) -> None:
    assert engine.render(FREE).recipe == engine.render(FREE).recipe


@pytest.mark.parametrize(
    "change",
    [{"seed": 6}, {"prompt": "loud drums"}, {"context_audio": noise(1)}, {"role": "lead"},
     {"turns": (Turn(9, 0.8),)}],
)  # fmt: skip
def test_another_seed_prompt_role_or_context_is_improvised_differently(
    engine: Engine, change: dict[str, object]
) -> None:
    one, other = engine.render(FREE).recipe, engine.render(replace(FREE, **change)).recipe  # type: ignore[arg-type]
    assert one.improvised_notes != other.improvised_notes


def test_a_slight_variation_keeps_the_notes(engine: Engine) -> None:
    varied = engine.render(replace(FREE, turns=(Turn(9, 0.2),)))
    assert varied.recipe.improvised_notes == engine.render(FREE).recipe.improvised_notes
    assert varied.audio.tobytes() != engine.render(FREE).audio.tobytes()


@pytest.mark.parametrize(
    "change",
    [{"notes": CHORD}, {"notes": ()}, {"role": "lead", "drum_notes": (Note(0, 1, 36, 90),)},
     {"initial_audio": noise(2), "initial_strength": 0.5}],
)  # fmt: skip
def test_nothing_is_improvised_over_a_sketch_or_over_audio_to_start_from(
    engine: Engine, change: dict[str, object]
) -> None:
    recipe = engine.render(replace(FREE, **change)).recipe  # type: ignore[arg-type]
    assert recipe.improvised_notes == recipe.improvised_drums == ()


def test_what_is_kept_of_a_take_is_heard_by_what_is_improvised_in_its_hole(engine: Engine) -> None:
    hole = (Span(4000, 9000),)
    one, other = (
        engine.render(replace(FREE, known_audio=noise(seed), repaint=hole)) for seed in (1, 2)
    )
    assert one.recipe.improvised_notes != other.recipe.improvised_notes


def test_each_free_region_of_a_chain_is_improvised_for_itself(engine: Engine) -> None:
    sketched = replace(FREE, notes=CHORD)
    first, middle, last = engine.render_chain([FREE, sketched, replace(FREE, seed=8)])
    assert first.recipe.improvised_notes
    assert not middle.recipe.improvised_notes
    assert last.recipe.improvised_notes
    assert all(note.start_s < 2 for note in last.recipe.improvised_notes)


@pytest.mark.parametrize("place", [0, 1])
def test_a_free_region_too_short_for_a_latent_frame_is_rendered_with_its_neighbours(
    engine: Engine, place: int
) -> None:
    chain = [FREE, FREE]
    chain.insert(place, replace(FREE, frames=20))
    rendered = engine.render_chain(chain)
    assert rendered[place].audio.shape == (2, 20)
    assert [bool(one.recipe.improvised_notes) for one in rendered] == [n != place for n in range(3)]


def test_notes_begin_on_twelfths_of_the_beats_of_a_grid_that_slows_down(engine: Engine) -> None:
    beats = (BeatPoint(0, 0, 0), BeatPoint(1, 2, 0.5), BeatPoint(2, 3, 0.75))
    notes = engine.render(replace(FREE, beats=beats)).recipe.improvised_notes
    times, passed, _ = np.array(beats).T
    ticks = 12 * np.interp([note.start_s for note in notes], times, passed)
    assert np.abs(ticks - np.round(ticks)).max() < 1e-3


def test_without_a_grid_it_is_improvised_at_120_beats_a_minute() -> None:
    grid = Grid((), 2.0)
    assert (grid.first, grid.end, grid.bar_ticks) == (0, 48, 48)


def test_a_region_that_begins_within_a_beat_starts_at_the_next_tick() -> None:
    grid = Grid((BeatPoint(0, 1.49, 0.3725), BeatPoint(2, 5.49, 1.3725)), 2.0)
    assert grid.first == 18
    assert grid.seconds[0] == pytest.approx(0.005)


def test_a_region_that_begins_within_a_bar_is_led_into_from_the_bar_s_start() -> None:
    grid = Grid((BeatPoint(0, 14.5, 3.625), BeatPoint(2, 18.5, 4.625)), 2.0, from_bar=True)
    assert (grid.begin, grid.first, grid.end) == (144, 174, 222)
    assert grid.seconds[0] == pytest.approx(-1.25)
    assert grid.phases()[0] == pytest.approx([0, 1, 0, 1], abs=1e-5)


@given(st.floats(0, 100), st.sampled_from([2.0, 3.0, 4.0]))
def test_a_grid_that_is_led_into_begins_at_most_a_bar_before(beat: float, bar: float) -> None:
    points = (BeatPoint(0, beat, beat / bar), BeatPoint(2, beat + 4, (beat + 4) / bar))
    alone, led = Grid(points, 2.0), Grid(points, 2.0, from_bar=True)
    assert (led.first, led.end) == (alone.first, alone.end)
    assert 0 <= led.first - led.begin <= led.bar_ticks + 1
    assert np.allclose(led.phases()[led.first - led.begin :], alone.phases(), atol=1e-4)


def test_a_bar_too_long_to_play_is_not_led_into() -> None:
    grid = Grid((BeatPoint(0, 900, 0.9), BeatPoint(2, 904, 0.904)), 2.0, from_bar=True)
    assert grid.begin == grid.first


def test_a_region_that_begins_within_a_bar_hears_nothing_of_what_led_into_it(
    engine: Engine,
) -> None:
    beats = (BeatPoint(0, 2.3, 0.575), BeatPoint(2, 6.3, 1.575))
    notes = engine.render(replace(FREE, beats=beats)).recipe.improvised_notes
    assert notes
    assert all(note.start_s >= 0 and note.duration_s > 0 for note in notes)


@pytest.mark.parametrize("waits", [1, 2])
def test_a_part_that_would_rest_through_its_first_half_is_written_again(
    engine: Engine, waits: int
) -> None:
    rests_once(engine, waits)
    notes = engine.render(FREE).recipe.improvised_notes
    assert min(note.start_s for note in notes) < 1


def rests_once(engine: Engine, waits: int) -> None:
    """Let the improviser of `engine` rest at first, so many times the half of FREE."""
    net, rests = engine._nets["improviser"], [1e9] * waits

    def shy(feeds: dict[str, Any], cancel: CancelToken) -> list[Any]:
        (made,) = net(feeds, cancel)
        made = np.array(made)
        made[LONGEST_WAIT - 1] += rests.pop() if rests else 0.0
        return [made]

    engine._nets["improviser"] = shy  # type: ignore[assignment]


def test_absurdly_many_beats_are_refused_in_one_sentence(engine: Engine) -> None:
    beats = (BeatPoint(0, 0, 0), BeatPoint(2, 1e15, 1e14))
    with pytest.raises(RequestError, match=r"beats in 2\.00 s"):
        engine.render(replace(FREE, beats=beats))


@pytest.mark.parametrize("last", [BeatPoint(2, 1e308, 1), BeatPoint(2, 4, -1e308)])
def test_beats_beyond_all_numbers_are_refused_in_one_sentence(last: BeatPoint) -> None:
    with pytest.raises(RequestError, match=r"beats must lie within 1e\+18 of 0, got \(2, "):
        replace(FREE, beats=(BeatPoint(0, 0, 0), last))


def test_where_bars_hardly_pass_one_has_four_beats() -> None:
    assert Grid((BeatPoint(0, 0, 0), BeatPoint(2, 4, 1e-320)), 2.0).bar_ticks == 48


def test_a_pack_opens_only_if_its_improviser_remembers_what_the_manifest_says(
    make_tiny_pack: TinyPack,
) -> None:
    folder = make_tiny_pack({"improvisation": {"state": 7}}, improvising=True)
    with pytest.raises(PackError, match=r"'state' has the shape .* by the manifest it is .* 7\)"):
        Engine(folder, device="cpu", threads=1)


def test_an_improviser_that_gives_no_numbers_is_not_told_to_be_guided_less(
    make_tiny_pack: TinyPack,
) -> None:
    less, never = "negative = Sqrt(less)", "minus = Constant<value_float=-9.0>()"
    graph = IMPROVISING["improviser"].replace(
        "next = MatMul(turned, to_next)",
        f"less = Add(turned, minus)\n {less}\n next = MatMul(negative, to_next)",
    )
    graph = graph.replace("turned = ", f"{never}\n turned = ")
    contents = {"improviser.onnx": build_graph(graph).SerializeToString()}
    folder = make_tiny_pack(improvising=True, contents=contents)
    with pytest.raises(RenderError, match="gave NaN or infinity; try the device cpu, or another"):
        Engine(folder, device="cpu", threads=1).render(FREE)


@pytest.mark.parametrize("part", ["listener", "improviser"])
def test_a_pack_with_half_of_what_improvises_is_refused(
    make_tiny_pack: TinyPack, part: str
) -> None:
    folder = make_tiny_pack({"graphs": {part: None}}, improvising=True)
    with pytest.raises(PackError, match="all or none of graphs"):
        Engine(folder, device="cpu", threads=1)


def test_a_pack_that_cannot_improvise_renders_a_free_region_as_before(tiny_pack: Path) -> None:
    recipe = Engine(tiny_pack, device="cpu", threads=1).render(FREE).recipe
    assert recipe.improvised_notes == recipe.improvised_drums == ()


def test_a_listener_that_reads_needs_a_text_graph(make_tiny_pack: TinyPack) -> None:
    silent = {"denoiser": {"inputs": {"text": None, "text_mask": None}}, "text": None}
    with pytest.raises(PackError, match=r"needs graphs\.text"):
        Engine(make_tiny_pack({"graphs": silent}, improvising=True), device="cpu", threads=1)
