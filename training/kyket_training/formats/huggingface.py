"""Hugging Face datasets: rows with a list of tokens and a list of tags.

A location is a folder that `save_to_disk` wrote, a Parquet, JSON or JSON Lines file, or the name of a
dataset on the Hub. `#SPLIT` behind it names a split, `:CONFIG` behind a name on the Hub a configuration:
`owner/name:vi#train`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from kyket_training.corpus import AnnotatedArticle, CorpusError
from kyket_training.formats.files import (
    FormatError,
    check_new_folder,
    compact,
    read_json,
    read_json_lines,
    read_text,
    write_file,
)
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import count_lost, label_set
from kyket_training.formats.schemes import (
    SchemeName,
    TokenSpan,
    is_tag,
    labels_of,
    spans_of,
    tag_set,
    tags_of,
)
from kyket_training.formats.settle import Mark, settle
from kyket_training.formats.tokens import Level, MisalignedError, align, join, spelled, split

if TYPE_CHECKING:
    import datasets

_FILES = (".parquet", ".json", ".jsonl")

Row = dict[str, Any]


class ReadOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Which columns are read, and how."""

    tokens: Annotated[str, Meta(description="column of the tokens")] = "tokens"
    tags: Annotated[str, Meta(description="column of the tags")] = "ner_tags"
    text: Annotated[str, Meta(description="column of the text, used where there is one")] = "text"
    names: Annotated[
        str, Meta(description="file with a tag a line, for tags that are numbers without names")
    ] = ""
    scheme: Annotated[SchemeName, Meta(description="how tags mark the edges of a span")] = "IOB2"
    level: Annotated[Level, Meta(description="word: the syllables of a word are joined by _")] = "syllable"


class WriteOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Which columns are written, and how."""

    tokens: Annotated[str, Meta(description="column of the tokens")] = "tokens"
    tags: Annotated[str, Meta(description="column of the tags")] = "ner_tags"
    scheme: Annotated[SchemeName, Meta(description="how tags mark the edges of a span")] = "IOB2"
    level: Annotated[Level, Meta(description="word: join the syllables of a word by _")] = "syllable"


def read(location: str, options: ReadOptions, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """An article for each row.

    Raises:
        CorpusError: there is no such data, or a row is not of the form; names file and row.
    """
    stem, rows, names = _open(location, options)
    if names is not None:
        for tag in names:
            if not is_tag(tag, options.scheme):
                raise CorpusError(f"{location}: its tag “{tag}” is none of {options.scheme}; set scheme=NAME")
        ledger.labels = tuple(labels_of(names))
    unread: set[str] = set()
    for number, (place, row) in enumerate(rows):
        tokens, tags = _tokens_and_tags(row, names, options, place)
        given = row.get(options.text) if options.text else None
        try:
            if isinstance(given, str):
                text, bounds = given, align(tokens, given, options.level)
            else:
                text, bounds = join(tokens, options.level)
        except MisalignedError as error:
            raise CorpusError(f"{place}: {error}; leave the column `{options.text}` aside by text=") from None
        tagged = spans_of(tags, options.scheme)
        for i in tagged.irregular:
            after = tags[i - 1] if i else "nothing"
            ledger.change("tag out of sequence", place, f"{tags[i]} after {after}")
        marks = [
            Mark(bounds[first][0], bounds[last - 1][1], label, place) for first, last, label in tagged.spans
        ]
        published = row.get("published")
        yield AnnotatedArticle(
            id=str(row["id"]) if row.get("id") is not None else f"{stem}-{number}",
            text=text,
            spans=settle(text, marks, ledger),
            published=published if isinstance(published, str) else None,
            tokens=bounds,
            words=options.level == "word",
        )
        unread |= row.keys() - {options.tokens, options.tags, options.text, "id", "published"}
    for column in sorted(unread):
        ledger.ignore(f"column “{column}”")


def _tokens_and_tags(
    row: Row, names: Sequence[str] | None, options: ReadOptions, place: str
) -> tuple[list[str], list[str]]:
    tokens: Any = row.get(options.tokens)
    tags: Any = row.get(options.tags)
    if not _is_list_of(tokens, (str,)) or not _is_list_of(tags, (str, int)):
        raise CorpusError(
            f"{place}: no list of texts in `{options.tokens}` with a list of tags in `{options.tags}`; "
            f"it has {', '.join(row)}; set tokens=COLUMN and tags=COLUMN"
        )
    if len(tokens) != len(tags):
        raise CorpusError(f"{place}: {len(tokens)} tokens, but {len(tags)} tags")
    named = []
    for tag in tags:
        if isinstance(tag, int):
            if names is None:
                raise CorpusError(f"{place}: tags are numbers without names; set names=FILE, a tag a line")
            if not 0 <= tag < len(names):
                raise CorpusError(f"{place}: tag {tag}, but there are names for 0 to {len(names) - 1}")
            tag = names[tag]
        if not is_tag(tag, options.scheme):
            raise CorpusError(f"{place}: “{tag}” is no tag of {options.scheme}; set scheme=NAME")
        named.append(tag)
    return tokens, named


def _is_list_of(value: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, list) and all(isinstance(item, kinds) for item in value)


def _open(location: str, options: ReadOptions) -> tuple[str, Iterable[tuple[str, Row]], list[str] | None]:
    """A name for the rows, the rows with their places, and the names of the tags where they are declared."""
    declared = read_text(Path(options.names)).split() if options.names else None
    name, _, split_name = location.partition("#")
    path = Path(name)
    if path.suffix in (".json", ".jsonl"):
        if not path.is_file():
            raise CorpusError(f"{name}: no such file; check the path")
        return path.stem, read_json_lines(path) if path.suffix == ".jsonl" else _json_rows(path), declared
    rows = _on_disk(path, split_name) if path.exists() else _from_hub(name, split_name)
    stem = split_name or path.stem
    return stem, _numbered(rows, location), declared or _tag_names(rows, options.tags)


def _numbered(rows: datasets.Dataset, location: str) -> Iterator[tuple[str, Row]]:
    for number, row in enumerate(rows):
        yield f"{location}, row {number}", row


def _json_rows(path: Path) -> Iterator[tuple[str, Row]]:
    rows = read_json(path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CorpusError(f"{path}: not a list of rows; a file with one a line must be named .jsonl")
    for number, row in enumerate(rows):
        yield f"{path}, row {number}", row


def _on_disk(path: Path, split_name: str) -> datasets.Dataset:
    import datasets

    try:
        if path.suffix == ".parquet":
            with TemporaryDirectory() as cache:
                return datasets.Dataset.from_parquet(str(path), cache_dir=cache, keep_in_memory=True)
        if path.is_dir():
            return _one_split(datasets.load_from_disk(str(path)), str(path), split_name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        raise CorpusError(f"{path}: no dataset that save_to_disk wrote: {reason}") from None
    raise CorpusError(
        f"{path}: not a folder that save_to_disk wrote, nor a file that ends in {', '.join(_FILES)}"
    )


def _from_hub(name: str, split_name: str) -> datasets.Dataset:
    import datasets

    repository, _, config = name.partition(":")
    is_path = repository.count("/") > 1 or repository.startswith((".", "~", "/"))
    if is_path or Path(repository).suffix in _FILES:
        raise CorpusError(f"{name}: no such file or folder; check the path")
    try:
        found = datasets.load_dataset(repository, config or None)
    except Exception as error:  # the Hub's client and the builders raise kinds without a common base
        reason = " ".join(str(error).split())[:200]
        raise CorpusError(f"{name}: neither here nor on the Hub a dataset to be read: {reason}") from None
    return _one_split(found, name, split_name)


def _one_split(found: Any, name: str, split_name: str) -> datasets.Dataset:
    import datasets

    if isinstance(found, datasets.Dataset):
        if split_name:
            raise CorpusError(f"{name}: it has no splits, so not #{split_name}")
        return found
    if not split_name and len(found) == 1:
        return next(iter(found.values()))
    if split_name not in found:
        splits = ", ".join(f"#{one}" for one in found)
        raise CorpusError(f"{name}: name one of its splits behind it: {splits}")
    return found[split_name]


def _tag_names(rows: datasets.Dataset, column: str) -> list[str] | None:
    feature = rows.features.get(column)
    inner = feature[0] if isinstance(feature, list) else getattr(feature, "feature", None)
    names: list[str] | None = getattr(inner, "names", None)
    return names


def write(articles: Sequence[AnnotatedArticle], out: Path, options: WriteOptions, ledger: Ledger) -> None:
    """Writes a `.parquet` or `.jsonl` file, or a folder as `save_to_disk` does.

    Tags are class labels, in JSON Lines their names. Beside tokens and tags there are columns `id`, `text`
    and `published`, so `read` gives the articles back.

    Raises:
        FormatError: a name that ends otherwise, or it cannot be written.
    """
    if out.suffix not in ("", ".parquet", ".jsonl"):
        raise FormatError(f"{out}: name a folder, or a file that ends in .parquet or .jsonl")
    rows = [_row(article, options) for article in articles]
    if out.suffix == ".jsonl":
        write_file(out, "".join(f"{compact(row)}\n" for row in rows))
    else:
        _save(rows, tag_set(label_set(articles, ledger.labels), options.scheme), out, options)
    count_lost(articles, ledger, kept=("published",))
    ledger.articles_written += len(articles)
    ledger.spans_written += sum(len(article.spans) for article in articles)


def _row(article: AnnotatedArticle, options: WriteOptions) -> Row:
    bounds = split(article, options.level)
    firsts = {start: i for i, (start, _) in enumerate(bounds)}
    lasts = {end: i + 1 for i, (_, end) in enumerate(bounds)}
    spans = [TokenSpan(firsts[span.start], lasts[span.end], span.label) for span in article.spans]
    return {
        "id": article.id,
        options.tokens: [spelled(article.text, bound, options.level) for bound in bounds],
        options.tags: tags_of(len(bounds), spans, options.scheme),
        "text": article.text,
        "published": article.published,
    }


def _save(rows: list[Row], tags: list[str], out: Path, options: WriteOptions) -> None:
    import datasets

    text = datasets.Value("string")
    features = datasets.Features(
        {
            "id": text,
            options.tokens: [text],
            options.tags: [datasets.ClassLabel(names=tags)],
            "text": text,
            "published": text,
        }
    )
    table = datasets.Dataset.from_list(rows, features=features)
    datasets.disable_progress_bars()
    try:
        if out.suffix:
            out.parent.mkdir(parents=True, exist_ok=True)
            table.to_parquet(str(out))
        else:
            check_new_folder(out)
            table.save_to_disk(str(out))
    except OSError as error:
        raise FormatError(f"{out}: cannot be written ({error.strerror or error})") from None
