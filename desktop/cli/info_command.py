"""`partimento info`."""

from pathlib import Path
from typing import Any

import click

from desktop.cli.open_project import read_song
from desktop.cli.options import FOLDER, reporting
from desktop.cli.report import Report, counted, one_line
from desktop.document.comping import played_ids, played_spans
from desktop.document.song import Region, Song, Track


@click.command("info")
@click.argument("song", type=FOLDER)
@reporting
def command(song: Path, report: Report) -> None:
    """Show what is in SONG: tempo, tracks, regions with their prompts, takes."""
    folder, opened = read_song(song, report)
    report.result("\n".join(describe(opened.song)), "song", **summary(opened.song))
    report.note(str(folder), "done", path=str(folder))


def summary(song: Song) -> dict[str, Any]:
    """Return the song in short, for programs."""
    return {
        "title": song.title,
        "duration_s": song.tempo_map.tick_to_second(song.end),
        "sample_rate_hz": song.settings.sample_rate_hz,
        "pack_id": song.settings.pack_id,
        "tempos": [{"tick": t.tick, "bpm": t.bpm} for t in song.tempo_map.tempos],
        "metres": [
            {"tick": m.tick, "metre": f"{m.numerator}/{m.denominator}"}
            for m in song.tempo_map.metres
        ],
        "markers": [{"tick": m.tick, "name": m.name} for m in song.markers],
        "tracks": [track_summary(song, track) for track in song.tracks],
    }


def track_summary(song: Song, track: Track) -> dict[str, Any]:
    return {
        **{"id": track.id, "name": track.name, "role": track.role},
        **{"gain_db": track.gain_db, "pan": track.pan, "mute": track.mute, "solo": track.solo},
        "notes": sum(len(clip.notes) for clip in track.clips),
        "regions": [region_summary(song, region) for region in track.regions],
    }


def region_summary(song: Song, region: Region) -> dict[str, Any]:
    return {
        "id": region.id,
        "start_s": song.tempo_map.tick_to_second(region.start),
        "end_s": song.tempo_map.tick_to_second(region.end),
        "prompt": region.prompt,
        "pack_id": region.pack_id,
        "active_take": region.active_take,
        "plays": [
            {
                "start_s": song.tempo_map.tick_to_second(span.start),
                "end_s": song.tempo_map.tick_to_second(span.end),
                "take": span.take.id,
            }
            for span in played_spans(region)
        ],
        "takes": [
            {"id": t.id, "created_utc": t.created_utc, "failures": list(t.quality.failures)}
            for t in region.takes
        ],
    }


def describe(song: Song) -> list[str]:
    """Return the song in short, as lines for people."""
    pack = f"pack {song.settings.pack_id}" if song.settings.pack_id else "the default pack"
    duration = words_for(song.tempo_map.tick_to_second(song.end))
    lines = [
        f"{one_line(song.title)}: {duration} at {song.settings.sample_rate_hz} Hz, {pack}",
        "tempo " + ", ".join(f"{t.bpm:g} ({place(song, t.tick)})" for t in song.tempo_map.tempos),
        "metre "
        + ", ".join(
            f"{m.numerator}/{m.denominator} ({place(song, m.tick)})" for m in song.tempo_map.metres
        ),
    ]
    lines += [f"marker {place(song, m.tick)} {one_line(m.name)}" for m in song.markers]
    return lines + [line for track in song.tracks for line in describe_track(song, track)]


def words_for(duration_s: float) -> str:
    """Return minutes, and seconds to the tenth."""
    minutes, tenths = divmod(round(duration_s * 10), 600)
    return f"{minutes} min {tenths / 10} s"


def describe_track(song: Song, track: Track) -> list[str]:
    notes = counted(sum(len(clip.notes) for clip in track.clips), "note")
    switches = "".join(f", {word}" for word in ("mute", "solo") if getattr(track, word))
    head = f"track {track.id} {one_line(track.name)}: {track.role}, {notes}, "
    lines = [f"{head}{track.gain_db:+.1f} dB{switches}"]
    for region in track.regions:
        span = f"{place(song, region.start)} to {place(song, region.end)}"
        takes = counted(len(region.takes), "take")
        takes += f", a comp of {len(played_ids(region))}" if region.comp is not None else ""
        own = f", pack {one_line(region.pack_id)}" if region.pack_id is not None else ""
        lines.append(f"  region {region.id}, {span}, {takes}{own}: {one_line(region.prompt)}")
    return lines


def place(song: Song, tick: int) -> str:
    """Return bar.beat.tick at `tick`."""
    return str(song.tempo_map.tick_to_position(tick))
