"""Rich Text Format (`.rtf`): paragraphs, one a line.

A reader of our own: `striprtf` 0.0.35, the library for it, forgets the fonts, which in old Vietnamese files
say what the letters are, and the title; it keeps what is hidden and halves of letters, and takes time by the
cube of the links in a file where these have no end.

Source: Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import codecs
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import regex

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading.legacy import codec_of_font
from kyket.reading.office import legacy_of
from kyket.reading.rtf_body import Body, Codec

_TOKEN = regex.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9A-Fa-f]{2})|(?P<symbol>.))"
    rb"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)",
    regex.DOTALL,
)
_START = regex.compile(rb"(?:\xef\xbb\xbf)?\s*+(?={\\rtf)")
_DEEPEST = 1000  # groups within groups; word processors make some dozens
_LONGEST_NAME = 200  # of a font or a style

# Where the text of a group goes; that of groups with `\*` goes nowhere, but for `\*\ud`.
_TEXT, _NOWHERE, _FONTS, _STYLES, _INFO, _TITLE = "text", "", "fonts", "styles", "info", "title"
_LEFT_OUT = (
    "colortbl", "filetbl", "listtable", "listoverridetable", "revtbl", "pict", "nonshppict", "objclass",
    "objname", "fldinst", "datafield", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "bkmkstart", "bkmkend", "listtext", "pntext",
    "nonesttables", "tc", "tcn", "xe", "rxe", "txe", "template", "private", "mmath",
)  # fmt: skip
_DESTINATIONS = {
    "fonttbl": _FONTS,
    "stylesheet": _STYLES,
    "info": _INFO,
    **dict.fromkeys(_LEFT_OUT, _NOWHERE),
}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"{": "{", b"}": "}", b"\\": "\\", b"~": "\xa0", b"_": "-"}
_PAGES = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""Code pages of `\\fcharset`; any other is that of the document."""


def read_rtf(data: bytes, encoding: str | None = None) -> Article:
    """The paragraphs and tables of an RTF document in their order, letters composed (NFC).

    Rows of lists are lines, and the title is found, as in `read_docx`. What was typed in a font of TCVN3 or
    VNI becomes Unicode. Headers, footnotes, comments, numbering, and what is hidden or struck out, are left.

    Args:
        data: The file.
        encoding: `tcvn3` or `vni` where all the text is in such fonts, whatever they are called; any other
            is passed over, for the file names its code pages.

    Raises:
        ReadingError: it is no RTF document, or damaged.
    """
    if not data:
        return Article(text="")
    start = _START.match(data)
    reader = _Reader(legacy_of(encoding))
    if start is None or not reader.read(data, start.end()):
        raise ReadingError("not an RTF document, or damaged; save it again, or its text as txt")
    return Article(text="\n".join(reader.body.paragraphs), title=reader.title())


@dataclass(slots=True)
class _Group:
    """What holds in a group, and ends with it."""

    into: str = _TEXT
    around: str = _TEXT  # where the text around `\upr` goes, which has what it says a second time in Unicode
    font: int = -1
    stand_ins: int = 1  # characters behind a letter of Unicode, for programs that do not know it
    is_hidden: bool = False


@dataclass(slots=True)
class _Font:
    name: str = ""
    page: str | None = None


