"""The notes of what is not sketched: improvised event by event to what else sounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np

from inference.arrays import Floats
from inference.canvas import Canvas, Part
from inference.events import Struck
from inference.grid import Grid
from inference.hands import Desk, best
from inference.line import Line, drawn_of, struck_on
from inference.pack import Pack
from inference.progress import CancelToken
from inference.request import Note, RenderRequest
from inference.sessions import Net
from inference.text import TextStates

OnShare: TypeAlias = Callable[[float], None]

TRIES: Final = 8  # of a part that rests through its first half, as a quarter of all solos did
TURNED: Final = 0.5  # a retake that turns the noise less keeps the notes


class Improvised(NamedTuple):
    """Pitches and drum keys, in seconds from the request's start."""

    notes: tuple[Note, ...] = ()
    drum_notes: tuple[Note, ...] = ()


def leaves_room(request: RenderRequest) -> bool:
    """Return whether notes are improvised: nothing says what is played, or only one part of a mix.

    Audio to start from says it too.
    """
    is_free = not request.is_sketched and request.initial_audio is None
    return is_free or bool(drawn_of(request).notes)


@dataclass(frozen=True, slots=True)
class Improviser:
    """The pack's listener and improviser, and the prompts that they are told."""

    pack: Pack
    nets: Mapping[str, Net]
    texts: Mapping[str, TextStates]

    def improvise(
        self, canvas: Canvas, part: Part, cancel: CancelToken, on_share: OnShare = lambda _: None
    ) -> Improvised:
        """Return what is played in `part`; the same for the same seed, prompt and context.

        `on_share` is told bar by bar how much of it is written, 0..1.
        """
        request = part.request
        duration_s = request.frames / self.pack.manifest.audio.sample_rate_hz
        grid = Grid(request.beats, duration_s, from_bar=True)  # as songs began in training
        heard = self._heard(canvas, part, cancel)
        moments = heard[np.clip(grid.frames(self.pack.latent_rate_hz), 0, len(heard) - 1)]
        spec, rng = self.pack.manifest.improvisation, np.random.default_rng(seed_of(request))
        assert spec is not None  # load_pack has seen to it
        desk = Desk(request.role, spec, grid, moments, grid.phases(spec.phrase_bars), rng)
        line = Line.of(struck_on(grid, drawn_of(request)))
        played = Improvised()
        for _ in range(TRIES):
            played = in_seconds(self._written(desk, line, cancel, on_share), grid)
            if any(note.start_s < duration_s / 2 for part in played for note in part):
                break
        return played

    def _written(
        self, desk: Desk, line: Line, cancel: CancelToken, on_share: OnShare
    ) -> list[Struck]:
        """Return what is written at `desk` beside `line`."""
        hands = desk.hands(line)
        for bar_end in desk.bars():
            while writing := [hand for hand in hands if hand.sheet.tick < bar_end]:
                made = self.nets["improviser"](desk.feeds(writing), cancel)
                for hand, each in zip(writing, made, strict=True):
                    desk.write(hand, each)
            hands = desk.kept(hands)
            on_share((bar_end - desk.grid.begin) / max(1, desk.grid.end - desk.grid.begin))
        return best(hands)

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
