from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.document import edits
from desktop.document.edits import set_tempo
from desktop.document.query import PlacedNote
from desktop.document.time import Tick
from desktop.engine.world import NoteEvent, NoteEvents
from desktop.mixing.levels import fader
from tests.desktop.engine.scores import Score

NOTES = st.lists(
    st.builds(
        lambda start, length, pitch, velocity: PlacedNote(
            Tick(start), Tick(start + length), pitch, velocity
        ),
        st.integers(0, 50),
        st.integers(1, 50),
        st.integers(60, 63),
        st.integers(1, 127),
    ),
    max_size=20,
).map(lambda notes: tuple(sorted(notes)))


def expected(notes: Sequence[PlacedNote], start: int, frames: int) -> list[NoteEvent]:
    events = [NoteEvent(3 * n.start, n.velocity, n.pitch, n.start) for n in notes]
    events += [NoteEvent(3 * n.end, 0, n.pitch, n.start) for n in notes]
    return sorted(event for event in events if start <= event.frame < start + frames)


@given(NOTES, st.integers(-10, 300), st.integers(0, 300))
def test_events_are_those_of_the_span_ends_before_beginnings(
    notes: tuple[PlacedNote, ...], start: int, frames: int
) -> None:
    events = NoteEvents(notes, lambda tick: 3 * tick)
    assert events.within(start, frames) == expected(notes, start, frames)


@given(NOTES, st.integers(-10, 300))
def test_notes_that_sound_began_before_and_end_after(
    notes: tuple[PlacedNote, ...], frame: int
) -> None:
    events = NoteEvents(notes, lambda tick: 3 * tick)
    assert events.sounding_at(frame) == [n for n in notes if 3 * n.start < frame < 3 * n.end]


def test_only_what_changed_is_made_anew(score: Score) -> None:
    kept, changed = score.track(score.noise(1)), score.track(score.noise(1))
    before = score.world(score.song(kept, changed))
    new_take = score.track(score.noise(1))
    louder = replace(kept, gain_db=3.0)
    after = score.world(
        score.song(louder, replace(changed, regions=new_take.regions)), before, loaded=False
    )
    assert after.lanes[kept.id].reader is before.lanes[kept.id].reader
    assert after.lanes[kept.id].notes is before.lanes[kept.id].notes
    assert np.array_equal(after.lanes[kept.id].factors, fader(louder))
    assert after.lanes[changed.id].reader is not before.lanes[changed.id].reader


def test_notes_that_move_leave_the_takes_alone(score: Score) -> None:
    track = score.track(score.noise(1), start=9600)
    before = score.world(score.song(track))
    noted = replace(track, clips=score.notes((0, 960, 60)).clips)
    after = score.world(score.song(noted), before, loaded=False)
    assert after.lanes[track.id].reader is before.lanes[track.id].reader
    assert after.lanes[track.id].notes.within(0, 1)


def test_another_tempo_places_everything_anew(score: Score) -> None:
    song = score.song(score.track(score.noise(1), start=960))
    before = score.world(song)
    after = score.world(set_tempo(song, Tick(0), 60.0), before, loaded=False)
    (was,), (now,) = before.readers, after.readers
    assert now.placements[0].start_frame == 2 * was.placements[0].start_frame


def test_tracks_that_are_not_heard_are_at_zero(score: Score) -> None:
    one, two = score.track(solo=True), score.track()
    world = score.world(score.song(one, two))
    assert world.lanes[one.id].factors.all()
    assert not world.lanes[two.id].factors.any()


def test_stars_for_a_take_do_not_load_it_anew(score: Score) -> None:
    song = score.song(score.track(score.noise(1)))
    before = score.world(song)
    (region,) = song.tracks[0].regions
    starred = edits.change_take(
        song, region.id, region.takes[0].id, lambda take: replace(take, stars=5)
    )
    after = score.world(starred, before, loaded=False)
    assert after.readers == before.readers
    louder = edits.change_take(
        song, region.id, region.takes[0].id, lambda take: replace(take, gain_db=6.0)
    )
    assert score.world(louder, before, loaded=False).readers != before.readers
