"""Names in brackets behind another: its short name, or the body that it belongs to."""

from __future__ import annotations

import regex

from kyket.names.abbreviations import initials, is_abbreviation
from kyket.names.brands import BODY_ABOVE, is_firm, is_public, shortens
from kyket.names.organizations import MARKED, SYLLABLE, VIETNAMESE, WORD, parse
from kyket.orthography import fold

OPENS = regex.compile(
    r"\s*(?:\((?:\s*(?:(?:tên )?(?:viết|gọi|nói) tắt(?: là)?|sau đây gọi(?: tắt)? là|tên tiếng Anh(?: là)?"
    r"|hay))?"
    r"\s*[:\-–]?\s*[\"“]?|[-–]|,?\s*(?:viết|gọi|nói) tắt là:?)\s*",
    regex.IGNORECASE,
)
"""What opens a bracket behind a name, or another way to tell its short name."""
ENDS = regex.compile(r"\s*[\"”]?\s*(?:\)|[-–,;/])")
"""What may follow a short name."""
JOINT = regex.compile(r"\s*(?:[,;/–-]|hay|hoặc)\s*")
"""Between two short names of one body: `([VD], [Vidu])`."""
CLOSES = regex.compile(r"\s*[\"”]?\s*[),;/]")
"""What follows the last of them."""
_WEBSITE = regex.compile(r"\.(?:vn|com|net|org)$", regex.IGNORECASE)
_MEDIUM = regex.compile(r"(?:Báo|Tạp chí|Đài|Cổng|Trang|Thông tấn|Tòa soạn)\b", regex.IGNORECASE)

_LONGEST_HEAD, _TELLING = 2, 4  # words of a name


def same(full: str, short: str) -> bool:
    """Whether `short`, in brackets after `full`, is another name of it and not the body above it.

    Example:
        >>> same("Tổng công ty Ví Dụ Mẫu", "VDM"), same("Vụ Tổ chức - Cán bộ", "TANDTC")
        (True, False)
    """
    if initials(full).endswith(short.upper().replace(" ", "")):
        return True
    host, written = parse(full), parse(short)
    if is_abbreviation(short) and _renamed(host.core, written.core):
        return True
    own = {fold(word) for word in WORD.findall(full)}
    other = {word for word in written.core if SYLLABLE.fullmatch(word)} - own
    if is_public(written.core) and other and set(host.core).difference(written.core):
        return False  # `Vụ Tổ chức ([TANDTC])`, `Trường Đại học Khoa học ([Đại học Mẫu])`
    if is_abbreviation(short):
        return True
    if _WEBSITE.search(short):
        return bool(_MEDIUM.match(full)) or is_firm(host.core)
    if not VIETNAMESE.search(full):
        return False
    if shortens(written.core, host.core):
        return True
    rest = " ".join(word for word in WORD.findall(short) if fold(word) not in own)
    # `Ví Dụ Telecom` beside `Tổng công ty Viễn thông Ví Dụ`: what is new in it is no Vietnamese word.
    if MARKED.search(rest):
        return False
    whole = fold(full)
    if is_firm(host.core):
        whole = whole.removesuffix(" viet nam")  # `Công ty Kalimba Việt Nam (Kalimba)`
    above = BODY_ABOVE.match(fold(short))  # `Ban Quốc tế Hội Mẫu (Hội Mẫu)`
    return bool(rest) or (whole.endswith(f" {fold(short)}") and not above)


def _renamed(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether two names differ only in their heads, and in the order of what they are for.

    The short name is older than the head that it has now:
    `Phòng Thương mại và Công nghiệp Việt Nam (VCCI)`, now `Liên đoàn Thương mại và Công nghiệp Việt Nam`.
    """
    heads = range(1, _LONGEST_HEAD + 1)
    return old != new and any(
        len(old) - a >= _TELLING and sorted(old[a:]) == sorted(new[b:]) for a in heads for b in heads
    )
