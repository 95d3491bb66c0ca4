"""What an input hears goes to disk as it comes in.

The input's thread only puts blocks into a queue; a thread of ours writes them. A frame's moment is
that of the first plus its number over the rate, so what the input loses is written as silence.

No block arrives before its last frame was heard; how long that one waited, the system says. While
it does not know yet it says too much (PulseAudio: up to half a second, for the first second), and
some blocks arrive late. So of the last ones, the earliest and the shortest wait are believed.
"""

import queue
import threading
import time
from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.engine.device import Block, DeviceError, Input
from desktop.engine.messages import CaptureBegan, CaptureEnded, CaptureLevel, StartCapture
from desktop.engine.reporter import Reporter
from desktop.storage.errors import StorageError
from desktop.storage.recordings import RecordingFile

LOOK_S: Final = 0.1  # between looks for what ends it
FIRST_S: Final = 5.0  # so long an input may take to wake up
GONE_S: Final = 2.0  # one that has said nothing for so long since is gone
LAST_S: Final = 0.5  # so long is waited for what was heard before the end
LEVEL_S: Final = 0.04
SYNC_S: Final = 1.0
MAX_S: Final = 30 * 60  # all of it is listened to at once
MOMENTS: Final = 256  # blocks that say when it began: seconds, in which no two clocks drift apart


class Capture:
    """Writes what an input hears until it is ended, or cannot go on; the reporter tells of it."""

    def __init__(self, order: StartCapture, reporter: Reporter) -> None:
        self._path, self._device, self._reporter = order.path, order.device, reporter
        self._blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        self._end_at_s: float | None = None
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let it end with what has been heard by now."""
        if self._end_at_s is None:
            self._end_at_s = time.monotonic()

    def join(self) -> None:
        """Wait until the file is whole."""
        self._thread.join()

    def _run(self) -> None:
        try:
            source = Input(self._device, self._blocks.put)
        except DeviceError as error:
            self._reporter.tell(CaptureEnded(self._path, 0, message=str(error)))
            return
        try:
            file = RecordingFile(self._path, source.sample_rate_hz, source.channels)
        except StorageError as error:
            source.close()
            self._reporter.tell(CaptureEnded(self._path, 0, message=str(error)))
            return
        writer = _Writer(file, source)
        why = self._write(source, writer)
        source.close()
        file.close()
        self._reporter.tell(
            CaptureEnded(self._path, file.frames, writer.began_at_s, writer.highest, why)
        )

    def _write(self, source: Input, writer: "_Writer") -> str:
        """Write what comes in; return why it ended, empty where it was asked to."""
        last_at_s = time.monotonic() + FIRST_S - GONE_S
        try:
            while not self._is_done(writer):
                try:
                    block = self._blocks.get(timeout=LOOK_S)
                except queue.Empty:
                    if not source.is_alive or time.monotonic() > last_at_s + GONE_S:
                        return f"{source.name} is gone; what was recorded is kept, connect it again"
                    continue
                if not writer.frames:  # not before, or what is sung to the first beat may be lost
                    began = CaptureBegan(self._path, source.name, source.sample_rate_hz)
                    self._reporter.tell(began)
                last_at_s = time.monotonic()
                writer.take(block)
                if (level := writer.due_level()) is not None:
                    self._reporter.show_input(level)
                if writer.frames > MAX_S * source.sample_rate_hz:
                    return f"a recording may last {MAX_S // 60} minutes; start another"
        except StorageError as error:
            return str(error)
        return ""

    def _is_done(self, writer: "_Writer") -> bool:
        end_at_s, now_s = self._end_at_s, time.monotonic()
        if end_at_s is None:
            return False
        return now_s > end_at_s + LAST_S or (writer.frames > 0 and writer.ends_at_s >= end_at_s)


class _Writer:
    """Appends blocks to a file, in step with the clock, and measures them."""

    def __init__(self, file: RecordingFile, source: Input) -> None:
        self._file, self._channels = file, source.channels
        self._rate_hz: int = source.sample_rate_hz
        self._began: deque[float] = deque(maxlen=MOMENTS)  # had the last frame not waited
        self._waits: deque[float] = deque(maxlen=MOMENTS)
        self.highest = 0.0
        self._peak = self._square = 0.0
        self._measured = 0
        self._level_at_s = self._sync_at_s = time.monotonic()

    @property
    def frames(self) -> int:
        """Return how much was written."""
        return self._file.frames

    @property
    def began_at_s(self) -> float:
        """Return the moment at which the first frame was heard."""
        return min(self._began) - min(self._waits) if self._began else 0.0

    @property
    def ends_at_s(self) -> float:
        """Return the moment at which the last frame was heard."""
        return self.began_at_s + self.frames / self._rate_hz

    def take(self, block: Block) -> None:
        """Write a block; StorageError when the disk refuses."""
        start_s = block.at_s - block.frames / self._rate_hz
        # of a block that they give in parts, some systems say that it is heard after it arrives
        wait_s = max(0.0, start_s - (block.at_s - block.delay_s))
        if block.lost and self._began:
            missing = round((start_s - wait_s - self.ends_at_s) * self._rate_hz)
            self._file.write(np.zeros((max(0, missing), self._channels), np.float32))
        self._began.append(start_s - self.frames / self._rate_hz)
        self._waits.append(wait_s)
        sound = np.frombuffer(block.samples, np.float32).reshape(-1, self._channels)
        # a driver's slip would make all of the recording unreadable
        sound = np.nan_to_num(sound, nan=0.0, posinf=1.0, neginf=-1.0)
        self._measure(sound)
        self._file.write(sound)
        if block.at_s > self._sync_at_s + SYNC_S:
            self._sync_at_s = block.at_s
            self._file.sync()

    def due_level(self) -> CaptureLevel | None:
        """Return the level since the last one, now and then."""
        now_s = time.monotonic()
        if now_s < self._level_at_s + LEVEL_S:
            return None
        rms = (self._square / max(1, self._measured)) ** 0.5
        level = CaptureLevel(self._peak, rms, self.frames, self.began_at_s)
        self._level_at_s, self._peak, self._square, self._measured = now_s, 0.0, 0.0, 0
        return level

    def _measure(self, sound: NDArray[np.float32]) -> None:
        peak = float(np.abs(sound).max(initial=0.0))
        self._peak, self.highest = max(self._peak, peak), max(self.highest, peak)
        self._square += float(np.square(sound).sum()) / self._channels
        self._measured += len(sound)


class Captures:
    """The one capture that may run at a time."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._running: Capture | None = None

    def start(self, order: StartCapture) -> None:
        """Start another, once the last has ended."""
        self.end_and_wait()
        self._running = Capture(order, self._reporter)

    def end(self) -> None:
        """Let the running one end."""
        if self._running is not None:
            self._running.end()

    def end_and_wait(self) -> None:
        """Let it end, and wait until its file is whole."""
        if self._running is not None:
            self._running.end()
            self._running.join()
            self._running = None
