"""OpenDocument texts: paragraphs, one a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import regex

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading.legacy import from_font
from kyket.reading.office import BAR, FEWEST_CELLS, TITLE_WITHIN, check_size, legacy_of

_WHITE = regex.compile(r"\s+")


def read_odt(data: bytes, encoding: str | None = None) -> Article:
    """The paragraphs of an OpenDocument text in their order; its title as stored, else in the style of one.

    Rows of lists are lines, as `read_docx` has them.
    Footnotes, comments and what was struck out are left.

    Args:
        data: The file.
        encoding: As for `read_docx`; fonts are not looked at.

    Raises:
        ReadingError: it is no OpenDocument text, damaged, or encrypted.
    """
    if not data:
        return Article(text="")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive)
            content = _xml(archive.read("content.xml"))
            meta = _xml(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else None
        codec = legacy_of(encoding)
        paragraphs = [
            (element, from_font(text, codec) if codec else text) for element, text in _paragraphs(content)
        ]
        stored = "" if meta is None else meta.findtext(".//{http://purl.org/dc/elements/1.1/}title") or ""
        title = from_font(stored, codec) if codec else stored
    except ReadingError:
        raise
    except Exception:  # whatever a damaged or encrypted file makes zip and XML raise
        raise ReadingError(
            "not an OpenDocument text (odt), or damaged; save it again, or its text as txt"
        ) from None
    return Article(
        text="\n".join(text for _, text in paragraphs),
        title=" ".join(title.split()) or _title(content, paragraphs),
    )


_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT = {_TEXT + "note", _TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "table-of-content"}
_PARAGRAPHS = {_TEXT + "p", _TEXT + "h"}
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW, _CELL = _TABLE + "table-row", _TABLE + "table-cell"


def _xml(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    return etree.fromstring(data, parser)


def _paragraphs(content: Any) -> Iterator[tuple[Any, str]]:
    """Paragraphs that are not empty, with their text; one within another comes before it."""
    from lxml import etree

    open_ones: list[tuple[Any, list[str]]] = []
    left = 0
    row: list[str] | None = None
    for event, element in etree.iterwalk(content, events=("start", "end")):
        tag, starts = element.tag, event == "start"
        if tag == _ROW and (row is not None or (starts and _is_row_of_list(element))):
            if row is not None and "".join(row).strip():
                yield element, BAR.join(row)
            row = [] if row is None else None
        elif tag == _CELL and starts and row is not None:
            row.append("")
        if tag in _LEFT:
            left += 1 if starts else -1
        if left and starts:
            continue
        if not left:
            if starts and tag in _PARAGRAPHS:
                open_ones.append((element, []))
            elif not starts and tag in _PARAGRAPHS:
                paragraph, parts = open_ones.pop()
                text = "".join(parts)
                if row:  # empty where a cell that is merged with another comes first
                    row[-1] += text.strip()
                elif text.strip():
                    yield paragraph, text
            elif starts and open_ones:
                between = {
                    "s": " " * min(int(element.get(_TEXT + "c", "1")), 100),
                    "tab": "\t",
                    "line-break": "\n",
                }
                open_ones[-1][1].append(between.get(tag.removeprefix(_TEXT), ""))
            piece = element.text if starts else element.tail
            if piece and open_ones:
                open_ones[-1][1].append(_WHITE.sub(" ", piece))


def _is_row_of_list(row: Any) -> bool:
    cells = row.findall(_CELL)
    return len(cells) >= FEWEST_CELLS and all(
        cell.find(f".//{_ROW}") is None
        and sum(bool("".join(paragraph.itertext()).strip()) for paragraph in cell.iter(*_PARAGRAPHS)) < 2
        for cell in cells
    )


def _title(content: Any, paragraphs: list[tuple[Any, str]]) -> str | None:
    """The first paragraph in the style Title; else the heading that opens the document."""
    parents = {
        style.get(_STYLE + "name"): style.get(_STYLE + "parent-style-name")
        for style in content.iter(_STYLE + "style")
    }
    for element, text in islice(paragraphs, TITLE_WITHIN):
        name = element.get(_TEXT + "style-name")
        if "Title" in (name, parents.get(name)):
            return " ".join(text.split())
    for element, text in islice(paragraphs, 1):
        if element.tag == _TEXT + "h" and element.get(_TEXT + "outline-level", "1") == "1":
            return " ".join(text.split())
    return None
