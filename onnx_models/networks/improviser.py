"""Improvises what is not sketched: hears what else sounds, and writes notes event by event."""

from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding, embedding_bag, gelu, max_pool1d, pad

from inference.events import EVENTS, LOOKED_BACK, REMEMBERED, pitch_class, told_numbers
from onnx_models.networks.denoiser import BEAT, ROLES, Size
from onnx_models.networks.latents import CHANNELS
from onnx_models.networks.prompt import Prompt, Wish

WIDTH: Final = 320
HEARING: Final = 192
LAYERS: Final = 2
HOP: Final = 4  # latent frames that are heard as one, 93 ms
DILATIONS: Final = (1, 2, 4, 8)  # of kernels of 3: about 3 s are heard at once
STATE: Final = LAYERS * WIDTH
BARS_AGO: Final = (1, 2, 4, 8)  # chords come back after four bars, phrases after four and eight
PHRASE_BARS: Final = (4, 8)
PHASE: Final = BEAT + 2 * len(PHRASE_BARS)
TOLD: Final = told_numbers(len(BARS_AGO))
RECENT: Final = TOLD - REMEMBERED  # where the last strikes of pitches begin


class Heard(NamedTuple):
    """What the listener is given, under the names of the contract."""

    text: Tensor  # (B, L, W)
    text_mask: Tensor  # (B, L)
    role: Tensor  # (B,)
    context: Tensor  # (B, T, CHANNELS)
    context_mask: Tensor  # (B, T, 1)


class Written(NamedTuple):
    """What the improviser is given before each event, under the names of the contract."""

    moment: Tensor  # (B, WIDTH), what is heard at the event's moment
    phase: Tensor  # (B, PHASE), of beat, bar and phrases
    told: Tensor  # (B, TOLD), what was written, as `Sheet.told` gives it
    state: Tensor  # (B, STATE)


