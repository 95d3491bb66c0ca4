"""The colours of tracks."""

from typing import Final

# Equally light and strong, 30 degrees of hue apart: OKLCH 0.72 0.13 from 20 degrees on.
# fmt: off
TRACK_COLOURS: Final = (
    "#eb8182", "#e58b55", "#cf9a35", "#aaab3f", "#77b868", "#31be98",
    "#00bcc5", "#32b3e6", "#73a5f6", "#a495f0", "#c889d7", "#e181b0",
)
# fmt: on


def track_colour(number: int) -> str:
    """Return the colour of the track made as number `number`; neighbours differ well."""
    return TRACK_COLOURS[number * 5 % len(TRACK_COLOURS)]
