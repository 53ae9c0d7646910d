"""Checks the document-level gold of an annotated article: its dates, agreement records and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
import regex

from kyket.orthography import fold
from kyket.timevalues import Interval, PartialDate, parse_value
from kyket_training.corpus import AnnotatedArticle

_Name = Annotated[str, msgspec.Meta(min_length=1)]
_CAPITALS = regex.compile(r"\p{Lu}[\p{L}\p{M}&.\-–/]*\p{Lu}")
_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_Problem = tuple[Literal["error", "warning"], str]


class _Agreement(msgspec.Struct, forbid_unknown_fields=True):
    instrument: Literal["memorandum", "agreement", "programme", "treaty", "contract", "other"]
    parties: list[_Name]
    period: str | None
    status: Literal["signed", "proposed"]
    signed_on: str | None


class _Person(msgspec.Struct, forbid_unknown_fields=True):
    name: _Name
    role: str | None
    org: str | None


class _Date(msgspec.Struct, forbid_unknown_fields=True):
    start: int
    end: int
    type: Literal["DATE", "PERIOD"]
    value: str | None
    text: str | None = None


def check_front_matter(article: AnnotatedArticle) -> Iterator[_Problem]:
    """Errors in the records of an article, and as warnings the names that its text does not bear out."""
    if article.published is not None:
        if _DAY.fullmatch(article.published):
            yield from _value("published", article.published, PartialDate)
        else:
            yield "error", f"published: “{article.published}” is not a day as YYYY-MM-DD"
    words = frozenset(fold(article.text).split())
    shorts = _abbreviations(article.text)
    for i, record in enumerate(article.agreements or (), 1):
        for severity, message in _agreement(record, words, shorts):
            yield severity, f"agreement {i}: {message}"
    for i, record in enumerate(article.people or (), 1):
        for severity, message in _person(record, article):
            yield severity, f"person {i}: {message}"
    for i, record in enumerate(article.dates or (), 1):
        for severity, message in _date(record, article.text):
            yield severity, f"date {i}: {message}"
    yield from _people_without_record(article)


def _agreement(record: dict[str, Any], words: frozenset[str], shorts: frozenset[str]) -> Iterator[_Problem]:
    try:
        agreement = msgspec.convert(record, _Agreement)
    except msgspec.ValidationError as error:
        yield "error", str(error)
        return
    if not agreement.parties:
        yield "warning", "no party"
    yield from _value("period", agreement.period, Interval)
    yield from _value("signed_on", agreement.signed_on, PartialDate)
    for party in agreement.parties:
        if missing := _unheard(party, words, shorts):
            yield "warning", f"party “{party}”: the text has no “{' '.join(missing)}”"


def _value(name: str, text: str | None, kind: type) -> Iterator[_Problem]:
    try:
        if text is not None and not isinstance(parse_value(text), kind):
            yield "error", f"{name}: “{text}” is no {'interval' if kind is Interval else 'date'}"
    except ValueError as error:
        yield "error", f"{name}: {error}"


def _abbreviations(text: str) -> frozenset[str]:
    """Folded: `NN&PTNT` as nnptnt, `LĐ-TB&XH` as ldtbxh and, for two names joined by a dash, ld and tbxh."""
    found = _CAPITALS.findall(text)
    parts = [part for joined in found for part in [joined, *regex.split(r"[\-–/]", joined)]]
    return frozenset(fold(part).replace(" ", "") for part in parts)


def _unheard(name: str, words: frozenset[str], shorts: frozenset[str]) -> list[str]:
    """Syllables of `name` that the text does not have, neither written out nor as initials (`LĐLĐ`)."""
    syllables = fold(name).split()
    heard = [syllable in words for syllable in syllables]
    for start in range(len(syllables)):
        for end in range(start + 2, len(syllables) + 1):
            part = syllables[start:end]
            initials = "".join(syllable[0] for syllable in part)
            without_and = "".join(syllable[0] for syllable in part if syllable != "va")
            if initials in shorts or without_and in shorts:
                heard[start:end] = [True] * (end - start)
    return [syllable for syllable, known in zip(syllables, heard, strict=True) if not known]


def _person(record: dict[str, Any], article: AnnotatedArticle) -> Iterator[_Problem]:
    try:
        person = msgspec.convert(record, _Person)
    except msgspec.ValidationError as error:
        yield "error", str(error)
        return
    if f" {fold(person.name)} " not in f" {fold(article.text)} ":
        yield "warning", f"“{person.name}” does not occur in the text"


def _date(record: dict[str, Any], text: str) -> Iterator[_Problem]:
    try:
        gold = msgspec.convert(record, _Date)
    except msgspec.ValidationError as error:
        yield "error", str(error)
        return
    if not 0 <= gold.start < gold.end <= len(text):
        yield "error", f"{gold.start}–{gold.end} is outside the text"
    elif gold.text is not None and gold.text != text[gold.start : gold.end]:
        yield "error", f"“{gold.text}” does not stand at {gold.start}–{gold.end}"
    try:
        if gold.value is not None:
            parse_value(gold.value)
    except ValueError as error:
        yield "error", f"value: {error}"


def _people_without_record(article: AnnotatedArticle) -> Iterator[_Problem]:
    """People who are marked in the text, and of whom `people` has no name that holds theirs."""
    if article.people is None:
        return
    known = [set(fold(str(person.get("name") or "")).split()) for person in article.people]
    marked = {article.text[s.start : s.end]: None for s in article.spans if s.label == "PER"}
    for name in marked:
        if not any(set(fold(name).split()) <= words for words in known):
            yield "warning", f"“{name}” is marked PER and is not among the people"
