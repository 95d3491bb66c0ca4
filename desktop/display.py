"""Whether there is a screen for the window: without one Qt ends the program with a crash."""

import ctypes
import os
import sys
from ctypes.util import find_library

import click

CHOSEN = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")


def check_display() -> None:
    """Raise ClickException, which says what is missing, where no window can be shown."""
    if not sys.platform.startswith("linux") or any(os.environ.get(name) for name in CHOSEN):
        return
    display = os.environ.get("DISPLAY")
    if not display:
        raise click.ClickException(
            "there is no display to show the window on (neither DISPLAY nor WAYLAND_DISPLAY is "
            "set); start it from a desktop, or see `partimento --help` for all else"
        )
    if not answers(display):
        raise click.ClickException(
            f"the display DISPLAY={display} does not answer; start it from a desktop, or see "
            "`partimento --help` for all else"
        )


def answers(display: str) -> bool:
    """Return whether an X server takes a connection; True where that cannot be tried."""
    library = find_library("xcb")
    if library is None:
        return True
    xcb = ctypes.CDLL(library)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
