"""Cue sheets are read as they are meant, and what cannot be read is named."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importing.cue_sheet import (
    MAX_CUES,
    Bars,
    Cue,
    Seconds,
    Span,
    read_cues,
    write_cues,
)

THREE_PARTS = (
    '[0:15] "轻柔吉他搭配自然环境音,60 BPM" [15:30] "加入鼓点,节奏提升至90 BPM,保持明亮感" '
    '[30:60] "交响乐爆发,铜管与弦乐齐鸣,充满希望"'
)
milliseconds = st.integers(0, 36_000_000).map(lambda ms: ms / 1000)
seconds = (
    st.tuples(milliseconds, milliseconds).filter(lambda s: s[0] < s[1]).map(lambda s: Seconds(*s))
)
bars = st.tuples(st.integers(1, 9999), st.integers(0, 99)).map(lambda b: Bars(b[0], b[0] + b[1]))
prompts = st.text(max_size=40).filter(lambda text: bool(text.strip()))
tempos = st.none() | st.integers(4_000, 1_000_000).map(lambda bpm: bpm / 1000)
cues = st.builds(Cue, seconds | bars, prompts, tempos)


def only(text: str) -> Cue:
    sheet = read_cues(text)
    assert sheet.unread == ()
    (cue,) = sheet.cues
    return cue


@given(st.lists(cues, max_size=5))
def test_what_is_written_is_read_again(written: list[Cue]) -> None:
    numbered = tuple(
        Cue(cue.span, cue.prompt, cue.own_bpm, line) for line, cue in enumerate(written, 1)
    )
    sheet = read_cues(write_cues(numbered))
    assert sheet.cues == numbered
    assert sheet.unread == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_whatever_is_pasted_is_cues_or_unread_lines(text: str) -> None:
    sheet = read_cues(text)
    said = {cue.line for cue in sheet.cues} | {unread.line for unread in sheet.unread}
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    silent = {
        number
        for number, line in enumerate(lines, 1)
        if not line.strip(" \t\u3000") or line.strip().startswith("#")
    }
    assert said | silent >= {n for n, line in enumerate(lines, 1) if any(c.isalnum() for c in line)}


def test_the_three_part_sheet_has_three_cues() -> None:
    sheet = read_cues(THREE_PARTS)
    assert sheet.unread == ()
    assert [cue.span for cue in sheet.cues] == [Seconds(0, 15), Seconds(15, 30), Seconds(30, 60)]
    assert [cue.bpm for cue in sheet.cues] == [60, 90, None]
    assert sheet.cues[0].prompt == "轻柔吉他搭配自然环境音,60 BPM"
    assert sheet.cues[2].prompt == "交响乐爆发,铜管与弦乐齐鸣,充满希望"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("[0:15] calm", Seconds(0, 15)),
        ("[15:30]calm", Seconds(15, 30)),
        ("[1.5 : 2.25] calm", Seconds(1.5, 2.25)),
        ("[15-30] calm", Seconds(15, 30)),
        ("[0:15-0:30] calm", Seconds(15, 30)),
        ("0:15-0:30 calm", Seconds(15, 30)),
        ("0:15 – 0:30.5: calm", Seconds(15, 30.5)),
        ("1:02:03 to 1:04:00 calm", Seconds(3723, 3840)),
        ("15s-30s calm", Seconds(15, 30)),
        ("15秒到30秒：calm", Seconds(15, 30)),
        ("0:15至0:30，calm", Seconds(15, 30)),
        ("［０：１５］calm", Seconds(0, 15)),
        ("【０：１５－０：３０】calm", Seconds(15, 30)),
        ("bars 1-8: calm", Bars(1, 8)),
        ("Bar 9 - 16 calm", Bars(9, 16)),
        ("bar 9: calm", Bars(9, 9)),
        ("[bars 9 to 16] calm", Bars(9, 16)),
        ("第1-8小节 calm", Bars(1, 8)),
        ("第1小节到第8小节：calm", Bars(1, 8)),
        ("第９小节 calm", Bars(9, 9)),
        ("1-8小节 calm", Bars(1, 8)),
    ],
)
def test_a_span_is_read_as_it_is_meant(text: str, span: Span) -> None:
    assert only(text).span == span
    assert only(text).prompt == "calm"


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ('[0:15] "soft, close"', "soft, close"),
        ("[0:15] “柔和”", "柔和"),
        ("[0:15] 「柔和」", "柔和"),
        ("[0:15] ＂柔和＂", "柔和"),
        ("[0:15] 'don't stop'", "don't stop"),
        (r'[0:15] "a \"big\" room"', 'a "big" room'),
        (r'[0:15] "two\nlines"', "two\nlines"),
        ("[0:15] soft [and] close;", "soft [and] close"),
        ("\ufeff[0:15] soft", "soft"),
    ],
)
def test_a_prompt_is_read_as_it_is_meant(text: str, prompt: str) -> None:
    assert only(text).prompt == prompt


def test_a_line_may_hold_several_cues_without_quotes() -> None:
    sheet = read_cues("[0:15] soft guitar; [15:30] drums, 90 bpm")
    assert [(cue.prompt, cue.bpm) for cue in sheet.cues] == [
        ("soft guitar", None),
        ("drums, 90 bpm", 90),
    ]


def test_empty_lines_and_remarks_say_nothing_and_lines_are_counted() -> None:
    sheet = read_cues("# a song\r\n\r\n[0:15] soft\r\n  \r\n0:15-0:30 drums")
    assert [(cue.line, cue.prompt) for cue in sheet.cues] == [(3, "soft"), (5, "drums")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soft guitar", "no span"),
        ("0:15 soft guitar", "where does it end"),
        ("[0:15:0:30] soft", "no span"),
        ("[soft] guitar", "no span"),
        ("[15:15] soft", "end after it begins"),
        ("0:30-0:15 soft", "end after it begins"),
        ("0:15-0:61 soft", "59"),
        ("1:60:00-2:00:00 soft", "59"),
        ("bars 0-8: soft", "count from 1"),
        ("bars 8-1: soft", "count from 1"),
        ("[0:15]", "no prompt"),
        ('[0:15] ""', "no prompt"),
        ('[0:15] "soft', "not closed"),
        ('[0:15] "soft" guitar', "outside of quotes"),
        ('[0:15] "soft" 5000 BPM', "bpm"),
        ("[0:15] soft [15:abc] drums", "no span"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, why: str) -> None:
    sheet = read_cues(f"[0:1] fine\n{text}")
    (unread,) = sheet.unread
    assert (unread.line, unread.text) == (2, text)
    assert why in unread.why


@pytest.mark.parametrize(
    "begin", ["[", "0:15", "0:15 -", "bars 1", "第1", "第 1 -", "[0:15] tempo"]
)
def test_a_long_run_of_spaces_takes_no_time(begin: str) -> None:
    began_s = time.process_time()
    for cue in read_cues(f"{begin}{' ' * 50_000}x").cues:
        assert cue.bpm is None
    assert time.process_time() - began_s < 1


def test_a_sheet_without_end_is_refused() -> None:
    assert "at most" in read_cues("[0:1] x\n" * (MAX_CUES + 1)).unread[-1].why


def test_a_tempo_beside_the_prompt_comes_before_the_one_in_it() -> None:
    cue = only('[0:15] "soft, 60 BPM" @ 72.5 BPM')
    assert (cue.prompt, cue.bpm) == ("soft, 60 BPM", 72.5)
