"""The takes of a region as rows of a table."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop.document.song import Region, Take
from desktop.session.problems import problem_text
from ui.shared.theme import Look
from ui.takes.model import measure, seed_of, stars_text

Index = QModelIndex | QPersistentModelIndex
PLAYS, STARS, NAME, SEED, LENGTH, LOUDNESS, PEAK, GATE = range(8)
NOWHERE: Final = QModelIndex()
ROLES: Final = Qt.ItemDataRole
FIGURES: Final = frozenset({SEED, LENGTH, LOUDNESS, PEAK})
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TakesModel(QAbstractTableModel):
    """Rows in the order in which the takes were made; the name can be edited."""

    named = Signal(str, str)  # take id, name

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.takes: tuple[Take, ...] = ()
        self._active: str | None = None
        tr = self.tr
        self._titles = (
            *("", tr("Stars"), tr("Name"), tr("Seed"), tr("Length (s)")),
            *(tr("Loudness (LUFS)"), tr("True peak (dBTP)"), tr("Quality gate")),
        )

    def show_region(self, region: Region | None) -> None:
        """Show the takes of `region`, none for None."""
        self.beginResetModel()
        self.takes = region.takes if region else ()
        self._active = region.active_take if region else None
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.takes)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = ROLES.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == ROLES.DisplayRole:
            return self._titles[section]
        if role == ROLES.TextAlignmentRole:
            return RIGHT if section in FIGURES else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == NAME else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def setData(  # noqa: N802
        self, index: Index, value: object, _role: int = ROLES.EditRole
    ) -> bool:
        self.named.emit(self.takes[index.row()].id, str(value))
        return True

    def data(self, index: Index, role: int = ROLES.DisplayRole) -> object:
        take, column = self.takes[index.row()], index.column()
        if role == ROLES.DisplayRole:
            return self._text(take, column, index.row() + 1)
        if role == ROLES.EditRole and column == NAME:
            return take.name
        return self._look_of(take, column, role)

    def _look_of(self, take: Take, column: int, role: int) -> object:
        if role == ROLES.TextAlignmentRole:
            return RIGHT if column in FIGURES else LEFT
        if role == ROLES.ForegroundRole:
            return self._colour(take, column)
        if role == ROLES.FontRole and take.rejected:
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == ROLES.ToolTipRole:
            return self._tip(take)
        return None

    def _text(self, take: Take, column: int, number: int) -> str:
        if column == PLAYS:
            return "\u25b6" if take.id == self._active else ""
        if column == STARS:
            return stars_text(take.stars)
        if column == NAME:
            return take.name or self.tr("Take {n}").format(n=number)
        if column == GATE:
            failures = "; ".join(map(problem_text, take.quality.failures))
            return failures or self.tr("passed")
        return self._figure(take, column)

    def _figure(self, take: Take, column: int) -> str:
        if column == SEED:
            seed = seed_of(take)
            return "" if seed is None else str(seed)
        if column == LENGTH:
            return f"{take.frames / take.sample_rate_hz:.2f}"
        name = "loudness_lufs" if column == LOUDNESS else "true_peak_dbtp"
        value = measure(take, name)
        return "" if value is None else f"{value:.1f}"

    def _colour(self, take: Take, column: int) -> object:
        if take.rejected:
            return self._look.colour("text_dim")
        if column == PLAYS:
            return self._look.colour("accent")
        if column == GATE and not take.quality.passed:
            return self._look.colour("warn")
        return self._look.colour("warn") if column == STARS and take.stars else None

    def _tip(self, take: Take) -> str:
        made = self.tr("Made {time} (UTC)").format(time=take.created_utc)
        return "\n".join(line for line in (made, take.comment) if line)
