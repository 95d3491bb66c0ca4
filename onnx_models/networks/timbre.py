"""What the asked instruments would sound like on the sketched notes, by additive synthesis.

Every instrument has a table of partials: how strong each is at a pitch, and how it grows, holds and
dies away. The sum over all notes is a first, plain spectrum. It tells the denoiser which timbre
belongs where, so that only the performance is left for it to invent.
"""

from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from onnx_models.composer import INSTRUMENTS, KITS
from onnx_models.networks.latents import (
    FLOOR,
    LATENT_RATE_HZ,
    MEL_BANDS,
    SPECTRUM,
    Floats,
    Pca,
    hz_to_mel,
    mel_centres_hz,
    mel_to_hz,
)

PITCHES: Final = 128
SUBFRAMES: Final = 2
MOMENT_RATE_HZ: Final = LATENT_RATE_HZ * SUBFRAMES
LONGEST_SCAN: Final = 12  # doublings: events up to 2**12 moments (47 s) ago are seen
AGE_UNKNOWN_S: Final = 2.0  # of a note that sounds already when the roll begins

RISES_S: Final = (0.06, 0.3)
DECAYS_S: Final = (0.03, 0.1, 0.35, 1.2)
RELEASES_S: Final = (0.06, 0.3)
FADED_S: Final = 0.7  # decay that a released note had before, of plucked sounds
AHEAD: Final = (1, 2)  # moments by which the analysis window sees an onset before it comes
HITS_S: Final = (0.015, 0.05, 0.15, 0.5, 1.5)
ENVELOPES: Final = 1 + len(RISES_S) + len(DECAYS_S) + 2 * len(RELEASES_S) + len(AHEAD)
HIT_ENVELOPES: Final = len(HITS_S) + len(AHEAD)

HARMONICS: Final = 32
GRID: Final = np.arange(-6, 42) / 6  # octaves over the fundamental of what is not harmonic
PARTIALS: Final = HARMONICS + len(GRID)
LOBE_HZ: Final = 16.0
HIGHEST_HZ: Final = 20000.0
ANCHORS: Final = np.arange(24, 109, 7)  # pitches at which the tables stand
DRUM_PITCHES: Final = range(27, 88)
VELOCITY_POWER: Final = 1.7
SHARE_FLOOR: Final = 1e-4
MOST_PITCHES: Final = 61  # of a window of 12 s
TONES: Final = len(INSTRUMENTS)
PLAYERS: Final = TONES + len(KITS)


def fundamentals_hz() -> Floats:
    """Return each pitch's frequency, (PITCHES,)."""
    return np.asarray(440 * 2 ** ((np.arange(PITCHES) - 69) / 12), np.float32)


def partial_ratios() -> Floats:
    """Return each partial's frequency over the fundamental, (PARTIALS,): harmonics, then a grid."""
    return np.asarray(np.concatenate([np.arange(1, HARMONICS + 1), 2**GRID]), np.float32)


def band_deviations_hz() -> Floats:
    """Return the standard deviation of each mel band's triangle, (MEL_BANDS,)."""
    edges = mel_to_hz(np.linspace(hz_to_mel(20), hz_to_mel(20000), MEL_BANDS + 2))
    return np.asarray((edges[2:] - edges[:-2]) / np.sqrt(24), np.float32)


def between_anchors() -> Floats:
    """Return how much of each anchor's table a pitch takes, (PITCHES, anchors); rows sum to 1."""
    pitch = np.clip(np.arange(PITCHES), ANCHORS[0], ANCHORS[-1])
    step = ANCHORS[1] - ANCHORS[0]
    weights = 1 - np.abs(pitch[:, None] - ANCHORS[None]) / step
    return np.asarray(np.maximum(0, weights), np.float32)


def usual_ranges() -> Floats:
    """Return how likely an instrument is to be the one that plays an anchor, (I, anchors)."""
    low, high = (np.array([getattr(i, k) for i in INSTRUMENTS.values()]) for k in ("low", "high"))
    outside = np.maximum(low[:, None] - ANCHORS, ANCHORS - high[:, None]).clip(0)
    return np.asarray(np.exp(-outside / 4), np.float32)


class Event(NamedTuple):
    """The last event at each pitch: seconds since, its value; 0 as value where there was none."""

    age_s: Tensor
    value: Tensor


def last_event(values: Tensor) -> Event:
    """Return what `values` (B, moments, pitches), 0 where nothing begins, held last and when."""
    moment = torch.arange(values.shape[1], device=values.device, dtype=torch.float32)[:, None]
    coded = torch.where(values > 0, moment + 1 + 0.5 * values.clamp(max=1), 0.0)
    for doubling in range(LONGEST_SCAN):
        coded = torch.maximum(coded, later(coded, 2**doubling))
    began = torch.floor(coded)
    return Event((moment + 1 - began) / MOMENT_RATE_HZ, 2 * (coded - began))


