"""Which files an export writes, known before it does, and their names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from desktop.document.query import sounding_tracks
from desktop.document.song import Song
from desktop.exporting.options import ExportOptions

Kind = Literal["stem", "mix", "midi"]

MAX_NAME_BYTES: Final = 80  # a file's name holds two, and no file system takes more than 255
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the export; a stem has a track and its name as `title`."""

    name: str
    kind: Kind
    title: str
    track_id: int | None = None


def planned_files(song: Song, out: Path, options: ExportOptions) -> list[Path]:
    """Return the files that the export writes or replaces in `out`, in order."""
    return [out / file.name for file in plan(song, options)]


def plan(song: Song, options: ExportOptions) -> list[PlannedFile]:
    """Return the files of the export: a stem for each track that is heard, mix and MIDI.

    A stem carries the number of its track in the song, which stays when others are muted; it
    keeps tracks of one name apart, and all of them from the mix.
    """
    title = safe_name(song.title) or "song"
    files = [*_stems(song, title, options)] if options.stems else []
    if options.mix:
        files.append(PlannedFile(f"{title} - mix.{options.file_format}", "mix", "mix"))
    if options.midi:
        files.append(PlannedFile(f"{title}.mid", "midi", song.title))
    return files


def _stems(song: Song, title: str, options: ExportOptions) -> Iterator[PlannedFile]:
    numbers = {track.id: number for number, track in enumerate(song.tracks, start=1)}
    digits = max(2, len(str(len(song.tracks))))
    for track in sounding_tracks(song):
        name = f"{numbers[track.id]:0{digits}} {safe_name(track.name) or track.role}"
        file_name = f"{title} - {name}.{options.file_format}"
        yield PlannedFile(file_name, "stem", track.name, track.id)


def safe_name(text: str) -> str:
    """Return `text` as every usual file system takes it in a name; maybe nothing is left."""
    text = "".join(letter for letter in unicodedata.normalize("NFC", text) if _visible(letter))
    name = _cut(_FORBIDDEN.sub("_", text)).strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def _visible(letter: str) -> bool:
    # Control and direction marks can make a name look like another; Cs and Cn are no letters.
    return letter == " " or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


def _cut(text: str) -> str:
    return text.encode()[:MAX_NAME_BYTES].decode(errors="ignore")
