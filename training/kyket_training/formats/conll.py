"""CoNLL: a token a line, its tag in a column of its own, a blank line after each sentence.

`-DOCSTART-` or `# newdoc` begins an article; in a file without either, each sentence is one. The text is that
of the `# kyket` comment that `write` puts before an article, or of the `# text = …` comments of CoNLL-U;
where there is none, tokens are joined by a space and sentences by a line break.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import regex
from msgspec import Meta

from kyket_training.corpus import AnnotatedArticle, CorpusError
from kyket_training.formats.files import FormatError, compact, files_of, read_text, write_file
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import count_lost, describe, described
from kyket_training.formats.schemes import SchemeName, TokenSpan, is_tag, spans_of, tags_of
from kyket_training.formats.settle import Mark, settle
from kyket_training.formats.tokens import Bound, Level, MisalignedError, align, join, spelled, split

SUFFIXES = (".conll", ".conllu", ".iob", ".iob2", ".bio", ".tsv", ".txt")

_DOCSTART = "-DOCSTART-"
_KEYED = regex.compile(r"# *(?:(newdoc)\b(?: +id *= *(.*))?|newpar\b(?: +id *= *.*)?|([\w.:-]+) *= *(.*))")
_GAP = regex.compile(" +")
_SENTENCE_MARKS = {"<s>", "</s>"}  # on lines of their own, as in the data of VLSP 2016
_JOINED = regex.compile(r"\p{L}_\p{L}")
_MANY_JOINED = 0.02
"""From this share of tokens with `_` between letters on, they are taken for words of a segmenter."""


class ReadOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the columns are to be read."""

    token: Annotated[int, Meta(ge=1, description="column of the tokens, from 1")] = 1
    tag: Annotated[int, Meta(ge=-1, description="column of the tags, from 1; -1 is the last")] = -1
    scheme: Annotated[SchemeName, Meta(description="how tags mark the edges of a span")] = "IOB2"
    level: Annotated[Level, Meta(description="word: the syllables of a word are joined by _")] = "syllable"
    separator: Annotated[
        Literal["any", "tab", "space"],
        Meta(description="between columns; any: tabs in a line that has one, else spaces"),
    ] = "any"
    article: Annotated[
        Literal["document", "sentence"],
        Meta(description="what is an article; in a file that marks no documents each sentence is one"),
    ] = "document"

    def __post_init__(self) -> None:
        if self.tag == 0 or self.tag == self.token:
            raise ValueError("`tag` is a column from 1, or -1 for the last, and another than `token`")


class WriteOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the columns are to be written."""

    token: Annotated[int, Meta(ge=1, description="column of the tokens, from 1")] = 1
    tag: Annotated[int, Meta(ge=1, description="column of the tags, from 1; others hold _")] = 2
    scheme: Annotated[SchemeName, Meta(description="how tags mark the edges of a span")] = "IOB2"
    level: Annotated[Level, Meta(description="word: join the syllables of a word by _")] = "syllable"
    separator: Annotated[Literal["tab", "space"], Meta(description="between columns")] = "tab"
    plain: Annotated[
        bool, Meta(description="no comments; text comes back with single spaces and without metadata")
    ] = False

    def __post_init__(self) -> None:
        if self.tag == self.token:
            raise ValueError("`tag` is another column than `token`")


@dataclass(slots=True)
class _Sentence:
    tokens: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    text: str | None = None


@dataclass(slots=True)
class _Document:
    """What stands between two marks of a new article; `header` is what its `# kyket` comment holds."""

    place: str
    marked: bool = False
    id: str | None = None
    header: dict[str, Any] | None = None
    sentences: list[_Sentence] = field(default_factory=list)


def read(location: str, options: ReadOptions, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """The articles of a CoNLL file, or of all in a folder.

    Raises:
        CorpusError: a line without the columns or with a tag of another scheme, or tokens that are not those
            of the text that comes with them; names file and line.
    """
    for path, name in files_of(location, SUFFIXES).items():
        documents = _parse(path, options, ledger)
        _hint_at_words(documents, path, options, ledger)
        if options.article == "sentence" or not any(document.marked for document in documents):
            documents = [one for document in documents for one in _sentences_of(document, options, ledger)]
        filled = (document for document in documents if document.sentences or document.header)
        for number, document in enumerate(filled, start=1):
            yield _article(document, f"{name}-{number}", path, options, ledger)


def _parse(path: Path, options: ReadOptions, ledger: Ledger) -> list[_Document]:
    documents = [_Document(f"{path}:1")]
    sentence = _Sentence()

    def end_sentence() -> None:
        nonlocal sentence
        if sentence.tokens:
            documents[-1].sentences.append(sentence)
        sentence = _Sentence()

    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), start=1):
        place, line = f"{path}:{number}", line.removesuffix("\r")
        if not line.strip(" \t"):
            end_sentence()
            continue
        columns = _columns(line, options)
        if columns[0] == _DOCSTART:
            end_sentence()
            documents.append(_Document(place, marked=True))
            continue
        if line.startswith("#"):
            keyed = _KEYED.fullmatch(line)
            if keyed is not None or not is_tag(_at(columns, options.tag).strip(), options.scheme):
                new_document, id, key, value = keyed.groups() if keyed else (None,) * 4
                if new_document:
                    end_sentence()
                    documents.append(_Document(place, marked=True, id=id and id.strip()))
                elif key == "kyket":
                    documents[-1].header = _header(value, place)
                    documents[-1].marked = True
                elif key == "text":
                    sentence.text = value
                else:
                    ledger.ignore("comments")
                continue
        if line.strip() in _SENTENCE_MARKS:
            end_sentence()
            ledger.ignore("marks of sentences")
            continue
        token, tag = _at(columns, options.token), _at(columns, options.tag).strip()
        if not token or not tag or len(columns) <= options.token - (options.tag > 0):
            last = "the last column" if options.tag < 0 else f"column {options.tag}"
            raise CorpusError(
                f"{place}: no token in column {options.token} and tag in {last}; "
                "name other columns by token=N and tag=N, or separator=tab or space"
            )
        if not is_tag(tag, options.scheme):
            raise CorpusError(
                f"{place}: “{tag}” is no tag of {options.scheme} (such as O or B-PER); "
                "name another column by tag=N, or the scheme by scheme=NAME"
            )
        sentence.tokens.append(token)
        sentence.tags.append(tag)
        sentence.places.append(place)
    end_sentence()
    return documents


def _hint_at_words(documents: list[_Document], path: Path, options: ReadOptions, ledger: Ledger) -> None:
    tokens = [token for document in documents for one in document.sentences for token in one.tokens]
    joined = [token for token in tokens if _JOINED.search(token)]
    if options.level == "syllable" and len(joined) > max(2, _MANY_JOINED * len(tokens)):
        message = (
            f"{len(joined):,} of {len(tokens):,} tokens are joined by _ (“{joined[0]}”), which stays in the "
            "text; if they are segmented words, add level=word"
        )
        ledger.hint(str(path), message)


def _columns(line: str, options: ReadOptions) -> list[str]:
    by_tabs = options.separator == "tab" or (options.separator == "any" and "\t" in line)
    return line.split("\t") if by_tabs else _GAP.split(line.strip(" "))


def _at(columns: list[str], column: int) -> str:
    """The column counted from 1, or -1 for the last; empty where the line has not so many."""
    return columns[column - (column > 0)] if column <= len(columns) else ""


def _header(value: Any, place: str) -> dict[str, Any]:
    try:
        header = json.loads(value)
    except json.JSONDecodeError:
        header = None
    if not isinstance(header, dict) or not isinstance(header.get("text"), str):
        raise CorpusError(f"{place}: the comment `# kyket` is no JSON object with a text")
    return header


def _sentences_of(document: _Document, options: ReadOptions, ledger: Ledger) -> Iterator[_Document]:
    """Each sentence as a document, with its part of the text that the header gives."""
    if document.header is not None:
        for key in document.header.keys() - {"id", "text"}:
            ledger.ignore(f"“{key}” of articles")
        text, bounds = _bounds(_joined(document), options, document.place)
        first = 0
        for sentence in document.sentences:
            last = first + len(sentence.tokens)
            sentence.text = text[bounds[first][0] : bounds[last - 1][1]]
            first = last
    for number, sentence in enumerate(document.sentences, start=1):
        id = _id(document)
        yield _Document(sentence.places[0], id=id and f"{id}-{number}", sentences=[sentence])


def _joined(document: _Document) -> _Sentence:
    """All sentences of a document with a header as one, which has the text of the header."""
    return _Sentence(
        [token for sentence in document.sentences for token in sentence.tokens],
        places=[place for sentence in document.sentences for place in sentence.places],
        text=document.header["text"] if document.header else None,
    )


def _id(document: _Document) -> str | None:
    return str((document.header or {}).get("id") or document.id or "") or None


def _article(
    document: _Document, id: str, path: Path, options: ReadOptions, ledger: Ledger
) -> AnnotatedArticle:
    if document.header is not None:
        text, bounds = _bounds(_joined(document), options, document.place)
    else:
        texts: list[str] = []
        bounds = []
        position = 0
        for sentence in document.sentences:
            text, of_sentence = _bounds(sentence, options, sentence.places[0])
            texts.append(text)
            bounds += [(start + position, end + position) for start, end in of_sentence]
            position += len(text) + 1
        text = "\n".join(texts)
    marks = list(_marks(document.sentences, bounds, options, ledger))
    known = {key: value for key, value in (document.header or {}).items() if key not in ("id", "text")}
    article = described(
        known, id=_id(document) or id, text=text, spans=settle(text, marks, ledger), path=path
    )
    article.tokens, article.words = bounds, options.level == "word"
    return article


def _bounds(sentence: _Sentence, options: ReadOptions, place: str) -> tuple[str, list[Bound]]:
    if sentence.text is None:
        return join(sentence.tokens, options.level)
    try:
        return sentence.text, align(sentence.tokens, sentence.text, options.level)
    except MisalignedError as error:
        where = sentence.places[error.token] if error.token < len(sentence.places) else place
        raise CorpusError(f"{where}: {error}; the text is what a comment above gives") from None


def _marks(
    sentences: Sequence[_Sentence], bounds: Sequence[Bound], options: ReadOptions, ledger: Ledger
) -> Iterator[Mark]:
    before = 0
    for sentence in sentences:
        tagged = spans_of(sentence.tags, options.scheme)
        for i in tagged.irregular:
            message = f"{sentence.tags[i]} after {sentence.tags[i - 1] if i else 'nothing'}"
            ledger.change("tag out of sequence", sentence.places[i], message)
        for first, last, label in tagged.spans:
            start, end = bounds[before + first][0], bounds[before + last - 1][1]
            yield Mark(start, end, label, sentence.places[first])
        before += len(sentence.tokens)


def write(articles: Sequence[AnnotatedArticle], out: Path, options: WriteOptions, ledger: Ledger) -> None:
    """Writes articles as one CoNLL file; `read` gives them back as they were, unless it is to be plain.

    Raises:
        FormatError: a label that the columns cannot hold, or the file cannot be written.
    """
    parts: list[str] = []
    for article in articles:
        _check_labels(article, options)
        sentences = list(_sentences(article, split(article, options.level)))
        if options.plain and not sentences:
            ledger.leave_out_article("no token", article.id, "plain CoNLL has no form for it")
            continue
        parts.append(_head(article, sentences, options, ledger))
        for sentence in sentences:
            tags = tags_of(len(sentence), _token_spans(article, sentence), options.scheme)
            tokens = _tokens(article, sentence, options)
            parts += [_line(token, tag, options) for token, tag in zip(tokens, tags, strict=True)]
            parts.append("\n")
        ledger.articles_written += 1
        ledger.spans_written += len(article.spans)
    write_file(out, "".join(parts))


def _head(
    article: AnnotatedArticle, sentences: Sequence[Sequence[Bound]], options: WriteOptions, ledger: Ledger
) -> str:
    """What stands before the sentences of an article."""
    if not options.plain:
        header = {"id": article.id, "text": article.text, **describe(article, ledger)}
        ends = "" if sentences else "\n"
        return f"# newdoc id = {' '.join(article.id.split())}\n# kyket = {compact(header)}\n{ends}"
    comes_back = "\n".join(join(_tokens(article, one, options), options.level)[0] for one in sentences)
    if comes_back != article.text:
        ledger.ignore("spacing of articles")
    count_lost([article], ledger)
    return f"{_line(_DOCSTART, 'O', options)}\n"


def _tokens(article: AnnotatedArticle, sentence: Sequence[Bound], options: WriteOptions) -> list[str]:
    return [spelled(article.text, bound, options.level) for bound in sentence]


def _check_labels(article: AnnotatedArticle, options: WriteOptions) -> None:
    unfit = regex.compile(r"[\t\r\n]" if options.separator == "tab" else r"\s")
    for span in article.spans:
        if unfit.search(span.label):
            raise FormatError(
                f"{article.id}: the label “{span.label}” has white space in it, which columns cannot hold; "
                f"rename it (--rename '{span.label}=NEW')"
            )


def _line(token: str, tag: str, options: WriteOptions) -> str:
    columns = ["_"] * max(options.token, options.tag)
    columns[options.token - 1], columns[options.tag - 1] = token, tag
    return ("\t" if options.separator == "tab" else " ").join(columns) + "\n"


def _sentences(article: AnnotatedArticle, bounds: Sequence[Bound]) -> Iterator[list[Bound]]:
    """The tokens of each line of the text; a span over a line break holds its lines together."""
    inside = {
        offset
        for span in article.spans
        for offset in range(span.start, span.end)
        if article.text[offset] == "\n"
    }
    sentence: list[Bound] = []
    for bound in bounds:
        if sentence:
            at = article.text.find("\n", sentence[-1][1], bound[0])
            if at >= 0 and at not in inside:
                yield sentence
                sentence = []
        sentence.append(bound)
    if sentence:
        yield sentence


def _token_spans(article: AnnotatedArticle, sentence: Sequence[Bound]) -> list[TokenSpan]:
    firsts = {start: i for i, (start, _) in enumerate(sentence)}
    lasts = {end: i + 1 for i, (_, end) in enumerate(sentence)}
    return [
        TokenSpan(firsts[span.start], lasts[span.end], span.label)
        for span in article.spans
        if span.start in firsts
    ]
