"""Documents as one self-contained page: the text with its marks, the agreements beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kyket.document import Date, Document, Span
from kyket.labels import LABELS
from kyket.language import gettext, language
from kyket.writing import words


class Run(NamedTuple):
    """A stretch of text inside one mark, or between two.

    Attributes:
        mark: Index of the span or date that covers it; None between two.
        first: Whether the mark starts here.
        text: What stands there.
        runs: The same stretch cut by dates; empty for those.
    """

    mark: int | None
    first: bool
    text: str
    runs: tuple[Run, ...] = ()


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write the page; it names no other file and runs no script."""
    environment = Environment(
        loader=PackageLoader("kyket", "writing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": words.visible, "when": words.when}
    shown = list(documents)
    page = environment.get_template("page.html.jinja").generate(
        documents=shown,
        runs=runs,
        language=language(),
        legend=_legend(shown),
        labels=words.labels(),
        instruments=words.instruments(),
        statuses=words.statuses(),
        names=words.names,
        listed_spans=words.listed_spans,
        warnings=words.warnings,
        _=gettext,
    )
    for part in page:
        out.write(part.encode("utf-8", errors="replace"))


def runs(document: Document) -> Iterator[Run]:
    """The text of a document, whole and in order, cut at its spans, and each piece cut at its dates."""
    dates = document.dates
    passed = 0
    for start, end, span in _cut(0, len(document.text), document.spans):
        while passed < len(dates) and dates[passed].end <= start:
            passed += 1
        inner = tuple(
            Run(date, date is not None and dates[date].start == first, document.text[first:last])
            for first, last, date in _cut(start, end, dates, passed)
        )
        yield Run(span, span is not None, document.text[start:end], inner)


def _cut(
    start: int, end: int, marks: Sequence[Span | Date], first: int = 0
) -> Iterator[tuple[int, int, int | None]]:
    """Stretches from `start` to `end` with the index of their mark; of two that overlap the first wins."""
    for index in range(first, len(marks)):
        if marks[index].start >= end:
            break
        left, right = max(marks[index].start, start), min(marks[index].end, end)
        if left >= right:
            continue
        if start < left:
            yield start, left, None
        yield left, right, index
        start = right
    if start < end:
        yield start, end, None


def _legend(documents: Sequence[Document]) -> list[str]:
    """The labels that occur, in the order of the guidelines."""
    found = {span.label for document in documents for span in document.spans}
    return [label for label in LABELS if label in found] + sorted(found.difference(LABELS))
