"""Packs whose hashes are right and whose contents are not."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inference.errors import PackError, RenderError
from inference.pack import load_pack
from inference.pipeline import Engine
from inference.request import RenderRequest

TinyPack = Callable[..., Path]
AlteredGraph = Callable[[str, dict[str, str]], bytes]
ASKED = RenderRequest(pack_id="tiny", frames=2000, prompt="calm piano", role="lead", seed=7)


def tokenizer(**parts: Any) -> bytes:
    """Return a tokenizer.json of one known word, with `parts` in place of nothing."""
    names = ("truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder")
    model = {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}
    plain: dict[str, Any] = {
        "version": "1.0",
        "added_tokens": [],
        **dict.fromkeys(names),
        "model": model,
    }
    return json.dumps({**plain, **parts}).encode()


def template(*pieces: dict[str, Any], tokens: dict[str, Any]) -> dict[str, Any]:
    both = [{"Sequence": {"id": name, "type_id": 0}} for name in "AB"]
    rest = {"pair": both, "special_tokens": tokens}
    return {"type": "TemplateProcessing", "single": [*pieces, both[0]], **rest}


@pytest.mark.parametrize(
    "changes",
    [
        {"latent": {"channels": 4096}},
        {"audio": {"channels": 1}},
        {"conditions": {"notes": {"subframes": 8}}},
    ],
)
def test_a_pack_opens_only_if_its_graphs_have_the_manifest_s_sizes(
    make_tiny_pack: TinyPack, changes: dict[str, Any]
) -> None:
    folder = make_tiny_pack(changes)
    with pytest.raises(PackError, match=rf"{folder}.*by the manifest it is .*; mend either"):
        Engine(folder, device="cpu", threads=1)


RANK_1 = {"velocity = Tanh(sum)": "velocity = Identity(time)", "float[B,T,8] velo": "float[B] velo"}
TWICE = {
    "velocity = Tanh(sum)": "velocity = Concat<axis=1>(sum, sum)",
    "[B,T,8] velo": "[B,U,8] velo",
}
LONG = {"text = Mul(states, column)": "text = Concat<axis=1>(states, states)", "[B,L,6]": "[B,M,6]"}
BATCH = {"audio = Tanh(joined)": "audio = Concat<axis=0>(joined, joined)", "[B,2,F]": "[A,2,F]"}


def test_a_graph_that_says_it_gives_another_shape_does_not_open(
    make_tiny_pack: TinyPack, altered_graph: AlteredGraph
) -> None:
    folder = make_tiny_pack(contents={"denoiser.onnx": altered_graph("denoiser", RANK_1)})
    with pytest.raises(PackError, match=r"denoiser\.onnx: 'velocity' has the shape \['B'\]"):
        Engine(folder, device="cpu", threads=1)


@pytest.mark.parametrize(
    ("role", "changes"), [("denoiser", TWICE), ("text", LONG), ("decoder", BATCH)]
)
def test_a_graph_that_gives_another_shape_is_named(
    make_tiny_pack: TinyPack, altered_graph: AlteredGraph, role: str, changes: dict[str, str]
) -> None:
    folder = make_tiny_pack(contents={f"{role}.onnx": altered_graph(role, changes)})
    with pytest.raises(RenderError, match=rf"{role}\.onnx gave .* where the contract says"):
        Engine(folder, device="cpu", threads=1).render(ASKED)


def test_a_graph_that_gives_nan_is_named(
    make_tiny_pack: TinyPack, altered_graph: AlteredGraph
) -> None:
    nothing = "none = Sub(states, states)\n text = Div(none, none)"
    data = altered_graph("text", {"text = Mul(states, column)": nothing})
    engine = Engine(make_tiny_pack(contents={"text.onnx": data}), device="cpu", threads=1)
    with pytest.raises(RenderError, match=r"text\.onnx gave NaN or infinity"):
        engine.render(ASKED)


def test_a_file_that_the_manifest_does_not_name_fails_verification(
    make_tiny_pack: TinyPack,
) -> None:
    folder = make_tiny_pack()
    (folder / "more").mkdir()
    (folder / "more" / "weights.bin").write_bytes(b"1234")
    with pytest.raises(PackError, match=r"weights\.bin is not named in pack\.toml"):
        load_pack(folder).verify()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_for_a_manifest_is_not_waited_for(make_tiny_pack: TinyPack) -> None:
    path = make_tiny_pack() / "pack.toml"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(PackError, match=r"pack\.toml is no file"):
        load_pack(path.parent)


def test_a_prompt_that_becomes_too_many_tokens_is_a_clear_error(make_tiny_pack: TinyPack) -> None:
    mark = {"[M]": {"id": "[M]", "ids": [0] * 20, "tokens": ["[M]"] * 20}}
    post = template({"SpecialToken": {"id": "[M]", "type_id": 0}}, tokens=mark)
    data = tokenizer(post_processor=post)
    with pytest.raises(PackError, match=r"tokenizer\.json"):
        Engine(make_tiny_pack(contents={"tokenizer.json": data}), device="cpu").render(ASKED)


def test_a_tokenizer_that_panics_is_a_clear_error(make_tiny_pack: TinyPack) -> None:
    post = template({"SpecialToken": {"id": "[GONE]", "type_id": 0}}, tokens={})
    data = tokenizer(post_processor=post)
    with pytest.raises(PackError, match=r"tokenizer\.json"):
        Engine(make_tiny_pack(contents={"tokenizer.json": data}), device="cpu").render(ASKED)
