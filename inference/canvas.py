"""A canvas: a span of latent frames covered by windows that agree where they overlap.

One long request and several that touch are the same thing: windows, each under the prompt of its
part, whose velocities are blended by weights that sum to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from inference.arrays import Audio, Floats, Latents
from inference.conditioning import NoteTable, beat_features, kept_mask, notes_to_roll
from inference.noise import turned_noise
from inference.pack import Pack
from inference.request import Note, RenderRequest


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A request's place: from audio frame `start_frame`, latent frames `[first, last)`."""

    request: RenderRequest
    start_frame: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Latent frames `[start, end)` under the prompt of `part`; `weight` is (end - start, 1)."""

    part: Part
    start: int
    end: int
    weight: Floats

    @property
    def length(self) -> int:
        return self.end - self.start


def cut(start: int, end: int, window: int, overlap: int) -> list[tuple[int, int]]:
    """Return spans of one length, at most `window`, that cover `[start, end)`.

    Neighbours share at least `overlap` frames.
    """
    length = end - start
    if length <= window:
        return [(start, end)]
    count = -(-(length - overlap) // (window - overlap))
    width = -(-(length + (count - 1) * overlap) // count)
    starts = [start + n * (length - width) // (count - 1) for n in range(count)]
    return [(first, first + width) for first in starts]


def rise(frames: int) -> Floats:
    """Return a raised cosine from 0 to 1, which with its mirror image sums to 1."""
    at = (np.arange(frames) + 0.5) / max(frames, 1)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * at), np.float32)


def blend_weights(spans: Sequence[tuple[int, int]], frames: int) -> list[Floats]:
    """Return a weight (length, 1) for each span, in order of start; they sum to 1 at each frame."""
    weights = [np.ones(end - start, np.float32) for start, end in spans]
    for index, ((start, end), (next_start, _)) in enumerate(pairwise(spans)):
        here, there = weights[index], weights[index + 1]
        ramp = rise(min(max(end - next_start, 0), end - start, len(there)))
        here[len(here) - len(ramp) :] *= ramp[::-1]
        there[: len(ramp)] *= ramp
    total = np.zeros(frames, np.float32)
    for (start, end), weight in zip(spans, weights, strict=True):
        total[start:end] += weight
    return [
        (weight / total[start:end])[:, None]
        for (start, end), weight in zip(spans, weights, strict=True)
    ]


class Canvas:
    """Requests that touch, laid out one after another, with all that the denoiser is told."""

    def __init__(self, pack: Pack, requests: Sequence[RenderRequest]) -> None:
        self._pack = pack
        self._latent = pack.manifest.latent
        self.frames = sum(request.frames for request in requests)
        self.latent_frames = -(-self.frames // self._latent.audio_frames)
        self.parts = self._place(requests)
        self.windows = self._windows()
        self.notes, self.drums = self._note_table(drums=False), self._note_table(drums=True)
        self.notes_mask = self._notes_mask()
        self.beat = np.concatenate([self._beat(part) for part in self.parts])
        self.context, self.context_mask = self.nothing()
        self.known, self.known_mask = self.nothing()
        self.initial: Latents | None = None
        self.improvised: dict[Part, tuple[tuple[Note, ...], tuple[Note, ...]]] = {}

    def nothing(self) -> tuple[Latents, Floats]:
        """Return latents that mean nothing, and their mask of zeros."""
        empty = np.tile(self._pack.empty_latent, (self.latent_frames, 1))
        return empty, np.zeros((self.latent_frames, 1), np.float32)

    def _place(self, requests: Sequence[RenderRequest]) -> tuple[Part, ...]:
        starts = list(accumulate((request.frames for request in requests), initial=0))
        edges = [round(start / self._latent.audio_frames) for start in starts]
        edges[-1] = self.latent_frames
        return tuple(
            Part(request, start, first, last)
            for request, start, (first, last) in zip(
                requests, starts[:-1], pairwise(edges), strict=True
            )
        )

    def _windows(self) -> tuple[Window, ...]:
        """Return the windows by start; at a join both parts reach half an overlap across."""
        latent, spans = self._latent, []
        for part in self.parts:
            start = max(part.first - latent.overlap // 2, 0)
            end = min(part.last + latent.overlap // 2, self.latent_frames)
            if start < end:
                spans += [(s, part) for s in cut(start, end, latent.window, latent.overlap)]
        spans.sort(key=lambda pair: pair[0])
        weights = blend_weights([span for span, _ in spans], self.latent_frames)
        return tuple(
            Window(part, start, end, weight)
            for ((start, end), part), weight in zip(spans, weights, strict=True)
        )

    def _note_table(self, *, drums: bool) -> NoteTable:
        """Return the notes of all parts in canvas seconds, each cut at its part's end."""
        each = [self._placed(part.request.notes_for(drums=drums), part) for part in self.parts]
        return np.concatenate([np.zeros((0, 4)), *each])

    def _placed(self, notes: Sequence[Note], part: Part) -> NoteTable:
        """Return the notes of `part` in canvas seconds, cut at its end."""
        rate_hz = self._pack.manifest.audio.sample_rate_hz
        duration_s = part.request.frames / rate_hz
        table = np.array(notes, np.float64).reshape(-1, 4)
        table = table[table[:, 0] < duration_s]
        table[:, 1] = np.minimum(table[:, 1], duration_s - table[:, 0])
        table[:, 0] += part.start_frame / rate_hz
        return table

    def _notes_mask(self) -> Floats:
        mask = np.zeros((self.latent_frames, 1), np.float32)
        for part in self.parts:
            mask[part.first : part.last] = part.request.is_sketched
        return mask

    def _beat(self, part: Part) -> Floats:
        """Return the beat features of the latent frames of `part`."""
        rate_hz = self._pack.latent_rate_hz
        table = np.array(part.request.beats, np.float64).reshape(-1, 3)
        start_s = part.start_frame / self._pack.manifest.audio.sample_rate_hz
        table[:, 0] += start_s - part.first / rate_hz
        return beat_features(table, part.last - part.first, rate_hz)

    def roll(self, start: int, end: int) -> Floats:
        """Return the notes' features of latent frames `[start, end)`."""
        spec = self._pack.manifest.conditions.notes
        assert spec is not None  # load_pack has seen to it
        rate_hz, rolls = self._pack.latent_rate_hz, []
        for table, drums in ((self.notes, False), (self.drums, True)):
            late, early = table[:, 0] < end / rate_hz, table[:, :2].sum(axis=1) > start / rate_hz
            here = table[late & (early | (table[:, 0] >= start / rate_hz))]
            if len(here) or not drums:
                here = here - [start / rate_hz, 0, 0, 0]
                rolls.append(
                    notes_to_roll(
                        *(here, drums, end - start, rate_hz),
                        planes=spec.planes,
                        subframes=spec.subframes,
                    )
                )
        return rolls[0] if len(rolls) == 1 else np.maximum(*rolls)

    def noise(self) -> Latents:
        """Return the starting noise, each part's frames under its own seed."""
        return np.concatenate(
            [
                turned_noise(
                    *(part.request.seed, part.request.turns),
                    *(0, part.last - part.first, self._latent.channels),
                )
                for part in self.parts
            ]
        )

    @property
    def keeps_sound(self) -> bool:
        """Return whether a part keeps known audio."""
        return any(part.request.known_audio is not None for part in self.parts)

    def sound(self, field: str) -> Audio | None:
        """Return `field` of all requests laid end to end, or None where none has it."""
        if all(getattr(part.request, field) is None for part in self.parts):
            return None
        room = self.latent_frames * self._latent.audio_frames
        sound = np.zeros((self._pack.manifest.audio.channels, room), np.float32)
        for part in self.parts:
            audio = getattr(part.request, field)
            if audio is not None:
                sound[:, part.start_frame : part.start_frame + part.request.frames] = audio
        return sound

    def hear(self, context: Latents) -> None:
        """Take `context` for the parts that listen to it."""
        for part in self.parts:
            if part.request.context_audio is not None:
                self.context[part.first : part.last] = context[part.first : part.last]
                self.context_mask[part.first : part.last] = 1

    def sketch(self, part: Part, notes: tuple[Note, ...], drum_notes: tuple[Note, ...]) -> None:
        """Take notes and drum notes that were improvised for `part`."""
        self.improvised[part] = notes, drum_notes
        self.notes = np.concatenate([self.notes, self._placed(notes, part)])
        self.drums = np.concatenate([self.drums, self._placed(drum_notes, part)])
        self.notes_mask[part.first : part.last] = 1

    def keep(self, known: Latents) -> None:
        """Take `known` where it is not to be painted anew."""
        step = self._latent.audio_frames
        for part in self.parts:
            if part.request.known_audio is not None:
                span = slice(part.first, part.last)
                offset = part.first * step - part.start_frame
                mask = kept_mask(part.request.repaint, offset, step, part.last - part.first)
                self.known[span] = np.where(mask, known[span], self.known[span])
                self.known_mask[span] = mask
