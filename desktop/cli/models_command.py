"""`partimento models`."""

from pathlib import Path
from typing import Any

import click

from desktop.cli.open_project import OpenProject
from desktop.cli.options import FILE, FOLDER, region_option, reporting, track_option
from desktop.cli.report import Report, counted
from desktop.cli.selection import select_regions
from desktop.document.edits import set_pack, set_song_pack
from desktop.rendering.packs import all_packs, bundled_folder, find_pack, user_folder
from inference.errors import PackError
from inference.install import install, remove
from inference.pack import Pack
from inference.pipeline import understood_by


@click.group("models")
def command() -> None:
    """List, show, verify, add, use and remove model packs."""


@command.command("list")
@reporting
def list_packs(report: Report) -> None:
    """List the packs, and those that cannot be used with the reason."""
    count = 0
    for found in all_packs():
        if isinstance(found, Pack):
            count += 1
            line = f"{found.id} {found.manifest.version}  {found.manifest.name}  {found.folder}"
            report.result(line, "pack", **summary(found))
        else:
            report.note(str(found))
    report.note(
        f"{counted(count, 'pack')}; add one with `partimento models add`", "done", packs=count
    )


@command.command("show")
@click.argument("pack_id", metavar="ID")
@reporting
def show(pack_id: str, report: Report) -> None:
    """Show what a pack is and can do."""
    facts = summary(find_pack(pack_id))
    text = "\n".join(f"{name.replace('_', ' ')}: {words(value)}" for name, value in facts.items())
    report.result(text, "pack", **facts)
    report.note("see MODEL_CARD.md in its folder for more", "done")


@command.command("verify")
@click.argument("pack_ids", metavar="[ID]...", nargs=-1)
@reporting
def verify(pack_ids: tuple[str, ...], report: Report) -> int:
    """Check every file of the packs, of all without an ID, against its hash."""
    bad = 0
    for found in [find_pack(pack_id) for pack_id in pack_ids] or all_packs():
        problem = problem_of(found)
        bad += bool(problem)
        name = found.id if isinstance(found, Pack) else "pack"
        report.result(f"{name}: {problem or 'intact'}", "verdict", pack=name, problem=problem)
    report.note(f"{bad} damaged", "done", damaged=bad)
    return 1 if bad else 0


@command.command("add")
@click.argument("source", type=FILE)
@reporting
def add(source: Path, report: Report) -> None:
    """Install the pack in SOURCE: a folder, .zip or .tar(.gz, .xz, .bz2).

    A pack of the same id that was installed before is replaced.
    """
    if not source.exists():
        raise PackError(f"there is no {source}; check the path")
    pack = install(source, user_folder())
    report.result(str(pack.folder), "pack", **summary(pack))
    report.note(f"installed {pack.id} {pack.manifest.version}", "done")


@command.command("use")
@click.argument("song", type=FOLDER)
@click.argument("pack_id", metavar="[ID]", required=False)
@track_option
@region_option
@reporting
def use(
    song: Path,
    pack_id: str | None,
    *,
    tracks: tuple[str, ...],
    region_ids: tuple[int, ...],
    report: Report,
) -> None:
    """Let a pack render SONG from now on, or with --track or --region some regions of it.

    Without ID, regions are rendered by the song's pack again, and the song by the default one.
    """
    if pack_id is not None:
        find_pack(pack_id)
    with OpenProject.open(song, report) as opened:
        if tracks or region_ids:
            chosen = select_regions(opened.song, tracks, region_ids, lambda _region: True)
            opened.save(set_pack(opened.song, frozenset(chosen), pack_id))
            what, pack = counted(len(chosen), "region"), pack_id or "the song's pack"
        else:
            chosen = ()
            opened.save(set_song_pack(opened.song, pack_id))
            what, pack = "the song", pack_id or "the default pack"
    regions = list(chosen)
    report.note(f"{pack} renders {what} from now on", "done", pack_id=pack_id, regions=regions)


@command.command("remove")
@click.argument("pack_id", metavar="ID")
@reporting
def remove_pack(pack_id: str, report: Report) -> None:
    """Remove an installed pack; those that come with the program stay."""
    mine = user_folder() / pack_id
    if not mine.exists() and (bundled_folder() / pack_id).exists():
        raise PackError(f"pack {pack_id!r} comes with the program and is not removed")
    remove(pack_id, user_folder())
    report.result(f"removed {mine}", "done", path=str(mine))


def problem_of(found: Pack | PackError) -> str:
    """Return what is wrong with a pack, nothing when it is intact."""
    if isinstance(found, PackError):
        return str(found)
    try:
        found.verify()
    except PackError as error:
        return str(error)
    return ""


def summary(pack: Pack) -> dict[str, Any]:
    """Return the facts about a pack."""
    manifest = pack.manifest
    return {
        "id": pack.id,
        "name": manifest.name,
        "version": manifest.version,
        "licence": manifest.licence,
        "folder": str(pack.folder),
        "sample_rate_hz": manifest.audio.sample_rate_hz,
        "channels": manifest.audio.channels,
        "steps": manifest.sampling.steps,
        "understands": sorted(understood_by(pack)),
        "improvises": manifest.improvisation is not None,
        "roles": list(manifest.conditions.roles),
        "size_bytes": sum(entry.bytes for entry in manifest.files.values()),
        "sha256": pack.sha256,
    }


def words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
