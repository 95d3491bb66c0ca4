"""Reads a pack's networks back out of its graphs, so that training can go on from a pack."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, NodeProto, numpy_helper
from torch import Tensor, nn

from onnx_models.networks.denoiser import Denoiser
from onnx_models.networks.improviser import BARS_AGO, PHRASE_BARS, Improviser, across
from onnx_models.networks.latents import Pca
from onnx_models.networks.vocoder import Magnitudes

DENOISER_PREFIX = "network.network."
WRITING_PREFIX = "network.network."
MEMORY_PREFIX = "network."
LISTENING_PREFIX = "network.listener."
MAGNITUDES_PREFIX = "log_magnitudes."
# What grows with all that the improviser is told.
GROWING = ("ago.own.weight", "ago.shared.weight", "phase.weight", "again.weight", "again.bias")


def weights(graph: Path, prefix: str) -> dict[str, Tensor]:
    """Return the weights whose names begin with `prefix`, by what follows it.

    A linear layer's matrix has lost its name in the graph, and perhaps all but 8 of its bits: it
    is the one whose products the layer's bias is added to.
    """
    model = onnx.load(str(graph))
    values = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    named = {name: value for name, value in values.items() if value.dtype == np.float32}
    named |= {f"{layer}.weight": matrix.T for layer, matrix in _matrices(model, values)}
    tables = (node for node in model.graph.node if node.op_type == "DequantizeLinear")
    named |= {node.output[0]: _matrix(node.input[0], values) for node in tables}
    return {
        name.removeprefix(prefix): torch.from_numpy(value.copy())
        for name, value in named.items()
        if name.startswith(prefix)
    }


def _matrices(
    model: ModelProto, values: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each linear layer's name and its matrix (in, out)."""
    makers = {output: node for node in model.graph.node for output in node.output}
    for node in model.graph.node:
        biases = [name for name in node.input if name.endswith(".bias")]
        if node.op_type == "Add" and biases:
            product = _product(next(name for name in node.input if name not in biases), makers)
            if product is not None and product.input[1] in values:
                yield biases[0].removesuffix(".bias"), _matrix(product.input[1], values)


def _product(value: str, makers: Mapping[str, NodeProto]) -> NodeProto | None:
    """Return the matrix product that `value` is, but for its scale."""
    node = makers.get(value)
    while node is not None and node.op_type in ("Mul", "Cast"):
        node = makers.get(node.input[0])
    return node if node is not None and node.op_type.startswith("MatMul") else None


def _matrix(name: str, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the matrix `name`, rounded or not, as float32."""
    if not name.endswith("_quantized"):
        return values[name]
    stem = name.removesuffix("_quantized")
    steps = values[name].astype(np.float32) - values[f"{stem}_zero_point"].astype(np.float32)
    return np.asarray(steps * values[f"{stem}_scale"], np.float32)


def _filled(network: nn.Module, found: Mapping[str, Tensor], graph: Path) -> None:
    """Give `network` the weights `found` in `graph`; ValueError where one is missing."""
    wanted = network.state_dict()
    unfit = [k for k, v in wanted.items() if k not in found or found[k].shape != v.shape]
    if unfit:
        raise ValueError(f"{graph} has no {unfit[0]} of this network's shape; train from nothing")
    network.load_state_dict({name: found[name] for name in wanted})


def shipped_denoiser(pack: Path) -> Denoiser:
    """Return the denoiser of `pack`, its matrices as exact as 8 bits are."""
    denoiser, graph = Denoiser(), pack / "denoiser.onnx"
    found = weights(pack / "control.onnx", DENOISER_PREFIX) | weights(graph, DENOISER_PREFIX)
    pca = shipped_pca(pack).state_dict()
    found |= {f"control.timbre.pca.{name}": value for name, value in pca.items()}
    _filled(denoiser, found, graph)
    return denoiser


def grown(found: Mapping[str, Tensor], network: Improviser) -> dict[str, Tensor]:
    """Return what of `found` grows, with zeros after it in the sizes of `network`."""
    rooms = {name: torch.zeros_like(network.get_parameter(name)) for name in GROWING}
    for name in rooms.keys() & found.keys():
        rooms[name][tuple(slice(size) for size in found[name].shape)] = found[name]
    return rooms


def require_beginning(pack: Path) -> None:
    """Raise ValueError where the improviser of `pack` is told what ours is not."""
    told = tomllib.loads((pack / "pack.toml").read_text(encoding="utf-8"))["improvisation"]
    for name, bars, ours in (("bars_ago", [1], BARS_AGO), ("phrase_bars", [], PHRASE_BARS)):
        theirs = told.get(name, bars)
        if theirs != [*ours][: len(theirs)]:
            raise ValueError(f"{pack} has {name} {theirs}, training {[*ours]}; train from nothing")


def shipped_improviser(pack: Path) -> Improviser:
    """Return the improviser of `pack`, zeros for what it was not told yet.

    Where the pack has none it is a new one that reads as the pack does.
    """
    improviser, graph = Improviser(), pack / "improviser.onnx"
    if not graph.exists():
        reader = dict(shipped_denoiser(pack).prompt.named_buffers())
        improviser.listener.prompt.load_state_dict(reader, strict=False)
        return improviser
    require_beginning(pack)
    found = weights(graph, WRITING_PREFIX)
    plain = weights(graph, MEMORY_PREFIX)
    found |= {f"memory.{name}": across(plain[name]) for name in improviser.memory.state_dict()}
    found["recent.weight"] = across(plain["recent"])
    for name in ("last", "ago"):  # what pitch classes share has become part of the table
        shared = improviser.get_submodule(name).get_parameter("shared.weight")
        found |= {f"{name}.own.weight": plain[name], f"{name}.shared.weight": 0 * shared.detach()}
    heard = weights(pack / "listener.onnx", LISTENING_PREFIX)
    found |= {f"listener.{name}": value for name, value in heard.items()}
    _filled(improviser, found | grown(found, improviser), graph)
    return improviser


def shipped_pca(pack: Path) -> Pca:
    """Return the map of the pack's latents: songs encoded by another do not fit its decoder."""
    pca, graph = Pca(), pack / "decoder.onnx"
    _filled(pca, weights(graph, f"{MAGNITUDES_PREFIX}pca."), graph)
    return pca


def shipped_magnitudes(pack: Path) -> Magnitudes:
    """Return the vocoder's magnitudes of `pack`."""
    magnitudes, graph = Magnitudes(Pca()), pack / "decoder.onnx"
    _filled(magnitudes, weights(graph, MAGNITUDES_PREFIX), graph)
    return magnitudes


def require_same(ours: Pca, songs: Pca) -> None:
    """Raise ValueError where `songs` were encoded by another map than `ours`."""
    if not all(torch.equal(ours.state_dict()[k], v) for k, v in songs.state_dict().items()):
        raise ValueError(
            "the songs' latents are not the pack's; delete pca.pt and songs, or --afresh"
        )
