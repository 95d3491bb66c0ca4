"""Prompts to token states by an exported folder, for training; the host has its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

GRAPH_FILE = "text.onnx"
TOKENIZER_FILE = "tokenizer.json"


class TextEncoder:
    """The text encoder in `folder`, run on the CPU by `threads` threads."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = ort.InferenceSession(
            str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))

    def encode(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return token states (B, L, width) and the mask (B, L), 1 for a token, 0 for padding."""
        cuts = self._tokenizer.encode_batch(list(texts))
        ids = np.array([cut.ids for cut in cuts], np.int64)
        mask = np.array([cut.attention_mask for cut in cuts], np.int64)
        (states,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return states, mask
