"""A real pack with random weights, so small that a render takes milliseconds."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper, parser
from tokenizers import Tokenizer, models, pre_tokenizers

from inference.events import EVENTS

TinyPack: TypeAlias = Callable[..., Path]
CHANNELS, AUDIO_FRAMES, RATE_HZ, WIDTH, NOTES = 8, 64, 8000, 6, 2 * 3 * 128
WORDS = ("[UNK]", "calm", "piano", "loud", "drums", "bright", "strings", "吉他")
LATENTS = ("x", "latents", "context", "known", "velocity")

GRAPHS = {
    "text": """
        (int64[B,L] ids, int64[B,L] mask) => (float[B,L,6] text) {
            states = Gather(words, ids)
            weight = Cast<to=1>(mask)
            column = Unsqueeze(weight, last)
            text = Mul(states, column)
        }""",
    "denoiser": """
        (float[B,T,8] x, float[B] time, float[B,L,6] text, int64[B,L] text_mask, int64[B] role,
         float[B,T,768] notes, float[B,T,1] notes_mask, float[B,T,4] beat, float[B,T,8] context,
         float[B,T,1] context_mask, float[B,T,8] known, float[B,T,1] known_mask)
        => (float[B,T,8] velocity) {
            rows = Transpose<perm=[0,2,1]>(x)
            mixed = Conv<pads=[2,2]>(rows, mix)
            own = Transpose<perm=[0,2,1]>(mixed)
            weight = Cast<to=1>(text_mask)
            column = Unsqueeze(weight, last)
            states = Mul(text, column)
            pooled = ReduceSum<keepdims=1>(states, middle)
            prompt = MatMul(pooled, from_text)
            role_row = Gather(roles, role)
            part = Unsqueeze(role_row, middle)
            clock = Unsqueeze(time, both)
            hour = Mul(clock, from_time)
            pressed = Mul(notes, notes_mask)
            keys = MatMul(pressed, from_notes)
            free = Mul(notes_mask, from_mask)
            pulse = MatMul(beat, from_beat)
            heard = Mul(context, context_mask)
            others = MatMul(heard, from_context)
            kept = Mul(known, known_mask)
            past = MatMul(kept, from_known)
            sum = Sum(own, prompt, part, hour, keys, free, pulse, others, past)
            velocity = Tanh(sum)
        }""",
    "decoder": """
        (float[B,T,8] latents) => (float[B,2,F] audio) {
            rows = Transpose<perm=[0,2,1]>(latents)
            mixed = Conv<pads=[2,2]>(rows, mix)
            own = Transpose<perm=[0,2,1]>(mixed)
            flat = MatMul(own, to_audio)
            split = Reshape(flat, to_split)
            sides = Transpose<perm=[0,2,1,3]>(split)
            joined = Reshape(sides, to_joined)
            audio = Tanh(joined)
        }""",
    "encoder": """
        (float[B,2,F] audio) => (float[B,T,8] latents) {
            split = Reshape(audio, to_parts)
            sides = Transpose<perm=[0,2,1,3]>(split)
            flat = Reshape(sides, to_flat)
            latents = MatMul(flat, from_audio)
        }""",
}

# The same denoiser in two: what no step changes, and the rest.
CONTROLLED: Final = {
    "control": """
        (float[B,L,6] text, int64[B,L] text_mask, int64[B] role,
         float[B,T,768] notes, float[B,T,1] notes_mask, float[B,T,4] beat, float[B,T,8] context,
         float[B,T,1] context_mask, float[B,T,8] known, float[B,T,1] known_mask)
        => (float[B,T,8] control) {
            weight = Cast<to=1>(text_mask)
            column = Unsqueeze(weight, last)
            states = Mul(text, column)
            pooled = ReduceSum<keepdims=1>(states, middle)
            prompt = MatMul(pooled, from_text)
            role_row = Gather(roles, role)
            part = Unsqueeze(role_row, middle)
            pressed = Mul(notes, notes_mask)
            keys = MatMul(pressed, from_notes)
            free = Mul(notes_mask, from_mask)
            pulse = MatMul(beat, from_beat)
            heard = Mul(context, context_mask)
            others = MatMul(heard, from_context)
            kept = Mul(known, known_mask)
            past = MatMul(kept, from_known)
            control = Sum(prompt, part, keys, free, pulse, others, past)
        }""",
    "denoiser": """
        (float[B,T,8] x, float[B] time, float[B,T,8] control) => (float[B,T,8] velocity) {
            rows = Transpose<perm=[0,2,1]>(x)
            mixed = Conv<pads=[2,2]>(rows, mix)
            own = Transpose<perm=[0,2,1]>(mixed)
            clock = Unsqueeze(time, both)
            hour = Mul(clock, from_time)
            sum = Sum(own, hour, control)
            velocity = Tanh(sum)
        }""",
}

# What writes notes where none are drawn.
IMPROVISING: Final = {
    "listener": """
        (float[B,L,6] text, int64[B,L] text_mask, int64[B] role, float[B,T,8] context,
         float[B,T,1] context_mask) => (float[B,T,8] heard) {
            weight = Cast<to=1>(text_mask)
            column = Unsqueeze(weight, last)
            states = Mul(text, column)
            pooled = ReduceSum<keepdims=1>(states, middle)
            prompt = MatMul(pooled, from_text)
            role_row = Gather(roles, role)
            part = Unsqueeze(role_row, middle)
            there = Mul(context, context_mask)
            others = MatMul(there, from_context)
            heard = Sum(prompt, part, others)
        }""",
    "improviser": """
        (float[B,8] moment, float[B,4] phase, int64[B,20] told, float[B,6] state)
        => (float[B,N] next) {
            pulse = MatMul(phase, from_beat)
            known = Gather(events, told)
            written = ReduceSum<keepdims=0>(known, middle)
            past = MatMul(state, from_text)
            sum = Sum(moment, pulse, written, past)
            turned = Tanh(sum)
            next = MatMul(turned, to_next)
        }""",
}


def weights() -> dict[str, np.ndarray[Any, Any]]:
    """Return what the graphs' names without a maker stand for; the same on every machine."""
    random = np.random.default_rng(7)

    def matrix(*shape: int) -> np.ndarray[Any, Any]:
        return np.asarray(random.standard_normal(shape) / np.sqrt(shape[-2]), np.float32)

    shapes = {
        **{"words": (len(WORDS), WIDTH), "mix": (CHANNELS, CHANNELS, 5), "roles": (5, CHANNELS)},
        **{"from_text": (WIDTH, CHANNELS), "from_time": (1, CHANNELS)},
        **{"from_notes": (NOTES, CHANNELS), "from_mask": (1, CHANNELS)},
        **{"from_beat": (4, CHANNELS), "from_context": (CHANNELS, CHANNELS)},
        **{"from_known": (CHANNELS, CHANNELS), "to_audio": (CHANNELS, 2 * AUDIO_FRAMES)},
        **{"from_audio": (2 * AUDIO_FRAMES, CHANNELS), "events": (EVENTS + 1, CHANNELS)},
        "to_next": (CHANNELS, EVENTS + WIDTH),
    }
    numbers = {"last": [-1], "middle": [1], "both": [1, 2], "to_split": [0, 0, 2, AUDIO_FRAMES]}
    numbers |= {"to_joined": [0, 2, -1], "to_parts": [0, 2, -1, AUDIO_FRAMES]}
    numbers |= {"to_flat": [0, -1, 2 * AUDIO_FRAMES]}
    return {name: matrix(*shape) for name, shape in shapes.items()} | {
        name: np.array(values, np.int64) for name, values in numbers.items()
    }


