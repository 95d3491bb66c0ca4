"""The lead: melodies from motifs, and the plain things that people sketch."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import Final, NamedTuple

from numpy.random import Generator

from onnx_models.composer.plan import Plan, ScoreNote
from onnx_models.composer.theory import ladder, nearest, pick, voiced

_THIRD: Final = 1 / 3
# Rhythms by the length in quarters that they fill.
CELLS: Final[dict[float, tuple[tuple[float, ...], ...]]] = {
    1.0: (
        (1.0,), (0.5, 0.5), (0.25, 0.25, 0.5), (0.5, 0.25, 0.25), (0.75, 0.25),
        (0.25, 0.5, 0.25), (0.25,) * 4, (_THIRD,) * 3,
    ),
    1.5: ((1.5,), (1.0, 0.5), (0.5, 1.0), (0.5,) * 3, (0.75, 0.25, 0.5), (0.25,) * 6),
    2.0: (
        (2.0,), (1.5, 0.5), (1.0, 1.0), (0.5, 1.0, 0.5), (0.5, 1.5), (0.75, 0.75, 0.5),
        (0.5,) * 4, (1.0, 0.5, 0.5), (2 * _THIRD,) * 3,
    ),
    3.0: ((3.0,), (2.0, 1.0), (1.0, 2.0), (1.5, 1.5), (1.0, 1.0, 1.0), (1.5, 0.5, 1.0)),
    4.0: ((4.0,), (3.0, 1.0), (2.0, 2.0), (1.5, 1.5, 1.0), (2.5, 1.5)),
}  # fmt: skip
_STEPS: Final = (-1, 1, -1, 1, -1, 1, 0, 0, 2, -2, 2, -2, 3, -3, 4, -4)


class Tone(NamedTuple):
    """One note of a motif: offset and length in beats, scale steps from the note before."""

    offset: float
    length: float
    step: int
    rests: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What the lead may use: its range, mean notes a beat, and whether it may play chords."""

    low: int
    high: int
    density: float
    chordal: bool


def _cell(rng: Generator, length: float, density: float) -> tuple[float, ...]:
    """Return a rhythm of `length` beats, likely to have near `density` notes a beat."""
    cells = CELLS[length]
    weights = [1 / (0.15 + log(len(c) / length / density) ** 2) for c in cells]
    aim = float(rng.random()) * sum(weights)
    for cell, weight in zip(cells, weights, strict=True):
        aim -= weight
        if aim <= 0:
            return cell
    return cells[-1]


def _rhythm(plan: Plan, density: float) -> list[tuple[float, float]]:
    """Return (offset, length) pairs that fill a bar."""
    lengths, beat = [], 0.0
    spans = list(plan.groups)
    if plan.bar_beats in CELLS and density < 0.7 and plan.rng.random() < 0.7:
        spans = [plan.bar_beats]
    elif plan.bar_beats == 4.0 and plan.rng.random() < 0.6:
        spans = [2.0, 2.0]
    for span in spans:
        for length in _cell(plan.rng, span, density):
            lengths.append((beat, length))
            beat += length
    return lengths


def _motif(plan: Plan, density: float, rest: float) -> tuple[Tone, ...]:
    rng = plan.rng
    leap, tones = 0, []
    for offset, length in _rhythm(plan, density):
        step = pick(rng, _STEPS) if abs(leap) < 3 else (-1 if leap > 0 else 1)
        tones.append(Tone(offset, length, step, bool(rng.random() < rest)))
        leap = step
    return tuple(tones)


def _varied(plan: Plan, motif: tuple[Tone, ...]) -> tuple[Tone, ...]:
    """Return the motif with one small change: a note split, moved, or its contour turned over."""
    rng, i = plan.rng, int(plan.rng.random() * len(motif))
    tone, kind = motif[i], int(plan.rng.random() * 4)
    if kind == 0 and tone.length >= 0.5:
        half = tone.length / 2
        new = (
            tone._replace(length=half),
            Tone(tone.offset + half, half, pick(rng, (-1, 1)), False),
        )
        return (*motif[:i], *new, *motif[i + 1 :])
    if kind == 1:
        return tuple(t._replace(step=-t.step) for t in motif)
    return (*motif[:i], tone._replace(step=tone.step + pick(rng, (-1, 1))), *motif[i + 1 :])


