"""The part of the vocabulary that English and Chinese prompts need, and its tokenizer."""

import re
from typing import Final

from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace, Sequence, Strip
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing
from wordfreq import top_n_list

from onnx_models.text_encoder.weights import Weights

MAX_TOKENS: Final = 64
COMMON_WORDS: Final = 100_000

_START, _PADDING, _END, _UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
_SPECIAL: Final = (_START, _PADDING, _END, _UNKNOWN)  # ids 0 to 3, as in the source
_SPACE: Final = "▁"
_CHINESE: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_PUNCTUATION: Final = re.compile("[\u2013-\u201f\u2026\u3001-\u3011·♪♭♯]+")
# A word is cut otherwise beside a hyphen; Chinese puts no space before a word.
_FORMS: Final = {"en": ("{}", "-{}", "{}-"), "zh": ("{}",)}


def kept_pieces(weights: Weights, words: int = COMMON_WORDS) -> list[int]:
    """Return the ids of `weights` to keep, rising.

    These are all that the commonest `words` English and Chinese words are cut into, so that
    prompts are cut as the model was trained; every Chinese and ASCII character; and every whole
    number below 1000.
    """
    whole = list(range(len(weights.pieces)))
    used = {index for index in whole if _is_kept_anyway(index, weights.pieces[index])}
    tokenizer = build_tokenizer(weights, whole)
    for language, forms in _FORMS.items():
        texts = [form.format(word) for word in top_n_list(language, words) for form in forms]
        texts += [text.capitalize() for text in texts]
        for cut in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
            used.update(cut.ids)
    return sorted(used)


def _is_kept_anyway(index: int, piece: str) -> bool:
    text = piece.removeprefix(_SPACE)
    is_character = len(text) <= 1 and (text.isascii() or _CHINESE.fullmatch(text) is not None)
    is_tempo = text.isascii() and text.isdecimal() and len(text) <= 3
    is_mark = _PUNCTUATION.fullmatch(text) is not None
    return index < len(_SPECIAL) or is_character or is_tempo or is_mark


def build_tokenizer(weights: Weights, kept_ids: list[int]) -> Tokenizer:
    """Return the tokenizer of the kept pieces, which adds `<s>` and `</s>`, cuts and pads.

    The model was trained with "query: " before short texts. Prompts do without: it found no more
    instruments and hardly other translations, and costs three tokens.
    """
    pieces = [(weights.pieces[index], float(weights.scores[index])) for index in kept_ids]
    ids = {piece: new for new, (piece, _) in enumerate(pieces)}
    tokenizer = Tokenizer(Unigram(pieces, unk_id=ids[_UNKNOWN], byte_fallback=False))
    tokenizer.normalizer = Sequence([NFKC(), Replace(Regex(r"[\s\p{Cc}\p{Cf}]+"), " "), Strip()])
    tokenizer.pre_tokenizer = Metaspace(replacement=_SPACE, prepend_scheme="always", split=True)
    tokenizer.add_special_tokens(list(_SPECIAL))
    tokenizer.post_processor = TemplateProcessing(
        single=f"{_START} $A {_END}",
        special_tokens=[(_START, ids[_START]), (_END, ids[_END])],
    )
    tokenizer.enable_padding(pad_id=ids[_PADDING], pad_token=_PADDING)
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer
