"""One part of a song as a file for another program: a clip as MIDI, what a region plays as WAV."""

from dataclasses import replace
from pathlib import Path

from desktop.document.query import find_clip, find_region, track_with_clip, track_with_region
from desktop.document.song import Song, Take
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.exporting.errors import ExportError, explained
from desktop.exporting.export import export_song
from desktop.exporting.options import ExportOptions
from desktop.exporting.plan import safe_name
from desktop.midi.writing import write_midi
from desktop.mixing.stems import OpenTake


def write_clip(song: Song, clip_id: int, folder: Path) -> Path:
    """Return the MIDI file, written to `folder`, of a clip from its own start on.

    It keeps the tempo and metre that hold where the clip begins. Raises ExportError.
    """
    clip, track = find_clip(song, clip_id), track_with_clip(song, clip_id)
    tempo = TempoChange(Tick(0), song.tempo_map.bpm_at(clip.start))
    metre = replace(song.tempo_map.metre_at(clip.start), tick=Tick(0))
    alone = replace(track, clips=(replace(clip, start=Tick(0)),), regions=())
    tempo_map = TempoMap((tempo,), (MetreChange(Tick(0), metre.numerator, metre.denominator),))
    path = folder / f"{file_name(track.name, clip_id)}.mid"
    with explained(folder):
        write_midi(Song(track.name, (alone,), tempo_map, next_id=song.next_id), path)
    return path


def write_region(
    song: Song, region_id: int, open_take: OpenTake, folder: Path, take: Take | None = None
) -> Path:
    """Return the 24-bit WAV file, written to `folder`, of what a region plays, before its fader.

    `take` stands in place of the take that it plays. Its time stamp is the region's place in the
    song. Raises ExportError, where the region plays nothing too.
    """
    region, track = find_region(song, region_id), track_with_region(song, region_id)
    if take is not None:
        region = replace(region, takes=(take,), active_take=take.id)
    if region.playing is None:
        raise ExportError(f"region {region_id} plays no take; render it first")
    name = file_name(track.name, region_id)
    alone = replace(
        track, clips=(), regions=(region,), gain_db=0.0, pan=0.0, mute=False, solo=False
    )
    options = ExportOptions(
        stems=False, midi=False, bits=24, start=region.start, end=region.end,
        sample_rate_hz=region.playing.sample_rate_hz,
    )  # fmt: skip
    (written,) = export_song(replace(song, title=name, tracks=(alone,)), open_take, folder, options)
    return written.path.rename(folder / f"{name}.wav")


def file_name(track_name: str, part_id: int) -> str:
    """Return a name that tells parts of one track apart."""
    return f"{safe_name(track_name) or 'track'} {part_id}"
