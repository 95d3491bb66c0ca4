"""The rendering that `render` and `sketch` share: jobs run one by one, and are told of."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread

from desktop.cli.ending import is_expected
from desktop.cli.open_project import OpenProject
from desktop.cli.report import OnShare, Report, counted
from desktop.document.query import find_region, track_with_region
from desktop.document.song import Song
from desktop.prompts.unable import asked_in_vain
from desktop.prompts.wording import language_of
from desktop.rendering.improvised import improvised_count
from desktop.rendering.jobs import Job, JobProgress, plan_jobs
from desktop.rendering.packs import find_pack, pack_for, passed_over
from desktop.rendering.queue import Entry, Perform, RenderQueue, State
from desktop.rendering.render import Kept, Refused, Renderer
from inference.errors import PackError
from inference.pack import Pack
from inference.progress import CancelToken
from inference.sessions import Device
from inference.worker import RenderWorker


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the options of a render say."""

    takes: int
    seed: int | None
    steps: int | None
    pack_id: str | None
    device: str
    threads: int | None


def render_regions(
    opened: OpenProject, region_ids: Collection[int], wishes: Wishes, report: Report
) -> int:
    """Render the regions into the open song; return how many of them got no take."""
    pack = first_pack(opened.song, region_ids, wishes)
    if not region_ids:
        return 0
    with open_worker(pack, wishes, report) as worker:
        return render_with(worker, opened, region_ids, wishes=wishes, report=report)


def first_pack(song: Song, region_ids: Collection[int], wishes: Wishes) -> Pack:
    """Return the first pack that the regions need and that is there; PackError without any."""
    if wishes.pack_id is not None or not region_ids:
        return find_pack(wishes.pack_id or song.settings.pack_id)
    missing = list[PackError]()
    for region_id in region_ids:
        try:
            return pack_for(song, (region_id,))
        except PackError as error:
            missing.append(error)
    raise missing[0]


@contextmanager
def open_worker(pack: Pack, wishes: Wishes, report: Report) -> Iterator[RenderWorker]:
    """Give a worker in which the pack is open on the device that was wished for."""
    for error in passed_over(pack):
        report.note(f"rendering with the pack in {pack.folder}, as another is unusable: {error}")
    with RenderWorker(wishes.device, wishes.threads) as worker:
        with importing("inference.quality"):
            tell_device(worker.open(pack.folder), report)
        yield worker


def render_with(
    worker: RenderWorker,
    opened: OpenProject,
    region_ids: Collection[int],
    *,
    wishes: Wishes,
    report: Report,
) -> int:
    """Render the regions by `worker`, each by its pack; return how many of them got no take."""
    jobs = plan_jobs(
        *(opened.song, region_ids),
        takes=wishes.takes,
        seed=wishes.seed,
        steps=wishes.steps,
        pack_id=wishes.pack_id,
    )
    results = Results(opened, report)

    def perform(job: Job, on_progress: Callable[[JobProgress], None], cancel: CancelToken) -> None:
        pack = pack_for(opened.song, job.region_ids, job.pack_id)
        tell_in_vain(opened.song, job.region_ids, pack, report)
        Renderer(opened, pack, worker, results.add).perform(job, on_progress, cancel)

    run_queue(perform, jobs, opened, report)
    return len(set(region_ids) - results.kept)


def tell_in_vain(song: Song, region_ids: Collection[int], pack: Pack, report: Report) -> None:
    """Say what the regions' prompts ask for that the pack cannot do."""
    for region_id in region_ids:
        prompt = find_region(song, region_id).prompt
        if in_vain := asked_in_vain(prompt, pack.manifest.unable):
            what = ", ".join(one.told(language_of(prompt)) for one in in_vain)
            report.note(
                f"{name_of(song, region_id)}: {pack.manifest.name} cannot do: {what}",
                "in_vain",
                **{"region_id": region_id, "words": [one.letters for one in in_vain]},
            )


@contextmanager
def importing(module: str) -> Iterator[None]:
    """Import `module`, which is slow, while the block waits for another process."""
    thread = Thread(target=import_module, args=(module,))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def tell_device(device: Device, report: Report) -> None:
    """Say what renders, and why nothing faster does."""
    for fallback in device.fallbacks:
        report.note(f"not rendering on {fallback.device}: {fallback.reason}")
    report.note(f"rendering on {device.name}, {device.threads} threads")


class Results:
    """Tells of takes as they come, and remembers which regions have one."""

    def __init__(self, opened: OpenProject, report: Report) -> None:
        self._opened, self._report = opened, report
        self.kept: set[int] = set()

    def add(self, result: Kept | Refused) -> None:
        name = name_of(self._opened.song, result.region_id)
        if isinstance(result, Refused):
            self._tell_refused(name, result)
            return
        self.kept.add(result.region_id)
        take = result.take
        flaws = "".join(f"; {failure}" for failure in take.quality.failures)
        notes = improvised_count(take)
        played = f"; improvised {counted(notes, 'note')}" if notes else ""
        self._report.note(
            f"{name}: take {take.id[:8]}{played}{flaws}",
            "take",
            **{"region_id": result.region_id, "take_id": take.id, "sha256": take.sha256},
            **{"failures": list(take.quality.failures), "improvised": notes},
        )

    def _tell_refused(self, name: str, refused: Refused) -> None:
        ending = "trying the next seed" if refused.again else "refused"
        self._report.note(
            f"{name}: seed {refused.seed}: {'; '.join(refused.failures)}; {ending}",
            "refused",
            **{"region_id": refused.region_id, "seed": refused.seed, "again": refused.again},
            **{"failures": list(refused.failures)},
        )


def run_queue(perform: Perform, jobs: Sequence[Job], opened: OpenProject, report: Report) -> None:
    """Run the jobs one after another, with progress; an error is told and ends its job only."""
    for number, job in enumerate(jobs, start=1):
        title = f"{number}/{len(jobs)} {name_of(opened.song, *job.region_ids)}"
        with report.progress(title, region_ids=list(job.region_ids)) as on_share:
            queue = RenderQueue(perform, progress_of(on_share))
            queue.add(job)
            queue.run()
        error = queue.entries[0].error
        if error is not None:
            if not is_expected(error):
                raise error
            report.note(
                f"{title}: {error}", "failed", region_ids=list(job.region_ids), message=str(error)
            )


def progress_of(on_share: OnShare) -> Callable[[Entry], None]:
    """Return what passes an entry's progress on."""

    def on_change(entry: Entry) -> None:
        progress = entry.progress
        if progress is not None and entry.state is State.RUNNING:
            take = f", take {progress.take} of {progress.takes}" if progress.takes > 1 else ""
            what = f"{progress.stage} {progress.done}/{progress.total}{take}"
            on_share(progress.share, what, entry.seconds_left)

    return on_change


def name_of(song: Song, *region_ids: int) -> str:
    """Return the track's name and the regions' numbers, for people."""
    track = track_with_region(song, region_ids[0])
    numbers = " and ".join(str(number) for number in region_ids)
    return f"{track.name or f'track {track.id}'}, region{'s' * (len(region_ids) > 1)} {numbers}"


def ending(
    report: Report, song: Path, regions: Collection[int], failed: int, files: Collection[Path]
) -> int:
    """Say what came of it all; return the exit status."""
    report.note(
        f"{counted(len(regions), 'region')}, {failed} failed; {counted(len(files), 'file')}",
        "done",
        **{"regions": len(regions), "failed": failed},
        **{"song": str(song), "files": [str(file) for file in files]},
    )
    return 1 if failed else 0
