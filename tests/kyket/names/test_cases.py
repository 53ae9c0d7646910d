"""The marked-up cases of tests/cases/names."""

from pathlib import Path

import pytest
import regex

from kyket.document import Entity, Span
from kyket.names import expand, find_place, link, same_person
from kyket.orthography import fold

CASES = Path(__file__).parents[2] / "cases" / "names"
FILES = ("expand", "persons", "places", "link", "roles")


def lines(name: str) -> list[str]:
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def marked(case: str) -> tuple[str, list[Span]]:
    """Text and spans of `[[LABEL:mention]]` marks."""
    text, spans, done = "", [], 0
    case = case.removeprefix("! ").replace("\\n", "\n")
    for match in regex.finditer(r"\[\[(\w+):(.*?)\]\]", case):
        text += case[done : match.start()]
        spans.append(Span(start=len(text), end=len(text) + len(match[2]), text=match[2], label=match[1]))
        text += match[2]
        done = match.end()
    return text + case[done:], spans


def split(case: str) -> tuple[str, str]:
    given, _, expected = case.rpartition("=>")
    return given, expected.strip()


@pytest.mark.parametrize("case", lines("expand"))
def test_expand(case: str) -> None:
    given, expected = split(case)
    assert expand(given.removeprefix("! ").strip()) == expected


@pytest.mark.parametrize("case", lines("persons"))
def test_persons(case: str) -> None:
    apart = " != " in case
    a, b = case.split(" != " if apart else " = ")
    assert same_person(a, b) is same_person(b, a) is not apart


@pytest.mark.parametrize("case", lines("places"))
def test_places(case: str) -> None:
    if case.endswith("!"):
        assert find_place(case.removesuffix("!").strip()) is None
        return
    given, expected = split(case)
    place = find_place(given.strip())
    assert place is not None
    assert f"{place.name}, {place.country}, {place.province or '-'}" == expected


@pytest.mark.parametrize("case", lines("link"))
def test_link(case: str) -> None:
    given, expected = split(case)
    groups, _, names = expected.partition("|")
    text, spans = marked(given)
    entities = link(text, spans)
    of = {index: entity for entity in entities for index in entity.mentions}
    seen: dict[str, str] = {}
    for index, group in enumerate(groups.split()):
        seen.setdefault(of[index].id, group)
        assert seen[of[index].id] == group, f"{spans[index].text}: {of[index]}"
    assert len(set(seen.values())) == len(seen)
    if names:
        in_order = list(dict.fromkeys(of[i].name for i in range(len(spans))))
        assert in_order == [name.strip() for name in names.split(" / ")]


def body(entities: list[Entity], person: Entity) -> str:
    return next((e.name for e in entities if e.id == person.organization), "-")


@pytest.mark.parametrize("case", lines("roles"))
def test_roles(case: str) -> None:
    given, expected = split(case)
    text, spans = marked(given)
    entities = link(text, spans)
    found = [f"{e.name} | {e.role or '-'} | {body(entities, e)}" for e in entities if e.type == "PER"]
    assert [fold(f) for f in found] == [fold(e) for e in expected.split(";")]


def test_there_are_enough_cases() -> None:
    cases = [case for name in FILES for case in lines(name)]
    negative = [case for case in cases if case.startswith("!") or case.endswith("!") or " != " in case]
    assert len(cases) >= 300
    assert len(negative) * 3 >= len(cases)
