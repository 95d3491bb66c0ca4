"""Trains the denoiser: flow matching on the composed songs' latents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor

from onnx_models.networks.denoiser import Denoiser, Inputs
from onnx_models.networks.latents import PCA_FILE, load_pca
from onnx_models.networks.prompt import Wish
from onnx_models.networks.timbre import most_sounding
from onnx_models.training.examples import Examples
from onnx_models.training.prompt import READER_FILE
from onnx_models.training.readings import Readings, readings
from onnx_models.training.run import LOG_EVERY, Clock, Master, Place, fall, load, log, save
from onnx_models.training.shipped import require_same, shipped_denoiser, shipped_pca
from onnx_models.training.songs import load_song
from onnx_models.training.timbre import FILE as TIMBRE_FILE

FILE: Final = "denoiser.pt"
RELOAD_EVERY: Final = 100  # steps, after which songs prepared meanwhile are taken in
PARTS: Final = {READER_FILE: "prompt.", TIMBRE_FILE: "control.timbre.",
                PCA_FILE: "control.timbre.pca."}  # fmt: skip
SONGS_AT_MOST: Final = 3000  # of about 4 MB each

Loss = Callable[[Denoiser, Tensor, Inputs, Wish], Tensor]


class Pace(NamedTuple):
    """How much a device does in a step: batches, and about how many latent frames in each."""

    batches: int
    latent_frames: int


# On a CPU an update by Muon takes as long as half a batch.
PACES: Final = {"cpu": Pace(2, 3072), "cuda": Pace(1, 49152)}


def noised(data: Tensor, inputs: Inputs) -> tuple[Inputs, Tensor]:
    """Return inputs at a random moment of the flow, and the velocity to predict.

    Moments follow a logit-normal (Esser et al., arXiv 2403.03206), leaning towards noise: there
    the prompt decides, later the latents themselves tell which instrument plays.
    """
    moment = torch.sigmoid(torch.randn(len(data), device=data.device) * 1.2 + 1.0)
    noise = torch.randn_like(data)
    mixed = data + moment[:, None, None] * (noise - data)
    return inputs._replace(latents=mixed, time=moment), noise - data


def velocity(network: Denoiser, inputs: Inputs, wish: Wish) -> Tensor:
    """Return what `network`, in its own precision, predicts, as float32."""
    dtype = network.velocity.weight.dtype
    cast = Inputs(*(x.to(dtype) if x.is_floating_point() and x.ndim > 1 else x for x in inputs))
    made: Tensor = network(cast, wish, most_sounding(inputs.notes))
    return made.float()


def error(made: Tensor, wanted: Tensor, inputs: Inputs) -> Tensor:
    """Return the mean squared error where nothing is known."""
    squared: Tensor = (made - wanted).square().mean(dim=2, keepdim=True)
    free = 1 - inputs.known_mask
    return (squared * free).sum() / free.sum().clamp_min(1)


def flow_loss(network: Denoiser, data: Tensor, inputs: Inputs, wish: Wish) -> Tensor:
    """Return the error of the velocity."""
    given, wanted = noised(data, inputs)
    return error(velocity(network, given, wish), wanted, given)


@dataclass(slots=True)
class Library:
    """The prepared songs of a folder; `songs_at_most` bounds the memory that they take."""

    folder: Path
    readings: Readings
    device: str
    seed: int
    songs_at_most: int
    taken: set[Path] = field(default_factory=set)
    examples: Examples | None = None

    def refresh(self) -> Examples:
        """Take in the songs that were prepared since; return all there are."""
        there = sorted(set((self.folder / "songs").glob("[0-9]*[0-9].npz")) - self.taken)
        for path in there[: self.songs_at_most - len(self.taken)]:
            song = load_song(path)
            if self.examples is None:
                self.examples = Examples(song.latents.shape[1], self.seed, self.device)
            self.examples.add(song, self.readings(song))
            self.taken.add(path)
        if self.examples is None:
            raise ValueError(f"{self.folder / 'songs'} is empty; run `train songs` first")
        return self.examples


def beginning(folder: Path, pack: Path | None) -> Denoiser:
    """Return the denoiser of `pack`, or a new one that reads prompts by `folder`'s reader."""
    if pack is not None:
        require_same(shipped_pca(pack), load_pca(folder / PCA_FILE))
        return shipped_denoiser(pack)
    denoiser = Denoiser()
    denoiser.control.timbre.pca = load_pca(folder / PCA_FILE)
    return denoiser


def with_parts(weights: Mapping[str, Tensor], folder: Path) -> dict[str, Tensor]:
    """Return `weights` with the reader, tables and map that `folder` has files of."""
    whole = dict(weights)
    for file, part in PARTS.items():
        if (folder / file).exists():
            whole |= {part + name: value for name, value in load(folder / file).items()}
    return whole


class Run(NamedTuple):
    """One run: where its files are, for how long, and on which device."""

    place: Place
    budget_s: float
    learning_rate: float
    device: str = "cpu"
    songs_at_most: int = SONGS_AT_MOST


def train_denoiser(run: Run) -> None:
    """Train on the songs of the run's folder, from its checkpoint if there is one.

    Where there is none, from the denoiser of the run's pack.
    """
    train(master_of(run), run, flow_loss, FILE)


def master_of(run: Run) -> Master:
    """Return what goes on from the folder's checkpoint; where there is none, from the pack."""
    folder = run.place.folder
    checkpoint = folder / FILE
    denoiser = Denoiser() if checkpoint.exists() else beginning(*run.place)
    denoiser.control.timbre.requires_grad_(False)
    master = Master(denoiser.to(run.device), run.learning_rate)
    state = load(checkpoint) if checkpoint.exists() else master.state()
    master.resume(state | {"weights": with_parts(state["weights"], folder)})
    return master


def train(master: Master, run: Run, loss_of: Loss, file: str) -> None:
    """Lower the loss of examples; the checkpoint and its log go to `file` and beside it."""
    folder, reads = run.place.folder, readings(run.place)
    library = Library(folder, reads, run.device, master.step, run.songs_at_most)
    examples, pace = library.refresh(), PACES[run.device]
    clock, losses = Clock(run.budget_s), []
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.manual_seed(master.step)
    for fraction in clock.ticks():
        if master.step % RELOAD_EVERY == 0:
            library.refresh()
        for _ in range(pace.batches):
            loss = loss_of(master.network, *examples.batch(pace.latent_frames))  # type: ignore[arg-type]
            (loss / pace.batches).backward()  # type: ignore[no-untyped-call]
            losses.append(loss.detach())
        norm = master.update(fall(fraction, 0.5))
        if master.step % LOG_EVERY == 0:
            row = {
                "step": master.step,
                "loss": torch.stack(losses).mean().item(),
                "norm": norm.item(),
                "songs": examples.songs,
                "seconds": clock.lap(),
            }
            log((folder / file).with_suffix(".csv"), row)
            losses.clear()
        if clock.save_due():
            save(master.state(), folder / file)
    save(master.state(), folder / file)


def trained_denoiser(checkpoint: Path) -> Denoiser:
    """Return the averaged denoiser of a checkpoint."""
    denoiser = Denoiser()
    state = load(checkpoint)
    denoiser.load_state_dict(state["weights"] | state["average"])
    return denoiser.eval()
