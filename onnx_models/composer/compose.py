"""Writes a whole piece: style, metre, key, chords, parts, performance."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from onnx_models.composer.accompaniment import bass_line, counter_line, harmony_line
from onnx_models.composer.drums import drum_line
from onnx_models.composer.instruments import COMMON_LEADS, INSTRUMENTS, KITS, Instrument
from onnx_models.composer.lead import KINDS, LEADS, Voice, in_two_voices, with_pickup
from onnx_models.composer.performance import Feel, played
from onnx_models.composer.piece import Part, Piece, PlayedNote, Role, SpanChord
from onnx_models.composer.plan import ChordSpan, Plan, ScoreNote
from onnx_models.composer.styles import STYLES, Style
from onnx_models.composer.theory import SCALES, chord_classes, pick

PLAIN_SHARE: Final = 0.35
_METRES: Final = ("4/4", "4/4", "4/4", "4/4", "3/4", "3/4", "2/4", "6/8", "5/4", "7/8", "12/8")
_GROUPS: Final[dict[str, tuple[tuple[float, ...], ...]]] = {
    "2/4": ((1.0, 1.0),),
    "3/4": ((1.0, 1.0, 1.0),),
    "4/4": ((1.0, 1.0, 1.0, 1.0),),
    "5/4": ((1.0, 1.0, 1.0, 2.0), (1.0, 1.0, 1.0, 1.0, 1.0)),
    "6/8": ((1.5, 1.5),),
    "7/8": ((1.0, 1.0, 1.5), (1.5, 1.0, 1.0)),
    "12/8": ((1.5, 1.5, 1.5, 1.5),),
}
_FIVE_AND_SIX_NOTES: Final = {
    ("pentatonic", True): (0, 2, 4, 7, 9),
    ("pentatonic", False): (0, 3, 5, 7, 10),
    ("blues", True): (0, 2, 3, 4, 7, 9),
    ("blues", False): (0, 3, 5, 6, 7, 10),
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the parts of one piece share beside the plan."""

    plan: Plan
    duration_s: float
    swing: float
    velocity: float
    spread: float
    swell: float
    wet: bool
    plain: bool


def compose(seed: int, duration_s: float = 24.0, styles: Collection[str] | None = None) -> Piece:
    """Return a piece of exactly `duration_s` seconds; the same arguments give the same piece.

    `styles` are keys of `STYLES` to draw from, all when None. Raises KeyError for an unknown one.
    """
    rng = np.random.default_rng(seed)
    chosen = [STYLES[key] for key in sorted(styles)] if styles is not None else [*STYLES.values()]
    style = pick(rng, chosen)
    plain = bool(rng.random() < PLAIN_SHARE)
    metre = pick(rng, style.metres) if rng.random() < 0.93 else pick(rng, _METRES)
    plan = _planned(rng, style, metre, duration_s)
    setting = _set(plan, duration_s, plain)
    lead, kind = _lead(setting)
    parts = tuple(part for part in (lead, *_others(setting)) if part.notes)
    numerator, denominator = map(int, metre.split("/"))
    return Piece(
        seed=seed,
        style=style.key,
        bpm=plan.bpm,
        numerator=numerator,
        denominator=denominator,
        key=plan.tonic,
        mode=plan.mode,
        chords=_sounding(plan, duration_s),
        parts=parts,
        duration_s=duration_s,
        beat_times_s=_times(60 / plan.bpm, duration_s),
        bar_times_s=_times(plan.bar_beats * 60 / plan.bpm, duration_s),
        moods=_moods(plan),
        lead_kind=kind,
        swing=setting.swing,
    )


def _sounding(plan: Plan, duration_s: float) -> tuple[SpanChord, ...]:
    """Return the plan's chords in seconds, up to the end."""
    beat_s = 60 / plan.bpm
    return tuple(
        SpanChord(chord.start * beat_s, min(chord.end * beat_s, duration_s), chord.classes)
        for chord in plan.chords
        if chord.start * beat_s < duration_s
    )


def _times(period_s: float, duration_s: float) -> tuple[float, ...]:
    return tuple(i * period_s for i in range(math.ceil(duration_s / period_s - 1e-9)))


def _planned(rng: Generator, style: Style, metre: str, duration_s: float) -> Plan:
    """Return the frame of a piece: tempo, key, scale, and a chord for every bar."""
    low, high = style.bpm if rng.random() < 0.9 else (55.0, 180.0)
    bpm = low + (high - low) * float(rng.random())
    bpm = float(round(bpm)) if rng.random() < 0.85 else round(bpm, 2)
    numerator, denominator = map(int, metre.split("/"))
    bar_beats = 4 * numerator / denominator
    bars = math.ceil(duration_s * bpm / 60 / bar_beats - 1e-9)
    mode, tonic = pick(rng, style.modes), int(rng.random() * 12)
    length = bar_beats * pick(rng, (1, 1, 1, 1, 1, 1, 2, 0.5 if bar_beats % 1 == 0 else 1))
    classes = _progression(rng, style, mode, tonic)
    chords = _spans(classes, length, bars * bar_beats)
    major = SCALES[mode][2] == 4
    scale = style.scale or ("pentatonic" if rng.random() < 0.15 else "")
    return Plan(
        rng=rng,
        style=style,
        bpm=bpm,
        tonic=tonic,
        mode=mode,
        scale=_FIVE_AND_SIX_NOTES.get((scale, major), SCALES[mode]),
        bar_beats=bar_beats,
        groups=pick(rng, _GROUPS[metre]),
        bars=bars,
        chords=chords,
        chord_starts=tuple(c.start for c in chords),
    )


