"""Trains the improviser: composed songs as events, heard with the rest of the song or without."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from inference.conditioning import even_beats
from inference.events import NOTHING, TICKS_PER_BEAT, Sheet, Struck, events_of
from inference.grid import Grid
from inference.request import BeatPoint
from onnx_models.composer import Piece, compose
from onnx_models.networks.denoiser import ROLES
from onnx_models.networks.improviser import BARS_AGO, HOP, PHRASE_BARS, Heard, Improviser
from onnx_models.networks.latents import CHANNELS, LATENT_RATE_HZ
from onnx_models.networks.prompt import Wish
from onnx_models.training.prompt import READER_FILE, load_reader, target
from onnx_models.training.readings import readings
from onnx_models.training.run import LOG_EVERY, Clock, Master, Place, fall, load, log, save
from onnx_models.training.shipped import grown, shipped_improviser
from onnx_models.training.songs import SONG_S, Song, load_song, note_rows

FILE: Final = "improviser.pt"
FIRST_SEED: Final = 700_000_000  # neither the denoiser's songs, the reader's nor the evaluation's
LONG_S: Final = (16.0, 40.0)
LONGEST: Final = 640  # events of an example
DRAWN: Final = 400  # examples at once, to lay those of like length together
BATCH_EVENTS: Final = 12_000
WITHOUT_CONTEXT: Final = 0.5  # of all examples, most of them longer than the prepared songs
BEGUN_LATER: Final = 0.3  # of those: within a phrase, as regions of a song may
LATEST_BAR: Final = 7
NO_PROMPT: Final = 0.1
HEARS_ITSELF: Final = 0.1  # with a hole, as where a part of a take is improvised anew
ROLE_WEIGHTS: Final = {"mix": 0.3, "lead": 0.2, "harmony": 0.25, "bass": 0.15, "drums": 0.1}


class Line(NamedTuple):
    """A part as events: what is told before each, its phases, the frame it is heard at."""

    events: NDArray[np.int64]  # (N,)
    told: NDArray[np.int64]  # (N, TOLD)
    phase: NDArray[np.float32]  # (N, PHASE)
    frame: NDArray[np.int64]  # (N,)


class Example(NamedTuple):
    """A line, by whom and to what it is played."""

    role: int
    asked: Tensor  # (sum(ASKED),), zeros for no prompt
    line: Line
    context: tuple[Tensor, Tensor] | None = None  # (T, CHANNELS), and where it is (T, 1)


def struck(notes: NDArray[np.float32], parts: Sequence[str], bpm: float) -> Iterator[Struck]:
    """Yield rows (part, start_s, duration_s, pitch, velocity) as notes at ticks."""
    ticks_a_second = TICKS_PER_BEAT * bpm / 60
    for part, start_s, duration_s, pitch, velocity in notes.tolist():
        length = max(1, round(duration_s * ticks_a_second))
        tick = round(start_s * ticks_a_second)
        yield Struck(tick, parts[int(part)], int(pitch), length, int(velocity))


def line(notes: Sequence[Struck], grid: Grid) -> Line:
    """Return `notes` on `grid` as events, at most LONGEST."""
    sheet, told, ticks = Sheet(grid.first, grid.bar_ticks, BARS_AGO), [], []
    events = list(islice(events_of(notes, grid.first, grid.end), LONGEST))
    for event in events:
        told.append(sheet.told())
        ticks.append(min(sheet.tick, grid.end) - grid.first)
        sheet.add(event)
    at = np.array(ticks)
    frame = grid.frames(LATENT_RATE_HZ)[at]
    return Line(np.array(events), np.array(told), grid.phases(PHRASE_BARS)[at], frame)


@dataclass(slots=True)
class Songbook:
    """The prepared songs, with a line and the context of each source."""

    songs: list[tuple[Song, Tensor, list[Line]]]

    @classmethod
    def load(cls, place: Place) -> "Songbook":
        """Return all songs of the folder."""
        read, songs = readings(place), []
        for path in sorted((place.folder / "songs").glob("[0-9]*[0-9].npz")):
            song = load_song(path)
            grid = Grid(even_beats(song.bpm, song.beats_per_bar, SONG_S), SONG_S)
            lines = {-1: line(list(struck(song.notes, song.roles, song.bpm)), grid)}
            for part in range(len(song.roles)):
                own = song.notes[song.notes[:, 0] == part]
                lines[part] = line(list(struck(own, song.roles, song.bpm)), grid)
            songs.append((song, read(song), [lines[source.part] for source in song.sources]))
        if not songs:
            raise ValueError(f"{place.folder / 'songs'} is empty; run `train songs` first")
        return cls(songs)

    def draw(self, role: str, rng: np.random.Generator) -> Example | None:
        """Return an example of `role` from a random song, None where the song has none."""
        song, asked, lines = self.songs[rng.integers(len(self.songs))]
        sources = [n for n, source in enumerate(song.sources) if source.role == role]
        if not sources:
            return None
        source = int(rng.choice(sources))
        wish = asked[source][rng.integers(asked.shape[1])].float()
        itself = role == "mix" or rng.random() < HEARS_ITSELF
        latents = song.latents[0] if itself else song.context[source]
        mask = np.ones((len(latents), 1), np.float32)
        if itself:
            start, end = sorted(rng.integers(len(latents) + 1, size=2))
            mask[start:end] = 0
        context = torch.from_numpy(latents).float(), torch.from_numpy(mask)
        return Example(ROLES.index(role), wish, lines[source], context)


def begun(piece: Piece, bar: int) -> Grid:
    """Return the grid of `piece` from `bar` on; beats and bars are counted from its beginning."""
    bar_beats = piece.numerator * 4 / piece.denominator
    duration_s = piece.duration_s - bar * bar_beats * 60 / piece.bpm
    passed = even_beats(piece.bpm, bar_beats, duration_s)
    return Grid([BeatPoint(s, b + bar * bar_beats, n + bar) for s, b, n in passed], duration_s)


def invented(role: str, seed: int, rng: np.random.Generator) -> Example | None:
    """Return an example of `role` that hears nothing, from the piece that `seed` composes."""
    piece = compose(seed, float(rng.uniform(*LONG_S)))
    parts = piece.parts_of(role)
    if not parts:
        return None
    if role != "mix":
        parts = (parts[rng.integers(len(parts))],)
    latest = min(LATEST_BAR, len(piece.bar_times_s) // 2)
    grid = begun(piece, int(rng.integers(latest + 1)) if rng.random() < BEGUN_LATER else 0)
    rows = note_rows(replace(piece, parts=parts))
    notes = list(struck(rows, [part.role for part in parts], piece.bpm))
    asked = target(piece, parts)
    return Example(ROLES.index(role), asked, line(notes, grid))


def examples(songbook: Songbook, seed: int) -> Iterator[Example]:
    """Yield examples without end."""
    rng = np.random.default_rng(seed)
    for number in count():
        role = str(rng.choice(list(ROLE_WEIGHTS), p=list(ROLE_WEIGHTS.values())))
        if rng.random() < WITHOUT_CONTEXT:
            example = invented(role, FIRST_SEED + seed % 1000 * 100_000 + number, rng)
        else:
            example = songbook.draw(role, rng)
        if example is not None and len(example.line.events):
            prompted = rng.random() >= NO_PROMPT
            yield example if prompted else example._replace(asked=torch.zeros_like(example.asked))


def batches(drawn: Iterator[Example]) -> Iterator[list[Example]]:
    """Yield batches of examples of like length, all with context or all without."""
    while True:
        some = sorted(islice(drawn, DRAWN), key=lambda e: (e.context is None, len(e.line.events)))
        made: list[list[Example]] = []
        for example in some:
            fits = made and (made[-1][0].context is None) == (example.context is None)
            if not fits or (len(made[-1]) + 1) * len(example.line.events) > BATCH_EVENTS:
                made.append([])
            made[-1].append(example)
        random.Random(len(made[0])).shuffle(made)
        yield from made


def padded(rows: Sequence[NDArray[Any]], value: float) -> Tensor:
    """Return `rows` as one tensor, filled up with `value`."""
    return torch.nn.utils.rnn.pad_sequence(
        [torch.from_numpy(row) for row in rows], batch_first=True, padding_value=value
    )


def contexts(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Return contexts (B, T, CHANNELS) and their masks; for none a few empty frames."""
    there = [example.context for example in batch if example.context is not None]
    if len(there) < len(batch):
        few = 4 * HOP  # of one, bfloat16 convolutions gave gradients that were no numbers
        return torch.zeros(len(batch), few, CHANNELS), torch.zeros(len(batch), few, 1)
    latents, masks = zip(*there, strict=True)
    return torch.stack(latents), torch.stack(masks)


