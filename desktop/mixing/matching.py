"""Takes at equal loudness, so that the louder one does not win for being louder."""

from collections.abc import Iterable
from dataclasses import replace
from statistics import median
from typing import Final

from desktop.document.edits import change_region
from desktop.document.query import find_region
from desktop.document.song import Region, Song, Take

PEAK_DBTP: Final = -1.0  # no take is made louder than that
MOST_DB: Final = 24.0  # what is so soft that it would need more is not made to compare


def matched_gains_db(takes: Iterable[Take]) -> dict[str, float]:
    """Return, by id, the gain at which each take is as loud as the others.

    That is the median of those that are not rejected, or so much softer that none of them peaks
    above PEAK_DBTP. Takes whose loudness was not measured are left out.
    """
    found = ((take, _measured(take, "loudness_lufs")) for take in takes)
    known = [(take, lufs) for take, lufs in found if lufs is not None]
    compared = [pair for pair in known if not pair[0].rejected] or known
    if len(known) < 2:
        return {}
    middle = median(lufs for _, lufs in compared)
    target = min(middle, *(lufs + _headroom_db(take) for take, lufs in compared))
    return {take.id: max(-MOST_DB, min(MOST_DB, target - lufs)) for take, lufs in known}


def with_matched_levels(song: Song, region_id: int) -> Song:
    """Return `song` with the region's takes equally loud, for playing and export alike."""
    gains_db = matched_gains_db(find_region(song, region_id).takes)
    return _with_gains(song, region_id, gains_db)


def with_own_levels(song: Song, region_id: int) -> Song:
    """Return `song` with the region's takes as loud as they were made."""
    return _with_gains(song, region_id, {})


def _with_gains(song: Song, region_id: int, gains_db: dict[str, float]) -> Song:
    def levelled(region: Region) -> Region:
        takes = (replace(take, gain_db=gains_db.get(take.id, 0.0)) for take in region.takes)
        return replace(region, takes=tuple(takes))

    return change_region(song, region_id, levelled)


def _headroom_db(take: Take) -> float:
    peak = _measured(take, "true_peak_dbtp")
    return MOST_DB if peak is None else PEAK_DBTP - peak


def _measured(take: Take, name: str) -> float | None:
    return next((m.value for m in take.quality.measures if m.name == name), None)
