"""Brands that stand alone for a body: `Kalimba` for `Tập đoàn Kalimba`, and for none of its daughters."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from kyket.names import places
from kyket.names.organizations import SYLLABLE, brand, in_syllables

_SHORTEST = 3  # words of a name that leaves others out
_LONGEST = 3  # words of a brand at the end of a name
# What a name ends with that is another body: `Tổ chức Mẫu Liên hợp quốc`, `Viện Đại biểu Quốc hội Lào`
# (a core goes without `quốc`).
_OTHER_BODY = regex.compile(
    r"(?:(?:lien )?hop|quan doi|cong doan|cong an|chinh phu|hai quan|bien phong|buu dien|dai hoc"
    r"|bo|dang|hoi|lien doan|lien hiep|hiep hoi|benh vien|ngan hang|tap doan|cong ty)\b"
)
_WITH_UNITS = "bo|so|uy ban|hoi|cong doan|lien doan|tong lien|tinh uy|thanh uy"
BODY_ABOVE = regex.compile(rf"(?:{_WITH_UNITS})\b")
"""Bodies that have units of their own, as folded names begin: no other name of one that ends with theirs."""
# How the names of bodies begin that are themselves no brand of another.
_PUBLIC = regex.compile(
    rf"(?:{_WITH_UNITS}|cuc|tong cuc|toa an|vien kiem sat|vien han lam|chinh phu|dang|lien hiep|dai hoc)(?= )"
)
# Schools and hospitals that are one of several of the brand: `Trường Y Wattleby` is not all of `Wattleby`.
_ONE_OF_SEVERAL = regex.compile(r"(?:truong|dai hoc|hoc vien|cao dang|benh vien|phong kham|vien)\b")
_FACULTY = regex.compile(
    r"truong (?:y|duoc|nha khoa|luat|kinh|quan|chinh|hanh chinh|ky thuat|thiet ke|bao chi|khoa hoc|cong)\b"
)
_FIRM = regex.compile(r"(?:tong )?cong ty\b|tap doan\b|hang\b|ngan hang\b")
_BANK = regex.compile(r"\p{L}+ ?bank", regex.IGNORECASE)
# Banks of states, which supervise or lend to those with a brand: `Ngân hàng Nhà nước - Vidubank`.
_STATE_BANK = regex.compile(r"Ngân hàng (?:Nhà nước|Trung ương|Thế giới|Phát triển Châu)\b", regex.IGNORECASE)
_FORM = regex.compile(
    r"(?P<head>cong ty) (?P<form>co phan|trach nhiem huu han)(?: (?:mot|1|hai|2) thanh vien)? (?!tap doan)"
    r"|(?P<head>ngan hang) (?P<bank>thuong mai(?: co phan)?) |tap doan (?=\w)"
)
# A common noun before a brand, which is no part of its name: `Hãng Kalimba`, `Hãng hàng không Kalimba`.
_COMMON_NOUN = regex.compile(r"Hãng(?: (?!thông tấn|tin )\p{Ll}+)* (?=\p{Lu})")
# Words of a legal form or of what a firm is, in English names: `Kalimba Motor Corporation` is `Kalimba`.
_SAYS_NO_MORE = frozenset({
    "group", "corporation", "corp", "inc", "incorporated", "company", "co", "limited", "ltd", "llc", "llp",
    "plc", "ag", "gmbh", "sa", "spa", "nv", "bv", "jsc", "pte", "sdn", "bhd", "holding", "holdings", "motor",
    "motors", "airlines", "airways", "university", "college", "institute", "foundation", "organization",
    "viet", "nam", "vietnam", "and",
})  # fmt: skip


def at_the_end(core: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What may stand alone for a company whose name ends with its brand: `vi du` for `cong ty may vi du`."""
    rest = brand(core)
    if rest == core or _FACULTY.match(" ".join(core)):
        return set()
    found = {rest[n:] for n in range(max(1, len(rest) - _LONGEST), len(rest))}
    return {end for end in found if not _OTHER_BODY.match(" ".join(end)) and not is_place(end)}


def goes_on(short: tuple[str, ...], full: tuple[str, ...]) -> tuple[str, ...]:
    """With what a foreign brand goes on in the name `full`, but for what any firm is called.

    `Kalimba City` may be another body than `Kalimba`, `Kalimba Group` is none.
    """
    rest = full if full[: len(short)] == short else brand(full)
    if rest[: len(short)] != short or not _is_foreign(short):
        return ()
    return _more(rest[len(short) :])


