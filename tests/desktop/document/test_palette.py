"""Tracks get colours that can be told apart."""

from desktop.document.edits import add_track
from desktop.document.palette import TRACK_COLOURS, track_colour
from desktop.document.song import Song


def test_as_many_tracks_as_there_are_colours_all_differ() -> None:
    assert {track_colour(n) for n in range(len(TRACK_COLOURS))} == set(TRACK_COLOURS)
    assert track_colour(len(TRACK_COLOURS)) == track_colour(0)


def test_a_new_track_takes_the_next_colour_unless_one_is_given() -> None:
    song = add_track(add_track(Song(title="Tune")), colour="#123456")
    song = add_track(song)
    assert [t.colour for t in song.tracks] == [track_colour(0), "#123456", track_colour(2)]
