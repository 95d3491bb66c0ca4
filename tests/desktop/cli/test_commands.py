import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import click
import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from desktop.cli.commands import COMMANDS, partimento
from desktop.cli.ending import Terminated
from desktop.cli.info_command import words_for as duration
from desktop.cli.report import LineReport, one_line, words_for
from desktop.document.comping import swipe_take
from desktop.document.edits import add_region, add_take, choose_take, set_pack
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering import packs
from desktop.storage.project import Opened, Project, read_project


@pytest.fixture
def song(run: Callable[..., Any], midi_file: Path, tmp_path: Path) -> Path:
    """Return a project of the MIDI file with a region on each track, of which one is touched."""
    assert run("import", midi_file, "--out", "tune").code == 0
    folder = tmp_path / "tune.partimento"
    edit(folder, with_regions)
    return folder


def with_regions(song: Song) -> Song:
    lead, bass = song.tracks
    song = add_region(song, lead.id, Tick(0), Tick(4 * PPQ), "calm")
    song = add_region(song, lead.id, Tick(4 * PPQ), Tick(8 * PPQ), "bright")
    song = add_region(song, bass.id, Tick(0), Tick(2 * PPQ), "loud 吉他")
    gate = replace(song.settings.quality_gate, on_failure="keep")
    return replace(song, settings=replace(song.settings, quality_gate=gate))


def edit(folder: Path, change: Callable[[Song], Song]) -> None:
    with Project.open(folder) as project:
        project.save(change(project.opened.song))


def regions_of(folder: Path) -> list[Any]:
    return [region for track in read_project(folder).song.tracks for region in track.regions]


