"""How the program ends: every way out has its exit status and at most one line on stderr."""

import io
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import click

from desktop.cli.report import one_line, write_json

WRONG_INPUT: Final = 2
INTERNAL_ERROR: Final = 70  # EX_SOFTWARE of sysexits.h
CANCELLED: Final = 128 + signal.SIGINT
TERMINATED: Final = 128 + signal.SIGTERM


class Terminated(BaseException):
    """SIGTERM came; like KeyboardInterrupt, so that all that is open is closed."""


def raise_terminated(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


STOPS: Final = (KeyboardInterrupt, click.exceptions.Abort, Terminated)


@contextmanager
def end(as_json: bool) -> Iterator[None]:
    """Turn whatever leaves the block into an exit status and at most a line on stderr."""
    signal.signal(signal.SIGTERM, raise_terminated)
    fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot show ends nothing
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    except STOPS as error:
        leave_stopped(error, as_json)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(WRONG_INPUT)
    except click.ClickException as error:
        leave(WRONG_INPUT, "error", error.format_message(), as_json)
    except Exception as error:
        if stop := stop_behind(error):
            leave_stopped(stop, as_json)
        if is_expected(error):
            leave(WRONG_INPUT, "error", words_of(error), as_json)
        leave(INTERNAL_ERROR, "error", last_resort(error), as_json)


def fill_closed_streams() -> None:
    """Open nothing in place of streams that the caller closed.

    Else the next file that is opened, such as a song, would get their number, and with it all that
    a library prints.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)  # the lowest that is free
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))


def stop_behind(error: Exception) -> BaseException | None:
    """Return the stop that became `error` on its way, as in a library's import; None for none."""
    cause = error.__cause__
    while cause is not None and not isinstance(cause, STOPS):
        cause = cause.__cause__
    return cause


def leave_stopped(stop: BaseException, as_json: bool) -> NoReturn:
    """Say that the program was stopped, and exit."""
    code = TERMINATED if isinstance(stop, Terminated) else CANCELLED
    leave(code, "cancelled", "cancelled", as_json)


def leave(code: int, event: str, message: str, as_json: bool) -> NoReturn:
    """Say `message` and exit with `code`."""
    ignore_signals()  # a second Ctrl+C would only break the goodbye
    line = one_line(message)
    with suppress(OSError):  # a full or closed stdout may be the very error
        if as_json:
            write_json(event, message=line, exit_code=code)
    with suppress(OSError):
        sys.stderr.write(f"partimento: {line}\n")
        sys.stderr.flush()
    empty_stdout()
    sys.exit(code)


def empty_stdout() -> None:
    """Send what stdout cannot write to nowhere; else Python would end with a status of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device)
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def is_expected(error: Exception) -> bool:
    """Return whether `error` is about the input or the machine, in words for the user."""
    from desktop.cli.expected import EXPECTED  # noqa: PLC0415 (all that can fail is slow to import)

    return isinstance(error, EXPECTED)


def words_of(error: Exception) -> str:
    """Return the message of an expected error; the system's own lack what to do."""
    if not isinstance(error, OSError):
        return str(error)
    where = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
    reason = error.strerror or str(error)
    return f"{where}{reason}; check the path, whether you may use it, and the room on the disk"


def last_resort(error: Exception) -> str:
    """Return a line about an error that nobody foresaw, its traceback written to a file."""
    summary = f"internal error ({type(error).__name__}: {error})"
    try:
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
    except OSError as refused:
        return f"{summary}; its details could not be written down ({refused})"
    return f"{summary}; please report it with the details in {path}"


def log_path() -> Path:
    """Return a file for a traceback, one for each second and process."""
    from platformdirs import user_log_path  # noqa: PLC0415 (only needed when all is lost)

    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return user_log_path("partimento", appauthor=False) / f"error-{moment}-{os.getpid()}.txt"
