"""From a path or bytes to an `Article`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import html, markdown, office
from kyket.reading.encodings import check_encoding, decode

__all__ = ["KINDS", "check_encoding", "kind_of", "read_bytes", "read_file"]

MEGABYTE = 1_000_000


def _read_text(data: bytes, encoding: str | None) -> Article:
    return Article(text=decode(data, encoding or "utf-8"))


_READERS: dict[str, Callable[[bytes, str | None], Article]] = {
    "txt": _read_text,
    "md": markdown.read,
    "html": html.read,
    "docx": lambda data, _: office.read_docx(data),
    "pdf": lambda data, _: office.read_pdf(data),
}
_EXTENSIONS = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}

KINDS = tuple(_READERS)
"""The kinds of input that can be read: `txt`, `md`, `html`; `docx` and `pdf` with the extra `docs`."""


def kind_of(path: str | Path) -> str:
    """The kind of a file by its extension alone; `txt` for any that is not known.

    Example:
        >>> kind_of("news/TIN.HTM"), kind_of("README")
        ('html', 'txt')
    """
    return _EXTENSIONS.get(Path(path).suffix.casefold(), "txt")


def read_file(
    path: str | Path,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    max_bytes: int = 20 * MEGABYTE,
) -> Article:
    """One file as an article, with what the file itself says of title and day of publication.

    Args:
        path: The file.
        kind: One of `KINDS`; None goes by the extension (`kind_of`).
        encoding: As in `read_bytes`.
        max_bytes: A larger file is refused.

    Raises:
        ReadingError: the file cannot be read or decoded; one line that names it and says why.
        MissingExtraError: the packages for docx or PDF are not installed.
        ValueError: there is no such kind or encoding.
    """
    source = os.fsencode(path).decode("utf-8", "replace")
    try:
        with Path(path).open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        reason = "no such file; check the path"
    except IsADirectoryError:
        reason = "a directory, not a file; name the files in it"
    except PermissionError:
        is_directory = Path(path).is_dir()  # as Windows says it
        reason = (
            "a directory, not a file; name the files in it" if is_directory else "no permission to read it"
        )
    except OSError as error:
        reason = f"cannot be read ({error.strerror or type(error).__name__})"
    except ValueError:  # a NUL in the path
        reason = "not a path; check it"
    else:
        if len(data) <= max_bytes:
            return read_bytes(data, source=source, kind=kind or kind_of(path), encoding=encoding)
        reason = f"larger than the limit of {max_bytes / MEGABYTE:g} MB; split the file or raise the limit"
    raise ReadingError(f"{_shown(source)}: {reason}")


def read_bytes(
    data: bytes, *, source: str | None = None, kind: str = "txt", encoding: str | None = None
) -> Article:
    """The content of one file as an article.

    The text of `txt` is the decoded input unchanged; of `md`, what follows its front matter, unchanged; of
    `html`, the main text; of `docx` and `pdf`, paragraphs, one a line.

    Args:
        data: The content.
        source: Where it came from, for `Article.source` and for messages.
        kind: One of `KINDS`.
        encoding: Of txt, md and html, such as `utf-16`, `windows-1258`, `tcvn3`, `vni` or any that Python
            knows; None is UTF-8, and for html what the page declares.

    Raises:
        ReadingError: the content cannot be read or decoded; one line that names the source and says why.
        MissingExtraError: the packages for docx or PDF are not installed.
        ValueError: there is no such kind or encoding.

    Example:
        >>> read_bytes("Hai bên ký kết.".encode("utf-16"), encoding="utf-16").text
        'Hai bên ký kết.'
    """
    if kind not in _READERS:
        raise ValueError(f"unknown kind of input {kind!r}; it is one of {', '.join(KINDS)}")
    if encoding is not None:
        check_encoding(encoding)
    try:
        article = _READERS[kind](data, encoding)
    except ReadingError as error:
        raise ReadingError(f"{_shown(source or 'the input')}: {error}") from None
    return Article(text=article.text, source=source, title=article.title, published=article.published)


def _shown(name: str) -> str:
    """`name` on one line, whatever it holds."""
    return name if name.isprintable() else repr(name)[1:-1]
