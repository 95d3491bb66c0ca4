import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wavinfo import WavInfoReader  # type: ignore[import-untyped]

from desktop.document.song import Clip, Comp, Note, Piece, Region, Settings, Song, Take, Track
from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.exporting.errors import ExportError
from desktop.exporting.export import export_song
from desktop.exporting.options import ExportOptions
from desktop.exporting.output import WrittenFile
from desktop.exporting.plan import planned_files
from desktop.midi.reading import read_midi
from desktop.mixing.levels import on_grid
from desktop.storage.files import Lock
from desktop.storage.pool import TakePool
from inference.arrays import Audio
from inference.errors import Cancelled
from inference.progress import CancelToken
from tests.desktop.mixing.take_files import TakeFiles

RATE = 8000
CREATED = datetime(2030, 1, 2, 3, 4, 5)
TEMPO = TempoMap((TempoChange(Tick(0), 120.0), TempoChange(Tick(1000), 77.7)))


def region(number: int, start: int, end: int, take: Take | None) -> Region:
    takes = (take,) if take else ()
    active = take.id if take else None
    return Region(number, Tick(start), Tick(end), takes=takes, active_take=active)


def song_with(*tracks: Track) -> Song:
    return Song("Tune", tracks, TEMPO, settings=Settings(sample_rate_hz=RATE), next_id=1000)


@pytest.fixture
def song(pool: TakeFiles) -> Song:
    """Return two tracks, one of them with touching regions, 3 beats long."""
    touching = (region(11, 0, 960, pool.noise(4500)), region(12, 960, 1501, pool.noise(4500)))
    other = (region(13, 480, 2880, pool.noise(20000, 11025)),)
    clip = Clip(14, Tick(0), Tick(960), (Note(1, Tick(0), Tick(480), 60),))
    lead = Track(1, "Lead", clips=(clip,), regions=touching, gain_db=-3.3, pan=0.3)
    return song_with(lead, Track(2, "Bass", regions=other, gain_db=-5.0, pan=-0.6))


def export(
    song: Song, pool: TakeFiles, out: Path, *, cancel: CancelToken | None = None, **options: Any
) -> list[WrittenFile]:
    chosen = ExportOptions(**options)
    return export_song(song, pool.open, out, chosen, created=CREATED, cancel=cancel)


def sound(file: WrittenFile, dtype: str = "float32") -> Audio:
    audio: Audio = soundfile.read(file.path, dtype=dtype, always_2d=True)[0].T
    return audio


def test_the_files_are_those_planned_and_of_the_songs_exact_length(
    song: Song, pool: TakeFiles, out: Path
) -> None:
    written = export(song, pool, out)
    assert [file.path for file in written] == planned_files(song, out, ExportOptions())
    assert sorted(out.iterdir()) == sorted(file.path for file in written)
    frames = TEMPO.tick_to_frame(2880, RATE)
    for file in written[:-1]:
        info = soundfile.info(file.path)
        assert (file.frames, info.frames, info.samplerate) == (frames, frames, RATE)
        assert info.channels == 2


@pytest.mark.parametrize("options", [{}, {"bits": 24}, {"file_format": "flac"}])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_stems_sum_to_the_mix_with_error_0(
    song: Song, pool: TakeFiles, out: Path, options: dict[str, Any], dtype: str
) -> None:
    *stems, mix, _ = export(song, pool, out, **options)
    assert (np.sum([sound(stem, dtype) for stem in stems], axis=0) == sound(mix, dtype)).all()
    assert np.abs(sound(mix)).max() > 0.5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    levels=st.lists(
        st.tuples(st.floats(-144, 48), st.floats(-1, 1), st.booleans(), st.booleans()), max_size=6
    )
)
def test_stems_sum_to_the_mix_at_any_level_mute_and_solo(
    pool: TakeFiles, out: Path, levels: list[tuple[float, float, bool, bool]]
) -> None:
    tracks = tuple(
        Track(n, "T", "#000000", "lead", *level, regions=(region(n + 50, 0, 500, pool.noise(900)),))
        for n, level in enumerate(levels, start=1)
    )
    song = song_with(*tracks, Track(40, "end", mute=True, regions=(region(41, 0, 500, None),)))
    *stems, mix = export(song, pool, out, midi=False)
    total = np.zeros_like(sound(mix))
    for stem in stems:
        total += sound(stem)
    assert (total == sound(mix)).all()


