"""How many like jobs are rendered side by side: chosen once, for all songs."""

from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.session.rendering import Workshop

TOGETHER: Final = "render/together"  # the setting
CHOICES: Final = (None, 1, 2, 4, 8, 16)  # None: as device and model gain by it


class SideBySide(QComboBox):
    """Chooses for the workshop; the next job heeds it."""

    def __init__(
        self, workshop: Workshop, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workshop, self._settings = workshop, settings
        tip = self.tr(
            "How many jobs of one model, length and number of steps are rendered at a time. "
            "A CPU gains nothing by several, and the first take comes later"
        )
        self.setAccessibleName(self.tr("Like jobs side by side"))
        self.setToolTip(tip)
        for choice in CHOICES:
            self.addItem(self._text(choice), choice)
        if (chosen := chosen_together(settings)) is not None:
            workshop.together = chosen
        at = CHOICES.index(workshop.together) if workshop.together in CHOICES else 0
        self.setCurrentIndex(at)
        self.activated.connect(self._choose)

    def _text(self, choice: int | None) -> str:
        if choice is None:
            return self.tr("Like jobs together: as the device gains by it")
        if choice == 1:
            return self.tr("Jobs one by one")
        return self.tr("Like jobs together: up to {n}").format(n=choice)

    def _choose(self, row: int) -> None:
        self._workshop.together = CHOICES[row]
        self._settings.setValue(TOGETHER, CHOICES[row] or 0)


def chosen_together(settings: QSettings) -> int | None:
    """Return how many like jobs the user wants side by side, None as the device gains by it."""
    try:
        chosen = int(str(settings.value(TOGETHER, 0)))
    except ValueError:
        return None
    return chosen if chosen in CHOICES else None
