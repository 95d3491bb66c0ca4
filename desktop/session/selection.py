"""What is selected: a frozen value."""

from dataclasses import dataclass, replace

from desktop.document.song import Song
from desktop.document.time import Tick


@dataclass(frozen=True, slots=True)
class Selection:
    """Ids of what is selected; `parts` are clips and regions, `notes` lie in the clip `clip_id`.

    `clip_id` is the clip that the piano roll shows. `span` is a range of time, in ticks.
    """

    track_id: int | None = None
    parts: frozenset[int] = frozenset()
    clip_id: int | None = None
    notes: frozenset[int] = frozenset()
    span: tuple[Tick, Tick] | None = None

    def within(self, song: Song) -> "Selection":
        """Return the selection without what `song` does not hold."""
        clips = {clip.id: clip for track in song.tracks for clip in track.clips}
        regions = {region.id for track in song.tracks for region in track.regions}
        clip = clips.get(self.clip_id or 0)
        notes = (
            self.notes & {note.id for note in clip.notes} if clip and self.notes else frozenset()
        )
        return replace(
            self,
            track_id=self.track_id if self.track_id in {t.id for t in song.tracks} else None,
            parts=self.parts & (clips.keys() | regions),
            clip_id=clip.id if clip else None,
            notes=frozenset(notes),
        )
