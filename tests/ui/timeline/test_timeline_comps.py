"""A comp is drawn as what it plays: each take where it sounds."""

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desktop.document.comping import swipe_take
from desktop.document.edits import add_take, choose_take
from desktop.document.song import QualityReport, Song, Take
from desktop.document.time import PPQ, Tick
from tests.ui.timeline.pointer import Pointer
from ui.timeline import colours

BAR = 4 * PPQ


def test_a_comp_bears_the_sign_of_any_take_in_it_that_failed_the_gate(hand: Pointer) -> None:
    arrangement, session = hand.arrangement, hand.arrangement.session
    region = session.song.tracks[0].regions[0]
    good = Take("good", "0" * 64, "flac", 9, 44100, "2030")
    bad = replace(good, id="bad", quality=QualityReport(failures=("too loud",)))
    for take in (good, bad):
        session.edit("Render", partial(add_take, region_id=region.id, take=take))
    session.edit("Choose", lambda song: choose_take(song, region.id, "good"))

    def warnings() -> int:
        drawn = hand.lanes.grab().toImage()
        warn, width = arrangement.studio.look.colour("warn").name(), drawn.width()
        pixels = (drawn.pixelColor(x, y).name() for y in range(64) for x in range(width))
        return list(pixels).count(warn)

    without = warnings()
    session.edit("Comp", lambda song: swipe_take(song, region.id, "bad", Tick(0), Tick(BAR)))
    assert warnings() > without + 10


def test_each_take_of_a_comp_is_drawn_where_it_plays(hand: Pointer, qtbot: QtBot) -> None:
    arrangement, session = hand.arrangement, hand.arrangement.session
    track = session.song.tracks[0]
    region_id = track.regions[0].id
    takes = []
    for name, level in (("loud", 0.95), ("soft", 0.01)):
        sound = np.tile(np.array([level, -level], np.float32), (2, 2 * 44100))
        kept = session.takes.add(sound, 44100)
        takes.append(Take(name, kept.sha256, kept.format, kept.frames, 44100, "2030"))

    def comped(song: Song) -> Song:
        for take in takes:
            song = add_take(song, region_id, take)
        song = choose_take(song, region_id, "soft")
        return swipe_take(song, region_id, "loud", Tick(0), Tick(BAR))

    session.edit("Comp", comped)
    hand.lanes.grab()
    qtbot.waitUntil(lambda: all(arrangement.peaks.of(take) is not None for take in takes))
    drawn = hand.lanes.grab().toImage()
    ink = colours.ink(arrangement.studio.look.colours, track.colour).name()

    def inked(tick: float) -> int:
        x = round(arrangement.scale.x(tick))
        column = (drawn.pixelColor(QPoint(x, y)).name() for y in range(drawn.height()))
        return [name == ink for name in column].count(True)

    assert inked(BAR / 2 + 7) > 2 * inked(BAR * 1.5 + 7)