def test_a_stem_at_0_db_is_the_take_to_the_sample(pool: TakeFiles, out: Path) -> None:
    take = pool.noise(2000)
    song = song_with(Track(1, "Lead", regions=(region(2, 0, 480, take),)))
    stem, _ = export(song, pool, out, midi=False)
    assert (sound(stem) == on_grid(pool.sound(take))).all()


def test_stems_alone_of_a_song_of_which_nothing_is_heard_are_an_error(
    pool: TakeFiles, out: Path, song: Song
) -> None:
    muted = replace(song, tracks=tuple(replace(track, mute=True) for track in song.tracks))
    with pytest.raises(ExportError, match="no track is heard; unmute"):
        export(muted, pool, out, mix=False, midi=False)
    assert not out.exists()
    assert [file.kind for file in export(muted, pool, out)] == ["mix", "midi"]


def test_muted_tracks_are_left_out_and_soloed_ones_are_all(
    song: Song, pool: TakeFiles, out: Path
) -> None:
    lead, bass = song.tracks
    for tracks in ((lead, replace(bass, mute=True)), (replace(lead, solo=True), bass)):
        stem, mix, _ = export(replace(song, tracks=tracks), pool, out)
        assert stem.title == "Lead"
        assert (sound(stem) == sound(mix)).all()


def test_a_song_without_takes_is_silence_of_its_exact_length(pool: TakeFiles, out: Path) -> None:
    song = song_with(Track(1, "Lead", clips=(Clip(2, Tick(0), Tick(1920)),)))
    stem, mix, _ = export(song, pool, out)
    assert sound(stem).shape == (2, TEMPO.tick_to_frame(1920, RATE))
    assert not sound(mix).any()
    assert (mix.peak_dbfs, mix.loudness_lufs) == (None, None)
    assert stem.warnings == ("it is silent from start to end",)


def test_a_span_is_the_same_frames_of_the_song_and_says_where_they_start(
    song: Song, pool: TakeFiles, out: Path
) -> None:
    whole = [sound(file) for file in export(song, pool, out, midi=False)]
    first, last = (TEMPO.tick_to_frame(tick, RATE) for tick in (500, 1700))
    cut = export(song, pool, out, midi=False, start=Tick(500), end=Tick(1700))
    for file, audio in zip(cut, whole, strict=True):
        assert (sound(file) == audio[:, first:last]).all()
        bext = WavInfoReader(file.path).bext
        assert bext is not None
        assert bext.time_reference == first
        assert bext.description == f"Tune: {file.title}"


def test_a_span_past_the_end_is_filled_with_silence(song: Song, pool: TakeFiles, out: Path) -> None:
    _, _, mix, _ = export(song, pool, out, end=Tick(9600))
    assert mix.frames == TEMPO.tick_to_frame(9600, RATE)
    assert not sound(mix)[:, TEMPO.tick_to_frame(2880, RATE) :].any()


def test_another_rate_keeps_the_songs_times(song: Song, pool: TakeFiles, out: Path) -> None:
    _, _, mix, _ = export(song, pool, out, sample_rate_hz=11025)
    info = soundfile.info(mix.path)
    assert (info.samplerate, info.frames) == (11025, TEMPO.tick_to_frame(2880, 11025))


@pytest.mark.parametrize("options", [{}, {"bits": 16}, {"file_format": "flac", "bits": 16}])
def test_the_same_export_gives_the_same_bytes(
    song: Song, pool: TakeFiles, tmp_path: Path, options: dict[str, Any]
) -> None:
    first, second = (
        [f.path.read_bytes() for f in export(song, pool, tmp_path / name, **options)]
        for name in ("a", "b")
    )
    assert first == second


def test_the_midi_file_holds_the_songs_notes(song: Song, pool: TakeFiles, out: Path) -> None:
    *_, midi = export(song, pool, out)
    assert (midi.kind, midi.frames, midi.peak_dbfs) == ("midi", None, None)
    pitches = [n.pitch for t in read_midi(midi.path).tracks for c in t.clips for n in c.notes]
    assert pitches == [60]


def test_midi_alone_needs_no_takes_and_no_length(pool: TakeFiles, out: Path) -> None:
    (midi,) = export(Song(), pool, out, stems=False, mix=False)
    assert midi.path == out / "song.mid"
    assert midi.path.is_file()


