"""What a rendering measures, and the reasons to refuse it."""

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np

from inference.arrays import Audio
from inference.loudness import BLOCK_S, LoudnessMeter, TruePeakMeter

SILENCE_BLOCK_S: Final = 0.05
SILENCE_DBFS: Final = -60.0
CLIPPED_AT: Final = 0.9999
HARSH_HZ: Final = (2500.0, 6000.0)
SPECTRUM_FRAMES: Final = 4096
BLOCK_FRAMES: Final = 2**18


class QualityReport(msgspec.Struct, frozen=True):
    """Measures of one rendering; silence has -inf dBTP and LUFS."""

    true_peak_dbtp: float
    loudness_lufs: float
    silence_share: float  # of blocks of 50 ms below -60 dBFS
    dc: float  # the largest mean of a channel
    harsh_share: float  # of the energy, between 2.5 and 6 kHz
    clipped_samples: int


class QualityLimits(msgspec.Struct, frozen=True):
    """What a take may measure at most (loudness: at least); None sets no limit."""

    max_true_peak_dbtp: float | None = 1.0
    min_loudness_lufs: float | None = -50.0
    max_silence_share: float | None = 0.9
    max_dc: float | None = 0.02
    max_harsh_share: float | None = 0.6
    max_clipped_samples: int | None = 100


def measure(audio: Audio, sample_rate_hz: int) -> QualityReport:
    """Return the measures of finite `audio` (channels, frames)."""
    return QualityReport(
        true_peak_dbtp=to_db(true_peak(audio, sample_rate_hz)),
        loudness_lufs=loudness_lufs(audio, sample_rate_hz),
        silence_share=silence_share(audio, sample_rate_hz),
        dc=float(np.abs(audio.mean(axis=1, dtype=np.float64)).max()),
        harsh_share=harsh_share(audio, sample_rate_hz),
        clipped_samples=int(np.count_nonzero(np.abs(audio) >= CLIPPED_AT)),
    )


def gate(report: QualityReport, limits: QualityLimits) -> list[str]:
    """Return why a rendering that measures `report` is to be refused; nothing if it is good."""
    checks = (
        ("true peak", report.true_peak_dbtp, limits.max_true_peak_dbtp, "dBTP"),
        ("silence", report.silence_share, limits.max_silence_share, "of the time"),
        ("DC offset", report.dc, limits.max_dc, "of full scale"),
        ("energy at 2.5 to 6 kHz", report.harsh_share, limits.max_harsh_share, "of all"),
        ("clipping", report.clipped_samples, limits.max_clipped_samples, "samples"),
    )
    reasons = [
        f"{name} is {value:.4g} {unit}, above {limit:g}"
        for name, value, limit, unit in checks
        if limit is not None and value > limit
    ]
    least = limits.min_loudness_lufs
    if least is not None and report.loudness_lufs < least:
        reasons.append(f"loudness is {report.loudness_lufs:.4g} LUFS, below {least:g}")
    return reasons


def to_db(amplitude: float) -> float:
    """Return `amplitude` in dB of full scale."""
    return float(20 * np.log10(amplitude)) if amplitude > 0 else -np.inf


def blocks(audio: Audio, frames: int) -> Iterator[Audio]:
    """Yield `audio` in blocks of at most `frames`."""
    for start in range(0, audio.shape[1], frames):
        yield audio[:, start : start + frames]


def true_peak(audio: Audio, sample_rate_hz: int) -> float:
    """Return the largest amplitude between the samples, found by oversampling."""
    meter = TruePeakMeter(sample_rate_hz, len(audio))
    for block in blocks(audio, BLOCK_FRAMES):
        meter.add(block)
    return meter.end()


def loudness_lufs(audio: Audio, sample_rate_hz: int) -> float:
    """Return the integrated loudness; what is shorter than a block is taken as repeating."""
    needed = int(np.ceil(BLOCK_S * sample_rate_hz)) + 1
    if audio.shape[1] < needed:
        audio = np.tile(audio, (1, -(-needed // audio.shape[1])))
    meter = LoudnessMeter(sample_rate_hz, len(audio))
    for block in blocks(audio, BLOCK_FRAMES):
        meter.add(block)
    return -np.inf if meter.loudness_lufs is None else meter.loudness_lufs


def silence_share(audio: Audio, sample_rate_hz: int) -> float:
    """Return the share of blocks of 50 ms in which every channel is below -60 dBFS (RMS)."""
    block = max(round(SILENCE_BLOCK_S * sample_rate_hz), 1)
    starts = np.arange(0, audio.shape[1], block)
    lengths = np.diff(np.append(starts, audio.shape[1]))
    power = np.add.reduceat(np.square(audio), starts, axis=1) / lengths
    return float((power.max(axis=0) < 10 ** (SILENCE_DBFS / 10)).mean())


def harsh_share(audio: Audio, sample_rate_hz: int) -> float:
    """Return the share of the energy (without DC) that lies between 2.5 and 6 kHz."""
    window = np.hanning(SPECTRUM_FRAMES).astype(np.float32)
    power = np.zeros(SPECTRUM_FRAMES // 2 + 1)
    for block in blocks(audio, BLOCK_FRAMES):
        padded = np.pad(block, ((0, 0), (0, -block.shape[1] % SPECTRUM_FRAMES)))
        spectrum = np.fft.rfft(padded.reshape(-1, SPECTRUM_FRAMES) * window, axis=1)
        power += np.square(np.abs(spectrum)).sum(axis=0)
    hz = np.fft.rfftfreq(SPECTRUM_FRAMES, 1 / sample_rate_hz)
    harsh = (hz >= HARSH_HZ[0]) & (hz <= HARSH_HZ[1])
    total = power[2:].sum()  # the window spreads DC over the first two bins
    return float(power[harsh].sum() / total) if total > 0 else 0.0
