"""Drum grooves and fills on General MIDI drum keys."""

from typing import Final

from onnx_models.composer.plan import Plan, ScoreNote
from onnx_models.composer.theory import pick

KICK, RIM, SNARE, CLAP, HAT, PEDAL, OPEN = 36, 37, 38, 39, 42, 44, 46
CRASH, RIDE, BELL, SHAKER, TAMBOURINE, COWBELL, CONGA = 49, 51, 53, 70, 54, 56, 63
LOW_TOM, MID_TOM, HIGH_TOM, CLAVES, AGOGO = 41, 45, 50, 75, 67

ACCENTS: Final = {"X": 1.15, "x": 1.0, "o": 0.75, "g": 0.5}

# One bar of 4/4 in sixteenths for each drum; other metres are built by `_metre_groove`.
GROOVES: Final[dict[str, dict[int, str]]] = {
    "pop": {KICK: "X.......X.x.....", SNARE: "....X.......X...", HAT: "x.o.x.o.x.o.x.o."},
    "rock": {KICK: "X.....x.X.x.....", SNARE: "....X.......X...", HAT: "x.x.x.x.x.x.x.x."},
    "rock2": {KICK: "X..x..x...x..x..", SNARE: "....X.......X..g", RIDE: "x.x.x.x.x.x.x.x."},
    "toms": {KICK: "X...x...X...x...", LOW_TOM: "x.x...x.x.x...x.", SNARE: "....X.......X..."},
    "four": {KICK: "X...X...X...X...", CLAP: "....x.......x...", OPEN: "..x...x...x...x."},
    "house": {
        KICK: "X...X...X...X..o", SNARE: "....x.......x...", HAT: "o.x.o.x.o.x.o.xo",
        SHAKER: "gogogogogogogogo",
    },
    "techno": {KICK: "X...X...X...X...", HAT: "ooxoooxoooxoooxo", RIM: "...x..x....x..x."},
    "halftime": {KICK: "X.....x.........", SNARE: "........X.......", HAT: "x.o.x.o.x.o.x.oo"},
    "lofi": {KICK: "X......x..x.....", SNARE: "....x.......x..g", HAT: "o.o.o.o.o.o.o.oo"},
    "boombap": {KICK: "X.x....x..x.....", SNARE: "....X..g.g..X...", HAT: "x.o.x.o.x.o.x.o."},
    "funk": {KICK: "X.x...x..gx..x..", SNARE: "....X..g.g..X..g", HAT: "xoxoxoxoxoxoxoxo"},
    "funk2": {KICK: "X..x..x...x.....", SNARE: "g...X.g..g.gX...", HAT: "x.x.x.x.x.x.x.x."},
    "disco": {KICK: "X...X...X...X...", SNARE: "....X.......X...", OPEN: "..x...x...x...x.",
              HAT: "x...x...x...x..."},
    "swing": {RIDE: "x...x.o.x...x.o.", PEDAL: "....x.......x...", KICK: "o.........g.....",
              SNARE: "......g.......g."},
    "brushes": {SNARE: "o.g.x.g.o.g.x.g.", KICK: "x.......x.......", PEDAL: "....o.......o..."},
    "bossa": {KICK: "X..xx..xX..xx..x", RIM: "x..x..x...x..x..", HAT: "oooooooooooooooo"},
    "ballad": {KICK: "X.......x.......", SNARE: "....x.......x...", HAT: "o...o...o...o..."},
    "epic": {KICK: "X..x..x.X...x.x.", LOW_TOM: "X...x...X..x..x.", SNARE: "........x.......",
             TAMBOURINE: "....g.......g..."},
    "march": {SNARE: "x.ggx.g.x.ggxggg", KICK: "X...x...X...x...", CRASH: "................"},
    "sparse": {KICK: "x...............", RIM: "........o.......", SHAKER: "....g.......g..."},
    "drive": {KICK: "X...X...X...X...", SNARE: "..x...x...x...x.", HAT: "xxxxxxxxxxxxxxxx"},
    "folk": {KICK: "X.......X.......", TAMBOURINE: "....x.......x...", SHAKER: "o.o.o.o.o.o.o.o."},
    "trap": {KICK: "X.....x...x.....", CLAP: "........X.......", HAT: "x.x.x.x.xxx.x.xx"},
    "trap2": {KICK: "X..x.......x..x.", SNARE: "........X.......", HAT: "x.xxx.x.x.x.xxxx",
              OPEN: "..............x."},
    "dnb": {KICK: "X.........x.....", SNARE: "....X.......X...", HAT: "x.x.x.x.x.x.x.x."},
    "dnb2": {KICK: "X.x.......x.....", SNARE: "....X..g.g..X.g.", RIDE: "x.x.x.x.x.x.x.x."},
    "onedrop": {KICK: "........X.......", RIM: "........X.......", HAT: "x.o.x.o.x.o.x.oo"},
    "steppers": {KICK: "X...X...X...X...", RIM: "........x.......", HAT: "..x...x...x...x."},
    "shuffle": {KICK: "X.....x.X.....x.", SNARE: "....X.......X...", HAT: "x.o.x.o.x.o.x.o."},
    "salsa": {CONGA: "x.o.x.xxx.o.x.xx", COWBELL: "x...x.x.x...x.x.", CLAVES: "x..x..x...x.x...",
              KICK: "......x.......x."},
    "metal": {KICK: "XxxxXxxxXxxxXxxx", SNARE: "....X.......X...", CRASH: "x...x...x...x..."},
    "waltz": {KICK: "X...........", PEDAL: "....x...x...", SNARE: "....g...o..."},
}  # fmt: skip


