"""A pack: the folder of one model, read strictly as onnx_models/CONTRACT.md describes it."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Annotated, Final, Literal

import msgspec
import numpy as np
from msgspec import Meta

from inference.arrays import Floats
from inference.errors import PackError

CONTRACT: Final = 1
MANIFEST: Final = "pack.toml"
REQUIRED_FILES: Final = ("LICENSE", "MODEL_CARD.md")
MAX_MANIFEST_BYTES: Final = 4 * 2**20
MAX_NUMBERS_A_SECOND: Final = 2**20  # of latents and notes; sound itself has fewer

Count = Annotated[int, Meta(ge=1, le=2**31)]
FromZero = Annotated[int, Meta(ge=0, le=2**31)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Shift = Annotated[float, Meta(ge=1e-3, le=1e3)]
BarsAgo = Annotated[int, Meta(ge=1, le=16)]
BarsAPhrase = Annotated[int, Meta(ge=2, le=64)]
PackId = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,63}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Plane = Literal["sounding", "onset", "drum"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the manifest; a key that it does not know is an error."""


class AudioFormat(Strict, frozen=True):
    sample_rate_hz: Annotated[int, Meta(ge=8000, le=192_000)]  # what a take may have
    channels: Annotated[int, Meta(ge=1, le=8)]


class LatentFormat(Strict, frozen=True):
    channels: Count
    audio_frames: Count
    order: Literal["BTC", "BCT"]
    window: Count
    overlap: FromZero
    silence: str | None = None


class DecoderTiles(Strict, frozen=True):
    tile: Count
    context: FromZero
    first_tile: Count | None = None


class TextInput(Strict, frozen=True):
    tokenizer: str
    max_tokens: Annotated[int, Meta(ge=1, le=65536)]


class Sampling(Strict, frozen=True):
    kind: Literal["flow_euler"]
    steps: Annotated[int, Meta(ge=1, le=1000)]
    shift: Shift = 1.0
    times: tuple[Share, ...] | None = None
    guidance: Literal["none", "cfg", "apg"] = "none"
    guidance_scale: Annotated[float, Meta(ge=0.0, le=100.0)] = 1.0
    negative_scale: Annotated[float, Meta(ge=0.0, le=100.0)] = 1.0
    guidance_interval: tuple[Share, Share] = (0.0, 1.0)
    momentum: Annotated[float, Meta(gt=-1.0, lt=1.0)] = 0.0
    norm_threshold: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    rows: Annotated[int, Meta(ge=1, le=1024)] = 8

    @property
    def scale_against(self) -> float:
        """Return the guidance away from a negative prompt, where no other is asked for."""
        return max(self.guidance_scale, self.negative_scale)


class NotePlanes(Strict, frozen=True):
    planes: Annotated[tuple[Plane, ...], Meta(min_length=1, max_length=3)]
    subframes: Annotated[int, Meta(ge=1, le=64)]


class Improvisation(Strict, frozen=True):
    state: Count
    bars_ago: Annotated[tuple[BarsAgo, ...], Meta(min_length=1, max_length=8)] = (1,)
    phrase_bars: Annotated[tuple[BarsAPhrase, ...], Meta(max_length=4)] = ()
    temperature: Annotated[float, Meta(ge=0.01, le=10.0)] = 1.0
    top_p: Annotated[float, Meta(gt=0.0, le=1.0)] = 1.0


class Conditions(Strict, frozen=True):
    roles: tuple[str, ...] = ()
    prompt: bool = False
    negative_prompt: bool = False
    context_audio: bool = False
    repaint: bool = False
    initial_audio: bool = False
    beat_grid: bool = False
    notes: NotePlanes | None = None


class Unable(Strict, frozen=True):
    """Something that prompts may ask for and the model cannot do: its names, words that mean it."""

    en: str
    zh: str
    words: Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(min_length=1)]


class Graph(Strict, frozen=True):
    file: str
    inputs: dict[str, str]
    outputs: dict[str, str]


