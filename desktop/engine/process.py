"""The engine's process: a thread listens, the main thread reads songs, a third one plays."""

import gc
import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from desktop.document.song import Song
from desktop.engine.capture import Captures
from desktop.engine.messages import (
    AudioSettings,
    Close,
    Command,
    EndCapture,
    EngineDied,
    SetSettings,
    SetSong,
    StartCapture,
)
from desktop.engine.player import Order, Player, UseWorld
from desktop.engine.reporter import Reporter
from desktop.engine.song_parts import SongReader
from desktop.engine.world import World, world_of

WATCH_S: Final = 0.5
SWITCH_S: Final = 0.0005  # the longest that another thread of ours keeps the playing one waiting
NICENESS: Final = -11
REALTIME_PRIORITY: Final = 3  # above all that is not realtime, below the sound server's 5


def serve(pipe: "Connection[Any, Any]", parent: int) -> None:
    """Obey the commands from `pipe` until it ends; the engine's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    prepare()
    commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(pipe, parent, commands), daemon=True).start()
    reporter = Reporter(pipe)
    player = Player(reporter)
    threading.Thread(target=play, args=(player, reporter), daemon=True).start()
    studio = Studio(player, Captures(reporter))
    while True:
        studio.obey(commands.get())


def prepare() -> None:
    """Let sound come first in this process, and first among processes where that is allowed."""
    sys.setswitchinterval(SWITCH_S)
    with suppress(OSError, AttributeError):  # not allowed, or no such thing on this system
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    # All threads to come inherit it: one that does not have it could hold what the others wait for.
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(REALTIME_PRIORITY))
    # PortAudio and ALSA tell the terminal of each try to open a device
    sys.stderr = os.fdopen(os.dup(2), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def listen(
    pipe: "Connection[Any, Any]", parent: int, commands: "queue.SimpleQueue[Command]"
) -> None:
    """Take commands at once, however long a song takes to read, until the parent is gone."""
    try:
        while True:
            if pipe.poll(WATCH_S):
                commands.put(pipe.recv())
            elif os.getppid() != parent:
                break
    finally:
        os._exit(0)


def play(player: Player, reporter: Reporter) -> None:
    """Play until told to close, then end the process; say why where that fails."""
    try:
        player.run()
    except Exception as error:
        reporter.tell(EngineDied(f"the audio engine failed: {type(error).__name__}: {error}"))
        sys.excepthook(type(error), error, error.__traceback__)
    reporter.close()
    os._exit(0)


class Studio:
    """Turns songs into worlds for the player, lets inputs be captured, passes on all else."""

    def __init__(self, player: Player, captures: Captures) -> None:
        self._player, self._captures = player, captures
        self._reader = SongReader()
        self._settings = AudioSettings()
        self._song: tuple[Song, Path] | None = None
        self._world = World()

    def obey(self, command: Command) -> None:
        """Carry out `command`."""
        if isinstance(command, SetSong):
            self._song = self._reader.read(command.update), command.takes_folder
            self._show_world()
            gc.freeze()  # a look at each of 50,000 notes would keep the sound waiting
        elif isinstance(command, StartCapture):
            self._captures.start(command)
        elif isinstance(command, EndCapture):
            self._captures.end()
        else:
            self._pass_on(command)

    def _pass_on(self, command: Order) -> None:
        if isinstance(command, Close):
            self._captures.end_and_wait()
        self._player.orders.put(command)
        if isinstance(command, SetSettings):
            self._settings = command.settings
            self._show_world()

    def _show_world(self) -> None:
        if self._song is None:
            return
        song, takes_folder = self._song
        rate = self._settings.sample_rate_hz or song.settings.sample_rate_hz
        self._world = world_of(song, takes_folder, rate, self._world)
        self._player.orders.put(UseWorld(self._world))
