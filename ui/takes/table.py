"""The takes of a region as rows of a table, and as cards of a grid."""

from collections.abc import Mapping, Sequence, Set
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop.document.song import Take
from ui.shared.takes import stars_text, title_of
from ui.shared.theme import Look
from ui.takes.arranging import Order, Values
from ui.takes.badges import gate_text
from ui.takes.facts import facts_of

Index = QModelIndex | QPersistentModelIndex
PLAYS, WAVE, STARS, NAME, PROMPT, SEED, LENGTH, LOUDNESS, PEAK, NOTES, TEMPO, WON, GATE = range(13)
NOWHERE: Final = QModelIndex()
ROLES: Final = Qt.ItemDataRole
FIGURES: Final = {  # and how they are written
    SEED: "{:d}",
    LENGTH: "{:.2f}",
    LOUDNESS: "{:.1f}",
    PEAK: "{:.1f}",
    NOTES: "{:.0%}",
    TEMPO: "{:.1f} %",
}
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
KEYS: Final = 9  # of takes: 1 to 9
ORDERS: Final = {
    PLAYS: Order.MADE,
    STARS: Order.STARS,
    NAME: Order.NAME,
    PROMPT: Order.PROMPT,
    SEED: Order.SEED,
    LENGTH: Order.LENGTH,
    LOUDNESS: Order.LOUDNESS,
    PEAK: Order.PEAK,
    NOTES: Order.NOTES,
    TEMPO: Order.TEMPO,
    WON: Order.WON,
    GATE: Order.GATE,
}


class TakesModel(QAbstractTableModel):
    """The takes that are shown, in their order; the name can be edited."""

    named = Signal(str, str)  # take id, name

    def __init__(self, look: Look, values: Values) -> None:
        super().__init__()
        self._look, self._values = look, values
        self.takes: tuple[Take, ...] = ()
        self.numbers: Mapping[str, int] = {}  # by id, in the order in which the takes were made
        self.playing: Set[str] = frozenset()  # ids; of a comp several
        tr = self.tr
        self._titles = (
            *("", tr("Sound"), tr("Stars"), tr("Name"), tr("Prompt"), tr("Seed")),
            *(tr("Length (s)"), tr("LUFS"), tr("dBTP"), tr("Notes"), tr("Tempo")),
            *(tr("A/B"), tr("Quality gate")),
        )
        self._tips = {
            PLAYS: tr("What plays, and which key plays it"),
            LOUDNESS: tr("Loudness (LUFS)"),
            PEAK: tr("True peak (dBTP)"),
            NOTES: tr("How many notes of the sketch are heard where they should be (F1)"),
            TEMPO: tr("How far the tempo is off"),
            WON: tr("Blind comparisons won and lost"),
        }

    def show_takes(
        self, takes: Sequence[Take], numbers: Mapping[str, int], playing: Set[str]
    ) -> bool:
        """Show `takes` in this order; return whether others stood there before."""
        same = [take.id for take in self.takes] == [take.id for take in takes]
        if not same:
            self.beginResetModel()
        self.takes, self.numbers, self.playing = tuple(takes), numbers, playing
        if not same:
            self.endResetModel()
        elif self.takes:
            last = self.index(len(self.takes) - 1, len(self._titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        return not same

    def row_of(self, take_id: str | None) -> int | None:
        """Return in which row the take stands, None where it is not shown."""
        return next((row for row, take in enumerate(self.takes) if take.id == take_id), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.takes)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = ROLES.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == ROLES.DisplayRole:
            return self._titles[section]
        if role == ROLES.ToolTipRole:
            return self._tips.get(section, self._titles[section])
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
            return self._text(take, column, index.row())
        if role == ROLES.EditRole and column == NAME:
            return take.name
        return self._look_of(take, column, role)

    def title(self, take: Take) -> str:
        """Return what the take is called."""
        return title_of(take, self.numbers.get(take.id, 0))

    def mark(self, take: Take, row: int) -> str:
        """Return the sign of the take that plays, of others the key that plays them."""
        if take.id in self.playing:
            return "\u25b6"
        return str(row + 1) if row < KEYS else ""

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

    def _text(self, take: Take, column: int, row: int) -> str:
        if column in FIGURES:
            value = self._values[ORDERS[column]](take)
            return "" if value is None else FIGURES[column].format(value)
        return {
            PLAYS: lambda: self.mark(take, row),
            STARS: lambda: stars_text(take.stars),
            NAME: lambda: self.title(take),
            PROMPT: lambda: facts_of(take).asked.prompt.replace("\n", " "),
            WON: lambda: f"{take.wins}:{take.losses}" if take.wins + take.losses else "",
            GATE: lambda: gate_text(take),
        }.get(column, str)()

    def _colour(self, take: Take, column: int) -> object:
        if take.rejected:
            return self._look.colour("text_dim")
        if column == PLAYS:
            return self._look.colour("accent" if take.id in self.playing else "text_dim")
        if column == GATE and not take.quality.passed:
            return self._look.colour("warn")
        return self._look.colour("warn") if column == STARS and take.stars else None

    def _tip(self, take: Take) -> str:
        made = self.tr("Made {time} (UTC)").format(time=take.created_utc)
        parts = (self.title(take), facts_of(take).asked.prompt, made, take.comment)
        return "\n".join(line for line in parts if line)
