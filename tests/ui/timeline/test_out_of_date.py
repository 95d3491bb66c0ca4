"""A take is out of date once its region asks for something else than made it."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from desktop.document.comping import swipe_take
from desktop.document.edits import (
    add_note,
    add_take,
    change_track,
    choose_take,
    remove_clip,
    resize_region,
    set_pack,
    set_prompt,
    set_song_pack,
    set_tempo,
    transpose,
)
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.conditions import beat_grid, sketched_notes
from desktop.rendering.improvised import with_improvised_notes
from desktop.rendering.packs import DEFAULT_PACK
from inference.request import RenderRequest, request_to_plain
from tests.ui.conftest import BAR, sketched_song
from tests.ui.improvised import improvised_take
from ui.timeline.out_of_date import Freshness

RATE_HZ = 8000
MELODY = [(0.0, 0.5, 60, 90), (0.5, 1.0, 64, 70)]
Edit = Callable[[Song], Song]


def rendered(song: Song, pack_id: str) -> Song:
    """Return `song` whose region plays a take that `pack_id` made of it as it stands."""
    track, region = song.tracks[0], song.tracks[0].regions[0]
    request = RenderRequest(
        pack_id=pack_id,
        frames=song.tempo_map.span_frames(region.start, region.end, RATE_HZ),
        prompt=region.prompt,
        role=track.role,
        notes=sketched_notes(song.tempo_map, track, region),
        beats=beat_grid(song.tempo_map, region.start, region.end),
    )
    recipe = json.dumps({"requests": [request_to_plain(request)]})
    take = Take("t", "0" * 64, "flac", request.frames, RATE_HZ, "2026-01-01T00:00:00Z", recipe)
    return choose_take(add_take(song, region.id, take), region.id, "t")


@pytest.fixture
def song() -> Song:
    return rendered(sketched_song(), DEFAULT_PACK)


def is_out_of_date(song: Song, freshness: Freshness | None = None) -> bool:
    track = song.tracks[0]
    return (freshness or Freshness()).is_out_of_date(song, track, track.regions[0])


REGION, CLIP, LEAD = (
    sketched_song().tracks[0].regions[0].id,
    sketched_song().tracks[0].clips[0].id,
    sketched_song().tracks[0].id,
)
CHANGES: dict[str, Edit] = {
    "prompt": partial(set_prompt, region_id=REGION, prompt="oboe"),
    "notes": partial(transpose, clip_id=CLIP, note_ids={1}, semitones=2),
    "role": partial(change_track, track_id=LEAD, change=partial(replace, role="bass")),
    "tempo": partial(set_tempo, tick=Tick(0), bpm=90.0),
    "length": partial(resize_region, region_id=REGION, start=Tick(0), end=Tick(3 * BAR)),
    "the region's pack": partial(set_pack, region_ids={REGION}, pack_id="grand"),
    "the song's pack": partial(set_song_pack, pack_id="grand"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_take_is_out_of_date_once_what_made_it_has_changed(song: Song, change: Edit) -> None:
    freshness = Freshness()
    assert not is_out_of_date(song, freshness)
    assert is_out_of_date(change(song), freshness)
    assert not is_out_of_date(song, freshness)


@pytest.mark.parametrize(
    "change",
    [
        partial(set_pack, region_ids={REGION}, pack_id=DEFAULT_PACK),
        partial(set_song_pack, pack_id=DEFAULT_PACK),
        partial(add_note, clip_id=CLIP, start=Tick(9 * BAR), length=Tick(PPQ), pitch=60),
    ],
)
def test_what_changes_nothing_about_the_sound_does_not_outdate_it(song: Song, change: Edit) -> None:
    assert not is_out_of_date(change(song))


def test_every_take_of_a_comp_counts_where_it_plays_and_only_there(song: Song) -> None:
    first = song.tracks[0].regions[0].takes[0]
    other = replace(first, id="other", recipe=first.recipe.replace("warm", "cold"))
    short = replace(first, id="short", frames=first.frames // 2)
    for take in (other, short):
        song = add_take(song, REGION, take)
    half = Tick(BAR)
    assert not is_out_of_date(swipe_take(song, REGION, "short", Tick(0), half))
    assert is_out_of_date(swipe_take(song, REGION, "short", half, Tick(2 * BAR)))
    assert is_out_of_date(swipe_take(song, REGION, "other", half, Tick(2 * BAR)))
    renamed = swipe_take(choose_take(song, REGION, "other"), REGION, "t", Tick(0), Tick(2 * BAR))
    assert not is_out_of_date(renamed)  # the other take does not play


def test_notes_outdate_a_take_only_where_it_plays(song: Song) -> None:
    first_note = partial(transpose, clip_id=CLIP, note_ids={1}, semitones=2)
    again = rendered(first_note(sketched_song()), DEFAULT_PACK).tracks[0].regions[0].takes[0]
    both = add_take(first_note(song), REGION, replace(again, id="new"))
    assert is_out_of_date(both)
    assert not is_out_of_date(swipe_take(both, REGION, "new", Tick(0), Tick(PPQ)))


def test_a_take_stays_up_to_date_when_what_was_improvised_for_it_is_drawn(song: Song) -> None:
    song = rendered(remove_clip(song, song.tracks[0].clips[0].id), DEFAULT_PACK)
    region_id, take = song.tracks[0].regions[0].id, improvised_take(2, MELODY)
    song = choose_take(add_take(song, region_id, take), region_id, take.id)
    assert not is_out_of_date(with_prompt(song))
    song = with_prompt(with_improvised_notes(song, region_id, beside_name=""))
    assert not is_out_of_date(song)
    assert is_out_of_date(transpose(song, song.tracks[0].clips[0].id, {2}, 1))


def test_a_realised_take_stays_up_to_date_when_what_surrounds_its_line_is_drawn(song: Song) -> None:
    region_id = song.tracks[0].regions[0].id
    line = rendered(song, DEFAULT_PACK).tracks[0].regions[0].takes[0]
    recipe = json.loads(line.recipe) | {"improvised_notes": [(0.0, 1.0, 48, 90)]}
    take = replace(line, id="realised", recipe=json.dumps(recipe))
    song = choose_take(add_take(song, region_id, take), region_id, take.id)
    assert not is_out_of_date(song)
    drawn = with_improvised_notes(song, region_id, beside_name="")
    assert len(drawn.tracks[0].clips[0].notes) == 1 + len(song.tracks[0].clips[0].notes)
    assert not is_out_of_date(drawn)


def test_drawn_parts_that_strike_the_same_key_at_once_leave_the_take_up_to_date(song: Song) -> None:
    unison = [(0.0, 1.0, 60, 90), (0.0, 0.5, 60, 70)]  # a long bass note, a short one of the lead
    song = remove_clip(song, song.tracks[0].clips[0].id)
    region_id, take = song.tracks[0].regions[0].id, improvised_take(2, unison)
    song = with_prompt(choose_take(add_take(song, region_id, take), region_id, take.id))
    assert not is_out_of_date(with_improvised_notes(song, region_id, beside_name=""))


def with_prompt(song: Song) -> Song:
    """Return `song` with the prompt that the improvised take was rendered by."""
    return set_prompt(song, song.tracks[0].regions[0].id, "warm flute")


def test_a_region_of_its_own_pack_does_not_mind_the_song_s() -> None:
    own = set_pack(sketched_song(), {REGION}, "grand")
    song = rendered(own, "grand")
    assert not is_out_of_date(set_song_pack(song, "mini"))
    assert is_out_of_date(set_pack(song, {REGION}, None))


def test_without_any_pack_a_take_is_not_out_of_date_for_its_pack(
    song: Song, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nowhere = tmp_path_factory.mktemp("none")
    for name in ("user_folder", "bundled_folder"):
        monkeypatch.setattr(f"desktop.rendering.packs.{name}", lambda: nowhere)
    assert not is_out_of_date(song)


def test_what_no_model_made_is_never_out_of_date(song: Song) -> None:
    take = replace(song.tracks[0].regions[0].takes[0], recipe='{"imported": "voice.wav"}')
    region = replace(song.tracks[0].regions[0], takes=(take,), prompt="other")
    track = replace(song.tracks[0], regions=(region,))
    assert not Freshness().is_out_of_date(song, track, region)
