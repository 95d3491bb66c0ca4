"""Finding by a few letters."""

from hypothesis import given
from hypothesis import strategies as st

from ui.dialogs.fuzzy import rank

TEXTS = ["Quantise with strength and swing", "Quantise", "Add a track", "Move the track up"]


def test_words_are_found_in_any_order() -> None:
    assert rank("swing quant", TEXTS) == [0]


def test_the_start_of_a_word_goes_before_letters_within_one() -> None:
    assert rank("tra", ["Extra", "Add a track"]) == [1, 0]


def test_the_very_text_goes_before_longer_ones() -> None:
    assert rank("takes", ["Takes as a list", "Takes"]) == [1, 0]


def test_letters_that_follow_one_another_are_found() -> None:
    assert rank("mtu", TEXTS) == [3]
    assert rank("zz", TEXTS) == []


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_words_find_everything_in_order(texts: list[str]) -> None:
    assert rank("  ", texts) == list(range(len(texts)))


@given(st.text(min_size=1, max_size=12), st.lists(st.text(max_size=12), max_size=8))
def test_a_text_is_found_by_itself(text: str, others: list[str]) -> None:
    assert len(others) in rank(text, [*others, text])


@given(st.text(max_size=6), st.text(max_size=3), st.lists(st.text(max_size=12), max_size=8))
def test_more_letters_never_find_more(words: str, more: str, texts: list[str]) -> None:
    assert set(rank(words + more, texts)) <= set(rank(words, texts))
