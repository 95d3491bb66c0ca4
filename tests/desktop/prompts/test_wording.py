"""Words in prompts: found, put in, taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.prompts.wording import (
    Language,
    language_of,
    tempo_in,
    tempo_spans,
    with_words,
    without_span,
)

tidy = st.text("abc 中文,，", max_size=20).map(lambda text: text.strip(" ,，"))


@pytest.mark.parametrize(
    ("text", "language"), [("calm", "en"), ("", "en"), ("宁静", "zh"), ("calm 钢琴", "zh")]
)
def test_one_chinese_character_makes_a_prompt_chinese(text: str, language: Language) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("prompt", "bpm"),
    [
        ("soft, 60 BPM", 60),
        ("92.5bpm", 92.5),
        ("tempo 120", 120),
        ("速度90", 90),
        ("每分钟72拍", 72),
        ("from 60 BPM to 90 BPM", 60),
        ("６０ＢＰＭ", 60),
        ("808 drums in 6/8", None),
        ("1 BPM", None),
        ("calm", None),
    ],
)
def test_a_tempo_is_found_in_the_prompt(prompt: str, bpm: float | None) -> None:
    assert tempo_in(prompt) == bpm


@given(tidy)
def test_words_put_in_and_taken_out_leave_the_prompt_as_it_was(prompt: str) -> None:
    longer = with_words(prompt, "flute")
    assert longer.endswith("flute")
    assert without_span(longer, len(longer) - len("flute"), len(longer)) == prompt


@pytest.mark.parametrize(
    ("prompt", "gone", "left"),
    [
        ("sad piano", "sad", "piano"),
        ("sad, calm, piano", "calm", "sad, piano"),
        ("warm flute, calm", "flute", "warm, calm"),
        ("warm soft flute", "soft", "warm flute"),
        ("悲伤的钢琴", "悲伤", "钢琴"),
        ("悲伤，钢琴，慢", "钢琴", "悲伤，慢"),
        ("温暖钢琴曲", "钢琴", "温暖曲"),
        ("sad", "sad", ""),
    ],
)
def test_a_word_goes_with_its_comma(prompt: str, gone: str, left: str) -> None:
    start = prompt.index(gone)
    assert without_span(prompt, start, start + len(gone)) == left


def test_tempos_are_found_where_they_stand() -> None:
    prompt = "calm, 60 BPM, 速度90"
    assert [prompt[start:end] for start, end in tempo_spans(prompt)] == ["60 BPM", "速度90"]
