"""Texts of unknown charset, and roles guessed from names and notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.query import PlacedNote
from desktop.document.song import Role
from desktop.document.time import Tick
from desktop.midi.roles import guess_role
from desktop.midi.text import text_decoder


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("主旋律", "utf-8"),
        ("Flöte", "utf-8"),
        ("主旋律", "gb18030"),
        ("鼓", "gb18030"),
        ("钢琴 Piano", "gb18030"),
        ("ピアノ", "cp932"),
        ("旋律とベース", "cp932"),
        ("Für Elise", "cp1252"),
        ("café", "cp1252"),
        ("Mélodie — été", "cp1252"),
        ("Übung à la française", "cp1252"),
    ],
)
def test_a_text_is_read_in_the_charset_it_was_written_in(text: str, charset: str) -> None:
    data = text.encode(charset)
    assert text_decoder([data])(data) == text


def test_a_files_other_texts_decide_on_a_doubtful_one() -> None:
    doubtful = "ﾋﾟｱﾉ".encode("cp932")
    assert text_decoder([doubtful, "ピアノとベース".encode("cp932")])(doubtful) == "ﾋﾟｱﾉ"


@given(st.lists(st.binary(max_size=20), min_size=1))
def test_no_text_fails_for_its_charset(texts: list[bytes]) -> None:
    decode = text_decoder(texts)
    assert all(decode(text).encode().decode() == decode(text) for text in texts)


def line(pitch: int, length: int = 480) -> list[PlacedNote]:
    return [PlacedNote(Tick(n), Tick(n + length), pitch, 90) for n in range(0, 4800, 480)]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Bass Drum", "drums"),
        ("DRUMS_2", "drums"),
        ("打击乐", "drums"),
        ("Slap bass", "bass"),
        ("贝斯", "bass"),
        ("Lead Vox", "lead"),
        ("主旋律", "lead"),
        ("warm-pad", "harmony"),
        ("和弦", "harmony"),
    ],
)
def test_a_name_tells_the_role_whatever_the_notes(name: str, role: Role) -> None:
    assert guess_role(name, line(30) + line(34) if role == "lead" else line(70)) == role


def test_words_within_words_tell_nothing() -> None:
    assert guess_role("Bassoon", line(60)) == "lead"


def test_notes_tell_the_role_of_an_unnamed_track() -> None:
    assert guess_role("", line(40)) == "bass"
    assert guess_role("", line(60, length=520)) == "lead"
    assert guess_role("", line(40) + line(44) + line(47)) == "harmony"
    assert guess_role("", []) == "lead"


def test_channel_10_is_drums_whatever_its_name() -> None:
    assert guess_role("Lead", line(60), on_drum_channel=True) == "drums"
