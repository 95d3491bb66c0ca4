"""What a frame of the piano roll costs while 5,000 of 20,000 notes are dragged."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.document.palette import track_colour
from desktop.document.song import Clip, Note, Song, Track
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from tests.benchmarks.harness import Row, at_most, duration_s
from ui.piano_roll.panel import PianoRoll
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.studio import Studio
from ui.shared.theme import Look

NOTES = 20_000
CHOSEN = 5_000
FRAMES = 200
FRAME_MS = 16.7
DROP_MS = 150.0  # one edit of the song, after which all panels have what is new
LENGTH = Tick(PPQ // 4)


def large_song() -> Song:
    """Return a song of one clip of 20,000 notes, four at a time, over 5 octaves."""
    notes = tuple(
        Note(n + 1, Tick(n // 4 * LENGTH), LENGTH, 36 + n * 7 % 60, 1 + n % 127)
        for n in range(NOTES)
    )
    clip = Clip(2, Tick(0), Tick(NOTES // 4 * LENGTH), notes)
    return Song(tracks=(Track(1, "Lead", track_colour(0), clips=(clip,)),), next_id=3)


def shown_panel(folder: Path) -> tuple[QApplication, Session, PianoRoll]:
    """Return a piano roll of 1280x640 pixels with the large song, all of it in view."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    session = Session(Project.create(folder / "Large.partimento", large_song()))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    actions = Actions(settings, session)
    panel = PianoRoll(
        Studio(
            session,
            Transport(),
            actions,
            Look(),
            TimeScale(),
            settings,
            Rendering(session, Workshop()),
        )
    )
    panel.resize(1280, 640)
    panel.show()
    session.select(replace(session.selection, clip_id=2, notes=frozenset(range(1, CHOSEN + 1))))
    application.processEvents()
    return application, session, panel


def p95_ms(frame: Callable[[int], object]) -> float:
    """Return the time that 95% of frames stay under, after five that are not counted."""
    for number in range(5):
        frame(number)
    times_s = [duration_s(lambda n=number: frame(n)) for number in range(FRAMES)]  # type: ignore[misc]
    return quantiles(times_s, n=20)[-1] * 1000


def point_at(panel: PianoRoll, kind: QMouseEvent.Type, at: QPoint) -> None:
    """Send the notes a mouse event and draw what it changed."""
    left = Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else left
    place = QPointF(panel.view.mapToGlobal(at))
    held = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(panel.view, QMouseEvent(kind, QPointF(at), place, button, left, held))
    panel.view.repaint()
    panel.velocities.repaint()


def bench_piano_roll() -> list[Row]:
    with TemporaryDirectory() as folder:
        _, session, panel = shown_panel(Path(folder))
        rows = _drag("all in view", panel, session, show_all=True)
        session.undo()
        rows += _drag("zoomed to 16 bars", panel, session, show_all=False)
        rows.append(at_most(FRAME_MS, f"piano roll, {NOTES:,} notes: zoom", _zoom(panel), "ms p95"))
        session.close()
    return rows


def _drag(where: str, panel: PianoRoll, session: Session, *, show_all: bool) -> list[Row]:
    end = session.song.end if show_all else 64 * PPQ
    panel.roll.scale.show(0, end, panel.view.width())
    panel.roll.pitches.show(30, 100, panel.view.height())
    chosen = session.song.tracks[0].clips[0].notes[40:CHOSEN]
    note = min(chosen, key=lambda n: (abs(n.pitch - 65), n.start))  # in the middle of the view
    x = panel.roll.scale.x(note.start + note.length / 2)
    start = QPointF(x, panel.roll.pitches.y(note.pitch) + panel.roll.pitches.row_px / 2).toPoint()
    point_at(panel, QMouseEvent.Type.MouseButtonPress, start)
    p95 = p95_ms(
        lambda n: point_at(panel, QMouseEvent.Type.MouseMove, start + QPoint(20 + n, n % 40))
    )
    assert panel.roll.preview is not None
    assert len(panel.roll.preview.shown) == CHOSEN
    at = start + QPoint(200, 10)
    drop_s = duration_s(lambda: point_at(panel, QMouseEvent.Type.MouseButtonRelease, at))
    name = f"piano roll, {NOTES:,} notes, {where}: drag of {CHOSEN:,}"
    dropped = at_most(DROP_MS, f"{name}, letting go", drop_s * 1000, "ms")
    return [at_most(FRAME_MS, name, p95, "ms p95"), dropped]


def _zoom(panel: PianoRoll) -> float:
    def frame(number: int) -> None:
        panel.roll.scale.zoom(0.97 if number % 100 < 50 else 1 / 0.97, 640)
        panel.view.repaint()  # and with it all that has to be drawn anew

    return p95_ms(frame)
