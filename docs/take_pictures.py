"""Take the pictures of the window: `make pictures`, or `python docs/take_pictures.py SONG`.

SONG is a project whose regions have takes, the example rendered anew by default. It is copied, and
nothing is read from or left in the folders of the user.
"""

import os
import shutil
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import astuple
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from PIL import Image
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from desktop.document.song import Region, Song
from desktop.document.time import Tick
from desktop.session.selection import Selection
from ui.analysis.panel import AnalysisPanel
from ui.app import Program
from ui.dialogs.history import HistoryDialog
from ui.dialogs.preferences import PreferencesDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.dialogs.sweep import SweepDialog
from ui.dialogs.variations import VariationsDialog
from ui.export_dialog import ExportDialog
from ui.shared.studio import Studio
from ui.shared.theme import THEMES, ThemeName
from ui.takes.table import NOTES
from ui.window import Below, MainWindow

ROOT: Final = Path(__file__).parents[1]
EXAMPLE: Final = ROOT / "examples" / "greensleeves.partimento"
PICTURES: Final = ROOT / "docs" / "pictures"
SCALES: Final = (1, 2)
SIZE: Final = (1440, 900)
TRACK_PX: Final = 92
COLOURS: Final = 256
SETTLING_MS: Final = 700
PATIENCE_MS: Final = 60_000

View: TypeAlias = Callable[[MainWindow], QWidget]


def settle(ms: int = SETTLING_MS) -> None:
    """Let the window draw itself, and what it draws in the background arrive."""
    deadline = QDeadlineTimer(ms)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def first_region(song: Song) -> Region:
    """Return the first region of the first track."""
    return song.tracks[0].regions[0]


def select(window: MainWindow) -> None:
    """Select the first region, and the clip of its track for the piano roll."""
    session = window.studio.session
    track, region = session.song.tracks[0], first_region(session.song)
    parts = frozenset({region.id})
    session.select(Selection(track_id=track.id, parts=parts, clip_id=track.clips[0].id))


