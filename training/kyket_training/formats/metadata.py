"""What is known of an article beside text and spans, as a flat JSON object for formats that can hold one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from kyket_training.corpus import AnnotatedArticle, GoldSpan
from kyket_training.formats.ledger import Ledger

_TEXTS = ("published", "topic")
_RECORDS = ("dates", "agreements", "people")


def describe(
    article: AnnotatedArticle, ledger: Ledger, *, taken: Collection[str] = ("id", "text")
) -> dict[str, Any]:
    """Everything but id, text and spans; what is not known is left out.

    Args:
        article: The article.
        ledger: Counts what has to stay behind, because the format has a use of its own for its name.
        taken: Those names.
    """
    known = {name: getattr(article, name) for name in (*_TEXTS, *_RECORDS)}
    data = {**article.meta, **{name: value for name, value in known.items() if value is not None}}
    for name in data.keys() & set(taken):
        ledger.ignore(f"“{name}” of articles")
        del data[name]
    return data


def described(
    data: Mapping[str, Any], *, id: str, text: str, spans: list[GoldSpan], path: Path
) -> AnnotatedArticle:
    """The article that `describe` gave `data` of; what is not of that form goes into its `meta`."""
    known: dict[str, Any] = {}
    meta: dict[str, Any] = {}
    for key, value in data.items():
        fits = (key in _TEXTS and isinstance(value, str)) or (key in _RECORDS and _are_records(value))
        (known if fits else meta)[key] = value
    return AnnotatedArticle(id=id, text=text, spans=spans, path=path, meta=meta, **known)


def count_lost(articles: Iterable[AnnotatedArticle], ledger: Ledger, *, kept: Collection[str] = ()) -> None:
    """Counts the metadata that a format has no place for."""
    for article in articles:
        for name in describe(article, ledger, taken=()).keys() - set(kept):
            ledger.ignore(f"“{name}” of articles")


def label_set(articles: Iterable[AnnotatedArticle], declared: Iterable[str] | None) -> tuple[str, ...]:
    """The declared labels in their order, then the others that occur, sorted.

    Example:
        >>> from kyket_training.corpus import parse_marks
        >>> label_set([AnnotatedArticle("a", *parse_marks("[[PER:Na]] ở [[LOC:Huế]]"))], ["PER", "ORG"])
        ('PER', 'ORG', 'LOC')
    """
    found = {span.label for article in articles for span in article.spans}
    return tuple(dict.fromkeys([*(declared or ()), *sorted(found)]))


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(record, dict) for record in value)
