"""Encodings by name: those of Python, and TCVN3, VNI and VISCII."""

from __future__ import annotations

import codecs

import regex

from kyket.errors import ReadingError
from kyket.reading.legacy import CODECS, from_font
from kyket.reading.vietnamese import LEAST, is_vietnamese, share_of_vietnamese

VIETNAMESE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "tcvn3", "vni", "viscii")
"""The encodings in which Vietnamese text is found; `decode` knows all of Python's besides."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = {"utf-16": _UTF16_MARKS, "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)}
_LOOKED_AT = 50_000  # bytes from which an encoding is suggested
_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def check_encoding(name: str) -> str:
    """The name under which an encoding is known.

    Raises:
        ValueError: there is no such text encoding; the message lists the Vietnamese ones.

    Example:
        >>> check_encoding("TCVN-3"), check_encoding("UTF8"), check_encoding("windows-1258")
        ('tcvn3', 'utf-8', 'cp1258')
    """
    own = name.casefold().replace("-", "").replace("_", "")
    if own in CODECS:
        return own
    try:
        b"?".decode(name)
    except UnicodeError:  # there is such a codec; one byte is no text for it
        pass
    except (LookupError, ValueError):
        raise ValueError(
            f"unknown encoding {name!r}; for Vietnamese text it is one of {', '.join(VIETNAMESE)}"
        ) from None
    return codecs.lookup(name).name


def decode(data: bytes, encoding: str) -> str:
    """The text of `data`, unchanged but for a byte-order mark, which is not part of it.

    Args:
        data: The whole of a file.
        encoding: A name that `check_encoding` takes. Windows-1258 gives vowels followed by combining tone
            marks, as it has them. TCVN3, VNI and VISCII may have been pasted into UTF-8, where their bytes
            are letters of Windows-1252.

    Raises:
        ValueError: there is no such encoding.
        ReadingError: `data` is not in this encoding.
    """
    name = check_encoding(encoding)
    if name in _MARKS and data and not data.startswith(_MARKS[name]):
        raise ReadingError(
            "{name} without a byte-order mark; say {name}-le or {name}-be as --encoding", name=name
        )
    try:
        text = _of_font(data, name) if name in CODECS else data.decode(name)
    except UnicodeError as error:
        if isinstance(error, UnicodeDecodeError) and error.start < len(data):  # not so of every codec
            raise _not_in(name, data, error.start) from None
        raise ReadingError("not {name} text; name another with --encoding", name=name) from None
    if _SURROGATE.search(text):
        raise ReadingError(
            "not {name} text: it holds half characters; name another with --encoding", name=name
        )
    return text.removeprefix("\ufeff")


def others_than(name: str) -> str:
    """The names of the Vietnamese encodings but one, for a message."""
    return ", ".join(other for other in VIETNAMESE if check_encoding(other) != name)


def _of_font(data: bytes, name: str) -> str:
    try:
        pasted = from_font(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    else:
        if is_vietnamese(pasted):
            return pasted
    return CODECS[name].decode(data)[0]


def _suggested(data: bytes) -> str | None:
    """The encoding in which `data`, which is not UTF-8, is Vietnamese; for a message, never to read it so."""
    start = data[:_LOOKED_AT]
    shares = {}
    for name in VIETNAMESE[2:]:
        text = CODECS[name].decode(start, "ignore")[0] if name in CODECS else start.decode(name, "ignore")
        shares[name] = share_of_vietnamese(text)
    likeliest = max(shares, key=shares.__getitem__)  # some letters are the same in several
    return likeliest if shares[likeliest] >= LEAST else None


def _not_in(name: str, data: bytes, offset: int) -> ReadingError:
    found = {"name": name.upper(), "byte": f"0x{data[offset]:02X}", "offset": f"{offset:,}"}
    if name == "utf-8" and data.startswith(_UTF16_MARKS):
        return ReadingError(
            "not valid {name}: byte {byte} at offset {offset}; it begins with the byte-order mark of UTF-16: "
            "try --encoding utf-16",
            **found,
        )
    if name == "utf-8" and (likely := _suggested(data)):
        return ReadingError(
            "not valid {name}: byte {byte} at offset {offset}; it seems to be in {likely}: "
            "try --encoding {likely}",
            likely=likely,
            **found,
        )
    return ReadingError(
        "not valid {name}: byte {byte} at offset {offset}; if it is in another encoding, name it with "
        "--encoding ({others})",
        others=others_than(name),
        **found,
    )
