"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TextIO

from kyket.language import gettext as _
from kyket.reading.files import shown

if TYPE_CHECKING:
    from rich.progress import Progress

_FIRST = 10.0  # seconds until the first plain line
_BETWEEN = 30.0  # seconds from one to the next
_MOST_SUFFIXES = 8  # that are named


class Report(AbstractContextManager["Report"]):
    """Says on a stream how far a run is, how fast, and how long it will take.

    Time left is reckoned from the bytes of the input, of which the total is known; articles are not counted
    in advance.

    Args:
        total: Size of the input in bytes.
        stream: Where to say it; standard error by default.
    """

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = sys.stderr if stream is None else stream
        self._begun = self._said = time.monotonic()
        self._said += _FIRST - _BETWEEN
        self._start: tuple[int, int] | None = None
        self._bar: Progress | None = None

    def __enter__(self) -> Report:
        if self._stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            self._bar = Progress(
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TextColumn("{task.description}"),
                console=Console(file=self._stream),
                transient=True,
            )
            self._bar.start()
            self._bar.add_task(_("Reading"), total=max(1, self._total))
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def passed_over(self, suffixes: Counter[str]) -> None:
        """Say which files below the folders of the input are not read, so that nobody misses them later.

        Args:
            suffixes: How many there are with each suffix; an empty one for names without.
        """
        if not suffixes:
            return
        named = [
            f"{shown(suffix) or _('without suffix')} {number:,}"
            for suffix, number in suffixes.most_common(_MOST_SUFFIXES)
        ]
        more = ", …" if len(suffixes) > _MOST_SUFFIXES else ""
        message = _("files in folders passed over for their suffix, {number}: {suffixes}")
        words = message.format(number=f"{suffixes.total():,}", suffixes=", ".join(named) + more)
        print(f"kyket: {words}", file=self._stream, flush=True)

    def show(self, articles: int, errors: int, bytes_read: int) -> None:
        """Say how far the run is, if it is time to; speed is counted from the first call on.

        Args:
            articles: Done, those of earlier runs into this folder included.
            errors: How many of those have no document.
            bytes_read: Of the input.
        """
        if self._start is None:
            self._start, self._begun = (articles, bytes_read), time.monotonic()
        now = time.monotonic()
        if self._bar is None and (now - self._said < _BETWEEN or articles == self._start[0]):
            return
        self._said = now
        words = self._words(articles, errors, bytes_read, now - self._begun)
        if self._bar is None:
            print(f"kyket: {words}", file=self._stream, flush=True)
        else:
            self._bar.update(self._bar.task_ids[0], completed=bytes_read, description=words)

    def rate(self, articles: int) -> float:
        """Articles a second in this run."""
        before = self._start[0] if self._start else articles
        return (articles - before) / max(1e-9, time.monotonic() - self._begun)

    def _words(self, articles: int, errors: int, bytes_read: int, seconds: float) -> str:
        assert self._start is not None
        read = bytes_read - self._start[1]
        left = _clock(seconds * (self._total - bytes_read) / read) if read > 0 else "?"
        return _("articles {articles}, without a result {errors}, {rate} a second, {left} left").format(
            articles=f"{articles:,}", errors=f"{errors:,}", rate=f"{self.rate(articles):.1f}", left=left
        )


def _clock(seconds: float) -> str:
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}"
