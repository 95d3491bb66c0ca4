"""What every panel is given."""

from dataclasses import dataclass, field

from PySide6.QtCore import QSettings

from desktop.session.bringing import Bringing
from desktop.session.listening import Listening
from desktop.session.midi_input import MidiInput
from desktop.session.prompts import PromptShelf
from desktop.session.rendering import Rendering
from desktop.session.session import Session
from desktop.session.transport import Transport
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.snap import Snap
from ui.shared.theme import Look


@dataclass(frozen=True, slots=True)
class Studio:
    """The open project and what is common to the panels; `scale` is the timeline's."""

    session: Session
    transport: Transport
    actions: Actions
    look: Look
    scale: TimeScale
    settings: QSettings
    rendering: Rendering
    snap: Snap = field(default_factory=Snap)
    midi: MidiInput = field(default_factory=MidiInput)
    prompts: PromptShelf = field(default_factory=PromptShelf)
    listening: Listening = field(default_factory=Listening)
    bringing: Bringing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bringing", Bringing(self.session, self.session))
