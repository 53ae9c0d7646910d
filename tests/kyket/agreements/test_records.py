import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from agreement_cases import Case, cases, unmark

from kyket.agreements import read


@pytest.mark.parametrize("case", cases("records.txt"), ids=lambda case: case.name)
def test_records(case: Case) -> None:
    text, spans, dates, entities = unmark(case.marked)
    found = read(text, spans, dates, entities, case.published)
    names = {entity.id: entity.name for entity in [*entities, *found.implied]}
    given = [
        " | ".join(
            (
                record.instrument,
                record.status,
                record.period or "-",
                record.signed_on or "-",
                " + ".join(sorted(names[id] for id in record.parties)),
            )
        )
        for record in found.agreements
    ]
    assert sorted(given or ["none"]) == sorted(map(_ordered, case.expected))


def _ordered(line: str) -> str:
    *fields, parties = line.split(" | ")
    return " | ".join([*fields, " + ".join(sorted(parties.split(" + ")))])


def test_there_are_enough_cases() -> None:
    assert len(cases("records.txt")) >= 40
    assert sum(case.expected == ["none"] for case in cases("records.txt")) >= 6
