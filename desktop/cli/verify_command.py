"""`partimento verify`."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import click

from desktop.cli.open_project import read_song
from desktop.cli.options import FOLDER, reporting
from desktop.cli.report import OnShare, Report
from desktop.document.song import Region, Song, Take
from desktop.rendering.jobs import share_of_render
from desktop.rendering.verify import Outcome, Verdict, Verifier, WorkerFor
from desktop.storage.pool import TakePool
from desktop.storage.project import TAKES
from inference.progress import CancelToken, OnProgress
from inference.worker import RenderWorker


@click.command("verify")
@click.argument("song", type=FOLDER)
@click.option(
    "--region",
    "region_ids",
    type=int,
    multiple=True,
    metavar="ID",
    help="Only this region's takes.",
)
@reporting
def command(song: Path, region_ids: tuple[int, ...], report: Report) -> int:
    """Render each take of SONG again from its recipe and say whether it comes out equal.

    A take is equal (the same bytes), differs (by so many dB) or cannot be rendered again: its
    pack or provider is not here, or what it listened to has changed. Of an imported take only the
    file is checked. Nothing is written. The exit status is 1 unless every take is as it was.
    """
    folder, opened = read_song(song, report)
    found = Counter[Outcome]()
    with worker_pool() as worker_for:
        verifier = Verifier(opened.song, TakePool(folder / TAKES), worker_for)
        for region, take in takes_of(opened.song, region_ids):
            with report.progress(f"take {take.id[:8]} of region {region.id}") as on_share:
                verdict = verifier.verify(take, stages(on_share), CancelToken())
            tell_verdict(region, verdict, report)
            found[verdict.outcome] += 1
    counts = {outcome.value: found[outcome] for outcome in Outcome}
    report.result(", ".join(f"{n} {name}" for name, n in counts.items()), "done", **counts)
    return 0 if found.total() == found[Outcome.EQUAL] + found[Outcome.IMPORTED] else 1


@contextmanager
def worker_pool() -> Iterator[WorkerFor]:
    """Give what starts one worker for each device and number of threads, ended at the end."""
    with ExitStack() as stack:
        yield cache(lambda device, threads: stack.enter_context(RenderWorker(device, threads)))


def takes_of(song: Song, region_ids: tuple[int, ...]) -> Iterator[tuple[Region, Take]]:
    """Yield the takes of the regions, of all for none; a wrong id is an error."""
    regions = {region.id: region for track in song.tracks for region in track.regions}
    unknown = [number for number in region_ids if number not in regions]
    if unknown:
        raise click.BadParameter(f"the song has no region {unknown[0]}", param_hint="--region")
    for number in dict.fromkeys(region_ids or regions):
        yield from ((regions[number], take) for take in regions[number].takes)


def stages(on_share: OnShare) -> OnProgress:
    """Return what passes a render's progress on as a share."""
    return lambda progress: on_share(share_of_render(progress), progress.stage, None)


def tell_verdict(region: Region, verdict: Verdict, report: Report) -> None:
    words = {
        Outcome.EQUAL: "equal",
        Outcome.DIFFERS: f"differs by {verdict.difference_db or 0.0:.1f} dB",
        Outcome.IMPORTED: "imported, and as it was",
        Outcome.CANNOT: f"cannot be rendered again: {verdict.reason}",
    }
    report.result(
        f"region {region.id}, take {verdict.take_id[:8]}: {words[verdict.outcome]}",
        "verdict",
        **{"region_id": region.id, "take_id": verdict.take_id, "outcome": verdict.outcome.value},
        **{"difference_db": verdict.difference_db, "reason": verdict.reason},
    )
