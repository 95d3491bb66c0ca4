"""The table of words, and how the user changes it."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.prompts.wording import SEPARATORS, Language
from desktop.prompts.words import KINDS, Word, Words, WordsError, load_words
from onnx_models.captions import MOODS
from onnx_models.composer import INSTRUMENTS, KITS, STYLES

WORDS = load_words()
chips = st.sampled_from([word for word in WORDS.all if word.entry.common])


def word(words: Words, kind: str, key: str) -> Word:
    return next(each for each in words.all if (each.kind, each.key) == (kind, key))


def test_every_word_of_the_embedded_models_captions_is_known() -> None:
    asked = [(each.english, each.chinese) for each in INSTRUMENTS.values()]
    asked += [(each.english, each.chinese) for each in KITS.values()]
    asked += [(each.english, each.chinese) for each in STYLES.values()]
    names = [name for english, chinese in asked for name in (*english, *chinese)]
    names += [name.removesuffix("的") for mood in MOODS.values() for name in mood] + list(MOODS)
    unknown = [name for name in names if [f.end - f.start for f in WORDS.find(name)] != [len(name)]]
    assert unknown == []


def test_no_name_means_two_things() -> None:
    names = Counter(
        name.casefold() for each in WORDS.all for name in {*each.entry.en, *each.entry.zh}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_word_has_a_name_in_both_languages() -> None:
    assert [w.key for w in WORDS.all if not (w.entry.en and w.entry.zh)] == []


def test_there_are_chips_of_every_kind_that_is_chosen_by_chip() -> None:
    kinds = Counter(each.kind for each in WORDS.all if each.entry.common)
    assert all(5 <= kinds[kind] <= 24 for kind in ("instrument", "style", "mood", "tempo"))


def test_of_overlapping_names_the_longest_is_meant() -> None:
    assert [f.word.key for f in WORDS.find("电钢琴、大提琴")] == ["electric_piano", "cello"]
    assert [f.word.key for f in WORDS.find("Electric Piano and pianos")] == [
        "electric_piano",
        "acoustic_grand_piano",
    ]
    assert WORDS.find("unsaddled, pianoforte") == ()


@given(
    chips,
    st.lists(chips, max_size=4, unique_by=lambda each: each.key),
    st.sampled_from(("en", "zh")),
)
def test_a_chip_pressed_twice_leaves_the_prompt_as_it_was(
    chip: Word, others: list[Word], language: Language
) -> None:
    names = (other.entry.names(language)[0] for other in others if other != chip)
    prompt = SEPARATORS[language].join(names)
    pressed = WORDS.toggled(prompt, chip, language)
    assert WORDS.has(pressed, chip)
    assert WORDS.toggled(pressed, chip, language) == prompt


def test_a_chip_takes_every_name_of_its_thing_out() -> None:
    piano = word(WORDS, "instrument", "acoustic_grand_piano")
    assert WORDS.toggled("grand piano, calm, piano", piano, "en") == "calm"


@pytest.mark.parametrize("prompt", ["soft pıano", "SOFT PİANO", "ſoft piano"])
def test_names_in_letters_that_count_as_others_are_known(prompt: str) -> None:
    assert "acoustic_grand_piano" in [found.word.key for found in WORDS.find(prompt)]
    piano = word(WORDS, "instrument", "acoustic_grand_piano")
    assert not WORDS.has(WORDS.toggled(prompt, piano, "en"), piano)


def test_a_name_of_ones_own_may_have_such_letters(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[scene.istanbul]\nen = ["İstanbul", "ılık"]\n', encoding="utf-8")
    words = load_words(own)
    for prompt in ("İSTANBUL", "istanbul", "Ilık"):
        assert [found.word.key for found in words.find(prompt)] == ["istanbul"]
    assert words.beginning_with("ista") == ["İstanbul"]


def test_names_are_completed() -> None:
    assert WORDS.beginning_with("Cel")[0] == "cello"
    assert WORDS.beginning_with("钢")[0] == "钢琴"
    assert WORDS.beginning_with("xyzzy") == []


def test_the_users_table_changes_adds_and_takes_away(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(
        '[mood.sad]\nen = ["blue"]\n[scene.rain]\noff = true\n'
        '[scene.harbour]\nen = ["harbour"]\nzh = ["港口"]\nbpm = 80\n'
        '[connectives]\nen = ["really"]\n'
    )
    words = load_words(own)
    assert [f.word.key for f in words.find("blue harbour, sad, rain")] == ["sad", "harbour"]
    assert word(words, "mood", "happy") == word(WORDS, "mood", "happy")
    assert "really" in words.table.connectives.en
    assert "with" in words.table.connectives.en


def test_without_a_file_of_their_own_the_shipped_words_hold(tmp_path: Path) -> None:
    assert load_words(tmp_path / "none.toml") == WORDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mood", "no table of words"),
        ("[mood.sad]\ncolour = 1", "colour"),
        ("[weather.rain]\nen = ['rain']", "weather"),
        ("[mood.sad]\nbpm = 60", "mood.sad"),
        ("[mood.sad]\nen = [' ']", "has no name"),
        ("[mood.sad]\nen = ['blue']\nbpm = nan", "no table of words"),
        ("[mood.sad]\nen = ['blue']\nbpm = -60", "no table of words"),
        pytest.param(f"a = {'9' * 5000}", "no table of words", id="long number"),
        pytest.param(f"a = {'[' * 9999}", "no table of words", id="deep"),
    ],
)
def test_a_table_that_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "words.toml"
    own.write_text(text)
    with pytest.raises(WordsError, match=said) as caught:
        load_words(own)
    assert str(own) in str(caught.value)


def test_a_folder_in_place_of_the_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match="no file"):
        load_words(tmp_path)


def test_kinds_are_those_of_the_table() -> None:
    assert {each.kind for each in WORDS.all} <= set(KINDS)
