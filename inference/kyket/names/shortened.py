"""Short names that leave out the middle: `Viện Woolcock` is `Viện Nghiên cứu Y khoa Woolcock`."""

from __future__ import annotations

import regex

from kyket.names import places
from kyket.names.organizations import SYLLABLE, WORD, OrgName, in_syllables, two_states
from kyket.orthography import fold

# Heads behind which a name of their own tells one body from all others.
_OWN_NAME = regex.compile(r"vien|benh vien|dai hoc|hoc vien|truong|quy|to chuc|cong doan(?: co so)?")
# What a company's name may leave out is its form and its trade, where its brand is foreign or has two words.
_COMPANY = regex.compile(r"cong ty(?: co phan| trach nhiem huu han)?")
# A group has one name, whatever of its trade stands before it. A place has several groups:
# its name has so many more words.
_GROUP, _IN_WORDS = ("tap", "doan"), 3
# What a foreign brand has a firm of its own for.
_OWN_FIRM = regex.compile(r"\b(?:bao hiem|chung khoan|tai chinh|bat dong san|quan ly|cho thue|quy)\b")
# Of these a place has several, each with a field of its own. (`tam` is what a core keeps of `trung tâm`.)
_SEVERAL = regex.compile(
    r"(?:benh vien|truong|dai hoc|hoc vien|vien|cao dang|tam|cong doan|cong ty|ngan hang|tap doan|ban quan ly"
    r"|(?:dai|tong lanh|lanh) su quan)\b"
)
# Two universities may bear one name, as `Đại học Michigan` and `Đại học bang Michigan` do; not where only
# this is left out. (`gia` is what a core keeps of `quốc gia`.)
_OF_UNIVERSITIES = regex.compile(r"\b(?:gia|tong hop|hoang gia|nu|mang ten)\b")
# A further field, or what a body is called in full.
_MORE = regex.compile(r"(?<!\p{L})(?:và|vì)(?!\p{L})|,")
_IN_FULL = regex.compile(r"(?:cong hoa|khu tu tri|lien hiep|cac to chuc)\b")
# Of whom there is a body beside that of all: `Hội Phụ nữ Công an tỉnh`, `Hội Doanh nhân trẻ tỉnh`.
_OF_SOME = regex.compile(
    r"\b(?:cong an|bo doi|bien phong|quan (?:su|doi|khu)|hoi dong|khoi|tre|nho|(?<!phu )nu|u?\d+)\b"
)
_HEAD = 2  # words


def leaves_out(short: OrgName, full: OrgName) -> bool:
    """Whether `short` is `full` without some words between its head and its end.

    The end is a name of its own (foreign, a number, two states), or the place, with its level or abroad.

    Example:
        >>> from kyket.names.organizations import parse
        >>> leaves_out(parse("Sở Giáo dục tỉnh Lai Châu"), parse("Sở Giáo dục và Đào tạo tỉnh Lai Châu"))
        True
        >>> leaves_out(parse("Đại học Hà Nội"), parse("Đại học Kiến trúc Hà Nội"))
        False
    """
    one, other = short.core, full.core
    if len(one) >= len(other) or short.level != full.level:
        return False
    head = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    end = one[head:]
    if not head or not end or other[-len(end) :] != end:
        return False
    left_out = " ".join(other[head : -len(end)])
    if one[:head] == _GROUP and _is_of_trade(left_out, end, short, full):
        return True
    if short.place or full.place:
        same = short.place and full.place and fold(short.place) == fold(full.place)
        if same and (short.level or short.country not in (None, "VN")):
            several = _SEVERAL.match(" ".join(one))
            return head >= _HEAD and not several and _says_more(left_out, short, full)
    named = " ".join(one[:head])
    if _COMPANY.fullmatch(named):
        telling = SYLLABLE.fullmatch(end[0]) is None or (_in_two(short, full, head) and _is_trade(left_out))
        own = len(end) >= _HEAD or (telling and not _OWN_FIRM.search(left_out))
        return own and places.listed(" ".join(end).title()) is None
    if not _OWN_NAME.fullmatch(named):
        return False
    if two_states(short.full) and not short.place:
        return True
    if named == "dai hoc" and not _OF_UNIVERSITIES.search(left_out):
        return False
    return any(not SYLLABLE.fullmatch(word) for word in end) or bool(
        regex.fullmatch(r"\d{2,}", " ".join(end))
    )


def _is_of_trade(left_out: str, end: tuple[str, ...], short: OrgName, full: OrgName) -> bool:
    """Whether only what a group does is left out: `Tập đoàn Công nghiệp Ví Dụ`."""
    if not _is_trade(left_out) or _OWN_FIRM.search(left_out) or places.listed(" ".join(end).title()):
        return False
    if short.place or full.place:  # `Tập đoàn Gỗ Lào` may be another than `Tập đoàn Than Gỗ Lào`
        place = short.place or ""
        return place == full.place and len(end) >= _IN_WORDS + len(place.split())
    return len(end) >= _HEAD or SYLLABLE.fullmatch(end[0]) is None


def _is_trade(words: str) -> bool:
    """Whether words may be a trade: one alone or a foreign one may be a name, as in `Tập đoàn Tân Ví Dụ`."""
    return " " in words and in_syllables(words)


def _in_two(short: OrgName, full: OrgName, head: int) -> bool:
    """Whether a brand has two words, of which the core goes without one: `Công ty Quốc Mẫu`."""
    brand = WORD.findall(short.full)[head:]
    return len(brand) == _HEAD and fold(full.full).endswith(fold(" ".join(brand)))


def _says_more(left_out: str, short: OrgName, full: OrgName) -> bool:
    """Whether what a name leaves out tells more of the same body, not of one beside it or within."""
    if _OF_SOME.search(left_out):
        return False
    if len(_MORE.findall(full.full)) > len(_MORE.findall(short.full)) or _IN_FULL.match(left_out):
        return True
    state = places.listed(left_out)
    own = state is not None and state.kind == "nước" and state.country == short.country
    return own or short.core[:2] == ("mat", "tran")