class Hearing(nn.Module):
    """A residual convolution over time."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        mixed = self.mix(self.norm(x).transpose(1, 2)).transpose(1, 2)
        after: Tensor = x + self.out(gelu(mixed))
        return after


class Listener(nn.Module):
    """From context, role and wish to what is told the improviser at each frame.

    Where no context is, nothing is told but the role and the wish.
    """

    def __init__(self) -> None:
        super().__init__()
        self.prompt = Prompt(Size().text, WIDTH)
        self.role = nn.Embedding(len(ROLES), WIDTH)
        self.context = nn.Conv1d(CHANNELS + 1, HEARING, 2 * HOP, HOP, padding=HOP)
        self.hearing = nn.Sequential(*(Hearing(HEARING, dilation) for dilation in DILATIONS))
        self.here, self.overall = nn.Linear(HEARING, WIDTH), nn.Linear(HEARING, WIDTH)

    def forward(self, heard: Heard, wish: Wish | None = None) -> Tensor:
        """Return (B, T, WIDTH)."""
        wish = wish or self.prompt.wish(heard.text, heard.text_mask)
        asked = self.prompt(wish) + self.role(heard.role)
        mask = heard.context_mask.transpose(1, 2)
        there = torch.cat([heard.context.transpose(1, 2) * mask, mask], dim=1)
        heard_at = max_pool1d(mask, 2 * HOP, HOP, padding=HOP).transpose(1, 2)
        frames = self.hearing(self.context(there).transpose(1, 2)) * heard_at
        mean = frames.sum(dim=1) / heard_at.sum(dim=1).clamp_min(1)
        told: Tensor = self.here(frames) + (asked + self.overall(mean))[:, None]
        return told.repeat_interleave(HOP, dim=1)[:, : mask.shape[2]]


def pitch_classes() -> Tensor:
    """Return (EVENTS + 1, 12): 1 for the pitch class that an event strikes."""
    table = torch.zeros(EVENTS + 1, 12)
    for event in range(EVENTS):
        if (pitch := pitch_class(event)) is not None:
            table[event, pitch] = 1
    return table


class Events(nn.Module):
    """A vector for each event; a pitch shares a part of it with the same pitch class elsewhere.

    There may be several tables, one after another.
    """

    classes: Tensor

    def __init__(self, tables: int = 1) -> None:
        super().__init__()
        self.own = nn.Embedding(tables * (EVENTS + 1), WIDTH)
        self.shared = nn.Linear(tables * 12, WIDTH, bias=False)
        classes = torch.kron(torch.eye(tables), pitch_classes())
        self.register_buffer("classes", classes, persistent=False)

    def table(self) -> Tensor:
        """Return the vectors of all events, (tables * (EVENTS + 1), WIDTH)."""
        shared: Tensor = self.shared(self.classes.to(self.own.weight.dtype))
        return self.own.weight + shared

    def forward(self, events: Tensor) -> Tensor:
        """Return (..., WIDTH) of events (...)."""
        return self.table()[events]


def firsts_ago() -> Tensor:
    """Return for all that is told of bars ago where the table of its distance begins."""
    tables = torch.arange(len(BARS_AGO)) * (EVENTS + 1)
    return tables.repeat_interleave(1 + LOOKED_BACK)


class Improviser(nn.Module):
    """A recurrent network from what was written to the logits of what comes next."""

    classes: Tensor
    first_ago: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.listener = Listener()
        self.last, self.ago = Events(), Events(len(BARS_AGO))
        self.recent = nn.Linear(12, WIDTH, bias=False)
        self.phase = nn.Linear(PHASE, WIDTH)
        self.memory = nn.GRU(WIDTH, WIDTH, LAYERS, batch_first=True)
        self.next, self.next_class = nn.Linear(WIDTH, EVENTS), nn.Linear(WIDTH, 12)
        self.again = nn.Linear(WIDTH, RECENT - 1)
        nn.init.zeros_(self.again.weight)
        nn.init.zeros_(self.again.bias)
        self.register_buffer("classes", pitch_classes()[:EVENTS].T.contiguous(), persistent=False)
        self.register_buffer("first_ago", firsts_ago(), persistent=False)

    def given(self, heard: Tensor, phase: Tensor, told: Tensor) -> Tensor:
        """Return what the memory takes in at each event."""
        stood = embedding_bag(self.in_tables(told).flatten(0, -2), self.ago.table(), mode="sum")
        written = self.last(told[..., 0]) + stood.view(heard.shape)
        counts = self.last.classes[told[..., RECENT:]].sum(dim=-2).to(heard.dtype)
        taken: Tensor = heard + self.phase(phase) + written + self.recent(counts)
        return taken

    def in_tables(self, told: Tensor) -> Tensor:
        """Return where what stood bars ago lies in the tables of `ago`."""
        return told[..., 1:RECENT] + self.first_ago

    def logits(self, remembered: Tensor, told: Tensor) -> Tensor:
        """Return the logits of the next event, those of a pitch with those of its class.

        What stood bars ago is made likelier by as much as the memory has it come again.
        """
        classes = torch.matmul(self.next_class(remembered), self.classes.to(remembered.dtype))
        logits = pad(self.next(remembered) + classes, (0, 1))
        again = logits.scatter_add(-1, told[..., 1:RECENT], self.again(remembered))
        return again[..., :EVENTS]

    def forward(self, heard: Tensor, phase: Tensor, told: Tensor) -> Tensor:
        """Return logits (B, N, EVENTS) of strings of N events, from their beginning."""
        remembered, _ = self.memory(self.given(heard, phase, told))
        return self.logits(remembered, told)


class Listening(nn.Module):
    """The listener as a graph."""

    def __init__(self, network: Improviser) -> None:
        super().__init__()
        self.listener = network.listener

    def forward(self, heard: Heard) -> Tensor:
        """Return what the listener tells at each frame, (B, T, WIDTH)."""
        told: Tensor = self.listener(heard)
        return told


def across(weight: Tensor) -> Tensor:
    """Return a matrix with rows and columns exchanged; a bias as it is."""
    return weight.T if weight.ndim == 2 else weight


class Writing(nn.Module):
    """The improviser's step as a graph, its matrices by names that a pack is read back by."""

    last: Tensor
    ago: Tensor
    recent: Tensor

    def __init__(self, network: Improviser) -> None:
        super().__init__()
        self.network = network
        for name, weight in network.memory.named_parameters():
            self.register_buffer(name, across(weight.detach()).contiguous())
        for name in ("last", "ago"):
            self.register_buffer(name, getattr(network, name).table().detach())
        self.register_buffer("recent", across(network.recent.weight.detach()).contiguous())

    def forward(self, written: Written) -> Tensor:
        """Return the logits of the next event and then the new state, (B, EVENTS + STATE)."""
        x, states = self._given(written), []
        for layer, state in enumerate(torch.split(written.state, WIDTH, dim=1)):
            x = self._remembered(layer, x, state)
            states.append(x)
        return torch.cat([self.network.logits(x, written.told), *states], dim=1)

    def _given(self, written: Written) -> Tensor:
        told = written.told
        stood = embedding(self.network.in_tables(told), self.ago).sum(1)
        last = embedding(told[:, 0], self.last)
        counts = self.network.last.classes[told[:, RECENT:]].sum(dim=1)
        recent = torch.matmul(counts, self.recent)
        given: Tensor = written.moment + self.network.phase(written.phase) + last + stood + recent
        return given

    def _remembered(self, layer: int, x: Tensor, state: Tensor) -> Tensor:
        """Return the next state of a layer of `torch.nn.GRU` (arXiv 1406.1078)."""
        reset_x, update_x, new_x = self._gates("ih", layer, x)
        reset_s, update_s, new_s = self._gates("hh", layer, state)
        update = torch.sigmoid(update_x + update_s)
        fresh = torch.tanh(new_x + torch.sigmoid(reset_x + reset_s) * new_s)
        return (1 - update) * fresh + update * state

    def _gates(self, kind: str, layer: int, x: Tensor) -> tuple[Tensor, ...]:
        weight, bias = (getattr(self, f"{name}_{kind}_l{layer}") for name in ("weight", "bias"))
        return torch.chunk(torch.matmul(x, weight) + bias, 3, dim=1)
