"""A clip gets longer when something is written behind its end."""

from dataclasses import replace

from desktop.document.song import Clip
from desktop.document.time import Tick


def grown(clip: Clip, end: int) -> Clip:
    """Return `clip`, at least `end` ticks long."""
    return clip if end <= clip.length else replace(clip, length=Tick(end))
