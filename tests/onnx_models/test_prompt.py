"""The prompt's reader: what it is taught, and that it finds it again in a prompt's states."""

from pathlib import Path

import numpy as np
import pytest
import torch

from onnx_models.composer import INSTRUMENTS, compose
from onnx_models.networks.prompt import ASKED, INSTRUMENT_NAMES, STYLE_NAMES, Prompt, asked_parts
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.prompt import fit, mean_states, target, whitening, wishes

COMMITTED = Path(__file__).parents[2] / "onnx_models" / "packs" / "mini"


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def taught_prompt() -> tuple[Prompt, torch.Tensor, torch.Tensor]:
    """Return a prompt fitted to 8 wishes told apart by weak directions of the states."""
    asked = torch.zeros(8, sum(ASKED))
    for row in range(8):
        asked[row, row] = 1
        asked[row, ASKED[0] + row % 2] = 1
    common, weak = torch.randn(400, 1) * torch.ones(24) * 5, torch.zeros(400, 24)
    rows = torch.arange(400) % 8
    weak[torch.arange(400), rows] = 1
    states = common + weak + 0.05 * torch.randn(400, 24)
    prompt = Prompt(24, 16)
    fit(prompt, states, asked[rows], epochs=300)
    return prompt, states, rows


def test_a_fitted_prompt_knows_the_instrument_though_other_differences_are_larger() -> None:
    prompt, states, rows = taught_prompt()
    heard = prompt.asked(states)[:, : ASKED[0]].argmax(dim=1)
    assert (heard == rows).float().mean() > 0.95


def test_shares_of_instruments_and_of_styles_each_make_one() -> None:
    instruments, styles, sounds = asked_parts(Prompt(24, 16).asked(torch.randn(3, 24)))
    assert torch.allclose(instruments.sum(dim=1), torch.ones(3))
    assert torch.allclose(styles.sum(dim=1), torch.ones(3))
    assert ((sounds >= 0) & (sounds <= 1)).all()


def test_a_prompt_sees_the_mean_of_its_tokens_and_none_of_the_padding() -> None:
    prompt, states, _ = taught_prompt()
    tokens = torch.stack([states[:4].mean(dim=0), torch.full((24,), 9.0)])
    padded = prompt(*prompt.wish(tokens[None], torch.tensor([[1, 0]])))
    apart = prompt(*prompt.wish(states[None, :4], torch.ones(1, 4, dtype=torch.int64)))
    assert torch.allclose(padded, apart, atol=1e-4)


def test_no_tokens_have_a_vector_of_their_own() -> None:
    prompt = Prompt(24, 16)
    torch.nn.init.ones_(prompt.null)
    nothing = prompt(*prompt.wish(torch.randn(1, 3, 24), torch.zeros(1, 3, dtype=torch.int64)))
    assert torch.equal(nothing, torch.ones(1, 16))


def test_a_wish_of_one_part_asks_for_its_instrument_alone() -> None:
    for wish in wishes(5):
        shares = wish.asked[: ASKED[0]]
        assert shares.sum() == pytest.approx(1)
        assert wish.caption


def test_the_target_of_a_mix_shares_out_its_instruments() -> None:
    piece = next(p for p in map(compose, range(50)) if len(p.parts) > 2)
    asked = target(piece, piece.parts)
    for part in piece.parts:
        assert asked[INSTRUMENT_NAMES.index(part.instrument)] >= 0.99 / len(piece.parts)
    assert asked[ASKED[0] + STYLE_NAMES.index(piece.style)] == 1


def test_whitened_states_have_deviation_one_in_every_direction() -> None:
    states = torch.randn(2000, 12) * torch.logspace(0, -1.5, 12) + 3
    mean, matrix = whitening(states)
    assert torch.allclose(torch.cov(((states - mean) @ matrix).T), torch.eye(12), atol=1e-3)


def test_each_caption_has_its_own_state_whatever_stands_beside_it() -> None:
    encoder = TextEncoder(COMMITTED)
    captions = ["piano", "a slow and rather long wish for a cello", "小提琴"]
    together = mean_states(captions, encoder)
    for caption, state in zip(captions, together, strict=True):
        assert np.allclose(mean_states([caption], encoder)[0], state, atol=2e-2)


def test_every_instrument_of_the_composer_can_be_asked_for() -> None:
    assert set(INSTRUMENTS) <= set(INSTRUMENT_NAMES)
