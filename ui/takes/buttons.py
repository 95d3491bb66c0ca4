"""Buttons that stay down."""

from ui.shared.controls import Button


def toggle(text: str, tip: str) -> Button:
    """Return a button that stays down; `tip` says what it does, and is its name."""
    button = Button()
    button.setText(text)
    button.setCheckable(True)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    return button
