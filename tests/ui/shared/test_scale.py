"""The time scale: what is in view stays within what a song may hold."""

from desktop.document.time import MAX_TICK
from ui.shared.scale import TimeScale


def test_nothing_scrolls_past_what_a_song_may_hold() -> None:
    scale = TimeScale()
    scale.scroll_to(1e15)
    assert scale.left_tick == MAX_TICK
    scale.zoom(0.5, 400)
    assert scale.left_tick <= MAX_TICK
    scale.look(2.0**52, 1000)
    assert scale.left_tick == MAX_TICK
    scale.scroll_to(-1)
    assert scale.left_tick == 0
