"""Whether takes are heard, and exported, equally loud."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.document.song import Region
from desktop.mixing.matching import matched_gains_db, with_matched_levels, with_own_levels
from ui.shared.studio import Studio
from ui.takes.buttons import toggle


class Levels(QWidget):
    """Two buttons: one for the ears, while takes are compared; one for the song and its exports."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        tr, settings = self.tr, studio.settings
        self._region: Region | None = None
        self.matching = toggle(
            tr("Match levels"),
            tr("Hear the takes equally loud while they are compared; exports stay as they are"),
        )
        self.matching.setChecked(str(settings.value("takes/match", "true")) == "true")
        self.keeping = toggle(
            tr("Keep levels"),
            tr("Make the equal levels part of the song, so that they are exported too"),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.matching, self.keeping):
            row.addWidget(button)
        self.matching.toggled.connect(self._match)
        self.keeping.clicked.connect(self._keep)
        studio.listening.match_levels(self.matching.isChecked())

    def show_region(self, region: Region | None) -> None:
        """Be about the takes of `region`."""
        self._region = region
        takes = region.takes if region is not None else ()
        self.keeping.setEnabled(bool(matched_gains_db(takes)))
        self.keeping.setChecked(any(take.gain_db for take in takes))

    def _match(self, on: bool) -> None:
        self._studio.settings.setValue("takes/match", "true" if on else "false")
        self._studio.listening.match_levels(on)

    def _keep(self, on: bool) -> None:
        if self._region is not None:
            change = with_matched_levels if on else with_own_levels
            name = self.tr("Keep levels") if on else self.tr("Own levels")
            self._studio.session.edit(name, partial(change, region_id=self._region.id))
