"""How long a region with 1,000 takes keeps its owner waiting."""

import json
import os
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.document.song import Measure, QualityReport, Region, Song, Take, Track
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering, Workshop
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.pool import PooledTake
from desktop.storage.project import Project
from tests.benchmarks.harness import Row, at_most
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.studio import Studio
from ui.shared.theme import Look
from ui.shared.wear import wear
from ui.takes.facts import facts_of_recipe
from ui.takes.panel import TakesPanel

TAKES, SOUNDS, NOTES, ROUNDS = 1000, 12, 32, 7
OPEN_MS, SEARCH_MS = 300, 50
RATE_HZ = 44100
WORDS = ("warm flute, calm", "bright brass, hopeful", "soft guitar, rain", "deep bass, slow")


def bench_takes() -> list[Row]:
    with TemporaryDirectory() as folder:
        studio = studio_at(Path(folder))
        rows = [*_opening(studio), *_searching(studio)]
        studio.session.close()
        return rows


def studio_at(folder: Path) -> Studio:
    """Return a studio whose song has one region, selected, with 1,000 takes."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    session = Session(Project.create(folder / "Takes.partimento", Song()))
    sounds = [session.takes.add(sound(n), RATE_HZ) for n in range(SOUNDS)]
    takes = tuple(take(n, sounds[n % SOUNDS]) for n in range(TAKES))
    region = Region(2, Tick(0), Tick(16 * PPQ), takes=takes, active_take=takes[500].id)
    track = Track(1, "Lead", regions=(region,))
    session.edit("Render", lambda song: replace(song, tracks=(track,), next_id=3))
    session.select(Selection(parts=frozenset({2})))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    look = Look()
    wear(application, look)
    actions, rendering = Actions(settings, session), Rendering(session, Workshop())
    return Studio(session, Transport(), actions, look, TimeScale(), settings, rendering)


def sound(number: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """Return eight seconds of soft noise."""
    rng = np.random.default_rng(number)
    return rng.uniform(-0.1, 0.1, (2, 8 * RATE_HZ)).astype(np.float32)


def take(number: int, kept: PooledTake) -> Take:
    """Return a take with the recipe of a region of 32 notes."""
    notes = [
        {"start_s": n / 4, "duration_s": 0.25, "pitch": 60, "velocity": 9} for n in range(NOTES)
    ]
    asked = {"prompt": f"{WORDS[number % 4]}, take {number}", "role": "lead", "notes": notes}
    recipe = json.dumps({"requests": [asked], "seed": number, "steps": 16, "pack_id": "mini"})
    measures = (Measure("loudness_lufs", -20 + number % 9), Measure("true_peak_dbtp", -3.0))
    return Take(
        *(f"take{number}", kept.sha256, kept.format, kept.frames, RATE_HZ, "2030-01-01", recipe),
        quality=QualityReport(measures),
        stars=number % 6,
    )


def shown(studio: Studio) -> TakesPanel:
    """Return a panel that has been drawn once."""
    panel = TakesPanel(studio)
    panel.resize(1280, 320)
    panel.show()
    QApplication.processEvents()
    panel.grab()
    return panel


def _opening(studio: Studio) -> list[Row]:
    rows = []
    for view in ("list", "grid"):
        studio.settings.setValue("takes/view", view)
        panel = shown(studio)  # what every panel shares is there now
        times_s = []
        for _ in range(ROUNDS):
            shiboken6.delete(panel)
            facts_of_recipe.cache_clear()
            start_s = perf_counter()
            panel = shown(studio)
            times_s.append(perf_counter() - start_s)
        shiboken6.delete(panel)
        name = f"takes, {TAKES:,} of a region: panel opens as a {view}"
        rows.append(at_most(OPEN_MS, name, median(times_s) * 1000, "ms"))
    return rows


def _searching(studio: Studio) -> list[Row]:
    rows = []
    for view in ("list", "grid"):
        studio.settings.setValue("takes/view", view)
        panel = shown(studio)
        rounds_s = [typed_s(panel) for _ in range(ROUNDS)]
        slowest_s = max(median(times_s) for times_s in zip(*rounds_s, strict=True))
        name = f"takes, {TAKES:,} of a region: slowest letter of a search, {view}"
        rows.append(at_most(SEARCH_MS, name, slowest_s * 1000, "ms"))
        shiboken6.delete(panel)
    return rows


def typed_s(panel: TakesPanel) -> list[float]:
    """Return how long each letter of a search takes until what is found is drawn."""
    panel.filter.search.clear()
    times_s = []
    for key in "flute 77":
        QApplication.processEvents()
        start_s = perf_counter()
        QTest.keyClicks(panel.filter.search, key)
        QApplication.processEvents()
        times_s.append(perf_counter() - start_s)
    assert 0 < len(panel.model.takes) < 20
    return times_s
