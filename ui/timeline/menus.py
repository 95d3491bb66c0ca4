"""The context menus of tracks and lanes."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.document.song import Clip, Region
from ui.timeline.commands import Commands
from ui.timeline.lane_spots import LaneSpot
from ui.timeline.spots import Spot

TRACK = (
    *("rename", "duplicate", "", "mute", "solo", "arm", "", "lanes", ""),
    *("up", "down", "", "delete", "add"),
)
LANE = ("lane_play", "lane_star", "lane_loop")
PART = ("split", "join", "duplicate", "", "cut", "copy", "paste", "delete", "", "zoom_selection")


def track_menu(commands: Commands, parent: QWidget) -> QMenu:
    """Return the menu of the selected track."""
    menu = QMenu(parent)
    for name in TRACK:
        _ = menu.addAction(commands.tracks[name]) if name else menu.addSeparator()
    return menu


def lanes_menu(commands: Commands, spot: Spot | LaneSpot | None, parent: QWidget) -> QMenu:
    """Return the menu of what lies under the pointer."""
    menu = QMenu(parent)
    if isinstance(spot, LaneSpot):
        menu.addActions([commands[name] for name in LANE if spot.lane is not None])
        menu.addSeparator()
        menu.addAction(commands.tracks["lanes"])
        return menu
    if spot is None:
        menu.addAction(commands.tracks["add"])
        return menu
    if isinstance(spot.part, Clip):
        menu.addAction(commands["open"])
    if not isinstance(spot.part, Region):
        menu.addAction(commands["add_region"])
    if spot.part is None:
        for name in ("add_clip", "paste", "select_all"):
            menu.addAction(commands[name])
        return menu
    menu.addSeparator()
    for name in PART:
        _ = menu.addAction(commands[name]) if name else menu.addSeparator()
    return menu


def show_track_menu(commands: Commands, parent: QWidget, at: QPoint) -> None:
    """Show the menu of the selected track."""
    _popup(track_menu(commands, parent), at)


def show_lanes_menu(
    commands: Commands, spot: Spot | LaneSpot | None, parent: QWidget, at: QPoint
) -> None:
    """Show the menu of what lies under the pointer."""
    _popup(lanes_menu(commands, spot, parent), at)


def _popup(menu: QMenu, at: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
