"""Rendering behind the window: jobs, takes that come in, what undo and closing do to them."""

from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.document.edits import change_track, set_prompt
from desktop.rendering.queue import State
from desktop.session.rendering import Rendering, Workshop
from desktop.session.selection import Selection
from desktop.session.session import Session
from inference.worker import RenderWorker
from tests.desktop.session.renders import regions, wait_for_the_end


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


def states(rendering: Rendering) -> list[State]:
    return [entry.state for entry in rendering.entries]


def test_a_take_comes_into_the_song_and_plays_as_one_step(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first = regions(session)[0]
    rendering.render({first.id})
    wait_for_the_end(rendering, qtbot)
    (take,) = regions(session)[0].takes
    assert regions(session)[0].active_take == take.id
    assert session.takes.has(take)
    session.undo()
    assert regions(session)[0].takes == (take,)
    assert regions(session)[0].active_take is None


def test_of_several_takes_the_first_plays(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first = regions(session)[0]
    rendering.render({first.id}, takes=3)
    wait_for_the_end(rendering, qtbot)
    takes = regions(session)[0].takes
    assert len(takes) == 3
    assert regions(session)[0].active_take == takes[0].id
    assert len({take.sha256 for take in takes}) == 3


def test_a_locked_seed_gives_the_same_bytes_again_and_another_take_does_not(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first = regions(session)[0]
    locked = replace(first, seed=7)
    track_id = session.song.tracks[0].id
    session.edit(
        "Lock",
        lambda song: change_track(
            song, track_id, lambda t: replace(t, regions=(locked, *t.regions[1:]))
        ),
    )
    for _ in range(2):
        rendering.render({first.id})
        wait_for_the_end(rendering, qtbot)
    rendering.render({first.id}, new_seed=True)
    wait_for_the_end(rendering, qtbot)
    one, same, other = regions(session)[0].takes
    assert one.sha256 == same.sha256 != other.sha256


def test_a_job_can_wait_behind_another_and_be_taken_out(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first, second, third = (region.id for region in regions(session))
    rendering.render({first}, takes=4)
    (waiting,) = rendering.render({second})
    (last,) = rendering.render({third})
    rendering.move(last, before=waiting)
    rendering.cancel(waiting)
    wait_for_the_end(rendering, qtbot)
    assert states(rendering) == [State.DONE, State.DONE, State.CANCELLED]
    assert [len(region.takes) for region in regions(session)] == [4, 0, 1]
    rendering.forget_ended()
    assert rendering.entries == ()


def test_a_job_renders_what_was_asked_for_though_the_prompt_changes_while_it_waits(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first, second, _ = regions(session)
    rendering.render([first.id], takes=4)
    session.edit("Prompt", lambda song: set_prompt(song, second.id, "loud drums"))
    rendering.render([second.id])
    session.edit("Prompt", lambda song: set_prompt(song, second.id, "bright strings"))
    rendering.render([second.id])
    wait_for_the_end(rendering, qtbot)
    one, two = (take.recipe for take in regions(session)[1].takes)
    assert ("loud drums" in one, "bright strings" in one) == (True, False)
    assert ("loud drums" in two, "bright strings" in two) == (False, True)
    assert regions(session)[1].prompt == "bright strings"


def test_a_worker_that_is_killed_comes_back_and_does_its_job(
    rendering: Rendering, session: Session, workshop: Workshop, qtbot: QtBot
) -> None:
    first = regions(session)[0]
    with qtbot.waitSignal(rendering.take_made, timeout=30_000):
        rendering.render({first.id}, takes=6)
    process = workshop.worker().process_id
    assert process is not None
    psutil.Process(process).kill()
    wait_for_the_end(rendering, qtbot)
    assert states(rendering) == [State.DONE]
    assert len(regions(session)[0].takes) == 6


def test_a_region_deleted_meanwhile_has_its_take_when_it_comes_back(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first, track_id = regions(session)[0], session.song.tracks[0].id
    with qtbot.waitSignal(rendering.progressed, timeout=30_000):
        rendering.render({first.id})
    session.edit(
        "Delete",
        lambda song: change_track(song, track_id, lambda t: replace(t, regions=t.regions[1:])),
    )
    wait_for_the_end(rendering, qtbot)
    assert first.id not in {region.id for region in regions(session)}
    while first.id not in {region.id for region in regions(session)}:
        session.undo()
    assert len(regions(session)[0].takes) == 1


def test_closing_stops_what_runs_and_keeps_what_is_finished(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    first = regions(session)[0]
    with qtbot.waitSignal(rendering.take_made, timeout=30_000):
        rendering.render({first.id}, takes=500)
    rendering.close()
    assert 1 <= len(regions(session)[0].takes) < 500
    assert rendering.live == ()


def test_a_worker_that_does_not_start_fails_its_job_alone(
    rendering: Rendering,
    session: Session,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    def refuse() -> RenderWorker:
        raise OSError("no process can be made")

    first = regions(session)[0]
    with monkeypatch.context() as patched:
        patched.setattr(workshop, "worker", refuse)
        rendering.warm_up_for_regions()
        session.select(Selection(parts=frozenset({first.id})))
        qtbot.waitUntil(lambda: rendering._thread is None)
        rendering.render({first.id})
        wait_for_the_end(rendering, qtbot)
    assert states(rendering) == [State.FAILED]
    rendering.again(1)
    wait_for_the_end(rendering, qtbot)
    assert states(rendering) == [State.FAILED, State.DONE]


def test_a_song_whose_pack_is_missing_says_so(
    rendering: Rendering, session: Session, qtbot: QtBot
) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    session.edit("Pack", lambda s: replace(s, settings=replace(s.settings, pack_id="gone")))
    rendering.render({regions(session)[0].id})
    wait_for_the_end(rendering, qtbot)
    qtbot.waitUntil(lambda: bool(said))
    assert "no pack 'gone'" in said[0]
    assert states(rendering) == [State.FAILED]
