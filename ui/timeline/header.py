"""The header of one track: name, colour, role, mute, solo, arm, monitor, gain, pan, meter."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.document.edits import change_track
from desktop.document.song import Track
from desktop.session.session import Edit
from ui.shared.controls import Button, NumberField, edit_with, lettered
from ui.shared.controls_meter import Meter
from ui.shared.controls_number import GAIN, PAN
from ui.shared.icons import icon
from ui.timeline.arrangement import Arrangement
from ui.timeline.commands import Commands
from ui.timeline.header_choices import ColourButton, RoleButton
from ui.timeline.menus import show_track_menu
from ui.timeline.pointing import say_status
from ui.timeline.track_name import TrackName

STRIPE_PX: Final = 8
METER_PX: Final = 14
CONTROL_PX: Final = 24
GAP_PX: Final = 4
FOLD_PX: Final = 18
FLAT: Final = """
QToolButton { background: transparent; border: 1px solid transparent; padding: 0; min-width: 0; }
QToolButton:focus { border-color: palette(highlight); }
"""
FULL_FROM_PX: Final = 60
EDGE_PX: Final = 4


class Header(QWidget):
    """Shows one track; its lower edge changes the height of the row."""

    def __init__(
        self, arrangement: Arrangement, commands: Commands, track: Track, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.track, self._is_selected = track, False
        self._arrangement, self._commands = arrangement, commands
        self._folding = False, False  # whether there are lanes, and whether they are seen
        self._pulled: tuple[float, int] | None = None  # global y and height when the pull began
        self._make()
        self._connect()
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        arrangement.studio.look.changed.connect(self._show_look)
        self.show_track(track)
        self.show()

    @property
    def controls(self) -> list[QWidget]:
        """Return the controls in the order in which Tab comes to them."""
        switches = [self.fold, self.mute, self.solo, self.arm, self.monitor]
        return [self.colour, *switches, self.role, self.gain, self.pan, self.meter]

    def show_track(self, track: Track) -> None:
        """Show `track`, which is this header's."""
        self.track = track
        self.name.show_name(track.name or self.tr("Track {n}").format(n=track.id))
        self.setAccessibleName(self.tr("Header of {name}").format(name=self.name.text()))
        self.colour.show_colour(track.colour)
        self.role.show_role(track.role)
        self.mute.setChecked(track.mute)
        self.solo.setChecked(track.solo)
        self.gain.set_value(track.gain_db)
        self.pan.set_value(track.pan)
        self.show_fold()

    def show_live(self) -> None:
        """Show whether the track is armed and monitored."""
        transport = self._arrangement.transport
        self.arm.setChecked(self.track.id in transport.armed)
        self.monitor.setChecked(self.track.id in transport.monitored)

    def show_fold(self) -> None:
        """Show whether there are lanes of takes, and whether they are seen."""
        unfolding = self._arrangement.unfolding
        folding = unfolding.cache.count(self.track) > 0, unfolding.is_unfolded(self.track)
        if folding != self._folding:  # it is asked at each scroll
            self._folding = folding
            self._paint_fold()
            self.fold.setVisible(folding[0])
            self._place_controls()

    def set_selected(self, selected: bool) -> None:
        """Show whether the track is the selected one."""
        self._is_selected = selected
        self.update()

    def _make(self) -> None:
        name, tr, studio = self.track.name or str(self.track.id), self.tr, self._arrangement.studio
        tracks, track_id = self._commands.tracks, self.track.id
        self.colour = ColourButton(studio, partial(tracks.colour, track_id), self)
        self.name = TrackName(studio.look, partial(tracks.name, track_id), self)
        self.mute = lettered("M", tr("Mute"), partial(tracks.mute, track_id), "warn", studio)
        self.solo = lettered("S", tr("Solo"), partial(tracks.solo, track_id), "accent", studio)
        self.arm = lettered("R", tr("Arm"), partial(tracks.arm, track_id), "record", studio)
        self.monitor = lettered(
            "I", tr("Monitor"), partial(tracks.monitor, track_id), "good", studio
        )
        self.fold = Button(self)
        self.fold.setAccessibleName(tr("Lanes of the takes"))
        self.fold.setStyleSheet(FLAT)
        self.fold.hide()
        self.fold.clicked.connect(lambda _on: tracks.fold(track_id))
        self._switches = {
            "monitor": self.monitor,
            "arm": self.arm,
            "solo": self.solo,
            "mute": self.mute,
        }
        for button in self._switches.values():
            button.setParent(self)
        studio.actions.changed.connect(self._show_keys)
        self._show_keys()
        self.role = RoleButton(partial(tracks.set_role, track_id), self)
        self.gain = NumberField(GAIN, tr("Gain of {name}").format(name=name), tr("Gain"), self)
        self.pan = NumberField(PAN, tr("Pan of {name}").format(name=name), tr("Pan"), self)
        for field in (self.gain, self.pan):
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.meter = Meter(studio.look, tr("Meter of {name}").format(name=name), 2, self)

    def _show_keys(self) -> None:
        for action, button in (*self._switches.items(), ("lanes", self.fold)):
            button.setToolTip(self._commands.tracks[action].toolTip())

    def _connect(self) -> None:
        session, track_id = self._arrangement.session, self.track.id

        def gained(gain_db: float | None) -> Edit:
            change = partial(_with_gain, gain_db=gain_db or 0.0)
            return partial(change_track, track_id=track_id, change=change)

        def panned(pan: float | None) -> Edit:
            change = partial(_with_pan, pan=pan or 0.0)
            return partial(change_track, track_id=track_id, change=change)

        edit_with(self.gain, session, self.tr("Gain"), gained)
        edit_with(self.pan, session, self.tr("Pan"), panned)

    def _paint_fold(self) -> None:
        name = "chevron-down" if self._folding[1] else "chevron-right"
        self.fold.setIcon(icon(self._arrangement.studio.look, name))

    def _show_look(self) -> None:
        self._paint_fold()
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        self._place_controls()

    def _place_controls(self) -> None:
        height, control = self.height(), CONTROL_PX
        is_full = height >= FULL_FROM_PX
        small = min(control, height - 4)
        top = 2 if not is_full else max(2, min(6, (height - 2 * control - GAP_PX) // 2))
        self.colour.setGeometry(0, 0, STRIPE_PX, height - 1)
        right = self.width() - METER_PX - 2 * GAP_PX
        self.meter.setGeometry(right + GAP_PX, 2, METER_PX, height - 5)
        x = right
        for button in self._switches.values():
            x -= control
            button.setFixedHeight(small)
            button.setGeometry(x, top, control, small)
            x -= GAP_PX // 2
        left = STRIPE_PX + GAP_PX
        if not self.fold.isHidden():
            self.fold.setGeometry(left - 2, top, FOLD_PX, small)
            left += FOLD_PX
        self.name.setGeometry(left, top, x - left - GAP_PX, small)
        below, left = top + control + GAP_PX, STRIPE_PX + GAP_PX
        for widget, width in ((self.role, 76), (self.gain, 72), (self.pan, 56)):
            widget.setGeometry(left, below, width, control)
            widget.setVisible(is_full)
            left += width + GAP_PX

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, look = QPainter(self), self._arrangement.studio.look
        role = "raised" if self._is_selected else "panel"
        painter.fillRect(self.rect(), look.colour(role))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
        if self._is_selected:
            painter.fillRect(QRect(STRIPE_PX, 0, 2, self.height() - 1), look.colour("accent"))

    # Pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._arrangement.choose_track(self.track.id)
        if event.button() == Qt.MouseButton.LeftButton and self._is_edge(event):
            self._pulled = event.globalPosition().y(), self.height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pulled is not None:
            height = self._pulled[1] + event.globalPosition().y() - self._pulled[0]
            self._arrangement.set_height(frozenset({self.track.id}), round(height))
            return
        shapes = Qt.CursorShape
        edge = self._is_edge(event)
        self.setCursor(shapes.SizeVerCursor if edge else shapes.ArrowCursor)
        text = self.tr("Drag to change the height of the track, as Alt+wheel does")
        say_status(self, text if edge else self.name.text())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        self._pulled = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        self._arrangement.choose_track(self.track.id)
        show_track_menu(self._commands, self, event.globalPos())
        event.accept()

    def _is_edge(self, event: QMouseEvent) -> bool:
        return event.position().y() >= self.height() - EDGE_PX


def _with_gain(track: Track, gain_db: float) -> Track:
    return replace(track, gain_db=gain_db)


def _with_pan(track: Track, pan: float) -> Track:
    return replace(track, pan=pan)
