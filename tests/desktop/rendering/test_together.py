"""Jobs performed together: each to its own end, with the bytes that it has alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.document.edits import add_region, change_region
from desktop.document.query import find_region
from desktop.document.song import QualityGate, Song
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Job, JobProgress, Retake, Rework
from desktop.rendering.likeness import companions, independent, likeness, windows
from desktop.rendering.queue import Batches, Entry, RenderQueue, State
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Renderer
from desktop.rendering.together import perform_together
from desktop.rendering.verify import Outcome, Verifier
from inference.errors import OutOfMemory, RenderError
from inference.pack import Pack
from inference.pipeline import Engine
from inference.progress import CancelToken, Stage

LIKE = (8, 9, 10)  # regions of two beats on the lead, which do not touch
ALONE, ALL = 1, 8


@pytest.fixture
def song(song: Song) -> Song:
    """Return the small song with three like regions more on its lead."""
    for number in LIKE:
        start = Tick(number * 4 * PPQ)
        song = add_region(song, 1, start, Tick(start + 2 * PPQ), "calm")
        song = change_region(song, number, lambda r: replace(r, seed=40, listens=False))
    return song


class Desk:
    """A queue that renders up to `most` like jobs together, and all that it told."""

    def __init__(self, open_song: Any, pack: Pack, worker: Any, most: int = ALL) -> None:
        self.open_song, self.pack, self.most, self.worker = open_song, pack, most, worker
        self.changes: list[Entry] = []
        self.watch: Callable[[Entry], None] = lambda _: None
        batches = Batches(self.companions, self.perform_together)
        self.queue = RenderQueue(self.renderer().perform, self.told, batches)

    def renderer(self) -> Renderer:
        return Renderer(self.open_song, self.pack, self.worker, lambda _: None, lambda: 4711)

    def companions(self, first: Job, waiting: Any) -> tuple[int, ...]:
        return companions(self.open_song.song, first, waiting, self.pack, self.most)

    def perform_together(self, tasks: Any) -> None:
        perform_together(tasks, lambda task: self.renderer().work(task), self.worker)

    def told(self, entry: Entry) -> None:
        self.changes.append(entry)
        self.watch(entry)

    def run(self, *jobs: Job) -> list[State]:
        for job in jobs:
            self.queue.add(job)
        self.queue.run()
        return [entry.state for entry in self.queue.entries]

    def shas(self, *region_ids: int) -> list[list[str]]:
        """Return the hashes of each region's takes."""
        regions = (find_region(self.open_song.song, one) for one in region_ids)
        return [[take.sha256 for take in region.takes] for region in regions]


@pytest.fixture
def desk(open_song: Any, pack: Pack, worker: Any) -> Desk:
    return Desk(open_song, pack, worker)


def jobs(**wishes: Any) -> list[Job]:
    return [Job((number,), **wishes) for number in LIKE]


def test_like_jobs_are_rendered_side_by_side_with_the_bytes_that_they_have_alone(
    desk: Desk, song: Song
) -> None:
    assert desk.run(*jobs(seed=5), *jobs(seed=6)) == [State.DONE] * 6
    assert desk.worker.batches == [6]
    together = desk.shas(*LIKE)
    desk.open_song.song, desk.worker.batches, desk.most = song, [], ALONE
    desk.run(*jobs(seed=5), *jobs(seed=6))
    assert desk.worker.batches == [1] * 6
    assert desk.shas(*LIKE) == together


def test_each_job_has_takes_seeds_and_progress_of_its_own(desk: Desk) -> None:
    one, two = jobs(seed=5)[0], replace(jobs(seed=9)[1], takes=3)
    assert desk.run(one, two) == [State.DONE, State.DONE]
    assert desk.worker.batches == [2, 1, 1]
    assert [len(takes) for takes in desk.shas(*LIKE)] == [1, 3, 0]
    for number, takes in ((1, 1), (2, 3)):
        told = [e.progress for e in desk.changes if e.number == number and e.progress is not None]
        shares = [progress.share for progress in told]
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1.0)
        assert {progress.takes for progress in told} == {takes}
    seeds = [requests[0].seed for requests in desk.worker.asked]
    assert seeds == [5, 9, 10, 11]


