"""From what was heard to the rows of the report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from onnx_models.evaluation.distance import kernel_audio_distance
from onnx_models.evaluation.listen import Heard, obeys
from onnx_models.evaluation.report import Row
from onnx_models.evaluation.songs import ROLES, Case


class Take(NamedTuple):
    """A case and what was heard of it."""

    case: Case
    heard: Heard


Takes = Sequence[Take]
BARS: Final = {"lead": (0.8, 0.95), "mix": (0.6, 0.9)}  # F1 ratio: bar and goal
PREFIX: Final = "sampled instrument: "


def of_role(takes: Takes, role: str) -> list[Take]:
    """Return the takes of `role`."""
    return [take for take in takes if take.case.role == role]


def mean(values: Sequence[float]) -> float:
    """Return the mean of what could be measured; NaN where nothing could."""
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def f1(takes: Takes) -> float:
    """Return the mean onset F1."""
    return score_mean(takes, "f1")


def score_mean(takes: Takes, part: str) -> float:
    """Return the mean precision, recall or f1, whichever `part` names."""
    return mean([getattr(take.heard.score, part) for take in takes])


def measure_mean(takes: Takes, measure: Callable[[Heard], float]) -> float:
    """Return the mean of a measure."""
    return mean([measure(take.heard) for take in takes])


def over_seeds(rounds: Sequence[Takes], measure: Callable[[Takes], float]) -> float:
    """Return the median over seeds of `measure`; `rounds` holds each seed's takes."""
    values = [value for takes in rounds if np.isfinite(value := measure(takes))]
    return float(np.median(values)) if values else float("nan")


def note_rows(rounds: Sequence[Takes], reference: Takes) -> Iterator[Row]:
    """Yield the note scores of each role: as a ratio, and what it comes from."""
    for role in ROLES:
        sampled = of_role(reference, role)
        if not sampled:
            continue
        mine = [of_role(takes, role) for takes in rounds]
        bar, goal = BARS.get(role, (None, None))
        base = f1(sampled)
        ratio = over_seeds(mine, f1) / base if base > 0 else float("nan")
        yield Row(f"note F1 against the sampled instrument's, {role}", ratio, "", bar, goal)
        yield Row(f"note F1, {role}", over_seeds(mine, f1))
        for part in ("precision", "recall"):
            yield Row(f"note {part}, {role}", over_seeds(mine, partial(score_mean, part=part)))
        yield Row(f"{PREFIX}note F1, {role}", base)


def control_rows(rounds: Sequence[Takes]) -> Iterator[Row]:
    """Yield what must be near nothing if the figures mean anything."""
    mine = [of_role(takes, "lead") for takes in rounds]
    wrong = over_seeds(mine, lambda takes: mean([take.heard.other.f1 for take in takes]))
    yield Row("note F1 against another song's notes, lead", wrong, "", 0.1, at_most=True)
    crossed = over_seeds(mine, lambda takes: share_obeyed(crossed_over(takes)))
    yield Row("instrument of another song's prompt is heard, lead", 100 * crossed, "%")


def crossed_over(takes: Takes) -> list[Take]:
    """Return each sound with the next song's case of another instrument, as far as there is one."""
    pairs = zip(takes, [*takes[1:], *takes[:1]], strict=True)
    return [
        Take(after.case, take.heard)
        for take, after in pairs
        if take.case.instrument != after.case.instrument
    ]


def share_obeyed(takes: Takes, what: int = 0) -> float:
    """Return the share in which instrument (0), family (1) or role (2) is the one asked for."""
    return mean([float(obeys(t.case, t.heard.guess)[what]) for t in takes if t.case.instrument])


def prompt_rows(rounds: Sequence[Takes], reference: Takes, chinese: Takes) -> Iterator[Row]:
    """Yield how often the named instrument is heard."""
    for what, name in enumerate(("instrument", "family", "role")):
        bar, goal = (75, 95) if what == 0 else (None, None)
        share = over_seeds(rounds, partial(share_obeyed, what=what))
        yield Row(f"asked {name} is heard", 100 * share, "%", bar, goal)
        yield Row(f"{PREFIX}{name} is recognised", 100 * share_obeyed(reference, what), "%")
    if chinese:
        share = 100 * share_obeyed(chinese)
        yield Row("asked instrument is heard, lead, Chinese prompts", share, "%", 70, 95)
        alone = over_seeds([of_role(t, "lead") for t in rounds], share_obeyed)
        yield Row("asked instrument is heard, lead, English prompts", 100 * alone, "%")


def sound_rows(rounds: Sequence[Takes], reference: Takes) -> Iterator[Row]:
    """Yield chroma, timing and loudness, and the same of the sampled instrument."""
    measures: tuple[tuple[str, str, Callable[[Heard], float], float | None, float | None], ...] = (
        ("chroma cosine to the request", "", lambda h: h.chroma, 0.75, 0.9),
        ("beats within 20 ms", "%", lambda h: 100 * h.timing.close_share, None, None),
        (
            "beats within 20 ms, of those heard so of a sampled instrument",
            "%",
            lambda h: 100 * h.distinct.close_share,
            95,
            99,
        ),
        ("distance of a beat", "ms", lambda h: h.timing.offset_ms, None, None),
        ("tempo error", "%", lambda h: h.timing.tempo_error_percent, None, None),
        ("loudness", "LUFS", lambda h: h.loudness_lufs, None, None),
    )
    for name, unit, measure, bar, goal in measures:
        value = over_seeds(rounds, partial(measure_mean, measure=measure))
        yield Row(name, value, unit, bar, goal)
        yield Row(f"{PREFIX}{name}", measure_mean(reference, measure), unit)
    peak = max(take.heard.true_peak_dbtp for takes in rounds for take in takes)
    yield Row("largest true peak", peak, "dBTP")


def embeddings(takes: Takes) -> np.ndarray:
    """Return one embedding for each of `takes`, (n, d): windows of one sound are too alike."""
    return np.stack([take.heard.embedding for take in takes])


def distance_rows(
    rounds: Sequence[Takes], reference: Takes, unseen: np.ndarray, baselines: Mapping[str, Takes]
) -> Iterator[Row]:
    """Yield the distances to other held-out songs, whose embeddings are `unseen`."""

    def distance(takes: Takes) -> float:
        return kernel_audio_distance(unseen, embeddings(takes))

    yield Row("KAD to held-out music", over_seeds(rounds, distance))
    yield Row(f"{PREFIX}KAD to held-out music", distance(reference))
    for name, takes in baselines.items():
        yield Row(f"{name}: KAD to held-out music", distance(takes))


def baseline_rows(baselines: Mapping[str, Takes], reference: Takes) -> Iterator[Row]:
    """Yield the note scores of other ways from the sampled audio's latents to sound."""
    for name, takes in baselines.items():
        for role in ROLES:
            mine, sampled = of_role(takes, role), of_role(reference, role)
            if mine and f1(sampled) > 0:
                ratio = f1(mine) / f1(sampled)
                yield Row(f"{name}: note F1 against the sampled instrument's, {role}", ratio)
        chroma = measure_mean(takes, lambda heard: heard.chroma)
        yield Row(f"{name}: chroma cosine to the request", chroma)
        recognised = 100 * share_obeyed(takes)
        yield Row(f"{name}: instrument is recognised", recognised, "%")
        distance = measure_mean(takes, lambda heard: heard.spectral_distance)
        yield Row(f"{name}: spectral distance from the sampled sound", distance)
