"""Several chains rendered side by side: their bytes, and what their recipes say of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inference.errors import Cancelled
from inference.pipeline import Engine, batch_shape
from inference.progress import CancelToken, Progress, Stage, when_all
from inference.request import Note, RenderRequest

TinyPack = Callable[..., Path]
NOTES = tuple(Note(0.1 * n, 0.1, 60 + n, 100) for n in range(12))
ASKED = RenderRequest(pack_id="tiny", frames=9000, prompt="calm piano", notes=NOTES, seed=7)
CHAINS = [
    [replace(ASKED, seed=3), replace(ASKED, prompt="loud")],
    [replace(ASKED, seed=4), replace(ASKED, prompt="bright", seed=8)],
    [replace(ASKED, seed=5, notes=()), replace(ASKED, seed=9)],
]


@pytest.fixture(scope="module")
def engine(tiny_pack: Path) -> Engine:
    return Engine(tiny_pack, device="cpu", threads=1)


def test_chains_side_by_side_give_what_each_gives_alone_row_by_row(engine: Engine) -> None:
    for chain, together in zip(CHAINS, engine.render_together(CHAINS), strict=True):
        for part, alone in zip(together or (), engine.render_chain(chain), strict=True):
            assert part.audio.tobytes() == alone.audio.tobytes()
            assert part.recipe == alone.recipe


@pytest.mark.parametrize("rows", [2, 5, 8])
def test_a_recipe_of_shared_runs_gives_the_same_bytes_again(tiny_pack: Path, rows: int) -> None:
    # the others need not be there again: rows touch nothing of one another but the batch's shape
    engine = Engine(tiny_pack, "cpu", 1, rows_at_once=rows)
    for index, (chain, together) in enumerate(
        zip(CHAINS, engine.render_together(CHAINS), strict=True)
    ):
        assert together is not None
        recipe = together[0].recipe
        assert (recipe.rendered_together, recipe.together_index) == (3, index)
        again = engine.render_together([chain] * recipe.rendered_together)[index]
        assert again is not None
        assert [a.audio.tobytes() for a in again] == [t.audio.tobytes() for t in together]


@pytest.mark.parametrize("rows", [1, 8])
def test_what_is_cancelled_leaves_the_bytes_of_the_others_alone(tiny_pack: Path, rows: int) -> None:
    engine = Engine(tiny_pack, "cpu", 1, rows_at_once=rows)
    cancels = [CancelToken() for _ in CHAINS]

    def stop_the_first(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE:
            cancels[0].cancel()

    first, *others = engine.render_together(CHAINS, stop_the_first, cancels)
    assert first is None
    for left, whole in zip(others, engine.render_together(CHAINS)[1:], strict=True):
        assert [a.audio.tobytes() for a in left or ()] == [b.audio.tobytes() for b in whole or ()]


def test_all_cancelled_is_cancelled(engine: Engine) -> None:
    cancels = [CancelToken() for _ in CHAINS]

    def stop_all(progress: Progress) -> None:
        if progress.stage is Stage.DECODE:
            for cancel in cancels:
                cancel.cancel()

    with pytest.raises(Cancelled):
        engine.render_together(CHAINS, stop_all, cancels)


def test_a_token_for_several_waits_for_the_last_of_them() -> None:
    tokens = [CancelToken() for _ in range(3)]
    tokens[1].cancel()
    with when_all(tokens) as every:
        tokens[0].cancel()
        assert not every.cancelled
        tokens[2].cancel()
        assert every.cancelled


def test_chains_fill_batches_alike_when_windows_and_guidance_agree(engine: Engine) -> None:
    pack = engine.pack

    def shape(**changes: object) -> object:
        return batch_shape(pack, [replace(ASKED, **changes)])  # type: ignore[arg-type]

    assert shape(prompt="loud", seed=1, frames=8999) == shape()
    for changes in ({"frames": 8900}, {"steps": 2}, {"guidance": 3.0}, {"prompt": ""}):
        assert shape(**changes) != shape()
