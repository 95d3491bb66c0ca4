"""What is wrong with files and values, said in one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from inference.errors import InferenceError
from onnx_models.synth import MissingSoundFontError


@contextmanager
def told() -> Iterator[None]:
    """Turn an error about a file, a value, a pack or a SoundFont into one line and a status."""
    try:
        yield
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        advice = "check the folders that were named, and what has to be made before (see --help)"
        raise click.ClickException(f"{where}{error.strerror or error}; {advice}") from error
    except (ValueError, InferenceError, MissingSoundFontError) as error:
        raise click.ClickException(str(error)) from error


class ToldGroup(click.Group):
    """Commands whose errors are told so."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for."""
        with told():
            return super().invoke(ctx)


class ToldCommand(click.Command):
    """One whose errors are told so."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        with told():
            return super().invoke(ctx)
