"""Vietnamese encodings from before Unicode that Python does not know: TCVN3, VNI and VISCII.

Sources: TCVN 5712:1993 (the table is that of its second half, as in glibc's `TCVN5712-1`); VNI Software's
table for VNI Windows (http://vnisoft.com/english/vnichar.htm), in which a vowel and its diacritics
take two bytes; RFC 1456 for VISCII. The fonts of the first two leave 0x80 to 0x9F to the quotes and dashes of
Windows-1252; VISCII has letters there, and six among the control characters.

All codecs decode to composed letters (NFC), and encode whatever is in their repertoire, composed or not.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

import regex

__all__ = ["CODECS", "codec_of_font", "from_font"]

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT, _CIRCUMFLEX, _BREVE = "\u0300\u0309\u0303\u0301\u0323\u0302\u0306"
_UNDEFINED = "\ufffe"  # how a codec's table says that a byte means nothing
_ASCII = "".join(map(chr, range(128)))
_WINDOWS = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)).replace(
    "\ufffd", _UNDEFINED
)


def _compose(letter: str, *marks: str) -> str:
    return unicodedata.normalize("NFC", letter + "".join(marks))


def _codec(name: str, table: str, written: dict[str, str]) -> codecs.CodecInfo:
    """A codec from what each byte means alone, and what sequences of such characters mean together.

    Where several sequences are one letter, the first is written.
    """
    pairs = [sequence for sequence in written if len(sequence) == 2]
    singles = {sequence: letter for sequence, letter in written.items() if len(sequence) == 1}
    firsts, seconds = ("".join(sorted({pair[i] for pair in pairs})) for i in (0, 1))
    alternatives = [f"[{firsts}][{seconds}]"] * bool(pairs) + [f"[{''.join(singles)}]"] * bool(singles)
    sequence_of_bytes = regex.compile("|".join(alternatives) or r"(?!)")
    byte_of = {character: bytes([byte]) for byte, character in enumerate(table)}
    ambiguous = {sequence[-1] for sequence in written}
    encoding = {ord(c): byte for c, byte in byte_of.items() if c not in ambiguous}
    for sequence, letter in written.items():
        encoding.setdefault(ord(letter), b"".join(byte_of[character] for character in sequence))

    def letters(match: regex.Match[str]) -> str:
        sequence = match.group()
        return written.get(sequence) or "".join(singles.get(c, c) for c in sequence)

    def decode(data: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
        text, length = codecs.charmap_decode(data, errors, table)
        return sequence_of_bytes.sub(letters, text), length

    def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
        composed = unicodedata.normalize("NFC", text)
        return codecs.charmap_encode(composed, errors, encoding)[0], len(text)

    return codecs.CodecInfo(encode=encode, decode=decode, name=name)


# Capitals with a tone mark have no byte of their own in the ABC fonts: they are either set in a capitals
# font (.VnTimeH), so that the file holds small letters, or written as the letter and a mark (B0 to B4).
_TCVN3_TABLE = (
    _ASCII
    + _WINDOWS[:32]
    + "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ"
    + f"{_GRAVE}{_HOOK}{_TILDE}{_ACUTE}{_DOT}àảãáạẲằẳẵắẴ"
    + "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    + "éẹềểễếệìỉỄẾỒĩíịò"
    + "Ổỏõóọồổỗốộờởỡớợù"
    + "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3_WRITTEN = {
    vowel + tone: _compose(vowel, tone)
    for vowel in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy"
    for tone in (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)
}

_VNI_TONES = {"Ù": (_ACUTE,), "Ø": (_GRAVE,), "Û": (_HOOK,), "Õ": (_TILDE,), "Ï": (_DOT,)}
_VNI_CIRCUMFLEX = {
    "Â": (_CIRCUMFLEX,),
    "Á": (_CIRCUMFLEX, _ACUTE),
    "À": (_CIRCUMFLEX, _GRAVE),
    "Å": (_CIRCUMFLEX, _HOOK),
    "Ã": (_CIRCUMFLEX, _TILDE),
    "Ä": (_CIRCUMFLEX, _DOT),
}
_VNI_BREVE = {
    "Ê": (_BREVE,),
    "É": (_BREVE, _ACUTE),
    "È": (_BREVE, _GRAVE),
    "Ú": (_BREVE, _HOOK),
    "Ü": (_BREVE, _TILDE),
    "Ë": (_BREVE, _DOT),
}
_VNI_VOWELS = (
    ("A", "A", {**_VNI_TONES, **_VNI_CIRCUMFLEX, **_VNI_BREVE}),
    ("E", "E", {**_VNI_TONES, **_VNI_CIRCUMFLEX}),
    ("O", "O", {**_VNI_TONES, **_VNI_CIRCUMFLEX}),
    ("U", "U", _VNI_TONES),
    ("Y", "Y", _VNI_TONES),
    ("Ô", "Ơ", _VNI_TONES),
    ("Ö", "Ư", _VNI_TONES),
)
_VNI_SINGLES = {"Ô": "Ơ", "Ö": "Ư", "Ñ": "Đ", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ"}


def _vni_written() -> dict[str, str]:
    written = {**_VNI_SINGLES, **{byte.lower(): letter.lower() for byte, letter in _VNI_SINGLES.items()}}
    for base, vowel, marks in _VNI_VOWELS:
        for mark, diacritics in marks.items():
            letter = _compose(vowel, *diacritics)
            written[base + mark] = letter
            written[base + mark.lower()] = letter  # only the vowel was made a capital
            written[base.lower() + mark.lower()] = letter.lower()
    return written


_VISCII_TABLE = (
    _ASCII.translate({0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"})
    + "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    + "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    + "Õắằặấầẩậẽẹếềểễệố"
    + "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    + "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    + "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    + "àáâãảăữẫèéêẻìíĩỉ"
    + "đựòóôõỏọụùúũủýợỮ"
)

CODECS = {
    "tcvn3": _codec("tcvn3", _TCVN3_TABLE, _TCVN3_WRITTEN),
    "vni": _codec("vni", _ASCII + _WINDOWS, _vni_written()),
    "viscii": _codec("viscii", _VISCII_TABLE, {}),
}

_FONT = regex.compile(r"(?P<tcvn3>\.vn\p{L}.*?(?P<capitals>H)?)|(?P<vni>vni-.+)", regex.I)
_BYTES = {ord(letter): byte for byte, letter in enumerate(_ASCII + _WINDOWS) if letter != _UNDEFINED}
_OF_BYTE = f"[{regex.escape(''.join(map(chr, _BYTES)), special_only=True)}]"
_OF_BYTES = regex.compile(f"{_OF_BYTE}+")
_UNICODE_ONLY = regex.compile(rf"(?!{_OF_BYTE})[\p{{L}}\p{{M}}]")


def codec_of_font(font: str) -> tuple[str, bool] | None:
    """The codec in which a font shows text, and whether it shows capitals only; None for a Unicode font.

    Example:
        >>> codec_of_font(".VnTimeH"), codec_of_font("VNI-Times"), codec_of_font("Times New Roman")
        (('tcvn3', True), ('vni', False), None)
    """
    match = _FONT.fullmatch(font)
    if match is None:
        return None
    return ("vni", False) if match["vni"] else ("tcvn3", match["capitals"] == "H")


def from_font(text: str, name: str) -> str:
    """What a font of TCVN3, VNI or VISCII shows, where a document has its bytes as letters of Windows-1252.

    A text that has other letters is Unicode already and stays.

    Example:
        >>> from_font("Liªn \u00aeoµn", "tcvn3")
        'Liên đoàn'
    """
    if _UNICODE_ONLY.search(text):
        return text
    decode = CODECS[name].decode
    return _OF_BYTES.sub(
        lambda match: decode(bytes(map(_BYTES.__getitem__, map(ord, match.group()))))[0], text
    )
