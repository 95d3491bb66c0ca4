"""Projects: made, saved, opened, recovered, and refused with a reason."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.document.song import Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.storage.codec import decode, encode
from desktop.storage.errors import (
    DamagedSongError,
    FileAccessError,
    NewerVersionError,
    NotAProjectError,
    ProjectExistsError,
    ProjectLockedError,
)
from desktop.storage.project import KEPT_BACKUPS, Project, project_path, read_project


def song_with_take(sha256: str) -> Song:
    take = Take("a", sha256, "flac", 100, 44100, "2026-01-01T00:00:00Z")
    region = Region(2, Tick(0), Tick(960), takes=(take,), active_take="a")
    return Song("sung", (Track(1, regions=(region,)),), next_id=3)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def backed_up_titles(folder: Path) -> list[str]:
    return [decode(path.read_bytes()).song.title for path in sorted(folder.glob("backups/*"))]


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder without permissions, for a user whom permissions hold."""
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o000)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield locked
    if is_root:
        os.seteuid(0)
    locked.chmod(0o700)


def test_a_saved_song_is_there_when_opened_again(project: Project) -> None:
    project.save(Song("second"))
    project.close()
    with Project.open(project.folder) as again:
        assert again.opened.song == Song("second")
        assert again.opened.recovered is None


def test_saves_keep_the_newest_ten_earlier_songs(project: Project) -> None:
    for n in range(KEPT_BACKUPS + 3):
        project.save(Song(str(n)))
    assert backed_up_titles(project.folder) == [str(n) for n in range(2, KEPT_BACKUPS + 2)]


def test_saving_an_unchanged_song_takes_no_backup_away(project: Project) -> None:
    project.save(Song("second"))
    before = contents(project.folder)
    project.save(Song("second"))
    assert contents(project.folder) == before


def test_reading_changes_nothing_and_needs_no_lock(project: Project) -> None:
    project.autosave(Song("unsaved"))
    before = contents(project.folder)
    assert read_project(project.folder).recovered == Song("unsaved")
    assert contents(project.folder) == before


def test_a_project_is_never_made_over_something(project: Project, tmp_path: Path) -> None:
    (tmp_path / "Full.partimento").mkdir()
    (tmp_path / "Full.partimento" / "letter.txt").write_text("dear")
    (tmp_path / "File.partimento").write_text("dear")
    (tmp_path / "Link.partimento").symlink_to(tmp_path / "nowhere")
    before = contents(tmp_path)
    for taken in tmp_path.iterdir():
        with pytest.raises(ProjectExistsError, match="choose another name"):
            Project.create(taken, Song("mine"))
    assert contents(tmp_path) == before
    assert read_project(project.folder).song == Song("first")


def test_a_project_can_be_made_where_making_it_was_cut_short(folder: Path) -> None:
    (folder / "takes").mkdir(parents=True)
    (folder / ".lock").write_text("77\n")
    (folder / ".song.json.0123abcd.tmp").write_text("{")
    with Project.create(folder, Song("again")) as project:
        assert project.opened.song == Song("again")
    assert not (folder / ".song.json.0123abcd.tmp").exists()


def test_a_new_projects_folder_has_the_ending(tmp_path: Path) -> None:
    assert project_path(tmp_path / "No. 5") == tmp_path / "No. 5.partimento"
    assert project_path(tmp_path / "A.partimento") == tmp_path / "A.partimento"
    with pytest.raises(ValueError, match=r"must end in \.partimento, got 'A'"):
        Project.create(tmp_path / "A", Song())


def test_a_second_writer_is_told_which_song_is_open_and_where(project: Project) -> None:
    with pytest.raises(ProjectLockedError, match=rf"Étude 1.*open.*process {os.getpid()}"):
        Project.open(project.folder)
    project.close()
    Project.open(project.folder).close()


