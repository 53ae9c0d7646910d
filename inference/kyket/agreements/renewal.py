"""Which record follows which: rounds of one instrument whose years meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kyket.agreements.grounds import Ground, Rule, Told
from kyket.agreements.lengths import years_of
from kyket.agreements.proofs import Proof
from kyket.document import Agreement
from kyket.timevalues import parse_value


def follow_by_years(results: Sequence[Proof]) -> None:
    """Say of each record whose years begin where those of another end that it renews that one."""
    for later, earlier in chain([proof.agreement() for proof in results]):
        period = results[later].period
        at = period.grounds[0].at if period else None
        results[later].renews = Told(results[earlier].id, (Ground(Rule.YEARS_MEET, at),))
        back = results[earlier].renews
        if back is not None and back.value == results[later].id:  # the words were read the wrong way round
            results[earlier].renews = None


def chain(records: Sequence[Agreement]) -> Iterator[tuple[int, int]]:
    """Pairs of a record and the one of its kind and parties that ends where it begins, by their places.

    Example:
        >>> old = Agreement(id="a", instrument="treaty", period="2010/2015", status="signed")
        >>> new = Agreement(id="b", instrument="treaty", period="2015/2020", status="signed")
        >>> list(chain([old, new]))
        [(1, 0)]
    """
    ending: dict[tuple[str, frozenset[str], int], int] = {}
    for place, record in enumerate(records):
        years = _years(record)
        if years and record.status == "signed":
            ending.setdefault((record.instrument, frozenset(record.parties), years[1]), place)
    for place, record in enumerate(records):
        years = _years(record)
        if years is None:
            continue
        like = record.instrument, frozenset(record.parties)
        earlier = ending.get((*like, years[0]), ending.get((*like, years[0] - 1)))
        if earlier is not None and earlier != place:
            yield place, earlier


def _years(record: Agreement) -> tuple[int, int] | None:
    years = years_of(parse_value(record.period)) if record.period else None
    return years if years and years[0] < years[1] else None