def later(values: Tensor, moments: int) -> Tensor:
    """Return `values` (B, moments, ...) that many moments later, zeros before."""
    return pad(values, (0, 0, moments, 0))[:, : values.shape[1]]


def sooner(values: Tensor, moments: int) -> Tensor:
    """Return `values` (B, moments, ...) that many moments sooner, zeros after."""
    return pad(values, (0, 0, 0, moments))[:, moments:]


def envelopes(sounding: Tensor, onset: Tensor) -> Tensor:
    """Return the levels of every note's envelopes, (B, moments, ENVELOPES, pitches)."""
    note = last_event(onset)
    held = (sounding > 0).float()
    known = (note.value > 0).float()
    age = known * note.age_s + (1 - known) * AGE_UNKNOWN_S
    velocity = known * note.value + (1 - known) * sounding
    stop = last_event(((later(sounding, 1) > 0) & (sounding == 0)).float())
    gone = (1 - held) * (stop.value > 0).float()
    levels = [held]
    levels += [held * (1 - torch.exp(-age / rise)) for rise in RISES_S]
    levels += [held * torch.exp(-age / decay) for decay in DECAYS_S]
    tails = [gone * torch.exp(-stop.age_s / release) for release in RELEASES_S]
    levels += [*tails, *(tail * torch.exp(-age / FADED_S) for tail in tails)]
    strong = velocity.clamp(0, 1) ** VELOCITY_POWER
    coming = onset.clamp(0, 1) ** VELOCITY_POWER
    return torch.stack([*(x * strong for x in levels), *(sooner(coming, n) for n in AHEAD)], dim=2)


def hits(drum: Tensor) -> Tensor:
    """Return the levels of every drum's envelopes, (B, moments, HIT_ENVELOPES, drums)."""
    hit = last_event(drum)
    strong = hit.value.clamp(0, 1) ** VELOCITY_POWER
    levels = [strong * torch.exp(-hit.age_s / decay) for decay in HITS_S]
    coming = drum.clamp(0, 1) ** VELOCITY_POWER
    return torch.stack([*levels, *(sooner(coming, n) for n in AHEAD)], dim=2)


def normalised_shares(shares: Tensor) -> Tensor:
    """Return `shares` (B, N, ...) made clearer and summing to 1 over N."""
    clear = shares.square() + SHARE_FLOOR
    return clear / clear.sum(dim=1, keepdim=True)


def busiest(plane: Tensor, most: int) -> Tensor:
    """Return the `most` pitches that sound longest in `plane` (B, moments, pitches), (B, most).

    Of those that sound equally long, the higher.
    """
    moments = (plane > 0).float().sum(dim=1)
    higher = torch.arange(plane.shape[2], device=plane.device) / (2 * PITCHES)
    return (moments + higher).topk(most, dim=1).indices


def taken(plane: Tensor, pitches: Tensor) -> Tensor:
    """Return the columns `pitches` (B, n) of `plane` (B, moments, pitches)."""
    return torch.gather(plane, 2, pitches[:, None].expand(-1, plane.shape[1], -1))


def most_sounding(notes: Tensor) -> int:
    """Return how many pitches, or drums, sound at most in one of `notes` (B, T, N); at least 1."""
    planes = notes.reshape(len(notes), -1, 3, PITCHES).amax(dim=1) > 0
    together = torch.stack([planes[:, 0] | planes[:, 1], planes[:, 2]])
    return max(1, int(together.sum(dim=2).amax()))