def _progression(
    rng: Generator, style: Style, mode: str, tonic: int
) -> tuple[tuple[int, ...], ...]:
    """Return the pitch classes of the chords that the piece goes round in."""
    tokens = pick(rng, style.progressions).split("|")
    notes = style.chord_notes + int(rng.random() < 0.12)
    return tuple(chord_classes(token, tonic, mode, notes) for token in tokens)


def _spans(classes: Sequence[tuple[int, ...]], length: float, end: float) -> tuple[ChordSpan, ...]:
    """Return the chords in turn, each `length` beats, up to beat `end`."""
    return tuple(
        ChordSpan(i * length, min((i + 1) * length, end), classes[i % len(classes)])
        for i in range(math.ceil(end / length - 1e-9))
    )


def _set(plan: Plan, duration_s: float, plain: bool) -> _Setting:
    rng, (low, high) = plan.rng, plan.style.swing
    return _Setting(
        plan=plan,
        duration_s=duration_s,
        swing=low + (high - low) * float(rng.random()) if plan.bar_beats % 1 == 0 else 0.5,
        velocity=pick(rng, (48, 60, 72, 80, 86, 92, 98, 108)),
        spread=pick(rng, (0.0, 3.0, 5.0, 9.0)),
        swell=pick(rng, (0.0, 0.0, 0.08, 0.2)),
        wet=bool(rng.random() < 0.5),
        plain=plain,
    )


def _moods(plan: Plan) -> tuple[str, ...]:
    """Return one or two moods of the style, and perhaps one that mode and tempo suggest."""
    rng, major = plan.rng, SCALES[plan.mode][2] == 4
    words = [pick(rng, plan.style.moods), pick(rng, plan.style.moods)]
    if plan.bpm > 130:
        words.append("energetic")
    elif plan.bpm < 72:
        words.append("calm")
    if rng.random() < 0.5:
        words.append("bright" if major else "sad" if plan.bpm < 100 else "dark")
    return tuple(dict.fromkeys(words))


def _feel(setting: _Setting, level: float, articulation: float) -> Feel:
    plan = setting.plan
    loose = pick(plan.rng, (0.0, 0.5, 1.0)) * plan.style.looseness_ms
    return Feel(
        bpm=plan.bpm,
        swing=setting.swing,
        looseness_ms=min(loose, 4.0) if setting.plain else loose,
        velocity=min(setting.velocity * level, 118),
        spread=setting.spread,
        swell=setting.swell,
        articulation=articulation,
    )


def _lead(setting: _Setting) -> tuple[Part, str]:
    """Return the lead and the kind of line that it plays."""
    plan, rng = setting.plan, setting.plan.rng
    if setting.plain:
        names: Sequence[str] = COMMON_LEADS
    else:
        names = plan.style.leads if rng.random() < 0.65 else [*INSTRUMENTS]
    instrument = INSTRUMENTS[pick(rng, names)]
    voice = _voice(setting, instrument)
    kind = pick(rng, KINDS)
    if kind == "block chords" and not instrument.plays_chords:
        kind = "melody"
    notes = LEADS[kind](plan, voice)
    if kind in ("melody", "quarter tune"):
        if rng.random() < 0.2:
            notes = with_pickup(plan, notes, voice)
        if voice.chordal and rng.random() < (0.15 if setting.plain else 0.25):
            notes = in_two_voices(plan, notes, voice)
    notes = _resting(setting, notes)
    articulation = 0.92 if setting.plain else pick(rng, (0.45, 0.7, 0.88, 0.95, 1.0))
    feel = _feel(setting, 1.08, articulation)
    performed = played(notes, feel, setting.duration_s, rng)
    if not performed:  # all rests, or too short a piece for the line
        kind = "repeated notes"
        performed = played(LEADS[kind](plan, voice), feel, setting.duration_s, rng)
    return _part(setting, "lead", instrument, performed, level_db=0.0), kind


def _voice(setting: _Setting, instrument: Instrument) -> Voice:
    """Return the range for this piece: part of the instrument's, at times all of it or beyond."""
    plan, rng = setting.plan, setting.plan.rng
    low, high = instrument.low, instrument.high
    drawn = rng.random()
    if drawn < 0.12:
        low, high = min(low, 36), max(high, 96)
    if drawn > 0.2:
        width = pick(rng, (14, 17, 19, 24, 29))
        middle = (low + high) / 2 + (high - low) * 0.3 * float(rng.random() - 0.5) * 2
        low = max(low, round(middle - width / 2))
        high = max(low + 12, min(high, low + width))
    least, most = plan.style.density
    density = least + (most - least) * float(rng.random())
    return Voice(low, high, min(density, 6.5 * 60 / plan.bpm), instrument.plays_chords)


