"""Word, OpenDocument and PDF documents: paragraphs, one a line. Word and PDF need the extra `docs`."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import regex

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading.encodings import check_encoding
from kyket.reading.legacy import CODECS, codec_of_font, from_font
from kyket.reading.logs import leave_to_caller

_LARGEST_UNPACKED = 300_000_000  # bytes; beyond that a docx is a zip bomb rather than an article
_SOFT_HYPHEN = "\xad"
_SENTENCE_END = regex.compile(r"""[.!?…:;]["”’»)]*$""")
_WHITE = regex.compile(r"\s+")
_BELOW = "continue"  # what a cell has that is merged with the one above it
_TITLE_WITHIN = 10  # paragraphs from the beginning, in which one in the style of a title is looked for


def read_docx(data: bytes, encoding: str | None = None) -> Article:
    """The paragraphs and tables of a Word document in their order, a cell a paragraph.

    The title is the one that is stored, else a paragraph in the style of one. What was typed in a font of
    TCVN3 (`.VnTime`) or VNI (`VNI-Times`) becomes Unicode.

    Args:
        data: The file.
        encoding: `tcvn3` or `vni` where all the text is in such fonts, whatever they are called; any other
            is passed over, for a Word document is Unicode.

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
            _check_size(archive)
        document = docx.Document(io.BytesIO(data))
        fonts = _Fonts(document, _legacy(encoding))
        paragraphs = [(paragraph, fonts.text(paragraph)) for paragraph in _paragraphs(document)]
        paragraphs = [(paragraph, text) for paragraph, text in paragraphs if text.strip()]
        title = fonts.stored(document.core_properties.title) or _styled_title(paragraphs)
    except ReadingError:
        raise
    except Exception:  # python-docx passes on whatever its zip and XML readers raise
        raise ReadingError(
            "not a Word document (docx), or damaged; save it again, or its text as txt"
        ) from None
    return Article(text="\n".join(text for _, text in paragraphs), title=title)


def _check_size(archive: zipfile.ZipFile) -> None:
    if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNPACKED:
        raise ReadingError("unpacks to far more than an article; save its text as txt")


def _legacy(encoding: str | None) -> str | None:
    """The name of an encoding where it is one of fonts."""
    name = check_encoding(encoding) if encoding else ""
    return name if name in CODECS else None


def _styled_title(paragraphs: list[tuple[Any, str]]) -> str | None:
    """The first paragraph in the style Title; else the one in Heading 1 that opens the document."""
    for paragraph, text in paragraphs[:_TITLE_WITHIN]:
        if paragraph.style is not None and paragraph.style.name == "Title":
            return " ".join(text.split())
    for paragraph, text in paragraphs[:1]:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            return " ".join(text.split())
    return None


class _Fonts:
    """The fonts of a Word document, as far as they say what its letters are.

    Args:
        document: Of python-docx.
        codec: What all text is in; None to go by the font of each run.
    """

    def __init__(self, document: Any, codec: str | None) -> None:
        self._codec = codec
        self._styles = {style.get(_W + "styleId"): style for style in document.styles.element.style_lst}
        defaults = document.styles.element.find(f"{_W}docDefaults/{_W}rPrDefault")
        self._default = _font(defaults)
        normal = next((s for s in self._styles.values() if _is_default_of_paragraphs(s)), None)
        self._normal = normal.get(_W + "styleId") if normal is not None else None
        self._of_style: dict[str | None, str | None] = {}
        self._found: set[tuple[str, bool] | None] = set()

    def text(self, paragraph: Any) -> str:
        """The text of a paragraph in Unicode."""
        named = paragraph._p.find(f"{_W}pPr/{_W}pStyle")
        font = self._font_of_style(self._normal if named is None else named.get(_W + "val"))
        runs = [(self._of_run(run._r, font), run) for run in _runs(paragraph)]
        self._found |= {codec for codec, run in runs if run.text.strip()}
        if not any(codec for codec, _ in runs):
            return str(paragraph.text)
        parts = []
        for codec, group in groupby(runs, key=lambda pair: pair[0]):
            text = "".join(_text_of(run) for _, run in group)  # a vowel and its mark may lie in two
            if codec:
                name, capitals = codec
                text = from_font(text, name)
                text = text.upper() if capitals else text
            parts.append(text)
        return "".join(parts)

    def stored(self, title: str) -> str | None:
        """The title that is stored beside the text, and has no font: that of the text, where it is one."""
        names = {codec[0] if codec else None for codec in self._found}
        name = self._codec or (names.pop() if len(names) == 1 else None)
        return (from_font(title, name) if name else title).strip() or None

    def _of_run(self, run: Any, of_paragraph: str | None) -> tuple[str, bool] | None:
        font, style = _font(run), run.find(f"{_W}rPr/{_W}rStyle")
        if font is None and style is not None:
            font = self._font_of_style(style.get(_W + "val"))
        if font is None:
            font = of_paragraph if of_paragraph is not None else self._default
        return codec_of_font(font or "") or ((self._codec, False) if self._codec else None)

    def _font_of_style(self, id: str | None) -> str | None:
        """The font of a style, or of the one that it is based on."""
        if id not in self._of_style:
            font, seen, next_id = None, set(), id
            while font is None and next_id in self._styles and next_id not in seen:
                seen.add(next_id)
                style = self._styles[next_id]
                font = _font(style)
                based = style.find(_W + "basedOn")
                next_id = None if based is None else based.get(_W + "val")
            self._of_style[id] = font
        return self._of_style[id]


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _font(element: Any) -> str | None:
    """The font that an element with `rPr` names; empty for that of a theme, None where it names none."""
    fonts = None if element is None else element.find(f"{_W}rPr/{_W}rFonts")
    if fonts is None:
        return None
    for name in ("hAnsi", "ascii"):
        if fonts.get(f"{_W}{name}Theme") is not None:
            return ""
        if (font := fonts.get(_W + name)) is not None:
            return str(font)
    return None


def _is_default_of_paragraphs(style: Any) -> bool:
    return style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true")


def _runs(paragraph: Any) -> Iterator[Any]:
    for part in paragraph.iter_inner_content():
        yield from part.runs if hasattr(part, "runs") else (part,)


def _text_of(run: Any) -> str:
    """The text of a run; a soft hyphen is a letter in these fonts."""
    from docx.oxml import OxmlElement

    for hyphen in run._r.findall(_W + "softHyphen"):
        letter = OxmlElement("w:t")
        letter.text = _SOFT_HYPHEN
        run._r.replace(hyphen, letter)
    return str(run.text)


def _paragraphs(container: Any) -> Iterator[Any]:
    """The paragraphs, those of tables too."""
    waiting = [container.iter_inner_content()]
    while waiting:
        for block in waiting[-1]:
            if hasattr(block, "rows"):
                waiting.extend(cell.iter_inner_content() for cell in reversed(_cells(block)))
                break
            yield block
        else:
            waiting.pop()


def _cells(table: Any) -> list[Any]:
    """The cells row by row, merged ones once; what goes on with the cell above has no text of its own."""
    from docx.table import _Cell

    rows = table._tbl.tr_lst
    return [
        _Cell(tc, table) for i, row in enumerate(rows) for tc in row.tc_lst if not i or tc.vMerge != _BELOW
    ]


def read_odt(data: bytes, encoding: str | None = None) -> Article:
    """The paragraphs of an OpenDocument text in their order; its title as stored, else in the style of one.

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
            _check_size(archive)
            content = _xml(archive.read("content.xml"))
            meta = _xml(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else None
        codec = _legacy(encoding)
        paragraphs = [
            (element, from_font(text, codec) if codec else text) for element, text in _odt_paragraphs(content)
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
        title=" ".join(title.split()) or _odt_title(content, paragraphs),
    )


_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT = {_TEXT + "note", _TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "table-of-content"}
_ODT_PARAGRAPHS = {_TEXT + "p", _TEXT + "h"}


def _xml(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    return etree.fromstring(data, parser)


def _odt_paragraphs(content: Any) -> Iterator[tuple[Any, str]]:
    """Paragraphs that are not empty, with their text; one within another comes before it."""
    from lxml import etree

    open_ones: list[tuple[Any, list[str]]] = []
    left = 0
    for event, element in etree.iterwalk(content, events=("start", "end")):
        tag, starts = element.tag, event == "start"
        if tag in _LEFT:
            left += 1 if starts else -1
        if left and starts:
            continue
        if not left:
            if starts and tag in _ODT_PARAGRAPHS:
                open_ones.append((element, []))
            elif not starts and tag in _ODT_PARAGRAPHS:
                paragraph, parts = open_ones.pop()
                if (text := "".join(parts)).strip():
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


def _odt_title(content: Any, paragraphs: list[tuple[Any, str]]) -> str | None:
    """The first paragraph in the style Title; else the heading that opens the document."""
    parents = {
        style.get(_STYLE + "name"): style.get(_STYLE + "parent-style-name")
        for style in content.iter(_STYLE + "style")
    }
    for element, text in islice(paragraphs, _TITLE_WITHIN):
        name = element.get(_TEXT + "style-name")
        if "Title" in (name, parents.get(name)):
            return " ".join(text.split())
    for element, text in islice(paragraphs, 1):
        if element.tag == _TEXT + "h" and element.get(_TEXT + "outline-level", "1") == "1":
            return " ".join(text.split())
    return None


def read_pdf(data: bytes, encoding: str | None = None) -> Article:
    """The text of a PDF: lines joined to paragraphs, letters composed (NFC), without soft hyphens.

    A hyphen at the end of a line stays: Vietnamese does not break syllables, so it belongs to the word
    (`Xa-vẳn-na-khệt`, `2018-2023`).

    Args:
        data: The file.
        encoding: As for `read_docx`; fonts are not looked at.

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
        if codec := _legacy(encoding):
            pages = [from_font(page, codec) for page in pages]
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
