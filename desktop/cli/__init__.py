"""The command line: the program's work without a window."""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from desktop.cli.commands import partimento
from desktop.cli.ending import end


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that `arguments` (by default the program's) name, and exit.

    0: done. 1: something could not be rendered. 2: wrong input, with one line on stderr.
    130 and 143: cancelled by Ctrl+C or SIGTERM.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    with end("--json" in words):
        result: Any = partimento.main(words, "partimento", standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    raise AssertionError("`end` always exits")
