"""The notes of what is not sketched: improvised event by event to what else sounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats
from inference.canvas import Canvas, Part
from inference.events import EVENTS, Mask, Sheet, Struck
from inference.grid import Grid
from inference.pack import Improvisation, Pack
from inference.progress import CancelToken
from inference.request import Note, RenderRequest
from inference.sessions import Net
from inference.text import TextStates

TRIES: Final = 8  # of a part that rests through its first half, as a quarter of all solos did
TURNED: Final = 0.5  # a retake that turns the noise less keeps the notes


class Improvised(NamedTuple):
    """Pitches and drum keys, in seconds from the request's start."""

    notes: tuple[Note, ...] = ()
    drum_notes: tuple[Note, ...] = ()


def is_free(request: RenderRequest) -> bool:
    """Return whether nothing says what is to be played: neither notes nor audio to start from."""
    return not request.is_sketched and request.initial_audio is None


@dataclass(frozen=True, slots=True)
class Improviser:
    """The pack's listener and improviser, and the prompts that they are told."""

    pack: Pack
    nets: Mapping[str, Net]
    texts: Mapping[str, TextStates]

    def improvise(self, canvas: Canvas, part: Part, cancel: CancelToken) -> Improvised:
        """Return what is played in `part`; the same for the same seed, prompt and context."""
        request = part.request
        duration_s = request.frames / self.pack.manifest.audio.sample_rate_hz
        grid = Grid(request.beats, duration_s, from_bar=True)  # as songs began in training
        heard = self._heard(canvas, part, cancel)
        moments = heard[np.clip(grid.frames(self.pack.latent_rate_hz), 0, len(heard) - 1)]
        rng = np.random.default_rng(seed_of(request))
        played = Improvised()
        for _ in range(TRIES):
            played = in_seconds(self._written(request.role, grid, moments, rng, cancel), grid)
            if any(note.start_s < duration_s / 2 for part in played for note in part):
                break
        return played

    def _written(
        self, role: str, grid: Grid, moments: Floats, rng: np.random.Generator, cancel: CancelToken
    ) -> list[Struck]:
        """Return what is written up to the end of `grid`, told its `moments`."""
        spec = self.pack.manifest.improvisation
        assert spec is not None  # load_pack has seen to it
        sheet = Sheet(grid.begin, grid.bar_ticks, spec.bars_ago)
        phases, state = grid.phases(spec.phrase_bars), np.zeros(spec.state, np.float32)
        while sheet.tick < grid.end:
            here = sheet.tick - grid.begin
            feeds: dict[str, npt.NDArray[Any]] = {
                "moment": moments[here], "phase": phases[here],
                "told": np.array(sheet.told(), np.int64), "state": state,
            }  # fmt: skip
            (made,) = self.nets["improviser"]({n: v[None] for n, v in feeds.items()}, cancel)
            state = made[EVENTS:]
            sheet.add(choose(made[:EVENTS], sheet.allowed(role), spec, rng))
        return sheet.notes

    def _heard(self, canvas: Canvas, part: Part, cancel: CancelToken) -> Floats:
        """Return what the listener says of each latent frame of `part`, (frames, width).

        It hears the context; where there is none, what is kept of the part itself.
        """
        span, net = slice(part.first, part.last), self.nets["listener"]
        masked = canvas.context_mask[span] > 0
        feeds: dict[str, Any] = {
            "role": np.int64(self.pack.manifest.conditions.roles.index(part.request.role)),
            "context": np.where(masked, canvas.context[span], canvas.known[span]),
            "context_mask": np.where(masked, 1, canvas.known_mask[span]).astype(np.float32),
        }  # fmt: skip
        if (text := self.texts.get(part.request.prompt)) is not None:
            feeds |= {"text": text.states, "text_mask": text.mask}
        return np.asarray(net({name: feeds[name][None] for name in net.takes}, cancel)[0])


def seed_of(request: RenderRequest) -> int:
    """Return the seed that decides the notes: a retake's where it is more than a variation."""
    turned = [turn.seed for turn in request.turns if turn.amount > TURNED]
    return turned[-1] if turned else request.seed


def choose(logits: Floats, allowed: Mask, spec: Improvisation, rng: np.random.Generator) -> int:
    """Return one of the likeliest events that together have `top_p` (arXiv 1904.09751)."""
    scores = np.where(allowed, logits.astype(np.float64) / spec.temperature, -np.inf)
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    order = np.argsort(-chances, kind="stable")
    before = np.cumsum(chances[order]) - chances[order]
    likely = order[before < spec.top_p]
    return int(rng.choice(likely, p=chances[likely] / chances[likely].sum()))


def in_seconds(struck: list[Struck], grid: Grid) -> Improvised:
    """Return notes at ticks as notes in seconds, what lies before the request cut off."""
    heard = [one for one in struck if one.tick + one.length > grid.first]

    def note(one: Struck) -> Note:
        start_s = grid.seconds_at(max(one.tick, grid.first))
        duration_s = grid.seconds_at(one.tick + one.length) - start_s
        return Note(round(start_s, 6), round(duration_s, 6), one.pitch, one.velocity)

    return Improvised(
        tuple(note(one) for one in heard if one.part != "drums"),
        tuple(note(one) for one in heard if one.part == "drums"),
    )
