"""Which instrument is that? A small net that has only ever heard SoundFonts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import soxr  # type: ignore[import-untyped]
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from onnx_models.composer import INSTRUMENTS, KITS, ROLES, Part, compose
from onnx_models.composer.casting import able, recast
from onnx_models.networks.latents import hz_to_mel, mel_to_hz
from onnx_models.synth import render_stems

Floats = NDArray[np.float32]

VERSION: Final = 2  # raise it when the net or its training changes: it is then made anew
RATE_HZ: Final = 22050
N_FFT: Final = 1024
HOP: Final = 512
BANDS: Final = 64
WINDOW: Final = 128  # spectra the net sees at once: 3 s
QUIET: Final = 1e-4  # RMS below which a window has no instrument
FIRST_SEED: Final = 900_000_000
SONG_S: Final = 6.0
SONGS: Final = 2000
STEPS: Final = 5000
BATCH: Final = 32
LEARNING_RATE: Final = 2e-3

NAMES: Final = (*INSTRUMENTS, *KITS)
FAMILY_OF: Final = {
    **{key: instrument.family for key, instrument in INSTRUMENTS.items()},
    **dict.fromkeys(KITS, "drums"),
}
FAMILIES: Final = tuple(sorted(set(FAMILY_OF.values())))


def mel_bank() -> Tensor:
    """Return triangles evenly spaced in mels from 40 Hz to 10 kHz, (BANDS, bins)."""
    mels = np.linspace(hz_to_mel(np.array(40)), hz_to_mel(np.array(10000)), BANDS + 2)
    edges = mel_to_hz(mels)[:, None]
    hz = np.fft.rfftfreq(N_FFT, 1 / RATE_HZ)[None]
    rising = (hz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hz) / (edges[2:] - edges[1:-1])
    bank = np.maximum(np.minimum(rising, falling), 0)
    bank[np.arange(BANDS), np.abs(hz - edges[1:-1]).argmin(axis=1)] += 1e-3  # no empty band
    return torch.from_numpy(bank.astype(np.float32))


def log_mel(audio: Floats, sample_rate_hz: int) -> Tensor:
    """Return (BANDS, spectra) of `audio` (channels, frames), whatever its level was."""
    mono = soxr.resample(audio.mean(axis=0), sample_rate_hz, RATE_HZ)
    level = float(np.sqrt(np.mean(np.square(mono)))) + 1e-9
    signal = torch.from_numpy(np.asarray(mono * (0.1 / level), np.float32))
    window = torch.hann_window(N_FFT)
    power = torch.stft(signal, N_FFT, HOP, window=window, return_complex=True).abs()
    return torch.log(mel_bank() @ power + 1e-2)


class Guess(NamedTuple):
    """What a sound is taken for."""

    instrument: str
    family: str
    role: str


class InstrumentNet(nn.Module):
    """Log-mel windows (B, BANDS, WINDOW) to an embedding and three sets of scores."""

    def __init__(self) -> None:
        super().__init__()
        widths = (1, 32, 64, 96, 128)
        layers: list[nn.Module] = []
        for index, (before, after) in enumerate(pairwise(widths)):
            layers += [nn.Conv2d(before, after, 3, 2 if index == 0 else 1, 1, bias=False),
                       nn.BatchNorm2d(after), nn.ReLU()]  # fmt: skip
            layers += [nn.MaxPool2d(2)] if index else []
        self.features = nn.Sequential(*layers)
        self.embedding = nn.Linear(widths[-1] * BANDS // 16, 128)
        self.scores = nn.ModuleList(nn.Linear(128, len(x)) for x in (NAMES, FAMILIES, ROLES))

    def embed(self, windows: Tensor) -> Tensor:
        """Return embeddings (B, 128)."""
        features = self.features((windows[:, None] + 2) / 2)
        embedded: Tensor = self.embedding(features.mean(dim=3).flatten(1))
        return embedded

    def forward(self, windows: Tensor) -> list[Tensor]:
        embedded = torch.relu(self.embed(windows))
        return [head(embedded) for head in self.scores]


@dataclass(frozen=True, slots=True)
class Classifier:
    """A trained net and how to ask it."""

    net: InstrumentNet

    def windows(self, audio: Floats, sample_rate_hz: int) -> Tensor:
        """Return windows (n, BANDS, WINDOW), half overlapping; short audio is repeated."""
        spectra = log_mel(audio, sample_rate_hz)
        if spectra.shape[1] < WINDOW:
            spectra = spectra.repeat(1, -(-WINDOW // spectra.shape[1]))
        return spectra.unfold(1, WINDOW, WINDOW // 2).permute(1, 0, 2)

    @torch.inference_mode()
    def embedding(self, audio: Floats, sample_rate_hz: int) -> Floats:
        """Return the mean embedding (128,) of the windows of `audio`."""
        embedded: Floats = self.net.embed(self.windows(audio, sample_rate_hz)).mean(dim=0).numpy()
        return embedded

    @torch.inference_mode()
    def guess(self, audio: Floats, sample_rate_hz: int) -> Guess:
        """Return what `audio` (channels, frames) sounds like as a whole."""
        scores = self.net(self.windows(audio, sample_rate_hz))
        best = [int(score.log_softmax(dim=1).mean(dim=0).argmax()) for score in scores]
        return Guess(NAMES[best[0]], FAMILIES[best[1]], ROLES[best[2]])


class Sounds(NamedTuple):
    """Training data: spectra (n, BANDS, frames) and labels (n, 3)."""

    spectra: Tensor
    labels: Tensor


def perhaps_recast(part: Part, rng: Generator) -> Part:
    """Return the part, more often than not on another instrument: rare ones are heard too."""
    return part if able(part) and rng.random() < 0.4 else recast(part, rng)


def labelled(seed: int, soundfont: Path) -> Iterator[tuple[Tensor, tuple[int, int, int]]]:
    """Yield the spectra and labels of each part of the piece of `seed`."""
    piece, rng = compose(seed, SONG_S), np.random.default_rng(seed)
    piece = replace(piece, parts=tuple(perhaps_recast(part, rng) for part in piece.parts))
    for part, stem in zip(piece.parts, render_stems(piece, soundfont), strict=True):
        if np.sqrt(np.mean(np.square(stem))) > QUIET:
            family = FAMILIES.index(FAMILY_OF[part.instrument])
            label = NAMES.index(part.instrument), family, ROLES.index(part.role)
            yield log_mel(stem, 44100), label


def make_sounds(soundfonts: Sequence[Path], songs: int = SONGS) -> Sounds:
    """Return the parts of `songs` composed songs, played by the SoundFonts in turn."""
    pairs = [
        pair
        for index in range(songs)
        for pair in labelled(FIRST_SEED + index, soundfonts[index % len(soundfonts)])
    ]
    return Sounds(
        torch.stack([spectra.half() for spectra, _ in pairs]),
        torch.tensor([labels for _, labels in pairs]),
    )


def crops(sounds: Sounds, rng: Generator, batch: int) -> tuple[Tensor, Tensor]:
    """Return a batch: a random window of random sounds, somewhat louder or softer."""
    rows = rng.integers(len(sounds.spectra), size=batch)
    starts = rng.integers(sounds.spectra.shape[2] - WINDOW + 1, size=batch)
    windows = torch.stack(
        [sounds.spectra[r, :, s : s + WINDOW] for r, s in zip(rows, starts, strict=True)]
    ).float()
    shift = torch.from_numpy(rng.normal(0, 0.5, (batch, 1, 1)).astype(np.float32))
    tilt = torch.from_numpy(rng.normal(0, 0.5, (batch, 1, 1)).astype(np.float32))
    return windows + shift + tilt * torch.linspace(-1, 1, BANDS)[:, None], sounds.labels[rows]


def train(sounds: Sounds, steps: int = STEPS, batch: int = BATCH, seed: int = 0) -> InstrumentNet:
    """Return a net trained on `sounds`; the same for the same arguments."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = InstrumentNet()
    optimiser = torch.optim.AdamW(net.parameters(), LEARNING_RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, max(steps, 4))
    for _ in range(steps):
        windows, labels = crops(sounds, rng, batch)
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(windows)
        losses = [
            cross_entropy(score.float(), labels[:, k], label_smoothing=0.05)
            for k, score in enumerate(scores)
        ]
        optimiser.zero_grad()
        torch.stack(losses).sum().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    net.eval()
    return net


def cached_path(folder: Path, soundfonts: Sequence[Path]) -> Path:
    """Return where a net that was made in this way is kept."""
    made_of = VERSION, SONGS, STEPS, NAMES, FAMILIES, [font.name for font in soundfonts]
    return folder / f"classifier-{sha256(repr(made_of).encode()).hexdigest()[:12]}.pt"


def load_classifier(folder: Path, soundfonts: Sequence[Path]) -> Classifier:
    """Return the classifier kept in `folder`; train it first where there is none (minutes)."""
    path, net = cached_path(folder, soundfonts), InstrumentNet().eval()
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(train(make_sounds(soundfonts)).state_dict(), path.with_suffix(".partial"))
        path.with_suffix(".partial").replace(path)
    net.load_state_dict(torch.load(path, weights_only=True))
    return Classifier(net)
