"""Harmony and bass: rhythm patterns read as text, over the plan's chords."""

from collections.abc import Iterator, Sequence
from typing import Final

from onnx_models.composer.plan import ChordSpan, Plan, ScoreNote
from onnx_models.composer.theory import nearest, pick, voiced

SIXTEENTH: Final = 0.25

# One character a sixteenth: x the whole chord, 0-9 one note of it (rising, on through octaves),
# - hold, . rest. A bar of another length crops the pattern or begins it again.
HARMONY_PATTERNS: Final = {
    "pulse4": "x--.x--.x--.x--.",
    "pulse8": "x-x-x-x-x-x-x-x-",
    "pulse16": "xx.xxx.xxx.xxx.x",
    "push": "x-----x---------",
    "ballad": "x---1-2-x---1-2-",
    "stabs": "x..x..x...x..x..",
    "offbeat": "..x...x...x...x.",
    "arp4": "0---1---2---3---",
    "arp8": "0-1-2-3-4-3-2-1-",
    "arp16": "0123012301230123",
    "alberti": "0-2-1-2-0-2-1-2-",
    "travis": "0-2-1-3-0-2-1-3-",
    "strum": "x---x-x...x-x-x-",
    "strum2": "x-----x-x---x-x-",
    "power8": "x.x.x.x.x.x.x.x.",
    "gallop": "x.xxx.xxx.xxx.xx",
    "comp": "x-----x.....x-..",
    "comp2": "..x---..x-....x-",
    "charleston": "x-----x---......",
    "funk16": "x..x.x..x.x..x.x",
    "bossa": "x--x--x---x--x--",
    "bossa2": "x-x...x-..x-..x-",
    "waltz": "....x-..x-..",
    "skank": "....x.......x...",
    "bubble": "..x.x.x...x.x.x.",
    "ostinato": "0-0-2-0-0-2-1-0-",
    "shuffle": "x-..x.x-x-..x.x-",
    "montuno": "0.x1.x0.x.x1.x0.",
    "tango": "x--.x--.x--.x-x-",
}
# As above, with 1 root, 5 fifth, 3 third, 7 the chord's last note, 8 octave, a a step from the next
# root.
BASS_PATTERNS: Final = {
    "long": "1---------------",
    "pedal": "1-------1-------",
    "eighths": "1-1-1-1-1-1-1-1-",
    "sixteenths": "1111111111111111",
    "push": "1-----1-....1-5-",
    "octaves": "1-8-1-8-1-8-1-8-",
    "rock": "1---1-1-..1-1-5-",
    "lazy": "1------..-1-5---",
    "offbeat": "..1-..1-..1-..1-",
    "house": "1..1..1-..8.1.8.",
    "funk": "1..1..8.7.5..11.",
    "funk2": "1.1...1.8.75.1..",
    "walking": "1---3---5---a---",
    "two": "1-------5-------",
    "bossa": "1-----5-5-----1-",
    "one": "1---............",
    "onefive": "1---5---5---",
    "ostinato": "1-1-5-1-1-5-1-1-",
    "sub808": "1-----....1---..",
    "sub808b": "1--1--....1-8-..",
    "reese": "1---------1---5-",
    "reggae": "1---..1-3-5---..",
    "reggae2": "..1-1---..5-3-..",
    "shuffle": "1-.11-.15-.57-.5",
    "rolling": ".111.111.111.111",
    "tumbao": "1-----5-----a---",
    "tango": "1-----5-5---1-a-",
    "gallop": "1.111.111.111.11",
}


def _steps(pattern: str, plan: Plan) -> Iterator[tuple[float, float, str]]:
    """Yield (start, length, symbol) of a pattern over the whole piece; a new chord strikes anew."""
    sixteenths = round(plan.bar_beats / SIXTEENTH)
    start, symbol, chord = 0.0, ".", plan.chords[0]
    for step in range(sixteenths * plan.bars):
        beat = step * SIXTEENTH
        drawn = pattern[step % sixteenths % len(pattern)]
        under = plan.chord_at(beat)
        if drawn == "-" and (under is chord or symbol == "."):
            continue
        if symbol != ".":
            yield start, beat - start, symbol
        start, chord = beat, under
        symbol = symbol if drawn == "-" else drawn
    if symbol != ".":
        yield start, plan.end - start, symbol


