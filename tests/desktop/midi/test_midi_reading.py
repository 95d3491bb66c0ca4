"""How files of many kinds become songs."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.document.query import notes_in_span
from desktop.document.song import Song
from desktop.document.tempo import MetreChange, TempoChange
from desktop.document.time import Tick
from desktop.midi import notes as midi_notes
from desktop.midi.error import MidiError
from desktop.midi.reading import read_midi

ReadTracks = Callable[..., Song]

END = b"\x00\xff\x2f\x00"
NOTE = b"\x00\x90\x3c\x64\x60\x80\x3c\x00"  # C4 for 96 ticks


def meta(kind: int, data: bytes, delta: bytes = b"\x00") -> bytes:
    return delta + bytes([0xFF, kind, len(data)]) + data


def placed(song: Song, track: int = 0) -> list[tuple[int, int, int, int]]:
    found = notes_in_span(song.tracks[track], Tick(0), song.end)
    return [(note.start, note.end, note.pitch, note.velocity) for note in found]


def test_a_note_keeps_its_place_pitch_and_velocity(read_tracks: ReadTracks) -> None:
    song = read_tracks(b"\x10\x90\x3c\x64\x60\x80\x3c\x00" + END)
    assert placed(song) == [(16, 112, 60, 100)]


def test_running_status_and_velocity_0_end_a_note(read_tracks: ReadTracks) -> None:
    song = read_tracks(b"\x00\x90\x3c\x64\x60\x3c\x00\x00\x3e\x50\x60\x3e\x00" + END)
    assert placed(song) == [(0, 96, 60, 100), (96, 192, 62, 80)]


def test_running_status_outlasts_a_meta_event(read_tracks: ReadTracks) -> None:
    song = read_tracks(b"\x00\x90\x3c\x64" + meta(0x01, b"hm") + b"\x60\x3c\x00" + END)
    assert placed(song) == [(0, 96, 60, 100)]


def test_of_overlapping_notes_of_one_pitch_the_first_ends_first(read_tracks: ReadTracks) -> None:
    events = b"\x00\x90\x3c\x64\x10\x3c\x50\x10\x3c\x00\x10\x3c\x00"
    assert placed(read_tracks(events + END)) == [(0, 32, 60, 100), (16, 48, 60, 80)]


def test_a_note_that_does_not_end_ends_with_its_track(read_tracks: ReadTracks) -> None:
    song = read_tracks(b"\x00\x90\x3c\x64\x60\xff\x2f\x00")
    assert placed(song) == [(0, 96, 60, 100)]


def test_an_end_without_a_note_does_nothing(read_tracks: ReadTracks) -> None:
    assert placed(read_tracks(b"\x00\x80\x3c\x00" + NOTE + END)) == [(0, 96, 60, 100)]


def test_a_note_without_length_lasts_a_tick(read_tracks: ReadTracks) -> None:
    assert placed(read_tracks(b"\x00\x90\x3c\x64\x00\x80\x3c\x00" + END)) == [(0, 1, 60, 100)]


def test_data_bytes_above_127_become_127(read_tracks: ReadTracks) -> None:
    assert placed(read_tracks(b"\x00\x90\x3c\xc8\x60\x80\x3c\x00" + END)) == [(0, 96, 60, 127)]


def test_time_before_unknown_and_system_events_counts(read_tracks: ReadTracks) -> None:
    skipped = meta(0x60, b"?", delta=b"\x20") + b"\x20\xf0\x02\x41\xf7" + b"\x20\xc0\x05"
    assert placed(read_tracks(skipped + NOTE + END))[0][0] == 96


@pytest.mark.parametrize(
    ("division", "start"),
    [(480, 192), (96, 960), (1920, 48), (7, 13166), (32767, 3), (0xE728, 184), (0xE250, 77)],
)
def test_any_division_becomes_960_ticks(read_tracks: ReadTracks, division: int, start: int) -> None:
    song = read_tracks(b"\x60" + NOTE[1:] + END, division=division)
    assert placed(song)[0][0] == start


def test_rounding_does_not_add_up(read_tracks: ReadTracks) -> None:
    events = b"".join(b"\x01\x90\x3c\x64\x00\x80\x3c\x00" for _ in range(700))
    assert placed(read_tracks(events + END, division=7))[-1][0] == 700 * 960 // 7


def test_smpte_time_lies_on_the_right_second(read_tracks: ReadTracks) -> None:
    # 29 stands for 30 frames in 1.001 s; here 2 ticks a frame.
    song = read_tracks(b"\x3c" + NOTE[1:] + END, division=(256 - 29) << 8 | 2)
    assert song.tempo_map.tick_to_second(placed(song)[0][0]) == pytest.approx(1.001, abs=3e-4)


def test_tempo_and_metre_changes_count_in_whichever_track(read_tracks: ReadTracks) -> None:
    tempo = meta(0x51, (461538).to_bytes(3, "big"))
    metre = meta(0x58, b"\x07\x03\x18\x08", delta=b"\x8f\x00")
    song = read_tracks(tempo + END, metre + meta(0x51, b"\x07\xa1\x20") + NOTE + END)
    assert song.tempo_map.tempos == (TempoChange(Tick(0), 130), TempoChange(Tick(1920), 120))
    assert song.tempo_map.metres == (MetreChange(Tick(0), 4, 4), MetreChange(Tick(1920), 7, 8))


@pytest.mark.parametrize(
    "event",
    [
        meta(0x51, b"\x00\x00\x00"),
        meta(0x51, b"\x07"),
        meta(0x58, b"\x00\x02\x18\x08"),
        meta(0x58, b"\x04\x07\x18\x08"),
        meta(0x58, b""),
        meta(0x59, b"\x09\x00"),
        meta(0x59, b"\x00\x07"),
        meta(0x59, b""),
        meta(0x54, b"\xff"),
        meta(0x00, b"\x01"),
    ],
)
def test_a_meta_event_without_meaning_is_left_out(read_tracks: ReadTracks, event: bytes) -> None:
    assert read_tracks(event + NOTE + END) == read_tracks(NOTE + END)


def test_denominators_up_to_64_are_kept(read_tracks: ReadTracks) -> None:
    song = read_tracks(meta(0x58, b"\x05\x06\x18\x08") + NOTE + END)
    assert song.tempo_map.metres == (MetreChange(Tick(0), 5, 64),)


@pytest.mark.parametrize(("beat", "bpm"), [(b"\x00\x00\x01", 1000.0), (b"\xff\xff\xff", 4.0)])
def test_tempos_beyond_the_limits_move_to_them(
    read_tracks: ReadTracks, beat: bytes, bpm: float
) -> None:
    assert read_tracks(meta(0x51, beat) + NOTE + END).tempo_map.bpm_at(0) == bpm


def test_the_first_key_is_the_songs(read_tracks: ReadTracks) -> None:
    later = meta(0x59, b"\x02\x00", delta=b"\x10")
    assert read_tracks(later + END, meta(0x59, b"\xfd\x01") + NOTE + END).settings.key == "Cm"


def test_markers_and_cue_points_are_markers_once(read_tracks: ReadTracks) -> None:
    verse, chorus = meta(0x06, b"Verse"), meta(0x07, b"Chorus", delta=b"\x60")
    song = read_tracks(verse + chorus + END, verse + NOTE + END)
    assert [(m.tick, m.name) for m in song.markers] == [(0, "Verse"), (96, "Chorus")]


def test_the_clip_is_the_whole_bars_around_its_notes(read_tracks: ReadTracks) -> None:
    clip = read_tracks(b"\xa0\x00" + NOTE[1:] + END).tracks[0].clips[0]  # a beat into bar 2
    assert (clip.start, clip.length, clip.notes[0].start) == (3840, 3840, 256)


def test_the_first_tracks_name_is_the_title_when_it_has_no_notes(read_tracks: ReadTracks) -> None:
    named = meta(0x03, b"Song")
    assert read_tracks(named + END, NOTE + END).title == "Song"
    assert read_tracks(named + NOTE + END, NOTE + END).title == "tune"


def test_tracks_without_notes_are_left_out_and_unnamed_ones_get_a_name(
    read_tracks: ReadTracks,
) -> None:
    song = read_tracks(END, meta(0x03, b"(c) 1994") + END, NOTE + END, NOTE + END)
    assert [track.name for track in song.tracks] == ["Track 1", "Track 2"]


def test_names_lose_their_padding(read_tracks: ReadTracks) -> None:
    assert read_tracks(meta(0x03, b"Flute   \0\0") + NOTE + END).tracks[0].name == "Flute"


CHANNELS_1_2_10 = (
    NOTE
    + NOTE.replace(b"\x90", b"\x91").replace(b"\x80", b"\x81")
    + (NOTE.replace(b"\x90", b"\x99").replace(b"\x80", b"\x89"))
)


@pytest.mark.parametrize("file_type", [0, 1])
def test_a_file_with_all_notes_in_one_track_is_split_by_channel(
    read_tracks: ReadTracks, file_type: int
) -> None:
    song = read_tracks(meta(0x03, b"All") + CHANNELS_1_2_10 + END, file_type=file_type)
    assert [track.name for track in song.tracks] == ["All 1", "All 2", "All drums"]
    assert [track.role for track in song.tracks] == ["lead", "lead", "drums"]


def test_a_track_among_others_keeps_its_channels_but_the_drums(read_tracks: ReadTracks) -> None:
    song = read_tracks(CHANNELS_1_2_10 + END, NOTE + END)
    assert [len(placed(song, n)) for n in range(3)] == [1, 2, 1]
    assert [track.role for track in song.tracks] == ["drums", "lead", "lead"]


def test_headers_of_other_containers_padding_and_foreign_chunks_do_no_harm(
    read_bytes: Callable[[bytes], Song], read_tracks: ReadTracks
) -> None:
    from_track = read_tracks(NOTE + END)
    path_bytes = (b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x03\xc0") + (
        b"XFIH\x00\x00\x00\x02ab" + b"MTrk\x00\x00\x00\x0c" + NOTE + END + b"\x00" * 20
    )
    assert read_bytes(b"RIFF\x00\x00\x00\x00RMIDdata\x00\x00\x00\x00" + path_bytes) == from_track


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no MThd"),
        (b"<html>not found</html>", "no MThd"),
        (b"MThd\x00\x00", "ends within its header"),
        (b"MThd\x00\x00\x00\x06\x00\x02\x00\x01\x00\x60", "type 2"),
        (b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x00\x00MTrk\x00\x00\x00\x00", "division"),
        (b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x00\x60", "no track"),
        (
            b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x00\x60\x00\x01\x02\x03\x04\x05\x06\x07",
            "byte 14",
        ),
    ],
)
def test_what_is_no_midi_file_is_refused_by_name(
    read_bytes: Callable[[bytes], Song], data: bytes, words: str
) -> None:
    with pytest.raises(MidiError, match=rf"tune\.mid.*{words}"):
        read_bytes(data)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (b"\x00\x90\x3c", "within an event"),
        (b"\x00\xff\x03\x20abc", "within an event"),
        (b"\x00\x3c\x40", "without a status"),
        (b"\xff\xff\xff\xff\xff\x7f" + NOTE, "more than 4 bytes"),
        (b"\xff\xff\xff\x7f" + NOTE[1:] + END, "may last"),
        (meta(0x01, b"", b"\xff\xff\xff\x7f") * 9 + NOTE + END, "past"),
    ],
)
def test_damaged_and_absurd_tracks_are_refused_by_name(
    read_tracks: ReadTracks, events: bytes, words: str
) -> None:
    with pytest.raises(MidiError, match=rf"tune\.mid.*{words}"):
        read_tracks(events)


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.mid", tmp_path):
        with pytest.raises(MidiError, match=f"{path}: there is no such file"):
            read_midi(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.mid"
    with path.open("wb") as file:
        file.truncate(10**12)  # a hole: it takes no room
    with pytest.raises(MidiError, match="larger than 64 MB"):
        read_midi(path)


def test_reading_tells_its_share_and_can_be_stopped_at_each(
    busy_file: bytes, tmp_path: Path
) -> None:
    path, shares = tmp_path / "tune.mid", list[float]()
    path.write_bytes(busy_file)
    song = read_midi(path, shares.append)
    assert shares == sorted(shares)
    assert len(set(shares)) > len(song.tracks)
    for last in shares:

        def stop(share: float, last: float = last) -> None:
            if share >= last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            read_midi(path, stop)


def test_more_notes_than_a_song_can_hold_are_refused(
    read_tracks: ReadTracks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(midi_notes, "MAX_NOTES", 3)
    assert len(placed(read_tracks(NOTE * 3 + END))) == 3
    for tracks in ([NOTE * 4 + END], [NOTE * 2 + END, NOTE * 2 + END]):
        with pytest.raises(MidiError, match="more than 3 notes"):
            read_tracks(*tracks)


def outcome(read: Callable[[bytes], Song], data: bytes) -> str:
    try:
        return read(data).title
    except MidiError as error:
        return str(error)


def test_damaged_files_give_a_song_or_an_error_that_names_them(
    read_bytes: Callable[[bytes], Song], mutated: Callable[..., bytes], busy_file: bytes
) -> None:
    rng = random.Random(1)
    outcomes = [outcome(read_bytes, mutated(busy_file, rng)) for _ in range(400)]
    refused = [text for text in outcomes if text.startswith("cannot read")]
    assert all("tune.mid: " in text for text in refused)
    assert 50 < len(refused) < 350


def test_a_file_of_thousands_of_tracks_is_refused(read_tracks: ReadTracks) -> None:
    with pytest.raises(MidiError, match="more than 4096 tracks"):
        read_tracks(*[NOTE] * 4097)


def test_texts_that_fill_the_memory_are_refused(read_tracks: ReadTracks) -> None:
    text = b"\0\xff\x03\x82\x80\x80\x00" + b"\xb0\xa1" * 2**21
    with pytest.raises(MidiError, match="texts take more than 4 MB"):
        read_tracks(text + b"\0\xff\x03\x01a" + NOTE)
