"""Prompts as the token states that the denoiser attends to."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inference.arrays import Floats
from inference.errors import PackError
from inference.pack import Pack
from inference.sessions import Net

CACHED_PROMPTS: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class TextStates:
    """A prompt's states (max_tokens, width), and its mask (max_tokens,): all 0 for no prompt."""

    states: Floats
    mask: npt.NDArray[np.int64]


class TextEncoder:
    """The pack's tokenizer and text graph; it remembers the last prompts."""

    def __init__(self, pack: Pack, net: Net) -> None:
        text = pack.manifest.text
        assert text is not None  # load_pack has seen to it
        self._max_tokens = text.max_tokens
        self._path = pack.folder / text.tokenizer
        self._tokenizer = open_tokenizer(self._path, text.max_tokens)
        self._net = net
        self.encode = lru_cache(CACHED_PROMPTS)(self._encode)

    def _encode(self, prompt: str) -> TextStates:
        ids = self._ids(prompt)
        feeds = {"ids": np.array([ids], np.int64), "mask": np.ones((1, len(ids)), np.int64)}
        states = self._net({name: feeds[name] for name in self._net.takes})[0]
        room = ((0, self._max_tokens - len(ids)), (0, 0))
        mask = np.zeros(self._max_tokens, np.int64)
        mask[: len(ids) if prompt.strip() else 0] = 1
        return TextStates(np.pad(states, room), mask)

    def _ids(self, prompt: str) -> list[int]:
        """Return the prompt's tokens, at least one and at most `max_tokens`."""
        try:
            ids: list[int] = self._tokenizer.encode(prompt).ids or [0]
        except BaseException as error:
            if not is_of_tokenizers(error):
                raise
            raise PackError(f"{self._path} failed ({error}); install the pack again") from error
        if len(ids) > self._max_tokens:
            raise PackError(
                f"{self._path} gave {len(ids)} tokens, the manifest allows {self._max_tokens}; "
                "get another version of the pack"
            )
        return ids


def open_tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    """Return the tokenizer at `path`, cutting at `max_tokens` and padding nothing."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)
    except BaseException as error:
        if not is_of_tokenizers(error):
            raise
        raise PackError(f"{path} is no tokenizer ({error}); install the pack again") from error
    return tokenizer


def is_of_tokenizers(error: BaseException) -> bool:
    """Return whether the library may have raised `error`: plain Exception, or a panic of Rust."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"
