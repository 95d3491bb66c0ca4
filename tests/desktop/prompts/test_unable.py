"""What prompts ask for in vain."""

from pathlib import Path

import msgspec
import pytest

import onnx_models
from desktop.prompts.unable import asked_in_vain
from desktop.prompts.words import load_words
from inference.pack import Unable

SINGING = Unable("singing", "人声演唱", ("vocals", "singer", "歌手", "女声"))
LUTES = Unable("an instrument it lacks", "它没有的乐器", ("lute", "琵琶"))


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("soft piano", []),
        ("soul with Vocals", ["singing (“Vocals”)"]),
        ("singers and a lute", ["singing (“singers”)", "an instrument it lacks (“lute”)"]),
        ("flute and volute", []),
        ("soul, no vocals, but a singer", ["singing (“singer”)"]),
        ("without any vocals", []),
        ("no drums, lute or vocals", []),
        ("no drums, piano or strings, a lute", ["an instrument it lacks (“lute”)"]),
    ],
)
def test_words_are_found_whole_and_not_where_they_are_unwanted(
    prompt: str, told: list[str]
) -> None:
    assert [one.told("en") for one in asked_in_vain(prompt, (SINGING, LUTES))] == told


def test_chinese_words_are_found_in_the_middle_of_a_sentence() -> None:
    (one,) = asked_in_vain("一位歌手在雨中", (SINGING, LUTES))
    assert one.told("zh") == "人声演唱（“歌手”）"
    assert not asked_in_vain("钢琴，不要女声", (SINGING, LUTES))
    assert not asked_in_vain("没有鼓、琵琶和女声", (SINGING, LUTES))


def test_the_embedded_model_is_not_said_to_lack_an_instrument_that_prompts_know() -> None:
    path = Path(onnx_models.__file__).with_name("unable.toml")
    unable = msgspec.convert(msgspec.toml.decode(path.read_bytes())["unable"], tuple[Unable, ...])
    for word in load_words().of_kind("instrument"):
        for name in (*word.entry.en, *word.entry.zh):
            assert not asked_in_vain(name, unable), name
