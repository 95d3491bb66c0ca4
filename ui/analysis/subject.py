"""What is measured: what is selected, or the mix; and how it is called."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.document.query import find_track
from desktop.document.song import Region, Song
from desktop.document.time import Tick
from desktop.mixing.excerpt import Excerpt, excerpt_of_mix, excerpt_of_parts, excerpt_of_track
from desktop.session.selection import Selection
from ui.shared.readings import minutes_text

Scope = Literal["selection", "mix"]


@dataclass(frozen=True, slots=True)
class Subject:
    """An excerpt and its name; `hint` says what to do when nothing sounds in it."""

    excerpt: Excerpt
    name: str
    hint: str

    @property
    def span_text(self) -> str:
        """Return from when to when it lasts."""
        first, end = (f / self.excerpt.song.settings.sample_rate_hz for f in self.excerpt.frames)
        return f"{minutes_text(first)} – {minutes_text(end)}"


def subject_of(
    song: Song, selection: Selection, loop: tuple[Tick, Tick] | None, scope: Scope
) -> Subject:
    """Return what is selected, or the mix if nothing is or `scope` says so; that within `loop`."""
    if scope == "selection" and selection.parts:
        return _parts(song, selection)
    if scope == "selection" and selection.track_id is not None:
        return _track(song, selection.track_id)
    name = _tr("Mix within the loop") if loop else _tr("Mix")
    hint = _tr("No take sounds here. Render regions with Ctrl+Enter, and their mix is measured.")
    return Subject(excerpt_of_mix(song, loop), name, hint)


def _parts(song: Song, selection: Selection) -> Subject:
    excerpt = excerpt_of_parts(song, selection.parts)
    tracks = excerpt.song.tracks
    regions = [region for track in tracks for region in track.regions]
    if len(regions) == 1:
        name = f"{tracks[0].name}: {_prompt(regions[0])}"
    else:
        name = _tr("{n} regions on {tracks}").format(
            n=len(regions), tracks=", ".join(track.name for track in tracks)
        )
    hint = _tr("No take sounds here. Render the region with Ctrl+Enter, and it is measured.")
    return Subject(excerpt, name, hint)


def _track(song: Song, track_id: int) -> Subject:
    name = _tr("Track {name}").format(name=find_track(song, track_id).name)
    hint = _tr("This track plays no take. Render its regions with Ctrl+Enter, and it is measured.")
    return Subject(excerpt_of_track(song, track_id), name, hint)


def _prompt(region: Region) -> str:
    return region.prompt or _tr("region without a prompt")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Analysis", text)
