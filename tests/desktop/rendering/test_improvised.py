"""Improvised notes: where they lie in the song, and that drawn they are what was rendered."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.comping import swipe_take
from desktop.document.edits import (
    add_clip,
    add_note,
    add_region,
    add_take,
    add_track,
    choose_take,
    remove_clip,
    resize_region,
    set_tempo,
)
from desktop.document.query import PlacedNote, find_region, notes_in_span
from desktop.document.song import Role, Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.conditions import sketched_notes
from desktop.rendering.improvised import hindrance, improvised, with_improvised_notes
from desktop.rendering.jobs import Job, Repaint
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Renderer
from desktop.storage.pool import TakePool
from inference.pack import Pack, load_pack
from inference.pipeline import Engine
from inference.progress import CancelToken
from inference.request import Note
from tests.desktop.rendering.conftest import InThisProcess, OpenInMemory
from tests.tiny_pack import build_tiny_pack

RATE_HZ = 8000
FIRST, SECOND = 2, 3  # regions
BEAT_S = 0.5
TUNE, KICK = (Note(0, 1, 60, 90),), (Note(0, 0.05, 36, 90),)


def empty_song(role: Role, *, touching: bool = False) -> Song:
    """Return a song of 120 bpm whose track has regions without notes, from beats 2 and 6 on."""
    song = add_track(Song("Free"), "Free", role)
    song = add_region(song, 1, Tick(2 * PPQ), Tick((6 if touching else 5) * PPQ), "calm")
    song = add_region(song, 1, Tick(6 * PPQ), Tick(9 * PPQ), "bright piano")
    gate = replace(song.settings.quality_gate, on_failure="keep")
    return replace(song, settings=replace(song.settings, pack_id="improvising", quality_gate=gate))


@pytest.fixture(scope="module")
def improvising(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("packs") / "improvising"
    return load_pack(build_tiny_pack(folder, improvising=True))


@pytest.fixture(scope="module")
def player(improvising: Pack) -> InThisProcess:
    return InThisProcess(Engine(improvising, "cpu", 1))


class Studio:
    """An open song, and a renderer that gives its regions takes."""

    def __init__(self, song: Song, folder: Path, pack: Pack, worker: InThisProcess) -> None:
        self.open, self.worker = OpenInMemory(song, TakePool(folder)), worker
        self.renderer = Renderer(self.open, pack, worker, lambda _: None, lambda: 7)

    def perform(self, *region_ids: int, **wishes: Any) -> Take:
        """Return the take that the first region plays once the job is done."""
        job = Job(region_ids, **{"seed": 5} | wishes)
        self.renderer.perform(job, lambda _: None, CancelToken())
        take = find_region(self.open.song, region_ids[0]).playing
        assert take is not None
        return take

    def draw(self, region_id: int) -> None:
        self.open.song = with_improvised_notes(self.open.song, region_id, beside_name="Drums")


@pytest.fixture
def make_studio(tmp_path: Path, improvising: Pack, player: InThisProcess) -> Any:
    return lambda song: Studio(song, tmp_path / "takes", improvising, player)


def seconds(notes: Sequence[Note] | None, end_s: float = 1e9) -> list[tuple[float, ...]]:
    """Return starts, ends and the rest of `notes`, cut at `end_s`, in order."""
    return sorted(
        (n.start_s, min(n.start_s + n.duration_s, end_s), n.pitch, n.velocity) for n in notes or ()
    )


def assert_alike(one: list[tuple[float, ...]], other: list[tuple[float, ...]]) -> None:
    """Assert that both are the same notes, within a tick at 120 bpm."""
    tick_s = BEAT_S / PPQ
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert a == pytest.approx(b, abs=tick_s)


@pytest.mark.parametrize("role", ["lead", "harmony", "bass", "drums"])
def test_drawn_and_rendered_again_the_model_is_asked_for_what_it_improvised(
    make_studio: Any, role: Role
) -> None:
    studio = make_studio(empty_song(role))
    recipe = read_recipe(studio.perform(FIRST).recipe)
    written = recipe.improvised_drums if role == "drums" else recipe.improvised_notes
    assert written
    studio.draw(FIRST)
    again = read_recipe(studio.perform(FIRST).recipe)
    asked = [Note(*note) for note in again.requests[0]["notes"]]
    assert_alike(seconds(asked), seconds(written, 3 * BEAT_S))
    assert (again.improvised_notes, again.improvised_drums) == ((), ())


def test_each_region_of_a_chain_gets_the_notes_of_its_own_take(make_studio: Any) -> None:
    studio = make_studio(empty_song("lead", touching=True))
    studio.perform(FIRST, SECOND)
    for region_id, beats in ((FIRST, 4), (SECOND, 3)):
        region = find_region(studio.open.song, region_id)
        assert region.playing is not None
        written = read_recipe(region.playing.recipe).improvised_notes
        studio.draw(region_id)
        song = studio.open.song
        asked = sketched_notes(song.tempo_map, song.tracks[0], find_region(song, region_id))
        assert_alike([n for n in seconds(asked) if n[0] >= 0], seconds(written, beats * BEAT_S))
    assert len(studio.open.song.tracks[0].clips) == 2


def with_tune(song: Song, *pitches: int) -> Song:
    """Return `song` with a line of beats in its first region."""
    song = add_clip(song, 1, Tick(2 * PPQ), Tick(3 * PPQ))
    clip = song.tracks[0].clips[0].id
    for beat, pitch in enumerate(pitches):
        song = add_note(song, clip, Tick(beat * PPQ), Tick(PPQ), pitch, velocity=90)
    return song


def test_what_was_improvised_around_a_line_can_be_drawn_beside_it_once(make_studio: Any) -> None:
    studio = make_studio(with_tune(empty_song("mix"), 60, 64, 67))
    recipe = read_recipe(studio.perform(FIRST).recipe)
    assert recipe.improvised_notes
    assert hindrance(studio.open.song, FIRST) == ""
    studio.draw(FIRST)
    song = studio.open.song
    region = find_region(song, FIRST)
    notes = notes_in_span(song.tracks[0], region.start, region.end)
    assert len(notes) == 3 + len(recipe.improvised_notes)
    assert hindrance(song, FIRST) == "drawn"


def test_around_a_line_that_was_changed_since_nothing_is_drawn(make_studio: Any) -> None:
    studio = make_studio(with_tune(empty_song("mix"), 60, 64))
    studio.perform(FIRST)
    clip = studio.open.song.tracks[0].clips[0].id
    changed = add_note(studio.open.song, clip, Tick(2 * PPQ), Tick(PPQ), 72, velocity=90)
    assert hindrance(changed, FIRST) == "drawn"


def test_notes_drawn_over_a_free_take_cover_what_was_improvised_for_it(make_studio: Any) -> None:
    studio = make_studio(empty_song("mix"))
    studio.perform(FIRST)
    assert hindrance(studio.open.song, FIRST) == ""
    assert hindrance(with_tune(studio.open.song, 60), FIRST) == "drawn"


def test_the_drums_of_a_mix_come_on_a_muted_track_of_their_own_below(make_studio: Any) -> None:
    song = add_track(empty_song("mix"), "Other", "bass")
    studio = make_studio(resize_region(song, SECOND, Tick(6 * PPQ), Tick(16 * PPQ)))
    recipe = read_recipe(studio.perform(SECOND).recipe)
    assert recipe.improvised_notes
    assert recipe.improvised_drums
    studio.draw(SECOND)
    mix, drums, other = studio.open.song.tracks
    assert (drums.name, drums.role, drums.mute, other.name) == ("Drums", "drums", True, "Other")
    assert len(mix.clips[0].notes) == len(recipe.improvised_notes)
    assert [n.pitch for n in drums.clips[0].notes] == [n.pitch for n in recipe.improvised_drums]
    assert (drums.clips[0].start, drums.clips[0].end) == (6 * PPQ, 16 * PPQ)


def test_the_drums_of_several_regions_share_the_muted_track_below() -> None:
    song = empty_song("mix")
    for region_id in (FIRST, SECOND):
        song = with_take(song, take_of(TUNE, improvised_drums=KICK), region_id)
        song = with_improvised_notes(song, region_id, beside_name="Drums")
    _, drums = song.tracks
    assert [clip.start for clip in drums.clips] == [2 * PPQ, 6 * PPQ]


def test_drums_stay_off_the_track_below_where_it_has_a_clip_already() -> None:
    song = with_take(empty_song("mix"), take_of(TUNE, improvised_drums=KICK))
    first = with_improvised_notes(song, FIRST, beside_name="Drums")
    bare = remove_clip(first, first.tracks[0].clips[0].id)
    again = with_improvised_notes(bare, FIRST, beside_name="Drums")
    assert [len(track.clips) for track in again.tracks] == [1, 1, 1]


def test_what_a_repaint_kept_has_the_notes_of_the_take_that_it_was_kept_of(
    make_studio: Any,
) -> None:
    studio = make_studio(empty_song("lead"))
    first = studio.perform(FIRST)
    start, end = Tick(3 * PPQ), Tick(4 * PPQ)
    painted = studio.perform(FIRST, variation=Repaint(first.id, start, end), seed=9)
    song, region = studio.open.song, find_region(studio.open.song, FIRST)
    own = take_of(read_recipe(painted.recipe).improvised_notes)
    old, new, found = (improvised(song.tempo_map, region, t).notes for t in (first, own, painted))
    assert within(old, start, end) != within(new, start, end) != set()
    kept = within(old, region.start, start) | within(old, end, region.end)
    assert kept
    assert set(found) == kept | within(new, start, end)


def within(notes: Sequence[PlacedNote], start: Tick, end: Tick) -> set[PlacedNote]:
    """Return what of the notes lies within [start, end)."""
    cut = (replace(n, start=max(n.start, start), end=min(n.end, end)) for n in notes)
    return {n for n in cut if n.start < n.end}


def with_take(song: Song, take: Take, region_id: int = FIRST) -> Song:
    return choose_take(add_take(song, region_id, take), region_id, take.id)


def take_of(notes: Sequence[Note], beats: float = 3, number: int = 1, **more: Any) -> Take:
    """Return a take whose notes are `notes`, so many beats long."""
    recipe = {"improvised_notes": notes, "sample_rate_hz": RATE_HZ} | more
    text, frames = msgspec.json.encode(recipe).decode(), round(beats * BEAT_S * RATE_HZ)
    sha256, made = f"{number:064x}", "2026-01-01T00:00:00"
    return Take(f"t{number}", sha256, "flac", max(1, frames), RATE_HZ, made, recipe=text)


def drawn(song: Song) -> list[tuple[int, int, int, int]]:
    """Return starts and ends in beats, pitches and velocities of the first track's notes."""
    song = with_improvised_notes(song, FIRST, beside_name="")
    notes = notes_in_span(song.tracks[0], Tick(0), song.end)
    return [(n.start / PPQ, n.end / PPQ, n.pitch, n.velocity) for n in notes]  # type: ignore[misc]


