"""The takes of a region as cards."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from ui.shared.peak_store import PeakStore
from ui.shared.theme import Look
from ui.takes.table import NAME, TakesModel
from ui.takes.waves import CARD, CardDelegate, Index


class NamedCards(CardDelegate):
    """Cards whose name is edited where it stands."""

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        card: QRect = option.rect
        editor.setGeometry(card.left() + 6, card.top() + 4, card.width() - 12, 24)


class TakesGrid(QListView):
    """Cards in rows as wide as the panel; only those in view are drawn."""

    def __init__(self, model: TakesModel, store: PeakStore, look: Look) -> None:
        super().__init__()
        self.setModel(model)
        self.setModelColumn(NAME)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CARD))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setItemDelegate(NamedCards(store, look, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def editor(self) -> QLineEdit | None:
        """Return the field in which a name is typed now."""
        return self.viewport().findChild(QLineEdit)
