"""What a command says: bars on a terminal, lines elsewhere, JSON for programs."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVENT_EVERY: Final = 0.01  # share of the work between two events
LINE_EVERY: Final = 0.25  # and between two lines


class OnShare(Protocol):
    """Told how far a piece of work is."""

    def __call__(self, share: float, what: str, seconds_left: float | None) -> None: ...


class Report(Protocol):
    """What a command tells its user or the program that called it."""

    def note(self, text: str, event: str = "note", **fields: Any) -> None:
        """Say something beside the results."""

    def result(self, text: str, event: str, **fields: Any) -> None:
        """Say something that was asked for."""

    def progress(self, title: str, **fields: Any) -> AbstractContextManager[OnShare]:
        """Give what is told how far the work of the block is."""


class JsonReport:
    """One JSON object a line, on stdout."""

    def note(self, text: str, event: str = "note", **fields: Any) -> None:
        write_json(event, **({} if fields else {"message": text}), **fields)

    def result(self, text: str, event: str, **fields: Any) -> None:  # noqa: ARG002
        write_json(event, **fields)

    @contextmanager
    def progress(self, title: str, **fields: Any) -> Iterator[OnShare]:
        write_json("job", title=title, **fields)
        told = -1.0

        def on_share(share: float, what: str, seconds_left: float | None) -> None:
            nonlocal told
            if abs(share - told) >= EVENT_EVERY or share == 1:
                told, left = share, None if seconds_left is None else round(seconds_left, 2)
                share = round(share, 4)
                write_json("progress", **fields, share=share, what=what, seconds_left=left)

        yield on_share


class LineReport:
    """Plain lines: results on stdout, all else on stderr."""

    def note(self, text: str, event: str = "note", **fields: Any) -> None:  # noqa: ARG002
        sys.stderr.write(f"{one_line(text)}\n")
        sys.stderr.flush()

    def result(self, text: str, event: str, **fields: Any) -> None:  # noqa: ARG002
        sys.stdout.write("\n".join(map(printable, text.split("\n"))) + "\n")
        sys.stdout.flush()

    @contextmanager
    def progress(self, title: str, **fields: Any) -> Iterator[OnShare]:  # noqa: ARG002
        self.note(f"{title} ...")
        due = LINE_EVERY

        def on_share(share: float, what: str, seconds_left: float | None) -> None:
            nonlocal due
            if due <= share < 1:
                due = share - share % LINE_EVERY + LINE_EVERY
                self.note(f"{title}: {share:.0%}, {what}{words_for(seconds_left)}")

        yield on_share


class BarReport(LineReport):
    """Bars with the time left, for a terminal."""

    @contextmanager
    def progress(self, title: str, **fields: Any) -> Iterator[OnShare]:  # noqa: ARG002
        with make_bars() as bars:
            yield bar_mover(bars, bars.add_task(one_line(title), total=1.0, what="", left=""))


def make_bars() -> "Progress":
    """Return rich's bars, on stderr, gone when they are done."""
    from rich.console import Console  # noqa: PLC0415 (rich is slow to import)
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

    columns = ("{task.description}", "{task.fields[what]}", "{task.fields[left]}")
    texts = [TextColumn(column, markup=False) for column in columns]
    console = Console(stderr=True, highlight=False)
    return Progress(
        texts[0], BarColumn(), TaskProgressColumn(), *texts[1:], console=console, transient=True
    )


def bar_mover(bars: "Progress", task: "TaskID") -> OnShare:
    def on_share(share: float, what: str, seconds_left: float | None) -> None:
        bars.update(task, completed=share, what=what, left=words_for(seconds_left)[2:])

    return on_share


def make_report(as_json: bool) -> Report:
    """Return the report for the way in which the program was called."""
    if as_json:
        return JsonReport()
    return BarReport() if sys.stderr.isatty() else LineReport()


def write_json(event: str, **fields: Any) -> None:
    """Write an event to stdout, at once."""
    sys.stdout.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def counted(number: int, noun: str) -> str:
    """Return the number of things, as in "1 file" and "2 files"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def words_for(seconds_left: float | None) -> str:
    """Return the time left as people say it, with a comma in front; nothing when unknown."""
    if seconds_left is None:
        return ""
    minutes, seconds = divmod(round(seconds_left), 60)
    return f", {minutes} min {seconds} s left" if minutes else f", {seconds} s left"


def one_line(text: str) -> str:
    """Return `text` on one line, without signs that would move a terminal's cursor."""
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """Return `text` with the signs that a terminal would obey written out."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
