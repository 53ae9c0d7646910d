"""Explanations as text for a person, or JSON lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

import regex
from rich.console import Console
from rich.text import Text

from kyket.explanation import ExplainedAgreement, Explanation, Ground, Passage, Reason
from kyket.language import gettext as _
from kyket.writing import words

_NEWLINE = regex.compile(r"[\r\n]+")


def json_lines(explanations: Iterable[Explanation], out: BinaryIO) -> None:
    """Write each explanation as soon as it is there: one JSON object a line, in UTF-8."""
    for explanation in explanations:
        out.write(explanation.to_json() + b"\n")
        out.flush()


def text(explanations: Iterable[Explanation], out: BinaryIO) -> None:
    """Write explanations for a person: values, rules and sentences, coloured where `out` is a terminal."""
    stream = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    for explanation in explanations:
        for line in _lines(explanation):
            console.print(line, soft_wrap=True)
    stream.detach()


def _lines(explanation: Explanation) -> Iterator[Text]:
    yield Text(words.one_line(explanation.title or explanation.id), "bold")
    if not explanation.agreements:
        yield Text(f"  {_('No agreement.')}", "dim")
    for agreement in explanation.agreements:
        yield Text()
        yield from _agreement(agreement)
    yield Text()


def _agreement(agreement: ExplainedAgreement) -> Iterator[Text]:
    title = words.one_line(agreement.title)
    yield Text.assemble("  ", (agreement.id, "bold cyan"), f"  {title}" if title else "")
    instruments, statuses = words.instruments(), words.statuses()
    value = agreement.instrument.value
    yield from _reason(_("instrument"), instruments.get(value, value), agreement.instrument)
    for grounds, parties in groupby(agreement.parties, key=lambda party: party.grounds):
        for party in parties:
            yield _value(_("party"), party.name or party.value)
        yield from _grounds(grounds)
    if agreement.period:
        yield from _reason(_("period"), words.when(agreement.period.value), agreement.period)
    value = agreement.status.value
    yield from _reason(_("status"), statuses.get(value, value), agreement.status)
    if agreement.signed_on:
        yield from _reason(_("signed on"), words.when(agreement.signed_on.value), agreement.signed_on)
    if agreement.renews:
        yield from _reason(_("renews"), agreement.renews.value, agreement.renews)
    yield Text.assemble("    ", (_("mentions"), "dim"))
    yield from _grounds(agreement.mentions)


def _reason(field: str, value: str, reason: Reason) -> Iterator[Text]:
    yield _value(field, value)
    yield from _grounds(reason.grounds)


def _value(field: str, value: str) -> Text:
    return Text.assemble("    ", (field, "dim"), ": ", (words.one_line(value), "bold"))


def _grounds(grounds: Sequence[Ground]) -> Iterator[Text]:
    """The steps in order; a rule is said once for the words one after another that it read."""
    for (rule, meaning), steps in groupby(grounds, key=lambda ground: (ground.rule, ground.meaning)):
        yield Text.assemble("      ", (rule, "green"), f": {_(meaning)}")
        for step in steps:
            if step.words and step.sentence:
                yield _quotation(step.words, step.sentence)


def _quotation(read: Passage, sentence: Passage) -> Text:
    """A sentence on one line, what was read marked in it."""
    start, end = read.start - sentence.start, read.end - sentence.start
    cut = sentence.text[:start], f"[{read.text}]", sentence.text[end:]
    before, marked, after = (words.visible(_NEWLINE.sub(" ", part)) for part in cut)
    return Text.assemble(
        "        ", (f"{read.start}-{read.end}", "dim"), f"  {before}", (marked, "bold yellow"), after
    )
