"""Short names that leave out the middle: `Viện Woolcock` is `Viện Nghiên cứu Y khoa Woolcock`."""

from __future__ import annotations

import regex

from kyket.names.organizations import SYLLABLE, OrgName, two_states
from kyket.orthography import fold

# Heads behind which a name of their own tells one body from all others.
_OWN_NAME = regex.compile(r"vien|benh vien|dai hoc|hoc vien|truong|quy|to chuc|cong doan(?: co so)?")
# Of these a place has several, each with a field of its own.
_SEVERAL = regex.compile(
    r"(?:benh vien|truong|dai hoc|hoc vien|vien|cao dang|tam|cong doan|cong ty|ngan hang|tap doan)\b"
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
    joined = " ".join(one)
    if short.place or full.place:
        same = short.place and full.place and fold(short.place) == fold(full.place)
        if same and (short.level or short.country not in (None, "VN")):
            return head >= _HEAD and not _SEVERAL.match(joined)
    own = any(not SYLLABLE.fullmatch(word) or word.isdigit() for word in end)
    return bool(
        _OWN_NAME.fullmatch(" ".join(one[:head])) and (own or (two_states(short.full) and not short.place))
    )
