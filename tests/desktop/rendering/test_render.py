from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from desktop.document.edits import change_region, set_tempo
from desktop.document.query import find_region
from desktop.document.song import QualityGate, Song, Take
from desktop.document.time import Tick
from desktop.rendering.gate import LIMITS, inspect
from desktop.rendering.jobs import Job, JobProgress, plan_stems
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Kept, Refused, Renderer
from desktop.rendering.requests import ask
from inference.errors import Cancelled, RequestError
from inference.pack import Pack
from inference.progress import CancelToken, Stage
from inference.request import audio_digest

IMPOSSIBLE = QualityGate("refuse", max_true_peak_dbtp=-200.0)
LAX = replace(IMPOSSIBLE, **dict.fromkeys((limit.bound for limit in LIMITS), None))  # type: ignore[arg-type]


class Watched:
    """A renderer and all that it said."""

    def __init__(self, open_song: Any, pack: Pack, worker: Any) -> None:
        self.results: list[Kept | Refused] = []
        self.progress: list[JobProgress] = []
        self.renderer = Renderer(open_song, pack, worker, self.results.append, lambda: 4711)

    def perform(self, *region_ids: int, **wishes: Any) -> list[Kept | Refused]:
        self.renderer.perform(Job(region_ids, **wishes), self.progress.append, CancelToken())
        return self.results


@pytest.fixture
def watched(open_song: Any, pack: Pack, worker: Any) -> Watched:
    return Watched(open_song, pack, worker)


def take_of(song: Song, region_id: int) -> Take:
    take = find_region(song, region_id).playing
    assert take is not None
    return take


def set_gate(open_song: Any, gate: QualityGate) -> None:
    settings = replace(open_song.song.settings, quality_gate=gate)
    open_song.song = replace(open_song.song, settings=settings)


def no_take(take: Take) -> Any:
    raise AssertionError(f"nothing should read {take.id}")


def test_a_request_has_the_frames_notes_and_words_of_its_region(song: Song, pack: Pack) -> None:
    asked = ask(song, find_region(song, 4), pack, no_take, seed=9).request
    assert (asked.frames, asked.prompt, asked.role, asked.seed) == (12000, "bright", "lead", 9)
    assert asked.notes is not None
    assert [(note.start_s, note.pitch) for note in asked.notes] == [(0, 64), (0.5, 65), (1, 66)]
    assert [point.time_s for point in asked.beats] == [0.0, 1.5]
    assert asked.context_audio is None


def test_a_region_shorter_than_a_frame_is_a_clear_error(song: Song, pack: Pack) -> None:
    song = change_region(song, 7, lambda r: replace(r, start=Tick(1), end=Tick(2)))
    song = set_tempo(song, Tick(0), 1000.0)
    with pytest.raises(RequestError, match="region 7 is shorter than a frame; make it longer"):
        ask(song, find_region(song, 7), pack, no_take, seed=0)


def test_a_take_is_pooled_played_and_saved(watched: Watched, open_song: Any) -> None:
    (kept,) = watched.perform(7)
    assert isinstance(kept, Kept)
    take = take_of(open_song.song, 7)
    assert take == kept.take
    assert (take.frames, take.sample_rate_hz, open_song.saves) == (20000, 8000, 1)
    assert open_song.takes.read(take).any()
    assert {m.name for m in take.quality.measures} >= {"true_peak_dbtp", "loudness_lufs"}


