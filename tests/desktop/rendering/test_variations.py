"""Takes made from takes: what changes, what stays bit for bit, and that they can be verified."""

from typing import Any

import numpy as np
import pytest

from desktop.document.edits import resize_region
from desktop.document.query import find_region
from desktop.document.song import Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Extend, Job, Repaint, Retake, Rework, Variation
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Renderer
from desktop.rendering.verify import Outcome, Verifier
from inference.arrays import Audio
from inference.errors import RequestError
from inference.pack import Pack
from inference.progress import CancelToken, ignore_progress

BASS, FRAMES_A_BEAT = 7, 4000  # the region over beats 1 to 6


class Studio:
    """The bass region of the small song, and a renderer that gives it takes."""

    def __init__(self, open_song: Any, pack: Pack, worker: Any) -> None:
        self.open, self.worker = open_song, worker
        seeds = iter(range(100, 200))
        self.renderer = Renderer(open_song, pack, worker, lambda _: None, lambda: next(seeds))

    def perform(self, variation: Variation | None = None, **wishes: Any) -> Take:
        """Return the take that plays once the job is done."""
        job = Job((BASS,), variation=variation, **wishes)
        self.renderer.perform(job, lambda _: None, CancelToken())
        take = find_region(self.open.song, BASS).playing
        assert take is not None
        return take

    def sound(self, take: Take) -> Audio:
        sound: Audio = self.open.takes.read(take)
        return sound

    def outcome(self, take: Take) -> Outcome:
        verifier = Verifier(self.open.song, self.open.takes, lambda _device, _threads: self.worker)
        return verifier.verify(take, ignore_progress, CancelToken()).outcome


@pytest.fixture
def studio(open_song: Any, pack: Pack, worker: Any, installed: object) -> Studio:
    assert installed
    return Studio(open_song, pack, worker)


def test_a_retake_without_variance_is_the_take_byte_for_byte(studio: Studio) -> None:
    take = studio.perform(seed=5)
    again = studio.perform(Retake(take.id, 0.0))
    assert again.sha256 == take.sha256


def test_the_further_a_retake_turns_the_less_it_sounds_like_its_take(studio: Studio) -> None:
    take = studio.perform(seed=5)
    sound = studio.sound(take)
    away = [
        float(np.abs(studio.sound(studio.perform(Retake(take.id, v), seed=9)) - sound).mean())
        for v in (0.1, 0.4, 0.8)
    ]
    assert 0 < away[0] < away[1] < away[2]


def test_a_retake_can_be_retaken(studio: Studio) -> None:
    take = studio.perform(seed=5)
    retake = studio.perform(Retake(take.id, 0.3), seed=9)
    same = studio.perform(Retake(retake.id, 0.0), seed=11)
    other = studio.perform(Retake(retake.id, 0.3), seed=11)
    assert same.sha256 == retake.sha256
    assert len({take.sha256, retake.sha256, other.sha256}) == 3
    assert studio.outcome(other) is Outcome.EQUAL


def test_a_repaint_changes_no_sample_outside_its_span(studio: Studio) -> None:
    take = studio.perform(seed=5)
    painted = studio.perform(Repaint(take.id, Tick(2 * PPQ), Tick(3 * PPQ)), seed=6)
    before, after = studio.sound(take), studio.sound(painted)
    span = slice(FRAMES_A_BEAT, 2 * FRAMES_A_BEAT)
    np.testing.assert_array_equal(np.delete(after, span, 1), np.delete(before, span, 1))
    assert np.abs(after[:, span] - before[:, span]).max() > 0.01
    assert studio.outcome(painted) is Outcome.EQUAL


def test_a_region_made_longer_on_both_sides_keeps_its_take_in_the_middle(studio: Studio) -> None:
    take = studio.perform(seed=5)
    sound = studio.sound(take)
    studio.open.song = resize_region(studio.open.song, BASS, Tick(0), Tick(8 * PPQ))
    longer = studio.perform(Extend(take.id), seed=6)
    wide = studio.sound(longer)
    assert wide.shape[1] == 8 * FRAMES_A_BEAT
    np.testing.assert_array_equal(wide[:, FRAMES_A_BEAT : 6 * FRAMES_A_BEAT], sound)
    assert wide[:, :FRAMES_A_BEAT].any()
    assert wide[:, 6 * FRAMES_A_BEAT :].any()
    assert studio.outcome(longer) is Outcome.EQUAL


def test_the_less_strength_the_more_a_rework_keeps(studio: Studio) -> None:
    take = studio.perform(seed=5)
    sound = studio.sound(take)
    weak, strong = (
        np.abs(studio.sound(studio.perform(Rework(take.id, s), seed=6)) - sound).mean()
        for s in (0.25, 1.0)
    )
    assert weak < strong
    assert studio.outcome(studio.perform(Rework(take.id, 0.5), seed=6)) is Outcome.EQUAL


def test_a_sweep_gives_every_prompt_the_same_seeds(studio: Studio) -> None:
    studio.perform(prompts=("calm", "loud"), takes=3)
    takes = find_region(studio.open.song, BASS).takes
    made = [read_recipe(take.recipe).requests[0] for take in takes]
    assert [(m["prompt"], m["seed"]) for m in made] == [
        (prompt, seed) for prompt in ("calm", "loud") for seed in (7, 8, 9)
    ]
    assert len({take.sha256 for take in takes}) == 6


@pytest.mark.parametrize(
    ("variation", "words"),
    [
        (Retake("gone", 0.5), "region 7 has no take 'gone'"),
        (Repaint("", Tick(0), Tick(PPQ)), "bar 1 beat 1 to bar 1 beat 2 is not in the region "),
        (Extend(""), "there is nothing to extend; make the region longer"),
        (Retake("", 1.5), "the amount of a turn must be in 0.0..1.0, got 1.5"),
        (Rework("", -1.0), "initial_strength must be in 0.0..1.0, got -1.0"),
    ],
)
def test_what_cannot_be_says_why(studio: Studio, variation: Variation, words: str) -> None:
    take = studio.perform(seed=5)
    if not variation.take_id:
        variation = type(variation)(take.id, *list(fields_behind_take(variation)))
    with pytest.raises(RequestError, match=words.replace("(", r"\(")):
        studio.perform(variation, seed=6)


def fields_behind_take(variation: Variation) -> list[Any]:
    return [getattr(variation, name) for name in variation.__slots__[1:]]


def test_a_variation_is_of_one_region() -> None:
    with pytest.raises(ValueError, match="a variation is of one region"):
        Job((1, 2), variation=Extend("x"))
