"""Watches where this process writes."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_ONE_PATH: Final = {"os.mkdir", "os.remove", "os.rmdir", "os.truncate"}
_TWO_PATHS: Final = {"os.rename", "os.link", "os.symlink"}


def writes_outside(folder: Path) -> list[str]:
    """Return a list that from now on gains each path out of `folder` that Python writes.

    An audit hook, so that no list of places to look at can forget one; it stays for good. What a
    library writes in C, or below an open folder, is not seen.
    """
    sys.dont_write_bytecode = True
    root, found = str(folder.resolve()) + os.sep, list[str]()

    def watch(event: str, args: tuple[object, ...]) -> None:
        for path in _written(event, args):
            if not os.path.realpath(os.fsdecode(path)).startswith(root):
                found.append(f"{event} {os.fsdecode(path)}")

    sys.addaudithook(watch)
    return found


def _written(event: str, args: tuple[object, ...]) -> Iterator[str | bytes]:
    count = 0
    if event == "open" and isinstance(args[2], int):
        count = 1 if args[2] & _WRITING else 0
    elif event in _ONE_PATH:
        count = 1
    elif event in _TWO_PATHS:
        count = 2
    below_open_folder = any(isinstance(arg, int) and arg >= 0 for arg in args[count:])
    for path in args[:count]:
        if isinstance(path, str | bytes) and not (below_open_folder and event != "open"):
            yield path
