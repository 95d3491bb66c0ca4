"""Write `greensleeves.partimento`, the example song: `python examples/make_greensleeves.py`.

The melody is the English ballad tune of about 1580, in the public domain, here in A minor with the
raised sixth of the Dorian mode. The accompaniment was written for this file.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from desktop.document.song import Clip, Marker, Note, Region, Role, Settings, Song, Track
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import PPQ, Tick
from desktop.storage.project import Project

EXAMPLE = Path(__file__).with_name("greensleeves.partimento")
EIGHTH = PPQ // 2
BAR = 6 * EIGHTH  # a bar of 6/8 and one of 3/4 are equally long
VERSE, REFRAIN, CODA, END = (Tick(bars * BAR) for bars in (2, 10, 18, 22))
PICKUP = Tick(VERSE - EIGHTH)

# name and octave, then the length in eighths; the bars stand one a line
VERSE_LINE = """
    A4 1
    C5 2  D5 1  E5 1.5 F#5 .5 E5 1
    D5 2  B4 1  G4 1.5 A4 .5  B4 1
    C5 2  A4 1  A4 1.5 G#4 .5 A4 1
    B4 2  G#4 1 E4 2   A4 1
    C5 2  D5 1  E5 1.5 F#5 .5 E5 1
    D5 2  B4 1  G4 1.5 A4 .5  B4 1
    C5 1.5 B4 .5 A4 1 G#4 1.5 F#4 .5 G#4 1
    A4 3  A4 3
"""
REFRAIN_LINE = """
    G5 3        G5 1.5 F#5 .5 E5 1
    D5 2  B4 1  G4 1.5 A4 .5  B4 1
    C5 2  A4 1  A4 1.5 G#4 .5 A4 1
    B4 2  G#4 1 E4 3
    G5 3        G5 1.5 F#5 .5 E5 1
    D5 2  B4 1  G4 1.5 A4 .5  B4 1
    C5 1.5 B4 .5 A4 1 G#4 1.5 F#4 .5 G#4 1
    A4 6
"""
CODA_LINE = """
    C5 3  B4 1 A4 2
    G#4 3 F#4 1 G#4 2
    A4 6
    A4 6
