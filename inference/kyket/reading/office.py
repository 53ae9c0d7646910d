"""Word documents: paragraphs, one a line. They need the extra `docs`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading.complete import is_headline
from kyket.reading.encodings import check_encoding
from kyket.reading.legacy import CODECS, codec_of_font, from_font

_LARGEST_UNPACKED = 300_000_000  # bytes; beyond that a docx is a zip bomb rather than an article
_SOFT_HYPHEN = "\xad"
BAR = " | "
FEWEST_CELLS = 4  # of a row of a list; tables of fewer lay out a page, or pair names with figures
_BELOW = "continue"  # what a cell has that is merged with the one above it
TITLE_WITHIN = 10  # paragraphs from the beginning, in which one in the style of a title is looked for


def read_docx(data: bytes, encoding: str | None = None) -> Article:
    """The paragraphs and tables of a Word document in their order, a cell a paragraph.

    A row of a list, of four cells or more with a paragraph each, is one line: `2 | Bản ghi nhớ | A | B`.
    The title is the one that is stored, else a paragraph in the style of one or a bold first one. What was
    typed in a font of TCVN3 (`.VnTime`) or VNI (`VNI-Times`) becomes Unicode.

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
            check_size(archive)
        document = docx.Document(io.BytesIO(data))
        fonts = _Fonts(document, legacy_of(encoding))
        lines = [(line[0], [fonts.text(paragraph) for paragraph in line]) for line in _lines(document)]
        paragraphs = [(paragraph, BAR.join(texts)) for paragraph, texts in lines if "".join(texts).strip()]
        title = fonts.stored(document.core_properties.title) or _shown_title(paragraphs)
    except ReadingError:
        raise
    except Exception:  # python-docx passes on whatever its zip and XML readers raise
        raise ReadingError(
            "not a Word document (docx), or damaged; save it again, or its text as txt"
        ) from None
    return Article(text="\n".join(text for _, text in paragraphs), title=title)


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuses a zip bomb.

    Raises:
        ReadingError: the parts of the archive are together far more than an article.
    """
    if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNPACKED:
        raise ReadingError("unpacks to far more than an article; save its text as txt")


def legacy_of(encoding: str | None) -> str | None:
    """The name of an encoding where it is one of fonts."""
    name = check_encoding(encoding) if encoding else ""
    return name if name in CODECS else None


def _shown_title(paragraphs: list[tuple[Any, str]]) -> str | None:
    """The first paragraph in the style Title; else the one that opens the text in Heading 1 or in bold."""
    for paragraph, text in paragraphs[:TITLE_WITHIN]:
        if paragraph.style is not None and paragraph.style.name == "Title":
            return " ".join(text.split())
    for paragraph, text in paragraphs[:1]:
        is_heading = paragraph.style is not None and paragraph.style.name == "Heading 1"
        if is_heading or _is_bold_headline(*paragraphs[:2]):
            return " ".join(text.split())
    return None


def _is_bold_headline(first: tuple[Any, str], second: tuple[Any, str] | None = None) -> bool:
    """Whether the first paragraph is set apart from the second as a headline is from a text.

    What stands in a table is the head of an official paper, whose lines are bold in turn.
    """
    (paragraph, text), (following, next_text) = first, second or first
    return (
        paragraph is not following
        and paragraph._p.getparent().tag == _W + "body"
        and is_headline(text)
        and _is_bold(paragraph)
        and not (_is_bold(following) and is_headline(next_text))
    )


def _is_bold(paragraph: Any) -> bool:
    inherited = paragraph.style is not None and paragraph.style.font.bold
    runs = [run for run in _runs(paragraph) if run.text.strip()]
    return bool(runs) and all(inherited if run.bold is None else run.bold for run in runs)


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


def _lines(container: Any) -> Iterator[list[Any]]:
    """The paragraphs of each line, those of tables too."""
    waiting = [container.iter_inner_content()]
    while waiting:
        for block in waiting[-1]:
            if hasattr(block, "rows"):
                for cells in reversed(_rows(block)):
                    blocks = [list(cell.iter_inner_content()) for cell in cells]
                    row = _row_of_list(blocks)
                    waiting.extend([iter([row])] if row else map(iter, reversed(blocks)))
                break
            yield block if isinstance(block, list) else [block]
        else:
            waiting.pop()


def _rows(table: Any) -> list[list[Any]]:
    """The cells of each row, merged ones once; what goes on with the cell above has no text of its own."""
    from docx.table import _Cell

    return [
        [_Cell(tc, table) for tc in row.tc_lst if not i or tc.vMerge != _BELOW]
        for i, row in enumerate(table._tbl.tr_lst)
    ]


def _row_of_list(cells: list[list[Any]]) -> list[Any] | None:
    """The paragraph of each cell, an empty one where a cell has no text; None where some cell has more."""
    if len(cells) < FEWEST_CELLS:
        return None
    row = []
    for blocks in cells:
        told = [block for block in blocks if hasattr(block, "rows") or block.text.strip()] or blocks[:1]
        if len(told) != 1 or hasattr(told[0], "rows"):
            return None
        row.append(told[0])
    return row