def test_a_job_that_is_cancelled_ends_at_once_and_the_others_go_on(desk: Desk) -> None:
    ended: list[State] = []

    def cancel_the_second(entry: Entry) -> None:
        if entry.progress is not None and entry.progress.stage is Stage.DENOISE and not ended:
            ended.append(State.RUNNING)
            desk.queue.cancel(2)
            ended.append(desk.queue.entries[1].state)

    desk.watch = cancel_the_second
    assert desk.run(*jobs()) == [State.DONE, State.CANCELLED, State.DONE]
    assert ended == [State.RUNNING, State.CANCELLED]
    assert [len(takes) for takes in desk.shas(*LIKE)] == [1, 0, 1]
    after = desk.changes[[e.state for e in desk.changes].index(State.CANCELLED) + 1 :]
    assert 2 not in {entry.number for entry in after}


def test_cancelling_all_stops_the_batch(desk: Desk) -> None:
    def stop(entry: Entry) -> None:
        if entry.progress is not None and entry.progress.stage is Stage.DENOISE:
            desk.queue.cancel_all()

    desk.watch = stop
    assert desk.run(*jobs()) == [State.CANCELLED] * 3
    assert desk.shas(*LIKE) == [[], [], []]


def test_a_job_that_cannot_begin_fails_by_itself(desk: Desk) -> None:
    wrong = Job((LIKE[1],), variation=Retake("no such take", 0.5))
    first, _, third = jobs()
    assert desk.run(first, wrong, third) == [State.DONE, State.FAILED, State.DONE]
    assert "no take" in str(desk.queue.entries[1].error)


class Picky:
    """A worker that fails at requests of one seed, and at any batch of more than `most`."""

    def __init__(self, worker: Any, seed: int, most: int = ALL) -> None:
        self.worker, self.seed, self.most = worker, seed, most
        self.tried: list[int] = []

    def render_together(self, pack: Any, chains: Any, *more: Any, **options: Any) -> Any:
        self.tried.append(len(chains))
        if len(chains) > self.most:
            raise OutOfMemory("too many at once")
        if any(chain[0].seed == self.seed for chain in chains):
            raise RenderError("it gave NaN or infinity")
        return self.worker.render_together(pack, chains, *more, **options)


