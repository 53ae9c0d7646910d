"""Word and PDF documents: paragraphs, one a line. Needs the extra `docs`."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

import regex

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading.logs import leave_to_caller

_LARGEST_UNPACKED = 300_000_000  # bytes; beyond that a docx is a zip bomb rather than an article
_SOFT_HYPHEN = "\xad"
_SENTENCE_END = regex.compile(r"""[.!?…:;]["”’»)]*$""")
_WHITE = regex.compile(r"\s+")


def read_docx(data: bytes) -> Article:
    """The paragraphs and tables of a Word document in their order, a cell a paragraph; its title as stored.

    Raises:
        ReadingError: it is not a Word document, or damaged.
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("docs") from None
    if not data:
        return Article(text="")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise ReadingError("unpacks to far more than an article; save its text as txt")
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_paragraphs(document))
        title = document.core_properties.title
    except ReadingError:
        raise
    except Exception:  # python-docx passes on whatever its zip and XML readers raise
        raise ReadingError(
            "not a Word document (docx), or damaged; save it again, or its text as txt"
        ) from None
    return Article(text=text, title=title.strip() or None)


def _paragraphs(container: Any) -> Iterator[str]:
    """The text of paragraphs that are not empty, those of tables too."""
    waiting = [container.iter_inner_content()]
    while waiting:
        for block in waiting[-1]:
            if hasattr(block, "rows"):
                cells = {cell._tc: cell for row in block.rows for cell in row.cells}  # merged ones once
                waiting.extend(cell.iter_inner_content() for cell in reversed(cells.values()))
                break
            if block.text.strip():
                yield block.text
        else:
            waiting.pop()


def read_pdf(data: bytes) -> Article:
    """The text of a PDF: lines joined to paragraphs, letters composed (NFC), without soft hyphens.

    A hyphen at the end of a line stays: Vietnamese does not break syllables, so it belongs to the word
    (`Xa-vẳn-na-khệt`, `2018-2023`).

    Raises:
        ReadingError: it is not a PDF, damaged, or encrypted.
        MissingExtraError: pypdf is not installed.
    """
    try:
        import pypdf
        from pypdf.errors import DependencyError
    except ImportError:
        raise MissingExtraError("docs") from None
    if not data:
        return Article(text="")
    leave_to_caller("pypdf")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("encrypted; save it without a password")
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError:
        raise ReadingError("encrypted; save it without a password") from None
    except ReadingError:
        raise
    except Exception:  # pypdf passes on whatever a damaged file makes its parts raise
        raise ReadingError("not a PDF, or damaged; save it again, or its text as txt") from None
    return Article(text="\n".join(paragraph for page in pages for paragraph in _joined(page)))


def _joined(page: str) -> list[str]:
    """The paragraphs of a page: a line that ends a sentence short of the margin ends a paragraph."""
    page = unicodedata.normalize("NFC", page).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = [_WHITE.sub(" ", line).strip() for line in page.replace(_SOFT_HYPHEN + "\n", "").split("\n")]
    margin = max(map(len, lines))
    paragraphs: list[str] = []
    open_paragraph = False
    for line in (line.replace(_SOFT_HYPHEN, "") for line in lines):
        if not line:
            open_paragraph = False
            continue
        if open_paragraph:
            glue = "" if paragraphs[-1].endswith("-") and not paragraphs[-1].endswith(" -") else " "
            paragraphs[-1] += glue + line
        else:
            paragraphs.append(line)
        short = len(line) < (0.9 if _SENTENCE_END.search(line) else 0.6) * margin
        open_paragraph = not short
    return paragraphs
