"""A song that nobody composed, for tests that need no music."""

import numpy as np

from onnx_models.networks.latents import CHANNELS
from onnx_models.training.songs import Song, Source

FRAMES = 600


def made_up_song() -> Song:
    rng = np.random.default_rng(0)
    shape = (5, FRAMES, CHANNELS)
    return Song(
        seed=7,
        sources=(
            Source("mix", -1, ("both", "all", "全部", "合奏")),
            Source("lead", 0, ("a lead", "lead", "主奏", "旋律")),
            Source("harmony", 2, ("chords", "harmony", "和声", "和弦")),
            Source("bass", 3, ("a bass", "bass", "贝斯", "低音")),
            Source("drums", 1, ("a beat", "drums", "鼓", "节拍")),
        ),
        latents=rng.normal(size=shape).astype(np.float16),
        context=rng.normal(size=shape).astype(np.float16),
        notes=np.array([[0, 1.0, 0.5, 60, 127], [1, 1.0, 0.1, 36, 127]], np.float32),
        roles=("lead", "drums", "harmony", "bass"),
        bpm=120.0,
        beats_per_bar=4.0,
    )
