"""The user's prompts while the program runs: their library, the table of words, the translator."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.document.song import Region, Song, Take
from desktop.prompts.library import Library
from desktop.prompts.library_file import MadeTake
from desktop.prompts.opening import NAME, open_library, user_file
from desktop.prompts.translator import Translator
from desktop.prompts.words import NAME as WORDS_NAME
from desktop.prompts.words import Words, WordsError, load_words
from desktop.session.session import Session
from desktop.storage.errors import StorageError


class PromptShelf(QObject):
    """Opens each when it is first wanted. `changed`: the library says something else now."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator: Translator | None = None
        self._stamp = (0, 0)

    @cached_property
    def library(self) -> Library:
        """Return the library; to change it, use `change`."""
        opened = open_library(user_file(NAME))
        if opened.problem:
            self.failed.emit(opened.problem)
        return opened.library

    @property
    def words_file(self) -> Path:
        """Return where the user's own words are, which may not be there yet."""
        return user_file(WORDS_NAME)

    @property
    def words(self) -> Words:
        """Return the words, those of the user among them."""
        return self.translate.words

    @property
    def translate(self) -> Translator:
        """Return what words tags and moods as a prompt, by the user's words as they are now."""
        stamp = _stamp(self.words_file)
        if self._translator is None or stamp != self._stamp:
            self._stamp, self._translator = stamp, Translator(self._read_words())
        return self._translator

    def change(self, work: Callable[[Library], object]) -> bool:
        """Do `work` on the library; return False, and say why, if it cannot be."""
        try:
            work(self.library)
        except (StorageError, ValueError) as error:
            self.failed.emit(str(error))
            return False
        self.changed.emit()
        return True

    def _read_words(self) -> Words:
        try:
            return load_words(self.words_file)
        except WordsError as error:
            self.failed.emit(str(error))
            return load_words()


def _stamp(path: Path) -> tuple[int, int]:
    """Return what differs once the file has changed; zeros for none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


class TakeMemory(QObject):
    """Tells the library which takes its prompts made, as they come into the song."""

    def __init__(self, session: Session, shelf: PromptShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._shelf = session, shelf
        session.song_changed.connect(self._look)

    def _look(self, before: Song, after: Song) -> None:
        made = tuple(new_takes(before, after))
        song = str(self._session.folder)

        def remember(library: Library) -> None:
            for prompt, sha256 in made:
                library.made(prompt, MadeTake(song, sha256))

        if made:
            self._shelf.change(remember)


def new_takes(before: Song, after: Song) -> Iterator[tuple[str, str]]:
    """Yield prompt and hash of each take that was rendered for `after` and `before` has not."""
    if before.tracks is after.tracks:
        return
    known = {id(track) for track in before.tracks}
    old = {region.id: region for track in before.tracks for region in track.regions}
    for track in after.tracks:
        if id(track) not in known:
            for region in track.regions:
                yield from _rendered(old.get(region.id), region)


def _rendered(before: Region | None, after: Region) -> Iterator[tuple[str, str]]:
    known = {take.id for take in before.takes} if before else set()
    if before is not None and before.takes is after.takes:
        return
    for take in after.takes:
        if take.id not in known and (prompt := _prompt_of(take)):
            yield prompt, take.sha256


def _prompt_of(take: Take) -> str:
    """Return the prompt in the take's recipe; empty for imported audio, which no prompt made."""
    try:
        recipe = take.provenance()
        return str(recipe["requests"][recipe["chain_index"]]["prompt"])
    except (ValueError, LookupError, TypeError):
        return ""
