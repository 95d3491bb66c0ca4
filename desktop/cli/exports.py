"""What leaves a song: stems, the mix, MIDI."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from desktop.cli.report import OnShare, Report
from desktop.document.song import Song
from desktop.exporting.options import ExportOptions
from desktop.rendering.jobs import Pace
from desktop.storage.errors import reporting
from desktop.storage.pool import TakePool

if TYPE_CHECKING:
    from desktop.exporting.export import OnProgress
    from desktop.exporting.output import WrittenFile


def prepare(out: Path) -> None:
    """Make the folder `out`, and see that it can be written before any work begins."""
    with reporting(out, "written"):
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass


def export_project(
    song: Song, takes: TakePool, out: Path, options: ExportOptions, report: Report
) -> list[Path]:
    """Return the files of `song` written to `out`, each told of with what it measures."""
    from desktop.exporting.export import export_song  # noqa: PLC0415 (SciPy takes a second)

    with report.progress(f"exporting to {out}") as on_share:
        files = export_song(song, takes.open, out, options, on_progress=shares(on_share))
    for file in files:
        tell_file(file, report)
    return [file.path for file in files]


def shares(on_share: OnShare) -> "OnProgress":
    """Return what passes an export's progress on, with the time left."""
    pace = Pace()

    def on_progress(done: int, total: int) -> None:
        on_share(done / total, "export", pace.seconds_left(done / total))

    return on_progress


def tell_file(file: "WrittenFile", report: Report) -> None:
    report.result(
        str(file.path),
        "file",
        **{"path": str(file.path), "kind": file.kind, "title": file.title},
        **{"frames": file.frames, "sample_rate_hz": file.sample_rate_hz},
        **{"peak_dbfs": file.peak_dbfs, "loudness_lufs": file.loudness_lufs},
        warnings=list(file.warnings),
    )
    for warning in file.warnings:
        report.note(f"{file.path.name}: {warning}")
