"""Takes at equal loudness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import Measure, QualityReport, Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.mixing.matching import (
    MOST_DB,
    PEAK_DBTP,
    matched_gains_db,
    with_matched_levels,
    with_own_levels,
)

LEVELS = st.tuples(st.floats(-30, -8), st.floats(-12, 0))


def take(number: int, lufs: float | None, peak: float = -30.0, *, rejected: bool = False) -> Take:
    measures = (Measure("loudness_lufs", lufs), Measure("true_peak_dbtp", peak))
    quality = QualityReport(measures)
    name = f"t{number}"
    return Take(name, "0" * 64, "wav", 9, 8000, "2030", quality=quality, rejected=rejected)


@given(levels=st.lists(LEVELS, min_size=2, max_size=9))
def test_matched_takes_are_equally_loud_and_none_peaks_too_high(
    levels: list[tuple[float, float]],
) -> None:
    takes = [take(n, lufs, peak) for n, (lufs, peak) in enumerate(levels)]
    gains = matched_gains_db(takes)
    loud = [lufs + gains[f"t{n}"] for n, (lufs, _) in enumerate(levels)]
    assert max(loud) - min(loud) < 1e-9
    assert max(peak + gains[f"t{n}"] for n, (_, peak) in enumerate(levels)) <= PEAK_DBTP + 1e-9


def test_takes_meet_in_the_middle_where_there_is_room() -> None:
    gains = matched_gains_db([take(1, -30.0), take(2, -20.0), take(3, -16.0)])
    assert gains == {"t1": 10.0, "t2": 0.0, "t3": -4.0}


def test_a_rejected_take_does_not_draw_the_others_to_its_level() -> None:
    gains = matched_gains_db([take(1, -20.0), take(2, -20.0), take(3, -9.0, -3.0, rejected=True)])
    assert gains == {"t1": 0.0, "t2": 0.0, "t3": -11.0}


def test_what_has_nothing_to_be_compared_with_stays_as_it_is() -> None:
    assert matched_gains_db([take(1, -20.0), take(2, None)]) == {}
    assert matched_gains_db([]) == {}
    assert matched_gains_db([take(1, -80.0), take(2, -10.0), take(3, -10.0)])["t1"] == MOST_DB


def test_levels_become_part_of_the_song_and_can_be_taken_out() -> None:
    takes = take(1, -26.0), take(2, -20.0), Take("t3", "0" * 64, "wav", 9, 8000, "2030")
    region = Region(2, Tick(0), Tick(960), takes=takes)
    song = Song(tracks=(Track(1, regions=(region,)),), next_id=3)
    kept = with_matched_levels(song, 2)
    gains = [each.gain_db for each in kept.tracks[0].regions[0].takes]
    assert gains == pytest.approx([3.0, -3.0, 0.0])
    assert with_own_levels(kept, 2) == song
