"""When a message came in, and by which name a port is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.midi.live_ports import LATEST_S, Moments, name_of

WAITS_S = st.lists(st.tuples(st.floats(0.0, 2.0), st.floats(0.0, 0.04)), min_size=1, max_size=30)


@given(WAITS_S)
def test_messages_keep_the_driver_s_distances_from_the_one_seen_most_promptly_on(
    played: list[tuple[float, float]],
) -> None:
    moments, came_s, most_prompt_s = Moments(), 1000.0, LATEST_S
    for number, (wait_s, late_s) in enumerate(played):
        came_s += wait_s
        most_prompt_s = min(most_prompt_s, late_s)
        found_s = moments.moment(wait_s if number else 0.0, came_s + late_s)
        assert found_s == pytest.approx(came_s + most_prompt_s, abs=1e-6)


def test_a_driver_that_tells_no_time_is_not_believed_for_long() -> None:
    moments = Moments()
    assert [moments.moment(0.0, now_s) for now_s in (10.0, 10.02, 10.2)] == [10.0, 10.0, 10.2]


def test_after_a_long_rest_the_clocks_are_compared_anew() -> None:
    moments = Moments()
    moments.moment(0.0, 10.0)
    assert moments.moment(100.0, 110.02) == pytest.approx(110.02)  # they drifted by 20 ms


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Launchkey MK3:MIDI In 24:0", "Launchkey MK3:MIDI In"),
        ("Piano:keys", "Piano:keys"),
    ],
)
def test_a_port_keeps_its_name_wherever_it_is_plugged_in(address: str, name: str) -> None:
    assert name_of(address) == name