def before_brand(short: tuple[str, ...], full: tuple[str, ...]) -> tuple[str, ...]:
    """What a firm whose name ends with the brand does: of several such firms none is the brand alone."""
    own = brand(legal_form(full)[0])
    return own[: -len(short)] if len(own) > len(short) and own[-len(short) :] == short else ()


def is_public(core: tuple[str, ...]) -> bool:
    """Whether a name tells a public body, a union or a university, which no other body has for a brand.

    `Trường Công đoàn Lào` is not called `Công đoàn Lào`.
    """
    return bool(_PUBLIC.match(" ".join(core)))


def is_firm(core: tuple[str, ...]) -> bool:
    """Whether a name begins with the word for a firm."""
    return firm_head(core) != ""


def is_bank(full: str, short: str) -> bool:
    """Whether `short`, behind a dash, is the brand of the bank before it.

    Example:
        >>> is_bank("Ngân hàng Thương mại Ví Dụ", "Vidubank"), is_bank("Ngân hàng Ví Dụ", "Kalimba")
        (True, False)
    """
    if not full.startswith("Ngân hàng ") or _STATE_BANK.match(full):
        return False
    return _BANK.fullmatch(short) is not None


def used_alone(full: str, names: Iterable[str]) -> str | None:
    """The foreign brand behind a common noun, where it stands among the other names of the firm.

    Example:
        >>> used_alone("Hãng bay Kalimba", ["Kalimba"]), used_alone("Hãng bay Ví Dụ", ["Ví Dụ"])
        ('Kalimba', None)
    """
    noun = _COMMON_NOUN.match(full)
    own = full[noun.end() :] if noun else ""
    return own if own in names and not in_syllables(own) else None


def firm_head(core: tuple[str, ...]) -> str:
    """The word for a firm that a name begins with; an empty string where there is none."""
    match = _FIRM.match(" ".join(core))
    return match.group() if match else ""


def is_one_of_several(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a school or hospital is one of those of a brand: `Bệnh viện Kalimba Times`."""
    rest = brand(full)
    if rest == full or rest[: len(short)] != short or not _ONE_OF_SEVERAL.match(" ".join(full)):
        return False
    more = _more(rest[len(short) :])
    return bool(more) and (_is_foreign(short) or not is_place(more))


def legal_form(core: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The core of a firm without its legal form, and the form; any other core as it is.

    Example:
        >>> legal_form(("cong", "ty", "co", "phan", "vi", "du"))
        (('cong', 'ty', 'vi', 'du'), 'co phan')
        >>> legal_form(("vi", "du", "group")) == legal_form(("tap", "doan", "vi", "du"))
        True
    """
    if len(core) > 1 and core[-1] == "group" and not is_firm(core):
        return ("cong", "ty", *core[:-1]), None if _is_foreign(core[:-1]) else "tap doan"
    match = _FORM.match(" ".join(core))
    if match is None:
        return core, None
    form = match["form"] or match["bank"] or "tap doan"
    if form == "tap doan" and _is_foreign(core[2:]):
        form = None  # `Tập đoàn Kalimba` abroad is `Công ty Kalimba`
    return (*(match["head"] or "cong ty").split(), *core[len(match.group().split()) :]), form


def may_be_one(form: str | None, other: str | None) -> bool:
    """Whether firms of one name and these legal forms may be one: a bare `Công ty` and any, for one.

    `Tập đoàn X` is in full a `Công ty cổ phần X`; bare it may be above a `Công ty X`.
    """
    forms = {form, other}
    return len(forms) == 1 or forms == {"tap doan", "co phan"} or (None in forms and "tap doan" not in forms)


def shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a firm in brackets leaves out words of that before it: `Công ty Ví Dụ Mẫu (Công ty Mẫu)`."""
    if not is_firm(full) or len(short) < _SHORTEST or len(short) >= len(full):
        return False
    words = iter(full)
    starts = short[0] in (full[0], brand(full)[0])
    return starts and short != full[: len(short)] and all(word in words for word in short)


def _is_foreign(words: tuple[str, ...]) -> bool:
    return any(not SYLLABLE.fullmatch(word) for word in words)


def _more(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _SAYS_NO_MORE)


def is_place(core: tuple[str, ...]) -> bool:
    """Whether folded words are a place: a brand that is one does not stand for a body."""
    return places.of_key(" ".join(core)) is not None
