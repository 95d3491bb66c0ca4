"""Latents to audio and back by overlapping tiles, so that memory does not grow with the span."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from inference.arrays import Audio, Latents
from inference.canvas import rise
from inference.pack import Pack
from inference.progress import CancelToken
from inference.sessions import Net


class Tile(NamedTuple):
    """Latent frames `[start, end)` of which `[first, last)` are kept."""

    start: int
    end: int
    first: int
    last: int


def tiles(frames: int, tile: int, context: int, first_tile: int | None = None) -> Iterator[Tile]:
    """Yield tiles that keep each of `frames` latent frames once.

    The first has `first_tile` frames, so that sound comes early; each is twice the one before it,
    up to `tile`.
    """
    first, length = 0, min(first_tile or tile, tile)
    while first < frames:
        last = min(first + length, frames)
        yield Tile(max(first - context, 0), min(last + context, frames), first, last)
        first, length = last, min(2 * length, tile)


def decode(
    pack: Pack,
    net: Net,
    latents: Latents,
    cancel: CancelToken,
    on_tile: Callable[[int, Audio], None],
    *,
    thrift: int = 0,
) -> Audio:
    """Return audio, float32 (channels, latent_frames * audio_frames), -1..1.

    A tile fades into the next over one latent frame, as phases found tile by tile may differ.
    With `thrift` the sound is the same, but for rounding, where the decoder sees no further than
    its context. Where it finds phases tile by tile, others are found for the same magnitudes.
    `on_tile` is told of each tile's audio and the audio frame that it begins at.
    """
    step = pack.manifest.latent.audio_frames
    audio = np.empty((pack.manifest.audio.channels, len(latents) * step), np.float32)
    after = audio[:, :0]  # what the tile before makes of this tile's beginning
    for start, end, first, last in all_tiles(pack, len(latents), thrift):
        piece = net({"latents": latents[None, start:end]}, cancel)[0]
        kept = piece[:, (first - start) * step :].copy()
        fade_in(kept, after)
        sound = audio[:, first * step : last * step]
        # a graph's tanh may exceed 1 by a rounding
        np.clip(kept[:, : (last - first) * step], -1, 1, out=sound)
        after = kept[:, (last - first) * step :][:, :step]
        on_tile(first * step, sound)
    return audio


def fade_in(audio: Audio, before: Audio) -> None:
    """Let `audio` (channels, frames) begin as `before` and become itself over its length."""
    frames = min(before.shape[1], audio.shape[1])
    ramp = rise(frames)
    audio[:, :frames] = ramp * audio[:, :frames] + (1 - ramp) * before[:, :frames]


def encode(
    pack: Pack,
    net: Net,
    audio: Audio,
    cancel: CancelToken,
    on_tile: Callable[[], None],
    *,
    thrift: int = 0,
) -> Latents:
    """Return latents (latent_frames, channels) of audio whose length is a multiple of a frame's."""
    step = pack.manifest.latent.audio_frames
    latents = np.empty((audio.shape[1] // step, pack.manifest.latent.channels), np.float32)
    for start, end, first, last in all_tiles(pack, len(latents), thrift):
        sound = np.ascontiguousarray(audio[None, :, start * step : end * step])
        piece = net({"audio": sound}, cancel)[0]
        latents[first:last] = piece[first - start : last - start]
        on_tile()
    return latents


def all_tiles(pack: Pack, frames: int, thrift: int = 0) -> Iterator[Tile]:
    """Yield the tiles for `frames` latent frames of `pack`, made smaller `thrift` times.

    Smaller ones are of one length, as ONNX Runtime keeps memory for each that it has seen.
    """
    decoder = pack.manifest.decoder
    tile = thrifty_tile(decoder.tile, decoder.context, frames, thrift)
    return tiles(frames, tile, decoder.context, None if thrift else decoder.first_tile)


def thrifty_tile(tile: int, context: int, frames: int, thrift: int) -> int:
    """Return how long tiles are that are quartered `thrift` times, to need less memory.

    A tile that is shorter than its context needs hardly less.
    """
    if thrift == 0:
        return tile
    return max(min(tile, frames) >> 2 * thrift, min(tile, max(context, 1)))
