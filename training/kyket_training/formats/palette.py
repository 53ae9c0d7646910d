"""Colours for labels in annotation tools."""

from __future__ import annotations

import colorsys


def colours(count: int) -> list[str]:
    """`#rrggbb` colours evenly around the colour wheel, dark enough for white letters on them.

    Example:
        >>> colours(2)
        ['#a32929', '#29a3a3']
    """
    wheel = (colorsys.hls_to_rgb(i / max(count, 1), 0.4, 0.6) for i in range(count))
    return ["#" + "".join(f"{round(255 * part):02x}" for part in colour) for colour in wheel]
