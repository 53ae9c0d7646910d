"""An evaluation as one self-contained page, so that an annotator sees what fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kyket.document import Document
from kyket.labels import LABELS
from kyket_training.evaluate import Evaluation, Reading
from kyket_training.scoring import EDGES, MISSED, SPURIOUS, Mention, Pairing


class Piece(NamedTuple):
    """A stretch of one line: plain, or marked with a label and what became of it."""

    text: str
    label: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article as the gold has it and as it was read."""

    gold: list[Piece]
    predicted: list[Piece]

    @property
    def right(self) -> bool:
        """Whether the two agree."""
        return self.gold == self.predicted


def write_report(evaluation: Evaluation, path: Path, *, title: str = "Evaluation", worst: int = 12) -> None:
    """Writes the page: figures, confusions, reliability, and the worst articles with their errors in colour.

    Args:
        evaluation: What to show.
        path: The HTML file; it names no other file and runs no script.
        title: Heading, such as the name of the model.
        worst: How many articles to show.
    """
    environment = Environment(
        loader=PackageLoader("kyket_training", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("evaluation.html.jinja").render(
        title=title,
        evaluation=evaluation,
        rows=_ordered({row for row, _ in evaluation.confusion}, last=(SPURIOUS,)),
        columns=_ordered({column for _, column in evaluation.confusion}, last=(EDGES, MISSED)),
        worst=evaluation.worst(worst),
        paragraphs=paragraphs,
        gold_records=_gold_records,
        read_records=_read_records,
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def paragraphs(reading: Reading) -> list[Paragraph]:
    """The lines of an article that are not blank, each with its gold and its predicted marks."""
    text = reading.article.text
    gold = [(pair.gold, pair) for pair in reading.pairings if pair.gold]
    predicted = sorted((pair.predicted, pair) for pair in reading.pairings if pair.predicted)
    both = zip(_lines(text, gold), _lines(text, predicted), strict=True)
    return [Paragraph(g, p) for g, p in both if any(piece.text.strip() for piece in g)]


def _lines(text: str, marks: Sequence[tuple[Mention, Pairing]]) -> list[list[Piece]]:
    """The pieces of each line of `text`; a mark that goes over a line break is shown in parts."""
    lines: list[list[Piece]] = [[]]
    position = 0
    for (start, end, label), pair in marks:
        _append(lines, Piece(text[position:start]))
        _append(lines, Piece(text[start:end], label, pair.outcome, _note(text, pair)))
        position = end
    _append(lines, Piece(text[position:]))
    return lines


def _append(lines: list[list[Piece]], piece: Piece) -> None:
    for i, part in enumerate(piece.text.split("\n")):
        if i:
            lines.append([])
        if part:
            lines[-1].append(piece._replace(text=part))


def _note(text: str, pair: Pairing) -> str:
    def shown(mention: Mention | None) -> str:
        return f"{mention[2]} “{text[mention[0] : mention[1]]}”" if mention else "nothing"

    return "" if pair.outcome == "right" else f"gold: {shown(pair.gold)} · read: {shown(pair.predicted)}"


def _ordered(names: set[str], last: tuple[str, ...]) -> list[str]:
    return [name for name in (*LABELS, *sorted(names.difference(LABELS, last)), *last) if name in names]


def _gold_records(reading: Reading) -> Iterator[str]:
    for record in reading.article.agreements or ():
        parties, signed_on = record["parties"], record.get("signed_on")
        yield _record(record["instrument"], parties, record.get("period"), record["status"], signed_on)
    for person in reading.article.people or ():
        yield _person(person["name"], person.get("role"), person.get("org"))


def _read_records(reading: Reading) -> Iterator[str]:
    document: Document = reading.document
    names = {entity.id: entity.name for entity in document.entities}
    for record in document.agreements:
        parties = [names.get(party, party) for party in record.parties]
        yield _record(record.instrument, parties, record.period, record.status, record.signed_on)
    for person in document.people:
        yield _person(person.name, person.role, names.get(person.organization or ""))


def _record(
    instrument: str, parties: Sequence[str], period: str | None, status: str, signed_on: str | None
) -> str:
    facts = (instrument, " / ".join(parties) or "no party", period or "no period", status, signed_on)
    return " · ".join(fact for fact in facts if fact)


def _person(name: str, role: str | None, organization: str | None) -> str:
    return ", ".join(fact for fact in (name, role, organization) if fact)