class Graphs(Strict, frozen=True):
    denoiser: Graph
    decoder: Graph
    control: Graph | None = None
    encoder: Graph | None = None
    text: Graph | None = None
    listener: Graph | None = None
    improviser: Graph | None = None


class PackFile(Strict, frozen=True):
    sha256: Sha256
    bytes: Annotated[int, Meta(ge=0, le=2**40)]


class Manifest(Strict, frozen=True):
    contract: Literal[1]
    id: PackId
    version: str
    name: str
    licence: str
    audio: AudioFormat
    latent: LatentFormat
    decoder: DecoderTiles
    sampling: Sampling
    conditions: Conditions
    graphs: Graphs
    files: dict[str, PackFile]
    text: TextInput | None = None
    improvisation: Improvisation | None = None
    unable: tuple[Unable, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A pack whose manifest is sound and whose files are there with the sizes it names."""

    folder: Path
    manifest: Manifest
    sha256: str  # of the manifest, which holds the hash of every file

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def latent_rate_hz(self) -> float:
        return self.manifest.audio.sample_rate_hz / self.manifest.latent.audio_frames

    @property
    def graphs(self) -> dict[str, Graph]:
        """Return the graphs that the pack has, by role."""
        graphs = self.manifest.graphs
        pairs = ((name, getattr(graphs, name)) for name in graphs.__struct_fields__)
        return {name: graph for name, graph in pairs if graph is not None}

    @cached_property
    def empty_latent(self) -> Floats:
        """Return what stands in unmasked frames, (channels,): the silence latent, or zeros."""
        latent = self.manifest.latent
        if latent.silence is None:
            return np.zeros(latent.channels, np.float32)
        return load_silence(self.folder / latent.silence, latent.channels)

    def verify(self) -> None:
        """Raise PackError unless the files are those of the manifest, each with its hash.

        A graph may read its weights from another file of the folder, so none may be unnamed.
        """
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder).as_posix()
            if not path.is_dir() and name not in {MANIFEST, *self.manifest.files}:
                raise PackError(f"{path} is not named in {MANIFEST}; name or remove it")
        for name, entry in self.manifest.files.items():
            if hash_file(self.folder / name) != entry.sha256:
                raise PackError(
                    f"{self.folder / name} is damaged: its SHA-256 is not the manifest's; "
                    "install the pack again"
                )


def load_pack(folder: Path) -> Pack:
    """Return the pack in `folder`, or raise PackError naming the file and what to do."""
    path = folder / MANIFEST
    try:
        if path.exists() and not path.is_file():
            raise PackError(f"{path} is no file; install the pack again")
        if path.stat().st_size > MAX_MANIFEST_BYTES:
            raise PackError(f"{path} is larger than 4 MiB; a manifest is not; install it again")
        data = path.read_bytes()
    except OSError as error:
        raise PackError(f"{path} cannot be read ({error}); is {folder} a pack?") from error
    pack = Pack(folder, parse_manifest(data, path), hashlib.sha256(data).hexdigest())
    check_names(pack)
    try:
        check_files(pack)
    except (OSError, RuntimeError) as error:  # the latter for links that lead round in a circle
        raise PackError(f"{folder} cannot be read ({error}); install the pack again") from error
    check_conditions(pack)
    return pack


def parse_manifest(data: bytes, path: Path) -> Manifest:
    """Return the manifest written in `data`; `path` is for messages."""
    try:
        plain = tomllib.loads(data.decode("utf-8"))
        if plain.get("contract") != CONTRACT:
            raise PackError(
                f"{path}: contract is {plain.get('contract')!r}, this program reads {CONTRACT}; "
                "get the pack for this version, or a newer program"
            )
        return msgspec.convert(plain, Manifest)
    except msgspec.ValidationError as error:
        raise PackError(f"{path}: {error}; see onnx_models/CONTRACT.md") from error
    except (ValueError, RecursionError) as error:  # too long a figure is no TOMLDecodeError
        raise PackError(f"{path} is not TOML ({error}); install the pack again") from error


def check_names(pack: Pack) -> None:
    """Raise PackError where the manifest contradicts itself or its folder."""
    manifest, path = pack.manifest, pack.folder / MANIFEST
    if manifest.id != pack.folder.resolve().name:
        raise PackError(f"{path}: id {manifest.id!r} must equal the folder's name; rename one")
    used = [graph.file for graph in pack.graphs.values()]
    used += [name for name in (manifest.latent.silence,) if name is not None]
    used += [manifest.text.tokenizer] if manifest.text is not None else []
    for name in (*used, *REQUIRED_FILES):
        if name not in manifest.files:
            raise PackError(f"{path}: [files] lacks {name!r}; add it with its hash and size")


def check_files(pack: Pack) -> None:
    """Raise PackError unless every file lies inside the folder and has its size."""
    root = pack.folder.resolve()
    for name, entry in pack.manifest.files.items():
        path = pack.folder / name
        if not is_inside(name) or not path.resolve().is_relative_to(root):
            raise PackError(f"{pack.folder / MANIFEST}: {name!r} leaves the pack; do not use it")
        if not path.is_file():
            raise PackError(f"{path} is missing; install the pack again")
        if path.stat().st_size != entry.bytes:
            raise PackError(
                f"{path} has {path.stat().st_size} bytes, the manifest says {entry.bytes}; "
                "install the pack again"
            )


def is_inside(name: str) -> bool:
    """Return whether `name` is a plain relative path with forward slashes and no `..`."""
    path = PurePosixPath(name)
    plain = name.isprintable() and not any(sign in name for sign in "\\:")
    inside = bool(path.parts) and not path.is_absolute() and ".." not in path.parts
    return plain and inside and str(path) == name


CONTROLS: Final = (  # what is the same at every step
    *("text", "text_mask", "role", "notes", "notes_mask"),
    *("beat", "context", "context_mask", "known", "known_mask"),
)
INPUTS: Final = {
    "text": ("ids", "mask"),
    "control": CONTROLS,
    "denoiser": ("latents", "time", "control", *CONTROLS),
    "decoder": ("latents",),
    "encoder": ("audio",),
    "listener": ("text", "text_mask", "role", "context", "context_mask"),
    "improviser": ("moment", "phase", "told", "state"),
}
OUTPUT: Final = {
    "text": "text", "control": "control", "denoiser": "velocity", "decoder": "audio",
    "encoder": "latents", "listener": "heard", "improviser": "next",
}  # fmt: skip
REQUIRED_INPUTS: Final = {
    "text": ("ids",),
    "control": (),
    "denoiser": ("latents", "time"),
    "decoder": ("latents",),
    "encoder": ("audio",),
    "listener": ("context",),
    "improviser": ("moment", "phase", "told", "state"),
}


def check_conditions(pack: Pack) -> None:
    """Raise PackError where graphs, conditions and the contract's words do not agree."""
    manifest, path = pack.manifest, pack.folder / MANIFEST
    for role, graph in pack.graphs.items():
        unknown = sorted(set(graph.inputs) - set(INPUTS[role]))
        lacking = [name for name in REQUIRED_INPUTS[role] if name not in graph.inputs]
        if unknown or lacking or set(graph.outputs) != {OUTPUT[role]}:
            raise PackError(
                f"{path}: graphs.{role} takes {sorted(INPUTS[role])} and gives {OUTPUT[role]!r}, "
                f"got inputs {sorted(graph.inputs)} and outputs {sorted(graph.outputs)}"
            )
    for ok, what in (
        ("notes" not in takes(manifest) or manifest.conditions.notes, "[conditions.notes]"),
        ("role" not in takes(manifest) or manifest.conditions.roles, "conditions.roles"),
        (not reads(manifest) or manifest.graphs.text, "graphs.text"),
        (
            ("control" in manifest.graphs.denoiser.inputs) == (manifest.graphs.control is not None),
            "graphs.control where the denoiser takes control, and only there",
        ),
        (not manifest.graphs.text or manifest.text, "[text]"),
        (len(improvising(manifest)) in {0, 3}, "all or none of " + ", ".join(IMPROVISING)),
        (
            not improvising(manifest) or {"notes", "role", "context"} <= takes(manifest),
            "a denoiser that takes notes, role and context where notes are improvised",
        ),
        (
            not manifest.improvisation or rises(manifest.improvisation.bars_ago),
            "improvisation.bars_ago that rise",
        ),
        (not takes(manifest) & {"context", "known"} or manifest.graphs.encoder, "graphs.encoder"),
        (manifest.latent.overlap * 2 <= manifest.latent.window, "an overlap <= window / 2"),
        (is_schedule(manifest.sampling.times), "times that fall from <= 1 to 0"),
        (not repeats(manifest), "each of conditions.notes.planes once"),
        (
            numbers_a_second(manifest) <= MAX_NUMBERS_A_SECOND,
            f"{MAX_NUMBERS_A_SECOND} numbers a second or fewer, not "
            f"{numbers_a_second(manifest):.0f} (latent.channels, audio_frames, notes.subframes)",
        ),
    ):
        if not ok:
            raise PackError(f"{path}: the pack needs {what}; see onnx_models/CONTRACT.md")


def reads(manifest: Manifest) -> bool:
    """Return whether a graph takes what the text graph gives."""
    listener = manifest.graphs.listener
    taken = takes(manifest) | set(listener.inputs if listener else ())
    return not taken.isdisjoint({"text", "text_mask"})


IMPROVISING: Final = ("graphs.listener", "graphs.improviser", "[improvisation]")


def improvising(manifest: Manifest) -> list[str]:
    """Return what the pack has of all that improvises notes."""
    graphs = manifest.graphs
    there = (graphs.listener, graphs.improviser, manifest.improvisation)
    return [name for name, part in zip(IMPROVISING, there, strict=True) if part is not None]


def rises(numbers: tuple[int, ...]) -> bool:
    """Return whether each of `numbers` is more than the one before."""
    return all(one < other for one, other in pairwise(numbers))


def repeats(manifest: Manifest) -> bool:
    """Return whether a plane of notes is named twice."""
    planes = manifest.conditions.notes.planes if manifest.conditions.notes else ()
    return len(planes) > len(set(planes))


def note_features(manifest: Manifest) -> int:
    """Return how many numbers the notes have in a latent frame."""
    notes = manifest.conditions.notes
    return notes.subframes * len(notes.planes) * 128 if notes else 0


def numbers_a_second(manifest: Manifest) -> float:
    """Return how many numbers latents and notes have in a second; memory grows with them."""
    latent_rate_hz = manifest.audio.sample_rate_hz / manifest.latent.audio_frames
    return latent_rate_hz * (manifest.latent.channels + note_features(manifest))


def takes(manifest: Manifest) -> set[str]:
    """Return the names of all that the denoiser takes, itself or by its control."""
    control = manifest.graphs.control
    return set(manifest.graphs.denoiser.inputs) | set(control.inputs if control else ())


def is_schedule(times: tuple[float, ...] | None) -> bool:
    """Return whether `times` is absent or falls strictly to 0."""
    if times is None:
        return True
    falling = all(a > b for a, b in pairwise(times))
    return len(times) >= 2 and falling and times[-1] == 0.0


def load_silence(path: Path, channels: int) -> Floats:
    """Return the silence latent in the .npy file `path`, float32 (channels,)."""
    try:
        latent = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise PackError(f"{path} is not a .npy array ({error}); install it again") from error
    if latent.dtype != np.float32 or latent.shape != (channels,):
        raise PackError(f"{path} must be float32 ({channels},), got {latent.dtype} {latent.shape}")
    return np.asarray(latent, np.float32)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_packs(folders: Iterable[Path]) -> Iterator[Pack | PackError]:
    """Yield each pack below `folders` in the order of names, or why it cannot be used."""
    for folder in folders:
        for path in sorted(folder.glob(f"*/{MANIFEST}")):
            try:
                yield load_pack(path.parent)
            except PackError as error:
                yield error
