"""The values of the contract in words, in the reader's language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kyket.dates.resolve import DAY_UNKNOWN
from kyket.document import Document, Span
from kyket.labels import LABELS
from kyket.language import gettext as _
from kyket.sentences import ends_as_given
from kyket.timevalues import Duration, Interval, TimeValue, parse_value

_YEARLESS = "a day without its year"
_CONTROLS = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"},
    0x7F: 0x2421,
    **dict.fromkeys(range(128, 160), 65533),
}


def labels() -> dict[str, str]:
    """Names of the labels of spans and the types of events."""
    return {
        "ORG": _("organisation"),
        "PER": _("person"),
        "LOC": _("place"),
        "PERIOD": _("period"),
        "AGREEMENT": _("instrument"),
        "SIGNING": _("signing"),
        "MEETING": _("meeting"),
        "VISIT": _("visit"),
        "EXCHANGE": _("exchange"),
        "TRAINING": _("training"),
        "SUPPORT": _("support"),
        "AWARD": _("award"),
        "REVIEW": _("review"),
    }


def listed_spans(document: Document) -> list[tuple[int, Span]]:
    """The spans to list by themselves, with their indices.

    They are those whose labels are not kyket's own, or all where nothing else was found.
    """
    read = document.agreements or document.people or document.dates or document.events
    return [(i, span) for i, span in enumerate(document.spans) if not read or span.label not in LABELS]


def instruments() -> dict[str, str]:
    """Names of the kinds of instrument."""
    return {
        "memorandum": _("memorandum"),
        "agreement": _("agreement"),
        "programme": _("programme"),
        "treaty": _("treaty"),
        "contract": _("contract"),
        "other": _("other instrument"),
    }


def statuses() -> dict[str, str]:
    """Names of what has become of an instrument."""
    return {"signed": _("signed"), "proposed": _("proposed")}


def when(value: TimeValue | str | None) -> str:
    """A value of time as people write it; empty where it is not known.

    Example:
        >>> when("2018/2023"), when("2022-07-18"), when("2024/..")
        ('2018 – 2023', '2022-07-18', 'from 2024')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        value = parse_value(value)
    if isinstance(value, Interval):
        if value.end is None:
            return _("from {start}").format(start=value.start)
        if value.start is None:
            return _("until {end}").format(end=value.end)
        if value.start == value.end:
            return str(value.start)
        return f"{value.start} – {value.end}"
    if isinstance(value, Duration):
        parts = (
            (value.years, _("{n} yr")),
            (value.months, _("{n} mo")),
            (value.weeks, _("{n} wk")),
            (value.days, _("{n} d")),
        )
        return " ".join(unit.format(n=n) for n, unit in parts if n)
    return str(value)


def names(document: Document, ids: Iterable[str]) -> list[str]:
    """Names of the entities with these ids."""
    known = {entity.id: entity.name for entity in document.entities}
    return [known.get(id, id) for id in ids]


def evidence(document: Document) -> Iterator[list[str]]:
    """For each agreement the sentences that speak of it, in the order of the text; cut as they were read."""
    text = document.text
    cuts = [0, *ends_as_given(text, document.spans)] if document.agreements else []
    for agreement in document.agreements:
        found = sorted({bisect_right(cuts, document.spans[index].start) for index in agreement.evidence})
        yield [one_line(text[cuts[at - 1] : cuts[at]]) for at in found]


def warnings(document: Document) -> list[tuple[str, str]]:
    """What the document warns of: words of the text, joined where they have one reason, and that.

    Days whose year only the day of publication could tell are among them: `XXXX` does not say its remedy.
    """
    words_of: dict[str, list[str]] = {}
    notes = [(warning.message, warning.start, warning.end) for warning in document.warnings]
    if document.published is None:
        notes += [(_YEARLESS, date.start, date.end) for date in document.dates if "XXXX" in str(date.value)]
    for message, start, end in notes:
        concerned = words_of.setdefault(message, [])
        words = f"“{one_line(document.text[start:end])}”"
        if words not in concerned:
            concerned.append(words)
    remedies = {
        DAY_UNKNOWN: _("the day of writing is unknown; give it with --published"),
        _YEARLESS: _("the year is unknown (XXXX); --published, the day of publication, tells it"),
    }
    return [(", ".join(words), remedies.get(message) or _(message)) for message, words in words_of.items()]


def visible(text: str) -> str:
    """`text` with control characters as pictures, so that no terminal or spreadsheet obeys them."""
    return text.translate(_CONTROLS)


def one_line(text: str | None) -> str:
    """`text` on one line, for a cell."""
    return visible(" ".join((text or "").split()))