def test_help_is_there_at_once() -> None:
    start = time.monotonic()
    command = [sys.executable, "-m", "desktop", "--help"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True)
    assert time.monotonic() - start < 2
    assert all(name in shown.stdout for name in COMMANDS)
    slow = "import sys, desktop.cli; print({'onnxruntime', 'numpy', 'rich'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", slow], check=True, capture_output=True)
    assert loaded.stdout.strip() == b"set()"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    command = partimento.get_command(click.Context(partimento), name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_the_version_is_the_package_s(run: Callable[..., Any]) -> None:
    assert run("--version").out.startswith("partimento, version 0.")


@pytest.mark.parametrize("words", [(), ("models",)])
def test_no_command_shows_the_help(run: Callable[..., Any], words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "\nCommands:\n" in ran.err


def test_new_makes_an_empty_song(run: Callable[..., Any], tmp_path: Path) -> None:
    ran = run("new", "morning", "--bpm", 90, "--metre", "6/8", "--sample-rate", 48000)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "morning.partimento")
    song = read_project(tmp_path / "morning.partimento").song
    assert (song.title, song.settings.sample_rate_hz) == ("morning", 48000)
    assert (song.tempo_map.tempos[0].bpm, song.tempo_map.metres[0].denominator) == (90, 8)


def test_import_makes_a_song_of_the_chosen_tracks(
    run: Callable[..., Any], midi_file: Path, tmp_path: Path
) -> None:
    assert run("import", midi_file, "--track", "bass").code == 0
    (track,) = read_project(tmp_path / "tune.partimento").song.tracks
    assert (track.name, track.role, len(track.clips[0].notes)) == ("Bass", "bass", 8)


def test_import_lays_prompts_over_the_tracks_for_a_later_render(
    run: Callable[..., Any], song: Path, midi_file: Path
) -> None:
    prompts = ("--prompt", "calm", "--prompt", "loud 吉他")
    assert run("import", midi_file, "--out", "prompted", *prompts).code == 0
    made = regions_of(song.with_name("prompted.partimento"))
    assert [region.prompt for region in made] == ["calm", "loud 吉他"]
    assert run("import", midi_file, "--into", song, "--track", "bass", "--prompt", "calm").code == 0
    added = regions_of(song)
    assert (len(added), added[-1].prompt, added[-1].start) == (4, "calm", 0)


def test_import_into_a_song_adds_to_what_is_there(
    run: Callable[..., Any], song: Path, midi_file: Path
) -> None:
    before = read_project(song).song
    assert run("import", midi_file, "--into", song).code == 0
    after = read_project(song).song
    assert after.tracks[:2] == before.tracks
    assert [t.name for t in after.tracks[2:]] == [t.name for t in before.tracks]
    assert after.tempo_map == before.tempo_map


@pytest.mark.parametrize("rate_hz", [44100, 48000])
def test_an_audio_file_becomes_a_track_that_exports_as_it_was(
    run: Callable[..., Any], tmp_path: Path, rate_hz: int
) -> None:
    sound = np.random.default_rng(0).integers(-(2**14), 2**14, (22050, 2)) / 2**15
    soundfile.write(tmp_path / "field.wav", sound, rate_hz, "PCM_16")
    ran = run("import", tmp_path / "field.wav", "--json")
    assert (ran.code, ran.event("done")["tracks"]) == (0, ["field"])
    assert run("verify", "field").out.splitlines()[-1].endswith("1 imported")
    assert run("export", "field", "--out", "out", "--mix").code == 0
    (mix,) = (tmp_path / "out").glob("*mix.wav")
    assert np.array_equal(soundfile.read(mix)[0][:22050], sound)


def test_a_pack_is_shown_with_whether_it_improvises(run: Callable[..., Any]) -> None:
    assert "improvises: no" in run("models", "show", "tiny").out


def test_an_imported_song_is_called_what_out_calls_it(
    run: Callable[..., Any], midi_file: Path, tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "field.wav", np.zeros((100, 2)), 44100, "PCM_16")
    assert run("import", midi_file, "--out", "My waltz").code == 0
    assert run("import", "field.wav", "--out", "My field").code == 0
    titles = [read_project(tmp_path / f"My {n}.partimento").song.title for n in ("waltz", "field")]
    assert titles == ["My waltz", "My field"]


def test_a_damaged_audio_file_makes_no_song(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "field.wav").write_bytes(b"RIFF")
    assert run("import", tmp_path / "field.wav").code == 2
    assert not (tmp_path / "field.partimento").exists()


def test_a_sound_that_cannot_be_kept_leaves_no_song(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soundfile.write(tmp_path / "field.wav", np.zeros(4410), 44100)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.cli.import_command.import_audio", refuse)
        ran = run("import", tmp_path / "field.wav")
    assert (ran.code, "No space left" in ran.err) == (2, True)
    assert not (tmp_path / "field.partimento").exists()
    assert run("import", tmp_path / "field.wav").code == 0


def test_info_shows_the_song_and_changes_nothing(run: Callable[..., Any], song: Path) -> None:
    before = {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}
    ran = run("info", song)
    assert ran.code == 0
    assert "loud 吉他" in ran.out
    assert before == {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}


def test_info_for_programs_is_json(run: Callable[..., Any], song: Path) -> None:
    shown = run("info", song, "--json").event("song")
    assert shown["duration_s"] == pytest.approx(4.0)
    assert [track["role"] for track in shown["tracks"]] == ["lead", "bass"]
    assert shown["tracks"][0]["regions"][1]["prompt"] == "bright"


def test_info_tells_of_every_take_that_a_comp_plays(run: Callable[..., Any], song: Path) -> None:
    takes = tuple(Take(name, "0" * 64, "wav", 9, 8000, "2030") for name in "ab")
    with Project.open(song) as project:
        opened = project.opened.song
        region = opened.tracks[0].regions[0]
        middle, end = Tick((region.start + region.end) // 2), region.end
        for take in takes:
            opened = add_take(opened, region.id, take)
        opened = choose_take(opened, region.id, "a")
        project.save(swipe_take(opened, region.id, "b", middle, end))
    assert "2 takes, a comp of 2" in run("info", song).out
    shown = run("info", song, "--json").event("song")["tracks"][0]["regions"][0]["plays"]
    assert [span["take"] for span in shown] == ["a", "b"]
    assert shown[0]["end_s"] == shown[1]["start_s"]


def test_a_newer_autosave_is_told_of_and_recovered(
    run: Callable[..., Any], song: Path, tmp_path: Path
) -> None:
    with Project.open(song) as project:
        saved = project.opened.song
        project.autosave(later := replace(saved, title="Later"))
    assert "partimento recover" in run("info", song).err
    assert read_project(song).song == saved
    assert run("recover", tmp_path / "tune", "--json").event("done")["recovered"]
    assert read_project(song) == Opened(later, None, ())
    assert "left as it is" in run("recover", song).out
    assert read_project(song).song == later


def test_nothing_edits_a_song_whose_autosave_is_newer(
    run: Callable[..., Any], song: Path, midi_file: Path
) -> None:
    with Project.open(song) as project:
        project.autosave(replace(project.opened.song, title="Later"))
    before = {path: path.read_bytes() for path in song.rglob("*.json")}
    for words in (("render", song), ("import", midi_file, "--into", song)):
        ran = run(*words)
        assert (ran.code, "autosave.json: is newer" in ran.err) == (2, True)
        assert "`partimento recover`" in ran.err
    assert {path: path.read_bytes() for path in song.rglob("*.json")} == before


def test_an_autosave_that_does_not_open_is_not_recovered(
    run: Callable[..., Any], song: Path
) -> None:
    (song / "autosave.json").write_text("{", "utf-8")
    ran = run("recover", song)
    assert (ran.code, ran.out) == (2, "")
    assert "autosave.json" in ran.err


def test_render_gives_every_region_a_take(run: Callable[..., Any], song: Path) -> None:
    ran = run("render", song, "--device", "cpu")
    assert (ran.code, ran.out) == (0, "")
    regions = regions_of(song)
    assert [len(region.takes) for region in regions] == [1, 1, 1]
    assert all(region.playing for region in regions)
    assert "rendering on cpu" in ran.err


def test_render_for_programs_tells_everything_as_events(
    run: Callable[..., Any], song: Path
) -> None:
    ran = run("render", song, "--device", "cpu", "--json")
    kinds = [event["event"] for event in ran.events]
    assert (ran.err, kinds[-1]) == ("", "done")
    assert (kinds.count("job"), kinds.count("take")) == (2, 3)
    shares = [event["share"] for event in ran.events if event["event"] == "progress"]
    assert shares[-1] == 1
    assert all(0 < share <= 1 for share in shares)


def test_render_keeps_to_the_chosen_track_region_and_what_is_missing(
    run: Callable[..., Any], song: Path
) -> None:
    first = regions_of(song)[0]
    assert run("render", song, "--track", "bass", "--device", "cpu").code == 0
    assert run("render", song, "--region", first.id, "--takes", 2, "--device", "cpu").code == 0
    assert [len(region.takes) for region in regions_of(song)] == [2, 0, 1]
    assert run("render", song, "--missing", "--device", "cpu").code == 0
    assert [len(region.takes) for region in regions_of(song)] == [2, 1, 1]
    assert run("render", song, "--missing", "--device", "cpu").code == 0


def test_takes_that_were_lost_together_are_rendered_again(
    run: Callable[..., Any], song: Path
) -> None:
    assert run("render", song, "--device", "cpu").code == 0
    for audio in (song / "takes").glob("*.flac"):
        audio.unlink()
    assert run("render", song, "--missing", "--device", "cpu").code == 0
    assert [len(region.takes) for region in regions_of(song)] == [2, 2, 2]
    assert run("render", song, "--missing", "--json").event("done")["regions"] == 0


def test_a_sketch_on_a_device_that_is_not_here_can_be_tried_again(
    run: Callable[..., Any], midi_file: Path, tmp_path: Path
) -> None:
    words = ("sketch", midi_file, "--prompt", "calm", "--steps", 1, "--device")
    assert run(*words, "coreml").code == 2
    assert not (tmp_path / "tune").exists()
    assert run(*words, "cpu").code == 0


def test_a_render_that_is_refused_exits_1(run: Callable[..., Any], song: Path) -> None:
    def strict(opened: Song) -> Song:
        gate = replace(opened.settings.quality_gate, on_failure="refuse", min_loudness_lufs=50.0)
        gate = replace(gate, max_loudness_lufs=60.0)
        return replace(opened, settings=replace(opened.settings, quality_gate=gate))

    edit(song, strict)
    ran = run("render", song, "--track", "bass", "--device", "cpu", "--json")
    assert ran.code == 1
    assert "below 50" in " ".join(ran.event("refused")["failures"])
    assert ran.event("done")["failed"] == 1


def test_an_error_in_one_job_does_not_stop_the_others(run: Callable[..., Any], song: Path) -> None:
    assert run("render", song, "--track", "bass", "--device", "cpu").code == 0
    (heard,) = (song / "takes").glob("*.flac")
    heard.write_bytes(b"broken")
    ran = run("render", song, "--device", "cpu", "--json")
    assert ran.code == 1
    assert heard.name in ran.event("failed")["message"]
    assert [len(region.takes) for region in regions_of(song)] == [0, 0, 2]


def test_export_writes_only_what_was_asked_for(
    run: Callable[..., Any], song: Path, tmp_path: Path
) -> None:
    assert run("export", song, "--out", "only midi", "--midi").out == "only midi/tune.mid\n"
    assert [path.name for path in (tmp_path / "only midi").iterdir()] == ["tune.mid"]


def test_export_only_reads_the_song_even_while_it_is_open_elsewhere(
    run: Callable[..., Any], song: Path
) -> None:
    (song / ".lock").unlink()
    before = {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}
    assert run("export", song, "--out", "out").code == 0
    assert before == {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}
    with Project.open(song):
        assert run("export", song, "--out", "out", "--midi").code == 0


def test_verify_says_that_all_is_equal_and_writes_nothing(
    run: Callable[..., Any], song: Path
) -> None:
    assert run("render", song, "--device", "cpu").code == 0
    before = {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}
    ran = run("verify", song, "--json")
    assert (ran.code, ran.event("done")["equal"]) == (0, 3)
    twice = [word for _ in range(2) for word in ("--region", regions_of(song)[0].id)]
    assert run("verify", song, *twice, "--json").event("done")["equal"] == 1
    assert before == {path: path.read_bytes() for path in song.rglob("*") if path.is_file()}


def test_verify_exits_1_when_a_take_cannot_be_made_again(
    run: Callable[..., Any], song: Path
) -> None:
    assert run("render", song, "--track", "bass", "--device", "cpu").code == 0
    for audio in (song / "takes").glob("*.flac"):
        audio.unlink()
    ran = run("verify", song)
    assert ran.code == 1
    assert "cannot be rendered again" in ran.out


def test_models_can_be_added_shown_verified_and_removed(
    run: Callable[..., Any], tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.cli.models_command.user_folder", lambda: tmp_path / "mine")
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tmp_path / "mine")
    assert run("models", "add", tiny_pack).code == 0
    assert run("models", "list", "--json").event("pack")["id"] == "tiny"
    assert "sample rate hz: 8000" in run("models", "show", "tiny").out
    assert run("models", "verify").out == "tiny: intact\n"
    (tmp_path / "mine" / "tiny" / "LICENSE").write_text("CC0-2.0\n", "utf-8")
    damaged = run("models", "verify", "tiny")
    assert damaged.code == 1
    assert "SHA-256" in damaged.out
    assert run("models", "remove", "tiny").code == 0
    assert run("models", "list").out == ""


def test_a_render_says_which_damaged_pack_another_stands_in_for(
    run: Callable[..., Any], song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = packs.user_folder()
    copytree(good / "tiny", tmp_path / "mine" / "tiny")
    (tmp_path / "mine" / "tiny" / "LICENSE").unlink()
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tmp_path / "mine")
    monkeypatch.setattr("desktop.rendering.packs.bundled_folder", lambda: good)
    said = run("render", song, "--track", "bass", "--device", "cpu").err
    assert f"rendering with the pack in {good / 'tiny'}" in said
    assert "LICENSE is missing" in said


def test_a_pack_of_the_program_s_own_is_not_removed(
    run: Callable[..., Any], tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.cli.models_command.user_folder", lambda: tmp_path / "mine")
    bundled = copytree(tiny_pack, tmp_path / "bundled" / "tiny").parent
    monkeypatch.setattr("desktop.cli.models_command.bundled_folder", lambda: bundled)
    ran = run("models", "remove", "tiny")
    assert (ran.code, (bundled / "tiny").is_dir()) == (2, True)
    assert "comes with the program" in ran.err


def test_an_error_that_nobody_foresaw_is_one_line_and_a_file(
    run: Callable[..., Any], song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("desktop.cli.info_command.describe", broken)
    ran = run("info", song)
    assert ran.code == 70
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError: a bug" in ran.err
    assert "Traceback" in (tmp_path / "logs" / "error.txt").read_text("utf-8")


def turned_by_a_library(stop: BaseException) -> ImportError:
    error = ImportError("initialization failed")
    error.__cause__ = stop
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (Terminated(), 143),
        (turned_by_a_library(KeyboardInterrupt()), 130),
    ],
    ids=["Ctrl+C", "SIGTERM", "Ctrl+C within an import"],
)
def test_a_stop_is_told_and_has_its_own_exit_status(
    run: Callable[..., Any],
    song: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
) -> None:
    def stopped(*_: object) -> None:
        raise error

    monkeypatch.setattr("desktop.cli.info_command.describe", stopped)
    ran = run("info", song, "--json")
    assert (ran.code, ran.event("cancelled")["exit_code"]) == (code, code)
    assert "Traceback" not in ran.err


def test_a_reader_that_goes_away_ends_the_program_quietly(song: Path) -> None:
    command = [sys.executable, "-m", "desktop", "info", str(song)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 1
    assert said == b""


def test_a_message_stays_on_its_line_whatever_a_name_holds() -> None:
    assert one_line("a\nb\x1b[31m\tc 鼓") == "a b\\x1b[31m c 鼓"


def test_a_result_moves_no_cursor_but_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    LineReport().result("a  b\n\x1b[2Jc", "file")
    assert capsys.readouterr().out == "a  b\n\\x1b[2Jc\n"


def test_a_duration_never_has_sixty_seconds() -> None:
    assert [duration(s) for s in (0, 59.94, 59.96, 61.26)] == [
        *("0 min 0.0 s", "0 min 59.9 s", "1 min 0.0 s", "1 min 1.3 s")
    ]


def test_one_thing_is_told_in_the_singular(
    run: Callable[..., Any], song: Path, midi_file: Path
) -> None:
    assert run("import", midi_file, "--out", "one", "--track", "bass").err == "1 track: Bass\n"
    assert run("export", song, "--out", "out", "--midi").err.splitlines()[-1] == "1 file"
    assert run("render", song, "--track", "bass").err.splitlines()[-1] == (
        "1 region, 0 failed; 0 files"
    )


def test_time_left_is_said_in_minutes_and_seconds() -> None:
    assert [words_for(s) for s in (None, 3.4, 125)] == ["", ", 3 s left", ", 2 min 5 s left"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_copy_takes_along_nothing_from_where_a_link_leads(
    run: Callable[..., Any], song: Path, tmp_path: Path
) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.txt").write_text("dear diary", "utf-8")
    (song / "link").symlink_to(tmp_path / "private")
    assert run("render", song, "--copy", "--out", "out", "--region", 99).code == 2
    assert (tmp_path / "out" / song.name / "link").is_symlink()


def test_a_song_is_not_copied_into_itself(
    run: Callable[..., Any], song: Path, tmp_path: Path
) -> None:
    for out in (song, song / "takes" / "out"):
        ran = run("render", song, "--copy", "--out", out)
        assert (ran.code, "lies within the song" in ran.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == [song.name]
    assert not list(song.glob("takes/*"))


def test_a_copy_that_is_there_already_is_told_of(run: Callable[..., Any], song: Path) -> None:
    words = ("render", song, "--copy", "--out", "out", "--track", "bass", "--device", "cpu")
    assert "copy" not in run(*words).err
    assert "going on with the copy" in run(*words).err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_song_that_cannot_be_copied_whole_is_not_copied(
    run: Callable[..., Any], song: Path, tmp_path: Path
) -> None:
    os.mkfifo(song / "pipe")
    ran = run("render", song, "--copy", "--out", "out")
    assert ran.code == 2
    assert "is a named pipe" in ran.err
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def grand(tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the id of a second pack, which is installed beside the tiny one."""
    for name in ("tiny", "grand"):
        manifest = copytree(tiny_pack, tmp_path / "both" / name) / "pack.toml"
        manifest.write_text(manifest.read_text("utf-8").replace('"tiny"', f'"{name}"'), "utf-8")
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tmp_path / "both")
    return "grand"


def packs_of_takes(folder: Path) -> list[list[str]]:
    return [[take.provenance()["pack_id"] for take in r.takes] for r in regions_of(folder)]


def test_a_region_is_rendered_by_the_pack_that_it_was_given(
    run: Callable[..., Any], song: Path, grand: str
) -> None:
    first, second, third = (region.id for region in regions_of(song))
    assert run("models", "use", song, "tiny").code == 0
    ran = run("models", "use", song, grand, "--region", second, "--json")
    assert ran.event("done") == {"event": "done", "pack_id": grand, "regions": [second]}
    assert (
        f"region {second}, 2.1.000 to 3.1.000, 0 takes, pack grand: bright" in run("info", song).out
    )
    told = run("render", song, "--device", "cpu", "--json")
    jobs = [event["region_ids"] for event in told.events if event["event"] == "job"]
    assert jobs == [[first], [second], [third]]
    assert packs_of_takes(song) == [["tiny"], ["grand"], ["tiny"]]
    assert run("verify", song).code == 0


def test_one_pack_can_stand_in_place_of_all(
    run: Callable[..., Any], song: Path, grand: str
) -> None:
    second = regions_of(song)[1].id
    assert run("models", "use", song, "tiny", "--region", second).code == 0
    ran = run("render", song, "--pack", grand, "--device", "cpu", "--json")
    chain = next(event for event in ran.events if event["event"] == "job")
    assert chain["region_ids"] == [second - 1, second]
    assert packs_of_takes(song) == [["grand"]] * 3


def test_regions_go_back_to_the_song_s_pack_and_the_song_to_the_default(
    run: Callable[..., Any], song: Path, grand: str
) -> None:
    assert run("models", "use", song, grand, "--track", "bass").code == 0
    assert run("models", "use", song, grand).code == 0
    assert [region.pack_id for region in regions_of(song)] == [None, None, grand]
    assert (
        "grand renders 1 region from now on"
        in run("models", "use", song, grand, "--track", "bass").err
    )
    assert run("models", "use", song, "--track", "bass").code == 0
    assert [region.pack_id for region in regions_of(song)] == [None] * 3
    assert read_project(song).song.settings.pack_id == grand
    assert run("models", "use", song).code == 0
    assert read_project(song).song.settings.pack_id is None


def test_a_region_whose_pack_is_not_here_is_named_and_the_others_are_rendered(
    run: Callable[..., Any], song: Path
) -> None:
    second = regions_of(song)[1].id
    edit(song, lambda opened: set_pack(opened, {second}, "gone"))
    assert run("info", song).code == 0
    ran = run("render", song, "--device", "cpu", "--json")
    assert (ran.code, ran.event("done")["failed"]) == (1, 1)
    assert ran.event("failed")["message"] == (
        f"region {second} is to be rendered by pack 'gone', which is not installed "
        "(installed: tiny); install it, or choose another for the region"
    )
    assert [len(region.takes) for region in regions_of(song)] == [1, 0, 1]
    alone = run("render", song, "--region", second)
    assert alone.code == 2
    assert "pack 'gone', which is not installed" in alone.err
