"""Makes the songs that training reads: composes, plays, encodes; stops when there are enough."""

import wave
from collections.abc import Iterator
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import torch

from onnx_models.composer import compose
from onnx_models.networks.latents import (
    PCA_FILE,
    SAMPLE_RATE_HZ,
    Encoder,
    FastLogMel,
    Pca,
    fast_encoder,
    load_pca,
    save_pca,
)
from onnx_models.synth import soundfonts
from onnx_models.training.readings import Readings, readings
from onnx_models.training.run import Place
from onnx_models.training.shipped import shipped_pca
from onnx_models.training.songs import (
    SONG_S,
    Floats,
    load_song,
    make_song,
    save_song,
    stems_of,
    with_mix,
)

PCA_SONGS: Final = 48


def soundfont_for(seed: int) -> Path:
    """Return the SoundFont that plays song `seed`: each in turn."""
    fonts = soundfonts()
    return fonts[seed % len(fonts)]


def fit_pca(path: Path) -> Pca:
    """Fit the latents' linear map on composed songs and write it to `path`."""
    log_mel = FastLogMel()
    spectra = []
    for seed in range(PCA_SONGS):
        sources, _ = with_mix(stems_of(compose(seed, SONG_S), soundfont_for(seed)))
        chosen = sources[[0, 1 + seed % (len(sources) - 1)]]
        spectra.append(log_mel(torch.from_numpy(chosen)).flatten(0, 1))
    pca = Pca()
    variances = pca.fit(torch.cat(spectra))
    kept = float(variances[: len(pca.scale)].sum() / variances.sum())
    print(f"pca keeps {kept:.1%} of the variance", flush=True)  # noqa: T201
    save_pca(pca, path)
    return pca


def audio_path(folder: Path, seed: int) -> Path:
    """Return where song `seed`'s audio is kept, all sources one after another."""
    return folder / "audio" / f"{seed:07d}.wav"


def save_audio(sources: Floats, path: Path) -> None:
    """Write `sources` (sources, 2, frames) end to end as 16-bit WAV, all of it or nothing."""
    joined = np.concatenate(list(sources), axis=1).T
    partial = path.with_suffix(".partial")
    with wave.open(str(partial), "wb") as file:
        file.setparams((2, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.round(np.clip(joined, -1, 1) * 32767).astype("<i2").tobytes())
    partial.replace(path)


def map_of_latents(place: Place) -> Pca:
    """Return the map of the folder; where it has none, that of the pack, or a newly fitted one."""
    path = place.folder / PCA_FILE
    if path.exists():
        return load_pca(path)
    if place.pack is None:
        return fit_pca(path)
    pca = shipped_pca(place.pack)
    save_pca(pca, path)
    return pca


def make(place: Place, audio_until: int, seed: int) -> int:
    """Make song `seed` where it is missing, and read its captions by the reader; return it.

    Of songs before `audio_until` the audio is kept too, for the vocoder.
    """
    path, reads = song_path(place.folder, seed), reader_of(place)
    if path.exists():
        reads(load_song(path))
        return seed
    song, sources = make_song(seed, soundfont_for(seed), encoder_of(place))
    if seed < audio_until:
        save_audio(sources, audio_path(place.folder, seed))
    reads(song)
    save_song(song, path)  # last: a training run that sees it finds the rest
    return seed


@lru_cache(maxsize=1)
def encoder_of(place: Place) -> Encoder:
    """Return this process's encoder."""
    return fast_encoder(map_of_latents(place))


@lru_cache(maxsize=1)
def reader_of(place: Place) -> Readings:
    """Return this process's reader."""
    return readings(place)


def song_path(folder: Path, seed: int) -> Path:
    """Return where song `seed` is kept."""
    return folder / "songs" / f"{seed:07d}.npz"


def prepare(
    place: Place, songs: int, audio: int, workers: int = 1, first: int = 0
) -> Iterator[int]:
    """Make `songs` songs from seed `first` on, and read them; yield each seed when it is there.

    Of the first `audio` of them the audio is kept too. `workers` processes make them side by side.
    """
    for name in ("songs", "audio"):
        (place.folder / name).mkdir(parents=True, exist_ok=True)
    map_of_latents(place)  # before the workers need it
    seeds = range(first, first + songs)
    if workers == 1:
        yield from (make(place, first + audio, seed) for seed in seeds)
        return
    with get_context("spawn").Pool(workers, torch.set_num_threads, (1,)) as pool:
        yield from pool.imap_unordered(partial(make, place, first + audio), seeds)
