"""Small pieces that panels are laid out with."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget

GAP_PX = 8


def spaced(layout: QLayout, margin_px: int = GAP_PX, gap_px: int = GAP_PX) -> QLayout:
    """Return `layout` with even margins and gaps."""
    layout.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
    layout.setSpacing(gap_px)
    return layout


def heading(text: str) -> QLabel:
    """Return a label that heads a group."""
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def dim(text: str, *, wrapped: bool = False) -> QLabel:
    """Return a small, quiet label."""
    label = QLabel(text)
    label.setProperty("dim", True)
    label.setWordWrap(wrapped)
    return label


def side_by_side(*widgets: QWidget) -> QWidget:
    """Return `widgets` in a row, at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
