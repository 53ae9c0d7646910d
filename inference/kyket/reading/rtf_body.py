"""The body of an RTF document: paragraphs and rows as they come to their ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import groupby

from kyket.reading.legacy import from_font
from kyket.reading.office import BAR, FEWEST_CELLS, TITLE_WITHIN

Codec = tuple[str, bool] | None
"""What letters are in, as `codec_of_font` says it; None for Unicode."""

_ENDS = {"par", "sect", "page", "column", "nestcell"}


class Body:
    """Takes runs of text and what ends them.

    Attributes:
        paragraphs: Those that have come to their ends and are not empty, rows of lists among them.
    """

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._styles: list[int] = []  # of the first paragraphs
        self._runs: list[tuple[str, Codec]] = []
        self._found: set[Codec] = set()
        self._style = 0
        self._in_table = False
        self._cell: list[str] = []
        self._row: list[list[str]] = []
        self._merged: list[bool] = []  # of the cells of the row, by its definition
        self._is_merged = False

    def write(self, text: str, codec: Codec) -> None:
        """Go on with the paragraph."""
        if text:
            self._runs.append((text, codec))
            if text.strip():
                self._found.add(codec)

    def obey(self, word: str, number: int | None) -> None:
        """Do what a control word says of paragraphs and tables; any other is passed over."""
        if word in _ENDS:
            self._end_paragraph()
        elif word == "cell":
            self._cell.append(self._taken())
            self._row.append(self._cell)
            self._cell = []
        elif word == "row":
            self._end_row()
        elif word == "pard":
            self._style, self._in_table = 0, False
        elif word == "s":
            self._style = number or 0
        elif word == "intbl":
            self._in_table = True
        elif word == "trowd":
            self._merged, self._is_merged = [], False
        elif word in ("clvmrg", "clmrg"):
            self._is_merged = True
        elif word == "cellx":
            self._merged.append(self._is_merged)
            self._is_merged = False

    def end(self) -> None:
        """The document ends."""
        self._in_table = False
        self._end_paragraph()

    def stored(self, title: str, codec: Codec) -> str | None:
        """The title that is stored beside the text, and has no font: that of the text, where it is one."""
        if codec is None and len(self._found) == 1:
            [codec] = self._found
        return " ".join(_unicode(title, (codec[0], False) if codec else None).split()) or None

    def styled_title(self, styles: Mapping[int, str]) -> str | None:
        """The first paragraph in the style Title; else the one in Heading 1 that opens the document."""
        names = [styles.get(style, "").rstrip(";").strip().casefold() for style in self._styles]
        for text, name in zip(self.paragraphs, names, strict=False):
            if name == "title":
                return " ".join(text.split())
        return " ".join(self.paragraphs[0].split()) if names[:1] == ["heading 1"] else None

    def _taken(self) -> str:
        """The text of the paragraph, which begins anew."""
        parts = [
            _unicode("".join(text for text, _ in group), codec)  # a vowel and its mark may lie in two runs
            for codec, group in groupby(self._runs, key=lambda run: run[1])
        ]
        self._runs = []
        text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return unicodedata.normalize("NFC", text)

    def _end_paragraph(self) -> None:
        if self._in_table:
            self._cell.append(self._taken())
            return
        text = self._taken()
        for cell in [*self._row, self._cell]:  # of a row that has no end
            for paragraph in cell:
                self._add(paragraph)
        self._row, self._cell = [], []
        self._add(text)

    def _end_row(self) -> None:
        """What goes on with the cell above or before it has no text of its own."""
        merged = [*self._merged, *[False] * len(self._row)]
        cells = [
            [text.strip() for text in cell if text.strip()]
            for cell, is_merged in zip(self._row, merged, strict=False)
            if not is_merged
        ]
        if len(cells) >= FEWEST_CELLS and all(len(cell) < 2 for cell in cells) and any(cells):
            self._add(BAR.join("".join(cell) for cell in cells))
        else:
            for text in (text for cell in cells for text in cell):
                self._add(text)
        self._row, self._cell = [], []

    def _add(self, text: str) -> None:
        if text.strip():
            self.paragraphs.append(text)
            if len(self._styles) < TITLE_WITHIN:
                self._styles.append(self._style)


def _unicode(text: str, codec: Codec) -> str:
    if codec is None:
        return text
    name, capitals = codec
    text = from_font(text, name)
    return text.upper() if capitals else text
