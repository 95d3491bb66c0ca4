"""Puts a theme on the whole program."""

from PySide6.QtWidgets import QApplication

from ui.shared.theme import Look, palette, style_sheet


def wear(application: QApplication, look: Look) -> None:
    """Show `look` on all widgets, now and whenever it changes."""

    def put_on() -> None:
        application.setPalette(palette(look.colours))
        sheet = style_sheet(look.colours, look.text_percent)
        if application.styleSheet() != sheet:  # each widget of a window is styled anew
            application.setStyleSheet(sheet)

    if not application.styleSheet():
        application.setStyle("Fusion")
    put_on()
    look.changed.connect(put_on)
