"""Reads what training saved; a file that is something else is named in one line."""

import struct
from pathlib import Path
from pickle import UnpicklingError
from typing import IO, Any, Final

import torch

# What torch.load raises at a file that is no checkpoint, or of another network.
DAMAGED: Final = (AttributeError, EOFError, LookupError, RuntimeError, struct.error, TypeError,
                  UnpicklingError)  # fmt: skip


def read(name: Path, file: IO[bytes] | None = None) -> dict[str, Any]:
    """Return the table saved at `name`, or in `file`, which came from there; else ValueError."""
    try:
        table = torch.load(name if file is None else file, weights_only=True, map_location="cpu")
    except DAMAGED as error:
        raise ValueError(f"{name} is damaged, or no checkpoint; remove it or restore it") from error
    if not isinstance(table, dict):
        raise ValueError(f"{name} holds no table of weights; remove it or restore it")
    return table
