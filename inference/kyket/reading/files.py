"""From a path or bytes to an `Article`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import foreign, html, mail, markdown, office, opendocument, pdf, rtf
from kyket.reading.encodings import check_encoding, decode

__all__ = ["EXTENSIONS", "KINDS", "check_encoding", "kind_of", "read_bytes", "read_file", "shown"]

MEGABYTE = 1_000_000


def _read_text(data: bytes, encoding: str | None) -> Article:
    return Article(text=decode(data, encoding or "utf-8"))


_READERS: dict[str, Callable[[bytes, str | None], Article]] = {
    "txt": _read_text,
    "md": markdown.read,
    "html": html.read,
    "mhtml": mail.read_page,
    "eml": mail.read,
    "docx": office.read_docx,
    "odt": opendocument.read_odt,
    "rtf": rtf.read_rtf,
    "pdf": pdf.read_pdf,
}
_EXTENSIONS = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "eml",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
}

KINDS = tuple(_READERS)
"""The kinds of input; of these `docx` and `pdf` need the extra `docs`."""

EXTENSIONS = tuple(_EXTENSIONS)
"""The extensions that say of what kind a file is."""


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
        reason = ReadingError("no such file; check the path")
    except (IsADirectoryError, PermissionError) as error:
        if isinstance(error, IsADirectoryError) or Path(path).is_dir():  # as Windows says it
            reason = ReadingError("a directory, not a file; name the files in it, or give it to kyket batch")
        else:
            reason = ReadingError("no permission to read it")
    except OSError as error:
        reason = ReadingError("cannot be read ({reason})", reason=error.strerror or type(error).__name__)
    except ValueError:  # a NUL in the path
        reason = ReadingError("not a path; check it")
    else:
        if len(data) <= max_bytes:
            return read_bytes(data, source=source, kind=kind or kind_of(path), encoding=encoding)
        reason = ReadingError(
            "larger than the limit of {size} MB; split the file or raise the limit",
            size=f"{max_bytes / MEGABYTE:g}",
        )
    raise reason.of(shown(source))


def read_bytes(
    data: bytes, *, source: str | None = None, kind: str = "txt", encoding: str | None = None
) -> Article:
    """The content of one file as an article.

    The text of `txt` is the decoded input unchanged; of `md`, what follows its front matter, unchanged; of
    `html` and `mhtml`, the main text; of `eml`, that of the message; of `docx`, `odt`, `rtf` and `pdf`,
    paragraphs, one a line.

    Args:
        data: The content.
        source: Where it came from, for `Article.source` and for messages.
        kind: One of `KINDS`.
        encoding: Of txt, md, html, mhtml and eml, such as `utf-16`, `windows-1258`, `tcvn3`, `vni` or any
            that Python knows; None is UTF-8, and for html, mhtml and eml what they declare. `tcvn3` and `vni`
            hold for docx, odt, rtf and pdf too, and for what is UTF-8, whose text may have been typed in such
            a font.

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
        foreign.refuse(data, kind)
        article = _READERS[kind](data, encoding)
    except ReadingError as error:
        raise error.of(shown(source or "the input")) from None
    return Article(text=article.text, source=source, title=article.title, published=article.published)


def shown(name: str) -> str:
    """`name` on one line, whatever it holds."""
    return name if name.isprintable() else repr(name)[1:-1]
