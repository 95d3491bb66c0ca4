"""What is recorded: valid notes, where they were heard, and none is lost."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from desktop.document.query import PlacedNote
from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ, Tick
from desktop.midi.live import Source, Strike
from desktop.midi.live_clock import HeardClock, Place
from desktop.midi.live_notes import NoteTaker

MAP = TempoMap()  # 120 bpm: a bar lasts 2 seconds
BAR = 4 * PPQ
TRACK = frozenset({7})
PIANO = Source("Piano")
NOW_S = 100.0  # when the song is heard to start


def running(loop: tuple[int, int] | None = None, tick: float = 0.0) -> HeardClock:
    clock = HeardClock(MAP, loop)
    clock.hear(tick, NOW_S)
    return clock


def note(start: float, end: float, pitch: int) -> PlacedNote:
    return PlacedNote(Tick(round(start)), Tick(round(end)), pitch, 90)


def strike(beat: float, pitch: int, velocity: int = 90) -> Strike:
    """Return what is struck, or with a velocity of 0 ended, `beat` beats after the start."""
    return Strike(NOW_S + beat / 2, PIANO, pitch, velocity)


def played(taker: NoteTaker, *strikes: Strike, until_beat: float) -> list[PlacedNote]:
    for each in strikes:
        taker.take(each, TRACK)
    taker.end_all(NOW_S + until_beat / 2)
    return [taken.note for taken in taker.finished(NOW_S + until_beat / 2)]


def test_a_note_lies_where_it_was_heard() -> None:
    taker = NoteTaker(running(), Place(0, 0.0))
    notes = played(taker, strike(1, 60), strike(1.5, 60, 0), until_beat=4)
    assert notes == [note(PPQ, PPQ + PPQ // 2, 60)]


def test_what_is_held_at_the_end_of_a_loop_is_cut_there() -> None:
    taker = NoteTaker(running((0, BAR)), Place(0, 0.0))
    taker.take(strike(3, 60), TRACK)
    assert taker.finished(NOW_S + 1.9) == []
    cut = [taken.note for taken in taker.finished(NOW_S + 2.1)]
    assert cut == [note(3 * PPQ, BAR, 60)]
    assert played(taker, strike(5, 60, 0), until_beat=6) == []


def test_what_begins_at_the_very_end_of_a_loop_stays_within_it() -> None:
    taker = NoteTaker(running((0, BAR)), Place(0, 0.0))
    assert played(taker, strike(3.9999, 60), until_beat=5) == [note(BAR - 1, BAR, 60)]


def test_the_next_round_adds_its_notes() -> None:
    taker = NoteTaker(running((0, BAR)), Place(0, 0.0))
    rounds = (strike(0, 60), strike(1, 60, 0), strike(5, 62), strike(6, 62, 0))
    notes = played(taker, *rounds, until_beat=7)
    assert notes == [note(0, PPQ, 60), note(PPQ, 2 * PPQ, 62)]


def test_what_is_struck_a_little_early_is_put_at_the_start() -> None:
    taker = NoteTaker(running(), Place(0, 0.0), early_s=0.15)
    notes = played(taker, strike(-0.2, 60), strike(1, 60, 0), strike(-1, 64), until_beat=2)
    assert notes == [note(0, PPQ, 60)]


def test_what_was_struck_before_a_recording_that_begins_in_the_song_is_not_taken() -> None:
    taker = NoteTaker(running(), Place(0, float(PPQ)))
    assert played(taker, strike(0.9, 60), strike(2, 60, 0), until_beat=3) == []


def test_a_note_ends_where_the_recording_does() -> None:
    taker = NoteTaker(running(), Place(0, 0.0))
    assert played(taker, strike(1, 60), until_beat=2) == [note(PPQ, 2 * PPQ, 60)]


def test_two_sources_play_the_same_pitch_each_on_its_own() -> None:
    taker = NoteTaker(running(), Place(0, 0.0))
    taker.take(strike(0, 60), TRACK)
    taker.take(strike(1, 60, 50)._replace(source=Source("Pads")), frozenset({8}))
    taker.take(strike(2, 60, 0), TRACK)
    taker.take(strike(3, 60, 0)._replace(source=Source("Pads")), TRACK)
    found = [(min(tracks), note.start, note.end) for tracks, note in taker.finished(NOW_S + 2)]
    assert found == [(7, 0, 2 * PPQ), (8, PPQ, 3 * PPQ)]


class Played(NamedTuple):
    """A key is struck `wait_s` after the one before, or let go if `velocity` is 0."""

    wait_s: float
    pitch: int
    velocity: int


PLAYED = st.lists(
    st.builds(
        Played, st.floats(0.0, 1.5), st.integers(60, 62), st.sampled_from((0, 0, 1, 64, 127))
    ),
    max_size=40,
)


@given(PLAYED, st.integers(1, 3 * BAR), st.integers(0, BAR), st.booleans(), st.integers(1, 5))
def test_whatever_is_played_gives_valid_notes_in_the_span_and_loses_none(
    keys: list[Played], length: int, start: int, loops: bool, looks: int
) -> None:
    loop = (start, start + length) if loops else None
    clock = running(loop, tick=start)
    taker, notes, at_s = NoteTaker(clock, Place(0, start)), [], NOW_S
    for number, (wait_s, pitch, velocity) in enumerate(keys):
        at_s += wait_s
        taker.take(Strike(at_s, PIANO, pitch, velocity), TRACK)
        if number % looks == 0:
            notes += taker.finished(at_s)
    taker.end_all(at_s)
    notes += taker.finished(at_s)
    struck = [velocity for _, _, velocity in keys if velocity]
    assert sorted(note.velocity for _, note in notes) == sorted(struck)
    end = start + length if loops and length >= 20 else start + 2 + (at_s - NOW_S) * 2 * PPQ
    assert all(start <= note.start < note.end <= end for _, note in notes)
    assert {tracks for tracks, _ in notes} <= {TRACK}
