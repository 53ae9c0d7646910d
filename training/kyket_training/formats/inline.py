"""The form of the project's own articles: front matter and marks in the text, a file an article.

An article whose text itself holds `[[` or `]]` cannot have marks; it is written as NAME.txt, NAME.json
(spans) and NAME.doc.json (day of publication, dates, agreements, people). Reading takes both forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import regex
import yaml

from kyket_training.corpus import (
    AnnotatedArticle,
    CorpusError,
    parse_marks,
    read_articles,
    read_inline,
    read_standoff,
    write_marks,
)
from kyket_training.formats.files import FormatError, article_names, check_new_folder, write_file
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import describe
from kyket_training.formats.settle import Mark, settle

_UNFIT = regex.compile(r"[\s:\[\]]")
_BESIDE = ("published", "dates", "agreements", "people")


class Options(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """There are none."""


def read(location: str, options: Options, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """The articles of a folder and its subfolders, or the one of a file.

    Raises:
        CorpusError: there is none, or one cannot be read; names the file.
    """
    path = Path(location)
    for article in [_read_one(path)] if path.is_file() else read_articles(path):
        place = str(article.path)
        marks = [Mark(span.start, span.end, span.label, place) for span in article.spans]
        article.spans = settle(article.text, marks, ledger)
        yield article


def _read_one(path: Path) -> AnnotatedArticle:
    try:
        return read_standoff(path) if path.with_suffix(".json").exists() else read_inline(path)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 at byte {error.start}") from None


def write(articles: Sequence[AnnotatedArticle], out: Path, options: Options, ledger: Ledger) -> None:
    """Writes a folder of articles; `read` gives them back.

    Raises:
        FormatError: a label that a mark cannot hold, two articles of one name, or a folder that is not empty.
    """
    check_new_folder(out)
    files: list[tuple[Path, str]] = []
    for article, name in zip(articles, article_names(articles), strict=True):
        _check_labels(article)
        path = out / f"{name}.txt"
        marked = write_marks(article.text, article.spans)
        if _can_be_marked(article, marked):
            front = {"id": article.id, **describe(article, ledger)}
            matter = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1_000_000)
            files.append((path, f"---\n{matter}---\n{marked}"))
        else:
            files += _beside(article, path, ledger)
    for path, content in files:
        write_file(path, content)
    ledger.articles_written += len(articles)
    ledger.spans_written += sum(len(article.spans) for article in articles)


def _can_be_marked(article: AnnotatedArticle, marked: str) -> bool:
    try:
        return parse_marks(marked) == (article.text, article.spans)
    except CorpusError:
        return False


def _beside(article: AnnotatedArticle, path: Path, ledger: Ledger) -> Iterator[tuple[Path, str]]:
    ledger.change("text with [[ or ]] written with its spans beside it", article.id, path.name)
    if article.id != path.stem:
        ledger.ignore("“id” of articles")
    known: dict[str, Any] = describe(article, ledger)
    for name in known.keys() - set(_BESIDE):
        ledger.ignore(f"“{name}” of articles")
    spans = [{"start": span.start, "end": span.end, "label": span.label} for span in article.spans]
    yield path, article.text
    yield path.with_suffix(".json"), _json({"spans": spans})
    if records := {name: value for name, value in known.items() if name in _BESIDE}:
        yield path.with_suffix(".doc.json"), _json(records)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _check_labels(article: AnnotatedArticle) -> None:
    for span in article.spans:
        if _UNFIT.search(span.label):
            raise FormatError(
                f"{article.id}: the label “{span.label}” cannot stand in a mark, which takes no white space, "
                f"colon or bracket; rename it (--rename '{span.label}=NEW')"
            )
