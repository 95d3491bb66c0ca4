"""The program: `partimento open` shows the window, every other command is the command line's."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from desktop.cli import main as run_command
from desktop.cli.commands import HELP, OUTSIDE
from desktop.cli.ending import end
from desktop.cli.options import FOLDER


@click.command("open", help=OUTSIDE["open"], context_settings=HELP)
@click.argument("song", type=FOLDER, required=False)
def open_window(song: Path | None) -> int:
    from ui.app import run  # noqa: PLC0415 (the command line starts without Qt)

    return run(song)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run what `arguments` (by default the program's) say, and exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] != ["open"]:
        run_command(words)
    with end(as_json=False):
        sys.exit(open_window.main(words[1:], "partimento open", standalone_mode=False))
    raise AssertionError("`end` always exits")


if __name__ == "__main__":
    main()
