"""Where recorded notes go: into the clip that is there, or into one of their own."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.document.edits import add_clip, add_track
from desktop.document.query import PlacedNote, notes_in_span
from desktop.document.song import Song
from desktop.document.time import MAX_TICK, PPQ, Tick
from desktop.midi.live_clips import Recording, with_recorded

BAR = 4 * PPQ
TRACK = 1


def song_with(*clips: tuple[int, int]) -> Song:
    """Return a song with a track with clips over these spans, in bars."""
    song = add_track(Song(), "Lead")
    for start, end in clips:
        song = add_clip(song, TRACK, Tick(start * BAR), Tick((end - start) * BAR))
    return song


def note(start: float, end: float, pitch: int = 60) -> PlacedNote:
    """Return a note from bar to bar, both from 0."""
    return PlacedNote(Tick(round(start * BAR)), Tick(round(end * BAR)), pitch, 90)


def recording(song: Song, start: float = 0, end: float | None = None) -> Recording:
    loop_end = None if end is None else Tick(round(end * BAR))
    return Recording(Tick(round(start * BAR)), loop_end, song.next_id)


def clips(song: Song) -> list[tuple[float, float, int]]:
    """Return start and end in bars, and the number of notes, of each clip."""
    found = song.tracks[0].clips
    return [(clip.start / BAR, clip.end / BAR, len(clip.notes)) for clip in found]


def test_a_new_clip_reaches_from_the_bar_where_the_recording_began_by_whole_bars() -> None:
    song = song_with()
    made = with_recorded(song, TRACK, [note(1.5, 2.25)], recording(song, start=1.25))
    assert clips(made) == [(1, 3, 1)]


def test_the_clip_grows_with_what_comes_later() -> None:
    song = song_with()
    where = recording(song)
    made = with_recorded(song, TRACK, [note(0, 0.5)], where)
    made = with_recorded(made, TRACK, [note(3.5, 4.5), note(0.25, 0.5)], where)
    assert clips(made) == [(0, 5, 3)]


def test_in_a_loop_the_clip_is_as_long_as_the_loop() -> None:
    song = song_with()
    where = recording(song, start=1, end=2.5)
    made = with_recorded(song, TRACK, [note(1.5, 1.75)], where)
    made = with_recorded(made, TRACK, [note(1, 1.25), note(2.25, 2.5)], where)
    assert clips(made) == [(1, 2.5, 3)]


def test_the_clip_under_the_playhead_takes_the_notes_and_keeps_its_own_length() -> None:
    song = song_with((0, 2))
    made = with_recorded(song, TRACK, [note(0.5, 0.75)], recording(song))
    assert clips(made) == [(0, 2, 1)]


def test_a_note_that_goes_on_behind_its_clip_makes_that_longer() -> None:
    song = song_with((0, 2))
    made = with_recorded(song, TRACK, [note(1.75, 2.25)], recording(song))
    assert clips(made) == [(0, 3, 1)]


def test_between_two_clips_a_new_one_fills_what_is_free() -> None:
    song = song_with((0, 1), (2, 3))
    made = with_recorded(
        song, TRACK, [note(0.5, 0.6), note(1.5, 1.9), note(2.1, 2.2)], recording(song, 0, 4)
    )
    assert clips(made) == [(0, 1, 1), (1, 2, 1), (2, 3, 1)]


def test_behind_a_clip_that_was_there_another_one_begins() -> None:
    song = song_with((1, 2))
    where = recording(song)
    made = with_recorded(song, TRACK, [note(0.5, 0.75), note(1.5, 1.6), note(3.5, 3.6)], where)
    assert clips(made) == [(0, 1, 1), (1, 2, 1), (2, 4, 1)]


NOTES = st.lists(
    st.builds(
        lambda start, length, pitch: PlacedNote(Tick(start), Tick(start + length), pitch, 90),
        st.integers(0, 6 * BAR),
        st.integers(1, 2 * BAR),
        st.integers(60, 64),
    ),
    max_size=12,
)
CLIPS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=4)


@given(st.lists(NOTES, max_size=4), CLIPS, st.booleans())
def test_every_note_is_heard_where_and_as_long_as_it_was_played(
    rounds: list[list[PlacedNote]], there: list[tuple[int, int]], loops: bool
) -> None:
    song = song_with(*((start, start + length) for start, length in there))
    where = recording(song, 0, 8 if loops else None)
    for notes in rounds:
        song = with_recorded(song, TRACK, notes, where)
    heard = notes_in_span(song.tracks[0], Tick(0), MAX_TICK)
    assert heard == tuple(sorted(note for notes in rounds for note in notes))