def test_notes_keep_their_velocities_and_end_with_the_region() -> None:
    take = take_of([Note(0.25, 0.5, 60, 31), Note(1.25, 9.0, 64, 127)])
    assert drawn(with_take(empty_song("lead"), take)) == [(2.5, 3.5, 60, 31), (4.5, 5, 64, 127)]


def test_a_region_that_was_trimmed_at_its_start_gets_what_is_left() -> None:
    take = take_of([Note(0, 0.25, 60, 90), Note(0.25, 0.75, 62, 90), Note(1, 0.5, 64, 90)])
    song = resize_region(with_take(empty_song("lead"), take), FIRST, Tick(3 * PPQ), Tick(5 * PPQ))
    assert drawn(song) == [(3, 4, 62, 90), (4, 5, 64, 90)]


def test_a_region_that_was_made_longer_gets_the_notes_where_the_take_plays() -> None:
    take = take_of([Note(0, 9, 60, 90)])
    song = resize_region(with_take(empty_song("lead"), take), FIRST, Tick(PPQ), Tick(6 * PPQ))
    assert drawn(song) == [(2, 5, 60, 90)]


def test_after_a_change_of_tempo_they_stay_where_the_sound_is() -> None:
    song = with_take(empty_song("lead"), take_of([Note(1, 0.5, 60, 90)]))
    song = set_tempo(song, Tick(3 * PPQ), 60.0)
    assert drawn(song) == [(3.5, 4, 60, 90)]


