"""Windows over a text of any length."""

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
    """Cuts a text into windows, about evenly: between lines, or in a long line between sentences.

    No label goes on into the next line, so each token is read once; only a sentence longer than a window goes
    through overlapping ones, and is read where it is nearest a window's centre. Several windows
    are planned as an even number, for two cores to share. Training cuts its articles in the same way.

    Args:
        tokens: The text.
        size: Most tokens of a window, without special tokens.
        overlap: Least tokens that the windows of a sentence longer than one share, about; less than half of
            `size`.

    Returns:
        Windows whose read parts are adjacent and cover every token exactly once.
    """
    total = len(tokens.ids)
    planned = _least(total, size)
    planned += planned % 2 if planned > 1 else 0
    windows: list[Window] = []
    start = 0
    while start < total:
        end = _break(tokens, start, size, max(planned - len(windows), _least(total - start, size)))
        windows += _overlapping(tokens, start, end, size, overlap)
        start = end
    return windows


def _least(length: int, size: int) -> int:
    """How many windows so many tokens need."""
    return -(-length // size)


def _break(tokens: Tokens, start: int, size: int, parts: int) -> int:
    """Where the first of `parts` windows ends that the text from `start` on is to be read in."""
    total = len(tokens.ids)
    if parts == 1:
        return total
    share = (total - start) / parts
    following = total
    for places in (tokens.lines, tokens.sentences):
        first, beyond = np.searchsorted(places, [start, start + size], side="right")
        if first < beyond:
            nearest = int(min(places[first:beyond], key=lambda place: abs(place - start - share)))
            # What fits into one window is parted for evenness alone.
            if total - start > size or abs(nearest - start - share) < share / 2:
                return nearest
        following = min([following, *places[first : first + 1].tolist()])
    return total if total - start <= size else following


def _overlapping(tokens: Tokens, start: int, stop: int, size: int, overlap: int) -> list[Window]:
    """The overlapping windows of tokens `[start, stop)`; units longer than a window are parted."""
    if stop - start <= size:
        return [Window(start, stop, start, stop)] if start < stop else []
    windows: list[Window] = []
    read_from = start
    while True:
        end = stop if start + size >= stop else _unit_start(tokens, start + size, after=start)
        if windows:
            last = windows[-1]
            read_from = (start + last.end) // 2
            windows[-1] = Window(last.start, last.end, last.read_from, read_from)
        windows.append(Window(start, end, read_from, end))
        if end == stop:
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
        overlap: Least tokens that the windows of a sentence longer than one share, about.
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