def build_graph(text: str) -> onnx.ModelProto:
    """Return the model that `text` describes, with its weights."""
    header = '<ir_version: 10, opset_import: ["" : 20]> tiny '
    model = parser.parse_model(header + text)
    used = {name for node in model.graph.node for name in node.input}
    model.graph.initializer.extend(
        numpy_helper.from_array(array, name) for name, array in weights().items() if name in used
    )
    onnx.checker.check_model(model)
    return model


def turned(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return `model` with the last two axes of its latents exchanged, inside and out."""
    nodes, latents = list(model.graph.node), set(LATENTS)
    for node in nodes:
        for names in (node.input, node.output):
            names[:] = [f"{name}_btc" if name in latents else name for name in names]
    before = [turn(value, f"{value.name}_btc") for value in model.graph.input]
    after = [turn(value, f"{value.name}_btc", out=True) for value in model.graph.output]
    del model.graph.node[:]
    model.graph.node.extend(node for node in (*before, *nodes, *after) if node is not None)
    onnx.checker.check_model(model)
    return model


def turn(value: onnx.ValueInfoProto, inside: str, *, out: bool = False) -> onnx.NodeProto | None:
    """Exchange the last two axes of `value` if it is of latents; return the node that does so."""
    if value.name not in LATENTS:
        return None
    sizes = value.type.tensor_type.shape.dim
    sizes[1].dim_value, sizes[2].dim_param = sizes[2].dim_value, sizes[1].dim_param
    ends = (inside, value.name) if out else (value.name, inside)
    return helper.make_node("Transpose", ends[:1], ends[1:], perm=[0, 2, 1])


def graph_table(role: str, model: onnx.ModelProto) -> dict[str, Any]:
    """Return the manifest's table for a graph, whose names are the contract's but for latents."""
    names = [value.name for value in model.graph.input]
    return {
        "file": f"{role}.onnx",
        "inputs": {"latents" if name == "x" else name: name for name in names},
        "outputs": {value.name: value.name for value in model.graph.output},
    }


def manifest(pack_id: str) -> dict[str, Any]:
    """Return the manifest without graphs and files."""
    return {
        **{"contract": 1, "id": pack_id, "version": "0.0.1", "name": "Tiny", "licence": "CC0-1.0"},
        "audio": {"sample_rate_hz": RATE_HZ, "channels": 2},
        "latent": {
            **{"channels": CHANNELS, "audio_frames": AUDIO_FRAMES, "order": "BTC"},
            **{"window": 64, "overlap": 16},
        },
        "decoder": {"tile": 32, "context": 4},
        "text": {"tokenizer": "tokenizer.json", "max_tokens": 8},
        "sampling": {
            **{"kind": "flow_euler", "steps": 4, "shift": 1.0},
            **{"guidance": "cfg", "guidance_scale": 2.0},
        },
        "conditions": {
            "roles": ["mix", "lead", "harmony", "bass", "drums"],
            **dict.fromkeys(
                ("prompt", "negative_prompt", "context_audio", "repaint", "initial_audio"), True
            ),
            "beat_grid": True,
            "notes": {"planes": ["sounding", "onset", "drum"], "subframes": 2},
        },
    }


def toml_lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[str]:
    """Return a TOML document of nested tables; plain values are written as JSON, which TOML is."""
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    head = ["[" + ".".join(json.dumps(part) for part in path) + "]"] if path else []
    lines = head + [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += toml_lines(value, (*path, key))
    return lines


def merged(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `table` with `changes` laid over it; None takes a key out."""
    result = dict(table)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(value, Mapping) and old else value
    return {key: value for key, value in result.items() if value is not None}


def build_tiny_pack(
    folder: Path,
    changes: Mapping[str, Any] | None = None,
    *,
    contents: Mapping[str, bytes] | None = None,
    channels_first: bool = False,
    controlled: bool = False,
    improvising: bool = False,
) -> Path:
    """Write a tiny pack into `folder`, its manifest altered by `changes`, and return `folder`.

    `contents` are files to write over those of the pack before their hashes are taken.
    `controlled` parts what no step changes from the denoiser; `improvising` adds what writes notes.
    """
    folder.mkdir(parents=True)
    table = manifest(folder.name) | {"graphs": {}}
    graphs = GRAPHS | (CONTROLLED if controlled else {}) | (IMPROVISING if improvising else {})
    table |= {"improvisation": {"state": WIDTH}} if improvising else {}
    for role, text in graphs.items():
        model = turned(build_graph(text)) if channels_first else build_graph(text)
        onnx.save(model, folder / f"{role}.onnx")
        table["graphs"][role] = graph_table(role, model)
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "LICENSE").write_text("CC0-1.0\n", encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text("# Tiny\nRandom weights.\n", encoding="utf-8")
    for name, data in (contents or {}).items():
        (folder / name).write_bytes(data)
    table["files"] = {path.name: file_entry(path) for path in sorted(folder.iterdir())}
    lines = toml_lines(merged(table, changes or {}))
    (folder / "pack.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def file_entry(path: Path) -> dict[str, Any]:
    """Return the manifest's entry of a file."""
    data = path.read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny pack that all tests share and none changes."""
    return build_tiny_pack(tmp_path_factory.mktemp("packs") / "tiny")


@pytest.fixture
def make_tiny_pack(tmp_path: Path) -> TinyPack:
    """Return a maker of tiny packs of the test's own; it takes what `build_tiny_pack` takes."""

    def make(changes: Mapping[str, Any] | None = None, name: str = "tiny", **options: Any) -> Path:
        return build_tiny_pack(tmp_path / "packs" / name, changes, **options)

    return make
