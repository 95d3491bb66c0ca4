"""A library of prompts as a file to be given on: JSON, with a version."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from desktop.storage.errors import StorageError
from desktop.storage.files import read_file, write_atomically

VERSION: Final = 1
MAX_BYTES: Final = 64 * 2**20
SHIPPED: Final = Path(__file__).with_name("starter.json")

Words = Annotated[str, Meta(min_length=1)]  # of any length: what a library holds comes back
Count = Annotated[int, Meta(ge=0, le=2**53)]


class MadeTake(msgspec.Struct, frozen=True):
    """A take that a prompt made: the song's folder, and the hash under which its pool has it."""

    song: str
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A prompt and all that is known of it."""

    text: Words
    tags: tuple[Words, ...] = ()
    rating: Annotated[int, Meta(ge=0, le=5)] = 0
    uses: Count = 0
    elo: Annotated[float, Meta(ge=-10_000.0, le=10_000.0)] = 1500.0
    compared: Count = 0
    takes: tuple[MadeTake, ...] = ()


class PromptFile(msgspec.Struct, frozen=True):
    """What the file holds."""

    partimento_prompts: int
    prompts: tuple[Kept, ...]


class PromptFileError(StorageError):
    """A file of prompts cannot be read."""


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return `tags` without spaces around and doubles; none has a new line or a comma."""
    words = (word for tag in tags for word in tag.replace("，", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def write_prompts(path: Path, prompts: Iterable[Kept]) -> None:
    """Write `prompts` to `path`, whole or not at all; StorageError."""
    data = msgspec.json.encode(PromptFile(VERSION, tuple(prompts)))
    write_atomically(path, msgspec.json.format(data, indent=1) + b"\n")


def read_prompts(path: Path) -> tuple[Kept, ...]:
    """Return the prompts in the file at `path`; StorageError."""
    data, advice = read_file(path, MAX_BYTES), "choose a file that Partimento exported"
    try:
        file = msgspec.json.decode(data, type=PromptFile)
        "".join(kept.text for kept in file.prompts).encode()
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise PromptFileError(path, f"is no file of prompts ({error})", advice) from error
    if file.partimento_prompts > VERSION:
        problem = "was written by a newer version of Partimento"
        raise PromptFileError(path, problem, "update Partimento to read it")
    if any(not kept.text.strip() for kept in file.prompts):
        raise PromptFileError(path, "holds a prompt that says nothing", advice)
    return file.prompts
