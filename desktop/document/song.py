"""The song and everything in it, as frozen values that are valid from the moment they exist."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal, get_args

from desktop.document.tempo import TempoMap
from desktop.document.time import MAX_SONG_S, Tick, checked_tick

Role = Literal["mix", "lead", "harmony", "bass", "drums"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
TakeFormat = Literal["flac", "wav"]
OnFailure = Literal["keep", "refuse", "next_seed"]

MAX_SEED: Final = 2**63 - 1
MAX_GAIN_DB: Final = 48.0
MIN_GAIN_DB: Final = -144.0
MAX_PROMPT_LETTERS: Final = 10_000  # that edits give a region; a saved song may hold more
# fmt: off
KEYS: Final = (
    "Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#",
    "Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m", "G#m",
    "D#m", "A#m",
)
# fmt: on
_MAX_SAMPLE_RATE_HZ: Final = 192_000
_MAX_FRAMES: Final = MAX_SONG_S * _MAX_SAMPLE_RATE_HZ
_MOST_COMPARED: Final = 2**31
_SHOWN_LETTERS: Final = 40
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note; `start` and `length` are ticks from the clip's start, `velocity` is 1..127."""

    id: int
    start: Tick
    length: Tick
    pitch: int
    velocity: int = 100

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_span("note", self.start, self.start + self.length)
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"pitch must be in 0..127, got {self.pitch}")
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"velocity must be in 1..127, got {self.velocity}")


@dataclass(frozen=True, slots=True)
class Clip:
    """Notes placed on a track at `start`; what lies past `length` does not sound.

    Notes have ids unique within the clip and are kept in order of start, then pitch.
    """

    id: int
    start: Tick
    length: Tick
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_span("clip", self.start, self.end)
        _check_unique("note", self.notes)
        ordered = sorted(self.notes, key=lambda n: (n.start, n.pitch, n.id))
        object.__setattr__(self, "notes", tuple(ordered))

    @property
    def end(self) -> Tick:
        """Return the tick after the clip's last."""
        return Tick(self.start + self.length)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a quality report; the name holds its unit, as in `true_peak_dbtp`.

    `value` is None where there is none, as the loudness of silence.
    """

    name: str
    value: float | None

    def __post_init__(self) -> None:
        _check_text("measure", self.name)
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"measure {self.name} must be finite or None, got {self.value}")


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What was measured in a take, and in plain words what failed the quality gate."""

    measures: tuple[Measure, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Return whether nothing failed."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Take:
    """One rendering of a region: `frames` of audio that lie in the take pool under `sha256`.

    The region starts at frame `offset_frames` of the audio, negative when the audio begins later
    than the region. It sounds `gain_db` louder than the audio. `wins` and `losses` count blind
    comparisons. `recipe` is the provenance as JSON text, as its writer wrote it. `recording` is
    the name of the recording it came from, "" for a take that nobody sang or played.
    """

    id: str
    sha256: str
    format: TakeFormat
    frames: int
    sample_rate_hz: int
    created_utc: str
    recipe: str = "{}"
    quality: QualityReport = field(default_factory=QualityReport)
    stars: int = 0
    rejected: bool = False
    name: str = ""
    comment: str = ""
    offset_frames: int = 0
    gain_db: float = 0.0
    wins: int = 0
    losses: int = 0
    recording: str = ""

    def __post_init__(self) -> None:
        _check_texts(id=self.id, created_utc=self.created_utc, recipe=self.recipe)
        _check_texts(name=self.name, comment=self.comment, recording=self.recording)
        check_sha256(self.sha256)
        _check_range("frames", self.frames, 1, _MAX_FRAMES)
        _check_range("offset_frames", self.offset_frames, -_MAX_FRAMES, _MAX_FRAMES)
        _check_sample_rate(self.sample_rate_hz)
        if not 0 <= self.stars <= 5:
            raise ValueError(f"stars must be in 0..5, got {self.stars}")
        _check_range("gain_db", self.gain_db, MIN_GAIN_DB, MAX_GAIN_DB)
        _check_range("wins", self.wins, 0, _MOST_COMPARED)
        _check_range("losses", self.losses, 0, _MOST_COMPARED)

    def provenance(self) -> dict[str, Any]:
        """Return the recipe as a new dict; ValueError when it is no JSON object."""
        try:
            recipe = json.loads(self.recipe)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"the recipe of take {self.id} is damaged: {error}") from error
        if not isinstance(recipe, dict):
            raise ValueError(f"the recipe of take {self.id} is no JSON object")
        return recipe


@dataclass(frozen=True, slots=True)
class Piece:
    """A take plays from `start` on, in ticks from the region's start, until the next piece does."""

    start: Tick
    take_id: str

    def __post_init__(self) -> None:
        checked_tick("piece", self.start)
        _check_text("take_id", self.take_id)


