"""HTML: the main text of a page, its headline and its day of publication."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import regex

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import dateline
from kyket.reading.encodings import check_encoding, decode, others_than
from kyket.reading.logs import leave_to_caller

_HEAD = 4096  # bytes in which a page declares its encoding
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_COMMENT = regex.compile(rb"<!--.*?-->", regex.S)
_DECLARED = regex.compile(
    rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", regex.I
)
# As browsers take them (https://encoding.spec.whatwg.org): a page that says `utf-16` in ASCII is not UTF-16.
_AS_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}

# Letters that no other language has, so that bytes which are UTF-8 by chance do not hold them.
_VIETNAMESE = regex.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_NOT_XML = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACE = regex.compile(r"[ \t\r\n\f]+")
_UNSEEN = {"head", "script", "style", "noscript", "template", "svg", "iframe", "select", "button"}
_BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
    ),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
    *("li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
}
# A cell that holds as many letters and blocks is a column of the page, no cell of a list.
_LETTERS, _PARTS = 300, 2
_ROWS = 5  # of a page; more are a list
_CELLS = 3  # in each of several rows: those of a list
_PARTING = ("p", "div", "br", "table", "ul", "ol", "h1", "h2", "h3", "h4")
_ABOVE = 2  # lines between the headline and the text
_FIRST_PAGES = "1997"  # of the Vietnamese press
_PUBLISHED_TIME = "//meta[@property='article:published_time' or @name='article:published_time']/@content"
_OTHER_METADATA = (
    "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
    " | //meta[@name='pubdate' or @name='publishdate' or @name='publish-date' or @name='date']/@content"
    " | //meta[@name='DC.date' or @name='DC.Date' or @name='dc.date' or @name='DC.date.issued']/@content"
    " | //time[@pubdate]/@datetime"
)
_DATE_ELEMENTS = "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')]"


def read(data: bytes, encoding: str | None) -> Article:
    """The article of a page: main text by trafilatura, all its text where that finds none.

    The day of publication is the page's metadata (`article:published_time`, JSON-LD, …), as written there,
    without a shift of time zone; else the one day that its elements for a date show, or that of a dateline
    right above the text.

    Raises:
        ReadingError: it is not in this encoding, or nested too deeply to be read.
    """
    text = _NOT_XML.sub("", decode(data, encoding) if encoding else _as_declared(data))
    if not text.strip():
        return Article(text="")
    tree = _parse(text)
    if tree is None:
        return Article(text="")
    published = _published(tree)
    _unroll(tree)
    plain = _plain_text(tree)
    main, title = _main_text(tree)
    if "".join(main.split()) == "".join(plain.split()):
        main = plain  # of a fragment trafilatura breaks lines at inline elements too
    if published is None and main and dateline.posting_day(main) is None:
        published = _day_above(main, plain, title)
    return Article(text=main or plain, title=title, published=published)


def _as_declared(data: bytes) -> str:
    """The page in the encoding that it declares, or in UTF-8 where that is what it is in truth."""
    name = _declared_encoding(data)
    if name != "utf-8":
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if _VIETNAMESE.search(text):
                return text.removeprefix("\ufeff")
    try:
        return decode(data, name)
    except ReadingError:
        if name == "utf-8":  # which it is taken for, whether it says so or not
            raise
        raise ReadingError(
            "not valid {name}, which the page declares; name the right encoding with --encoding ({others})",
            name=name.upper(),
            others=others_than(name),
        ) from None


def _declared_encoding(data: bytes) -> str:
    """What the page says of itself, a byte-order mark first; UTF-8 where it says nothing."""
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return name
    declared = _DECLARED.search(_COMMENT.sub(b"", data[:_HEAD]))
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii", "replace")
    try:
        known = check_encoding(name)
    except ValueError:
        raise ReadingError(
            "declares an unknown encoding, {name}; name the right one with --encoding", name=name
        ) from None
    return _AS_BROWSERS.get(known, known)


def _parse(text: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise ReadingError("nested too deeply to be a page; save its text as txt")
    return tree


def _unroll(tree: Any) -> None:
    """Make blocks of the tables that only lay out a page, as pages of the 2000s do: menu, article, links."""
    layouts = {
        table
        for cell in tree.iter("td")
        if _is_column(cell) and (table := next(cell.iterancestors("table"), None)) is not None
    }
    layouts = {table for table in layouts if not _is_list(table)}
    unrolled = [
        element
        for element in tree.iter("table", "tbody", "tr", "td")
        if (element if element.tag == "table" else next(element.iterancestors("table"), None)) in layouts
    ]
    for element in unrolled:
        element.tag = "div"


def _is_list(table: Any) -> bool:
    """Whether a table has a heading, many rows, or several of as many cells; tables in its cells aside."""
    bodies = (table, *table.iterchildren("thead", "tbody", "tfoot"))
    rows = list(islice((row for body in bodies for row in body.iterchildren("tr")), _ROWS + 1))
    if len(rows) > _ROWS or any(next(row.iterchildren("th"), None) is not None for row in rows):
        return True
    widths = [sum(1 for _ in row.iterchildren("td")) for row in rows]
    return any(width >= _CELLS and widths.count(width) > 1 for width in widths)


def _is_column(cell: Any) -> bool:
    letters = 0
    for piece in cell.itertext():
        letters += len(piece)
        if letters > _LETTERS:
            return sum(1 for _ in islice(cell.iter(*_PARTING), _PARTS)) == _PARTS
    return False


def _main_text(tree: Any) -> tuple[str, str | None]:
    import trafilatura

    leave_to_caller("trafilatura", "htmldate", "courlan")
    # Its own search for a date takes dates of the running text, and asks the clock: the result is left.
    search = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}
    try:
        page: Any = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=search
        )
    except Exception:  # whatever a hostile page does to it, the plain text remains
        return "", None
    if page is None:
        return "", None
    text = "\n".join(line.strip() for line in (page.text or "").split("\n"))
    return text.strip(), page.title or None


def _plain_text(tree: Any) -> str:
    """All text of a page, one block a line."""
    from lxml import etree

    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        hides = tag in _UNSEEN
        if event == "start":
            unseen += hides
        else:
            unseen -= hides
        if tag in _BLOCKS:
            parts.append("\n")
        piece = element.text if event == "start" else element.tail
        if piece and not unseen:
            parts.append(_SPACE.sub(" ", piece))
    lines = "".join(parts).split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def _day_above(main: str, plain: str, title: str | None) -> str | None:
    """The day of a dateline that stands right above the main text, where trafilatura left it out.

    A day above the headline may be that on which the page was looked at; one before there were pages is that
    of a document, or of what the article tells.
    """
    first = main.split("\n", 1)[0]
    if first == title:
        return None
    above, found, _ = plain.partition("\n" + first)
    if not found:
        return None
    days = filter(None, map(dateline.stated_day, above.split("\n")[-_ABOVE:]))
    return next((day for day in days if day >= _FIRST_PAGES), None)


def _published(tree: Any) -> str | None:
    for value in chain(tree.xpath(_PUBLISHED_TIME), _linked_data(tree), tree.xpath(_OTHER_METADATA)):
        if day := dateline.stated_day(value):
            return day
    shown = {
        day for element in tree.xpath(_DATE_ELEMENTS) if (day := dateline.stated_day(_short_text(element)))
    }
    return shown.pop() if len(shown) == 1 else None


def _short_text(element: Any) -> str:
    """The text of an element that could be a dateline; of a longer one its beginning."""
    text = ""
    for piece in islice(element.itertext(), 20):
        text += piece
        if len(text) > 200:
            break
    return text


def _linked_data(tree: Any) -> Iterator[str]:
    """Every `datePublished` of an article in the page's JSON-LD, in order."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting: list[Any] = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting.extend(reversed(node))
            elif isinstance(node, dict):
                day = node.get("datePublished")
                if isinstance(day, str) and regex.search("Article|Posting|Report", str(node.get("@type"))):
                    yield day
                waiting.extend(reversed(list(node.values())))
