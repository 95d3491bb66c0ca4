"""Writes every file of the text encoder into one folder."""

from pathlib import Path
from typing import Final

from onnx_models.text_encoder.encode import GRAPH_FILE, TOKENIZER_FILE
from onnx_models.text_encoder.export import export_graph
from onnx_models.text_encoder.network import TextEncoderNet
from onnx_models.text_encoder.vocabulary import build_tokenizer, kept_pieces
from onnx_models.text_encoder.weights import read_weights

ORIGIN_FILE: Final = "TEXT_ENCODER_ORIGIN.txt"


def build(folder: Path) -> tuple[Path, ...]:
    """Return the paths of the files written: graph, tokenizer, origin. The same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = read_weights()
    kept_ids = kept_pieces(weights)
    graph, tokenizer, origin = (folder / name for name in (GRAPH_FILE, TOKENIZER_FILE, ORIGIN_FILE))
    build_tokenizer(weights, kept_ids).save(str(tokenizer), pretty=False)
    export_graph(TextEncoderNet(weights, kept_ids), weights, graph)
    origin.write_bytes(Path(__file__).with_name(ORIGIN_FILE).read_bytes())
    return graph, tokenizer, origin