@dataclass(frozen=True, slots=True)
class Comp:
    """Takes that play one after another; the first piece starts with the region.

    What lies past the region's end does not sound. Pieces that meet are crossfaded, with equal
    power, over `crossfade_s` around the place, or as long as the shorter of them has room for.
    """

    pieces: tuple[Piece, ...]
    crossfade_s: float = 0.02

    def __post_init__(self) -> None:
        if not self.pieces or self.pieces[0].start != 0:
            raise ValueError("a comp must begin with a piece at 0, where its region starts")
        for before, after in pairwise(self.pieces):
            if after.start <= before.start:
                raise ValueError(f"pieces must be in order, got {after.start} at {before.start}")
        _check_range("crossfade_s", self.crossfade_s, 0.0, 10.0)


@dataclass(frozen=True, slots=True)
class Region:
    """A span [start, end) of a track that carries a prompt, in ticks of the song.

    A `seed` of None is drawn anew for each take; `steps` and `guidance` of None are the pack's
    own, a `pack_id` of None is the song's. `notes_strength` is 0..1. A region that `listens` hears
    the other tracks. One with a `comp` plays that in place of its active take.
    """

    id: int
    start: Tick
    end: Tick
    prompt: str = ""
    negative_prompt: str = ""
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    notes_strength: float = 1.0
    listens: bool = True
    pack_id: str | None = None
    takes: tuple[Take, ...] = ()
    active_take: str | None = None
    comp: Comp | None = None

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_span("region", self.start, self.end)
        _check_texts(prompt=self.prompt, negative_prompt=self.negative_prompt)
        _check_texts(pack_id=self.pack_id or "")
        _check_range("seed", self.seed, 0, MAX_SEED)
        _check_range("steps", self.steps, 1, 1000)
        _check_range("guidance", self.guidance, 0.0, 100.0)
        _check_range("notes_strength", self.notes_strength, 0.0, 1.0)
        _check_unique("take", self.takes)
        if self.active_take is not None and self.playing is None:
            raise ValueError(f"region {self.id} has no take {self.active_take!r} to play")
        if self.comp is not None:
            self._check_comp(self.comp)

    @property
    def playing(self) -> Take | None:
        """Return the take that sounds, None before one is chosen."""
        return next((take for take in self.takes if take.id == self.active_take), None)

    def _check_comp(self, comp: Comp) -> None:
        if self.active_take is None:
            raise ValueError(f"region {self.id} has a comp, so one of its takes must be active")
        if missing := {piece.take_id for piece in comp.pieces} - {take.id for take in self.takes}:
            raise ValueError(f"region {self.id} has no take {min(missing)!r} to play")


def called(region: Region) -> str:
    """Return what tells users which region is meant: how its prompt begins."""
    if not region.prompt.strip():
        return "without a prompt"
    begins = region.prompt[:_SHOWN_LETTERS]
    return repr(begins if begins == region.prompt else f"{begins}…")


@dataclass(frozen=True, slots=True)
class Track:
    """A track; clips may overlap, regions may touch but not overlap. `pan` is -1..1."""

    id: int
    name: str = ""
    colour: str = "#8899aa"
    role: Role = "lead"
    gain_db: float = 0.0
    pan: float = 0.0
    mute: bool = False
    solo: bool = False
    clips: tuple[Clip, ...] = ()
    regions: tuple[Region, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_text("name", self.name)
        if not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"colour must be like #8899aa, got {self.colour!r}")
        if self.role not in ROLES:
            raise ValueError(f"role must be one of {ROLES}, got {self.role!r}")
        _check_range("gain_db", self.gain_db, MIN_GAIN_DB, MAX_GAIN_DB)
        _check_range("pan", self.pan, -1.0, 1.0)
        object.__setattr__(self, "clips", _by_start(self.clips))
        object.__setattr__(self, "regions", _by_start(self.regions))
        for before, after in pairwise(self.regions):
            if after.start < before.end:
                raise ValueError(
                    f"the region {called(before)} overlaps the region {called(after)} on "
                    f"{self.name!r}; move or shorten one of them"
                )


@dataclass(frozen=True, slots=True)
class Marker:
    """A named place in the song."""

    id: int
    tick: Tick
    name: str

    def __post_init__(self) -> None:
        _check_id(self.id)
        checked_tick("marker", self.tick)
        _check_text("marker", self.name)


