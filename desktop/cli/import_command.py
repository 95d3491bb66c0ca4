"""`partimento import`."""

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import click

from desktop.cli.open_project import OpenProject, new_project
from desktop.cli.options import FILE, FOLDER, TEXT, legible, reporting, track_option
from desktop.cli.prompting import prompted, spread
from desktop.cli.report import Report, counted
from desktop.cli.selection import select_tracks
from desktop.document.edits import add_track
from desktop.document.song import Settings, Song, Track
from desktop.document.time import Tick
from desktop.importing.audio import SUFFIXES, import_audio, place_audio, sample_rate_of
from desktop.importing.tracks import with_tracks
from desktop.midi.reading import read_midi
from desktop.storage.project import Project, project_path


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, help="The new song; by default named as FILE.")
@click.option(
    *("--prompt", "prompts"),
    type=TEXT,
    multiple=True,
    help="A region over each track, to be rendered; once for all tracks, or once for each.",
)
@click.option("--into", type=FOLDER, help="Add the tracks to this song instead, in its tempo.")
@track_option
@reporting
def command(
    file: Path,
    *,
    out: Path | None,
    prompts: tuple[str, ...],
    into: Path | None,
    tracks: tuple[str, ...],
    report: Report,
) -> None:
    """Make a song from the MIDI file FILE, or add its tracks to a song.

    An audio file (WAV, FLAC, OGG, MP3, AIFF) becomes a track of its own.
    """
    if out is not None and into is not None:
        raise click.UsageError("give --out for a new song or --into for an old one, not both")
    if file.suffix.lower() in SUFFIXES:
        if prompts or tracks:
            raise click.UsageError("--prompt and --track are for MIDI files")
        folder = import_sound(file, out, into, report)
        report.result(str(folder), "file", path=str(folder))
        report.note("1 track", "done", song=str(folder), tracks=[legible(file.stem)])
        return
    read = read_midi(file)
    chosen = select_tracks(read.tracks, tracks)
    if prompts:
        read = prompted(read, chosen, spread(prompts, chosen), negative="")
        chosen_ids = {track.id for track in chosen}
        chosen = tuple(track for track in read.tracks if track.id in chosen_ids)
    if into is None:
        folder = project_path(out or Path(file.stem))
        title = read.title if out is None else legible(folder.stem)
        Project.create(folder, replace(read, title=title, tracks=chosen)).close()
    else:
        folder = add_to(into, chosen, report)
    report.result(str(folder), "file", path=str(folder))
    names = [track.name for track in chosen]
    report.note(
        f"{counted(len(names), 'track')}: {', '.join(names)}",
        "done",
        song=str(folder),
        tracks=names,
    )


def import_sound(file: Path, out: Path | None, into: Path | None, report: Report) -> Path:
    """Return the folder of the song, new or at `into`, that plays `file` on a track of its own."""
    name = project_path(out or Path(file.stem))
    settings = Settings(sample_rate_hz=sample_rate_of(file))
    opening: AbstractContextManager[OpenProject] = (
        new_project(name, Song(title=legible(name.stem), settings=settings))
        if into is None
        else OpenProject.open(into, report)
    )
    with opening as opened:
        track_id = opened.song.next_id
        song = add_track(opened.song, legible(file.stem), "mix")
        opened.save(place_audio(song, track_id, Tick(0), import_audio(file, opened.takes)))
        return opened.folder


def add_to(path: Path, tracks: tuple[Track, ...], report: Report) -> Path:
    """Return the folder of the song at `path`, the tracks now its last."""
    with OpenProject.open(path, report) as opened:
        opened.save(with_tracks(opened.song, tracks))
        return opened.folder
