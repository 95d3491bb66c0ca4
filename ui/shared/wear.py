"""Puts a theme on the whole program."""

from PySide6.QtWidgets import QApplication

from ui.shared.theme import Look, palette, style_sheet


def wear(application: QApplication, look: Look) -> None:
    """Show `look` on all widgets, now and whenever it changes."""

    def put_on() -> None:
        application.setPalette(palette(look.colours))
        application.setStyleSheet(style_sheet(look.colours, look.text_percent))

    application.setStyle("Fusion")
    put_on()
    look.changed.connect(put_on)
