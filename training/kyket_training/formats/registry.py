"""The formats by name, and reading and writing data in any of them.

A format is asked for by its name, with options behind a colon: `conll:scheme=BIOES,tag=4`. It is never
guessed from content; a few file suffixes that only one format has stand for its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kyket_training.corpus import AnnotatedArticle
from kyket_training.formats import brat, conll, doccano, files, huggingface, inline, label_studio
from kyket_training.formats.files import FormatError
from kyket_training.formats.ledger import Ledger

DEFAULT = "inline"
"""The format of data for which none is named and whose suffix says nothing."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form of annotated data.

    Attributes:
        what: What it is, in a few words.
        read_options: Options of reading; each field has a default and a description.
        write_options: Options of writing.
        suffixes: File suffixes that no other format has.
        beside: Suffixes of files that are written beside the one that is named.
    """

    name: str
    what: str
    read_options: type[msgspec.Struct]
    write_options: type[msgspec.Struct]
    read: Callable[[str, Any, Ledger], Iterable[AnnotatedArticle]]
    write: Callable[[Sequence[AnnotatedArticle], Path, Any, Ledger], None]
    suffixes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


FORMATS = {
    format.name: format
    for format in (
        Format(
            "inline",
            "folder of kyket's own articles, with marks in the text or spans beside it",
            inline.Options,
            inline.Options,
            inline.read,
            inline.write,
        ),
        Format(
            "conll",
            "file of columns, a token a line",
            conll.ReadOptions,
            conll.WriteOptions,
            conll.read,
            conll.write,
            (".conll", ".conllu", ".iob", ".iob2", ".bio"),
        ),
        Format(
            "brat",
            "folder of NAME.txt with NAME.ann",
            brat.Options,
            brat.Options,
            brat.read,
            brat.write,
            (".ann",),
        ),
        Format(
            "label-studio",
            "JSON file of tasks, as Label Studio exports and imports them",
            label_studio.ReadOptions,
            label_studio.WriteOptions,
            label_studio.read,
            label_studio.write,
            beside=(".xml",),
        ),
        Format(
            "doccano",
            "JSON Lines file of texts with spans, as doccano exports and imports them",
            doccano.ReadOptions,
            doccano.WriteOptions,
            doccano.read,
            doccano.write,
            beside=(".labels.json",),
        ),
        Format(
            "datasets",
            "rows of tokens and tags: a save_to_disk folder, Parquet, JSON, JSON Lines, a name on the Hub",
            huggingface.ReadOptions,
            huggingface.WriteOptions,
            huggingface.read,
            huggingface.write,
            (".parquet",),
        ),
    )
}


def by_suffix(location: str) -> str | None:
    """The name of the only format whose files end as `location` does, or None.

    Example:
        >>> by_suffix("my/train.conll"), by_suffix("my/train.json")
        ('conll', None)
    """
    suffix = Path(location.partition("#")[0]).suffix
    return next((format.name for format in FORMATS.values() if suffix in format.suffixes), None)


def read_data(location: str, format: str | None, ledger: Ledger) -> list[AnnotatedArticle]:
    """All articles of a file, folder or dataset.

    Args:
        location: Where they are.
        format: `NAME` or `NAME:OPTION=VALUE,…`; None goes by the suffix, and else takes `DEFAULT`.
        ledger: Learns what was read and left out, and the label set where the data declares one.

    Raises:
        FormatError: there is no such format or option.
        CorpusError: the data cannot be read, or is not of that form.
    """
    found, options = reading(format or by_suffix(location) or DEFAULT)
    left_out = ledger.articles_left_out.total()
    articles = list(found.read(location, options, ledger))
    ledger.articles_read += len(articles) + ledger.articles_left_out.total() - left_out
    return articles


def write_data(articles: Sequence[AnnotatedArticle], out: Path, format: str, ledger: Ledger) -> None:
    """Writes articles to a file or folder.

    Args:
        articles: What to write.
        out: Where to; a folder must be new or empty, a file is replaced.
        format: `NAME` or `NAME:OPTION=VALUE,…`.
        ledger: Learns what was written and left out; its labels are declared where the format can do so.

    Raises:
        FormatError: no such format or option, articles it cannot hold, or `out` cannot be written.
    """
    found, options = writing(format)
    new, empty = not out.exists(), out.is_dir() and not any(out.iterdir())
    try:
        found.write(articles, out, options, ledger)
    except BaseException:
        if new or empty:  # half of it is of no use, and in the way of the next try
            _remove(out)
            if empty:
                out.mkdir()
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def check_new(out: Path, format: str) -> None:
    """Sees, before anything is read, that writing would replace nothing.

    Raises:
        FormatError: there is no such format or option, or something is there already.
    """
    found, _ = writing(format)
    for path in (out, *(out.with_suffix(suffix) for suffix in found.beside)):
        files.check_new(path)


def reading(format: str) -> tuple[Format, Any]:
    """The format of `NAME:OPTION=VALUE,…` with its options of reading.

    Raises:
        FormatError: there is no such format or option.
    """
    name, given = _parse(format)
    return FORMATS[name], _options(format, given, FORMATS[name].read_options, "reading")


def writing(format: str) -> tuple[Format, Any]:
    """The format of `NAME:OPTION=VALUE,…` with its options of writing.

    Raises:
        FormatError: there is no such format or option.
    """
    name, given = _parse(format)
    return FORMATS[name], _options(format, given, FORMATS[name].write_options, "writing")


def _parse(format: str) -> tuple[str, dict[str, str]]:
    name, _, rest = format.partition(":")
    if name not in FORMATS:
        raise FormatError(f"unknown format “{name}”; it is one of {', '.join(FORMATS)}")
    return name, dict(_option(part) for part in rest.split(",") if part)


def _option(part: str) -> tuple[str, str]:
    """`scheme=BIOES`, or a bare name for one that is to be true."""
    name, equals, value = part.partition("=")
    return name.strip(), value.strip() if equals else "true"


def _options(format: str, given: dict[str, str], kind: type[msgspec.Struct], doing: str) -> msgspec.Struct:
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        known = ", ".join(kind.__struct_fields__) or "none"
        raise FormatError(f"format {format}: {error}; the options of {doing} are: {known}") from None
