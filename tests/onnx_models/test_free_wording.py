"""Prompts in free wording."""

import numpy as np
import pytest

from onnx_models.captions import Language
from onnx_models.composer import INSTRUMENTS
from onnx_models.free_wording import PHRASES, free_wording, unwanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", {"{}", "{} or {}", "{}, {} or {}"}),
        ("zh", {"{}", "{}和{}", "{}或{}", "{}、{}", "{}、{}和{}"}),
    ],
)
def test_one_to_three_instruments_are_not_wanted_in_words_of_the_language(
    language: Language, wanted: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnx_models.free_wording.name_of", lambda *_: "{}")
    rng = np.random.default_rng(0)
    assert wanted <= {unwanted(["a", "b", "c"], rng, language) for _ in range(200)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_prompt_asks_for_is_not_what_it_wants_not_to_hear(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnx_models.free_wording.name_of", lambda key, *_: f"<{key}>")
    monkeypatch.setitem(PHRASES[language], "patterns", ["{i} / {x}"])
    rng, keys = np.random.default_rng(0), tuple(INSTRUMENTS)
    for number in range(100):
        asked, _, rest = free_wording((keys[number % len(keys)],), rng, language).partition(" / ")
        assert asked not in rest
        assert rest.startswith("<")
