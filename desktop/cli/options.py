"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from desktop.cli.report import make_report
from desktop.document.song import MAX_SEED

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]
DEVICES: Final = ("auto", "cuda", "webgpu", "directml", "coreml", "cpu")


class Text(click.ParamType[str]):
    """Words that a song can hold: a terminal of another charset may send what is no text."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if legible(value) != value:
            self.fail(f"{value!r} is no text in this terminal's charset; type it again", param, ctx)
        return value


def legible(text: str) -> str:
    """Return `text`, as a name of a file, with `?` where its bytes are no letters."""
    return text.encode(errors="replace").decode()


TEXT: Final = Text()
FOLDER: Final = click.Path(path_type=Path)
FILE: Final = click.Path(path_type=Path)


def reporting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the option --json, and in its place a Report as `report`."""

    @click.option("--json", "as_json", is_flag=True, help="Write events as JSON, one a line.")
    @wraps(command)
    def reported(*arguments: Any, as_json: bool, **options: Any) -> Any:
        return command(*arguments, report=make_report(as_json), **options)

    return reported


def options(*decorators: Decorator) -> Decorator:
    """Return the decorators as one; the first is the first in the help."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


render_options: Final = options(
    click.option("--takes", type=click.IntRange(1, 1000), default=1, help="Takes for each region."),
    click.option(
        "--seed",
        type=click.IntRange(0, MAX_SEED),
        help="In place of the regions' seeds; further takes count on from it.",
    ),
    click.option("--steps", type=click.IntRange(1, 1000), help="In place of the pack's steps."),
    click.option(
        "--pack",
        "pack_id",
        metavar="ID",
        help="In place of the song's pack and of those of regions.",
    ),
    click.option(
        "--device",
        type=click.Choice(DEVICES),
        default="auto",
        show_default=True,
        help="What to render on.",
    ),
    click.option("--threads", type=click.IntRange(1, 1024), help="Threads on the CPU."),
)
track_option: Final = click.option(
    *("--track", "tracks"), multiple=True, metavar="NAME", help="Only this track; its name or id."
)
region_option: Final = click.option(
    "--region", "region_ids", type=int, multiple=True, metavar="ID", help="Only this region."
)
format_options: Final = options(
    click.option(
        "--format",
        "file_format",
        type=click.Choice(("wav", "flac")),
        default="wav",
        show_default=True,
        help="Of stems and mix.",
    ),
    click.option(
        "--bits",
        type=click.Choice((16, 24, 32)),
        help="A sample; 32 is float. By default 32 for WAV, 24 for FLAC.",
    ),
)