def voicings(plan: Plan, centre: int, wide: bool) -> dict[ChordSpan, tuple[int, ...]]:
    """Return each chord's pitches near `centre`, with an open fifth or octave below when `wide`."""
    found = {}
    for chord in plan.chords:
        pitches = voiced(chord.classes, centre)
        low = (nearest(pitches[0] - 9, chord.classes[:1]),) if wide else ()
        found[chord] = (*low, *pitches)
    return found


def pad(plan: Plan, centre: int, wide: bool) -> list[ScoreNote]:
    """Return every chord held for its whole span."""
    pitches = voicings(plan, centre, wide)
    return [
        ScoreNote(chord.start, chord.end - chord.start, pitch)
        for chord in plan.chords
        for pitch in pitches[chord]
    ]


def patterned(plan: Plan, pattern: str, centre: int, *, strummed: bool) -> list[ScoreNote]:
    """Return the chords in the rhythm of `pattern`, spread like a strum when asked."""
    pitches = voicings(plan, centre, wide=False)
    stagger = 0.012 * plan.bpm / 60 if strummed else 0.0
    notes = []
    for start, length, symbol in _steps(pattern, plan):
        chord = pitches[plan.chord_at(start)]
        accent = 1.0 if start % 1 == 0 else 0.88
        if symbol == "x":
            notes += [
                ScoreNote(start + i * stagger, max(length - i * stagger, 0.1), pitch, accent)
                for i, pitch in enumerate(chord)
            ]
        else:
            octave, i = divmod(int(symbol), len(chord))
            notes.append(ScoreNote(start, length, chord[i] + 12 * octave, accent))
    return notes


def harmony_line(plan: Plan, name: str, centre: int, *, strummed: bool) -> list[ScoreNote]:
    """Return the notes of the harmony pattern called `name` around the pitch `centre`."""
    if name == "pad":
        return pad(plan, centre, wide=bool(plan.rng.random() < 0.4))
    return patterned(plan, HARMONY_PATTERNS[name], centre, strummed=strummed)


def bass_line(plan: Plan, name: str, low: int) -> list[ScoreNote]:
    """Return the notes of the bass pattern called `name`, roots from `low` up an octave."""
    notes = []
    for start, length, symbol in _steps(BASS_PATTERNS[name], plan):
        chord = plan.chord_at(start)
        root = low + (chord.classes[0] - low) % 12
        pitch = _bass_pitch(plan, symbol, root, chord, low)
        notes.append(ScoreNote(start, length, pitch, 1.05 if start % plan.bar_beats == 0 else 0.95))
    return notes


def _bass_pitch(plan: Plan, symbol: str, root: int, chord: ChordSpan, low: int) -> int:
    if symbol == "8":
        return root + 12
    if symbol == "a":
        following = plan.chord_at(chord.end).classes[0]
        return low + (following - low) % 12 + pick(plan.rng, (-1, 1, 2, -2))
    member: dict[str, Sequence[int]] = {
        "3": chord.classes[1:2],
        "5": chord.classes[2:3],
        "7": chord.classes[-1:],
    }
    classes = member.get(symbol) or chord.classes[:1]
    return root + (classes[0] - root) % 12


def counter_line(plan: Plan, centre: int) -> list[ScoreNote]:
    """Return a slow second voice: one or two chord notes a chord, moving by the least."""
    notes, pitch = [], centre
    for chord in plan.chords:
        halves = 2 if chord.end - chord.start >= 3 and plan.rng.random() < 0.6 else 1
        length = (chord.end - chord.start) / halves
        for half in range(halves):
            step = pick(plan.rng, (0, 2, -2, 4, -4)) + (centre - pitch) // 6
            pitch = nearest(pitch + step, chord.classes)
            notes.append(ScoreNote(chord.start + half * length, length, pitch))
    return notes
