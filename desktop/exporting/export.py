"""Exports a song: all files are written aside, then put in place together."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeAlias

from desktop.document.query import find_track
from desktop.document.song import Song
from desktop.exporting.errors import ExportError, explained
from desktop.exporting.gaps import gaps
from desktop.exporting.options import ExportOptions
from desktop.exporting.output import AudioOutput, WrittenFile
from desktop.exporting.plan import PlannedFile, plan, planned_files
from desktop.exporting.wav import Origin
from desktop.exporting.writers import Dither, open_writer
from desktop.midi.writing import write_midi
from desktop.mixing.stems import OpenTake, mixed, open_stems, spans
from desktop.storage.files import folder_aside
from inference.errors import Cancelled
from inference.progress import CancelToken

PROGRAM: Final = "Partimento"

OnProgress: TypeAlias = Callable[[int, int], None]  # frames done, of how many


def ignore_progress(done: int, total: int) -> None:
    """Do nothing; for callers that do not watch."""


def export_song(
    song: Song,
    open_take: OpenTake,
    out: Path,
    options: ExportOptions,
    *,
    created: datetime | None = None,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> list[WrittenFile]:
    """Return the files written to `out`, which are those of `planned_files`, in that order.

    `open_take` is the take pool's `open`; `created` is the time that the files carry, now unless
    given. The same arguments give the same bytes. Raises ExportError, or Cancelled; both leave
    no part of a file behind, and what stood in `out` as it was.
    """
    planned = planned_files(song, out, options)
    if options.stems and not planned:
        raise ExportError("there is no stem to write, as no track is heard; unmute or add one")
    for path in planned:
        if path.is_dir():
            raise ExportError(f"{path} is a folder; rename it, or choose another place")
    with explained(out), _staging(out) as aside:
        job = _Job(song, options, aside, created or datetime.now().astimezone())
        watch = _Watch(on_progress, cancel or CancelToken())
        written = _write_audio(job, open_take, watch) if options.audio else []
        written += _write_midi(job)
        watch.raise_if_cancelled()
        return [_put_in_place(file, out) for file in written]


@dataclass(frozen=True, slots=True)
class _Watch:
    on_progress: OnProgress
    cancel: CancelToken

    def raise_if_cancelled(self) -> None:
        if self.cancel.cancelled:
            raise Cancelled("the export was cancelled, no file was written")


@dataclass(frozen=True, slots=True)
class _Job:
    """An export to `folder`, where nobody looks yet."""

    song: Song
    options: ExportOptions
    folder: Path
    created: datetime

    @property
    def sample_rate_hz(self) -> int:
        return self.options.rate_of(self.song)

    def output(self, file: PlannedFile, span: tuple[int, int]) -> AudioOutput:
        start, end = span
        description = f"{self.song.title}: {file.title}".removeprefix(": ")
        origin = Origin(description, f"{PROGRAM} {version('partimento')}", self.created, start)
        dither = Dither(self.options.dither_seed, file.track_id or 0)
        path, bits = self.folder / file.name, self.options.depth
        writer = open_writer(
            path, end - start, self.sample_rate_hz, bits, origin=origin, dither=dither
        )
        return AudioOutput(file, writer, self.sample_rate_hz)

    def written(self, output: AudioOutput, span: tuple[int, int]) -> WrittenFile:
        file = output.written(self.folder)
        if output.file.track_id is None:
            return file
        track = find_track(self.song, output.file.track_id)
        start_s, end_s = (frame / self.sample_rate_hz for frame in span)
        silent = gaps(track, self.song.tempo_map, start_s, end_s)
        return replace(file, warnings=(*silent, *file.warnings))


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    with folder_aside(out, "export") as aside:
        yield aside


def _write_audio(job: _Job, open_take: OpenTake, watch: _Watch) -> list[WrittenFile]:
    start, end = span = job.options.span_frames(job.song)
    files = [file for file in plan(job.song, job.options) if file.kind != "midi"]
    with ExitStack() as stack:
        stems = stack.enter_context(open_stems(job.song, job.sample_rate_hz, open_take))
        outputs = [stack.enter_context(closing(job.output(file, span))) for file in files]
        for at, frames in spans(start, end):
            watch.raise_if_cancelled()
            sounds = {stem.track.id: stem.read(at, frames) for stem in stems}
            mix = mixed(sounds.values(), frames)
            for output in outputs:
                track_id = output.file.track_id
                output.write(mix if track_id is None else sounds[track_id])
            watch.on_progress(at + frames - start, end - start)
    return [job.written(output, span) for output in outputs]


def _write_midi(job: _Job) -> Iterator[WrittenFile]:
    for file in plan(job.song, job.options):
        if file.kind == "midi":
            write_midi(job.song, job.folder / file.name)
            yield WrittenFile(job.folder / file.name, file.kind, file.title)


def _put_in_place(file: WrittenFile, out: Path) -> WrittenFile:
    with file.path.open("rb+") as content:
        os.fsync(content.fileno())  # or a power cut could leave an empty file for the old one
    return replace(file, path=file.path.replace(out / file.path.name))
