"""Annotated articles: reading and writing them.

An inline article is a UTF-8 text file with YAML front matter and marks in the text:

    ---
    id: union-001
    published: 2019-06-14
    dates: [{text: năm 2019, type: DATE, value: 2019}, ...]
    agreements: [...]
    people: [...]
    ---
    [[ORG:LĐLĐ tỉnh Lạng Sơn]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận hợp tác]] mới …

A standoff article is three files: NAME.txt, NAME.json (`spans`) and NAME.doc.json (`published`, `dates`,
`agreements`, `people`; may be missing).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import regex
import yaml

from kyket.errors import KyketError
from kyket_training.placing import place

_MARK = regex.compile(r"\[\[([^\s:\[\]]*):(.*?)\]\]", regex.DOTALL)
_FRONT_MATTER = regex.compile(r"---\r?\n(.*?)^---[ \t]*\r?\n", regex.DOTALL | regex.MULTILINE)
# The parser in C, where it is built: in Python, front matter takes most of the time of reading a folder.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_FORM = '{"spans": [{"start": 0, "end": 8, "label": "PER"}]}'


class CorpusError(KyketError):
    """An annotated article that cannot be read; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A marked mention: half-open code-point offsets into `AnnotatedArticle.text`, and its label."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class AnnotatedArticle:
    """A text with its gold annotation.

    Attributes:
        spans: Sorted by start, not overlapping.
        published: `YYYY-MM-DD`, if known.
        dates: Gold time expressions (`start`, `end`, `type`, `value`, and `text` in front matter), or None
            where nobody marked them.
        agreements: Gold records (`instrument`, `parties`, `period`, `status`, `signed_on`), or None.
        people: Gold people (`name`, `role`, `org`), or None.
        tokens: Offsets of the tokens that the article was read in, where its source has tokens.
        words: Whether those tokens are words, not syllables.
    """

    id: str
    text: str
    spans: list[GoldSpan]
    path: Path | None = None
    published: str | None = None
    topic: str | None = None
    dates: list[dict[str, Any]] | None = None
    agreements: list[dict[str, Any]] | None = None
    people: list[dict[str, Any]] | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    tokens: list[tuple[int, int]] | None = None
    words: bool = False


class _Mark(msgspec.Struct):
    start: int
    end: int
    label: str


class _Marked(msgspec.Struct):
    """What NAME.json holds; other keys are passed over."""

    spans: list[_Mark]


def parse_marks(marked: str) -> tuple[str, list[GoldSpan]]:
    """The text without its `[[LABEL:mention]]` marks, and the spans they make.

    Raises:
        CorpusError: a mark that is not closed, or lies inside another.

    Example:
        >>> parse_marks("[[PER:Dao Phet]] đến nơi")
        ('Dao Phet đến nơi', [GoldSpan(start=0, end=8, label='PER')])
    """
    parts: list[str] = []
    spans: list[GoldSpan] = []
    position = length = 0
    for match in _MARK.finditer(marked):
        before, mention = marked[position : match.start()], match.group(2)
        parts += [before, mention]
        start = length + len(before)
        length = start + len(mention)
        spans.append(GoldSpan(start, length, match.group(1)))
        position = match.end()
    parts.append(marked[position:])
    text = "".join(parts)
    for bracket in ("[[", "]]"):
        if (at := text.find(bracket)) >= 0:
            raise CorpusError(f"malformed mark near “{text[max(0, at - 20) : at + 40]}”".replace("\n", " "))
    return text, spans


def write_marks(text: str, spans: list[GoldSpan]) -> str:
    """`text` with its spans as inline marks: the inverse of `parse_marks`."""
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += [text[position : span.start], f"[[{span.label}:{text[span.start : span.end]}]]"]
        position = span.end
    return "".join([*parts, text[position:]])


