"""What was sung or played to an audio input becomes notes, and takes of the region over them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from desktop.document.edits import add_region, add_take, add_track
from desktop.document.query import PlacedNote, find_region, find_track
from desktop.document.song import Region, Song, Take
from desktop.document.tempo import TempoMap
from desktop.document.time import MAX_TICK, Tick
from desktop.importing.audio import import_audio, read_audio
from desktop.importing.heard_notes import HeardNote, clip_notes, notes_in
from desktop.midi.live_clips import Recording, with_recorded
from desktop.midi.live_notes import EARLY_S
from desktop.storage.pool import TakePool
from desktop.storage.recordings import Spot
from inference.arrays import Audio

SHORTEST_PASS_S: Final = 0.05
SHORTEST_ROUND_S: Final = 1.0  # a shorter loop would fill the region with takes of a note or two


class Pass(NamedTuple):
    """The song went on from tick `start` while `frames` frames were recorded from `first` on.

    `end` is where the loop ended it; None for a pass that did not come to its end.
    """

    start: Tick
    first: int
    frames: int
    end: Tick | None = None


@dataclass(frozen=True, slots=True)
class Melody:
    """A recording in the pool, as `take`; the notes of its pass `chosen`, which lasts to `end`."""

    spot: Spot
    take: Take
    passes: tuple[Pass, ...]
    chosen: Pass
    end: Tick
    notes: tuple[PlacedNote, ...]


def hear_melody(path: Path, spot: Spot, tempo_map: TempoMap, pool: TakePool) -> Melody:
    """Return what is heard in the recording at `path`, which goes into the pool; seconds of work.

    Of several rounds of a loop the last whole one is listened to. Raises StorageError; ValueError
    where it ended before the song began.
    """
    file = read_audio(path)
    rate = file.sample_rate_hz
    rounds = passes(spot, tempo_map, file.audio.shape[1], rate)
    chosen = next((each for each in reversed(rounds) if each.end is not None), rounds[0])
    take = replace(import_audio(path, pool).take, recording=path.name)
    early = min(chosen.first, round(EARLY_S * rate)) if chosen is rounds[0] else 0
    heard = _heard(file.audio[:, chosen.first - early : chosen.first + chosen.frames], rate, early)
    end_s = tempo_map.tick_to_second(chosen.start) + chosen.frames / rate
    end = chosen.end or Tick(max(chosen.start + 1, tempo_map.second_to_tick(end_s)))
    notes = clip_notes(tempo_map, Region(1, chosen.start, end), heard)
    placed = tuple(
        PlacedNote(
            Tick(chosen.start + note.start),
            Tick(chosen.start + note.start + note.length),
            note.pitch,
            note.velocity,
        )
        for note in notes
    )
    return Melody(spot, take, rounds, chosen, end, placed)


def passes(spot: Spot, tempo_map: TempoMap, frames: int, sample_rate_hz: int) -> tuple[Pass, ...]:
    """Return the passes of a recording that is `frames` long, one for each round of a loop.

    To a loop shorter than SHORTEST_ROUND_S it is one pass, which goes on over the loop's end.
    ValueError where there is none: the recording ended before the song began.
    """
    start, first, loop = spot.start, spot.start_frame, spot.loop
    if loop and tempo_map.span_frames(*loop, sample_rate_hz) < SHORTEST_ROUND_S * sample_rate_hz:
        loop = None
    shortest = SHORTEST_PASS_S * sample_rate_hz
    if frames - first < shortest:
        raise ValueError("the recording ended before the song began; nothing was recorded")
    found: list[Pass] = []
    while loop is not None and start < loop[1]:
        length = tempo_map.span_frames(start, loop[1], sample_rate_hz)
        rest = frames - first - length
        is_short = length < shortest
        if rest < 0 or (is_short and rest < shortest):
            break
        if not is_short:  # as the end of the round in which the recording began may be
            found.append(Pass(start, first, length, loop[1]))
        start, first = loop[0], first + length
    if not found or frames - first >= shortest:
        found.append(Pass(start, first, frames - first))
    return tuple(found)


def with_melody(song: Song, melody: Melody, track_name: str, take_name: str) -> Song:
    """Return `song` with the notes in a clip, and each pass as a take that nothing plays yet.

    On the track of the spot, or on a new one called `track_name` where that is gone. Only a take
    that is alone in its region is called `take_name`: of several the number says which is which.
    """
    track_id = melody.spot.track_id
    if track_id not in {track.id for track in song.tracks}:
        track_id = song.next_id
        song = add_track(song, track_name)
    assert track_id is not None
    first_id, chosen = song.next_id, melody.chosen
    start = melody.spot.loop[0] if chosen.end is not None and melody.spot.loop else chosen.start
    recording = Recording(Tick(min(start, chosen.start)), chosen.end, first_id)
    song = with_recorded(song, track_id, melody.notes, recording)
    song, region_id = _with_region(song, track_id, melody)
    is_alone = len(melody.passes) == 1 and not find_region(song, region_id).takes
    for each in melody.passes:
        name = take_name if is_alone else ""
        song = add_take(song, region_id, _take_of(song, region_id, melody.take, each, name))
    return song


def has_recording(song: Song, name: str) -> bool:
    """Return whether a take of the song came from the recording called `name`."""
    return any(
        take.recording == name
        for track in song.tracks
        for region in track.regions
        for take in region.takes
    )


def _heard(sound: Audio, sample_rate_hz: int, early: int) -> list[HeardNote]:
    """Return the notes of `sound`; times count from its frame `early`."""
    early_s = early / sample_rate_hz
    notes = (
        note._replace(start_s=note.start_s - early_s, end_s=note.end_s - early_s)
        for note in notes_in(sound, sample_rate_hz)
    )
    return [note for note in notes if note.end_s > 0]


def _with_region(song: Song, track_id: int, melody: Melody) -> tuple[Song, int]:
    """Return `song` with a region over what was recorded, by bars, and its id; or that there."""
    track, chosen = find_track(song, track_id), melody.chosen
    for region in track.regions:
        if region.start <= chosen.start < region.end:
            return song, region.id
    begin = song.tempo_map.bar_at(chosen.start)
    before = max((r.end for r in track.regions if r.end <= chosen.start), default=Tick(0))
    behind = min((r.start for r in track.regions if r.start > chosen.start), default=MAX_TICK)
    start, end = max(begin.start, before), min(_end_of(song, melody), behind)
    return add_region(song, track_id, start, end), song.next_id


def _end_of(song: Song, melody: Melody) -> Tick:
    """Return where the loop ended, or the bar of the last note, or that of the last sound."""
    if melody.chosen.end is not None:
        return melody.chosen.end
    bar = song.tempo_map.bar_at(max((note.end for note in melody.notes), default=melody.end) - 1)
    return Tick(bar.start + bar.length)


def _take_of(song: Song, region_id: int, take: Take, each: Pass, name: str) -> Take:
    region, frame_of = find_region(song, region_id), song.tempo_map.tick_to_frame
    rate = take.sample_rate_hz
    offset = each.first - frame_of(each.start, rate) + frame_of(region.start, rate)
    return replace(take, id=str(uuid4()), name=name, offset_frames=offset)
