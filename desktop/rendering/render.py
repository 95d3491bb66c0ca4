"""A job's way: requests, the worker, the quality gate, the take pool, the song."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Protocol, TypeAlias
from uuid import uuid4

import numpy as np

from desktop.document.query import chain_with, find_region, track_with_region
from desktop.document.song import QualityReport, Song, Take
from desktop.rendering.gate import inspect
from desktop.rendering.jobs import (
    DrawSeed,
    Job,
    JobProgress,
    Seeds,
    Task,
    draw_seed,
    first_seeds,
)
from desktop.rendering.recipe import Circumstances, Try, recipe_text
from desktop.rendering.requests import Asked, ask, check_length, without_missing
from desktop.rendering.together import Renders, Wish, Work, perform_together
from desktop.rendering.variations import recalled, vary
from desktop.storage.pool import TakePool
from inference.arrays import Audio
from inference.pack import Pack
from inference.pipeline import Rendered
from inference.progress import CancelToken, OnProgress


class OpenSong(Protocol):
    """The song that is being worked on, and its take pool."""

    @property
    def song(self) -> Song: ...
    @property
    def takes(self) -> TakePool: ...
    def keep_takes(self, takes: Sequence[tuple[int, Take]]) -> None:
        """Give each region its take, let it play, and save, as one edit."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A region has a new take."""

    region_id: int
    take: Take


@dataclass(frozen=True, slots=True)
class Refused:
    """A rendering failed the quality gate; `again` when the next seed is tried."""

    region_id: int
    seed: int
    failures: tuple[str, ...]
    again: bool


OnResult: TypeAlias = Callable[[Kept | Refused], None]
Attempting: TypeAlias = "Generator[Wish, list[Rendered], Attempt]"


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """One rendering of all of a job's regions, of `song` as it was then, and what it measures."""

    song: Song
    asked: tuple[Asked, ...]
    rendered: tuple[Rendered, ...]
    reports: tuple[QualityReport, ...]

    @property
    def failed(self) -> tuple[int, ...]:
        """Return the regions whose rendering fails the gate."""
        pairs = zip(self.asked, self.reports, strict=True)
        return tuple(asked.region_id for asked, report in pairs if not report.passed)


