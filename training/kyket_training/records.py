"""Scores of what a document says beyond its spans: dates, agreement records, people and their roles.

Items are matched one to one, in order. Names are the same when their words are, whatever their case, tone
marks and spelling of foreign places, and whatever the word for the level of a place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from kyket.document import Agreement, Date, Document, Entity
from kyket.orthography import fold
from kyket_training.corpus import AnnotatedArticle
from kyket_training.scoring import Tally

FIGURES = ("dates", "agreements", "agreements_strict", "people", "roles")

_SAME_PARTIES = 0.8

_SPELLINGS = {
    # abbreviations
    "ldld": "lien doan lao dong",
    "tldld": "tong lien doan lao dong",
    "lhcd": "lien hiep cong doan",
    "ubnd": "uy ban nhan dan",
    "dh": "dai hoc",
    "dhqg": "dai hoc quoc gia",
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "bo ldtbxh": "bo lao dong thuong binh va xa hoi",
    # foreign places
    "vientiane": "vieng chan",
    "viengchan": "vieng chan",
    "attapeu": "attapu",
    "luong prabang": "luang prabang",
    "champasak": "champasac",
    "savannakhet": "xavannakhet",
    "khammouane": "kham muon",
    "xieng khouang": "xieng khoang",
}
_LEVEL = frozenset(fold("thành phố TP thủ đô tỉnh huyện quận nước trung ương TW cộng hòa CHDCND").split())

Gold = dict[str, Any]
G = TypeVar("G")
P = TypeVar("P")


def has_records(article: AnnotatedArticle) -> bool:
    """Whether an article has gold that `tally_records` scores by."""
    return not (article.dates is None and article.agreements is None and article.people is None)


def tally_records(article: AnnotatedArticle, document: Document) -> dict[str, Tally]:
    """Counts of one document for each of `FIGURES`; a figure without gold in the article is left out.

    - `dates`: a predicted date overlaps a gold one and has the same ISO value;
    - `agreements`: a record has the same period and status, and parties that match at F1 ≥ 0.8;
    - `agreements_strict`: and the same instrument, and the same day of signing where gold has one;
    - `people`: a person has the same name;
    - `roles`: and the same role and organisation, among the people that have a role.
    """
    names = {entity.id: entity.name for entity in document.entities}

    def agree(gold: Gold, record: Agreement) -> bool:
        return (
            gold.get("period") == record.period
            and gold.get("status") == record.status
            and parties_f1(gold["parties"], [names.get(id, id) for id in record.parties]) >= _SAME_PARTIES
        )

    def agree_strictly(gold: Gold, record: Agreement) -> bool:
        return (
            agree(gold, record)
            and gold["instrument"] == record.instrument
            and gold.get("signed_on") in (None, record.signed_on)
        )

    def same_role(gold: Gold, person: Entity) -> bool:
        return (
            _same_person(gold, person)
            and fold(gold["role"]) == fold(person.role or "")
            and (not gold.get("org") or same_name(gold["org"], names.get(person.organization or "", "")))
        )

    tallies: dict[str, Tally] = {}
    if article.dates is not None:
        tallies["dates"] = _tally(article.dates, document.dates, _same_date)
    if article.agreements is not None:
        tallies["agreements"] = _tally(article.agreements, document.agreements, agree)
        tallies["agreements_strict"] = _tally(article.agreements, document.agreements, agree_strictly)
    if article.people is not None:
        people = document.people
        tallies["people"] = _tally(article.people, people, _same_person)
        with_role = [gold for gold in article.people if gold.get("role")]
        hits = _matches(with_role, people, same_role)
        tallies["roles"] = Tally(hits, len(with_role), sum(bool(person.role) for person in people))
    return tallies


def same_name(one: str, other: str) -> bool:
    """Whether two names of organisations or places are the same.

    Example:
        >>> same_name("LĐLĐ TP Hà Nội", "Liên đoàn Lao động thành phố Hà Nội")
        True
        >>> same_name("Công đoàn Lào", "Công đoàn Việt Nam")
        False
    """
    a, b = _words(one), _words(other)
    return bool(a and b) and (a ^ b) <= _LEVEL


def parties_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """How well the names of parties match, from 0 to 1.

    Example:
        >>> parties_f1(["Công đoàn Lào", "LĐLĐ TP Hà Nội"], ["Công đoàn Lào", "Công đoàn Việt Nam"])
        0.5
    """
    return _tally(gold, predicted, same_name).f1


def _words(name: str) -> set[str]:
    padded = f" {fold(name)} "
    for short, full in _SPELLINGS.items():
        padded = padded.replace(f" {short} ", f" {full} ")
    return set(padded.split())


def _same_date(gold: Gold, date: Date) -> bool:
    overlap = gold["start"] < date.end and date.start < gold["end"]
    return overlap and str(gold["value"]) == str(date.value)


def _same_person(gold: Gold, person: Entity) -> bool:
    return fold(gold["name"]) == fold(person.name)


def _tally(gold: Sequence[G], predicted: Sequence[P], same: Callable[[G, P], bool]) -> Tally:
    return Tally(_matches(gold, predicted, same), len(gold), len(predicted))


def _matches(gold: Sequence[G], predicted: Sequence[P], same: Callable[[G, P], bool]) -> int:
    """How many gold items find a partner, each taking the first that is free."""
    free = list(predicted)
    for item in gold:
        found = next((i for i, candidate in enumerate(free) if same(item, candidate)), None)
        if found is not None:
            del free[found]
    return len(predicted) - len(free)
