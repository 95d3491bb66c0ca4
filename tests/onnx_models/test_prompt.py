"""The prompt's reader: what it is taught, and that it finds it again in a prompt's states."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
import torch

from onnx_models.composer import INSTRUMENTS, KITS, compose
from onnx_models.free_wording import PHRASES, name_of
from onnx_models.networks.prompt import ASKED, INSTRUMENT_NAMES, STYLE_NAMES, Prompt, asked_parts
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.prompt import (
    States,
    captions,
    fit,
    free_prompts,
    read,
    states_of,
    target,
    whitening,
)

COMMITTED = Path(__file__).parents[2] / "onnx_models" / "packs" / "mini"


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def taught_prompt() -> tuple[Prompt, States, torch.Tensor]:
    """Return a prompt fitted to 8 wishes, each one weak token of three, the others alike."""
    asked = torch.zeros(8, sum(ASKED))
    for row in range(8):
        asked[row, row] = 1
        asked[row, ASKED[0] + row % 2] = 1
    rows = torch.arange(400) % 8
    tokens = 5 * torch.ones(400, 3, 24) * torch.randn(400, 3, 1)
    tokens[torch.arange(400), torch.arange(400) % 3, rows] += 1
    tokens = (tokens + 0.05 * torch.randn(400, 3, 24)).flatten(0, 1)
    states, prompt = States(tokens, torch.arange(401) * 3), Prompt(24, 16)
    fit(prompt, states, asked[rows], epochs=300)
    return prompt, states, rows


def test_a_fitted_prompt_finds_the_instrument_in_whichever_token_it_stands() -> None:
    prompt, states, rows = taught_prompt()
    heard = prompt.wish(*states.padded(torch.arange(400))).asked[:, : ASKED[0]].argmax(dim=1)
    assert (heard == rows).float().mean() > 0.95


def test_shares_of_instruments_and_of_styles_each_make_one() -> None:
    wish = Prompt(24, 16).wish(torch.randn(3, 5, 24), torch.ones(3, 5))
    instruments, styles, sounds = asked_parts(wish.asked)
    assert torch.allclose(instruments.sum(dim=1), torch.ones(3))
    assert torch.allclose(styles.sum(dim=1), torch.ones(3))
    assert ((sounds >= 0) & (sounds <= 1)).all()


def test_a_prompt_sees_none_of_the_padding() -> None:
    prompt, states, _ = taught_prompt()
    text, mask = states.padded(torch.arange(2))
    padded = torch.cat([text, torch.full((2, 4, 24), 9.0)], dim=1)
    longer = torch.cat([mask, torch.zeros(2, 4, dtype=torch.int64)], dim=1)
    assert torch.allclose(prompt.wish(padded, longer).asked, prompt.wish(text, mask).asked)


def test_no_tokens_ask_for_nothing_and_have_a_vector_of_their_own() -> None:
    prompt = Prompt(24, 16)
    torch.nn.init.ones_(prompt.null)
    wish = prompt.wish(torch.randn(1, 3, 24), torch.zeros(1, 3, dtype=torch.int64))
    assert not wish.asked.any()
    assert torch.equal(prompt(wish), torch.ones(1, 16))


def test_a_wish_of_one_part_asks_for_its_instrument_alone() -> None:
    for example in captions(5):
        shares = example.asked[: ASKED[0]]
        assert shares.sum() == pytest.approx(1)
        assert example.prompt


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


def test_each_prompt_has_its_own_states_whatever_stands_beside_it() -> None:
    encoder = TextEncoder(COMMITTED)
    prompts = ["piano", "a slow and rather long wish for a cello", "小提琴"]
    together = states_of(prompts, encoder)
    for number, prompt in enumerate(prompts):
        alone, _ = states_of([prompt], encoder)
        begin, end = together.starts[number : number + 2]
        assert np.allclose(alone, together.tokens[begin:end], atol=0.1)


def test_every_prompt_is_read_in_its_turn() -> None:
    encoder = TextEncoder(COMMITTED)
    prompt = Prompt(384, 1)
    for buffer in prompt.buffers():
        torch.nn.init.normal_(buffer, std=0.3)
    one, two = read(prompt, ["a harp", "slow drums in the rain"], encoder)
    (again,) = read(prompt, ["slow drums in the rain"], encoder)
    assert torch.allclose(two, again, atol=0.05)
    assert not torch.allclose(one, two, atol=0.05)


def test_free_prompts_name_what_they_ask_for_in_both_languages() -> None:
    for example in free_prompts(60):
        shares, styles, _ = asked_parts(example.asked)
        assert styles.isnan().all()
        assert shares.sum() == pytest.approx(1)
        for place in shares.nonzero().flatten().tolist():
            key = INSTRUMENT_NAMES[place]
            entry = INSTRUMENTS.get(key) or KITS[key]
            nicknames = (PHRASES[language]["nicknames"].get(key, ()) for language in ("en", "zh"))
            names = (*entry.english, *entry.chinese, *chain.from_iterable(nicknames))
            assert any(name.lower() in example.prompt.lower() for name in names), example.prompt


def test_every_instrument_of_the_composer_can_be_asked_for() -> None:
    assert set(INSTRUMENTS) <= set(INSTRUMENT_NAMES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nicknames_belong_to_instruments_that_there_are_and_to_one_alone(language: str) -> None:
    nicknames = PHRASES[language]["nicknames"]
    assert set(nicknames) <= {*INSTRUMENTS, *KITS}
    every = [nickname for several in nicknames.values() for nickname in several]
    assert len(every) == len(set(every))


def test_an_instrument_is_now_and_then_called_by_a_nickname() -> None:
    rng = np.random.default_rng(0)
    names = {name_of("kalimba", rng, "en") for _ in range(100)}
    assert names == {*INSTRUMENTS["kalimba"].english, *PHRASES["en"]["nicknames"]["kalimba"]}