def test_peak_and_loudness_are_those_of_the_file(song: Song, pool: TakeFiles, out: Path) -> None:
    stem, _, mix, _ = export(song, pool, out)
    assert stem.peak_dbfs == pytest.approx(20 * np.log10(np.abs(sound(stem)).max()))
    assert stem.loudness_lufs is None
    assert mix.loudness_lufs is not None
    assert -30 < mix.loudness_lufs < 0


def test_a_mix_over_full_scale_is_clipped_in_integers_and_said_so(
    pool: TakeFiles, out: Path
) -> None:
    loud = Track(1, "Lead", gain_db=12.0, regions=(region(2, 0, 480, pool.noise(2000)),))
    stem, mix, _ = export(song_with(loud), pool, out, bits=16)
    assert "samples are clipped, the peak was +5.9" in mix.warnings[0]
    assert sound(stem).max() <= 1.0
    stem, mix, _ = export(song_with(loud), pool, out, bits=32)
    assert "its peak is +5.9" in mix.warnings[0]
    assert sound(stem).max() > 1.9


def test_regions_that_are_silent_somewhere_are_named(pool: TakeFiles, out: Path) -> None:
    short, late = pool.noise(1000), pool.noise(9000, offset_frames=-800)
    unchosen = Region(5, Tick(2400), Tick(2880), takes=(pool.noise(10),))
    regions = (region(2, 0, 480, short), region(3, 480, 960, late), region(4, 1920, 2400, None))
    stem, mix, _ = export(song_with(Track(1, "L", regions=(*regions, unchosen))), pool, out)
    assert stem.warnings == (
        "the region at 1.1.000 is 0.125 s longer than its take and silent there; render it",
        "the region at 1.1.480 is 0.100 s longer than its take and silent there; render it",
        "the region at 1.3.000 has no take and is silent; render it",
        "the region at 1.3.480 plays none of its takes and is silent; choose one",
    )
    assert mix.warnings == ()


def test_every_take_of_a_comp_counts_where_it_plays_and_only_there(
    pool: TakeFiles, out: Path
) -> None:
    short, long = pool.noise(1600), pool.noise(9000)

    def warnings(*pieces: Piece) -> tuple[str, ...]:
        comped = replace(region(2, 0, 960, long), takes=(short, long), comp=Comp(pieces))
        track = Track(1, "L", regions=(replace(comped, active_take=pieces[-1].take_id),))
        return export(song_with(track), pool, out)[0].warnings

    ends = Piece(Tick(0), long.id), Piece(Tick(480), short.id)
    assert warnings(*ends) == (
        "the region at 1.1.000 is silent for 0.250 s where its comp's takes end; comp others",
    )
    assert warnings(Piece(Tick(0), short.id), Piece(Tick(192), long.id)) == ()


def test_regions_outside_the_span_are_not_named(pool: TakeFiles, out: Path) -> None:
    song = song_with(Track(1, "L", regions=(region(2, 0, 480, None), region(3, 960, 1440, None))))
    stem, _, _ = export(song, pool, out, start=Tick(480), end=Tick(960))
    assert stem.warnings == ("it is silent from start to end",)


def test_progress_ends_with_all_frames(song: Song, pool: TakeFiles, out: Path) -> None:
    seen: list[tuple[int, int]] = []
    export_song(song, pool.open, out, ExportOptions(), on_progress=lambda *done: seen.append(done))
    frames = TEMPO.tick_to_frame(2880, RATE)
    assert seen[-1] == (frames, frames)


@pytest.mark.parametrize("file_format", ["wav", "flac"])
def test_a_cancelled_export_leaves_everything_as_it_was(
    song: Song, pool: TakeFiles, out: Path, file_format: str
) -> None:
    token = CancelToken()
    out.mkdir(parents=True)
    (out / f"Tune - mix.{file_format}").write_text("earlier")
    song = replace(song, tracks=(*song.tracks, Track(3, clips=(Clip(4, Tick(0), Tick(99999)),))))

    def cancel_midway(done: int, total: int) -> None:
        assert done < total
        token.cancel()

    options = ExportOptions(file_format=file_format)  # type: ignore[arg-type]
    with pytest.raises(Cancelled, match="the export was cancelled"):
        export_song(song, pool.open, out, options, on_progress=cancel_midway, cancel=token)
    with pytest.raises(Cancelled):
        export(song, pool, out, cancel=token, file_format=file_format)
    assert [path.name for path in out.iterdir()] == [f"Tune - mix.{file_format}"]
    assert (out / f"Tune - mix.{file_format}").read_text() == "earlier"


