import queue
from types import SimpleNamespace
from typing import Any, cast

from desktop.engine.capture import Captures
from desktop.engine.messages import AudioSettings, Command, Play, SetSettings, SetSong
from desktop.engine.player import Order, Player, UseWorld
from desktop.engine.process import Studio
from desktop.engine.reporter import Reporter
from desktop.engine.song_parts import SongWriter
from tests.desktop.engine.scores import Score


def orders_of(*commands: Command) -> list[Any]:
    """Return what the player is told when the window says `commands`."""
    orders = queue.SimpleQueue[Order]()
    captures = Captures(cast("Reporter", None))
    studio = Studio(cast("Player", SimpleNamespace(orders=orders)), captures)
    for command in commands:
        studio.obey(command)
    return [orders.get() for _ in range(orders.qsize())]


def set_song(score: Score, writer: SongWriter) -> SetSong:
    song = score.song(score.track(score.noise(0.1)))
    return SetSong(writer.write(song), score.pool.folder)


def test_a_song_becomes_a_world_before_it_is_played(score: Score) -> None:
    world, play = orders_of(set_song(score, SongWriter()), Play(960))
    assert isinstance(world, UseWorld)
    assert world.world.sample_rate_hz == score.rate_hz
    assert len(world.world.lanes) == 1
    assert play == Play(960)


def test_another_rate_makes_another_world_of_the_same_song(score: Score) -> None:
    settings = SetSettings(AudioSettings(sample_rate_hz=44100))
    orders = orders_of(settings, set_song(score, SongWriter()))
    assert orders[0] == settings
    assert orders[1].world.sample_rate_hz == 44100
    later = orders_of(set_song(score, SongWriter()), settings)
    assert [type(order) for order in later] == [UseWorld, SetSettings, UseWorld]
    assert later[2].world.sample_rate_hz == 44100


def test_what_is_said_before_there_is_a_song_is_passed_on() -> None:
    assert orders_of(Play(0)) == [Play(0)]