@dataclass(frozen=True, slots=True)
class QualityGate:
    """What a take must keep to, and what happens when it does not; None measures nothing.

    "next_seed" renders again, up to `retries` times.
    """

    on_failure: OnFailure = "next_seed"
    retries: int = 2
    max_true_peak_dbtp: float | None = 1.0
    min_loudness_lufs: float | None = -50.0
    max_loudness_lufs: float | None = -3.0
    max_silent_share: float | None = 0.9
    max_dc_offset: float | None = 0.02
    max_harsh_share: float | None = 0.5
    max_clipped_share: float | None = 0.0001

    def __post_init__(self) -> None:
        _check_range("retries", self.retries, 0, 100)
        for name in ("max_true_peak_dbtp", "min_loudness_lufs", "max_loudness_lufs"):
            _check_range(name, getattr(self, name), -200.0, 100.0)
        for name in ("silent_share", "dc_offset", "harsh_share", "clipped_share"):
            _check_range(f"max_{name}", getattr(self, f"max_{name}"), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """The song's settings; a `key` of None is unknown, a `pack_id` of None is the default pack."""

    key: str | None = None
    sample_rate_hz: int = 44100
    pack_id: str | None = None
    pack_version: str | None = None
    quality_gate: QualityGate = field(default_factory=QualityGate)

    def __post_init__(self) -> None:
        if self.key is not None and self.key not in KEYS:
            raise ValueError(f"key must be one of {' '.join(KEYS)}, got {self.key!r}")
        _check_sample_rate(self.sample_rate_hz)
        _check_texts(pack_id=self.pack_id or "", pack_version=self.pack_version or "")


@dataclass(frozen=True, slots=True)
class Song:
    """A song. Tracks, clips, regions and markers share one row of ids, all below `next_id`."""

    title: str = ""
    tracks: tuple[Track, ...] = ()
    tempo_map: TempoMap = field(default_factory=TempoMap)
    markers: tuple[Marker, ...] = ()
    settings: Settings = field(default_factory=Settings)
    next_id: int = 1

    def __post_init__(self) -> None:
        _check_text("title", self.title)
        ids = list(self._ids())
        if len(ids) != len(set(ids)):
            twice = next(number for number, found in Counter(ids).items() if found > 1)
            raise ValueError(f"ids must be unique within the song, got {twice} twice")
        if ids and max(ids) >= self.next_id:
            raise ValueError(f"next_id must be above {max(ids)}, got {self.next_id}")
        ordered = sorted(self.markers, key=lambda m: (m.tick, m.id))
        object.__setattr__(self, "markers", tuple(ordered))
        if not (duration_s := self.tempo_map.tick_to_second(self.end)) <= MAX_SONG_S:
            raise ValueError(
                f"a song may last {MAX_SONG_S} s, got {duration_s:.0f} s at tick {self.end}"
            )

    @property
    def end(self) -> Tick:
        """Return the tick at which the last clip or region ends; 0 in an empty song."""
        clip_ends = [clip.end for track in self.tracks for clip in track.clips]
        region_ends = [region.end for track in self.tracks for region in track.regions]
        return max(clip_ends + region_ends, default=Tick(0))

    def _ids(self) -> Iterator[int]:
        for track in self.tracks:
            yield track.id
            yield from (clip.id for clip in track.clips)
            yield from (region.id for region in track.regions)
        yield from (marker.id for marker in self.markers)


def check_sha256(text: str) -> str:
    """Return `text`, which must be 64 lower-case hexadecimal digits."""
    if not _SHA256.fullmatch(text):
        raise ValueError(f"a SHA-256 has 64 digits 0-9 a-f, got {text[:80]!r}")
    return text


def _by_start(parts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=lambda part: (part.start, part.id)))


def _check_id(number: int) -> None:
    if not 1 <= number < 2**53:
        raise ValueError(f"an id must be in 1..2**53 - 1, got {number}")


def _check_span(name: str, start: int, end: int) -> None:
    checked_tick(f"{name} start", start)
    checked_tick(f"{name} end", end)
    if end <= start:
        raise ValueError(f"a {name} must be 1 tick or longer, got {end - start} at {start}")


def _check_unique(name: str, parts: Iterable[Any]) -> None:
    ids = [part.id for part in parts]
    if len(ids) != len(set(ids)):
        raise ValueError(f"{name} ids must be unique, got {len(ids) - len(set(ids))} repeated")


def _check_range(name: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise ValueError(f"{name} must be in {low:g}..{high:g}, got {value}")


def _check_sample_rate(sample_rate_hz: int) -> None:
    _check_range("sample_rate_hz", sample_rate_hz, 8000, _MAX_SAMPLE_RATE_HZ)


def _check_texts(**texts: str) -> None:
    for name, text in texts.items():
        _check_text(name, text)


def _check_text(name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} is no valid text at letter {error.start}") from error
