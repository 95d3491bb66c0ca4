"""The flow-matching transformer of `mini`: linear attention, gated feed-forward, note controls."""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ, MEL_BANDS, mel_weights
from onnx_models.networks.prompt import INSTRUMENT_NAMES, Prompt, Wish
from onnx_models.networks.timbre import MOST_PITCHES, Timbre

PITCHES: Final = 128
SUBFRAMES: Final = 2
PLANES: Final = ("sounding", "onset", "drum")
NOTES: Final = SUBFRAMES * len(PLANES) * PITCHES
ROLES: Final = ("mix", "lead", "harmony", "bass", "drums")
BEAT: Final = 4
DECAY_S: Final = 0.4


@dataclass(frozen=True, slots=True)
class Size:
    """The denoiser's dimensions."""

    width: int = 384
    hidden: int = 768
    heads: int = 6
    blocks: int = 6
    condition: int = 256
    text: int = 384


class Inputs(NamedTuple):
    """What the denoiser is given, named and shaped as in CONTRACT.md."""

    latents: Tensor
    time: Tensor
    text: Tensor
    text_mask: Tensor
    role: Tensor
    notes: Tensor
    notes_mask: Tensor
    beat: Tensor
    context: Tensor
    context_mask: Tensor
    known: Tensor
    known_mask: Tensor


class Asked(NamedTuple):
    """What no step changes: the inputs of `Denoiser.controls`."""

    text: Tensor
    text_mask: Tensor
    notes: Tensor
    notes_mask: Tensor
    beat: Tensor
    context: Tensor
    context_mask: Tensor
    known: Tensor
    known_mask: Tensor


class Moment(NamedTuple):
    """What a step is given: the inputs of `Denoiser.step`."""

    latents: Tensor
    time: Tensor
    text: Tensor
    text_mask: Tensor
    role: Tensor
    control: Tensor


def harmonic_template() -> Tensor:
    """Return the mel spectrum of a plain tone at each pitch, float32 (PITCHES, MEL_BANDS).

    Harmonics fall off as 1 / h up to 16 kHz; it only has to say where energy can be.
    """
    bins_hz = np.arange(1, 8192, dtype=np.float64) * (22050 / 8192)
    bands = mel_weights(bins_hz)
    template = np.zeros((PITCHES, MEL_BANDS))
    for pitch in range(PITCHES):
        fundamental = 440 * 2 ** ((pitch - 69) / 12)
        for harmonic in range(1, min(24, int(16000 / fundamental)) + 1):
            lobe = np.exp(-0.5 * ((bins_hz - fundamental * harmonic) / 20) ** 2) / harmonic
            template[pitch] += bands @ lobe
    return torch.from_numpy(template.astype(np.float32))


class NoteSketch(nn.Module):
    """Turns the piano roll into log-mel spectra of a plain tone, held and decaying.

    It spares the network learning where each pitch lies in the spectrum.
    """

    FEATURES: Final = 3 * MEL_BANDS

    def __init__(self) -> None:
        super().__init__()
        self.template = nn.Parameter(harmonic_template())

    def forward(self, notes: Tensor) -> Tensor:
        planes = notes.reshape(*notes.shape[:2], SUBFRAMES, len(PLANES), PITCHES)
        sounding, onset = planes[:, :, :, 0], planes[:, :, :, 1]
        struck = torch.matmul(self.decay(notes.shape[1], notes), onset.sum(dim=2))
        struck = torch.minimum(struck, sounding.amax(dim=2))
        levels = torch.cat([sounding, struck[:, :, None]], dim=2)
        spectra = torch.matmul(levels, self.template.abs().to(levels.dtype))
        return torch.log(spectra.float() + 1e-3).to(notes.dtype).flatten(2) / 3 + 1

    @staticmethod
    def decay(frames: int, like: Tensor) -> Tensor:
        """Return the (frames, frames) matrix that lets an onset die away over DECAY_S."""
        index = torch.arange(frames, device=like.device)
        age = (index[:, None] - index[None]).to(torch.float32) / LATENT_RATE_HZ
        return (torch.exp(-age.clamp_min(0) / DECAY_S) * (age >= 0)).to(like.dtype)