class Timbre(nn.Module):
    """Notes and shares of instruments to latents (B, T, CHANNELS) of a plain performance."""

    fundamentals: Tensor
    ratios: Tensor
    centres: Tensor
    deviations: Tensor
    interpolation: Tensor
    ranges: Tensor
    grid: Tensor

    def __init__(self, pca: Pca | None = None) -> None:
        super().__init__()
        self.partials = nn.Parameter(torch.empty(TONES, ENVELOPES, len(ANCHORS), PARTIALS))
        self.drums = nn.Parameter(
            torch.full((len(KITS), HIT_ENVELOPES, len(DRUM_PITCHES), MEL_BANDS), -7.0)
        )
        self.side = nn.Parameter(torch.full((PLAYERS, MEL_BANDS), -1.5))
        self.pca = pca or Pca()
        for name, fixed in (
            ("fundamentals", fundamentals_hz()),
            ("ratios", partial_ratios()),
            ("centres", mel_centres_hz().astype(np.float32)),
            ("deviations", band_deviations_hz()),
            ("interpolation", between_anchors()),
            ("ranges", usual_ranges()),
            ("grid", np.arange(PARTIALS) >= HARMONICS),
        ):
            self.register_buffer(name, torch.from_numpy(fixed), persistent=False)
        self.begin()

    @torch.no_grad()
    def begin(self) -> None:
        """Let every instrument begin as a plain tone whose harmonics fall off as 1 / h."""
        order = torch.arange(1, HARMONICS + 1).log()
        self.partials[..., :HARMONICS] = -5.0 - order
        self.partials[..., HARMONICS:] = -8.0

    def spectra(self, pitches: Tensor) -> Tensor:
        """Return the mel spectrum of every partial of `pitches` (B, n) at amplitude 1.

        (B, n, PARTIALS, MEL_BANDS). A harmonic is as narrow as the analysis window's lobe, what
        lies between harmonics wider; a band blurs it by its own width.
        """
        partial = self.fundamentals[pitches][..., None] * self.ratios
        lobe = torch.full_like(self.ratios, LOBE_HZ)
        lobe = torch.where(self.grid, (partial / 16).clamp_min(LOBE_HZ), lobe)[..., None]
        width = torch.sqrt(lobe.square() + self.deviations.square())
        distance = (partial[..., None] - self.centres) / width
        audible = (partial < HIGHEST_HZ).float()[..., None]
        return audible * lobe / width * torch.exp(-0.5 * distance.square())

    def pitched(self, shares: Tensor, pitches: Tensor) -> Tensor:
        """Return the spectra (B, ENVELOPES * n, MEL_BANDS) of the instruments' shares (B, I)."""
        weights = normalised_shares(shares[:, :, None] * self.ranges)
        table = torch.einsum("bia,ikaf->bkaf", weights, self.partials.float().exp())
        played = torch.einsum("bpa,bkaf->bpkf", self.interpolation[pitches], table)
        return torch.matmul(played, self.spectra(pitches)).transpose(1, 2).flatten(1, 2)

    def beaten(self, shares: Tensor, drums: Tensor) -> Tensor:
        """Return the spectra (B, HIT_ENVELOPES * n, MEL_BANDS) of the kits' shares (B, kits)."""
        tables = self.drums.float().exp()
        table = torch.einsum("bk,kedm->bdem", normalised_shares(shares), tables)
        at = drums[:, :, None, None].expand(-1, -1, *table.shape[2:])
        return torch.gather(table, 1, at).transpose(1, 2).flatten(1, 2)

    def widths(self, shares: Tensor) -> tuple[Tensor, Tensor]:
        """Return how strong the side of pitched notes and of drums is, each (B, 1, MEL_BANDS)."""
        side = self.side.float().exp()
        tones = torch.matmul(normalised_shares(shares[:, :TONES]), side[:TONES])
        noises = torch.matmul(normalised_shares(shares[:, TONES:]), side[TONES:])
        return tones[:, None], noises[:, None]

    def magnitudes(self, notes: Tensor, shares: Tensor, most: int) -> Tensor:
        """Return mel magnitudes (B, moments, 2, MEL_BANDS), mid then side."""
        planes = notes.float().unflatten(2, (SUBFRAMES, -1, PITCHES)).flatten(1, 2)  # type: ignore[no-untyped-call]
        sounding, onset, drum = planes.unbind(dim=2)
        instruments, kits = shares[:, :TONES], shares[:, TONES:]
        pitches = busiest(sounding + onset, most)
        levels = envelopes(taken(sounding, pitches), taken(onset, pitches)).flatten(2)
        tones = torch.matmul(levels, self.pitched(instruments, pitches))
        drum = drum[..., DRUM_PITCHES.start : DRUM_PITCHES.stop]
        struck = busiest(drum, min(most, len(DRUM_PITCHES)))
        noises = torch.matmul(hits(taken(drum, struck)).flatten(2), self.beaten(kits, struck))
        wide, wide_noise = self.widths(shares)
        return torch.stack([tones + noises, tones * wide + noises * wide_noise], dim=2)

    def forward(self, notes: Tensor, shares: Tensor, most: int = MOST_PITCHES) -> Tensor:
        """Return latents; `notes` (B, T, N) as in CONTRACT.md, `shares` (B, I + kits).

        Only the `most` pitches that sound longest are played, and as many drums.
        """
        log_mel = torch.log(self.magnitudes(notes, shares.float(), most) + FLOOR)
        latents: Tensor = self.pca.encode(log_mel.reshape(*notes.shape[:2], SPECTRUM))
        return latents
