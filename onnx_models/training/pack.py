"""Writes a folder's trained networks as the pack `mini`."""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from inference.events import EVENTS, NOTHING
from onnx_models.networks.denoiser import (
    BEAT,
    NOTES,
    PLANES,
    ROLES,
    SUBFRAMES,
    Asked,
    Denoiser,
    Inputs,
    Moment,
    Size,
)
from onnx_models.networks.improviser import (
    BARS_AGO,
    PHASE,
    PHRASE_BARS,
    STATE,
    TOLD,
    WIDTH,
    Heard,
    Improviser,
    Listening,
    Writing,
    Written,
)
from onnx_models.networks.latents import AUDIO_FRAMES, CHANNELS, SAMPLE_RATE_HZ, Encoder, Pca
from onnx_models.networks.vocoder import BINS, Vocoder
from onnx_models.text_encoder.encode import GRAPH_FILE, TOKENIZER_FILE
from onnx_models.training.graphs import Named, export, join, tables_to_int8, to_int8

TEXT: Final = 384
CONTROL: Final = Size().width + CHANNELS
AXES: Final = {
    "latents": f"B T {CHANNELS}", "time": "B", "text": f"B L {TEXT}", "text_mask": "B L",
    "role": "B", "notes": f"B T {NOTES}", "notes_mask": "B T 1", "beat": f"B T {BEAT}",
    "context": f"B T {CHANNELS}", "context_mask": "B T 1", "known": f"B T {CHANNELS}",
    "known_mask": "B T 1", "magnitude": f"B 2 F {BINS}", "audio": "B 2 N",
    "velocity": f"B T {CHANNELS}", "control": f"B T {CONTROL}", "heard": f"B T {WIDTH}",
    "moment": f"B {WIDTH}", "phase": f"B {PHASE}", "told": f"B {TOLD}",
    "state": f"B {STATE}", "next": f"B {EVENTS + STATE}",
}  # fmt: skip
# What 8 bits would spoil: the way out of the latents, and what tells prompts apart.
EXACT: Final = ("pca.", "permute", "prompt.")
UNABLE: Final = Path(__file__).parents[1] / "unable.toml"
# Decibels in large tables.
TABLES: Final = ("timbre.partials", "timbre.drums")
# Large matrices of the improviser that are kept in 8 bits and reckoned with in full.
MATRICES: Final = ("network.weight_", "network.ago", "mix.weight", "context.weight")
ORIGIN_FILE: Final = "TEXT_ENCODER_ORIGIN.txt"

MANIFEST: Final = """\
contract = 1
id = "mini"
version = "{version}"
name = "Partimento Mini"
licence = "GPL-3.0-or-later AND MIT"

[audio]
sample_rate_hz = {rate}
channels = 2

[latent]
channels = {channels}
audio_frames = {audio_frames}
order = "BTC"
window = 512
overlap = 64

[decoder]
tile = 2048
first_tile = 64
context = 32

[text]
tokenizer = "tokenizer.json"
max_tokens = 64

[sampling]
kind = "flow_euler"
steps = {steps}
shift = {shift}
guidance = "cfg"
guidance_scale = {guidance}
negative_scale = {negative}
guidance_interval = [{guidance_from}, 1.0]
rows = 1

[conditions]
roles = [{roles}]
prompt = true
negative_prompt = true
context_audio = true
repaint = true
initial_audio = true
beat_grid = true

[conditions.notes]
planes = [{planes}]
subframes = {subframes}
"""


IMPROVISATION: Final = """\
[improvisation]
state = {state}
bars_ago = {bars_ago}
phrase_bars = {phrase_bars}
temperature = {temperature}
top_p = {top_p}
"""


