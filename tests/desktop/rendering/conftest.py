"""A small song in an open project, and the tiny pack in this process."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop.document.edits import add_take, choose_take
from desktop.document.song import Clip, Note, Region, Role, Song, Take, Track
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import PPQ, Tick
from desktop.storage.pool import TakePool
from inference.pack import Pack, load_pack
from inference.pipeline import Engine, Rendered
from inference.progress import CancelToken, OnProgress
from inference.request import RenderRequest
from tests.tiny_pack import tiny_pack

__all__ = ["tiny_pack"]


@dataclass
class OpenInMemory:
    """An open song whose takes lie in a folder."""

    song: Song
    takes: TakePool
    saves: int = 0

    def keep_takes(self, takes: Sequence[tuple[int, Take]]) -> None:
        for region_id, take in takes:
            self.song = choose_take(add_take(self.song, region_id, take), region_id, take.id)
        self.saves += 1


@dataclass
class InThisProcess:
    """The engine in place of the worker; remembers what it was asked."""

    engine: Engine
    asked: list[tuple[RenderRequest, ...]] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)

    def render_together(
        self,
        pack: Path,
        chains: Sequence[Sequence[RenderRequest]],
        on_progress: OnProgress,
        cancels: Sequence[CancelToken],
        *,
        thrift: int,
    ) -> list[list[Rendered] | None]:
        assert pack == self.engine.pack.folder
        self.asked += map(tuple, chains)
        self.batches.append(len(chains))
        return self.engine.thrifty(thrift).render_together(chains, on_progress, cancels)


def make_track(number: int, role: Role, *regions: Region) -> Track:
    notes = tuple(Note(n, Tick(n * PPQ), Tick(PPQ), 60 + n) for n in range(1, 8))
    clip = Clip(number + 1, Tick(0), Tick(16 * PPQ), notes)
    return Track(number, f"{role} track", role=role, clips=(clip,), regions=regions)


def make_region(number: int, start_beat: int, end_beat: int, prompt: str) -> Region:
    return Region(number, Tick(start_beat * PPQ), Tick(end_beat * PPQ), prompt, seed=number)


@pytest.fixture
def song() -> Song:
    """Return a song of 120 bpm with a lead of two touching regions and a bass of one."""
    lead = make_track(1, "lead", make_region(3, 0, 4, "calm"), make_region(4, 4, 7, "bright"))
    bass = make_track(5, "bass", make_region(7, 1, 6, "loud piano"))
    tempo_map = TempoMap((TempoChange(Tick(0), 120.0),), (MetreChange(Tick(0), 4, 4),))
    song = Song("Small", (lead, bass), tempo_map, next_id=8)
    gate = replace(song.settings.quality_gate, on_failure="keep")
    return replace(song, settings=replace(song.settings, pack_id="tiny", quality_gate=gate))


@pytest.fixture
def open_song(song: Song, tmp_path: Path) -> OpenInMemory:
    return OpenInMemory(song, TakePool(tmp_path / "takes"))


@pytest.fixture(scope="session")
def pack(tiny_pack: Path) -> Pack:
    return load_pack(tiny_pack)


@pytest.fixture(scope="session")
def engine(pack: Pack) -> Engine:
    return Engine(pack, "cpu", 1)


@pytest.fixture
def worker(engine: Engine) -> InThisProcess:
    return InThisProcess(engine)


@pytest.fixture
def installed(tiny_pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the tiny pack be the only one installed."""
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tiny_pack.parent)
    monkeypatch.setattr("desktop.rendering.packs.bundled_folder", lambda: tiny_pack / "none")
    return tiny_pack
