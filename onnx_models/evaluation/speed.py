"""`python -m onnx_models.evaluation.speed PACK SECONDS`: how fast and how large, alone."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from inference.pack import load_pack
from inference.pipeline import Engine
from inference.progress import Progress
from inference.request import Note, RenderRequest


class Speed(NamedTuple):
    """Seconds of sound made a second, the most memory that the process held, and how long the
    first second of sound takes.
    """

    times_real_time: float
    peak_memory_gb: float
    first_second_s: float


def peak_memory_gb() -> float:
    """Return the most memory that this process has held; on Linux exactly, else what it holds.

    Not getrusage: a child's figure there begins with its parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return float(line.split()[1]) * 1024 / 1e9
    return float(psutil.Process().memory_info().rss) / 1e9


def measure_here(folder: Path, duration_s: float, threads: int | None) -> Speed:
    """Return the speed of one whole render, after a short one that warms up."""
    pack = load_pack(folder)
    rate_hz = pack.manifest.audio.sample_rate_hz
    engine = Engine(pack, device="cpu", threads=threads)
    roles = pack.manifest.conditions.roles
    notes = tuple(Note(n / 4, 0.2, 60 + n * 5 % 12, 90) for n in range(int(4 * duration_s)))
    asked = RenderRequest(
        pack_id=pack.id, frames=round(duration_s * rate_hz), prompt="piano", notes=notes,
        role="lead" if "lead" in roles else next(iter(roles), "mix"),
    )  # fmt: skip
    engine.render(RenderRequest(pack_id=pack.id, frames=rate_hz, role=asked.role, prompt="piano"))
    started = time.perf_counter()
    heard_s: list[float] = []

    def listen(progress: Progress) -> None:
        sound = progress.sound
        if sound is not None and sound.first_frame + sound.audio.shape[1] >= rate_hz:
            heard_s.append(time.perf_counter() - started)

    engine.render(asked, listen, hear=True)
    took_s = time.perf_counter() - started
    return Speed(duration_s / took_s, peak_memory_gb(), heard_s[0])


def measure_speed(folder: Path, duration_s: float, threads: int | None = None) -> Speed:
    """Return the pack's speed on the CPU, measured in a process of its own."""
    command = [sys.executable, "-m", __name__, str(folder), str(duration_s), str(threads or 0)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return Speed(**json.loads(result.stdout))


if __name__ == "__main__":
    pack_folder, seconds, count = sys.argv[1:]
    speed = measure_here(Path(pack_folder), float(seconds), int(count) or None)
    sys.stdout.write(json.dumps(speed._asdict()))
