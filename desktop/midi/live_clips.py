"""The edit that puts recorded notes into the clips of a track."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.document.edits import add_clip, add_note, resize_clip
from desktop.document.query import PlacedNote, find_track
from desktop.document.song import Clip, Song
from desktop.document.time import Tick


@dataclass(frozen=True, slots=True)
class Recording:
    """Where a recording began, and which clips are its own: those with ids from `first_id` on.

    In a loop it is [start, end) of the loop; else `end` is None.
    """

    start: Tick
    end: Tick | None
    first_id: int


def with_recorded(
    song: Song, track_id: int, notes: Iterable[PlacedNote], recording: Recording
) -> Song:
    """Return `song` with notes in the clips that are there, and in new ones where there is none.

    A clip gets longer, by whole bars, for notes that go on behind its end.
    """
    for note in sorted(notes):
        song = _with_note(song, track_id, note, recording)
    return song


def _with_note(song: Song, track_id: int, note: PlacedNote, recording: Recording) -> Song:
    clips = find_track(song, track_id).clips
    clip = _clip_for(clips, note, recording)
    if clip is None:
        start = _start_of_new(song, clips, note, recording)
        clip = Clip(song.next_id, start, Tick(note.end - start))
        end = _end_for(song, clips, clip, note, recording)
        song = add_clip(song, track_id, start, Tick(end - start))
    elif note.end > clip.end:
        end = _end_for(song, clips, clip, note, recording)
        song = resize_clip(song, clip.id, Tick(end - clip.start))
    start, length = Tick(note.start - clip.start), Tick(note.end - note.start)
    return add_note(song, clip.id, start, length, note.pitch, velocity=note.velocity)


def _clip_for(clips: tuple[Clip, ...], note: PlacedNote, recording: Recording) -> Clip | None:
    """Return the clip at the note, or the recording's own one right before it."""
    under = [clip for clip in clips if clip.start <= note.start < clip.end]
    if under:
        return max(under, key=lambda clip: clip.id)
    before = _last_before(clips, note)
    return before if before is not None and before.id >= recording.first_id else None


def _last_before(clips: tuple[Clip, ...], note: PlacedNote) -> Clip | None:
    before = [clip for clip in clips if clip.end <= note.start]
    return max(before, key=lambda clip: clip.end, default=None)


def _start_of_new(
    song: Song, clips: tuple[Clip, ...], note: PlacedNote, recording: Recording
) -> Tick:
    """Return where the recording began, or its bar, but behind the clip before."""
    bar = song.tempo_map.bar_at(min(recording.start, note.start))
    start = recording.start if recording.end is not None else bar.start
    before = _last_before(clips, note)
    return max(min(start, note.start), before.end if before is not None else Tick(0))


def _end_for(
    song: Song, clips: tuple[Clip, ...], clip: Clip, note: PlacedNote, recording: Recording
) -> Tick:
    """Return where `clip` is to end: with the loop or a bar, but before the clip behind it."""
    bar = song.tempo_map.bar_at(note.end - 1)
    end = Tick(bar.start + bar.length)
    if recording.end is not None and recording.start <= note.start < recording.end:
        end = recording.end
    behind = [other.start for other in clips if other.start > note.start and other.id != clip.id]
    return max(note.end, min([end, *behind]))
