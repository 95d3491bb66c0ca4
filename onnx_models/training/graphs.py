"""Torch networks to ONNX graphs: export, check against PyTorch, 8-bit weights."""

import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort  # type: ignore[import-untyped]
import torch
from numpy.typing import NDArray
from onnx import compose, helper, numpy_helper
from onnxruntime.quantization import (  # type: ignore[import-untyped]
    QuantType,
    quantize_dynamic,
)
from torch import Tensor, nn


class Named(nn.Module):
    """A network whose inputs are plain tensors in the order of `names`."""

    def __init__(self, network: nn.Module, kind: type[Any]) -> None:
        super().__init__()
        self.network, self.kind = network, kind

    def forward(self, *tensors: Tensor) -> Tensor:
        velocity: Tensor = self.network(self.kind(*tensors))
        return velocity


def export(
    network: nn.Module,
    example: Mapping[str, Tensor],
    output: str,
    axes: Mapping[str, Sequence[str]],
    path: Path,
) -> float:
    """Write `network` as ONNX; return its largest difference from PyTorch, of the largest value.

    `axes` names each input's and the output's axes; names of one letter or more that are not
    digits vary from call to call, and the same name is the same size.
    """
    shapes = tuple(
        {i: torch.export.Dim.AUTO for i, a in enumerate(axes[name]) if not a.isdigit()}
        for name in example
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("onnxscript").setLevel(logging.ERROR)
        program = torch.onnx.export(
            network, tuple(example.values()), dynamo=True, verbose=False, input_names=list(example),
            output_names=[output], dynamic_shapes=_nested(network, shapes),
        )  # fmt: skip
    assert program is not None
    model = program.model_proto
    del model.graph.value_info[:]
    _name_axes(model, axes)
    onnx.save(model, str(path))
    with torch.inference_mode():
        wanted = network(*example.values()).numpy()
    return relative_error(run(path, example), wanted)


def _nested(network: nn.Module, shapes: tuple[Any, ...]) -> tuple[Any, ...]:
    return (shapes,) if isinstance(network, Named) else shapes


def _name_axes(model: onnx.ModelProto, axes: Mapping[str, Sequence[str]]) -> None:
    for value in (*model.graph.input, *model.graph.output):
        for dim, name in zip(value.type.tensor_type.shape.dim, axes[value.name], strict=True):
            if not name.isdigit():
                dim.dim_param = name


def join(first: Path, second: Path, name: str, to: Path) -> None:
    """Write the graph that feeds `second` with the output `name` of `first`."""
    before, after = onnx.load(str(first)), onnx.load(str(second))
    apart = compose.add_prefix(after, "after_", rename_inputs=False, rename_outputs=False)
    joined = compose.merge_models(before, apart, [(name, name)])
    onnx.save(joined, str(to))


def tables_to_int8(path: Path, words: Sequence[str]) -> None:
    """Rewrite the graph at `path` with 8 bits for each table whose name holds one of `words`.

    Read back they are `{name}_quantized`, `{name}_scale` and `{name}_zero_point`, as matrices are.
    """
    model = onnx.load(str(path))
    graph = model.graph
    for table in [t for t in graph.initializer if any(word in t.name for word in words)]:
        values = numpy_helper.to_array(table)
        low, high = float(values.min()), float(values.max())
        scale = np.float32(max(high - low, 1e-6) / 255)
        zero = np.uint8(np.clip(np.rint(-low / scale), 0, 255))
        steps = np.clip(np.rint(values / scale) + zero, 0, 255).astype(np.uint8)
        parts = {"_quantized": steps, "_scale": scale, "_zero_point": zero}
        graph.initializer.remove(table)
        graph.initializer.extend(
            numpy_helper.from_array(np.asarray(part), table.name + end)
            for end, part in parts.items()
        )
        named = [table.name + end for end in parts]
        graph.node.insert(0, helper.make_node("DequantizeLinear", named, [table.name]))
    onnx.save(model, str(path))


def run(
    path: Path, inputs: Mapping[str, Tensor], *, as_written: bool = False
) -> NDArray[np.float32]:
    """Return the first output of the graph at `path` on the CPU; `as_written`, not optimised."""
    options = ort.SessionOptions()
    if as_written:  # else products with 8-bit weights may be reckoned in 8 bits
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    (output, *_) = session.run(None, {name: x.numpy() for name, x in inputs.items()})
    return np.asarray(output)


def relative_error(made: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    """Return the largest difference over the largest wanted value."""
    return float(np.abs(made - wanted).max() / np.abs(wanted).max())


def to_int8(path: Path, to: Path, exact: Sequence[str] = ()) -> None:
    """Write the graph at `path` with 8-bit weights in its matrix products.

    Products with a tensor whose name holds one of `exact` stay as they are.
    """
    logging.getLogger().setLevel(logging.ERROR)
    nodes = onnx.load(str(path)).graph.node
    keep = [node.name for node in nodes if any(word in i for word in exact for i in node.input)]
    quantize_dynamic(
        str(path), str(to), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
        per_channel=True, nodes_to_exclude=keep,
    )  # fmt: skip