def test_touching_regions_are_rendered_as_one_piece_and_saved_as_one_edit(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    watched.perform(3, 4)
    assert [len(requests) for requests in worker.asked] == [2]
    assert open_song.saves == 1
    first, second = (read_recipe(take_of(open_song.song, n).recipe) for n in (3, 4))
    assert (first.chain, first.chain_index, second.chain_index) == (second.chain, 0, 1)
    assert first.requests == second.requests


def test_a_region_rendered_without_its_neighbour_says_so(watched: Watched, open_song: Any) -> None:
    watched.perform(3)
    recipe = read_recipe(take_of(open_song.song, 3).recipe)
    assert (recipe.chain, recipe.touching_elsewhere) == ((), (4,))


def test_a_region_hears_the_other_tracks_once_they_have_takes(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    watched.perform(3, 4)
    watched.perform(7)
    (asked,) = worker.asked[-1]
    takes = [open_song.takes.read(take_of(open_song.song, n)) for n in (3, 4)]
    lead = np.concatenate(takes, axis=1)
    assert np.array_equal(asked.context_audio, lead[:, 4000:24000])
    (heard,) = read_recipe(take_of(open_song.song, 7).recipe).heard
    assert [entry["track"] for entry in heard] == [1]


def test_a_region_that_does_not_listen_hears_nothing(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    watched.perform(3)
    open_song.song = change_region(open_song.song, 7, lambda r: replace(r, listens=False))
    watched.perform(7)
    assert worker.asked[-1][0].context_audio is None


def test_stems_are_rendered_track_by_track_each_hearing_those_before_it(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    watched.perform(7)
    for job in plan_stems(open_song.song, {3, 4, 7}):
        watched.renderer.perform(job, watched.progress.append, CancelToken())
    lead, bass = worker.asked[-2:]
    assert [request.context_audio for request in lead] == [None, None]
    takes = [open_song.takes.read(take_of(open_song.song, n)) for n in (3, 4)]
    assert np.array_equal(bass[0].context_audio, np.concatenate(takes, axis=1)[:, 4000:24000])


def test_a_muted_track_is_not_heard(watched: Watched, open_song: Any, worker: Any) -> None:
    watched.perform(3)
    lead, bass = open_song.song.tracks
    open_song.song = replace(open_song.song, tracks=(replace(lead, mute=True), bass))
    watched.perform(7)
    assert worker.asked[-1][0].context_audio is None


def test_a_track_s_own_solo_does_not_make_it_deaf(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    watched.perform(3)
    lead, bass = open_song.song.tracks
    open_song.song = replace(open_song.song, tracks=(lead, replace(bass, solo=True)))
    watched.perform(7)
    assert worker.asked[-1][0].context_audio is not None


def test_the_recipe_holds_what_the_take_was_made_from(
    watched: Watched, open_song: Any, worker: Any, pack: Pack
) -> None:
    watched.perform(7, steps=3)
    recipe = read_recipe(take_of(open_song.song, 7).recipe)
    assert (recipe.pack_id, recipe.pack_sha256) == ("tiny", pack.sha256)
    assert (recipe.seed, recipe.steps, recipe.provider) == (7, 3, "CPUExecutionProvider")
    again = worker.engine.render(worker.asked[0][0])
    assert recipe.audio_sha256 == audio_digest(again.audio)
    assert open_song.takes.recipe(take_of(open_song.song, 7).sha256).startswith("{")


def test_each_take_has_the_next_seed(watched: Watched, worker: Any) -> None:
    watched.perform(7, takes=3)
    assert [requests[0].seed for requests in worker.asked] == [7, 8, 9]


def test_the_job_s_seed_stands_in_place_of_the_region_s(watched: Watched, worker: Any) -> None:
    watched.perform(7, seed=100)
    assert worker.asked[0][0].seed == 100


def test_a_free_seed_is_drawn_and_kept(watched: Watched, open_song: Any) -> None:
    open_song.song = change_region(open_song.song, 7, lambda r: replace(r, seed=None))
    watched.perform(7)
    assert read_recipe(take_of(open_song.song, 7).recipe).seed == 4711


def test_progress_grows_over_all_takes(watched: Watched) -> None:
    watched.perform(7, takes=2)
    shares = [progress.share for progress in watched.progress]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert {progress.take for progress in watched.progress} == {1, 2}


def test_a_cancelled_job_leaves_the_song_as_it_was(open_song: Any, pack: Pack, worker: Any) -> None:
    before, cancel = open_song.song, CancelToken()

    def stop(progress: JobProgress) -> None:
        if progress.stage is Stage.DENOISE:
            cancel.cancel()

    with pytest.raises(Cancelled):
        Renderer(open_song, pack, worker, lambda _: None).perform(Job((7,)), stop, cancel)
    assert open_song.song is before


def test_a_gate_that_refuses_keeps_nothing(watched: Watched, open_song: Any) -> None:
    set_gate(open_song, IMPOSSIBLE)
    (refused,) = watched.perform(7)
    assert isinstance(refused, Refused)
    assert not refused.again
    assert "above -200" in refused.failures[0]
    assert open_song.saves == 0


def test_a_gate_that_keeps_notes_what_failed(watched: Watched, open_song: Any) -> None:
    set_gate(open_song, replace(IMPOSSIBLE, on_failure="keep"))
    watched.perform(7)
    assert "true peak" in take_of(open_song.song, 7).quality.failures[0]


def test_a_gate_that_tries_again_takes_the_next_seeds_and_keeps_the_best(
    watched: Watched, open_song: Any, worker: Any
) -> None:
    set_gate(open_song, replace(IMPOSSIBLE, on_failure="next_seed", retries=2))
    results = watched.perform(7)
    assert [requests[0].seed for requests in worker.asked] == [7, 8, 9]
    assert [type(result) for result in results] == [Refused, Refused, Kept]
    recipe = read_recipe(take_of(open_song.song, 7).recipe)
    assert [one.seed for one in recipe.tries] == [7, 8, 9]
    assert recipe.seed == 7


def test_in_a_chain_only_the_failing_region_gets_another_seed(
    watched: Watched, open_song: Any, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_gate(open_song, QualityGate("next_seed", retries=1))
    monkeypatch.setattr("desktop.rendering.render.inspect", only_shorter_fails)
    watched.perform(3, 4)
    seeds = [[request.seed for request in requests] for requests in worker.asked]
    assert seeds == [[3, 4], [3, 5]]


def only_shorter_fails(audio: Any, sample_rate_hz: int, _gate: QualityGate) -> Any:
    return inspect(audio, sample_rate_hz, IMPOSSIBLE if audio.shape[1] == 12000 else LAX)


def test_an_hour_is_the_longest_piece(open_song: Any, watched: Watched) -> None:
    region = find_region(open_song.song, 7)
    end = Tick(region.start + 2 * 3600 * 960 + 9600)
    open_song.song = change_region(open_song.song, 7, lambda r: replace(r, end=end))
    with pytest.raises(RequestError, match=r"region 7, .* lasts \d+ s, and 3600 s"):
        watched.perform(7)
