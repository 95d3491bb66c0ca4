"""What a frame of the timeline costs: 50,000 notes in 64 tracks; the lanes of 1,000 takes."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.document.comping import swipe_take
from desktop.document.palette import track_colour
from desktop.document.song import Clip, Note, Region, Song, Track
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from tests.benchmarks.bench_takes import TAKES, studio_at
from tests.benchmarks.harness import Row, at_most, duration_s
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.studio import Studio
from ui.shared.theme import Look
from ui.shared.wear import wear
from ui.timeline.panel import Timeline

NOTES, TRACKS, CLIPS, REGIONS = 50_000, 64, 8, 4
FRAMES = 200
FRAME_MS = 16.7
CLIP_BARS = 8
BAR = 4 * PPQ


def large_song() -> Song:
    """Return 64 tracks of 8 clips and 4 regions each, 64 bars long, with 50,000 notes."""
    tracks, number = [], 1
    for row in range(TRACKS):
        clips = tuple(_clip(number + 1 + n, row, n) for n in range(CLIPS))
        first = number + 1 + CLIPS
        length = CLIPS * CLIP_BARS * BAR // REGIONS
        regions = tuple(
            Region(first + n, Tick(n * length), Tick((n + 1) * length), "warm strings, slow, wide")
            for n in range(REGIONS)
        )
        colour = track_colour(row)
        tracks.append(Track(number, f"Track {row + 1}", colour, clips=clips, regions=regions))
        number = first + REGIONS
    assert sum(len(clip.notes) for track in tracks for clip in track.clips) == NOTES
    return Song(tracks=tuple(tracks), next_id=number)


def _clip(clip_id: int, row: int, column: int) -> Clip:
    at = row * CLIPS + column
    count = NOTES * (at + 1) // (TRACKS * CLIPS) - NOTES * at // (TRACKS * CLIPS)
    step = CLIP_BARS * BAR // count
    notes = tuple(
        Note(n + 1, Tick(n * step), Tick(step), 40 + (n * 7 + row) % 48) for n in range(count)
    )
    return Clip(clip_id, Tick(column * CLIP_BARS * BAR), Tick(CLIP_BARS * BAR), notes)


def shown_panel(folder: Path, height: int) -> tuple[Session, Timeline]:
    """Return a timeline, 1280 pixels wide, with the large song."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    session = Session(Project.create(folder / "Large.partimento", large_song()))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    look = Look()
    wear(application, look)
    actions = Actions(settings, session)
    panel = Timeline(
        Studio(
            session,
            Transport(),
            actions,
            look,
            TimeScale(),
            settings,
            Rendering(session, Workshop()),
        )
    )
    panel.resize(1280, height)
    panel.show()
    while len(panel.headers.shown) < TRACKS:  # they are made when there is nothing else to do
        application.processEvents()
    return session, panel


def p95_ms(frame: Callable[[int], object]) -> float:
    """Return the time that 95% of frames stay under, after five that are not counted."""

    def drawn(number: int) -> None:
        frame(number)
        QApplication.processEvents()  # draws what the change made dirty

    for number in range(5):
        drawn(number)
    times_s = [duration_s(lambda n=number: drawn(n)) for number in range(FRAMES)]  # type: ignore[misc]
    return quantiles(times_s, n=20)[-1] * 1000


def bench_timeline() -> list[Row]:
    rows = []
    for height, track_px in ((640, 64), (1240, 24)):
        with TemporaryDirectory() as folder:
            session, panel = shown_panel(Path(folder), height)
            arrangement = panel.arrangement
            ids = frozenset(track.id for track in session.song.tracks)
            arrangement.set_height(ids, track_px)
            name = f"timeline, {NOTES:,} notes, {TRACKS} tracks of {track_px} px, 1280x{height}"
            for what, frame in _frames(panel).items():
                p95 = p95_ms(frame)
                rows.append(at_most(FRAME_MS, f"{name}: {what}", p95, "ms p95"))
            session.close()
    return rows


def bench_lanes() -> list[Row]:
    rows = []
    with TemporaryDirectory() as folder:
        studio = studio_at(Path(folder))
        panel = Timeline(studio)
        panel.resize(1280, 640)
        panel.show()
        track = studio.session.song.tracks[0]
        panel.arrangement.unfold(track.id, True)
        _await_sounds(panel, track.regions[0])
        for what, frame in _lane_frames(panel, track.regions[0]).items():
            name = f"timeline, lanes of {TAKES:,} takes, 1280x640: {what}"
            rows.append(at_most(FRAME_MS, name, p95_ms(frame), "ms p95"))
        studio.session.close()
    return rows


def _await_sounds(panel: Timeline, region: Region) -> None:
    """Return when the outlines of all sounds are computed, of which the takes have few."""
    while not all(map(panel.arrangement.peaks.of, region.takes)):
        QApplication.processEvents()


def _lane_frames(panel: Timeline, region: Region) -> dict[str, Callable[[int], object]]:
    arrangement, session = panel.arrangement, panel.arrangement.session
    arrangement.scale.show(region.start, region.end, arrangement.view_px[0])

    def down(number: int) -> None:
        arrangement.scroll_rows(20_000 + 60 * (number % 100))

    def across(number: int) -> None:
        arrangement.scale.scroll_to(30 * (number % 40))

    def swipe(number: int) -> None:
        take_id = region.takes[number % 2].id
        change = partial(swipe_take, region_id=region.id, take_id=take_id)
        end = Tick(PPQ + 60 * (number % 100))
        session.preview(partial(change, start=Tick(0), end=end))

    return {"scroll the lanes": down, "scroll in time": across, "swipe": swipe}


def _frames(panel: Timeline) -> dict[str, Callable[[int], object]]:
    arrangement, scale = panel.arrangement, panel.arrangement.scale
    middle = arrangement.view_px[0] / 2

    def across(number: int) -> None:
        if number == 0:
            scale.show(0, 16 * BAR, arrangement.view_px[0])
        scale.scroll_to(scale.left_tick + 400)

    def down(number: int) -> None:
        arrangement.scroll_rows(arrangement.top_px + (24 if number % 100 < 50 else -24))

    def zoom(number: int) -> None:
        if number == 0:
            scale.show(0, arrangement.song.end, arrangement.view_px[0])
        scale.zoom(1.03 if number % 100 < 50 else 1 / 1.03, middle)

    def all_across(number: int) -> None:
        if number == 0:
            scale.show(0, arrangement.song.end, arrangement.view_px[0])
        scale.scroll_to(300 * (number % 2))

    return {
        "scroll in time": across,
        "scroll the tracks": down,
        "zoom": zoom,
        "scroll, the whole song in view": all_across,
    }
