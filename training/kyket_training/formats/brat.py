"""brat standoff: NAME.txt with NAME.ann beside it; its text-bound annotations (T lines) and nothing else.

A span over a line break, which brat writes as one piece a line, is one span; other discontinuous ones are
left out. Relations, events' arguments, attributes, normalisations and notes are counted and passed over;
event triggers are T lines, so they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
import regex

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats.files import (
    FormatError,
    article_names,
    check_new_folder,
    files_of,
    read_text,
    write_file,
)
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import count_lost, label_set
from kyket_training.formats.settle import Mark, settle

_TEXT_BOUND = regex.compile(r"T\S*\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?", regex.DOTALL)
_OTHERS = {
    "R": "relations",
    "*": "relations",
    "E": "events' arguments",
    "A": "attributes",
    "M": "attributes",
    "N": "normalisations",
    "#": "notes",
}
_LINE_BREAK = regex.compile(r"\s*[\r\n]\s*")
_BLANKS = regex.compile(r"\s+")


class Options(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """There are none."""


def read(location: str, options: Options, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """The annotated texts of a folder and its subfolders, or the one of a `.txt` or `.ann` file.

    Raises:
        CorpusError: a line that is no annotation, or whose words do not stand there; names file and line.
    """
    root = Path(location)
    if root.is_file():
        root, paths = root.parent, [root.with_suffix(".txt")]
    else:
        paths = list(files_of(location, (".txt",)))
        for alone in sorted(set(root.rglob("*.ann")) - {path.with_suffix(".ann") for path in paths}):
            raise CorpusError(f"{alone}: the text it belongs to, {alone.stem}.txt, is missing")
    for path in paths:
        annotations = path.with_suffix(".ann")
        if not annotations.exists():
            ledger.leave_out_article("not annotated", str(path), f"{annotations.name} is missing")
            continue
        text = read_text(path)
        marks = list(_marks(annotations, text, ledger))
        yield AnnotatedArticle(
            id=path.relative_to(root).with_suffix("").as_posix(),
            text=text,
            spans=settle(text, marks, ledger),
            path=path,
        )


def _marks(path: Path, text: str, ledger: Ledger) -> Iterator[Mark]:
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        place, line = f"{path}:{number}", line.removesuffix("\r")
        if not line.strip():
            continue
        if line[0] in _OTHERS:
            ledger.ignore(_OTHERS[line[0]])
            continue
        match = _TEXT_BOUND.fullmatch(line)
        if match is None:
            raise CorpusError(f"{place}: no annotation of brat, such as T1⇥PER 0 8⇥Lò Thị Na")
        label, pieces, words = match.groups()
        bounds = [tuple(map(int, piece.split())) for piece in pieces.split(";")]
        start, end = bounds[0][0], bounds[-1][1]
        if words is not None:
            _check_words(text, bounds, words, place)
        gaps = [text[one[1] : other[0]] for one, other in pairwise(bounds)]
        if all(_LINE_BREAK.fullmatch(gap) for gap in gaps):
            yield Mark(start, end, label, place)
        else:
            ledger.spans_read += 1
            ledger.leave_out_span("discontinuous", place, f"{label} “{' … '.join(_pieces(text, bounds))}”")


def _pieces(text: str, bounds: Sequence[tuple[int, ...]]) -> list[str]:
    return [text[start:end] for start, end in bounds]


def _check_words(text: str, bounds: Sequence[tuple[int, ...]], words: str, place: str) -> None:
    marked = " ".join(_pieces(text, bounds))
    if _BLANKS.sub("", marked) != _BLANKS.sub("", words):
        raise CorpusError(
            f"{place}: “{words}” does not stand at these offsets, but “{_BLANKS.sub(' ', marked)}”; "
            "is it the text that was annotated, with the same line ends?"
        )


def write(articles: Sequence[AnnotatedArticle], out: Path, options: Options, ledger: Ledger) -> None:
    """Writes a folder of texts and annotations, with an `annotation.conf` that names the labels.

    Raises:
        FormatError: a label that brat cannot hold, two articles of one name, or a folder that is not empty.
    """
    check_new_folder(out)
    names = article_names(articles)
    labels = label_set(articles, ledger.labels)
    for label in labels:
        if regex.search(r"\s", label):
            raise FormatError(
                f"the label “{label}” has white space in it, which brat cannot hold; "
                f"rename it (--rename '{label}=NEW')"
            )
    for article, name in zip(articles, names, strict=True):
        if name.as_posix() != article.id:
            ledger.change("id that cannot name a file", article.id, f"{name}.txt")
        lines = [
            f"T{i}\t{span.label} {_offsets(article.text, span)}\t{_words(article.text, span)}\n"
            for i, span in enumerate(article.spans, start=1)
        ]
        write_file(out / f"{name}.txt", article.text)
        write_file(out / f"{name}.ann", "".join(lines))
    sections = ["[entities]", *labels, "[relations]", "[events]", "[attributes]"]
    write_file(out / "annotation.conf", "\n".join(sections) + "\n")
    count_lost(articles, ledger)
    ledger.articles_written += len(articles)
    ledger.spans_written += sum(len(article.spans) for article in articles)


def _offsets(text: str, span: GoldSpan) -> str:
    return ";".join(f"{start} {end}" for start, end in _on_lines(text, span))


def _words(text: str, span: GoldSpan) -> str:
    return " ".join(_BLANKS.sub(" ", text[start:end]) for start, end in _on_lines(text, span))


def _on_lines(text: str, span: GoldSpan) -> Iterator[tuple[int, int]]:
    """The parts of a span, one a line."""
    start = span.start
    for gap in _LINE_BREAK.finditer(text, span.start, span.end):
        yield start, gap.start()
        start = gap.end()
    yield start, span.end
