"""Makes the songs that training reads: composes, plays, encodes; stops when there are enough."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import soundfile  # type: ignore[import-untyped]
import torch

from onnx_models.composer import compose
from onnx_models.networks.latents import (
    SAMPLE_RATE_HZ,
    FastLogMel,
    Pca,
    fast_encoder,
    load_pca,
    save_pca,
)
from onnx_models.synth import soundfonts
from onnx_models.training.shipped import shipped_pca
from onnx_models.training.songs import SONG_S, Floats, make_song, save_song, stems_of, with_mix

PCA_SONGS: Final = 48
AUDIO_SONGS: Final = 240  # songs whose audio is kept too, for the vocoder


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
    """Write `sources` (sources, 2, frames) end to end as 16-bit WAV."""
    joined = np.concatenate(list(sources), axis=1).T
    soundfile.write(path, np.clip(joined, -1, 1), SAMPLE_RATE_HZ, subtype="PCM_16")


def map_of_latents(folder: Path, pack: Path | None) -> Pca:
    """Return the map of `folder`; where it has none, that of `pack`, or a newly fitted one."""
    path = folder / "pca.pt"
    if path.exists():
        return load_pca(path)
    if pack is None:
        return fit_pca(path)
    pca = shipped_pca(pack)
    save_pca(pca, path)
    return pca


def prepare(folder: Path, songs: int, pack: Path | None) -> Iterator[int]:
    """Make songs 0 to `songs` below `folder` where they are missing; yield each seed made."""
    for name in ("songs", "audio"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    encoder = fast_encoder(map_of_latents(folder, pack))
    for seed in range(songs):
        path = folder / "songs" / f"{seed:07d}.npz"
        if path.exists():
            continue
        song, sources = make_song(seed, soundfont_for(seed), encoder)
        if seed < AUDIO_SONGS:
            save_audio(sources, audio_path(folder, seed))
        save_song(song, path)
        yield seed
