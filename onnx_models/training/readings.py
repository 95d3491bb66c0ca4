"""What the songs' captions are read as; each song is read once and the reading kept."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onnx_models.networks.denoiser import Size
from onnx_models.networks.prompt import ASKED, Prompt
from onnx_models.text_encoder.encode import TextEncoder
from onnx_models.training.prompt import READER_FILE, load_reader, read
from onnx_models.training.run import Place
from onnx_models.training.shipped import shipped_denoiser
from onnx_models.training.songs import Song


@dataclass(frozen=True)
class Readings:
    """Reads captions by `reader` and keeps what it read below `folder`."""

    folder: Path
    reader: Prompt
    text: Path

    @cached_property
    def encoder(self) -> TextEncoder:
        """Return the text encoder."""
        return TextEncoder(self.text)

    @cached_property
    def place(self) -> Path:
        """Return the folder that keeps what this very reader read."""
        told = sha256(b"".join(b.cpu().numpy().tobytes() for b in self.reader.buffers()))
        return self.folder / "readings" / told.hexdigest()[:12]

    def __call__(self, song: Song) -> Tensor:
        """Return what `song`'s captions ask for, float16 (sources, captions, sum(ASKED))."""
        path = self.place / f"{song.seed:07d}.npy"
        if not path.exists():
            self.place.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial.npy")
            np.save(partial, self.read(song).numpy())
            partial.replace(path)
        return torch.from_numpy(np.load(path))

    def read(self, song: Song) -> Tensor:
        """Read `song`'s captions."""
        captions = [caption for source in song.sources for caption in source.captions]
        asked = torch.stack(read(self.reader, captions, self.encoder)).half()
        asked[[not caption for caption in captions]] = 0
        return asked.reshape(len(song.sources), -1, sum(ASKED))


def readings(place: Place) -> Readings:
    """Return what reads as the folder's reader, or as that of the pack where there is none.

    ValueError where there is neither.
    """
    folder, pack = place
    text = folder.parent / "text"
    if (folder / READER_FILE).exists():
        reader = Prompt(Size().text, 1)
        load_reader(reader, folder)
    elif pack is not None:
        reader = shipped_denoiser(pack).prompt
    else:
        raise ValueError(f"{folder / READER_FILE} is missing; run `train reader` first")
    return Readings(folder, reader, text if pack is None or text.exists() else pack)
