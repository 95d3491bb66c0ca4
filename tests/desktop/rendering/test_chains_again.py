"""Takes of touching regions come out once more as they came out together."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from desktop.document.edits import (
    change_region,
    choose_take,
    duplicate_region,
    move_region,
    remove_region,
    set_pack,
    set_prompt,
)
from desktop.document.query import find_region
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Job, Retake
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Renderer
from desktop.rendering.verify import Outcome, Verifier
from inference.errors import RequestError
from inference.pack import Pack
from inference.progress import CancelToken, ignore_progress

CALM, BRIGHT, BASS = 3, 4, 7  # regions; the first two touch
Edit = Callable[[Song], Song]


class Chain:
    """The two touching regions of the small song, and a renderer that gives them takes."""

    def __init__(self, open_song: Any, pack: Pack, worker: Any) -> None:
        self.open, self.worker = open_song, worker
        seeds = iter(range(100, 200))
        self.renderer = Renderer(open_song, pack, worker, lambda _: None, lambda: next(seeds))

    def perform(self, *region_ids: int, **wishes: Any) -> tuple[Take, ...]:
        """Return what the regions play once the job is done."""
        self.renderer.perform(Job(region_ids, **wishes), lambda _: None, CancelToken())
        return tuple(self.playing(region_id) for region_id in region_ids)

    def retake(self, region_id: int, take: Take, variance: float = 0.0, **wishes: Any) -> Take:
        """Return the retake of the region's take."""
        return self.perform(region_id, variation=Retake(take.id, variance), **wishes)[0]

    def playing(self, region_id: int) -> Take:
        take = find_region(self.open.song, region_id).playing
        assert take is not None
        return take

    def edit(self, edit: Edit) -> None:
        self.open.song = edit(self.open.song)

    def outcome(self, take: Take) -> Outcome:
        verifier = Verifier(self.open.song, self.open.takes, lambda _device, _threads: self.worker)
        return verifier.verify(take, ignore_progress, CancelToken()).outcome


@pytest.fixture
def chain(open_song: Any, pack: Pack, worker: Any, installed: object) -> Chain:
    assert installed
    return Chain(open_song, pack, worker)


def test_a_retake_without_variance_of_either_part_of_a_chain_is_its_take_byte_for_byte(
    chain: Chain,
) -> None:
    calm, bright = chain.perform(CALM, BRIGHT)
    assert chain.retake(CALM, calm).sha256 == calm.sha256
    assert chain.retake(BRIGHT, bright).sha256 == bright.sha256
    assert [len(requests) for requests in chain.worker.asked] == [2, 2, 2]


def test_the_neighbours_of_a_retake_are_not_kept(chain: Chain) -> None:
    calm, bright = chain.perform(CALM, BRIGHT)
    before = find_region(chain.open.song, BRIGHT)
    again = chain.retake(CALM, calm)
    assert find_region(chain.open.song, BRIGHT) is before
    assert len(find_region(chain.open.song, CALM).takes) == 2
    recipe = read_recipe(again.recipe)
    assert (recipe.region_ids, recipe.chain_index) == ((CALM, BRIGHT), 0)
    assert [each.seed for each in recipe.tries] == [CALM]
    assert recipe.chain == read_recipe(bright.recipe).chain


@pytest.mark.parametrize(
    "edit",
    [
        lambda song: set_prompt(song, BRIGHT, "loud drums"),
        lambda song: choose_take(song, BRIGHT, None),
        lambda song: remove_region(song, BRIGHT),
        lambda song: move_region(song, BRIGHT, Tick(20 * PPQ)),
    ],
)
def test_a_retake_is_the_same_whatever_has_become_of_its_neighbours(
    chain: Chain, edit: Edit
) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    chain.edit(edit)
    assert chain.retake(CALM, calm).sha256 == calm.sha256


def test_a_retake_hears_what_its_take_heard(chain: Chain) -> None:
    deaf, _ = chain.perform(CALM, BRIGHT)
    chain.perform(BASS)
    assert chain.retake(CALM, deaf).sha256 == deaf.sha256
    calm, bright = chain.perform(CALM, BRIGHT)
    chain.perform(BASS, seed=99)
    for region_id, take in ((CALM, calm), (BRIGHT, bright)):
        again = chain.retake(region_id, take)
        assert again.sha256 == take.sha256 != deaf.sha256
        assert read_recipe(again.recipe).heard == read_recipe(take.recipe).heard
        assert chain.outcome(again) is Outcome.EQUAL


def test_a_retake_whose_context_is_gone_hears_what_is_there_now(chain: Chain) -> None:
    chain.perform(BASS)
    calm, _ = chain.perform(CALM, BRIGHT)
    chain.edit(lambda song: move_region(song, BASS, Tick(2 * PPQ)))
    again = chain.retake(CALM, calm)
    own, neighbour = chain.worker.asked[-1]
    assert own.context_audio is not None
    assert neighbour.context_audio is None
    assert again.sha256 != calm.sha256
    assert chain.outcome(again) is Outcome.EQUAL


def test_a_retake_of_a_region_that_no_longer_listens_hears_nothing(chain: Chain) -> None:
    chain.perform(BASS)
    calm, _ = chain.perform(CALM, BRIGHT)
    chain.edit(lambda song: change_region(song, CALM, lambda r: replace(r, listens=False)))
    chain.retake(CALM, calm)
    own, neighbour = chain.worker.asked[-1]
    assert own.context_audio is None
    assert neighbour.context_audio is not None


