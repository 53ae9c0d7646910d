"""The body that a unit or a member belongs to, where it stands behind it: `Khoa Luật, Đại học Ví Dụ`."""

from __future__ import annotations

import regex

from kyket.names import titles
from kyket.names.abbreviations import is_abbreviation
from kyket.names.mentions import Mention
from kyket.names.organizations import WORD, OrgName, two_states
from kyket.names.tails import before_body
from kyket.orthography import fold

JOINT = regex.compile(r"\s*(?:,|\(|của|thuộc)\s*")
"""What stands between a body and the one that it belongs to."""
_UNIT = regex.compile(r"^(?:vu|cuc|phong|khoa|ban|van phong|bo mon|doi|khoi) ")
_CENTRE = regex.compile(r"^tam ")  # the core of `Trung tâm` goes without `trung`; a unit in a school only
_SCHOOL = regex.compile(r"^(?:truong|dai hoc|hoc vien) ")
# Centres and institutes sign for themselves; who heads one that is named with the body above has that too.
_OWN_HEAD = regex.compile(r"^(?:tam |vien (?!han lam))")
_ABOVE = regex.compile(r"^(?:bo |tong cuc|truong|dai hoc|hoc vien|vien han lam)")
_INSTITUTE, _ACADEMY = (
    regex.compile(r"^vien (?!han lam)"),
    regex.compile(r"^(?:vien han lam|dai hoc quoc gia)\b"),
)
# The fields that schools within a university are named by alone; `Trường Đại học Kinh tế Quốc dân` is none.
_FIELD = (
    r"(?:bach khoa|cong nghe(?: thong tin(?: va truyen thong)?)?|co khi|dien dien tu|du lich|duoc|giao duc"
    r"|hoa va khoa hoc su song|khoa hoc(?: suc khoe| tu nhien| xa hoi va nhan van)?|kinh doanh"
    r"|kinh te(?: luat)?|kinh te va (?:quan tri )?kinh doanh|ky thuat(?: cong nghiep)?|luat|nghe thuat"
    r"|ngoai ngu|nong lam|nong nghiep|quan tri(?: kinh doanh)?|quoc te|su pham(?: ky thuat)?|thuy san"
    r"|vat lieu|viet nhat|y|y duoc|y te cong cong)"
)
_MEMBER = regex.compile(rf"truong dai hoc {_FIELD}")
_MEMBERS_HAVE = regex.compile(r"^dai hoc (?:quoc gia|hue|da nang|thai nguyen)\b")
_WITHIN = regex.compile(rf"truong {_FIELD}")


def full_name(unit: OrgName, mention: Mention, parent: OrgName, *, listed: bool) -> str | None:
    """The name of a unit with that of the body it belongs to, or None where `parent` is none.

    Args:
        unit: The unit's name taken apart.
        mention: Where it stands.
        parent: The name of the body behind it, no short name defined there.
        listed: Whether a third body follows the two in a list: `[Viện A], [Bộ B] và [Hội C]`.
    """
    if not JOINT.fullmatch(mention.after) or is_abbreviation(parent.full):
        return None
    if fold(parent.full) in fold(mention.name):
        return None  # `Phòng Kinh doanh [VDM], …`: the body is named already
    own, above = " ".join(unit.core), " ".join(parent.core)
    headed = _is_headed(mention)
    own_head = headed and not listed and "," in mention.after and _OWN_HEAD.match(own)
    if own_head and _ABOVE.match(above) and _is_no_sister(unit, parent):
        return f"{unit.full}, {parent.full}"
    if (_is_member(own, above, unit, parent) and "(" not in mention.after) or (
        _is_unit(own, above, unit, parent) and (_ABOVE.match(above) or headed or "," not in mention.after)
    ):
        return f"{unit.full}, {parent.full}"
    return None


def _is_unit(own: str, above: str, unit: OrgName, parent: OrgName) -> bool:
    """Whether a department may be of a body, which is no sister of it."""
    return bool(
        (_UNIT.match(f"{own} ") or (_CENTRE.match(f"{own} ") and _SCHOOL.match(above)))
        and parent.core[:1] != unit.core[:1]
        and len(parent.core) > 1
    )


def _is_member(own: str, above: str, unit: OrgName, parent: OrgName) -> bool:
    """`Trường Đại học Luật, Đại học Huế`, unlike `Trường Đại học Vinh, Đại học Huế`: that is a list."""
    if _INSTITUTE.match(own):
        return _ACADEMY.match(above) is not None
    if not parent.full.startswith(("Đại học", "đại học")):
        return False
    full = fold(" ".join(WORD.findall(unit.full)))  # the core leaves out small words, and `quốc`
    return bool(
        _WITHIN.fullmatch(full) or (_MEMBER.fullmatch(full) and _MEMBERS_HAVE.match(fold(parent.full)))
    )


def _is_no_sister(unit: OrgName, parent: OrgName) -> bool:
    """Whether a centre or institute may be of a body; that of two states (`Viện Lào - Nga`) is of none."""
    return unit.core[:1] != parent.core[:1] and two_states(unit.full) is None


def _is_headed(unit: Mention) -> bool:
    """Whether a title stands right before a unit: then a body after a comma is the one above, and no list."""
    if titles.split_before(unit.before, unit.name):
        return True
    found = titles.find(unit.before)
    return (
        bool(found)
        and found[-1].kind == "post"
        and before_body(found[-1], unit.before[found[-1].end :]) is not None
    )
