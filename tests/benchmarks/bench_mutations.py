"""Damaged songs, MIDI files, takes and packs: each is a clear error or a correct load."""

import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import numpy as np

from desktop.document.song import Region, Song, Take, Track
from desktop.document.time import PPQ, Tick
from desktop.exporting.errors import ExportError
from desktop.exporting.export import export_song
from desktop.exporting.options import ExportOptions
from desktop.midi.error import MidiError
from desktop.midi.reading import read_midi
from desktop.midi.writing import midi_bytes
from desktop.storage.codec import decode, encode
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from desktop.storage.project import SONG, Project, read_project
from inference.errors import PackError
from inference.install import install
from inference.pack import MANIFEST, load_pack
from inference.pipeline import Engine
from tests.benchmarks.harness import Row, at_most
from tests.benchmarks.writes import writes_outside
from tests.end_to_end.killing import short_song
from tests.end_to_end.mutations import mutated
from tests.tiny_pack import build_tiny_pack

CASES: Final = 500  # of each kind
LIMIT_S: Final = 10
TAKE_HZ: Final = 8000
ONLY_MIDI: Final = ExportOptions(stems=False, mix=False)

Case: TypeAlias = Callable[[random.Random], None]  # damages, then reads


class Hang(BaseException):
    """A case takes too long; no Exception, lest it be taken for an error of the file."""


@dataclass(slots=True)
class Tally:
    """How many damaged files were loaded and refused, and a sentence for each fault."""

    loaded: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    def count(self, case: Case, chance: random.Random, errors: tuple[type[Exception], ...]) -> None:
        """Run `case`; an error of another family, or one that names no file, is a fault."""
        try:
            with time_limit():
                case(chance)
        except errors as error:
            self.refused += 1
            if "damaged-" not in str(error):
                self.faults.append(f"names no file: {error}")
        except (Exception, Hang) as error:
            self.faults.append(repr(error))
        else:
            self.loaded += 1


@contextmanager
def time_limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang(f"more than {LIMIT_S} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        signal.alarm(0)


def bench_songs() -> list[Row]:
    return row("songs", damaged_song, (StorageError, ExportError))


def bench_midi_files() -> list[Row]:
    return row("MIDI files", damaged_midi, (MidiError,))


def bench_takes() -> list[Row]:
    return row("takes", damaged_take, (StorageError,))


def bench_packs() -> list[Row]:
    return row("packs", damaged_pack, (PackError,))


def row(kind: str, make: Callable[[Path], Case], errors: tuple[type[Exception], ...]) -> list[Row]:
    """Return the faults among the cases that `make` prepares in a folder."""
    tally, chance = Tally(), random.Random(0)
    with TemporaryDirectory() as folder:
        case = make(Path(folder).resolve())
        outside = writes_outside(Path(folder))
        for _ in range(CASES):
            tally.count(case, chance, errors)
        faults = [*tally.faults, *outside]
    name = f"damaged {kind}: tracebacks, hangs, unclear errors, files elsewhere"
    outcome = f"{tally.refused} refused, {tally.loaded} loaded"
    against = "; ".join((outcome, *faults[:3]))
    return [at_most(0, name, len(faults), f"of {CASES}", against)]


def check(holds: bool, fault: str) -> None:
    if not holds:
        raise AssertionError(fault)


def damaged_song(folder: Path) -> Case:
    project, good = folder / "damaged-song.partimento", encode(short_song())
    Project.create(project, short_song()).close()

    def case(chance: random.Random) -> None:
        (project / SONG).write_bytes(mutated(good, chance))
        song = read_project(project).song
        check(decode(encode(song)).song == song, "a song that cannot be saved was loaded")
        export_song(song, TakePool(project / "takes").open, folder / "out", ONLY_MIDI)

    return case


def damaged_midi(folder: Path) -> Case:
    file, good = folder / "damaged-tune.mid", midi_bytes(short_song())

    def case(chance: random.Random) -> None:
        file.write_bytes(mutated(good, chance))
        song = read_midi(file)
        check(decode(encode(song)).song == song, "a song that cannot be saved was read")
        midi_bytes(song)

    return case


def damaged_take(folder: Path) -> Case:
    pool = TakePool(folder / "damaged-takes")
    audio = np.random.default_rng(0).uniform(-0.5, 0.5, (2, TAKE_HZ)).astype(np.float32)
    pooled = pool.add(audio, TAKE_HZ)
    take = Take("a", pooled.sha256, pooled.format, pooled.frames, TAKE_HZ, "2026-01-01T00:00:00Z")
    region = Region(2, Tick(0), Tick(2 * PPQ), takes=(take,), active_take="a")
    song, good = Song(tracks=(Track(1, regions=(region,)),), next_id=3), pooled.path.read_bytes()

    def case(chance: random.Random) -> None:
        data = mutated(good, chance)
        pooled.path.write_bytes(data)
        with suppress(StorageError):
            check(pool.read(take).shape == audio.shape, "a take of another length was read")
        with suppress(ExportError):
            export_song(song, pool.open, folder / "out", ExportOptions())
        pool.verify(take)
        check(data == good, "a damaged take passed for whole")

    return case


def damaged_pack(folder: Path) -> Case:
    """Return a case that damages the manifest, a file, or the archive that a pack comes in."""
    pack, archive = build_tiny_pack(folder / "damaged-pack"), folder / "damaged-pack.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for path in pack.iterdir():
            made.write(path, f"{pack.name}/{path.name}")
    others = [path for path in pack.iterdir() if path.name != MANIFEST]

    def case(chance: random.Random) -> None:
        file = chance.choice([pack / MANIFEST, archive, chance.choice(others)])
        good = file.read_bytes()
        file.write_bytes(mutated(good, chance))
        try:
            if file == archive:
                install(archive, folder / "damaged-installed").verify()
            else:
                Engine(load_pack(pack), "cpu", threads=1)
        finally:
            file.write_bytes(good)

    return case
