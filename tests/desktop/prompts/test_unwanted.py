"""What prompts want not to hear."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.prompts.unwanted import NEGATION, read

NEGATES = re.compile(NEGATION, re.IGNORECASE)
DRUMS = re.compile("drums|鼓", re.IGNORECASE)


def unwanted(prompt: str) -> list[str]:
    return [prompt[found.start() : end] for found, end in read(prompt, NEGATES, DRUMS)]


@pytest.mark.parametrize(
    "prompt",
    [
        "no drums, piano or strings",
        "no drums, piano, nor strings",
        "no drums and loud piano",
        "No soft piano, drums, or any strings",
        "without drums, piano and strings",
        "without any piano or a harp",
        "没有鼓、钢琴和弦乐",
        "没有和声和鼓",
        "不要钢琴或者鼓",
        "没有钢琴，鼓或弦乐",
        "no drums，钢琴或弦乐",
    ],
)
def test_a_list_is_not_wanted_as_a_whole(prompt: str) -> None:
    assert unwanted(prompt) == [prompt]
    assert unwanted(f"harp; {prompt}. Flute") == [prompt]


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("no drums, piano or strings, warm flute", ["no drums, piano or strings"]),
        ("no drums, piano", ["no drums"]),
        ("no drums, piano and strings", ["no drums"]),
        ("no drums or piano, but flute or harp", ["no drums or piano"]),
        ("no drums or piano, only flute or harp", ["no drums or piano"]),
        ("no drums, a piano or a harp", ["no drums"]),
        ("no drums or piano just strings", ["no drums or piano"]),
        ("no drums\npiano or harp", ["no drums"]),
        ("没有鼓、钢琴和弦乐，长笛和竖琴", ["没有鼓、钢琴和弦乐"]),
        ("没有鼓和钢琴只有长笛", ["没有鼓和钢琴"]),
        ("没有鼓、钢琴，但要长笛或竖琴", ["没有鼓、钢琴"]),
        ("不要鼓和不要钢琴", ["不要鼓", "不要钢琴"]),
        ("没有鼓的钢琴曲", ["没有鼓"]),
    ],
)
def test_a_list_ends_where_something_is_asked_for_again(prompt: str, parts: list[str]) -> None:
    assert unwanted(prompt) == parts


@pytest.mark.parametrize(
    "prompt", ["Symphony no. 5", "no 5", "piano", "无尽的琵琶", "no", "no, or drums", "不要"]
)
def test_what_negates_nothing_is_passed_over(prompt: str) -> None:
    assert unwanted(prompt) == []


@given(st.text("no,和、没有鼓 drumswithout\n", max_size=60))
def test_lists_of_any_text_follow_one_another(prompt: str) -> None:
    spans = [(found.start(), end) for found, end in read(prompt, NEGATES, DRUMS)]
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end <= len(prompt) for start, end in spans)


def test_a_long_list_is_read_at_once() -> None:
    begun = process_time()
    assert len(unwanted("no " + "big drum, " * 5000 + "no " * 5000)) == 1
    assert process_time() - begun < 0.5
