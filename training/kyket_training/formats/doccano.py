"""doccano: JSON Lines with a text and the spans under `label`, `labels` or `entities`.

doccano counts as JavaScript does, in UTF-16 code units (doccano issues 2290 and 2484); its option “count
grapheme clusters as one character” is not supported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kyket_training.corpus import AnnotatedArticle, CorpusError
from kyket_training.formats.files import compact, files_of, read_json_lines, write_file
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import describe, described, label_set
from kyket_training.formats.offsets import Utf16
from kyket_training.formats.palette import colours
from kyket_training.formats.settle import Mark, settle

SUFFIXES = (".jsonl",)

Key = Literal["label", "labels", "entities"]
Unit = Literal["utf16", "codepoint"]

_KEYS: tuple[Key, ...] = ("label", "labels", "entities")
_ID = "article_id"  # `id` is doccano's own
_TAKEN = ("id", _ID, "text", "data", *_KEYS, "relations", "Comments")


class ReadOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the lines are to be read."""

    offsets: Annotated[Unit, Meta(description="what offsets count; doccano itself counts utf16")] = "utf16"


class WriteOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the lines are to be written."""

    offsets: Annotated[Unit, Meta(description="what offsets count; doccano itself counts utf16")] = "utf16"
    key: Annotated[Key, Meta(description="where the spans stand; entities is the form with relations")] = (
        "label"
    )


def read(location: str, options: ReadOptions, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """The articles of an export, or of all in a folder; every other key goes into their metadata.

    Raises:
        CorpusError: a line that is not of the form; names file and line.
    """
    for path, name in files_of(location, SUFFIXES).items():
        for number, (place, row) in enumerate(read_json_lines(path), start=1):
            text = row.pop("text", None) if "text" in row else row.pop("data", None)
            if not isinstance(text, str):
                raise CorpusError(f"{place}: no text under `text` or `data`")
            given = [key for key in _KEYS if key in row]
            if len(given) != 1:
                found = f"both {' and '.join(given)}" if given else "none of them"
                raise CorpusError(f"{place}: spans stand under label, labels or entities; here is {found}")
            entries = row.pop(given[0])
            if not isinstance(entries, list):
                raise CorpusError(f"{place}: `{given[0]}` is not a list of spans")
            ledger.ignore("relations", len(row.pop("relations", None) or ()))
            ledger.ignore("comments", len(row.pop("Comments", None) or ()))
            own = row.pop("id", None)
            id = row.pop(_ID, None)
            id = id if id is not None else own if own is not None else f"{name}-{number}"
            offsets = Utf16(text) if options.offsets == "utf16" else None
            marks = [_mark(entry, offsets, place) for entry in entries]
            yield described(row, id=str(id), text=text, spans=settle(text, marks, ledger), path=path)


def _mark(entry: Any, offsets: Utf16 | None, place: str) -> Mark:
    if isinstance(entry, dict):
        entry = [entry.get(key) for key in ("start_offset", "end_offset", "label")]
    if not (
        isinstance(entry, list)
        and len(entry) == 3
        and all(type(number) is int for number in entry[:2])
        and isinstance(entry[2], str)
    ):
        raise CorpusError(f"{place}: a span is [start, end, label] or has start_offset, end_offset and label")
    start, end, label = entry
    if offsets is not None:
        start, end = offsets.to_points(start), offsets.to_points(end)
        if start is None or end is None:
            raise CorpusError(
                f"{place}: an edge of {label} {entry[0]}–{entry[1]} is not between two characters; "
                "offsets that count code points need offsets=codepoint"
            )
    return Mark(start, end, label, place)


def write(articles: Sequence[AnnotatedArticle], out: Path, options: WriteOptions, ledger: Ledger) -> None:
    """Writes what doccano imports, and beside it NAME.labels.json, which makes its label types.

    Raises:
        FormatError: the files cannot be written.
    """
    lines = []
    for article in articles:
        offsets = Utf16(article.text)
        spans: list[Any] = []
        for number, span in enumerate(article.spans):
            edges = [span.start, span.end]
            if options.offsets == "utf16":
                edges = [offsets.to_units(edge) for edge in edges]
            spans.append(
                {"id": number, "label": span.label, "start_offset": edges[0], "end_offset": edges[1]}
                if options.key == "entities"
                else [*edges, span.label]
            )
        row = {"text": article.text, options.key: spans, _ID: article.id}
        if options.key == "entities":
            row["relations"] = []
        lines.append(compact({**row, **describe(article, ledger, taken=_TAKEN)}) + "\n")
    write_file(out, "".join(lines))
    labels = label_set(articles, ledger.labels)
    types = [
        {"text": label, "background_color": colour, "text_color": "#ffffff"}
        for label, colour in zip(labels, colours(len(labels)), strict=True)
    ]
    write_file(out.with_suffix(".labels.json"), json.dumps(types, ensure_ascii=False, indent=1) + "\n")
    ledger.articles_written += len(articles)
    ledger.spans_written += sum(len(article.spans) for article in articles)