def _metre_groove(plan: Plan) -> dict[int, str]:
    """Return a groove for any metre: kick on the bar, snare on every second pulse, eighth hats."""
    sixteenths = round(plan.bar_beats * 4)
    kick, snare = ["."] * sixteenths, ["."] * sixteenths
    beat = 0.0
    for i, length in enumerate(plan.groups):
        step = round(beat * 4)
        (snare if i % 2 else kick)[step] = "x" if i else "X"
        beat += length
    if len(plan.groups) == 3:
        snare[round((plan.groups[0] + plan.groups[1]) * 4)] = "x"
        kick[round((plan.groups[0] + plan.groups[1]) * 4)] = "."
    hats = "x.o." * (sixteenths // 4 + 1)
    ride = RIDE if plan.rng.random() < 0.3 else HAT
    return {KICK: "".join(kick), SNARE: "".join(snare), ride: hats[:sixteenths]}


def _varied(plan: Plan, groove: dict[int, str]) -> dict[int, str]:
    """Return the groove with some drums left out or a drum exchanged, rarely the first of them."""
    names = list(groove)
    if len(names) > 2 and plan.rng.random() < 0.2:
        names.remove(pick(plan.rng, names[1:]))
    swap = {
        HAT: pick(plan.rng, (HAT, HAT, RIDE, SHAKER, PEDAL)),
        CLAP: pick(plan.rng, (CLAP, SNARE)),
    }
    chosen = swap if plan.rng.random() < 0.25 else {}
    return {chosen.get(key, key): groove[key] for key in names}


def _fill(plan: Plan, start: float, beats: float) -> list[ScoreNote]:
    """Return a fill of `beats` quarters from `start`, falling over snare and toms."""
    order = pick(plan.rng, ((SNARE,), (SNARE, HIGH_TOM, MID_TOM, LOW_TOM), (HIGH_TOM, LOW_TOM)))
    step = pick(plan.rng, (0.25, 0.25, 0.5, 1 / 3))
    count = round(beats / step)
    return [
        ScoreNote(start + i * step, step, order[i * len(order) // count], 0.7 + 0.4 * i / count)
        for i in range(count)
        if plan.rng.random() < 0.88
    ]


def _bar(plan: Plan, groove: dict[int, str], start: float, end: float) -> list[ScoreNote]:
    notes = []
    for key, pattern in groove.items():
        for step in range(round((end - start) * 4)):
            symbol = pattern[step % len(pattern)]
            if symbol in ACCENTS and (symbol != "g" or plan.rng.random() < 0.8):
                notes.append(ScoreNote(start + step / 4, 0.25, key, ACCENTS[symbol]))
    return notes


def drum_line(plan: Plan) -> list[ScoreNote]:
    """Return the whole drum part: a groove, its variant, fills at phrase ends and crashes."""
    named = GROOVES[pick(plan.rng, plan.style.grooves)]
    fits = plan.bar_beats == len(next(iter(named.values()))) / 4
    groove = _varied(plan, named if fits else _metre_groove(plan))
    phrase = pick(plan.rng, (4, 4, 8, 2))
    filling = plan.rng.random() < 0.75
    notes: list[ScoreNote] = []
    for bar in range(plan.bars):
        start = bar * plan.bar_beats
        end = start + plan.bar_beats
        beats = pick(plan.rng, (1.0, 1.0, 2.0)) if filling and bar % phrase == phrase - 1 else 0.0
        beats = min(beats, plan.bar_beats)
        notes += _bar(plan, groove, start, end - beats)
        notes += _fill(plan, end - beats, beats) if beats else []
        if bar and bar % phrase == 0 and plan.rng.random() < 0.6:
            notes.append(ScoreNote(start, 0.5, CRASH, 1.0))
    return notes
