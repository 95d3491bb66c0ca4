"""Which region the panels that are about one region show."""

from desktop.document.song import Region
from desktop.session.session import Session


def chosen_region(session: Session) -> Region | None:
    """Return the first of the selected regions, in the order of the song, None for none."""
    regions = (region for track in session.song.tracks for region in track.regions)
    return next((region for region in regions if region.id in session.selection.parts), None)