def test_a_killed_program_gives_its_lock_back(folder: Path) -> None:
    with Project.create(folder, Song()):
        pass
    code = (
        "import sys, time; from pathlib import Path; from desktop.storage.project import Project\n"
        "p = Project.open(Path(sys.argv[1])); print(flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        with pytest.raises(ProjectLockedError, match=f"process {child.pid}"):
            Project.open(folder)
        child.kill()
        child.wait()
    Project.open(folder).close()


def test_an_autosave_is_reported_until_a_later_save(project: Project) -> None:
    project.autosave(Song("unsaved"))
    project.close()
    for _ in range(2):
        with Project.open(project.folder) as again:
            assert again.opened.song == Song("first")
            assert again.opened.recovered == Song("unsaved")
    with Project.open(project.folder) as again:
        again.save(Song("unsaved"))
    assert read_project(project.folder).recovered is None
    assert backed_up_titles(project.folder) == ["first"]


@pytest.mark.parametrize("save", [Project.save, Project.autosave])
def test_a_recovery_that_is_passed_over_is_kept_among_the_backups(
    project: Project, save: Callable[[Project, Song], None]
) -> None:
    project.autosave(Song("unsaved"))
    project.close()
    with Project.open(project.folder) as again:
        save(again, Song("another"))
    assert "unsaved" in backed_up_titles(project.folder)


def test_an_autosave_older_than_the_song_is_no_recovery(project: Project) -> None:
    project.autosave(Song("older"))
    left_by_a_kill = (project.folder / "autosave.json").read_bytes()
    project.save(Song("newer"))
    (project.folder / "autosave.json").write_bytes(left_by_a_kill)
    assert read_project(project.folder).recovered is None


def test_an_autosave_of_the_saved_song_is_no_recovery(project: Project) -> None:
    (project.folder / "autosave.json").write_bytes(encode(Song("first"), revision=99))
    assert read_project(project.folder).recovered is None


def test_a_damaged_autosave_is_reported_and_kept(project: Project) -> None:
    (project.folder / "autosave.json").write_bytes(b"{")
    project.close()
    with Project.open(project.folder) as again:
        assert again.opened.song == Song("first")
        assert "autosave.json: is damaged" in str(again.opened.autosave_error)
        again.save(Song("second"))
    assert min(project.folder.glob("backups/*")).read_bytes() == b"{"


def test_a_damaged_song_names_the_newest_backup_that_opens(project: Project) -> None:
    for n in range(4):
        project.save(Song(str(n)))
    project.close()
    newest, before = sorted(project.folder.glob("backups/*"), reverse=True)[:2]
    newest.write_bytes(b"\xff")
    (project.folder / "song.json").write_bytes(b'{"version":1,')
    untouched = contents(project.folder)
    with pytest.raises(
        DamagedSongError, match=rf"song.json: is damaged .*copy .*{before.name}"
    ) as e:
        Project.open(project.folder)
    assert e.value.backup == before
    assert contents(project.folder) == untouched


def test_a_damaged_song_names_an_autosave_that_is_newer_than_the_backups(project: Project) -> None:
    project.save(Song("second"))
    project.autosave(Song("unsaved"))
    (project.folder / "song.json").unlink()
    with pytest.raises(DamagedSongError, match=r"song.json: is missing.*copy .*autosave\.json"):
        read_project(project.folder)


def test_a_damaged_song_without_backups_says_so(project: Project) -> None:
    (project.folder / "song.json").write_bytes(b"")
    with pytest.raises(DamagedSongError, match="restore it from a copy"):
        read_project(project.folder)


def test_a_song_of_a_newer_version_is_left_alone(project: Project) -> None:
    project.close()
    newer = (project.folder / "song.json").read_bytes().replace(b'"version":4', b'"version":9')
    (project.folder / "song.json").write_bytes(newer)
    with pytest.raises(NewerVersionError, match=r"song\.json: .*newer version.*update"):
        Project.open(project.folder)
    assert (project.folder / "song.json").read_bytes() == newer


def test_what_is_no_project_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("dear")
    (tmp_path / "empty").mkdir()
    for name, reason in [("file", "this is none"), ("empty", "no song"), ("gone", "no such")]:
        with pytest.raises(NotAProjectError, match=f"{name}.*{reason}"):
            Project.open(tmp_path / name)
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize("name", ["takes", "backups"])
def test_folders_that_lead_elsewhere_are_refused(
    project: Project, name: str, tmp_path: Path
) -> None:
    project.close()
    (project.folder / name).rmdir()
    (project.folder / name).symlink_to(tmp_path)
    with pytest.raises(NotAProjectError, match=f"{name}: is a link"):
        Project.open(project.folder)


def test_a_lock_that_leads_elsewhere_is_refused(project: Project, tmp_path: Path) -> None:
    project.close()
    (project.folder / ".lock").unlink()
    (project.folder / ".lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileAccessError, match=r"\.lock: cannot be locked"):
        Project.open(project.folder)
    assert not (tmp_path / "elsewhere").exists()


def test_a_pipe_in_place_of_the_song_is_not_waited_for(project: Project) -> None:
    (project.folder / "song.json").unlink()
    os.mkfifo(project.folder / "song.json")
    with pytest.raises(FileAccessError, match=r"song\.json: is no file"):
        read_project(project.folder)


def test_a_folder_without_permission_is_named(as_nobody: Path) -> None:
    for attempt in (Project.open, lambda path: Project.create(path, Song())):
        with pytest.raises(FileAccessError, match=r"locked.*Permission denied.*may read and write"):
            attempt(as_nobody / "A.partimento")


def test_a_missing_take_is_reported_and_the_song_opens(project: Project) -> None:
    audio = np.zeros((2, 100), np.float32)
    pooled = project.takes.add(audio, 44100)
    project.save(song_with_take(pooled.sha256))
    assert read_project(project.folder).missing_takes == ()
    pooled.path.unlink()
    opened = read_project(project.folder)
    assert [missing.path for missing in opened.missing_takes] == [pooled.path]
    assert opened.missing_takes[0].take == opened.song.tracks[0].regions[0].takes[0]


def test_leftovers_of_killed_saves_are_swept_at_opening(project: Project) -> None:
    project.close()
    places = [project.folder, project.folder / "takes", project.folder / "backups"]
    for place in places:
        (place / ".song.json.00c0ffee.tmp").write_bytes(b"{")
        (place / "notes.tmp").write_text("not ours")
    Project.open(project.folder).close()
    for place in places:
        assert [path.name for path in place.glob("*.tmp")] == ["notes.tmp"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from desktop.document.song import Song
from desktop.storage.errors import FileAccessError
from desktop.storage.project import Project

with Project.open(Path(sys.argv[1])) as project:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    for write in (project.save, project.autosave):
        try:
            write(Song("x" * 100_000))
        except FileAccessError as error:
            print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    project.save(Song("small"))
"""


def test_a_save_that_does_not_fit_leaves_the_old_song_and_the_next_one_works(
    project: Project,
) -> None:
    project.close()
    command = [sys.executable, "-c", FULL_DISK, str(project.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    song_error, autosave_error = done.stdout.splitlines()
    assert "song.json: cannot be written (File too large); free some space" in song_error
    assert "autosave.json: cannot be written" in autosave_error
    assert backed_up_titles(project.folder) == ["first"]
    assert read_project(project.folder).song == Song("small")
    assert not list(project.folder.rglob("*.tmp"))


def test_a_song_that_could_not_be_read_again_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.create(tmp_path / "song.partimento", Song("Before")) as project:
        monkeypatch.setattr("desktop.storage.project.MAX_SONG_BYTES", 2000)
        with pytest.raises(FileAccessError, match="a song may have 2000; remove takes"):
            project.save(Song("x" * 2000))
    assert read_project(tmp_path / "song.partimento").song.title == "Before"
