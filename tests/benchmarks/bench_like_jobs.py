"""Eight like jobs of the queue, rendered side by side, against one after another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from desktop.document.edits import add_region, add_take, add_track
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Job, plan_jobs
from desktop.rendering.likeness import companions
from desktop.rendering.queue import Batches, RenderQueue, State
from desktop.rendering.render import Kept, Refused, Renderer
from desktop.rendering.together import perform_together
from desktop.storage.pool import TakePool
from inference.pack import Pack, load_pack
from inference.worker import RenderWorker
from tests.benchmarks.harness import Row, at_most, interleaved_s
from tests.benchmarks.sketch import PACK, THREADS

JOBS: Final = 8
BEATS: Final = 16  # 8 s at 120 bpm


def bench_like_jobs() -> list[Row]:
    """A CPU does the same work either way: it gains nothing, and must not lose more than a little.

    The first take comes later, which is why a CPU renders one by one unless it is told to.
    """
    with TemporaryDirectory() as folder, RenderWorker("cpu", THREADS) as worker:
        desk = Desk(load_pack(PACK), worker, TakePool(Path(folder)))
        together_s, single_s = interleaved_s(
            lambda: desk.render_all(most=JOBS), lambda: desk.render_all(most=1), rounds=3
        )
    late = desk.first_s[JOBS] / desk.first_s[1]
    against = f"one by one, {single_s:.2f} s; the first take comes {late:.1f} x as late"
    name = f"{JOBS} like jobs of 8 s side by side"
    return [at_most(1.1, name, together_s / single_s, "x as long", against)]


def song_of_regions() -> Song:
    """Return a lead with like regions that do not touch."""
    song = add_track(Song(title="Like"), "Lead", "lead", "#e07b39")
    for number in range(JOBS):
        start, end = (Tick((2 * number + end) * BEATS * PPQ) for end in (0, 1))
        song = add_region(song, song.tracks[0].id, start, end, "bright piano, calm and warm")
    return song


@dataclass
class OpenInMemory:
    """An open song whose takes lie in a folder."""

    song: Song
    takes: TakePool

    def keep_takes(self, takes: Sequence[tuple[int, Take]]) -> None:
        for region_id, take in takes:
            self.song = add_take(self.song, region_id, take)


@dataclass
class Desk:
    """Renders all regions, and remembers when the first take came, by how many went together."""

    pack: Pack
    worker: RenderWorker
    pool: TakePool
    first_s: dict[int, float] = field(default_factory=dict)

    def render_all(self, most: int) -> None:
        """Render each region in a job of its own, up to `most` together."""
        opened, began_s, came_s = OpenInMemory(song_of_regions(), self.pool), perf_counter(), []

        def note(_: Kept | Refused) -> None:
            came_s.append(perf_counter() - began_s)

        def go_along(first: Job, waiting: Sequence[Job]) -> Sequence[int]:
            return companions(opened.song, first, waiting, self.pack, most)

        renderer = Renderer(opened, self.pack, self.worker, note)
        batches = Batches(go_along, lambda t: perform_together(t, renderer.work, self.worker))
        queue = RenderQueue(renderer.perform, lambda _: None, batches)
        regions = {region.id for region in opened.song.tracks[0].regions}
        queue.add_all(plan_jobs(opened.song, regions))
        queue.run()
        assert [entry.state for entry in queue.entries] == [State.DONE] * JOBS
        self.first_s[most] = came_s[0]