def rotary(frames: int, width: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Return cosine and sine (frames, width / 2) of rotary positions (RoFormer)."""
    rates = torch.exp(torch.arange(0, width, 2, device=like.device) * (-math.log(1e4) / width))
    angle = torch.arange(frames, device=like.device)[:, None] * rates[None]
    return angle.cos().to(like.dtype), angle.sin().to(like.dtype)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Return `x` (..., frames, width) turned by its position."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], dim=-1)


def linear_attention(q: Tensor, k: Tensor, v: Tensor, positions: tuple[Tensor, Tensor]) -> Tensor:
    """Return attention with ReLU features, linear in frames; tensors (B, heads, frames, width).

    Positions turn the numerator only, so that the weights' sum stays positive (RoFormer, 3.3).
    """
    q, k = torch.relu(q), torch.relu(k)
    total = torch.matmul(q.float(), k.float().mean(dim=2)[..., None]) + 1e-4
    q, k = rotate(q, *positions), rotate(k, *positions)
    memory = torch.matmul(k.transpose(2, 3), v) / k.shape[2]
    return (torch.matmul(q, memory) / total.to(q.dtype)).to(v.dtype)


def normalised(x: Tensor) -> Tensor:
    """Return `x` with unit root mean square over its last axis."""
    return x * torch.rsqrt(x.float().square().mean(dim=-1, keepdim=True) + 1e-6).to(x.dtype)


class Block(nn.Module):
    """Linear attention, then a depthwise convolution with a gated feed-forward."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.modulation = nn.Linear(2 * size.condition, 4 * size.width)
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.attended = nn.Linear(size.width, size.width)
        self.depthwise = nn.Conv1d(size.width, size.width, 5, padding=2, groups=size.width)
        self.expand = nn.Linear(size.width, 2 * size.hidden)
        self.contract = nn.Linear(size.hidden, size.width)
        for layer in (self.modulation, self.attended, self.contract):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def attention(self, x: Tensor, positions: tuple[Tensor, Tensor]) -> Tensor:
        q, k, v = self.qkv(x).unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = linear_attention(q, k, v, positions)
        change: Tensor = self.attended(mixed.transpose(1, 2).flatten(2))
        return change

    def feed_forward(self, x: Tensor) -> Tensor:
        x = x + self.depthwise(x.transpose(1, 2)).transpose(1, 2)
        value, gate = self.expand(x).chunk(2, dim=2)
        change: Tensor = self.contract(value * silu(gate))
        return change

    def forward(self, x: Tensor, condition: Tensor, positions: tuple[Tensor, Tensor]) -> Tensor:
        scale, shift, scale_2, shift_2 = self.modulation(condition)[:, None].chunk(4, dim=2)
        x = x + self.attention(normalised(x) * (1 + scale) + shift, positions)
        return x + self.feed_forward(normalised(x) * (1 + scale_2) + shift_2)


class Control(nn.Module):
    """What does not change from step to step: all that is asked for, frame by frame."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.sketch = NoteSketch()
        self.timbre = Timbre()
        self.embed = nn.Linear(3 * CHANNELS + 3 + BEAT + NOTES + NoteSketch.FEATURES, width)

    def plain(self, inputs: Inputs | Asked, asked: Tensor, most: int = MOST_PITCHES) -> Tensor:
        """Return latents (B, T, CHANNELS) of the notes on the asked instruments, played plainly.

        Zeros where there are no notes.
        """
        notes = inputs.notes * inputs.notes_mask
        latents = self.timbre(notes, asked[:, : len(INSTRUMENT_NAMES)], most)
        plain: Tensor = (latents * inputs.notes_mask).to(inputs.notes.dtype)
        return plain

    def forward(self, inputs: Inputs | Asked, plain: Tensor) -> Tensor:
        """Return (B, T, width)."""
        notes = inputs.notes * inputs.notes_mask
        features = [
            inputs.known * inputs.known_mask,
            inputs.context * inputs.context_mask,
            inputs.known_mask,
            inputs.context_mask,
            inputs.notes_mask,
            inputs.beat,
            notes,
            self.sketch(notes) * inputs.notes_mask,
            plain,
        ]
        embedded: Tensor = self.embed(torch.cat(features, dim=2))
        return embedded


class Denoiser(nn.Module):
    """Predicts the flow's velocity, noise minus data (B, T, CHANNELS), from `Inputs`."""

    def __init__(self, size: Size | None = None) -> None:
        super().__init__()
        self.size = size = size or Size()
        self.control = Control(size.width)
        self.embed = nn.Linear(CHANNELS, size.width)
        self.embed_voice = nn.Linear(size.condition, size.width)
        self.prompt = Prompt(size.text, size.condition)
        self.role = nn.Embedding(len(ROLES), size.condition)
        self.time = nn.Sequential(
            nn.Linear(128, size.condition), nn.SiLU(), nn.Linear(size.condition, size.condition)
        )
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.blocks))
        self.last_modulation = nn.Linear(2 * size.condition, 2 * size.width)
        self.velocity = nn.Linear(size.width, CHANNELS)
        self.shortcut = nn.Linear(2 * size.condition, CHANNELS)
        for layer in (self.last_modulation, self.velocity, self.shortcut):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def moment(self, inputs: Inputs | Moment) -> Tensor:
        """Return the role, and where on the way from noise to data we are, (B, condition)."""
        rates = torch.exp(torch.arange(64, device=inputs.time.device) * (-math.log(1e3) / 64))
        angle = inputs.time.float()[:, None] * 100 * rates[None]
        wave = torch.cat([angle.cos(), angle.sin()], dim=1).to(self.velocity.weight.dtype)
        return silu(self.time(wave) + self.role(inputs.role))

    def controls(self, inputs: Inputs | Asked, wish: Wish, most: int = MOST_PITCHES) -> Tensor:
        """Return what `step` takes as its control, (B, T, width + CHANNELS)."""
        plain = self.control.plain(inputs, wish.asked, most)
        return torch.cat([self.control(inputs, plain), plain], dim=2)

    def step(self, inputs: Inputs | Moment, wish: Wish, control: Tensor) -> Tensor:
        """Return the velocity (B, T, CHANNELS)."""
        voice = self.prompt(wish)
        condition = torch.cat([self.moment(inputs), voice], dim=1)
        told, plain = control[..., : self.size.width], control[..., self.size.width :]
        x = self.embed(inputs.latents) + told + self.embed_voice(voice)[:, None]
        positions = rotary(x.shape[1], self.size.width // self.size.heads, x)
        for block in self.blocks:
            x = block(x, condition, positions)
        scale, shift = self.last_modulation(condition)[:, None].chunk(2, dim=2)
        performed = self.velocity(normalised(x) * (1 + scale) + shift)
        velocity: Tensor = performed + self.shortcut(condition)[:, None] * plain
        return velocity

    def forward(self, inputs: Inputs, wish: Wish | None = None, most: int = MOST_PITCHES) -> Tensor:
        """Return the velocity; `wish` is what the text was read as, where that was done before."""
        wish = wish or self.prompt.wish(inputs.text, inputs.text_mask)
        return self.step(inputs, wish, self.controls(inputs, wish, most))