def loss_of(network: Improviser, batch: Sequence[Example]) -> Tensor:
    """Return the mean cross-entropy of the batch's events, in nats."""
    dtype = network.next.weight.dtype
    context, mask = (x.to(dtype) for x in contexts(batch))
    asked = torch.stack([e.asked for e in batch])
    wish = Wish(asked, (asked.sum(dim=1, keepdim=True) > 0).float())
    role, text = torch.tensor([e.role for e in batch]), torch.zeros(len(batch), 1, 1)
    heard = network.listener(Heard(text, text[:, 0].long(), role, context, mask), wish)
    frame = padded([e.line.frame for e in batch], 0).clamp_max(heard.shape[1] - 1)
    at = heard.gather(1, frame[:, :, None].expand(-1, -1, heard.shape[2]))
    told = padded([e.line.told for e in batch], NOTHING)
    logits = network(at, padded([e.line.phase for e in batch], 0.0).to(dtype), told)
    events = padded([e.line.events for e in batch], -100)
    return cross_entropy(logits.flatten(0, 1).float(), events.flatten())


def resumed(folder: Path, network: Improviser) -> dict[str, Any]:
    """Return `folder`'s checkpoint, with zeros for what `network` is told and it was not.

    Its optimisers then begin anew.
    """
    state = load(folder / FILE)
    sizes = {name: weight.shape for name, weight in network.named_parameters()}
    if sizes == {
        name: state["weights"][name].shape for name in sizes.keys() & state["weights"].keys()
    }:
        return state
    for part in ("weights", "average"):
        state[part] |= grown(state[part], network) if state[part] else {}
    return state | {"optimisers": []}


