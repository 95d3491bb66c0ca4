"""MusicGen-small (arXiv 2306.05284) by its sizes, with random weights: nothing is downloaded."""

from typing import Final

import torch
from transformers import (
    EncodecConfig,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    T5Config,
)

from tests.benchmarks.harness import duration_s

PROMPT_TOKENS: Final = 16
TOKENS_A_SECOND: Final = 50
DELAY: Final = 3  # tokens more, as each of the 4 codebooks runs one behind the last
START: Final = 2048  # the token after the last of a codebook
PROBE: Final = 10
PATIENCE_S: Final = 240.0


class MusicGen:
    """T5-base's encoder, the 24-layer decoder with guidance, and the 32 kHz EnCodec."""

    def __init__(self, threads: int) -> None:
        torch.set_num_threads(threads)
        config = MusicgenConfig(
            text_encoder=T5Config(d_model=768, d_ff=3072, num_layers=12, num_heads=12),
            audio_encoder=EncodecConfig(
                sampling_rate=32_000,
                upsampling_ratios=[8, 5, 4, 4],
                codebook_size=START,
                target_bandwidths=[2.2],
                use_causal_conv=False,
            ),
            decoder=MusicgenDecoderConfig(),
        )
        self._model = MusicgenForConditionalGeneration(config)
        self._model.eval()  # type: ignore[no-untyped-call]
        self._model.generation_config.decoder_start_token_id = START
        self._prompt = torch.randint(1, 32_000, (1, PROMPT_TOKENS))

    def timed(self, span_s: float) -> tuple[float, float]:
        """Return how many seconds were generated, and in how many.

        All of `span_s`, or what some minutes suffice for. A token costs more the more there are
        before it, so that scaling up a shorter span flatters MusicGen.
        """
        self.generate(PROBE)
        pace_s = duration_s(lambda: self.generate(PROBE)) / PROBE
        tokens = min(round(span_s * TOKENS_A_SECOND), max(PROBE, int(PATIENCE_S / pace_s)))
        return tokens / TOKENS_A_SECOND, duration_s(lambda: self.generate(tokens))

    @torch.inference_mode()
    def generate(self, tokens: int) -> torch.Tensor:
        """Return audio (1, 1, frames)."""
        audio: torch.Tensor = self._model.generate(
            input_ids=self._prompt,
            attention_mask=torch.ones_like(self._prompt),
            do_sample=True,
            guidance_scale=3.0,
            max_new_tokens=tokens + DELAY,
        )
        return audio
