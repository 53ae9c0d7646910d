"""Explanations as text for a person, or JSON lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from kyket.explanation import ExplainedAgreement, Explanation, Ground, Reason
from kyket.language import gettext as _
from kyket.writing import words


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
    for party in agreement.parties:
        yield from _reason(_("party"), party.name or party.value, party)
    if agreement.period:
        yield from _reason(_("period"), words.when(agreement.period.value), agreement.period)
    value = agreement.status.value
    yield from _reason(_("status"), statuses.get(value, value), agreement.status)
    if agreement.signed_on:
        yield from _reason(_("signed on"), words.when(agreement.signed_on.value), agreement.signed_on)
    if agreement.renews:
        yield from _reason(_("renews"), agreement.renews.value, agreement.renews)
    yield Text.assemble("    ", (_("mentions"), "dim"))
    for ground in agreement.mentions:
        yield from _ground(ground)


def _reason(field: str, value: str, reason: Reason) -> Iterator[Text]:
    yield Text.assemble("    ", (field, "dim"), ": ", (words.one_line(value), "bold"))
    for ground in reason.grounds:
        yield from _ground(ground)


def _ground(ground: Ground) -> Iterator[Text]:
    yield Text.assemble("      ", (ground.rule, "green"), f" – {ground.meaning}")
    if ground.words and ground.sentence:
        start = ground.words.start - ground.sentence.start
        sentence = ground.sentence.text
        shown = (sentence[:start], f"[{ground.words.text}]", sentence[start + len(ground.words.text) :])
        before, marked, after = (words.visible(" ".join(part.split("\n"))) for part in shown)
        place = f"{ground.words.start}–{ground.words.end}"
        yield Text.assemble("        ", (place, "dim"), f"  {before}", (marked, "bold yellow"), after)
