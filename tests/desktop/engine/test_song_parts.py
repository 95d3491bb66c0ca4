import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from desktop.document import edits
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.engine.song_parts import SongReader, SongUpdate, SongWriter
from tests.desktop.engine.scores import Score


def size(update: SongUpdate) -> int:
    return len(pickle.dumps(update))


def clip_id(song: Song) -> int:
    return song.tracks[0].clips[0].id


def test_a_song_arrives_as_it_was(score: Score) -> None:
    song = score.song(score.notes((0, 960, 60)), score.track(score.noise(0.1)))
    assert SongReader().read(SongWriter().write(song)) == song


def test_what_did_not_change_stays_the_same_object(score: Score) -> None:
    song = score.song(score.notes((0, 960, 60)), score.track(score.noise(0.1)))
    writer, reader = SongWriter(), SongReader()
    before = reader.read(writer.write(song))
    louder = replace(song.tracks[0], gain_db=3.0)
    after = reader.read(writer.write(replace(song, tracks=(louder, song.tracks[1]))))
    assert after.tempo_map is before.tempo_map
    assert after.tracks[1] is before.tracks[1]
    assert after.tracks[0].clips[0] is before.tracks[0].clips[0]
    assert after.tracks[0].gain_db == 3.0


def test_an_edit_costs_what_it_changes(score: Score) -> None:
    many = score.notes(*((n * 10, 10, 60) for n in range(1000)))
    song = score.song(many, score.track(), score.track())
    writer = SongWriter()
    first = size(writer.write(song))
    moved = replace(song, tracks=(song.tracks[0], replace(song.tracks[1], pan=0.5), song.tracks[2]))
    assert size(writer.write(moved)) < 1000 < first / 10


Edit: TypeAlias = Callable[[Song], Song]


def set_pan(pan: float) -> Edit:
    return lambda song: edits.change_track(song, song.tracks[0].id, partial(replace, pan=pan))


def set_tempo(bpm: float) -> Edit:
    return lambda song: edits.set_tempo(song, Tick(0), bpm)


def transpose(semitones: int) -> Edit:
    return lambda song: edits.transpose(song, clip_id(song), {1}, semitones)


def remove_last(song: Song) -> Song:
    return edits.remove_track(song, song.tracks[-1].id) if len(song.tracks) > 1 else song


EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(set_pan, st.floats(-1, 1)),
    st.builds(set_tempo, st.floats(20, 300)),
    st.builds(transpose, st.integers(-5, 5)),
    st.just(edits.add_track),
    st.just(remove_last),
    st.just(lambda song: edits.duplicate_track(song, song.tracks[0].id)),
)


@given(st.lists(st.tuples(EDITS, st.booleans()), max_size=10))
def test_any_row_of_edits_and_undone_edits_arrives(steps: list[tuple[Edit, bool]]) -> None:
    song = edits.add_track(Song())
    song = edits.add_clip(song, song.tracks[0].id, Tick(0), Tick(960))
    song = edits.add_note(song, clip_id(song), Tick(0), Tick(96), 60)
    songs = [song]
    for edit, undone in steps:
        songs.append(songs[-2] if undone and len(songs) > 1 else edit(songs[-1]))
    writer, reader = SongWriter(), SongReader()
    for sent in songs:
        assert reader.read(writer.write(sent)) == sent