def test_a_comp_gets_of_each_take_what_plays() -> None:
    one, other = (take_of([Note(0, 9, pitch, 90)], number=pitch) for pitch in (60, 64))
    song = with_take(add_take(empty_song("lead"), FIRST, other), one)
    song = swipe_take(song, FIRST, other.id, Tick(3 * PPQ), Tick(4 * PPQ))
    assert drawn(song) == [(2, 3, 60, 90), (3, 4, 64, 90), (4, 5, 60, 90)]


def test_a_clip_that_holds_the_region_takes_the_notes() -> None:
    song = add_clip(empty_song("lead"), 1, Tick(0), Tick(8 * PPQ))
    song = add_note(song, song.tracks[0].clips[0].id, Tick(0), Tick(PPQ), 50)
    song = with_take(song, take_of([Note(0, 0.5, 60, 90)]))
    after = with_improvised_notes(song, FIRST, beside_name="")
    (clip,) = after.tracks[0].clips
    assert [(n.id, n.start, n.pitch) for n in clip.notes] == [(1, 0, 50), (2, 2 * PPQ, 60)]


def test_notes_that_are_there_are_never_covered() -> None:
    song = with_take(empty_song("lead"), take_of([Note(0, 0.5, 60, 90)]))
    song = with_improvised_notes(song, FIRST, beside_name="")
    assert hindrance(song, FIRST) == "drawn"
    with pytest.raises(ValueError, match="the region at bar 1 beat 3 has notes; delete them"):
        with_improvised_notes(song, FIRST, beside_name="")


