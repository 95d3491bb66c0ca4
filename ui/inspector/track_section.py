"""The inspector of a track."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.document.edits import change_track
from desktop.document.palette import TRACK_COLOURS
from desktop.document.song import Role, Track
from desktop.session.session import Edit
from ui.inspector.abilities import Abilities
from ui.inspector.role_box import RoleBox
from ui.inspector.section import Section
from ui.shared.controls import Button, NumberField, edit_with, lettered
from ui.shared.controls_number import GAIN, PAN
from ui.shared.controls_text import TypedField
from ui.shared.panel import side_by_side
from ui.shared.studio import Studio


class TrackSection(Section):
    """Name, role, colour, gain, pan, mute, solo."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("Track"))
        self._studio, self._session = studio, studio.session
        self.track_id = 0
        tr = self.tr
        self.name = TypedField(
            self._session, self._rename, tr("Name of the track"), tr("Name of the track")
        )
        what = tr("What the track plays: the model is told so")
        self.role = RoleBox(self._choose_role, tr("Role of the track"), what)
        self.gain = NumberField(GAIN, tr("Gain of the track"), tr("Gain"))
        self.pan = NumberField(PAN, tr("Pan of the track"), tr("Pan"))
        self.mute = lettered("M", tr("Mute"), self._mute, "warn", studio)
        self.solo = lettered("S", tr("Solo"), self._solo, "accent", studio)
        self.swatches = [self._swatch(at, colour) for at, colour in enumerate(TRACK_COLOURS, 1)]
        edit_with(self.gain, self._session, tr("Gain"), self._gained)
        edit_with(self.pan, self._session, tr("Pan"), self._panned)
        self.row(tr("Name"), self.name)
        self.row(tr("Role"), self.role)
        self.row(tr("Gain"), self.gain)
        self.row(tr("Pan"), self.pan)
        self.row(tr("Heard"), side_by_side(self.mute, self.solo))
        self.row(tr("Colour"), _grid_of(self.swatches))

    def show_track(self, track: Track, abilities: Abilities) -> None:
        """Show `track`, and which roles the models of its regions play."""
        self.track_id = track.id
        self.name.set_shown(track.name)
        self.role.show_roles({track.role}, abilities)
        self.gain.set_value(track.gain_db)
        self.pan.set_value(track.pan)
        self.mute.setChecked(track.mute)
        self.solo.setChecked(track.solo)
        for colour, swatch in zip(TRACK_COLOURS, self.swatches, strict=True):
            swatch.setChecked(colour == track.colour)

    def _swatch(self, number: int, colour: str) -> Button:
        button = Button()
        button.setCheckable(True)
        name = self.tr("Colour {n}").format(n=number)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setStyleSheet(
            f"QToolButton {{ background: {colour}; border: 1px solid {colour}; padding: 0; "
            "min-width: 16px; min-height: 16px; max-width: 16px; max-height: 16px; }"
            "QToolButton:checked, QToolButton:focus { border: 2px solid palette(text); }"
        )
        button.clicked.connect(
            lambda: self._edit(self.tr("Colour"), lambda track: replace(track, colour=colour))
        )
        return button

    def _edit(self, name: str, change: Callable[[Track], Track]) -> None:
        self._session.edit(name, self._changed(change))

    def _changed(self, change: Callable[[Track], Track]) -> Edit:
        track_id = self.track_id
        return lambda song: change_track(song, track_id, change)

    def _rename(self, name: str) -> None:
        self._edit(self.tr("Rename track"), lambda track: replace(track, name=name))

    def _choose_role(self, role: Role) -> None:
        self._edit(self.tr("Role"), lambda track: replace(track, role=role))

    def _mute(self) -> None:
        self._edit(self.tr("Mute"), lambda track: replace(track, mute=not track.mute))

    def _solo(self) -> None:
        self._edit(self.tr("Solo"), lambda track: replace(track, solo=not track.solo))

    def _gained(self, gain_db: float | None) -> Edit:
        return self._changed(lambda track: replace(track, gain_db=gain_db or 0.0))

    def _panned(self, pan: float | None) -> Edit:
        return self._changed(lambda track: replace(track, pan=pan or 0.0))


def _grid_of(swatches: list[Button]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(4)
    for at, swatch in enumerate(swatches):
        grid.addWidget(swatch, at // 6, at % 6)
    grid.setColumnStretch(6, 1)
    return holder
