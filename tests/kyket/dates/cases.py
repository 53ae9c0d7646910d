"""Reads `tests/cases/dates/*.txt`: texts with `[[expression | TYPE value flags]]` marked in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "cases" / "dates"
_MARK = re.compile(
    r"\[\[(?P<text>[^|\]]+) \| (?P<type>DATE|PERIOD) (?P<value>\S+)(?: (?P<flag>lunar|\d\d:\d\d))?\]\]"
)


@dataclass(frozen=True)
class Case:
    """A text, the day of writing, and the (start, end, type, value, flag) expected in it."""

    where: str
    text: str
    reference: str | None
    expected: list[tuple[int, int, str, str, str | None]]


def read_cases() -> list[Case]:
    """All positive cases."""
    cases = []
    for path in sorted(FOLDER.glob("*.txt")):
        reference: str | None = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.startswith("# reference:"):
                told = line.split(":")[1].strip()
                reference = None if told == "none" else told
            elif line and not line.startswith("#") and path.name != "negative.txt":
                cases.append(_case(f"{path.stem}:{number}", line.replace("\\n", "\n"), reference))
    return cases


def read_negatives() -> list[str]:
    """The texts that hold no date."""
    lines = (FOLDER / "negative.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _case(where: str, line: str, reference: str | None) -> Case:
    text, expected, place = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        start = len(text)
        text += mark["text"]
        expected.append((start, len(text), mark["type"], mark["value"], mark["flag"]))
        place = mark.end()
    if not expected:
        raise ValueError(f"{where}: no expression is marked")
    return Case(where, text + line[place:], reference, expected)