"""
SEMITONES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
CHORDS = {
    "Am": ("A2", "A3 C4 E4"),
    "G": ("G2", "G3 B3 D4"),
    "E": ("E2", "G#3 B3 E4"),
    "C": ("C3", "G3 C4 E4"),
}
INTRO = "Am Am Am Am"  # two chords a bar
VERSE_CHORDS = "Am Am G G Am Am E E Am Am G G Am E Am Am"
REFRAIN_CHORDS = "C C G G Am Am E E C C G G Am E Am Am"
CODA_CHORDS = "Am Am E E Am Am Am Am"
HARMONY = f"{INTRO} {VERSE_CHORDS} {REFRAIN_CHORDS} {CODA_CHORDS}".split()

KICK, STICK, HAT, TAMBOURINE = 36, 37, 42, 54
SIX_EIGHT = (
    *((0, KICK, 92), (0, HAT, 60), (1, HAT, 44), (2, HAT, 50)),
    *((3, STICK, 76), (3, HAT, 58), (4, HAT, 44), (5, HAT, 52)),
)
THREE_FOUR = ((0, KICK, 84), (2, TAMBOURINE, 48), (4, TAMBOURINE, 52))


class Sound(NamedTuple):
    """A note in ticks of the song, before it belongs to a clip."""

    start: int
    length: int
    pitch: int
    velocity: int


class Prompted(NamedTuple):
    """A region before it has an id."""

    start: Tick
    end: Tick
    prompt: str
    seed: int


def pitch(name: str) -> int:
    """Return the MIDI number of a name as `F#5`; C4 is 60."""
    return 12 * (int(name[-1]) + 1) + SEMITONES.index(name[:-1])


def line(text: str, start: int) -> Iterator[Sound]:
    """Yield the notes of `text`, one after another from `start`; those on the beat are louder."""
    words = text.split()
    for name, eighths in zip(words[::2], words[1::2], strict=True):
        length = round(float(eighths) * EIGHTH)
        velocity = 98 if start % (3 * EIGHTH) == 0 else 84
        yield Sound(start, length - 20, pitch(name), velocity)
        start += length


def melody() -> Iterator[Sound]:
    yield from line(VERSE_LINE, PICKUP)
    yield from line(REFRAIN_LINE, REFRAIN)
    yield from line(CODA_LINE, CODA)


def broken_chords() -> Iterator[Sound]:
    """Yield each chord broken upwards in eighths; in the coda they are struck and held."""
    for half, name in enumerate(HARMONY):
        start = half * BAR // 2
        for step, note in enumerate(CHORDS[name][1].split()):
            at = start + step * (EIGHTH if start < CODA else PPQ // 24)
            yield Sound(at, start + BAR // 2 - at, pitch(note), 70 - 4 * step)


def bass() -> Iterator[Sound]:
    """Yield a root on each half bar, lighter on the second."""
    for half, name in enumerate(HARMONY):
        yield Sound(half * BAR // 2, BAR // 2 - 60, pitch(CHORDS[name][0]), 88 - 14 * (half % 2))


def drums() -> Iterator[Sound]:
    """Yield the pattern of each bar up to the last two, which ring out."""
    for start in range(0, END - 2 * BAR, BAR):
        for eighth, key, velocity in SIX_EIGHT if start < CODA else THREE_FOUR:
            yield Sound(start + eighth * EIGHTH, EIGHTH // 2, key, velocity)
    yield Sound(END - 2 * BAR, EIGHTH, KICK, 80)


def make_track(
    ids: Iterator[int], name: str, role: Role, sounds: Iterable[Sound], regions: Iterable[Prompted]
) -> Track:
    """Return a track with one clip over the whole song."""
    clip_id = next(ids)
    notes = (Note(n, Tick(s.start), Tick(s.length), *s[2:]) for n, s in enumerate(sounds, start=1))
    clip = Clip(clip_id, Tick(0), END, tuple(notes))
    placed = tuple(Region(next(ids), r.start, r.end, r.prompt, seed=r.seed) for r in regions)
    return Track(
        next(ids), name, COLOURS[role], role, GAINS_DB[role], clips=(clip,), regions=placed
    )


COLOURS: dict[Role, str] = {
    **{"lead": "#d97a3a", "harmony": "#5a9e6f", "bass": "#4a78b5", "drums": "#9a6fb0"},
}
GAINS_DB: dict[Role, float] = {"lead": 0.0, "harmony": -4.0, "bass": -3.0, "drums": -6.0}
FLUTE = "a solo wooden flute, gentle and airy, folk ballad, close and dry"
STRINGS = "warm string ensemble, legato, swelling, cinematic, large hall"
GUITAR = "温暖的尼龙弦吉他，轻柔的分解和弦，民谣，安静"
UPRIGHT = "plucked acoustic upright bass, soft and round"
BRUSHES = "light acoustic drum kit with brushes and tambourine, quiet, folk"


def make_song() -> Song:
    """Return the example song; the same each time."""
    ids = count(1)
    tracks = (
        make_track(
            *(ids, "Melody", "lead", melody()),
            [Prompted(PICKUP, REFRAIN, FLUTE, 1580), Prompted(REFRAIN, END, STRINGS, 1581)],
        ),
        make_track(ids, "Guitar", "harmony", broken_chords(), [Prompted(Tick(0), END, GUITAR, 2)]),
        make_track(ids, "Bass", "bass", bass(), [Prompted(Tick(0), END, UPRIGHT, 3)]),
        make_track(ids, "Drums", "drums", drums(), [Prompted(Tick(0), END, BRUSHES, 4)]),
    )
    places = ((Tick(0), "Intro"), (VERSE, "Verse"), (REFRAIN, "Refrain"), (CODA, "Coda"))
    markers = tuple(Marker(next(ids), tick, name) for tick, name in places)
    tempos = (TempoChange(Tick(0), 84.0), TempoChange(REFRAIN, 92.0), TempoChange(CODA, 76.0))
    metres = (MetreChange(Tick(0), 6, 8), MetreChange(CODA, 3, 4))
    return Song(
        *("Greensleeves", tracks, TempoMap(tempos, metres), markers),
        settings=Settings(key="Am"),
        next_id=next(ids),
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    shutil.rmtree(folder, ignore_errors=True)
    Project.create(folder, make_song()).close()


if __name__ == "__main__":
    main()