def example(batch: int = 2, frames: int = 96, tokens: int = 7) -> Inputs:
    """Return inputs of the right shapes to trace and check the denoiser with."""
    torch.manual_seed(0)

    def values(width: int) -> Tensor:
        return torch.randn(batch, frames, width)

    def mask() -> Tensor:
        return torch.ones(batch, frames, 1)

    return Inputs(
        latents=values(CHANNELS), time=torch.rand(batch), text=torch.randn(batch, tokens, TEXT),
        text_mask=torch.ones(batch, tokens, dtype=torch.int64),
        role=torch.ones(batch, dtype=torch.int64), notes=values(NOTES).abs().clamp(max=1),
        notes_mask=mask(), beat=values(BEAT), context=values(CHANNELS), context_mask=mask(),
        known=values(CHANNELS), known_mask=mask(),
    )  # fmt: skip


def write_graph(
    network: nn.Module, inputs: Mapping[str, Tensor], output: str, path: Path, *, int8: bool
) -> float:
    """Write one graph to `path`; return its error against PyTorch before any rounding."""
    axes = {name: AXES[name].split() for name in (*inputs, output)}
    network.eval()
    if not int8:
        return export(network, inputs, output, axes, path)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / path.name
        error = export(network, inputs, output, axes, whole)
        to_int8(whole, path, EXACT)
    tables_to_int8(path, TABLES)
    return error


def write_decoder(vocoder: Vocoder, latents: Tensor, path: Path) -> float:
    """Write the decoder to `path`, 8-bit but for the phases; return its error before rounding."""
    magnitudes, phases = vocoder
    with tempfile.TemporaryDirectory() as scratch:
        first, second = Path(scratch, "magnitude.onnx"), Path(scratch, "phases.onnx")
        error = write_graph(magnitudes, {"latents": latents}, "magnitude", first, int8=True)
        with torch.inference_mode():
            given = {"magnitude": magnitudes(latents)}
        axes = {name: AXES[name].split() for name in ("magnitude", "audio")}
        phase_error = export(phases.eval(), given, "audio", axes, second)
        join(first, second, "magnitude", path)
    return max(error, phase_error)


class Controls(nn.Module):
    """The part of a denoiser that no step changes."""

    def __init__(self, network: Denoiser) -> None:
        super().__init__()
        self.network = network

    def forward(self, asked: Asked) -> Tensor:
        wish = self.network.prompt.wish(asked.text, asked.text_mask)
        return self.network.controls(asked, wish)


class Steps(nn.Module):
    """The rest of it."""

    def __init__(self, network: Denoiser) -> None:
        super().__init__()
        self.network = network

    def forward(self, moment: Moment) -> Tensor:
        wish = self.network.prompt.wish(moment.text, moment.text_mask)
        return self.network.step(moment, wish, moment.control)


def write_denoiser(denoiser: Denoiser, folder: Path) -> dict[str, float]:
    """Write the denoiser and its control; return their errors against PyTorch."""
    given = example()._asdict()
    asked = {name: given[name] for name in Asked._fields}
    with torch.inference_mode():
        given["control"] = Controls(denoiser)(Asked(**asked))
    moment = {name: given[name] for name in Moment._fields}
    graphs = {
        "control": (Named(Controls(denoiser), Asked), asked, "control"),
        "denoiser": (Named(Steps(denoiser), Moment), moment, "velocity"),
    }
    return {
        name: write_graph(network, inputs, output, folder / f"{name}.onnx", int8=True)
        for name, (network, inputs, output) in graphs.items()
    }


def write_improviser(improviser: Improviser, folder: Path) -> dict[str, float]:
    """Write the listener and the improviser; return their errors against PyTorch."""
    given, rows = example(), 2
    heard = {name: getattr(given, name) for name in Heard._fields}
    told = torch.full((rows, TOLD), NOTHING)
    written = Written(
        torch.randn(rows, WIDTH), torch.randn(rows, PHASE), told, torch.randn(rows, STATE) / 10
    )._asdict()
    graphs = {
        "listener": (Named(Listening(improviser), Heard), heard, "heard"),
        "improviser": (Named(Writing(improviser), Written), written, "next"),
    }
    errors = {}
    for name, (network, inputs, output) in graphs.items():
        path = folder / f"{name}.onnx"
        errors[name] = write_graph(network, inputs, output, path, int8=False)
        tables_to_int8(path, MATRICES)
    return errors


