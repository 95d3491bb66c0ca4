from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from desktop.document.comping import swipe_take
from desktop.document.edits import add_take, change_take, choose_take
from desktop.document.query import find_region
from desktop.document.song import Take
from desktop.document.time import Tick
from desktop.rendering.jobs import Job
from desktop.rendering.recipe import read_recipe
from desktop.rendering.render import Renderer
from desktop.rendering.requests import Source, without_missing
from desktop.rendering.verify import Outcome, Verdict, Verifier, relative_db
from inference.pack import Pack
from inference.progress import CancelToken, ignore_progress


def rendered(open_song: Any, pack: Pack, worker: Any, *jobs: tuple[int, ...]) -> None:
    renderer = Renderer(open_song, pack, worker, lambda _: None)
    for region_ids in jobs:
        renderer.perform(Job(region_ids), lambda _: None, CancelToken())


def take_of(open_song: Any, region_id: int) -> Take:
    take = find_region(open_song.song, region_id).playing
    assert take is not None
    return take


def verify(open_song: Any, worker: Any, take: Take) -> Verdict:
    verifier = Verifier(open_song.song, open_song.takes, lambda _device, _threads: worker)
    return verifier.verify(take, ignore_progress, CancelToken())


def with_recipe(take: Take, **changes: Any) -> Take:
    recipe = msgspec.structs.replace(read_recipe(take.recipe), **changes)
    return replace(take, recipe=msgspec.json.encode(recipe).decode())


@pytest.mark.usefixtures("installed")
def test_takes_that_stand_alone_in_a_chain_or_listen_are_equal_again(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (3, 4), (7,), (3,))
    takes = [take for n in (3, 4, 7) for take in find_region(open_song.song, n).takes]
    assert len(takes) == 4
    assert [verify(open_song, worker, take) for take in takes] == [
        Verdict(take.id, Outcome.EQUAL) for take in takes
    ]


@pytest.mark.usefixtures("installed")
def test_a_take_that_plays_other_audio_than_its_recipe_makes_differs(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (7,))
    take = take_of(open_song, 7)
    other = open_song.takes.add(0.5 * open_song.takes.read(take), take.sample_rate_hz)
    verdict = verify(open_song, worker, replace(take, sha256=other.sha256))
    assert verdict.outcome is Outcome.DIFFERS
    assert verdict.difference_db == pytest.approx(0, abs=0.01)  # as loud as the half itself


@pytest.mark.usefixtures("installed")
def test_a_take_of_another_seed_differs_and_says_by_how_much(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (7,))
    take = take_of(open_song, 7)
    (plain,) = read_recipe(take.recipe).requests
    verdict = verify(open_song, worker, with_recipe(take, requests=({**plain, "seed": 8},)))
    assert verdict.outcome is Outcome.DIFFERS
    assert verdict.difference_db is not None
    assert -40 < verdict.difference_db < 10


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"pack_id": "gone"}, "there is no pack 'gone'"),
        ({"pack_sha256": "0" * 64}, "install that version"),
        ({"provider": "AbacusExecutionProvider"}, "which this program does not know"),
        ({"version": 99}, "has version 99"),
        ({"requests": ({},)}, "not a render request"),
        ({"requests": ()}, "damaged"),
        ({"rendered_together": 2, "together_index": 2}, "the batch does not hold the take"),
        ({"rendered_together": 2**30}, "`int` <= 1024"),
        ({"thrift": -1}, "`int` >= 0"),
        ({"heard": ([{"track": 1, "gain_db": "loud", "pan": 0, "takes": []}],)}, "`float`"),
        ({"heard": ([{"track": [], "gain_db": 0, "pan": 0, "takes": []}],)}, "`int`"),
        ({"heard": ([{"track": 1, "gain_db": 0, "pan": 0, "takes": 5}],)}, "`array`"),
    ],
)
def test_what_cannot_be_rendered_again_says_why(
    open_song: Any, pack: Pack, worker: Any, changes: dict[str, Any], reason: str
) -> None:
    rendered(open_song, pack, worker, (7,))
    verdict = verify(open_song, worker, with_recipe(take_of(open_song, 7), **changes))
    assert verdict.outcome is Outcome.CANNOT
    assert reason in verdict.reason


