"""The program with its window: which song is open, and how it comes to be."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from desktop.document.query import longest_prompt
from desktop.document.song import MAX_PROMPT_LETTERS
from desktop.engine.client import AudioEngine
from desktop.session.midi_input import MidiInput
from desktop.session.playback import Playback, PolledEngine
from desktop.session.prompts import PromptShelf
from desktop.session.recording import Recorder
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.errors import StorageError
from desktop.storage.project import AUTOSAVE, Project, project_path
from desktop.storage.view import read_view, write_view
from ui.dialogs.appearance_page import chosen_text
from ui.dialogs.audio_choice import chosen_audio
from ui.dialogs.models import chosen_device
from ui.questions import ask_to_recover, tell
from ui.shared.actions import Actions
from ui.shared.language import chosen_language, speak
from ui.shared.scale import TimeScale
from ui.shared.snap import Snap
from ui.shared.studio import Studio
from ui.shared.theme import THEMES, Look
from ui.shared.wear import wear
from ui.songs import make_song, recent_songs, remember_song, songs_folder
from ui.window import MainWindow

NAME: Final = "partimento"
THREAD_END_S: Final = 0.5


class Program(QObject):
    """Holds the window of the open song; opening another song changes the window for its own."""

    def __init__(
        self,
        application: QApplication,
        settings: QSettings,
        engine: PolledEngine | None = None,
        midi: MidiInput | None = None,
        workshop: Workshop | None = None,
    ) -> None:
        """`engine`, `midi` and `workshop` serve every song in turn; who made them closes them."""
        super().__init__(application)
        self._engine, self._midi = engine, midi or MidiInput(settings, parent=self)
        self._workshop = workshop or Workshop()
        self._recorder: Recorder | None = None
        self._playback: Playback | None = None
        self._settings = settings
        self._application = application
        self.window: MainWindow | None = None
        wear(application, self._look(self))  # a question may come before the first window

    def start(self, path: Path | None) -> bool:
        """Open `path`, by default the last song or else a new one; return whether it went well."""
        if path is not None:
            return self.open(path if path.exists() else project_path(path))
        return any(map(self.open, recent_songs(self._settings)[:1])) or self._open_new()

    def open(self, folder: Path) -> bool:
        """Open the song at `folder` in place of the present one; return whether it is open."""
        if self.window is not None and self._is_open(folder):
            return True
        try:
            project = Project.open(folder)
        except StorageError as error:
            tell(self.window, str(error))
            return False
        if self.window is not None and not self.window.may_leave():
            project.close()
            return False
        self._show(self._session_of(project))
        return True

    def end(self) -> None:
        """Leave without a question; the autosave holds what is not saved."""
        if self.window is not None:
            self.window.leave()
        # quit() would close the window, which asks; at once would be too early where none runs yet
        QTimer.singleShot(0, QApplication.exit)

    def _is_open(self, folder: Path) -> bool:
        return self.window is not None and (
            self.window.studio.session.folder.resolve() == folder.resolve()
        )

    def _open_new(self) -> bool:
        try:
            return self.open(make_song(songs_folder(), self.tr("Untitled")))
        except StorageError as error:
            tell(self.window, str(error))
            return False

    def _session_of(self, project: Project) -> Session:
        session, recovered = Session(project, self), project.opened.recovered
        autosave = project.folder / AUTOSAVE
        if recovered is not None and autosave.exists():
            saved = datetime.fromtimestamp(autosave.stat().st_mtime).astimezone()
            if ask_to_recover(self.window, recovered.title or project.folder.stem, saved):
                session.edit(self.tr("Recover"), lambda _: recovered)
        return session

    def _show(self, session: Session) -> None:
        before = self.window
        self.window = window = MainWindow(self._studio(session))
        window.files.wanted.connect(self.open)
        window.files.saved_as.connect(self._go_on_at)
        window.gone.connect(lambda: self._let_go(window))
        remember_song(self._settings, session.folder)
        self._tell_condition(session)
        window.studio.rendering.warm_up_for_regions()
        self._show_as_left(window)
        if before is not None:
            before.leave()
            before.hide()
        transport = window.studio.transport
        self._recorder = Recorder(session, transport, self._midi, session)
        if self._engine is not None:
            listening = window.studio.listening
            self._playback = Playback(session, transport, self._engine, session, listening)
        window.transport.melody.recover()

    def _show_as_left(self, window: MainWindow) -> None:
        view = read_view(window.studio.session.folder)
        if view is not None:
            window.open_panels(view)  # first: how far one can scroll depends on the room they leave
        window.show()
        if view is not None:
            window.look(view)
        else:
            window.studio.actions["timeline.zoom_all"].trigger()

    def _studio(self, session: Session) -> Studio:
        # All of it goes with the session, and with it what panels have connected to it.
        look = self._look(session)
        wear(self._application, look)
        return Studio(
            session,
            Transport(session),
            Actions(self._settings, session),
            look,
            TimeScale(parent=session),
            self._settings,
            Rendering(session, self._workshop, session),
            Snap(self._settings, session),
            self._midi,
            PromptShelf(session),
        )

    def _look(self, parent: QObject) -> Look:
        theme = str(self._settings.value("theme", "dark"))
        text_percent = chosen_text(self._settings)
        return Look(theme if theme in THEMES else "dark", parent, text_percent)

    def _tell_condition(self, session: Session) -> None:
        opened = session.project.opened
        if opened.autosave_error is not None:
            session.failed.emit(str(opened.autosave_error))
        elif missing := opened.missing_takes:
            session.failed.emit(
                self.tr("The audio of {n} takes is missing, the first at {path}").format(
                    n=len(missing), path=missing[0].path
                )
            )
        elif (longest := longest_prompt(session.song)) > MAX_PROMPT_LETTERS:
            session.failed.emit(
                self.tr(
                    "A prompt has {n} letters; all are kept, but from {most} on it can only be "
                    "shortened"
                ).format(n=longest, most=MAX_PROMPT_LETTERS)
            )

    def _go_on_at(self, folder: Path) -> None:
        if self.window is not None:
            write_view(folder, self.window.view)
            self.window.studio.session.discard()
            self.open(folder)

    def _let_go(self, window: MainWindow) -> None:
        session = window.studio.session
        window.studio.rendering.close()
        if self._recorder is not None and self._recorder.parent() is session:
            self._recorder.close()  # while the engine still takes the ends of notes
            self._recorder = None
        if self._playback is not None and self._playback.parent() is session:
            self._playback.close()
            self._playback = None
        session.close()
        window.deleteLater()
        session.deleteLater()
        if self.window is window:
            self.window = None


def run(path: Path | None) -> int:
    """Show the window with the song at `path`, by default the last one; return the exit status."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("Partimento")
    settings = QSettings(NAME, NAME)
    speak(application, chosen_language(settings))
    engine, midi, workshop = AudioEngine(), MidiInput(settings), Workshop(chosen_device(settings))
    program = Program(application, settings, engine, midi, workshop)
    _heed(signal.SIG_DFL)  # a question before the window lets no Python run that could heed them
    if not program.start(path):
        return 2
    _heed(lambda *_: program.end())
    # Once the window is there: a device may take its time to open.
    engine.start(chosen_audio(settings))
    midi.start()
    try:
        status = application.exec()
    finally:
        midi.close()
        engine.close()
        workshop.close()
    end_threads(status)
    return status


def _heed(handler: Callable[..., object] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def end_threads(status: int) -> None:
    """Let threads that look at takes end; end the program with `status` where one goes on.

    Python would stop them within a library, which ends the program with a crash.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # tells them to end
    others = [
        thread for thread in threading.enumerate() if thread is not threading.current_thread()
    ]
    for thread in others:
        thread.join(THREAD_END_S)
    if any(thread.is_alive() for thread in others):
        os._exit(status)
