"""A render request: everything that decides how a rendering sounds, frozen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from inference.arrays import Audio
from inference.errors import RequestError

MAX_SEED: Final = 2**63 - 1
MAX_STEPS: Final = 1000
MOST_BEATS: Final = 1e18  # and bars; beyond, their phases would be no numbers


class Note(NamedTuple):
    """A note of the sketch; times count from the request's start, so a held one may be negative."""

    start_s: float
    duration_s: float
    pitch: int
    velocity: int


class BeatPoint(NamedTuple):
    """A point of the beat grid: how many beats and bars have passed at `time_s`.

    Between two points both grow evenly, so a point stands at every change of tempo or metre.
    """

    time_s: float
    beat: float
    bar: float


class Turn(NamedTuple):
    """Noise is turned by `amount` 0..1 towards that of `seed`."""

    seed: int
    amount: float


class Span(NamedTuple):
    """Audio frames `[start_frame, end_frame)` of a request."""

    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRequest:
    """What to render; audio is float32 (channels, frames) at the pack's rate.

    `notes` is None where the model is free and () where the sketch asks for silence. Under the role
    drums they are General MIDI drum keys; `drum_notes` are such keys beside notes of any role.
    Each of `turns` turns the noise of `seed` towards that of another (a retake).
    `initial_strength` 0..1 says how much of `initial_audio` is made anew.
    `known_audio` is kept but for the spans in `repaint`.
    """

    pack_id: str
    frames: int
    prompt: str = ""
    negative_prompt: str = ""
    role: str = "mix"
    notes: tuple[Note, ...] | None = None
    drum_notes: tuple[Note, ...] = ()
    beats: tuple[BeatPoint, ...] = ()
    seed: int = 0
    turns: tuple[Turn, ...] = ()
    steps: int | None = None
    guidance: float | None = None
    notes_strength: float = 1.0
    initial_strength: float = 1.0
    repaint: tuple[Span, ...] = ()
    context_audio: Audio | None = field(default=None, compare=False, repr=False)
    known_audio: Audio | None = field(default=None, compare=False, repr=False)
    initial_audio: Audio | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        check_range("frames", self.frames, 1, 2**40)
        check_range("seed", self.seed, 0, MAX_SEED)
        for turn in self.turns:
            check_range("the seed of a turn", turn.seed, 0, MAX_SEED)
            check_range("the amount of a turn", turn.amount, 0.0, 1.0)
        check_range("initial_strength", self.initial_strength, 0.0, 1.0)
        check_range("notes_strength", self.notes_strength, 0.0, 10.0)
        if self.steps is not None:
            check_range("steps", self.steps, 1, MAX_STEPS)
        if self.guidance is not None:
            check_range("guidance", self.guidance, 0.0, 100.0)
        check_notes((*(self.notes or ()), *self.drum_notes))
        check_beats(self.beats)
        check_spans(self.repaint, self.frames)
        for name in AUDIO_FIELDS:
            check_audio(name, getattr(self, name), self.frames)

    @property
    def is_sketched(self) -> bool:
        """Return whether the notes say what is played; else the model is free."""
        return self.notes is not None or bool(self.drum_notes)

    def notes_for(self, *, drums: bool) -> tuple[Note, ...]:
        """Return the notes that are drum keys, or those that are pitches."""
        own = (self.notes or ()) if drums == (self.role == "drums") else ()
        return (*own, *self.drum_notes) if drums else own


AUDIO_FIELDS: Final = ("context_audio", "known_audio", "initial_audio")


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise RequestError unless `low <= value <= high`."""
    if not low <= value <= high:
        raise RequestError(f"{name} must be in {low}..{high}, got {value}")


def check_notes(notes: tuple[Note, ...]) -> None:
    """Raise RequestError at the first note that no MIDI file could hold."""
    for note in notes:
        if not (np.isfinite(note.start_s) and 0 <= note.duration_s < np.inf):
            raise RequestError(f"a note's times must be finite and not negative, got {note}")
        if not (0 <= note.pitch <= 127 and 1 <= note.velocity <= 127):
            raise RequestError(f"pitch must be in 0..127 and velocity in 1..127, got {note}")


def check_beats(beats: tuple[BeatPoint, ...]) -> None:
    """Raise RequestError unless the points are numbers of use and in the order of time."""
    table = np.asarray(beats, np.float64).reshape(-1, 3)
    if not np.isfinite(table).all() or (np.diff(table[:, 0]) < 0).any():
        raise RequestError("beats must be finite and sorted by time_s; sort the beat grid")
    if (np.abs(table) > MOST_BEATS).any():
        worst = beats[int(np.abs(table).max(axis=1).argmax())]
        raise RequestError(f"beats must lie within {MOST_BEATS:g} of 0, got {tuple(worst)}")


def check_spans(spans: tuple[Span, ...], frames: int) -> None:
    """Raise RequestError at the first span that is empty or leaves the request."""
    for span in spans:
        if not 0 <= span.start_frame < span.end_frame <= frames:
            raise RequestError(f"repaint spans must lie within 0..{frames}, got {tuple(span)}")


def check_audio(name: str, audio: Audio | None, frames: int) -> None:
    """Raise RequestError unless `audio` is absent or finite float32 (channels, `frames`)."""
    if audio is None:
        return
    if audio.dtype != np.float32 or audio.ndim != 2 or audio.shape[1] != frames:
        raise RequestError(
            f"{name} must be float32 (channels, {frames}), got {audio.dtype} {audio.shape}"
        )
    if not np.isfinite(audio).all():
        raise RequestError(f"{name} holds NaN or infinity; render or import it again")


def audio_digest(audio: Audio) -> str:
    """Return the SHA-256 of the samples and their shape."""
    digest = hashlib.sha256(repr(audio.shape).encode())
    digest.update(np.ascontiguousarray(audio).data)
    return digest.hexdigest()


def request_to_plain(request: RenderRequest) -> dict[str, Any]:
    """Return `request` as JSON values; audio becomes its digest and travels beside."""
    plain: dict[str, Any] = msgspec.to_builtins(request, enc_hook=audio_digest)
    return plain


def request_from_plain(
    plain: Mapping[str, Any], audio: Mapping[str, Audio] | None = None
) -> RenderRequest:
    """Return the request that `request_to_plain` wrote, with `audio` looked up by digest."""

    def look_up(_kind: type, digest: Any) -> Audio:
        if audio is None or digest not in audio:
            raise RequestError(f"the request's audio {digest} is not at hand; pass it along")
        return audio[digest]

    try:
        return msgspec.convert(plain, RenderRequest, dec_hook=look_up)
    except msgspec.ValidationError as error:
        raise RequestError(f"not a render request: {error}") from error


def request_digest(request: RenderRequest) -> str:
    """Return the SHA-256 of the whole request, audio included."""
    plain = msgspec.json.encode(request_to_plain(request), order="deterministic")
    return hashlib.sha256(plain).hexdigest()