@pytest.mark.usefixtures("installed")
def test_a_recipe_for_another_length_than_the_take_s_is_not_rendered(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (7,))
    take = take_of(open_song, 7)
    (plain,) = read_recipe(take.recipe).requests
    endless = with_recipe(take, requests=({**plain, "frames": 2**40},))
    assert "asks for 1099511627776 frames" in verify(open_song, worker, endless).reason
    longer = {**plain, "frames": 2**30}
    beside = with_recipe(take, requests=(plain, longer), heard=((), ()), region_ids=(7, 7))
    assert "more than 3600 s" in verify(open_song, worker, beside).reason
    many = {"requests": (plain, {**plain, "frames": 2**16}), "rendered_together": 1000}
    crowded = with_recipe(take, **many, heard=((), ()), region_ids=(7, 7))
    assert "more than 3600 s" in verify(open_song, worker, crowded).reason
    kept = {"requests": ({**plain, "known_audio": "x"},)}
    source = {"known_audio": Source(take.sha256, 0, 10**15)}
    endless = with_recipe(take, **kept, sources=(source,))
    assert (
        f"from 1000000000000000 frames of take {take.id}"
        in verify(open_song, worker, endless).reason
    )


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("recipe", ["{}", "[]", "nonsense", "[" * 5000])
def test_a_take_without_our_recipe_cannot_be_verified(
    open_song: Any, pack: Pack, worker: Any, recipe: str
) -> None:
    rendered(open_song, pack, worker, (7,))
    verdict = verify(open_song, worker, replace(take_of(open_song, 7), recipe=recipe))
    assert verdict.outcome is Outcome.CANNOT
    assert "no recipe that this program wrote" in verdict.reason


@pytest.mark.usefixtures("installed")
def test_a_take_whose_context_has_changed_cannot_be_verified(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (3,), (7,))
    heard = take_of(open_song, 3)
    open_song.song = change_take(
        open_song.song, 3, heard.id, lambda take: replace(take, offset_frames=50)
    )
    verdict = verify(open_song, worker, take_of(open_song, 7))
    assert "what it listened to is no longer in the song" in verdict.reason


@pytest.mark.usefixtures("installed")
def test_a_missing_or_damaged_file_is_named(open_song: Any, pack: Pack, worker: Any) -> None:
    rendered(open_song, pack, worker, (7,))
    take = take_of(open_song, 7)
    path: Path = open_song.takes.path_of(take.sha256, take.format)
    path.write_bytes(b"broken")
    assert "has changed" in verify(open_song, worker, take).reason
    path.unlink()
    assert "is missing" in verify(open_song, worker, take).reason


def test_a_difference_is_relative_to_the_take() -> None:
    take = np.full((2, 100), 0.5, np.float32)
    assert relative_db(take, take * np.float32(1.1)) == pytest.approx(-20, abs=1e-3)
    assert relative_db(take, take[:, 1:]) == 0.0


@pytest.mark.usefixtures("installed")
def test_a_take_that_listened_to_a_comp_at_levels_of_its_own_is_equal_again(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (3,), (3,))
    lead = find_region(open_song.song, 3)
    first, second = (take.id for take in lead.takes)
    middle = Tick((lead.start + lead.end) // 2)
    comped = swipe_take(open_song.song, 3, first, middle, lead.end)
    louder = change_take(comped, 3, first, lambda take: replace(take, gain_db=-6.0))
    open_song.song = louder
    rendered(open_song, pack, worker, (7,))
    take = take_of(open_song, 7)
    open_song.song = choose_take(change_take(louder, 3, first, own_level), 3, second)
    open_song.song = add_take(open_song.song, 7, take)
    assert verify(open_song, worker, take) == Verdict(take.id, Outcome.EQUAL)
    (heard,) = read_recipe(take.recipe).heard[0]
    assert heard["gains_db"] == {first: -6.0}
    assert [take_id for _, take_id in heard["comps"][0]["pieces"]] == [second, first]


def own_level(take: Take) -> Take:
    return replace(take, gain_db=0.0)


@pytest.mark.usefixtures("installed")
def test_a_comp_with_a_missing_take_is_silence_to_what_is_rendered(
    open_song: Any, pack: Pack, worker: Any
) -> None:
    rendered(open_song, pack, worker, (3,), (3,))
    lead = find_region(open_song.song, 3)
    comped = swipe_take(open_song.song, 3, lead.takes[0].id, lead.start, Tick(lead.start + 9))
    left = find_region(without_missing(comped, lambda take: take.id != lead.takes[0].id), 3)
    assert (left.active_take, left.comp) == (None, None)
    assert without_missing(comped, lambda _: True) == comped
