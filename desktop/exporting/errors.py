"""The one error of this package."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import soundfile  # type: ignore[import-untyped]

from desktop.midi.error import MidiError
from desktop.mixing.errors import MixError
from desktop.storage.errors import StorageError

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class ExportError(Exception):
    """A song cannot be exported; the message says what is wrong, its value, and what to do."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn whatever stops an export to `folder` on the way into an ExportError."""
    try:
        yield
    except (StorageError, MixError, MidiError) as error:
        raise ExportError(str(error)) from error
    except soundfile.LibsndfileError as error:
        reason = f"{error.error_string} (is the disk full?)"
        raise _not_written(folder, reason, "free some space or choose another folder") from error
    except OSError as error:
        advice = "free some space" if error.errno in _FULL else "see to it that you may write there"
        reason = error.strerror or str(error)
        raise _not_written(folder, reason, f"{advice} or choose another folder") from error


def _not_written(folder: Path, reason: str, advice: str) -> ExportError:
    return ExportError(f"cannot export to {folder}: {reason}; {advice}")