def test_a_retake_turns_its_own_noise_and_leaves_the_neighbours_theirs(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    turned = chain.retake(CALM, calm, 0.3, seed=9)
    own, neighbour = chain.worker.asked[-1]
    assert [(turn.seed, turn.amount) for turn in own.turns] == [(9, 0.3)]
    assert (own.seed, neighbour.seed, neighbour.turns) == (CALM, BRIGHT, ())
    assert turned.sha256 != calm.sha256
    assert chain.outcome(turned) is Outcome.EQUAL
    assert chain.retake(CALM, turned, seed=10).sha256 == turned.sha256


def test_a_retake_of_other_steps_takes_its_neighbours_along_in_them(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    again = chain.retake(CALM, calm, steps=2)
    assert [request.steps for request in chain.worker.asked[-1]] == [2, 2]
    assert chain.outcome(again) is Outcome.EQUAL


def test_what_was_rendered_in_smaller_tiles_is_so_again(chain: Chain) -> None:
    calm, bright = chain.perform(CALM, BRIGHT, thrift=2)
    (recalled,) = chain.perform(BRIGHT)
    for again, take in ((chain.retake(CALM, calm), calm), (recalled, bright)):
        assert again.sha256 == take.sha256
        assert read_recipe(again.recipe).thrift == 2


def test_a_copy_of_a_region_elsewhere_is_retaken_as_the_region_is(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    copy = chain.open.song.next_id
    chain.edit(lambda song: duplicate_region(song, CALM, Tick(32 * PPQ)))
    again = chain.retake(copy, calm)
    assert len(chain.worker.asked[-1]) == 2
    assert read_recipe(again.recipe).region_ids == (copy, BRIGHT)


def test_the_same_seed_recalls_a_take_of_a_chain_though_its_region_is_rendered_alone(
    chain: Chain,
) -> None:
    calm, bright = chain.perform(CALM, BRIGHT)
    for region_id, take in ((CALM, calm), (BRIGHT, bright)):
        (again,) = chain.perform(region_id)
        assert again.sha256 == take.sha256
        assert chain.outcome(again) is Outcome.EQUAL
    assert len(find_region(chain.open.song, BRIGHT).takes) == 2


@pytest.mark.parametrize("wishes", [{"seed": 77}, {"steps": 2}])
def test_what_is_asked_anew_is_rendered_alone(chain: Chain, wishes: dict[str, int]) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    (other,) = chain.perform(CALM, **wishes)
    assert [len(requests) for requests in chain.worker.asked] == [2, 1]
    assert other.sha256 != calm.sha256
    assert read_recipe(other.recipe).touching_elsewhere == (BRIGHT,)


def test_the_gate_looks_at_the_retake_alone(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    settings = chain.open.song.settings
    gate = replace(settings.quality_gate, on_failure="next_seed", max_loudness_lufs=-100.0)
    chain.edit(lambda song: replace(song, settings=replace(settings, quality_gate=gate)))
    asked = len(chain.worker.asked)
    again = chain.retake(CALM, calm, 0.5, seed=9)
    assert len(chain.worker.asked) == asked + 1 + gate.retries
    assert [each.turns[0].seed for each, _ in chain.worker.asked[asked:]] == [9, 10, 11]
    assert {each.seed for _, each in chain.worker.asked[asked:]} == {BRIGHT}
    assert not again.quality.passed


def test_a_take_of_another_pack_is_not_retaken(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    other = replace(calm, recipe=calm.recipe.replace('"pack_id":"tiny"', '"pack_id":"grand"'))
    chain.edit(lambda s: change_region(s, CALM, lambda r: replace(r, takes=(other,))))
    with pytest.raises(
        RequestError,
        match=f"take {calm.id} was made by pack 'grand', and region 3 is rendered by pack 'tiny'; "
        "choose that of the take for the region, or render anew",
    ):
        chain.retake(CALM, other)


def test_a_recipe_that_asks_for_too_much_is_not_retaken(chain: Chain) -> None:
    calm, _ = chain.perform(CALM, BRIGHT)
    endless = replace(calm, recipe=calm.recipe.replace('"frames":12000', f'"frames":{2**39}'))
    assert endless != calm
    chain.edit(lambda s: change_region(s, CALM, lambda r: replace(r, takes=(endless,))))
    with pytest.raises(RequestError, match="its recipe asks for more than 3600 s; render it anew"):
        chain.retake(CALM, endless)
    (alone,) = chain.perform(CALM)
    assert len(chain.worker.asked[-1]) == 1
    assert np.abs(chain.open.takes.read(alone)).max() > 0


def test_a_recipe_whose_chain_has_lost_a_part_brings_nothing_back(chain: Chain) -> None:
    _, bright = chain.perform(CALM, BRIGHT)
    recipe = json.loads(bright.recipe)
    damaged = replace(bright, recipe=json.dumps({**recipe, "chain": recipe["chain"][1:]}))
    chain.edit(lambda s: change_region(s, BRIGHT, lambda r: replace(r, takes=(damaged,))))
    chain.perform(BRIGHT)
    assert [len(requests) for requests in chain.worker.asked] == [2, 1]
    with pytest.raises(RequestError, match="the chain does not hold the take; render it anew"):
        chain.retake(BRIGHT, damaged)


def test_a_recipe_names_the_pack_and_version_that_rendered_the_take(chain: Chain) -> None:
    chain.edit(lambda song: replace(song, settings=replace(song.settings, pack_id="grand")))
    chain.edit(lambda song: set_pack(song, {CALM}, "tiny"))
    recipe = read_recipe(chain.perform(CALM)[0].recipe)
    manifest = chain.worker.engine.pack.manifest
    assert (recipe.pack_id, recipe.pack_version) == ("tiny", manifest.version)
    assert recipe.requests[0]["pack_id"] == "tiny"