def _resting(setting: _Setting, notes: list[ScoreNote]) -> list[ScoreNote]:
    """Return the line with an entry or a silent stretch of whole bars, now and then."""
    plan, drawn = setting.plan, setting.plan.rng.random()
    if plan.bars < 6 or drawn > 0.3:
        return notes
    first = int(plan.rng.random() * (plan.bars - 4)) if drawn < 0.18 else 0
    start = first * plan.bar_beats
    end = start + pick(plan.rng, (1, 2, 2, 4)) * plan.bar_beats
    kept = [n for n in notes if not start <= n.start < end]
    return kept or notes


def _others(setting: _Setting) -> list[Part]:
    """Return the accompaniment that the style and chance ask for; none in solo pieces."""
    plan, rng = setting.plan, setting.plan.rng
    harmony, bass, drums = plan.style.odds
    if rng.random() < 0.08:
        return []
    parts = []
    if rng.random() < harmony:
        parts += [_harmony(setting) for _ in range(2 if rng.random() < 0.22 else 1)]
    if rng.random() < bass:
        parts.append(_bass(setting))
    if rng.random() < drums:
        parts.append(_drums(setting))
    return parts


def _harmony(setting: _Setting) -> Part:
    plan, rng = setting.plan, setting.plan.rng
    names = plan.style.harmonies if rng.random() < 0.75 else [*INSTRUMENTS]
    instrument = INSTRUMENTS[pick(rng, names)]
    if rng.random() < 0.2 and plan.style.key != "house":
        name = pick(rng, ("pad", "arp8", "arp16", "pulse4", "pulse8", "alberti", "push", "ballad"))
    else:
        name = pick(rng, plan.style.harmony)
    centre = max(instrument.low + 7, min(instrument.high - 10, pick(rng, (55, 58, 60, 62, 65, 70))))
    solo = instrument.family in ("brass", "reed", "pipe", "strings")
    if solo and rng.random() < 0.7:
        notes = counter_line(plan, centre)
    else:
        strummed = instrument.family in ("guitar", "plucked") and rng.random() < 0.7
        notes = harmony_line(plan, name, centre, strummed=strummed)
    notes = _resting(setting, notes)
    articulation = pick(rng, (0.6, 0.9, 0.97, 1.0))
    performed = played(notes, _feel(setting, 0.88, articulation), setting.duration_s, rng)
    return _part(setting, "harmony", instrument, performed, level_db=-5.0)


def _bass(setting: _Setting) -> Part:
    plan, rng = setting.plan, setting.plan.rng
    any_bass = [i.key for i in INSTRUMENTS.values() if i.family == "bass"]
    instrument = INSTRUMENTS[pick(rng, plan.style.basses if rng.random() < 0.8 else any_bass)]
    low = max(28, min(instrument.low, 40)) + pick(rng, (0, 0, 0, 5))
    notes = _resting(setting, bass_line(plan, pick(rng, plan.style.bass), low))
    feel = _feel(setting, 1.0, pick(rng, (0.6, 0.85, 0.95)))
    return _part(
        setting, "bass", instrument, played(notes, feel, setting.duration_s, rng), level_db=-1.5
    )


def _drums(setting: _Setting) -> Part:
    plan, rng = setting.plan, setting.plan.rng
    kit = KITS[pick(rng, plan.style.kits if rng.random() < 0.8 else [*KITS])]
    notes = _resting(setting, drum_line(plan))
    performed = played(notes, _feel(setting, 1.05, 1.0), setting.duration_s, rng)
    return Part(
        "drums",
        pick(rng, kit.programs),
        kit.key,
        performed,
        gain_db=-1.0 + 2.0 * float(rng.standard_normal()),
        reverb=float(rng.random()) * 0.4 if setting.wet else 0.0,
    )


def _part(
    setting: _Setting,
    role: Role,
    instrument: Instrument,
    notes: tuple[PlayedNote, ...],
    level_db: float,
) -> Part:
    rng, width = setting.plan.rng, {"lead": 0.3, "harmony": 0.7}.get(role, 0.1)
    electric = instrument.family in ("synth_lead", "guitar", "organ", "bass")
    return Part(
        role,
        instrument.program,
        instrument.key,
        notes,
        gain_db=level_db + 2.0 * float(rng.standard_normal()),
        pan=width * float(2 * rng.random() - 1) * (0.3 if setting.plain else 1.0),
        reverb=float(rng.random()) * 0.8 if setting.wet and role != "bass" else 0.0,
        chorus=float(rng.random()) * 0.6 if rng.random() < 0.15 else 0.0,
        brightness_db=0.0 if setting.plain else 3.0 * float(rng.standard_normal()),
        drive=setting.plan.style.drive * float(rng.random()) if electric else 0.0,
    )