def test_earlier_files_are_replaced_and_others_kept(song: Song, pool: TakeFiles, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "Tune - mix.wav").write_text("earlier")
    (out / "notes.txt").write_text("mine")
    export(song, pool, out)
    assert (out / "Tune - mix.wav").read_bytes()[:4] == b"RIFF"
    assert (out / "notes.txt").read_text() == "mine"


def test_a_missing_take_stops_the_export_and_leaves_nothing(song: Song, out: Path) -> None:
    missing = TakePool(out.parent / "elsewhere")
    with pytest.raises(ExportError, match=r"elsewhere.*missing.*render the region again"):
        export_song(song, missing.open, out, ExportOptions())
    assert not list(out.iterdir())


@contextmanager
def files_limited_to(size_bytes: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("file_format", ["wav", "flac"])
@pytest.mark.parametrize("size_bytes", [2000, 30000])
def test_a_full_disk_is_said_and_leaves_nothing(
    song: Song, pool: TakeFiles, out: Path, file_format: str, size_bytes: int
) -> None:
    with (
        files_limited_to(size_bytes),
        pytest.raises(ExportError, match=r"cannot export to .*out: .*free some space"),
    ):
        export(song, pool, out, file_format=file_format)
    assert not list(out.iterdir())


def test_a_folder_in_the_place_of_a_file_is_said_before_anything_is_replaced(
    song: Song, pool: TakeFiles, out: Path
) -> None:
    last = planned_files(song, out, ExportOptions())[-1]
    last.mkdir(parents=True)
    with pytest.raises(ExportError, match=f"{last.name} is a folder"):
        export_song(song, pool.open, out, ExportOptions())
    assert list(out.iterdir()) == [last]


def test_what_a_killed_export_left_is_removed_and_what_is_in_use_is_not(
    song: Song, pool: TakeFiles, out: Path
) -> None:
    for name in (".export-00000000", ".export-11111111", ".export-mine0000", "elsewhere"):
        (out / name).mkdir(parents=True)
        (out / name / ".lock").touch()
        os.utime(out / name / ".lock", (0, 0))
        (out / name / "song - mix.wav").write_bytes(b"half")
    (out / ".export-22222222").symlink_to(out / "elsewhere")
    (out / ".export-33333333").mkdir()
    (out / ".export-33333333" / ".lock").touch()
    with Lock(out / ".export-11111111" / ".lock", out):
        export_song(song, pool.open, out, ExportOptions(stems=False, midi=False))
    left = {path.name for path in out.iterdir() if path.suffix != ".wav"}
    assert left == {
        ".export-11111111",
        ".export-mine0000",
        "elsewhere",
        ".export-22222222",
        ".export-33333333",
    }
    assert len(list((out / "elsewhere").iterdir())) == 2


def test_a_file_in_the_place_of_the_folder_is_said(
    song: Song, pool: TakeFiles, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ExportError, match="choose another folder"):
        export(song, pool, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"file_format": "mp3"}, "wav, flac, got 'mp3'"),
        ({"file_format": "flac", "bits": 32}, "FLAC is written in 16 or 24 bits, got 32"),
        ({"bits": 8}, "WAV is written in 16 or 24 or 32 bits, got 8"),
        ({"sample_rate_hz": 1}, "8000..192000 Hz, got 1"),
        ({"start": Tick(960), "end": Tick(960)}, "from bar 1 beat 2 to bar 1 beat 2"),
        ({"start": Tick(5000)}, "from bar 2 beat 2.2 to bar 1 beat 4"),
    ],
)
def test_impossible_options_are_named(
    song: Song, pool: TakeFiles, out: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        export(song, pool, out, **options)
    assert not out.exists() or not list(out.iterdir())


def test_an_empty_song_has_no_audio_to_export(pool: TakeFiles, out: Path) -> None:
    with pytest.raises(ExportError, match="put a clip or a region into the song"):
        export(Song(), pool, out)
