"""Trains the denoiser: flow matching on the composed songs' latents."""

import time
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from onnx_models.networks.denoiser import Denoiser, Inputs
from onnx_models.networks.latents import load_pca
from onnx_models.networks.prompt import Prompt, Wish
from onnx_models.networks.timbre import most_sounding
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.examples import Examples
from onnx_models.training.prompt import READER_FILE, load_reader, read
from onnx_models.training.run import LOG_EVERY, Clock, Master, fall, load, log, save
from onnx_models.training.shipped import require_same, shipped_denoiser, shipped_pca
from onnx_models.training.songs import Song, load_song
from onnx_models.training.timbre import load_timbre

BATCHES: Final = 2  # a step: an update by Muon takes as long as half a batch
RELOAD_EVERY: Final = 400  # steps, after which songs prepared meanwhile are taken in


def noised(data: Tensor, inputs: Inputs) -> tuple[Inputs, Tensor]:
    """Return inputs at a random moment of the flow, and the velocity to predict.

    Moments follow a logit-normal (Esser et al., arXiv 2403.03206), leaning towards noise: there
    the prompt decides, later the latents themselves tell which instrument plays.
    """
    moment = torch.sigmoid(torch.randn(len(data)) * 1.2 + 1.0)
    noise = torch.randn_like(data)
    mixed = data + moment[:, None, None] * (noise - data)
    return inputs._replace(latents=mixed, time=moment), noise - data


def flow_loss(network: Denoiser, data: Tensor, inputs: Inputs, wish: Wish) -> Tensor:
    """Return the mean squared error of the velocity where nothing is known."""
    given, wanted = noised(data, inputs)
    dtype = network.velocity.weight.dtype
    cast = Inputs(*(x.to(dtype) if x.is_floating_point() and x.ndim > 1 else x for x in given))
    made = network(cast, wish, most_sounding(given.notes))
    error: Tensor = (made.float() - wanted).square().mean(dim=2, keepdim=True)
    free = 1 - inputs.known_mask
    return (error * free).sum() / free.sum().clamp_min(1)


class Library:
    """The prepared songs of a folder, and what `reader` reads their captions as."""

    def __init__(self, folder: Path, reader: Prompt) -> None:
        self.folder, self.reader = folder, reader
        self.encoder = TextEncoder(folder.parent / "text")
        self.songs: dict[Path, Song] = {}
        self.prompts: dict[str, Tensor] = {}
        if self.cache.exists():
            self.prompts = torch.load(self.cache, weights_only=True)

    @property
    def cache(self) -> Path:
        """Return the file that keeps what this reader read from run to run."""
        told = sha256(b"".join(b.numpy().tobytes() for b in self.reader.buffers())).hexdigest()
        return self.folder / f"prompts-{told[:12]}.pt"

    def refresh(self) -> None:
        """Take in the songs that were prepared since."""
        for path in sorted((self.folder / "songs").glob("[0-9]*.npz")):
            if path not in self.songs and ".partial" not in path.name:
                self.songs[path] = load_song(path)
        captions = {c for song in self.songs.values() for s in song.sources for c in s.captions}
        fresh = sorted(captions - set(self.prompts))
        if fresh:
            asked = read(self.reader, fresh, self.encoder)
            self.prompts |= dict(zip(fresh, asked, strict=True))
            torch.save(self.prompts, self.cache)

    def examples(self, seed: int) -> Examples:
        """Return a drawer of examples over all songs there are."""
        return Examples(list(self.songs.values()), self.prompts, np.random.default_rng(seed))


def beginning(folder: Path, pack: Path | None) -> Denoiser:
    """Return the denoiser of `pack`, or a new one that reads prompts by `folder`'s reader."""
    if pack is not None:
        require_same(shipped_pca(pack), load_pca(folder / "pca.pt"))
        return shipped_denoiser(pack)
    denoiser = Denoiser()
    load_reader(denoiser.prompt, folder)
    denoiser.control.timbre = load_timbre(folder)
    return denoiser


def train_denoiser(
    folder: Path,
    budget_s: float,
    learning_rate: float,
    pack: Path | None,
) -> None:
    """Train for `budget_s` seconds on `folder`'s songs, from its checkpoint if there is one.

    Where there is none, from the denoiser of `pack`.
    """
    checkpoint = folder / "denoiser.pt"
    denoiser = Denoiser() if checkpoint.exists() else beginning(folder, pack)
    denoiser.control.timbre.requires_grad_(False)
    master = Master(denoiser, learning_rate)
    if checkpoint.exists():
        master.resume(load(checkpoint))
    if (folder / READER_FILE).exists():
        load_reader(master.weights.prompt, folder)  # type: ignore[arg-type]
    library = Library(folder, master.weights.prompt)  # type: ignore[arg-type]
    library.refresh()
    clock, losses, examples = Clock(budget_s), [], library.examples(master.step)
    torch.manual_seed(master.step)
    for fraction in clock.ticks():
        began = time.monotonic()
        if master.step % RELOAD_EVERY == 0:
            library.refresh()
            examples = library.examples(master.step)
        for _ in range(BATCHES):
            loss = flow_loss(master.network, *examples.batch()) / BATCHES  # type: ignore[arg-type]
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(BATCHES * loss.item())
        norm = master.update(fall(fraction, 0.5))
        if master.step % LOG_EVERY == 0:
            row = {
                "step": master.step,
                "loss": float(np.mean(losses)),
                "norm": norm,
                "songs": len(library.songs),
                "seconds": time.monotonic() - began,
            }
            log(folder / "denoiser.csv", row)
            losses.clear()
        if clock.save_due():
            save(master.state(), checkpoint)
    save(master.state(), checkpoint)


def trained_denoiser(folder: Path) -> Denoiser:
    """Return the averaged denoiser of `folder`'s checkpoint."""
    denoiser = Denoiser()
    state = load(folder / "denoiser.pt")
    denoiser.load_state_dict(state["weights"] | state["average"])
    return denoiser.eval()
