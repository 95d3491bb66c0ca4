"""Captions: bilingual, varied, true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onnx_models.captions import MOODS, Language, caption, names
from onnx_models.composer import INSTRUMENTS, KITS, STYLES, Part, PlayedNote, compose

seeds = st.integers(0, 2**40)
languages = st.sampled_from(["en", "zh"])


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@given(seeds, languages)
def test_every_role_of_a_piece_has_a_caption(seed: int, language: Language) -> None:
    piece, rng = compose(seed, 8.0), np.random.default_rng(seed)
    for role in {"mix", *(part.role for part in piece.parts)}:
        text = caption(piece, role, rng, language)
        assert text == text.strip()
        assert 2 <= len(text) <= 250 or _is_chinese(text)
        assert "{" not in text
        assert "  " not in text


@given(seeds)
def test_english_captions_hold_no_chinese(seed: int) -> None:
    assert not _is_chinese(caption(compose(seed, 8.0), "mix", np.random.default_rng(seed), "en"))


def test_chinese_captions_are_chinese() -> None:
    rng = np.random.default_rng(1)
    texts = [caption(compose(seed, 8.0), "mix", rng, "zh") for seed in range(200)]
    assert sum(map(_is_chinese, texts)) >= 197  # a lone "96 BPM" has no characters


def test_one_piece_can_be_asked_for_in_many_ways() -> None:
    piece, rng = compose(3), np.random.default_rng(0)
    assert len({caption(piece, "mix", rng, "en") for _ in range(500)}) > 400
    assert len({caption(piece, "lead", rng, "zh") for _ in range(500)}) > 250


def test_most_captions_of_a_lead_name_its_instrument() -> None:
    rng, named = np.random.default_rng(0), 0
    for seed in range(300):
        piece = compose(seed, 6.0)
        words = INSTRUMENTS[piece.parts[0].instrument].english
        text = caption(piece, "lead", rng, "en").lower()
        named += any(word.lower() in text for word in words)
    assert named > 240


def test_a_stated_tempo_is_the_pieces() -> None:
    rng = np.random.default_rng(0)
    for seed in range(300):
        piece = compose(seed, 6.0)
        text = caption(piece, "mix", rng, "en").lower()
        if " bpm" in text:
            assert f"{round(piece.bpm)} bpm" in text


def test_the_same_generator_state_gives_the_same_caption() -> None:
    piece = compose(8)
    first, second = (caption(piece, "mix", np.random.default_rng(4), "en") for _ in range(2))
    assert first == second


def test_an_absent_role_is_an_error_that_names_it() -> None:
    piece = next(p for p in map(compose, range(100)) if not p.parts_of("drums"))
    with pytest.raises(ValueError, match="drums"):
        caption(piece, "drums", np.random.default_rng(0), "en")


def test_every_mood_of_every_style_can_be_said_in_chinese() -> None:
    assert {m for style in STYLES.values() for m in style.moods} <= set(MOODS)


@pytest.mark.parametrize("key", [*INSTRUMENTS, *KITS])
def test_every_instrument_has_names_in_both_languages(key: str) -> None:
    entry = KITS[key] if key in KITS else INSTRUMENTS[key]
    assert entry.english
    assert entry.chinese
    assert not any(map(_is_chinese, entry.english))
    assert all(map(_is_chinese, entry.chinese))


def test_two_instruments_are_both_named() -> None:
    note = PlayedNote(0, 1, 60, 80)
    parts = [Part("lead", 73, "flute", (note,)), Part("harmony", 46, "harp", (note,))]
    text = names(parts, np.random.default_rng(2), "en")
    assert "flute" in text
    assert "harp" in text
