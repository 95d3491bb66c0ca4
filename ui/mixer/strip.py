"""A channel strip: pan, fader, meter, mute, solo."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.document.edits import change_track
from desktop.document.song import Track
from desktop.session.session import Edit
from ui.shared.controls import NumberField, edit_with, lettered
from ui.shared.controls_fader import KNOB_HEIGHT, Fader
from ui.shared.controls_meter import Meter
from ui.shared.controls_number import GAIN, PAN
from ui.shared.roles import role_text
from ui.shared.studio import Studio

STRIP_WIDTH = 96


def changed(track_id: int, change: Callable[[Track], Track]) -> Edit:
    """Return the edit that changes a track."""
    return lambda song: change_track(song, track_id, change)


class Strip(QFrame):
    """The strip of one track; `show_track` shows it anew."""

    def __init__(self, studio: Studio, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = track
        self._studio = studio
        self._make()
        self._connect()
        self._lay_out()
        self.show_track(track)

    def show_track(self, track: Track) -> None:
        """Show `track`, which is this strip's."""
        self.track = track
        name = track.name or self.tr("Track {n}").format(n=track.id)
        metrics = self.name.fontMetrics()
        self.name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, STRIP_WIDTH - 16))
        self.name.setToolTip(f"{name} ({role_text(track.role)})")
        self.stripe.setStyleSheet(f"background: {track.colour};")
        self.setAccessibleName(self.tr("Strip of {name}").format(name=name))
        self.fader.set_value(track.gain_db)
        self.gain.set_value(track.gain_db)
        self.pan.set_value(track.pan)
        self.mute.setChecked(track.mute)
        self.solo.setChecked(track.solo)

    def set_selected(self, selected: bool) -> None:
        """Show whether the track is the selected one."""
        self.setProperty("selected", selected)
        role = "raised" if selected else "panel"
        self.setStyleSheet(
            f"Strip {{ background: {self._studio.look.colour(role).name()}; "
            f"border-right: 1px solid {self._studio.look.colour('line').name()}; }}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        selection = self._studio.session.selection
        self._studio.session.select(replace(selection, track_id=self.track.id))
        super().mousePressEvent(event)

    def _make(self) -> None:
        name = self.track.name or str(self.track.id)
        tr, look = self.tr, self._studio.look
        self.stripe, self.name = QWidget(), QLabel()
        self.stripe.setFixedHeight(4)
        self.name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pan = NumberField(PAN, tr("Pan of {name}").format(name=name), tr("Pan"))
        self.gain = NumberField(GAIN, tr("Gain of {name}").format(name=name), tr("Gain"))
        for field in (self.pan, self.gain):
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fader = Fader(look, tr("Fader of {name}").format(name=name))
        self.meter = Meter(look, tr("Meter of {name}").format(name=name), KNOB_HEIGHT // 2)
        self.mute = lettered("M", tr("Mute"), self._flip_mute, "warn", self._studio)
        self.solo = lettered("S", tr("Solo"), self._flip_solo, "accent", self._studio)

    def _connect(self) -> None:
        session, track_id = self._studio.session, self.track.id

        def gained(gain_db: float | None) -> Edit:
            return changed(track_id, lambda t: replace(t, gain_db=gain_db or 0.0))

        def panned(pan: float | None) -> Edit:
            return changed(track_id, lambda t: replace(t, pan=pan or 0.0))

        edit_with(self.fader, session, self.tr("Gain"), gained)
        edit_with(self.gain, session, self.tr("Gain"), gained)
        edit_with(self.pan, session, self.tr("Pan"), panned)

    def _flip_mute(self) -> None:
        flipped = changed(self.track.id, lambda t: replace(t, mute=not t.mute))
        self._studio.session.edit(self.tr("Mute"), flipped)

    def _flip_solo(self) -> None:
        flipped = changed(self.track.id, lambda t: replace(t, solo=not t.solo))
        self._studio.session.edit(self.tr("Solo"), flipped)

    def _lay_out(self) -> None:
        self.setFixedWidth(STRIP_WIDTH)
        level, buttons = QHBoxLayout(), QHBoxLayout()
        level.setSpacing(4)
        level.addWidget(self.fader)
        level.addWidget(self.meter)
        level.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons.setSpacing(4)
        buttons.addStretch()
        buttons.addWidget(self.mute)
        buttons.addWidget(self.solo)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.pan)
        column.addLayout(level, 1)
        column.addWidget(self.gain)
        column.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stripe)
        whole.addLayout(column, 1)
