"""Which role a track most likely has, by its name and its notes."""

import re
from collections.abc import Sequence
from typing import Final

from desktop.document.query import PlacedNote
from desktop.document.song import Role

_BASS_BELOW_PITCH: Final = 48.0  # C3, below which hardly any melody lies
_POLYPHONIC_FROM: Final = 1.3  # notes that sound at once, on average; legato alone stays below

# In this order: a bass drum is a drum, and 低音鼓 too.
_WORDS: Final[tuple[tuple[Role, str, str], ...]] = (
    ("drums", r"drums?|drumkit|percussion|perc|kick|snare|hi ?hat|cymbals?", "鼓|打击"),
    ("bass", r"bass|bassline|contrabass|sub", "贝斯|貝斯|低音"),
    ("lead", r"lead|melody|vocals?|voice|vox|solo|theme", "旋律|主音|独奏|獨奏|人声|人聲"),
    (
        "harmony",
        r"pads?|chords?|harmony|strings?|accompaniment|comp|arp",
        "和弦|和声|和聲|伴奏|铺底|鋪底|弦乐|弦樂",
    ),
)


def guess_role(name: str, notes: Sequence[PlacedNote], *, on_drum_channel: bool = False) -> Role:
    """Return the role that the channel, else the name, else the notes suggest."""
    if on_drum_channel:
        return "drums"
    return _role_by_name(name) or _role_by_notes(notes)


def _role_by_name(name: str) -> Role | None:
    spoken = re.sub(r"[\W\d_]+", " ", name.lower())
    for role, english, chinese in _WORDS:
        if re.search(rf"\b({english})\b", spoken) or re.search(chinese, spoken):
            return role
    return None


def _role_by_notes(notes: Sequence[PlacedNote]) -> Role:
    if _polyphony(notes) >= _POLYPHONIC_FROM:
        return "harmony"
    mean_pitch = sum(note.pitch for note in notes) / max(1, len(notes))
    return "bass" if notes and mean_pitch < _BASS_BELOW_PITCH else "lead"


def _polyphony(notes: Sequence[PlacedNote]) -> float:
    sounding = covered = until = 0
    for note in sorted(notes):
        sounding += note.end - note.start
        covered += max(0, note.end - max(note.start, until))
        until = max(until, note.end)
    return sounding / max(1, covered)
