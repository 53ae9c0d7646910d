"""Windows with overlap over a text of any length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kyket.tagging.tokens import Tokens

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `[start, end)` go through the model together; `[read_from, read_to)` are read from it."""

    start: int
    end: int
    read_from: int
    read_to: int


def cut(tokens: Tokens, size: int, overlap: int) -> list[Window]:
    """Cuts a text into windows, each token to be read where it is nearest a window's centre.

    Windows begin and end between units, unless a single unit is longer than a window.

    Args:
        tokens: The text.
        size: Most tokens of a window, without special tokens.
        overlap: Least tokens that neighbours share, about; less than half of `size`.

    Returns:
        Windows whose read parts are adjacent and cover every token exactly once.
    """
    total = len(tokens.ids)
    if total <= size:
        return [Window(0, total, 0, total)] if total else []
    windows: list[Window] = []
    start = 0
    while True:
        end = total if start + size >= total else _unit_start(tokens, start + size, after=start)
        read_from = (start + windows[-1].end) // 2 if windows else 0
        if windows:
            last = windows[-1]
            windows[-1] = Window(last.start, last.end, last.read_from, read_from)
        windows.append(Window(start, end, read_from, end))
        if end == total:
            return windows
        start = _unit_start(tokens, max(end - overlap, start + 1), after=start, before=end)


def _unit_start(tokens: Tokens, position: int, after: int, before: int | None = None) -> int:
    """The last start of a unit at or before `position` that lies behind `after`.

    Where there is none, the next one up to `before`; where there is none either, `position` itself.
    """
    following = int(np.searchsorted(tokens.firsts, position, side="right"))
    if (found := int(tokens.firsts[following - 1])) > after:
        return found
    if before is not None and following < len(tokens.firsts) and tokens.firsts[following] <= before:
        return int(tokens.firsts[following])
    return position


@dataclass(frozen=True, slots=True)
class Pass:
    """What goes through the model at once.

    *Shape:* `ids` (tokens,), special tokens included; `rows` (units,), the results that are read from it.
    """

    ids: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]


def passes(
    tokens: Tokens,
    *,
    prefix: npt.NDArray[np.int64],
    suffix: npt.NDArray[np.int64],
    size: int,
    overlap: int,
) -> list[Pass]:
    """The passes that read each unit of a text once, in order.

    Each window runs unpadded, so that an article gives the same result alone and among others.

    Args:
        tokens: The text.
        prefix: Special tokens that the model expects before a text.
        suffix: And behind it.
        size: Most tokens of a window, special tokens included.
        overlap: Least tokens that neighbouring windows share, about.
    """
    found: list[Pass] = []
    for window in cut(tokens, size - len(prefix) - len(suffix), overlap):
        first, last = np.searchsorted(tokens.firsts, [window.read_from, window.read_to])
        found.append(
            Pass(
                ids=np.concatenate([prefix, tokens.ids[window.start : window.end], suffix]),
                rows=tokens.firsts[first:last] - window.start + len(prefix),
            )
        )
    return found


def joined(parts: Sequence[Scores]) -> Scores:
    """What was read of all passes of a text. *Shape:* (units, tags), or (0, 0) for an empty text."""
    return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float32)
