"""How soon a song can be worked on in the window, in a process that has imported all it needs."""

import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from desktop.storage.project import Project, read_project
from tests.benchmarks.bench_timeline import NOTES, TRACKS, large_song
from tests.benchmarks.harness import Row, at_most, duration_s
from ui.app import Program
from ui.songs import copy_song, example_folder

START_S = 1.5
LARGE_S = 3.0
ROUNDS = 5


def show(application: QApplication, program: Program, song: Path) -> None:
    """Open `song`, and return once all of its tracks are seen and nothing is left to do."""
    assert program.start(song)
    assert program.window is not None
    window = program.window
    while len(window.timeline.headers.shown) < len(window.studio.session.song.tracks):
        application.processEvents()
    application.processEvents()  # draws what the last header made dirty


def bench_window() -> list[Row]:
    """The first window of a process pays for fonts and icons too; the next ones do not."""
    application = QApplication([])
    with TemporaryDirectory() as name:
        folder = Path(name)
        example, large = folder / "Example.partimento", folder / "Large.partimento"
        copy_song(example_folder(), example, read_project(example_folder()).song)
        Project.create(large, large_song()).close()
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        program = Program(application, settings)
        first = duration_s(lambda: show(application, program, example))
        times = []
        for _ in range(ROUNDS):
            times.append(duration_s(lambda: show(application, program, large)))
            show(application, program, example)
        program.end()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    size = f"{NOTES:,} notes in {TRACKS} tracks"
    return [
        at_most(START_S, "window: from the start to the example song", first, "s"),
        at_most(LARGE_S, f"window: open a song of {size}", median(times), "s"),
    ]
