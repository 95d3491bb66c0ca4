"""Files from elsewhere as edits of the open song."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.edits import add_marker, add_track
from desktop.document.song import Song, Track
from desktop.document.time import Tick
from desktop.importing.audio import SUFFIXES as AUDIO_SUFFIXES
from desktop.importing.audio import ImportedAudio, import_audio, place_audio
from desktop.importing.tracks import with_tracks
from desktop.midi.reading import read_midi
from desktop.session.session import Edit, Session
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool

MIDI_SUFFIXES: Final = (".mid", ".midi")
SHARE_TOLD: Final = 0.01


def is_midi(path: Path) -> bool:
    """Return whether `path` is named as a MIDI file."""
    return path.suffix.lower() in MIDI_SUFFIXES


def is_audio(path: Path) -> bool:
    """Return whether `path` is named as an audio file that can be read."""
    return path.suffix.lower() in AUDIO_SUFFIXES


class _CancelledError(Exception):
    """The user does not want the file any more."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    tick: Tick
    on_done: Callable[[int], object]


class Bringing(QObject):
    """Reads files in a thread, and brings them in as tracks. Use it from the window's thread.

    Audio goes into the take pool; it starts at the tick asked for, and so does a MIDI file, but in
    a song without tracks: there it brings its tempo and starts the song.
    """

    changed = Signal()  # which file is being read, and how much of it
    _read = Signal(object, object)  # _File, Edit
    _failed = Signal(str)  # empty when it was cancelled
    _progressed = Signal(float)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[_File] = deque()
        self._reading: _File | None = None
        self._thread: Thread | None = None
        self._cancelled = Event()
        self.share = 0.0  # of the file that is being read
        self._read.connect(self._put_in)
        self._failed.connect(self._give_up)
        self._progressed.connect(self._progress)

    @property
    def file(self) -> Path | None:
        """Return the file that is being read."""
        return self._reading.path if self._reading is not None else None

    def bring_in(
        self, path: Path, tick: Tick, on_done: Callable[[int], object] = lambda _row: None
    ) -> None:
        """Add a file as tracks of their own; `on_done` is told the row of the first."""
        self._waiting.append(_File(path, tick, on_done))
        self._read_next()

    def cancel(self) -> None:
        """Read no further, nor any file that waits."""
        self._waiting.clear()
        self._cancelled.set()

    def close(self) -> None:
        """Cancel, and wait until that has been heard of."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _read_next(self) -> None:
        if self._thread is not None or not self._waiting:
            return
        self._cancelled.clear()
        self._reading, self.share = self._waiting.popleft(), 0.0
        self._thread = Thread(target=self._work, args=(self._reading,), name="bringing")
        self._thread.start()
        self.changed.emit()

    def _work(self, file: _File) -> None:
        told = 0.0

        def tell(share: float) -> None:
            nonlocal told
            if self._cancelled.is_set():
                raise _CancelledError
            if share >= told + SHARE_TOLD:
                told = share
                self._progressed.emit(share)

        try:
            change = _change(file, self._session.takes, tell)
        except _CancelledError:
            self._failed.emit("")
        except (StorageError, ValueError) as error:
            self._failed.emit(str(error))
        except Exception as error:
            self._failed.emit(f"{type(error).__name__}: {error}")
            raise
        else:
            self._read.emit(file, change)

    def _progress(self, share: float) -> None:
        self.share = share
        self.changed.emit()

    def _put_in(self, file: _File, change: Edit) -> None:
        if not self._cancelled.is_set():
            self._edit(file, change)
        self._go_on()

    def _give_up(self, message: str) -> None:
        if message:
            self._session.failed.emit(message)
        self._go_on()

    def _go_on(self) -> None:
        if self._thread is not None:
            self._thread.join()  # it has said its last
        self._thread = self._reading = None
        self.changed.emit()
        self._read_next()

    def _edit(self, file: _File, change: Edit) -> None:
        name = self.tr("Import {name}").format(name=file.path.name)
        row = len(self._session.song.tracks)
        if self._session.edit(name, change):
            self._session.said.emit(self.tr("Imported {name}").format(name=file.path.name))
            file.on_done(row)


def _change(file: _File, takes: TakePool, tell: Callable[[float], object]) -> Edit:
    """Return the edit that brings in the file, once it is read; `tell` may stop that by raising."""
    if not is_audio(file.path):
        return partial(_with_midi, read=read_midi(file.path, tell), tick=file.tick)
    audio = import_audio(file.path, takes, tell)
    return partial(_with_audio, name=file.path.stem, tick=file.tick, audio=audio)


def _with_audio(song: Song, name: str, tick: Tick, audio: ImportedAudio) -> Song:
    return place_audio(add_track(song, name, "mix"), song.next_id, tick, audio)


def _with_midi(song: Song, read: Song, tick: Tick) -> Song:
    if song.tracks:
        return with_tracks(song, tuple(_later(track, tick) for track in read.tracks))
    filled = with_tracks(song, read.tracks)
    filled = replace(filled, tempo_map=read.tempo_map)  # an empty song has no tempo to keep to
    for marker in read.markers:
        filled = add_marker(filled, marker.tick, marker.name)
    return filled


def _later(track: Track, tick: Tick) -> Track:
    clips = tuple(replace(clip, start=Tick(clip.start + tick)) for clip in track.clips)
    return replace(track, clips=clips)