def write_sound(vocoder: Vocoder, pca: Pca, folder: Path) -> dict[str, float]:
    """Write decoder and encoder; return their errors against PyTorch."""
    encoder = Encoder(pca)
    audio = torch.randn(2, 2, AUDIO_FRAMES * 48) / 10
    latents = encoder(audio)
    return {
        "decoder": write_decoder(vocoder, latents, folder / "decoder.onnx"),
        "encoder": write_graph(
            encoder, {"audio": audio}, "latents", folder / "encoder.onnx", int8=False
        ),
    }


def graph_tables(folder: Path) -> str:
    """Return the manifest's [graphs.*] tables of what lies in `folder`."""
    graphs = {
        "text": ("text.onnx", {"ids": "input_ids", "mask": "attention_mask"},
                 {"text": "last_hidden_state"}),
        "control": ("control.onnx", {name: name for name in Asked._fields},
                    {"control": "control"}),
        "denoiser": ("denoiser.onnx", {name: name for name in Moment._fields},
                     {"velocity": "velocity"}),
        "decoder": ("decoder.onnx", {"latents": "latents"}, {"audio": "audio"}),
        "encoder": ("encoder.onnx", {"audio": "audio"}, {"latents": "latents"}),
        "listener": ("listener.onnx", {name: name for name in Heard._fields}, {"heard": "heard"}),
        "improviser": ("improviser.onnx", {name: name for name in Written._fields},
                       {"next": "next"}),
    }  # fmt: skip
    there = {role: graph for role, graph in graphs.items() if (folder / graph[0]).exists()}
    return "\n".join(_graph_table(role, *graph) for role, graph in there.items())


def _graph_table(
    role: str, file: str, inputs: Mapping[str, str], outputs: Mapping[str, str]
) -> str:
    def lines(table: Mapping[str, str]) -> str:
        return "".join(f'{key} = "{value}"\n' for key, value in table.items())

    return (
        f'[graphs.{role}]\nfile = "{file}"\n[graphs.{role}.inputs]\n{lines(inputs)}'
        f"[graphs.{role}.outputs]\n{lines(outputs)}"
    )


def file_table(folder: Path) -> str:
    """Return the manifest's [files] table: hash and size of every file but the manifest."""
    rows = ["[files]"]
    for path in sorted(folder.iterdir()):
        if path.name != "pack.toml":
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            rows.append(f'"{path.name}" = {{ sha256 = "{digest}", bytes = {path.stat().st_size} }}')
    return "\n".join(rows) + "\n"


def write_manifest(folder: Path, **settings: Any) -> None:
    """Write pack.toml for what lies in `folder`.

    `settings` are version, steps, shift, guidance, negative, guidance_from, temperature, top_p.
    """
    head = MANIFEST.format(
        rate=SAMPLE_RATE_HZ, channels=CHANNELS, audio_frames=AUDIO_FRAMES, subframes=SUBFRAMES,
        roles=", ".join(f'"{role}"' for role in ROLES),
        planes=", ".join(f'"{plane}"' for plane in PLANES), **settings,
    )  # fmt: skip
    if (folder / "improviser.onnx").exists():
        head += "\n" + IMPROVISATION.format(
            state=STATE, bars_ago=[*BARS_AGO], phrase_bars=[*PHRASE_BARS], **settings
        )
    unable = UNABLE.read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(
        "\n".join([head, unable, graph_tables(folder), file_table(folder)]), encoding="utf-8"
    )


def write_texts(text: Path, licence: Path, folder: Path) -> None:
    """Copy the text encoder and join the licences of the weights and of the text encoder."""
    for name in (GRAPH_FILE, TOKENIZER_FILE):
        shutil.copyfile(text / name, folder / name)
    origin = (text / ORIGIN_FILE).read_text(encoding="utf-8")
    (folder / "LICENSE").write_text(
        "All files but text.onnx and tokenizer.json: GPL-3.0-or-later, see the end.\n"
        f"text.onnx and tokenizer.json:\n\n{origin}\n\n{licence.read_text(encoding='utf-8')}",
        encoding="utf-8",
    )
