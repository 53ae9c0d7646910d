"""PDF: its text as paragraphs, one a line. It needs the extra `docs`."""

from __future__ import annotations

import unicodedata
from threading import Lock

import regex

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading.legacy import from_font
from kyket.reading.office import legacy_of

_SOFT_HYPHEN = "\xad"
_LINE_END_HYPHEN = "\ufffe"  # what PDFium has for a hyphen and the line break behind it
_SENTENCE_END = regex.compile(r"""[.!?…:;]["”’»)]*$""")
_WHITE = regex.compile(r"\s+")
_ONE_AT_A_TIME = Lock()  # PDFium knows no threads


def read_pdf(data: bytes, encoding: str | None = None) -> Article:
    """The text of a PDF: lines joined to paragraphs, letters composed (NFC), without soft hyphens.

    A hyphen at the end of a line stays: Vietnamese does not break syllables, so it belongs to the word
    (`Xa-vẳn-na-khệt`, `2018-2023`).

    Args:
        data: The file.
        encoding: `tcvn3` or `vni` where all the text is in such fonts, as for `read_docx`; fonts are not
            looked at.

    Raises:
        ReadingError: it is not a PDF, damaged, encrypted, or has pictures of pages and no text.
        MissingExtraError: pypdfium2 is not installed.
    """
    try:
        import pypdfium2
        from pypdfium2.raw import FPDF_ERR_PASSWORD
    except ImportError:
        raise MissingExtraError("docs") from None
    if not data:
        return Article(text="")
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise ReadingError("encrypted; save it without a password") from None
        raise ReadingError("not a PDF, or damaged; save it again, or its text as txt") from None
    if not "".join(pages).strip():
        raise ReadingError("a PDF without text, as scans are; have its text recognised (OCR), and save that")
    if codec := legacy_of(encoding):
        pages = [from_font(page, codec) for page in pages]
    return Article(text="\n".join(paragraph for page in pages for paragraph in joined(page)))


def joined(page: str) -> list[str]:
    """The paragraphs of a page: a line that ends a sentence short of the margin ends a paragraph."""
    page = unicodedata.normalize("NFC", page.replace(_LINE_END_HYPHEN, "-\n").replace(_SOFT_HYPHEN, ""))
    lines = [_WHITE.sub(" ", line).strip() for line in page.splitlines()]
    margin = max(map(len, lines), default=0)
    paragraphs: list[list[str]] = []
    open_paragraph = False
    for line in lines:
        if not line:
            open_paragraph = False
            continue
        if open_paragraph:
            before = paragraphs[-1][-1]
            glue = "" if before.endswith("-") and before[-2:-1].strip() else " "
            paragraphs[-1] += [glue, line]
        else:
            paragraphs.append([line])
        short = len(line) < (0.9 if _SENTENCE_END.search(line) else 0.6) * margin
        open_paragraph = not short
    return ["".join(parts) for parts in paragraphs]
