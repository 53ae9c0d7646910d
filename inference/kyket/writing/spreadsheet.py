"""Agreements as CSV: one row each, opened rightly and safely by spreadsheet programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kyket.document import Document
from kyket.writing import words

COLUMNS = (
    "id", "source", "published", "instrument", "title", "parties", "period", "status", "signed_on", "evidence"
)  # fmt: skip
_LONGEST_CELL = 32_000  # characters; Excel breaks a row at a cell of more than 32,767

# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """Write a byte-order mark (Excel takes the file for UTF-8 by it), the column names, then the rows."""
    stream = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    rows = csv.writer(stream)
    rows.writerow(COLUMNS)
    for document in documents:
        for agreement, evidence in zip(document.agreements, words.evidence(document), strict=True):
            rows.writerow(
                _cell(value)
                for value in (
                    document.id,
                    document.source,
                    document.published,
                    agreement.instrument,
                    agreement.title,
                    "; ".join(words.names(document, agreement.parties)),
                    agreement.period,
                    agreement.status,
                    agreement.signed_on,
                    " … ".join(evidence),
                )
            )
    stream.detach()


def _cell(value: str | None) -> str:
    text = words.visible(value or "")[:_LONGEST_CELL]
    return "'" + text if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