class Renderer:
    """Performs jobs on an open song with one pack."""

    def __init__(
        self,
        open_song: OpenSong,
        pack: Pack,
        worker: Renders,
        on_result: OnResult,
        draw: DrawSeed = draw_seed,
    ) -> None:
        self._open, self._pack, self._worker = open_song, pack, worker
        self._on_result, self._draw = on_result, draw

    def perform(
        self, job: Job, on_progress: Callable[[JobProgress], None], cancel: CancelToken
    ) -> None:
        """Render the takes of `job`; see `work`."""
        ended: list[Exception | None] = []
        task = Task(job, on_progress, cancel, ended.append)
        perform_together([task], self.work, self._worker)
        if ended[0] is not None:
            raise ended[0]

    def work(self, task: Task) -> Work:
        """Render the takes of the task's job: ask for renderings, and take what comes of it.

        Each take is in the song, and saved, before the next begins. The requests are made when
        their turn comes, so a region hears the takes that were finished before it.
        """
        job = task.job
        regions = [find_region(self._open.song, region_id) for region_id in job.region_ids]
        check_length(self._open.song, regions)
        first, turn = first_seeds(job, regions, self._draw), count(1)
        for prompt in job.prompts or (None,):
            seeds = Seeds(first)
            for _ in range(job.takes):
                on_step = step_teller(task.on_progress, next(turn), job.renderings)
                yield from self._render_take(job, prompt, seeds, on_step)
                seeds.advance(job.region_ids)

    def _render_take(self, job: Job, prompt: str | None, seeds: Seeds, on_step: OnProgress) -> Work:
        """Render until the gate is content or the tries are used up; keep the best attempt."""
        gate = self._open.song.settings.quality_gate
        tries_left = gate.retries if gate.on_failure == "next_seed" else 0
        best = attempt = yield from self._attempt(job, prompt, seeds, on_step)
        tries = add_tries({}, attempt)
        while attempt.failed and tries_left:
            tries_left -= 1
            self._tell_refused(attempt, again=True)
            seeds.advance(attempt.failed)
            attempt = yield from self._attempt(job, prompt, seeds, on_step)
            tries = add_tries(tries, attempt)
            best = min(best, attempt, key=lambda a: len(a.failed))
        if gate.on_failure == "refuse":
            self._tell_refused(best, again=False)
        self._keep(best, tries, skip=best.failed if gate.on_failure == "refuse" else ())

    def _attempt(
        self, job: Job, prompt: str | None, seeds: Seeds, on_step: OnProgress
    ) -> Attempting:
        song, pack = without_missing(self._open.song, self._open.takes.has), self._pack
        asked = self._asked_of_all(song, job, prompt, seeds)
        requests = tuple(one.request for one in asked)
        thrift = max(job.thrift, *(one.thrift for one in asked))
        rendered = yield Wish(pack, requests, on_step, thrift)
        rate_hz, gate = pack.manifest.audio.sample_rate_hz, song.settings.quality_gate
        reports = tuple(
            QualityReport() if one.along else inspect(result.audio, rate_hz, gate)
            for one, result in zip(asked, rendered, strict=True)
        )
        return Attempt(song, asked, tuple(rendered), reports)

    def _asked_of_all(
        self, song: Song, job: Job, prompt: str | None, seeds: Seeds
    ) -> tuple[Asked, ...]:
        """Return what is asked for the job's regions, and what is to be rendered along."""
        asked = tuple(self._asked(song, job, one, prompt, seeds[one]) for one in job.region_ids)
        if job.variation is not None:
            return vary(asked[0], job.variation, song, self._pack, self._open.takes.open)
        if len(asked) == 1:
            return recalled(asked[0], song, self._pack, self._open.takes.open)
        return asked

    def _asked(self, song: Song, job: Job, region_id: int, prompt: str | None, seed: int) -> Asked:
        region, open_take = find_region(song, region_id), self._open.takes.open
        if prompt is not None:
            region = replace(region, prompt=prompt)
        return ask(song, region, self._pack, open_take, seed=seed, steps=job.steps, hears=job.hears)

    def _tell_refused(self, attempt: Attempt, *, again: bool) -> None:
        for asked, report in zip(attempt.asked, attempt.reports, strict=True):
            if not report.passed:
                seed = asked.request.seed
                self._on_result(Refused(asked.region_id, seed, report.failures, again))

    def _keep(
        self, attempt: Attempt, tries: dict[int, tuple[Try, ...]], skip: Sequence[int]
    ) -> None:
        """Store the attempt's audio and give it to the song in one edit, but for `skip`."""
        takes = [
            (asked.region_id, self._take(attempt, index, tries[asked.region_id]))
            for index, asked in enumerate(attempt.asked)
            if asked.region_id not in skip and not asked.along
        ]
        if takes:
            self._open.keep_takes(takes)
        for region_id, take in takes:
            self._on_result(Kept(region_id, take))

    def _take(self, attempt: Attempt, index: int, tries: tuple[Try, ...]) -> Take:
        song, rendered = attempt.song, attempt.rendered[index]
        rate_hz = self._pack.manifest.audio.sample_rate_hz
        region_ids = [one.region_id for one in attempt.asked]
        apart = touching_elsewhere(song, region_ids[index], region_ids)
        around = Circumstances(song.settings.quality_gate, tries, apart)
        recipe = recipe_text(rendered, attempt.asked, rate_hz, around)
        stored = self._open.takes.add(stereo(rendered.audio), rate_hz, recipe)
        return Take(
            id=uuid4().hex,
            sha256=stored.sha256,
            format=stored.format,
            frames=stored.frames,
            sample_rate_hz=rate_hz,
            created_utc=datetime.now(UTC).isoformat(timespec="seconds"),
            recipe=recipe,
            quality=attempt.reports[index],
        )


def step_teller(on_progress: Callable[[JobProgress], None], take: int, takes: int) -> OnProgress:
    """Return what tells of the steps of take number `take` as those of the whole job."""
    return lambda p: on_progress(JobProgress(p.stage, p.done, p.total, take, takes))


def stereo(audio: Audio) -> Audio:
    """Return `audio` as takes are kept: mono on both sides, of more channels the first two."""
    return np.ascontiguousarray(np.repeat(audio, 2, axis=0) if len(audio) == 1 else audio[:2])


def add_tries(tries: dict[int, tuple[Try, ...]], attempt: Attempt) -> dict[int, tuple[Try, ...]]:
    """Return `tries`, by region, with those of `attempt` behind."""
    new = {
        asked.region_id: Try(asked.request.seed, report.failures)
        for asked, report in zip(attempt.asked, attempt.reports, strict=True)
        if not asked.along
    }
    return {region_id: (*tries.get(region_id, ()), one) for region_id, one in new.items()}


def touching_elsewhere(song: Song, region_id: int, together: Sequence[int]) -> tuple[int, ...]:
    """Return the neighbours that touch the region and are not rendered `together` with it."""
    chain = chain_with(track_with_region(song, region_id), region_id)
    at = [region.id for region in chain].index(region_id)
    return tuple(r.id for r in chain[max(at - 1, 0) : at + 2] if r.id not in together)
