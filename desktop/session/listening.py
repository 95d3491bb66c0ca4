"""How the song is heard while takes are compared. It changes the song for the ears alone.

While the takes of a region are compared, that region may play another take than the song says (in a
blind comparison), and its takes may play at equal loudness. All else plays as it is exported, and
so does the region as soon as it is no longer compared. `with_matched_levels` makes the levels part
of the song where they are to be exported too.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.document.comping import played_spans
from desktop.document.edits import change_region
from desktop.document.query import find_region
from desktop.document.song import Region, Song, Take
from desktop.mixing.matching import matched_gains_db


class Listening(QObject):
    """What is compared, and how. Use it from the window's thread."""

    changed = Signal()  # the song is heard differently now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._region_id: int | None = None
        self._take_id: str | None = None
        self._matches = True
        self._last: tuple[Region, Region] | None = None  # as the song says, and as it is heard

    @property
    def matches_levels(self) -> bool:
        """Return whether the takes that are compared play at equal loudness."""
        return self._matches

    def match_levels(self, on: bool) -> None:
        """Play the takes that are compared at equal loudness, or as loud as they are."""
        self._set(self._region_id, self._take_id, on)

    def compare(self, region_id: int | None) -> None:
        """Compare the takes of a region from now on, or none."""
        if region_id != self._region_id:
            self._set(region_id, None, self._matches)

    def audition(self, take_id: str | None) -> None:
        """Play a take of the region that is compared, whatever the song says; None: as it says."""
        self._set(self._region_id, take_id, self._matches)

    def heard(self, song: Song) -> Song:
        """Return `song` as it is heard; the same object where nothing is heard differently."""
        if self._region_id is None:
            return song
        try:
            region = find_region(song, self._region_id)
        except LookupError:
            return song
        if self._last is None or self._last[0] is not region:
            self._last = region, self._compared(region)
        heard = self._last[1]
        return song if heard is region else change_region(song, region.id, lambda _: heard)

    def _compared(self, region: Region) -> Region:
        if self._take_id in {take.id for take in region.takes}:
            region = replace(region, active_take=self._take_id, comp=None)
        gains_db = matched_gains_db(region.takes) if self._matches else {}
        # Only those that play, so that the engine is not sent hundreds of others.
        playing = {span.take.id for span in played_spans(region)}
        takes = tuple(
            _at_gain(take, gains_db.get(take.id)) if take.id in playing else take
            for take in region.takes
        )
        return region if takes == region.takes else replace(region, takes=takes)

    def _set(self, region_id: int | None, take_id: str | None, matches: bool) -> None:
        if (region_id, take_id, matches) != (self._region_id, self._take_id, self._matches):
            self._region_id, self._take_id, self._matches = region_id, take_id, matches
            self._last = None
            self.changed.emit()


def _at_gain(take: Take, gain_db: float | None) -> Take:
    return take if gain_db is None else replace(take, gain_db=gain_db)
