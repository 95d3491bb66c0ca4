"""From the network to `text.onnx`: standard operators, weights kept in the source's own 4 bits."""

from pathlib import Path
from typing import Final

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, helper, numpy_helper

from onnx_models.text_encoder.network import TextEncoderNet, linear_weights
from onnx_models.text_encoder.weights import BLOCK, Quantised, Weights

OPSET: Final = 21  # the first with 4-bit whole numbers in blocks


def export_graph(net: TextEncoderNet, weights: Weights, path: Path) -> None:
    """Write `net` to `path`: input_ids, attention_mask -> last_hidden_state."""
    ids, mask = torch.zeros(2, 7, dtype=torch.int64), torch.ones(2, 7, dtype=torch.int64)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=len(net.positions))
    shape = {0: batch, 1: length}
    program = torch.onnx.export(
        net.eval(),
        (ids, mask),
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_shapes={"input_ids": shape, "attention_mask": shape},
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    model = program.model_proto
    pack_linear_weights(model, dict(linear_weights(weights)))
    strip_debug_notes(model)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def pack_linear_weights(model: ModelProto, packed: dict[str, Quantised]) -> None:
    """Replace each float initializer named in `packed` by its 4 bits and a DequantizeLinear.

    ONNX Runtime fuses that node with the product that follows it.
    """
    graph = model.graph
    kept = [tensor for tensor in graph.initializer if tensor.name not in packed]
    if len(graph.initializer) - len(kept) != len(packed):
        raise ValueError(f"the graph lacks some of the {len(packed)} weights to pack")
    nodes = []
    for name, matrix in packed.items():
        kept += [_levels(f"{name}.levels", matrix), _scales(f"{name}.scales", matrix)]
        nodes.append(
            helper.make_node(
                "DequantizeLinear",
                [f"{name}.levels", f"{name}.scales"],
                [name],
                name=f"{name}.dequantised",
                axis=0,
                block_size=BLOCK,
            )
        )
    del graph.initializer[:], graph.value_info[:]
    graph.initializer.extend(kept)
    nodes.extend(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def _levels(name: str, matrix: Quantised) -> TensorProto:
    levels = np.ascontiguousarray(matrix.levels.reshape(len(matrix.nibbles), -1).T)
    pairs = levels.reshape(-1, 2) & 15  # ONNX packs the earlier of two into the low half
    packed = (pairs[:, 0] | pairs[:, 1] << 4).astype(np.uint8)
    return helper.make_tensor(name, TensorProto.INT4, levels.shape, packed.tobytes(), raw=True)


def _scales(name: str, matrix: Quantised) -> TensorProto:
    scales = np.ascontiguousarray(matrix.scales.T, dtype=np.float32)
    return numpy_helper.from_array(scales, name)


def strip_debug_notes(model: ModelProto) -> None:
    """Remove what the exporter notes of source files and lines, which differ by machine."""
    del model.graph.metadata_props[:], model.metadata_props[:]
    for part in (*model.graph.node, *model.graph.initializer, *model.graph.input):
        del part.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
