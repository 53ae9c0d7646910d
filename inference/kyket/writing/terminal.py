"""Documents as tables for a person at a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from kyket.document import Document
from kyket.language import gettext as _
from kyket.writing import words

_STATUS_STYLES = {"signed": "green", "proposed": "yellow"}
_MARGIN = (0, 0, 0, 2)


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write each document's facts, agreements, people, dates and events, and spans that are none of these."""
    stream = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    for document in documents:
        for part in _parts(document):
            console.print(part)
    stream.detach()


def _parts(document: Document) -> Iterator[RenderableType]:
    yield Rule(Text(words.one_line(document.title or document.id), style="bold"), align="left")
    facts = (document.source, document.published, None if document.title is None else document.id)
    yield Padding(
        Text(" · ".join(dict.fromkeys(words.one_line(f) for f in facts if f)), style="dim"), _MARGIN
    )
    tables = [
        *_agreements(document),
        *_people(document),
        *_dates(document),
        *_events(document),
        *_spans(document),
    ]
    yield from tables
    if not tables:
        yield Padding(Text(_("Nothing found."), style="dim"), _MARGIN)
    for concerned, reason in words.warnings(document):
        yield Padding(Text(f"! {concerned}: {words.one_line(reason)}", style="yellow"), _MARGIN)
    yield Text()


def _agreements(document: Document) -> Iterator[Table]:
    instruments, statuses = words.instruments(), words.statuses()
    rows = [
        (
            _list(words.names(document, agreement.parties)),
            words.one_line(agreement.title) or instruments.get(agreement.instrument, agreement.instrument),
            words.when(agreement.period),
            Text(statuses.get(agreement.status, agreement.status), _STATUS_STYLES.get(agreement.status, "")),
            words.when(agreement.signed_on),
        )
        for agreement in document.agreements
    ]
    headings = (_("Who with whom"), _("Instrument"), _("Period"), _("Status"), _("Signed on"))
    yield from _table(_("Agreements"), headings, rows, ratios=(5, 3, 0, 0, 0))


def _people(document: Document) -> Iterator[Table]:
    rows = [
        (
            words.one_line(person.name),
            words.one_line(person.role),
            words.one_line("".join(words.names(document, filter(None, [person.organization])))),
        )
        for person in document.people
    ]
    yield from _table(_("People"), (_("Name"), _("Role"), _("Organisation")), rows, ratios=(3, 3, 4))


def _dates(document: Document) -> Iterator[Table]:
    rows = [
        (words.one_line(date.text), " ".join(filter(None, (words.when(date.value), date.time))))
        for date in document.dates
    ]
    yield from _table(_("Dates"), (_("In the text"), _("Value")), rows, ratios=(1, 1))


def _events(document: Document) -> Iterator[Table]:
    labels = words.labels()
    rows = [
        (
            labels.get(event.type, event.type),
            words.one_line(document.spans[event.trigger].text),
            words.when(event.date),
            _list(words.names(document, event.participants)),
        )
        for event in document.events
    ]
    headings = (_("Event"), _("In the text"), _("Date"), _("Participants"))
    yield from _table(_("Events"), headings, rows, ratios=(0, 0, 0, 1))


def _spans(document: Document) -> Iterator[Table]:
    labels = words.labels()
    rows = [
        (
            labels.get(span.label) or words.one_line(span.label),
            words.one_line(span.text),
            f"{span.score:.2f}",
        )
        for _index, span in words.listed_spans(document)
    ]
    yield from _table(_("Marked"), (_("Label"), _("In the text"), _("Score")), rows, ratios=(0, 1, 0))


def _table(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[str | Text]], ratios: Sequence[int]
) -> Iterator[Table]:
    """One table, or none where there are no rows; a column of ratio 0 is as wide as what it holds."""
    if not rows:
        return
    table = Table(title=title, title_justify="left", title_style="bold cyan", box=SIMPLE_HEAD, expand=True)
    for heading, ratio in zip(headings, ratios, strict=True):
        table.add_column(heading, ratio=ratio or None, overflow="fold", header_style="dim")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    yield table


def _list(names: Sequence[str]) -> str:
    return "\n".join(f"• {words.one_line(name)}" for name in names)