def train_improviser(
    folder: Path, budget_s: float, learning_rate: float, pack: Path | None
) -> None:
    """Train for `budget_s` seconds on `folder`'s songs, from its checkpoint if there is one.

    Where there is none, from the improviser of `pack`.
    """
    checkpoint = folder / FILE
    improviser = Improviser() if pack is None else shipped_improviser(pack)
    if (folder / READER_FILE).exists():
        load_reader(improviser.listener.prompt, folder)
    master = Master(improviser, learning_rate, warm_up=100, average_over=150)
    if checkpoint.exists():
        master.resume(resumed(folder, improviser))
    songbook = Songbook.load(Place(folder, pack))
    clock, drawn, losses = Clock(budget_s), batches(examples(songbook, master.step)), []
    for fraction in clock.ticks():
        loss = loss_of(cast("Improviser", master.network), next(drawn))
        loss.backward()  # type: ignore[no-untyped-call]
        norm = master.update(fall(fraction, 0.2))
        losses.append(loss.item())
        if master.step % LOG_EVERY == 0:
            row = {"step": master.step, "loss": float(np.mean(losses[-LOG_EVERY:])),
                   "norm": norm.item(), "seconds": clock.lap()}  # fmt: skip
            log(checkpoint.with_suffix(".csv"), row)
        if clock.save_due():
            save(master.state(), checkpoint)
    save(master.state(), checkpoint)


def trained_improviser(folder: Path) -> Improviser:
    """Return the improviser with the averaged weights of `folder`'s checkpoint."""
    network = Improviser()
    state = resumed(folder, network)
    network.load_state_dict(state["weights"] | state["average"])
    return network.eval()
