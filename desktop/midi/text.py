"""The charset of a file's texts, which no MIDI file tells."""

from collections.abc import Callable, Iterable
from typing import Final

_PADDING: Final = "\0 \t\r\n\u3000"  # old programs fill names up to a fixed length
_CHARSETS: Final = ("gb18030", "cp932", "cp1252")  # equally plausible: the first


def text_decoder(texts: Iterable[bytes]) -> Callable[[bytes], str]:
    """Return a function that decodes and strips the texts of one file and never fails.

    Each text is UTF-8 if it can be. For the others the charset is chosen in which all of them
    together look most like writing: Chinese, Japanese or Western.
    """
    foreign = b"\n".join(text for text in texts if not _is_utf8(text))
    charset = max(_CHARSETS, key=lambda name: _plausibility(foreign, name))

    def decode(text: bytes) -> str:
        used = "utf-8" if _is_utf8(text) else charset
        return text.decode(used, errors="replace").strip(_PADDING)

    return decode


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _plausibility(text: bytes, charset: str) -> float:
    letters = text.decode(charset, errors="replace")
    weights = [_weight(letter, charset) for letter in letters if not letter.isascii()]
    # A Western text has few such letters, and few bytes that would be two-byte characters.
    return sum(weights) / max(1, len(weights))


def _weight(letter: str, charset: str) -> float:
    if letter == "\ufffd":
        return -1.0
    if charset == "cp1252":
        return 0.5 if letter.isalpha() else 0.2
    return 1.0 if _is_common(letter.encode(charset), charset) else 0.0


def _is_common(code: bytes, charset: str) -> bool:
    """Return whether a two-byte code is punctuation, kana or one of the first level's characters.

    The levels are those of GB 2312 and JIS X 0208: the 3,755 and 2,965 most used characters.
    """
    if len(code) != 2:
        return False  # half-width kana, and the four-byte codes of GB 18030
    if charset == "gb18030":
        return code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)
    return 0x81 <= code[0] <= 0x83 or 0x88 <= code[0] <= 0x97