def _cadence(plan: Plan) -> tuple[Tone, ...]:
    """Return the end of a phrase: a held note, sometimes reached by two steps, then a rest."""
    bar = plan.bar_beats
    held = bar * pick(plan.rng, (0.5, 0.75, 1.0))
    if plan.rng.random() < 0.5 and held > 1:
        lead_in = (Tone(0, 0.5, pick(plan.rng, (-1, 1)), False), Tone(0.5, 0.5, -1, False))
        return (*lead_in, Tone(1.0, held - 1, -1, False))
    return (Tone(0, held, pick(plan.rng, (-1, 0, 1)), False),)


def _phrases(plan: Plan, density: float) -> list[tuple[Tone, ...]]:
    """Return a motif for every bar: phrases of four bars that repeat and vary."""
    rest = pick(plan.rng, (0.0, 0.05, 0.12, 0.2))
    motifs = {name: _motif(plan, density, rest) for name in "ABD"}
    forms = (pick(plan.rng, ("AABC", "ABAC", "AABB", "ABAD")), pick(plan.rng, ("DDAC", "BBAC")))
    bars: list[tuple[Tone, ...]] = []
    while len(bars) < plan.bars:
        form = forms[0] if len(bars) // 4 % 4 != 2 else forms[1]
        for name in form:
            motif = _cadence(plan) if name == "C" else motifs[name]
            bars.append(_varied(plan, motif) if plan.rng.random() < 0.3 else motif)
    return bars[: plan.bars]


def _anchor(rng: Generator, scale_length: int) -> int:
    """Return a place on the ladder to start from, more often near the middle."""
    return int((0.3 + 0.4 * float(rng.random())) * (scale_length - 1))


def melody(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return a line of motifs whose strong notes belong to the chords."""
    rungs = ladder(plan.tonic, plan.scale, voice.low, voice.high)
    home = _anchor(plan.rng, len(rungs))
    returns = plan.rng.random() < 0.5
    place, notes = home, []
    for bar, motif in enumerate(_phrases(plan, voice.density)):
        place = home if returns else (place * 3 + home) // 4
        for tone in motif:
            place = _kept(place + tone.step, len(rungs))
            start = bar * plan.bar_beats + tone.offset
            strong = tone.offset % 1 == 0 and (tone.length >= 1 or tone.offset == 0)
            chord = plan.chord_at(start).classes
            pitch = nearest(rungs[place], chord) if strong else rungs[place]
            if not tone.rests:
                notes.append(ScoreNote(start, tone.length, pitch, 1.06 if strong else 0.96))
    return notes


def _kept(place: int, count: int) -> int:
    """Return `place` reflected into 0..count-1."""
    if place < 0:
        place = -place
    if place >= count:
        place = 2 * (count - 1) - place
    return max(0, min(count - 1, place))


def with_pickup(plan: Plan, notes: list[ScoreNote], voice: Voice) -> list[ScoreNote]:
    """Return the line begun one bar later, with a short run that leads into it."""
    moved = [n._replace(start=n.start + plan.bar_beats) for n in notes]
    moved = [n for n in moved if n.start < plan.end]
    if not moved or moved[0].start >= 2 * plan.bar_beats:
        return notes
    rungs = ladder(plan.tonic, plan.scale, voice.low, voice.high)
    target = min(range(len(rungs)), key=lambda i: abs(rungs[i] - moved[0].pitch))
    count, step = pick(plan.rng, (1, 2, 3, 4)), pick(plan.rng, (0.5, 0.5, 0.25, 1.0))
    way = pick(plan.rng, (-1, 1))
    first = plan.bar_beats - count * step
    run = [
        ScoreNote(
            first + i * step, step, rungs[_kept(target + way * (i - count), len(rungs))], 0.92
        )
        for i in range(count)
        if first + i * step >= 0
    ]
    return run + moved


def in_two_voices(plan: Plan, notes: list[ScoreNote], voice: Voice) -> list[ScoreNote]:
    """Return the line with thirds, sixths, octaves or whole chords below some of its notes."""
    kind = pick(plan.rng, ("third", "sixth", "octave", "chord"))
    share = pick(plan.rng, (0.35, 0.7, 1.0))
    rungs = ladder(plan.tonic, plan.scale, max(voice.low - 14, 28), voice.high)
    below = {"third": 2, "sixth": 5}
    extra: list[ScoreNote] = []
    for note in notes:
        if plan.rng.random() > share:
            continue
        chord = plan.chord_at(note.start).classes
        if kind == "chord":
            pitches = [p for p in voiced(chord, note.pitch - 7) if p < note.pitch - 2]
        elif kind == "octave":
            pitches = [note.pitch - 12]
        else:
            place = min(range(len(rungs)), key=lambda i: abs(rungs[i] - note.pitch))
            pitches = [rungs[max(0, place - below[kind])]]
        extra += [note._replace(pitch=p, accent=note.accent * 0.9) for p in pitches if p > 20]
    return sorted(notes + [e for e in extra if e.pitch < 120], key=lambda n: n.start)


def _steady(plan: Plan, length: float, pitches: list[int], gap_bars: int = 0) -> list[ScoreNote]:
    """Return `pitches` over and over in equal lengths, with rests after every fourth bar."""
    count = int(plan.end / length)
    silent = 4 * plan.bar_beats
    notes = [ScoreNote(i * length, length, pitches[i % len(pitches)]) for i in range(count)]
    if not gap_bars:
        return notes
    period = silent + gap_bars * plan.bar_beats
    return [n for n in notes if n.start % period < silent - 1e-6]


def scale_run(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return the scale, up, down or both, in even notes."""
    rungs = list(ladder(plan.tonic, plan.scale, voice.low, voice.high))
    span = pick(plan.rng, (8, 8, 15, len(rungs)))
    first = int(plan.rng.random() * max(1, len(rungs) - span))
    up = rungs[first : first + span]
    shape = pick(plan.rng, (up, up[::-1], up + up[-2:0:-1]))
    return _steady(
        plan, pick(plan.rng, (0.25, 0.5, 0.5, 1.0, 1.0, 2.0)), shape, pick(plan.rng, (0, 1))
    )


def chromatic(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return semitone steps through a part of the range, up and down."""
    low = voice.low + int(plan.rng.random() * max(1, voice.high - voice.low - 12))
    up = list(range(low, min(low + 13, voice.high + 1)))
    return _steady(plan, pick(plan.rng, (0.25, 0.5, 1.0)), up + up[-2:0:-1])


def arpeggio(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return the chords broken into even notes over one to three octaves."""
    step = pick(plan.rng, (0.25, 0.5, 0.5, 0.5, 1.0, _THIRD))
    octaves = pick(plan.rng, (1, 1, 2, 3))
    way = pick(plan.rng, ("up", "down", "both"))
    centre = (voice.low + voice.high) // 2 - 6 * (octaves - 1)
    notes, place = [], 0
    for i in range(int(plan.end / step)):
        beat = i * step
        close = voiced(plan.chord_at(beat).classes, centre)
        tones = [p + 12 * o for o in range(octaves) for p in close]
        row = {"up": tones, "down": tones[::-1], "both": tones + tones[-2:0:-1]}[way]
        place = 0 if beat % plan.bar_beats < 1e-6 else place + 1
        notes.append(ScoreNote(beat, step, row[place % len(row)], 1.05 if place == 0 else 0.97))
    return notes


def long_notes(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return slow notes of one to four beats or whole bars, all from the chords."""
    length = pick(plan.rng, (2.0, plan.bar_beats, plan.bar_beats, 2 * plan.bar_beats))
    pitch, notes = (voice.low + voice.high) // 2, []
    for i in range(int(plan.end / length)):
        chord = plan.chord_at(i * length).classes
        middle = (voice.low + voice.high) // 2
        pitch = nearest(
            pitch + pick(plan.rng, (-4, -2, 2, 4, 7, -7)) + (middle - pitch) // 5, chord
        )
        notes.append(ScoreNote(i * length, length, pitch))
    return notes


def quarter_tune(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return a nursery-like tune: quarters and halves that walk by step, phrases of two bars."""
    simple = Voice(voice.low, voice.high, 0.9, voice.chordal)
    return [n for n in melody(plan, simple) if n.length >= 0.5]


def fast_run(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return sixteenths or triplets that wander by step, with breaks."""
    step = (
        pick(plan.rng, (0.25, 0.25, _THIRD, 0.5))
        if plan.bpm > 110
        else pick(plan.rng, (0.25, 0.125))
    )
    rungs = ladder(plan.tonic, plan.scale, voice.low, voice.high)
    place, way, notes = _anchor(plan.rng, len(rungs)), 1, []
    for i in range(int(plan.end / step)):
        way = -way if plan.rng.random() < 0.15 else way
        place = _kept(place + way, len(rungs))
        if i * step % (2 * plan.bar_beats) < 1.6 * plan.bar_beats:
            notes.append(
                ScoreNote(i * step, step, rungs[place], 1.04 if i * step % 1 == 0 else 0.95)
            )
    return notes


def riff(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return one bar of melody repeated unchanged, or moved with the chord's root."""
    rungs = ladder(plan.tonic, plan.scale, voice.low, voice.high)
    motif = _motif(plan, voice.density, 0.15)
    follows = plan.rng.random() < 0.4
    middle = rungs[_anchor(plan.rng, len(rungs))]
    notes = []
    for bar in range(plan.bars):
        start = bar * plan.bar_beats
        root = nearest(middle, plan.chord_at(start).classes[:1]) if follows else middle
        place = min(range(len(rungs)), key=lambda i: abs(rungs[i] - root))
        for tone in motif:
            place = _kept(place + tone.step, len(rungs))
            if not tone.rests:
                notes.append(ScoreNote(start + tone.offset, tone.length, rungs[place]))
    return notes


def repeated(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return one note of each chord, struck again and again."""
    step = pick(plan.rng, (0.25, 0.5, 0.5, 1.0, 1.0))
    middle = voice.low + int((voice.high - voice.low) * (0.3 + 0.4 * plan.rng.random()))
    return [
        ScoreNote(i * step, step, nearest(middle, plan.chord_at(i * step).classes[:2]))
        for i in range(int(plan.end / step))
    ]


def block_chords(plan: Plan, voice: Voice) -> list[ScoreNote]:
    """Return the chords struck together in a simple rhythm."""
    centre = max(voice.low + 6, min(voice.high - 6, pick(plan.rng, (55, 60, 64, 67))))
    lengths = pick(plan.rng, ((1.0,), (2.0,), (plan.bar_beats,), (1.5, 0.5, 2.0), (0.5, 0.5, 1.0)))
    notes, beat, i = [], 0.0, 0
    while beat < plan.end - 1e-6:
        length = lengths[i % len(lengths)]
        chord = voiced(plan.chord_at(beat).classes, centre)
        notes += [ScoreNote(beat, length, pitch) for pitch in chord]
        beat, i = beat + length, i + 1
    return notes


LEADS: Final[dict[str, Callable[[Plan, Voice], list[ScoreNote]]]] = {
    "melody": melody,
    "scale": scale_run,
    "chromatic": chromatic,
    "arpeggio": arpeggio,
    "long notes": long_notes,
    "quarter tune": quarter_tune,
    "fast run": fast_run,
    "riff": riff,
    "repeated notes": repeated,
    "block chords": block_chords,
}
KINDS: Final = (
    *("melody",) * 12, *("quarter tune",) * 3, *("scale",) * 2, *("arpeggio",) * 2,
    *("long notes",) * 2, "fast run", "riff", "riff", "repeated notes", "chromatic",
    *("block chords",) * 2,
)  # fmt: skip
