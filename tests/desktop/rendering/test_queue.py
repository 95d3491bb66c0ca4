from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.document.edits import set_pack
from desktop.document.song import Region, Song, Track
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Job, JobProgress, Pace, draw_seed, plan_jobs
from desktop.rendering.queue import Entry, RenderQueue, State
from inference.errors import Cancelled, RenderError
from inference.progress import CancelToken, Stage

A, B, C = Job((1,)), Job((2,)), Job((3,))


class Desk:
    """Performs jobs by a function for each, and remembers their order."""

    def __init__(self, **deeds: Callable[[CancelToken], None]) -> None:
        self.deeds, self.done = deeds, list[int]()
        self.changes: list[Entry] = []
        self.queue = RenderQueue(self.perform, self.changes.append)

    def perform(
        self, job: Job, on_progress: Callable[[JobProgress], None], cancel: CancelToken
    ) -> None:
        on_progress(JobProgress(Stage.DENOISE, 1, 2, 1, 1))
        self.deeds.get(f"job_{job.region_ids[0]}", CancelToken.raise_if_cancelled)(cancel)
        self.done.append(job.region_ids[0])

    def states(self) -> list[State]:
        return [entry.state for entry in self.queue.entries]


def test_a_long_run_of_touching_regions_is_parted() -> None:
    # each take keeps the requests of its whole piece: without an end they would fill the disk
    regions = tuple(Region(n, Tick(n * PPQ), Tick((n + 1) * PPQ)) for n in range(1, 101))
    song = Song(tracks=(Track(101, regions=regions),), next_id=102)
    jobs = plan_jobs(song, {region.id for region in regions})
    assert [len(job.region_ids) for job in jobs] == [32, 32, 32, 4]
    assert [one for job in jobs for one in job.region_ids] == list(range(1, 101))


def test_jobs_run_in_their_order() -> None:
    desk = Desk()
    for job in (A, B, C):
        desk.queue.add(job)
    desk.queue.run()
    assert desk.done == [1, 2, 3]
    assert desk.states() == [State.DONE] * 3


def test_a_job_can_be_moved_ahead_and_to_the_end() -> None:
    desk = Desk()
    first, second, third = (desk.queue.add(job) for job in (A, B, C))
    desk.queue.move(third, before=first)
    desk.queue.move(first, before=None)
    desk.queue.run()
    assert desk.done == [3, 2, 1]
    assert [entry.number for entry in desk.queue.entries] == [third, second, first]


def test_a_waiting_job_that_is_cancelled_never_runs() -> None:
    desk = Desk()
    desk.queue.add(A)
    desk.queue.cancel(desk.queue.add(B))
    desk.queue.run()
    assert desk.done == [1]
    assert desk.states() == [State.DONE, State.CANCELLED]


def test_a_running_job_is_cancelled_by_its_token_and_the_next_one_runs() -> None:
    desk = Desk(job_1=lambda cancel: stop_self(desk, cancel))
    for job in (A, B):
        desk.queue.add(job)
    desk.queue.run()
    assert desk.states() == [State.CANCELLED, State.DONE]


def stop_self(desk: Desk, cancel: CancelToken) -> None:
    desk.queue.cancel(1)
    cancel.raise_if_cancelled()


def test_cancelling_all_ends_what_runs_and_what_waits() -> None:
    def cancel_all(cancel: CancelToken) -> None:
        desk.queue.cancel_all()
        cancel.raise_if_cancelled()

    desk = Desk(job_1=cancel_all)
    for job in (A, B, C):
        desk.queue.add(job)
    desk.queue.run()
    assert desk.done == []
    assert desk.states() == [State.CANCELLED] * 3


def test_an_error_ends_its_own_job_only() -> None:
    def fail(_: CancelToken) -> None:
        raise RenderError("out of memory")

    desk = Desk(job_1=fail)
    for job in (A, B):
        desk.queue.add(job)
    desk.queue.run()
    failed, done = desk.queue.entries
    assert (failed.state, str(failed.error), done.state) == (
        State.FAILED,
        "out of memory",
        State.DONE,
    )


def test_a_job_s_changes_are_told_with_progress_and_time_left() -> None:
    desk = Desk()
    desk.queue.add(A)
    desk.queue.run()
    states = [change.state for change in desk.changes]
    assert states == [State.WAITING, State.RUNNING, State.RUNNING, State.DONE]
    assert desk.changes[2].progress == JobProgress(Stage.DENOISE, 1, 2, 1, 1)
    assert desk.changes[2].seconds_left is not None


def test_ended_jobs_can_be_forgotten() -> None:
    desk = Desk()
    desk.queue.add(A)
    desk.queue.run()
    waiting = desk.queue.add(B)
    desk.queue.forget_ended()
    assert [entry.number for entry in desk.queue.entries] == [waiting]


def test_a_job_added_while_one_runs_is_run_too() -> None:
    def add_another(_: CancelToken) -> None:
        desk.queue.add(B)

    desk = Desk(job_1=add_another)
    desk.queue.add(A)
    desk.queue.run()
    assert desk.done == [1, 2]


def test_time_left_follows_the_speed_so_far() -> None:
    pace = Pace(iter([0.0, 1.0, 10.0]).__next__)
    assert pace.seconds_left(0.01) is None
    assert pace.seconds_left(0.25) == pytest.approx(30.0)


def test_time_left_begins_anew_when_the_work_does() -> None:
    pace = Pace(iter([0.0, 100.0, 101.0, 105.0]).__next__)
    pace.seconds_left(1.0)
    assert pace.seconds_left(0.0) is None
    assert pace.seconds_left(0.5) == pytest.approx(5.0)


def test_touching_regions_that_are_wanted_make_one_job(song: Song) -> None:
    assert plan_jobs(song, {3, 4, 7}) == (Job((3, 4)), Job((7,)))
    assert plan_jobs(song, {4}, takes=2, seed=5) == (Job((4,), 2, 5),)


def test_touching_regions_with_other_steps_are_jobs_apart(song: Song) -> None:
    lead, bass = song.tracks
    first, second = lead.regions
    regions = (replace(first, steps=3), second)
    song = replace(song, tracks=(replace(lead, regions=regions), bass))
    assert plan_jobs(song, {3, 4}) == (Job((3,)), Job((4,)))
    assert plan_jobs(song, {3, 4}, steps=6) == (Job((3, 4), steps=6),)


def test_touching_regions_with_other_packs_are_jobs_apart(song: Song) -> None:
    song = set_pack(song, {4}, "other")
    assert plan_jobs(song, {3, 4}) == (Job((3,)), Job((4,)))
    assert plan_jobs(song, {3, 4}, pack_id="tiny") == (Job((3, 4), pack_id="tiny"),)
    assert plan_jobs(set_pack(song, {4}, "tiny"), {3, 4}) == (Job((3, 4)),)


def test_a_job_needs_a_region_and_a_take() -> None:
    for wrong in ({"region_ids": ()}, {"region_ids": (1,), "takes": 0}):
        with pytest.raises(ValueError, match="a job needs"):
            Job(**wrong)


def test_drawn_seeds_are_not_alike() -> None:
    assert len({draw_seed() for _ in range(20)}) == 20


def test_cancelled_is_no_failure() -> None:
    def cancelled(_: CancelToken) -> None:
        raise Cancelled("the render was cancelled")

    desk: Any = Desk(job_1=cancelled)
    desk.queue.add(A)
    desk.queue.run()
    assert desk.queue.entries[0].error is None
