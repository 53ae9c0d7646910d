"""Marked-up mini-articles of tests/cases/agreements, as spans, dates and entities."""

from dataclasses import dataclass
from pathlib import Path

import regex

from kyket.document import Date, Entity, Span
from kyket.timevalues import parse_value

CASES = Path(__file__).parents[2] / "cases" / "agreements"
MARK = regex.compile(
    r"\[\[(?P<label>[A-Z]+)(?:=(?P<full>[^:\]]+)|@(?P<org>[^:\]]+)| (?P<value>[^:\]]+))?:(?P<text>[^\]]+)\]\]"
)


@dataclass
class Case:
    name: str
    published: str | None
    marked: str
    expected: list[str]


def cases(file: str) -> list[Case]:
    found = []
    text = (CASES / file).read_text(encoding="utf-8")
    for block in regex.split(r"^== ", text, flags=regex.MULTILINE)[1:]:
        head, *lines = [line for line in block.rstrip().splitlines() if not line.startswith("#")]
        name, _, published = head.partition("|")
        body = [line for line in lines if not line.startswith("-> ")]
        expected = [line[3:].strip() for line in lines if line.startswith("-> ")]
        found.append(Case(name.strip(), published.strip() or None, "\n".join(body).strip(), expected))
    return found


def unmark(marked: str) -> tuple[str, list[Span], list[Date], list[Entity]]:
    parts, spans, dates = [], [], []
    entities: dict[tuple[str, str], Entity] = {}
    at = length = 0

    def entity(kind: str, name: str) -> Entity:
        if (kind, name) not in entities:
            number = sum(other == kind for other, _ in entities) + 1
            entities[kind, name] = Entity(id=f"{kind.lower()}-{number}", type=kind, name=name)
        return entities[kind, name]

    for match in MARK.finditer(marked):
        parts.append(marked[at : match.start()])
        length += match.start() - at
        start, end = length, length + len(match["text"])
        label, text = match["label"], match["text"]
        if label != "DATE":
            spans.append(Span(start=start, end=end, text=text, label=label))
        if match["value"]:
            value = parse_value(match["value"])
            dates.append(Date(start=start, end=end, text=text, type=label, value=value))
        if label in ("ORG", "PER", "LOC"):
            owner = entity(label, match["full"] or text)
            owner.mentions.append(len(spans) - 1)
            if match["org"]:
                owner.organization = entity("ORG", match["org"]).id
        parts.append(text)
        at, length = match.end(), end
    parts.append(marked[at:])
    return "".join(parts), spans, dates, list(entities.values())
