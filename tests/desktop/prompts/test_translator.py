"""Tags and moods become prompts, in the language they were given in."""

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.prompts.translator import SUGGESTED, Slot, Translator
from desktop.prompts.wording import language_of, tempo_in
from desktop.prompts.words import load_words

WORDS = load_words()
TRANSLATE = Translator(WORDS)
ANOTHER = Translator(load_words())
NAMES = sorted({name for word in WORDS.all for name in (*word.entry.en, *word.entry.zh)})
tags = st.lists(
    st.sampled_from(NAMES)
    | st.sampled_from(
        [
            "zorblax",
            "no drums",
            "no drums, zorblax or flute",
            "没有鼓、钢琴和弦乐",
            "90 BPM",
            "速度90",
            "港口灯火",
            "and",
            "的",
        ]
    ),
    min_size=1,
    max_size=6,
)
joints = st.sampled_from([" ", ", ", "，", "、", " and "])


@pytest.mark.parametrize(
    ("tags", "prompt"),
    [
        (
            "sad rain piano",
            "sad, rain, piano, 69 BPM, played softly, distant, with reverb",
        ),
        (
            "悲伤 下雨 钢琴",
            "悲伤，下雨，钢琴，69 BPM，轻声演奏，遥远，带混响",
        ),
        (
            "epic battle",
            "epic, battle, brass section, strings, choir and orchestral percussion, "
            "pounding drums, driving ostinato, 125 BPM, played hard, wide, in a big room",
        ),
    ],
)
def test_plain_tags_become_a_prompt(tags: str, prompt: str) -> None:
    assert TRANSLATE(tags) == prompt


def test_letters_that_count_as_others_are_read() -> None:
    assert TRANSLATE("rain pıano").startswith("rain, pıano, 72 BPM")
    assert TRANSLATE("RAİN").startswith("RAİN, drop-like")


@given(tags, joints)
def test_a_prompt_that_was_made_stays_as_it_is(words: list[str], joint: str) -> None:
    once = TRANSLATE(joint.join(words))
    assert TRANSLATE(once) == once


@given(tags, joints)
def test_the_language_is_that_of_the_input(words: list[str], joint: str) -> None:
    given_words = joint.join(word for word in words if word != "的")  # which is dropped
    assert language_of(TRANSLATE(given_words)) == language_of(given_words)


@given(st.text(max_size=60))
def test_any_text_becomes_a_prompt_and_the_same_one_each_time(text: str) -> None:
    assert TRANSLATE(text) == ANOTHER(text)
    assert bool(TRANSLATE(text).strip()) == bool(text.strip())


@pytest.mark.parametrize("slot", SUGGESTED)
def test_what_is_added_is_known_again_as_what_it_is(slot: Slot) -> None:
    phrases = (getattr(word.entry, slot) for word in WORDS.all)
    texts = {text for phrase in phrases if phrase for text in (phrase.en, phrase.zh)}
    assert {text: TRANSLATE.slot_of(text) for text in texts} == dict.fromkeys(texts, slot)


def test_what_is_said_is_not_said_otherwise() -> None:
    prompt = TRANSLATE("sad piano, fast, loud, dry, 140 BPM")
    assert prompt == "sad, piano, fast, 140 BPM, loud, dry"
    assert tempo_in(prompt) == 140


def test_unknown_words_and_what_is_not_wanted_are_kept() -> None:
    prompt = TRANSLATE("the harbour lights, happy violins, no drums")
    assert prompt == "happy, harbour lights, violins, 122 BPM, bright tone, no drums"
    assert TRANSLATE("不要鼓，快乐的小提琴").startswith("快乐，小提琴，")
    assert TRANSLATE("不要鼓，快乐的小提琴").endswith("，不要鼓")


@pytest.mark.parametrize(
    ("prompt", "unwanted"),
    [
        ("violins, no loud drums", "no loud drums"),
        ("violins without soft slow piano", "without soft slow piano"),
        ("小提琴，不要快的鼓", "不要快的鼓"),
        ("violins, no calm zorblax", "no calm"),
    ],
)
def test_what_is_not_wanted_may_be_described(prompt: str, unwanted: str) -> None:
    said = re.split("[,，] ?", TRANSLATE(prompt))
    assert unwanted in said
    assert not {"drums", "piano", "鼓", "calm"} & set(said)


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("no drums, piano or strings, sad flute, 80 BPM",
         "sad, flute, 80 BPM, played softly, intimate, with reverb, no drums, piano or strings"),
        ("没有鼓、钢琴和弦乐，长笛", "长笛，没有鼓、钢琴和弦乐"),
        ("violins or piano, no drums", "violins or piano, no drums"),
        ("no drums or bass but a guitar, 80 BPM", "guitar, 80 BPM, no drums or bass"),
        ("没有鼓和钢琴，但有小提琴", "小提琴，没有鼓和钢琴"),
    ],
)  # fmt: skip
def test_a_list_of_what_is_not_wanted_stays_together_at_the_end(prompt: str, said: str) -> None:
    assert TRANSLATE(prompt) == said
    assert TRANSLATE(said) == said


