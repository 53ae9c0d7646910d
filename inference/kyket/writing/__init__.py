"""Documents as JSON lines, a table for the terminal, a page, or a spreadsheet.

Every writer takes documents one by one and writes bytes, so that a long stream needs little memory
(the page alone holds all its documents).

Example:
    >>> import sys
    >>> from kyket import Document, writing
    >>> writing.json_lines([Document(id="empty", text="")], sys.stdout.buffer)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from kyket.document import Document

Writer = Callable[[Iterable[Document], BinaryIO], None]


def json_lines(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write each document as soon as it is read: one JSON object a line, in UTF-8."""
    for document in documents:
        out.write(document.to_json() + b"\n")
        out.flush()


def table(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write tables for a person at a terminal, coloured where `out` is one."""
    from kyket.writing import terminal

    terminal.write(documents, out)


def html(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write one self-contained page for all documents."""
    from kyket.writing import page

    page.write(documents, out)


def csv(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write one row an agreement, for a spreadsheet program."""
    from kyket.writing import spreadsheet

    spreadsheet.write(documents, out)


WRITERS: dict[str, Writer] = {"json": json_lines, "table": table, "html": html, "csv": csv}
