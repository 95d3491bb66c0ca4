"""Like jobs of the open song rendered side by side by a real worker, and what fails of them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.document.edits import change_region
from desktop.document.song import Region, Song
from desktop.rendering.mends import Mend
from desktop.rendering.packs import pack_for
from desktop.rendering.queue import State
from desktop.rendering.recipe import read_recipe
from desktop.session.rendering import Rendering, Workshop
from desktop.session.selection import Selection
from desktop.session.session import Session
from inference.progress import Stage
from inference.worker import Chains, Together
from tests.desktop.session.renders import REGIONS, regions, song_of_regions, wait_for_the_end
from tests.memory_limit import limit_memory
from tests.tiny_pack import TinyPack


def locked_to(seed: int) -> Callable[[Region], Region]:
    return lambda region: replace(region, seed=seed)


def locked_regions(beats: int) -> Song:
    """Return a song of regions of so many beats whose seeds are locked, each to its own."""
    song = song_of_regions(beats)
    for seed, region in enumerate(song.tracks[0].regions):
        song = change_region(song, region.id, locked_to(seed))
    return song


@pytest.fixture
def song() -> Song:
    return locked_regions(1)


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop("cpu", together=8)
    yield made
    made.close()


@pytest.fixture
def batches(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that will hold how many chains the worker was given at a time."""
    sizes, worker = list[int](), workshop.worker()
    render = worker.render_together

    def noted(pack: Path, chains: Chains, *more: Any, **options: Any) -> Together:
        sizes.append(len(chains))
        return render(pack, chains, *more, **options)

    monkeypatch.setattr(worker, "render_together", noted)
    return sizes


def render_all(rendering: Rendering, session: Session, qtbot: QtBot) -> list[State]:
    """Render each region, and return what became of it."""
    numbers = rendering.render({region.id for region in regions(session)})
    wait_for_the_end(rendering, qtbot)
    return [entry.state for entry in rendering.entries if entry.number in numbers]


def on_denoising(rendering: Rendering, act: Callable[[], None]) -> None:
    """Call `act` once, when the first step is done."""
    done = list[bool]()

    def look() -> None:
        steps = [entry.progress for entry in rendering.entries if entry.progress is not None]
        if not done and any(step.stage is Stage.DENOISE for step in steps):
            done.append(True)
            act()

    rendering.progressed.connect(look)


def test_like_jobs_come_out_as_they_do_one_by_one(
    rendering: Rendering,
    session: Session,
    workshop: Workshop,
    batches: list[int],
    qtbot: QtBot,
) -> None:
    assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS
    workshop.together = 1
    assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS
    assert batches == [REGIONS, 1, 1, 1]
    for region in regions(session):
        together, alone = region.takes
        assert together.sha256 == alone.sha256


def test_on_a_cpu_jobs_are_rendered_one_by_one_unless_it_is_wished_otherwise(
    rendering: Rendering,
    session: Session,
    workshop: Workshop,
    batches: list[int],
    qtbot: QtBot,
) -> None:
    workshop.together = None
    assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS
    assert batches == [1] * REGIONS


def test_one_of_several_is_cancelled_alone(
    rendering: Rendering, session: Session, batches: list[int], qtbot: QtBot
) -> None:
    session.edit("Longer", lambda _: locked_regions(200))
    on_denoising(rendering, lambda: rendering.cancel(2))
    states = render_all(rendering, session, qtbot)
    assert states == [State.DONE, State.CANCELLED, State.DONE]
    assert batches == [REGIONS]
    assert [len(region.takes) for region in regions(session)] == [1, 0, 1]


def test_a_worker_that_is_killed_does_the_batch_again(
    rendering: Rendering,
    session: Session,
    workshop: Workshop,
    batches: list[int],
    qtbot: QtBot,
) -> None:
    session.edit("Longer", lambda _: locked_regions(200))
    on_denoising(rendering, lambda: psutil.Process(workshop.worker().process_id).kill())
    assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS
    assert batches == [REGIONS]


RESERVED = "mmap.mmap(-1, 2**28, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=0)"


@pytest.mark.parametrize(("what", "fits"), [(RESERVED, True), ("bytes(2**28)", False)])
def test_a_limit_on_memory_counts_what_is_used_and_not_what_is_reserved(
    what: str, fits: bool
) -> None:
    code = f"import mmap; print(flush=True); input(); {what}"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=pipe) as it:
        assert it.stdout is not None
        it.stdout.readline()
        limit_memory(psutil.Process(it.pid), room_mb=100)
        said = it.communicate(b"\n")[1]
    assert (it.returncode == 0, b"MemoryError" in said) == (fits, not fits)


@pytest.fixture
def starved(
    rendering: Rendering,
    session: Session,
    make_tiny_pack: TinyPack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Give the worker too little memory to decode a region of ten minutes at once."""
    pack = make_tiny_pack({"decoder": {"tile": 2**20}})
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: pack.parent)
    session.edit("Longer", lambda _: all_quick(locked_regions(1200)))
    worker = rendering.workshop.worker()
    worker.open(pack)
    # with one tile a job wants more than 250 MB, with a quarter of it 170
    limit_memory(psutil.Process(worker.process_id), room_mb=210)


@pytest.mark.usefixtures("starved")
def test_jobs_out_of_memory_are_mended_each_by_itself(
    rendering: Rendering, session: Session, batches: list[int], qtbot: QtBot
) -> None:
    assert render_all(rendering, session, qtbot) == [State.FAILED] * REGIONS
    assert batches == [REGIONS, *[1] * REGIONS]
    rendering.mend(3, Mend.SMALLER_TILE)
    wait_for_the_end(rendering, qtbot)
    assert rendering.entries[-1].state is State.DONE
    (take,) = regions(session)[-1].takes
    assert read_recipe(take.recipe).thrift == 1


def all_quick(song: Song) -> Song:
    for region in song.tracks[0].regions:
        song = change_region(song, region.id, lambda r: replace(r, steps=1))
    return song


def test_the_cpu_is_tried_in_a_process_of_its_own_that_ends_with_its_jobs(
    rendering: Rendering, session: Session, workshop: Workshop, qtbot: QtBot
) -> None:
    workshop.use_device("coreml")  # which no build for Linux has
    (number,) = rendering.render({regions(session)[0].id})
    wait_for_the_end(rendering, qtbot)
    rendering.mend(number, Mend.CPU)
    wait_for_the_end(rendering, qtbot)
    assert [entry.state for entry in rendering.entries] == [State.FAILED, State.DONE]
    assert workshop.device == "coreml"
    assert workshop.worker("cpu").process_id is None


def test_what_nobody_foresaw_before_a_job_keeps_no_other_from_being_rendered(
    rendering: Rendering, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.session.rendering.pack_for", lambda *_: 1 // 0)
    rendering.warm_up_for_regions()
    session.select(Selection(parts=frozenset({regions(session)[0].id})))
    assert render_all(rendering, session, qtbot) == [State.FAILED] * REGIONS
    monkeypatch.setattr("desktop.session.rendering.pack_for", pack_for)
    assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS


def test_an_error_in_the_window_lets_no_job_wait_for_ever(
    rendering: Rendering, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "keep_takes", lambda *_: 1 // 0)
    with qtbot.captureExceptions() as errors:
        assert render_all(rendering, session, qtbot) == [State.DONE] * REGIONS
    assert {kind for kind, *_ in errors} == {ZeroDivisionError}