FLUTE = "a solo wooden flute, gentle and airy, folk ballad, close and dry"


def test_a_phrase_with_unknown_words_stays_whole_where_its_weightiest_word_goes() -> None:
    assert TRANSLATE(FLUTE) == (
        "folk, ballad, gentle, a solo wooden flute, 82 BPM, played softly, airy, close and dry"
    )
    assert TRANSLATE("一支独奏的木制长笛，温柔，民谣").startswith(
        "民谣，温柔，一支独奏的木制长笛，"
    )


def test_what_a_whole_phrase_says_is_not_said_otherwise() -> None:
    assert TRANSLATE("sad dry zorblax piano, loud") == "sad dry zorblax piano, 66 BPM, loud"


def test_a_connective_before_a_whole_phrase_is_dropped_but_not_its_article() -> None:
    assert TRANSLATE("violin, and a zorblax piano with") == "violin, a zorblax piano"


def test_sentences_are_phrases_too() -> None:
    assert TRANSLATE("A zorblax flute. Loud.") == "A zorblax flute, Loud"


def test_no_rhythm_is_added_to_instruments_that_were_named() -> None:
    assert "driving ostinato" not in TRANSLATE("epic violins")
    assert "driving ostinato" in TRANSLATE("epic battle")


def test_the_tempo_of_the_song_is_added_and_no_other() -> None:
    assert "gentle, a solo wooden flute, 96.5 BPM, played" in TRANSLATE(FLUTE, 96.5)
    assert TRANSLATE("gentle violin", 80) == "gentle, violin, 80 BPM, played softly"
    assert TRANSLATE("violin, 140 BPM", 80) == "violin, 140 BPM"
    assert TRANSLATE("", 80) == ""


@pytest.mark.parametrize(
    ("tags", "prompt"),
    [
        ("fast violin", "violin, fast"),
        ("slow sad violin", "sad, violin, slow, played softly"),
        ("快 小提琴", "小提琴，快"),
        ("慢，小提琴", "小提琴，慢"),
    ],
)
def test_the_tempo_of_the_song_does_not_contradict_a_word_for_the_tempo(
    tags: str, prompt: str
) -> None:
    assert TRANSLATE(tags, 80).startswith(prompt)
    assert tempo_in(TRANSLATE(tags, 80)) is None


@given(tags, joints, st.floats(20, 300))
def test_a_prompt_made_with_a_tempo_stays_as_it_is(
    words: list[str], joint: str, bpm: float
) -> None:
    once = TRANSLATE(joint.join(words), bpm)
    assert TRANSLATE(once, bpm) == once


def test_words_of_the_other_language_are_translated() -> None:
    assert TRANSLATE("sad 钢琴").startswith("悲伤，钢琴")


def test_a_word_for_the_tempo_comes_before_the_tempo_of_a_style() -> None:
    assert "134 BPM" in TRANSLATE("fast jazz")
    assert "132 BPM" in TRANSLATE("jazz")


def test_the_users_words_are_used(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(
        '[scene.harbour]\nen = ["harbour"]\nbpm = 80\nsays = { en = "harbour bells at dusk" }\n'
        'instruments = { en = "accordion" }\n'
    )
    made = Translator(load_words(own))
    assert made("harbour") == "harbour bells at dusk, accordion, 80 BPM"
    assert made(made("harbour")) == made("harbour")


@pytest.mark.parametrize("text", ["x " + "and " * 2500, "的" * 10_000])
def test_a_long_text_takes_no_longer_than_its_letters_ask_for(text: str) -> None:
    TRANSLATE("piano")  # the patterns are there from now on
    begin = process_time()
    TRANSLATE(text)
    assert process_time() - begin < 0.5  # over 1 s where each word is a walk through all letters


def test_nothing_is_made_of_nothing() -> None:
    assert TRANSLATE("") == ""
    assert TRANSLATE("the") == "the"
