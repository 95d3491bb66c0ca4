from hypothesis import given
from hypothesis import strategies as st

from desktop.document.query import PlacedNote, notes_in_span
from desktop.document.song import Clip, Note, Region, Take, Track
from desktop.document.time import MAX_TICK, Tick
from desktop.mixing.sketch import sketched_notes

TAKE = Take("t", "0" * 64, "wav", 1, 8000, "2030-01-01")


def region(number: int, start: int, end: int, plays: bool = True) -> Region:
    return Region(
        number, Tick(start), Tick(end), takes=(TAKE,), active_take=TAKE.id if plays else None
    )


def track(notes: list[tuple[int, int, int]], *regions: Region) -> Track:
    placed = tuple(
        Note(n + 1, Tick(start), Tick(length), pitch)
        for n, (start, length, pitch) in enumerate(notes)
    )
    return Track(1, clips=(Clip(2, Tick(0), Tick(10_000), placed),), regions=regions)


def spans(notes: tuple[PlacedNote, ...]) -> list[tuple[int, int]]:
    return [(note.start, note.end) for note in notes]


def test_a_note_under_a_take_is_silent() -> None:
    assert not sketched_notes(track([(100, 50, 60), (190, 50, 60)], region(3, 100, 200)))


def test_a_note_ends_where_a_take_begins() -> None:
    assert spans(sketched_notes(track([(50, 500, 60)], region(3, 100, 200)))) == [(50, 100)]


def test_a_take_that_is_not_chosen_covers_nothing() -> None:
    notes = track([(100, 50, 60)], region(3, 100, 200, plays=False))
    assert spans(sketched_notes(notes)) == [(100, 150)]


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 200), st.integers(60, 64)), max_size=12
    ),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 90), st.booleans()), max_size=5
    ),
)  # fmt: skip
def test_every_note_sounds_from_its_start_until_it_ends_or_a_take_begins(
    notes: list[tuple[int, int, int]], gaps_and_lengths: list[tuple[int, int, bool]]
) -> None:
    regions, at = list[Region](), 0
    for number, (gap, length, plays) in enumerate(gaps_and_lengths):
        regions.append(region(number + 10, at + gap, at + gap + length, plays))
        at += gap + length
    whole = track(notes, *regions)
    covered = {n for r in regions if r.playing for n in range(r.start, r.end)}
    expected = []
    for note in notes_in_span(whole, Tick(0), MAX_TICK):
        free = next((n for n in range(note.start, note.end) if n in covered), note.end)
        if free > note.start:
            expected.append(PlacedNote(note.start, Tick(free), note.pitch, note.velocity))
    assert list(sketched_notes(whole)) == expected