damaged = ["{}", "no recipe", '{"improvised_notes": [[0, 1, 300, 90]]}',
           '{"improvised_notes": [[0, 1, 60, 0]]}', '{"improvised_notes": 5}']  # fmt: skip
HUGE = "9" * 400  # more than a float holds
NOTE = '"improvised_notes": [[0, 1, 60, 90]]'
damaged += [
    f'{{{NOTE}, "requests": [{{"repaint": [[0, {HUGE}]]}}]}}',
    f'{{{NOTE}, "requests": [{{"repaint": [[0, 9]]}}],'
    f' "sources": [{{"known_audio": ["{1:064x}", {HUGE}, 9]}}]}}',
    f'{{"improvised_notes": [{", ".join(["[0, 1, 60, 90]"] * 250_001)}]}}',
]


@pytest.mark.parametrize("recipe", damaged, ids=range(len(damaged)))
def test_a_take_that_nothing_was_improvised_for_is_one_clear_error(recipe: str) -> None:
    song = with_take(empty_song("lead"), replace(take_of([]), recipe=recipe))
    assert hindrance(song, FIRST) == "nothing"
    with pytest.raises(ValueError, match="no notes were improvised for the region at bar 1 beat 3"):
        with_improvised_notes(song, FIRST, beside_name="")


def test_a_take_that_says_it_was_kept_of_itself_is_drawn_all_the_same() -> None:
    take = take_of(
        [Note(0.5, 1, 60, 90)],
        requests=[{"repaint": [[0, 8000]]}],
        sources=[{"known_audio": [f"{1:064x}", 0, 12000]}],
    )
    assert drawn(with_take(empty_song("lead"), take))[0] == (3, 4, 60, 90)


times = st.floats(0, 4, allow_nan=False)
lengths = st.floats(0.01, 3)
lists = st.lists(st.builds(Note, times, lengths, st.integers(0, 127), st.integers(1, 127)))
bpms = st.floats(40, 240)


@given(lists, st.tuples(bpms, bpms), st.integers(0, 8 * PPQ), st.integers(PPQ // 2, 8 * PPQ))
def test_over_any_tempo_what_is_asked_for_is_what_was_improvised_within_a_tick(
    notes: list[Note], tempos: tuple[float, float], start: int, length: int
) -> None:
    song = add_region(add_track(Song(), "Free"), 1, Tick(start), Tick(start + length))
    song = set_tempo(set_tempo(song, Tick(0), tempos[0]), Tick(start + length // 3), tempos[1])
    region = find_region(song, FIRST)
    last_s = song.tempo_map.tick_to_second(region.end) - song.tempo_map.tick_to_second(start)
    tick_s = 60 / min(tempos) / PPQ
    notes = [note for note in notes if note.start_s < last_s - tick_s]
    song = with_take(song, take_of(notes, beats=last_s / BEAT_S))
    if hindrance(song, FIRST):
        assert not notes
        return
    song = with_improvised_notes(song, FIRST, beside_name="")
    found = sketched_notes(song.tempo_map, song.tracks[0], find_region(song, FIRST)) or ()
    asked, wanted = seconds(found), seconds(notes, last_s)
    assert len(asked) == len(wanted)
    for pitch in {note.pitch for note in notes}:
        one, other = ([n for n in each if n[2] == pitch] for each in (asked, wanted))
        for row in (0, 1):
            assert sorted(n[row] for n in one) == pytest.approx(
                sorted(n[row] for n in other), abs=tick_s + 1.0 / RATE_HZ
            )
        assert sorted(n[3] for n in one) == sorted(n[3] for n in other)
