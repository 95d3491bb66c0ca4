"""How a song is heard while takes are compared."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from desktop.document.comping import swipe_take
from desktop.document.edits import choose_take
from desktop.document.query import find_region
from desktop.document.song import Measure, QualityReport, Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.session.listening import Listening


def take(name: str, lufs: float) -> Take:
    quality = QualityReport((Measure("loudness_lufs", lufs), Measure("true_peak_dbtp", -20.0)))
    return Take(name, "0" * 64, "wav", 9, 8000, "2030", quality=quality)


def song_of(active: str = "a") -> Song:
    takes = take("a", -26.0), take("b", -20.0), take("c", -20.0)
    regions = (
        Region(2, Tick(0), Tick(960), takes=takes, active_take=active),
        Region(3, Tick(960), Tick(1920), takes=takes, active_take=active),
    )
    return Song(tracks=(Track(1, regions=regions), Track(4)), next_id=5)


def gains(song: Song, region_id: int = 2) -> dict[str, float]:
    return {each.id: each.gain_db for each in find_region(song, region_id).takes}


def test_only_what_is_compared_is_heard_at_another_level() -> None:
    listening, song = Listening(), song_of()
    assert listening.heard(song) is song
    listening.compare(2)
    heard = listening.heard(song)
    assert gains(heard) == {"a": 6.0, "b": 0.0, "c": 0.0}
    assert heard.tracks[0].regions[1] is song.tracks[0].regions[1]
    assert heard.tracks[1] is song.tracks[1]
    listening.compare(None)
    assert listening.heard(song) is song


def test_levels_are_left_alone_when_that_is_wanted_or_changes_nothing() -> None:
    listening, song = Listening(), song_of("b")
    listening.compare(2)
    assert listening.heard(song) is song
    assert listening.heard(choose_take(song, 2, "a")) is not song
    listening.match_levels(False)
    louder = choose_take(song, 2, "a")
    assert listening.heard(louder) is louder


def test_another_take_is_heard_than_the_song_plays() -> None:
    listening, song = Listening(), swipe_take(song_of(), 2, "b", Tick(100), Tick(200))
    listening.compare(2)
    listening.audition("c")
    heard = find_region(listening.heard(song), 2)
    assert (heard.active_take, heard.comp) == ("c", None)
    listening.audition("gone")
    assert find_region(listening.heard(song), 2).active_take == "a"
    listening.audition("c")
    listening.compare(3)  # which ends it
    assert find_region(listening.heard(song), 3).active_take == "a"


def test_a_region_that_is_gone_is_not_looked_for() -> None:
    listening, song = Listening(), Song()
    listening.compare(2)
    assert listening.heard(song) is song


def test_what_did_not_change_is_the_same_object_each_time() -> None:
    listening, song = Listening(), song_of()
    listening.compare(2)
    one, other = (find_region(listening.heard(song), 2) for _ in range(2))
    assert one is other


def test_it_says_when_something_is_heard_differently(qtbot: QtBot) -> None:
    listening = Listening()
    with qtbot.waitSignal(listening.changed):
        listening.compare(2)
    with qtbot.waitSignal(listening.changed):
        listening.audition("a")
    with qtbot.waitSignal(listening.changed):
        listening.match_levels(False)
    with qtbot.assertNotEmitted(listening.changed):
        listening.compare(2)
        listening.audition("a")
        listening.match_levels(False)
