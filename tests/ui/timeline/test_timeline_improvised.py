"""Improvised notes as they stand in the timeline until they are drawn."""

from dataclasses import replace

import pytest

from desktop.document.edits import (
    add_region,
    add_take,
    change_track,
    choose_take,
    remove_clip,
    set_tempo,
)
from desktop.document.song import Role, Song
from desktop.document.time import PPQ, Tick
from desktop.rendering.improvised import with_improvised_notes
from tests.ui.conftest import BAR, sketched_song
from tests.ui.improvised import improvised_take
from tests.ui.timeline.pointer import Pointer
from ui.timeline.ghosts import GhostCache
from ui.timeline.region_painting import unrendered_text
from ui.timeline.rows import ghost_band

MELODY = [(0.0, 0.5, 60, 90), (0.5, 1.0, 64, 70)]
DRUMS = [(0.25, 0.1, 36, 120)]


@pytest.fixture
def song() -> Song:
    """Return the sketch without its clip; its region plays a take of improvised notes."""
    return improvised(remove_clip(sketched_song(), 2), 3)


def improvised(song: Song, region_id: int) -> Song:
    take = improvised_take(region_id, MELODY, DRUMS)
    return choose_take(add_take(song, region_id, take), region_id, take.id)


def ghosts(song: Song) -> list[tuple[float, float, float]]:
    found = GhostCache().of(song.tempo_map, song.tracks[0])
    return sorted(zip(found.starts, found.ends, found.pitches, strict=True))


def with_role(song: Song, role: Role) -> Song:
    return change_track(song, 1, lambda track: replace(track, role=role))


def test_a_region_without_notes_shows_those_improvised_for_what_it_plays(song: Song) -> None:
    assert ghosts(song) == [(0, PPQ, 60), (PPQ, 3 * PPQ, 64)]
    assert ghosts(choose_take(song, 3, None)) == []
    assert ghosts(with_role(song, "drums")) == [(PPQ / 2, PPQ * 0.7, 36)]


def test_a_region_without_a_take_says_whether_its_notes_will_be_improvised() -> None:
    sketched = sketched_song().tracks[0]
    bare, mix = replace(sketched, clips=()), replace(sketched, role="mix")
    texts = [unrendered_text(track, track.regions[0]) for track in (sketched, bare, mix)]
    assert texts == [
        "Not rendered yet",
        "Not rendered yet; the model improvises its notes",
        "Not rendered yet; around one line, or chords, the rest is improvised",
    ]


def test_once_drawn_they_are_shown_no_more(song: Song) -> None:
    assert ghosts(with_improvised_notes(song, 3, beside_name="")) == []


def test_beside_a_region_with_notes_another_shows_those_improvised(song: Song) -> None:
    song = add_region(song, 1, Tick(2 * BAR), Tick(4 * BAR))
    song = improvised(with_improvised_notes(song, 3, beside_name=""), song.next_id - 1)
    assert [start for start, _, _ in ghosts(song)] == [2 * BAR, 2 * BAR + PPQ]


def test_they_are_found_anew_only_when_what_they_depend_on_changes(song: Song) -> None:
    cache = GhostCache()
    found = cache.of(song.tempo_map, song.tracks[0])
    renamed = change_track(song, 1, lambda track: replace(track, name="Other"))
    assert cache.of(renamed.tempo_map, renamed.tracks[0]) is found
    slower = set_tempo(song, Tick(0), 60.0)
    assert cache.of(slower.tempo_map, slower.tracks[0]).ends.max() == 1.5 * PPQ
    assert cache.of(song.tempo_map, song.tracks[0]) is not found


def test_they_stand_faintly_under_the_prompt_and_brightly_above_it_once_drawn(
    hand: Pointer, song: Song
) -> None:
    session = hand.arrangement.session
    hand.arrangement.set_height(frozenset({1}), 100)
    session.edit("Free", lambda _: song)
    faint = inks(hand)
    session.edit("Draw", lambda s: with_improvised_notes(s, 3, beside_name=""))
    bright = inks(hand)
    session.edit("Other", lambda _: choose_take(song, 3, None))
    assert (len(faint), len(bright), len(inks(hand))) == (1, 1, 0)
    assert faint != bright


def inks(hand: Pointer) -> set[str]:
    """Return the colours in which notes are drawn: those at the first, but not behind the last."""
    row, track = hand.arrangement.rows.rows[0], hand.track()
    band, picture = ghost_band(track, row.height), hand.lanes.grab().toImage()

    def column(tick: float) -> set[str]:
        x, top = hand.at(tick).x(), row.top + band.top
        return {picture.pixelColor(x, y).name() for y in range(top + 1, top + band.height - 1)}

    return column(0.55 * PPQ) - column(6.55 * PPQ)