def show_all(window: MainWindow) -> None:
    """Fill the timeline with the song; playhead and loop lie in its middle."""
    song, transport = window.studio.session.song, window.studio.transport
    arrangement = window.timeline.arrangement
    arrangement.set_height(frozenset(track.id for track in song.tracks), TRACK_PX)
    window.studio.actions["timeline.zoom_all"].trigger()
    markers = [marker.tick for marker in song.markers] or [Tick(0)]
    transport.go_to(markers[-1] // 2)
    transport.set_loop((markers[0], markers[-1]), False)


def work(window: MainWindow) -> None:
    """Do some steps, so that the history has some and the takes have stars."""
    actions = window.studio.actions
    window.show_below("takes")
    for name in ("takes.choose_2", "takes.star", "takes.star", "takes.star"):
        actions[name].trigger()
    for name in ("track.duplicate", "track.mute", "edit.undo", "edit.undo"):
        actions[name].trigger()


def wait_for_waveforms(window: MainWindow) -> None:
    """Wait until the outline of every take that plays is there to be drawn."""
    regions = [region for track in window.studio.session.song.tracks for region in track.regions]
    takes = [take for region in regions if (take := region.playing) is not None]
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not all(map(window.timeline.arrangement.peaks.of, takes)) and not deadline.hasExpired():
        settle(50)


def below(name: Below) -> View:
    """Return the view of a panel below."""

    def view(window: MainWindow) -> QWidget:
        window.show_below(name)
        settle()
        if name == "takes":
            wait_for_measures(window)
        if name == "analysis":
            wait_for_analysis(window.analysis)
        return window.below

    return view


def wait_for_analysis(panel: AnalysisPanel) -> None:
    """Wait until the figures stand, if there are to be any."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not (panel.figures.text or panel.empty.isVisible() or deadline.hasExpired()):
        settle(50)


def wait_for_measures(window: MainWindow) -> None:
    """Wait until it is known how well a take plays its notes."""
    model, deadline = window.takes.model, QDeadlineTimer(PATIENCE_MS)
    cells = [model.index(row, NOTES) for row in range(model.rowCount())]
    while not any(cell.data() for cell in cells) and not deadline.hasExpired():
        settle(50)


def whole(name: Below) -> View:
    """Return the view of the whole window with a panel below."""

    def view(window: MainWindow) -> QWidget:
        below(name)(window)
        return window

    return view


def mixed(window: MainWindow) -> QWidget:
    """Return the whole window with the mix measured below."""
    window.show_below("analysis")
    window.analysis.measure_scope("mix")
    settle()
    wait_for_analysis(window.analysis)
    return window


def palette(window: MainWindow) -> QWidget:
    """Return the window with the palette over it, in which something was typed."""
    window.show_below("mixer")
    window.studio.actions["help.palette"].trigger()
    window.dialogs.palette.words.setText("zoom")
    return window


def dialog(kind: Callable[[Studio, QWidget], QWidget]) -> View:
    """Return the view of a dialog."""

    def view(window: MainWindow) -> QWidget:
        made = kind(window.studio, window)
        made.show()
        return made

    return view


def lanes(window: MainWindow) -> QWidget:
    """Return the whole window with the takes of the first track unfolded."""
    window.show_below("takes")
    window.studio.actions["track.lanes"].trigger()
    settle()
    return window


VIEWS: Final[dict[str, View]] = {
    "window": whole("piano_roll"),
    "window-mixer": whole("mixer"),
    "window-spectrum": mixed,
    "timeline": lambda window: window.timeline,
    "piano-roll": below("piano_roll"),
    "mixer": below("mixer"),
    "takes": below("takes"),
    "spectrum": below("analysis"),
    "inspector": lambda window: window.inspector,
    "browser": lambda window: window.browser,
    "transport": lambda window: window.transport,
    "palette": palette,
    "history": dialog(HistoryDialog),
    "export": dialog(ExportDialog),
    "preferences": dialog(PreferencesDialog),
    "shortcuts": dialog(ShortcutsDialog),
    "variations": dialog(VariationsDialog),
    "sweep": dialog(SweepDialog),
    "window-lanes": lanes,
}


def take_pictures(song: Path, out: Path, kind: tuple[str, str], names: list[str]) -> None:
    """Write the pictures of `names`, called so; `kind` is the theme, and what ends their names."""
    theme, suffix = kind
    application = QApplication(sys.argv[:1])
    settings = QSettings(str(song.parents[2] / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("theme", theme)
    settings.setValue("export/folder", "Music/Greensleeves")
    program = Program(application, settings)
    if not program.open(song) or program.window is None:
        raise SystemExit(f"{song} cannot be opened")
    set_scene(program.window)
    for name in names:
        take_picture(program.window, name, out / f"{name}-{suffix}.png")
    program.window.leave()
    settle()


def set_scene(window: MainWindow) -> None:
    """Let the window stand as if somebody had worked in it."""
    window.resize(*SIZE)
    settle()
    select(window)
    work(window)
    select(window)
    show_all(window)
    wait_for_waveforms(window)


def take_picture(window: MainWindow, name: str, path: Path) -> None:
    """Write the picture of a view to `path`."""
    shown = VIEWS[name](window)
    settle()
    shown.grab().save(str(path))
    shrink(path, window.studio.look.name)
    if shown.isWindow() and shown is not window:
        shown.close()
    window.dialogs.palette.hide()


def shrink(path: Path, theme: ThemeName) -> None:
    """Write the picture at `path` again with 256 colours, those of the theme unchanged."""
    roles = [int(colour[i : i + 2], 16) for colour in astuple(THEMES[theme]) for i in (1, 3, 5)]
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    others = picture.quantize(COLOURS - len(roles) // 3).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(roles + others)
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def rendered(folder: Path) -> Path:
    """Return a copy of the example in `folder`, its regions rendered."""
    song = folder / EXAMPLE.name
    shutil.copytree(EXAMPLE, song)
    partimento = Path(sys.executable).with_name("partimento")
    subprocess.run([partimento, "render", song, "--takes", "3"], check=True)
    return song


def in_own_process(song: Path, chosen: Namespace, theme: str, scale: int, home: Path) -> None:
    """Take the pictures of a theme at a scale, of which Qt has but one in its life."""
    copy = home / "Music" / "Songs" / EXAMPLE.name.capitalize()
    shutil.copytree(song, copy)
    surroundings = os.environ | {
        **{"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale), "LANGUAGE": "en"},
        **{"HOME": str(home / "Music"), "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT)},
    }
    suffix = theme if scale == 1 else f"{theme}@{scale}x"
    words = [copy, "--out", chosen.out.resolve(), "--as", theme, suffix, "--only", *chosen.only]
    subprocess.run([sys.executable, __file__, *words], env=surroundings, check=True)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("song", type=Path, nargs="?", help="the example, rendered, by default")
    parser.add_argument("--only", nargs="+", default=list(VIEWS), choices=VIEWS)
    parser.add_argument("--out", type=Path, default=PICTURES)
    parser.add_argument("--as", dest="one", nargs=2, help=SUPPRESS)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.one:
        take_pictures(chosen.song, chosen.out, chosen.one, chosen.only)
        return
    with TemporaryDirectory() as folder:
        song = chosen.song or rendered(Path(folder))
        for theme, scale in product(THEMES, SCALES):
            home = Path(folder) / f"{theme} {scale}"
            in_own_process(song, chosen, theme, scale, home)


if __name__ == "__main__":
    main()