def read_inline(path: Path) -> AnnotatedArticle:
    """Reads one inline article.

    Raises:
        CorpusError: front matter that is missing or malformed, a malformed mark, or a date that is not in the
            text; names the file.
    """
    source = path.read_bytes().decode("utf-8")
    match = _FRONT_MATTER.match(source)
    if match is None:
        raise CorpusError(f"{path}: no front matter between two lines of ---")
    try:
        meta = yaml.load(match.group(1), _Loader) or {}
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: front matter is not YAML: {' '.join(str(error).split())}") from None
    except ValueError as error:  # of an unquoted date that the calendar does not have
        raise CorpusError(f"{path}: front matter has an impossible date: {error}") from None
    if not isinstance(meta, dict):
        raise CorpusError(f"{path}: front matter is not a mapping")
    for key in ("dates", "agreements", "people"):
        if not _are_records(meta.get(key)):
            raise CorpusError(f"{path}: `{key}` is not a list of mappings")
    try:
        text, spans = parse_marks(source[match.end() :])
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from None
    try:
        dates = None if meta.get("dates") is None else place(text, _plain(meta["dates"]) or ())
    except ValueError as error:
        raise CorpusError(f"{path}: dates {error}") from None
    known = {
        key: meta.pop(key, None) for key in ("id", "published", "topic", "dates", "agreements", "people")
    }
    return AnnotatedArticle(
        id=str(known["id"] or path.stem),
        text=text,
        spans=spans,
        path=path,
        published=str(known["published"]) if known["published"] else None,
        topic=known["topic"],
        dates=dates,
        agreements=_plain(known["agreements"]),
        people=_plain(known["people"]),
        meta=meta,
    )


def read_standoff(path: Path) -> AnnotatedArticle:
    """Reads the article NAME.txt with NAME.json and, if it is there, NAME.doc.json.

    Raises:
        CorpusError: one of the two is not of that form; the message names the file and the place.
    """
    text = path.read_bytes().decode("utf-8")
    gold = path.with_suffix(".json")
    try:
        marked = msgspec.json.decode(gold.read_bytes(), type=_Marked).spans
    except msgspec.DecodeError as error:
        raise CorpusError(f"{gold}: not of the form {_FORM}: {error}") from None
    spans = sorted((GoldSpan(s.start, s.end, s.label) for s in marked), key=lambda s: s.start)
    records = path.with_suffix(".doc.json")
    try:
        meta = msgspec.json.decode(records.read_bytes(), type=dict[str, Any]) if records.exists() else {}
    except msgspec.DecodeError as error:
        raise CorpusError(f"{records}: not a JSON object of records: {error}") from None
    for key in ("dates", "agreements", "people"):
        if not _are_records(meta.get(key)):
            raise CorpusError(f"{records}: `{key}` is not a list of objects")
    return AnnotatedArticle(
        id=path.stem,
        text=text,
        spans=spans,
        path=path,
        published=meta.get("published"),
        dates=meta.get("dates"),
        agreements=meta.get("agreements"),
        people=meta.get("people"),
    )


def read_articles(folder: Path) -> Iterator[AnnotatedArticle]:
    """All annotated articles of a folder and its subfolders, in the order of their paths.

    A `.txt` file with a `.json` beside it is standoff, any other is inline.

    Raises:
        CorpusError: the folder is missing or holds no article, or one cannot be read.
    """
    paths = sorted(folder.rglob("*.txt")) if folder.is_dir() else []
    if not paths:
        if not folder.exists():
            raise CorpusError(f"{folder}: there is no such folder; check the path")
        raise CorpusError(f"{folder}: no annotated articles (*.txt) there")
    for path in paths:
        try:
            yield read_standoff(path) if path.with_suffix(".json").exists() else read_inline(path)
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path}: not UTF-8 at byte {error.start}") from None


def _are_records(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(record, dict) for record in value))


def _plain(records: Any) -> list[dict[str, Any]] | None:
    """YAML reads 2019-06-13 as a date and an empty role as ''; the contract has strings and null."""
    if records is None:
        return None
    return [{key: _plain_value(key, value) for key, value in record.items()} for record in records]


def _plain_value(key: str, value: Any) -> Any:
    if key in {"signed_on", "period", "value"} and value:
        return str(value)
    return None if value == "" else value
