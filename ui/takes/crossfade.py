"""How long the takes of a comp fade into one another."""

from typing import Final

from desktop.document.comping import set_crossfade
from desktop.document.song import Region, Song
from desktop.session.session import Edit, Session
from ui.shared.controls import NumberField, edit_with
from ui.shared.controls_number import Number

USUAL_MS: Final = 20
FIELD: Final = Number(0, 1000, USUAL_MS, 5, 1, unit="ms")


class Crossfade(NumberField):
    """The crossfade of the region's comp; greyed where there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__(FIELD, self.tr("Crossfade"), self.tr("Crossfade between takes"))
        self._region: Region | None = None
        self.setFixedWidth(72)
        self.hide()
        edit_with(self, session, self.tr("Crossfade"), self._changed)

    def show_region(self, region: Region | None) -> None:
        """Be about the comp of `region`."""
        self._region = region
        comp = region.comp if region is not None else None
        self.setEnabled(comp is not None)
        self.set_value(USUAL_MS if comp is None else 1000 * comp.crossfade_s)

    def _changed(self, crossfade_ms: float | None) -> Edit:
        region, crossfade_s = self._region, (crossfade_ms or 0.0) / 1000

        def change(song: Song) -> Song:
            return song if region is None else set_crossfade(song, region.id, crossfade_s)

        return change
