"""The program: `partimento open` shows the window, every other command is the command line's."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from pathlib import Path

    from click import Command


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run what `arguments` (by default the program's) say, and exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        from desktop.cli import main as run_command  # noqa: PLC0415 (Ctrl+C may come meanwhile)
        from desktop.cli.ending import end  # noqa: PLC0415
    except KeyboardInterrupt:
        leave_early("--json" in words)
    if words[:1] != ["open"]:
        run_command(words)
    with end(as_json=False):
        sys.exit(open_command().main(words[1:], "partimento open", standalone_mode=False))
    raise AssertionError("`end` always exits")


def leave_early(as_json: bool) -> NoReturn:
    """Say that Ctrl+C came before there was anything to say it with, and exit."""
    if as_json:
        sys.stdout.write('{"event": "cancelled", "message": "cancelled", "exit_code": 130}\n')
    sys.stderr.write("partimento: cancelled\n")
    sys.exit(130)


def open_command() -> "Command":
    """Return the command that shows the window."""
    import click  # noqa: PLC0415

    from desktop.cli.commands import HELP, OUTSIDE  # noqa: PLC0415
    from desktop.cli.open_project import found_path  # noqa: PLC0415
    from desktop.cli.options import FOLDER  # noqa: PLC0415
    from desktop.display import check_display  # noqa: PLC0415
    from desktop.storage.project import check_is_project  # noqa: PLC0415

    @click.command("open", help=OUTSIDE["open"], context_settings=HELP)
    @click.argument("song", type=FOLDER, required=False)
    def open_window(song: "Path | None") -> int:
        if song is not None:  # or a window that nobody may see would have to say it
            check_is_project(found_path(song))
        check_display()
        from ui.app import run  # noqa: PLC0415 (the command line starts without Qt)

        return run(song)

    return open_window


if __name__ == "__main__":
    main()