class _Reader:
    """Reads one document.

    Args:
        codec: What all text is in; None to go by the fonts.
    """

    def __init__(self, codec: str | None) -> None:
        self.body = Body()
        self._codec: Codec = (codec, False) if codec else None
        self._page = "cp1252"
        self._fonts: dict[int, _Font] = {}
        self._styles: dict[int, str] = {}
        self._naming = 0  # the font or style whose entry is read
        self._default_font = -1
        self._title: list[str] = []
        self._group = _Group(into=_NOWHERE)
        self._raw = bytearray()  # letters that are still to be decoded

    def title(self) -> str | None:
        """The title as it is stored, else a paragraph in the style of one."""
        return self.body.stored("".join(self._title), self._codec) or self.body.styled_title(self._styles)

    def read(self, data: bytes, at: int) -> bool:
        """Reads the document that begins there; false where it does not end."""
        groups: list[_Group] = []
        left_out = 0  # characters that only stand in for a letter
        is_starred = False
        while match := _TOKEN.match(data, at):
            at = match.end()
            kind = match.lastgroup
            if kind == "text" or kind == "hex":
                letters = match["text"] or bytes.fromhex(match["hex"].decode())
                self._raw += letters[left_out:]
                left_out = max(0, left_out - len(letters))
                continue
            self._decode()
            if kind == "brace":
                left_out, is_starred = 0, False
                if match["brace"] == b"{":
                    if len(groups) == _DEEPEST:
                        return False
                    groups.append(self._group)
                    self._group = copy(self._group) if len(groups) > 1 else _Group()
                    self._naming = self._naming if self._group.into == _FONTS else 0
                elif groups:
                    self._group = groups.pop()
                    if not groups:
                        self.body.end()
                        return True
                continue
            if kind is None:  # the end of a line of the file
                continue
            word = (match["word"] or b"").decode()
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                at += max(0, number or 0)
            if left_out:
                left_out -= 1
            elif match["symbol"] == b"*":
                is_starred = True
            elif is_starred:
                self._group.into = self._group.around if word == "ud" else _NOWHERE
                is_starred = False
            elif word == "u":
                self._put(chr((number or 0) % 0x10000))
                left_out = self._group.stand_ins
            elif word:
                self._obey(word, number)
            elif match["symbol"] in (b"\r", b"\n"):
                self._obey("par", None)
            else:
                self._put(_SYMBOLS.get(match["symbol"], ""))
        return False

    def _obey(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        group = self._group
        if word in _DESTINATIONS and group.into != _NOWHERE:
            group.into = _DESTINATIONS[word]
        elif word == "upr":
            group.around, group.into = group.into, _NOWHERE
        elif group.into == _INFO:
            group.into = _TITLE if word == "title" else _NOWHERE
        elif word == "uc":
            group.stand_ins = max(0, number or 0)
        elif word == "f":
            if group.into == _FONTS:
                self._naming = number or 0
                self._fonts[self._naming] = _Font()
            group.font = number or 0
        elif word == "fcharset" and group.into == _FONTS:
            self._fonts.setdefault(self._naming, _Font()).page = _PAGES.get(number or 0)
        elif word == "s" and group.into == _STYLES:
            self._naming = number or 0
        elif word == "ansicpg":
            self._page = _known(f"cp{number}") or self._page
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            self._default_font = group.font = number or 0
        elif word == "plain":
            group.font, group.is_hidden = self._default_font, False
        elif word in ("v", "deleted"):
            group.is_hidden = number != 0
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif group.into == _TEXT:
            self.body.obey(word, number)

    def _decode(self) -> None:
        """Put down the letters that have gathered, by the code page of their font."""
        if self._raw:
            font = self._fonts.get(self._group.font)
            page = "cp1252" if self._codec_here() else (font and font.page) or self._page
            self._put(self._raw.decode(page, "replace"))
            self._raw.clear()

    def _put(self, text: str) -> None:
        into = self._group.into
        if into == _TEXT and not self._group.is_hidden:
            self.body.write(text, self._codec_here())
        elif into == _TITLE:
            self._title.append(text)
        elif into == _FONTS:
            font = self._fonts.setdefault(self._naming, _Font())
            font.name = _entry(font.name, text)
        elif into == _STYLES:
            self._styles[self._naming] = _entry(self._styles.get(self._naming, ""), text)

    def _codec_here(self) -> Codec:
        font = self._fonts.get(self._group.font) if self._group.into == _TEXT else None
        return (_codec_of(font.name) if font else None) or self._codec


@lru_cache(256)
def _codec_of(entry: str) -> Codec:
    return codec_of_font(entry.rstrip(";"))


def _entry(name: str, text: str) -> str:
    """A name in a table, which a semicolon ends."""
    is_whole = name.endswith(";") or len(name) > _LONGEST_NAME
    return name if is_whole else "".join((name + text).partition(";")[:2])


def _known(page: str) -> str | None:
    try:
        return codecs.lookup(page).name
    except LookupError:
        return None
