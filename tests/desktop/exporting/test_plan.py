from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.document.song import Song, Track
from desktop.exporting.options import ExportOptions
from desktop.exporting.plan import MAX_NAME_BYTES, plan, planned_files, safe_name


def song_of(*names: str, title: str = "Tune") -> Song:
    tracks = tuple(Track(n, name) for n, name in enumerate(names, start=1))
    return Song(title, tracks, next_id=len(names) + 1)


def test_the_files_are_known_in_order_before_they_are_written() -> None:
    assert planned_files(song_of("Lead", "Bass"), Path("out"), ExportOptions()) == [
        Path("out/Tune - 01 Lead.wav"),
        Path("out/Tune - 02 Bass.wav"),
        Path("out/Tune - mix.wav"),
        Path("out/Tune.mid"),
    ]


@pytest.mark.parametrize("kind", ["stems", "mix", "midi"])
def test_each_kind_can_be_left_out(kind: str) -> None:
    options = replace(ExportOptions(), **{kind: False})  # type: ignore[arg-type]
    kinds = {file.kind for file in plan(song_of("Lead"), options)}
    assert kinds == {"stem", "mix", "midi"} - {kind.removesuffix("s")}


def test_a_stem_keeps_its_number_when_others_are_muted() -> None:
    song = Song("Tune", (Track(1, "Lead", mute=True), Track(2, "Bass")), next_id=3)
    assert plan(song, ExportOptions(file_format="flac"))[0].name == "Tune - 02 Bass.flac"


def test_what_has_no_name_gets_one() -> None:
    names = [file.name for file in plan(song_of("  ", title="..."), ExportOptions())]
    assert names == ["song - 01 lead.wav", "song - mix.wav", "song.mid"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a/b\\c:d", "a_b_c_d"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("What? <1>|*", "What_ _1___"),
        ("nul", "_nul"),
        ("CON .x", "_CON .x"),
        ("com1.mid", "_com1.mid"),
        ("Concerto", "Concerto"),
        (" end. . ", "end"),
        ("tab\tline\nend\x00", "tablineend"),
        ("left\u202eright", "leftright"),
        ("e\u0301", "\u00e9"),
        ("旋律 🎵", "旋律 🎵"),
    ],
)
def test_names_suit_every_usual_file_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=12), st.text())
def test_no_two_files_share_a_name_and_none_leaves_the_folder(names: list[str], title: str) -> None:
    song = song_of(*names, title=title.encode(errors="ignore").decode())
    files = [file.name for file in plan(song, ExportOptions())]
    assert len({name.casefold() for name in files}) == len(names) + 2
    assert all(Path(name).name == name and len(name.encode()) < 255 for name in files)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_safe_name_is_short_and_safe_itself(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode()) <= MAX_NAME_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not name.startswith(".")
    assert not name.endswith((" ", "."))