def test_what_fails_together_is_tried_one_by_one_so_that_only_the_culprit_fails(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    picky = Picky(worker, seed=7)
    desk = Desk(open_song, pack, picky)
    states = desk.run(*(Job((number,), seed=6 + n) for n, number in enumerate(LIKE)))
    assert states == [State.DONE, State.FAILED, State.DONE]
    assert picky.tried == [3, 1, 1, 1]
    assert [str(entry.error) for entry in desk.queue.entries][1] == "it gave NaN or infinity"


def test_a_batch_that_does_not_fit_into_memory_is_rendered_one_by_one(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    picky = Picky(worker, seed=-1, most=1)
    assert Desk(open_song, pack, picky).run(*jobs()) == [State.DONE] * 3
    assert picky.tried == [3, 1, 1, 1]


def test_a_take_that_the_gate_refuses_is_tried_again_without_holding_up_the_others(
    desk: Desk,
) -> None:
    gate = QualityGate("next_seed", retries=1, max_true_peak_dbtp=-200.0)
    settings = replace(desk.open_song.song.settings, quality_gate=gate)
    desk.open_song.song = replace(desk.open_song.song, settings=settings)
    assert desk.run(*jobs(seed=3)) == [State.DONE] * 3
    assert desk.worker.batches == [3, 3]
    recipes = [
        read_recipe(find_region(desk.open_song.song, number).takes[0].recipe) for number in LIKE
    ]
    assert [[one.seed for one in recipe.tries] for recipe in recipes] == [[3, 4]] * 3


@pytest.mark.parametrize("rows", [1, 8])
def test_takes_made_together_can_be_made_again_from_their_recipes(
    open_song: Any, pack: Pack, worker: Any, installed: object, rows: int
) -> None:
    assert installed
    worker.engine = Engine(pack, "cpu", 1, rows_at_once=rows)
    desk = Desk(open_song, pack, worker)
    desk.run(*jobs())
    verifier = Verifier(open_song.song, open_song.takes, lambda *_: worker)
    for number in LIKE:
        (take,) = find_region(open_song.song, number).takes
        assert read_recipe(take.recipe).rendered_together == (1 if rows == 1 else 3)
        verdict = verifier.verify(take, lambda _: None, CancelToken())
        assert verdict.outcome is Outcome.EQUAL


def test_thrift_is_in_the_recipe_and_the_take_can_be_made_again(
    desk: Desk, installed: object
) -> None:
    assert installed
    desk.run(Job((LIKE[0],), thrift=2))
    (take,) = find_region(desk.open_song.song, LIKE[0]).takes
    assert read_recipe(take.recipe).thrift == 2
    verifier = Verifier(desk.open_song.song, desk.open_song.takes, lambda *_: desk.worker)
    verdict = verifier.verify(take, lambda _: None, CancelToken())
    assert verdict.outcome is Outcome.EQUAL


def test_jobs_are_alike_in_pack_steps_length_thrift_and_device(song: Song, pack: Pack) -> None:
    def alike(job: Job, changed: Song = song) -> bool:
        return likeness(changed, job, pack) == likeness(changed, Job((8,)), pack)

    assert alike(Job((9,), seed=3, takes=5))
    for job in (
        *(Job((9,), steps=3), Job((9,), pack_id="other"), Job((9,), thrift=1)),
        *(Job((9,), device="cpu"), Job((9, 10)), Job((7,)), Job((9,), variation=Rework("t", 0.5))),
    ):
        assert not alike(job)
    assert not alike(Job((9,)), change_region(song, 9, lambda r: replace(r, pack_id="other")))
    a_bit_shorter = change_region(song, 9, lambda r: replace(r, end=Tick(r.end - 1)))
    much_longer = change_region(song, 9, lambda r: replace(r, end=Tick(r.end + 100)))
    assert alike(Job((9,)), a_bit_shorter)
    assert not alike(Job((9,)), much_longer)


def test_what_may_be_heard_is_not_rendered_at_the_same_time(song: Song) -> None:
    lead, bass = Job((3, 4)), Job((7,))
    assert not independent(song, lead, bass)
    assert independent(song, lead, Job((8,)))
    assert independent(song, Job((8,)), bass)  # the bass listens, but to another time
    assert independent(song, replace(lead, hears=()), replace(bass, hears=()))
    assert not independent(song, lead, Job((3,)))
    assert independent(song, bass, replace(bass, seed=9))
    assert not independent(song, lead, Job((99,)))


def test_a_job_goes_along_only_past_what_it_does_not_hear(song: Song, pack: Pack) -> None:
    first, second, third = jobs()
    assert companions(song, first, [second, third], pack, 8) == (0, 1)
    assert companions(song, first, [second, third], pack, 2) == (0,)
    assert companions(song, first, [second, third], pack, 1) == ()
    assert companions(song, first, [Job((7,)), third], pack, 8) == (1,)
    listening = change_region(song, 10, lambda r: replace(r, listens=True))
    beside = change_region(
        listening, 7, lambda r: replace(r, start=Tick(40 * PPQ), end=Tick(43 * PPQ))
    )
    assert companions(beside, first, [Job((7,)), third], pack, 8) == ()


def test_a_long_region_fills_runs_by_itself(song: Song, pack: Pack) -> None:
    assert windows(song, Job((8,)), pack) == 3
    assert windows(song, Job((3, 4)), pack) > 5


def test_progress_of_a_batch_is_that_of_each_of_its_jobs(desk: Desk) -> None:
    desk.run(*jobs())
    told: dict[int, list[JobProgress]] = {}
    for entry in desk.changes:
        if entry.state is State.RUNNING and entry.progress is not None:
            told.setdefault(entry.number, []).append(entry.progress)
    assert told[1] == told[2] == told[3]
    assert len(told[1]) > 5
