"""Offices that stand in one list before a name or a body: `Bí thư, Tỉnh trưởng`.

Before a body they are one role and stay together, but for a first one that is held elsewhere: that is the
role alone (`Phó Thủ tướng, Bộ trưởng [X]`). Before the name alone they may as well be those of several
people, of whom the last is named: only of offices that one person is known to hold is the first the role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kyket.names.tails import Role
from kyket.names.titles import Title

# Whoever holds the later of two offices was not asked, invited or stood in for by the earlier
# one, nor is he of his own family.
ON_BEHALF = regex.compile(
    r"(?:ủy quyền|thay mặt|thừa lệnh|lời mời|mời|đề nghị|chỉ đạo|phu nhân|vợ|chồng|(?:con|anh|em) trai"
    r"|(?:con|chị|em) gái)(?: của)?\s*$",
    regex.IGNORECASE,
)
# Who is addressed by an office does not hold the next: `Chào mừng ngài Thủ tướng, Bí thư [X] [A] nói …`.
_GREETED = regex.compile(r"(?<!\p{L})ngài\s*$", regex.IGNORECASE)
# Of a party and its state, always one person, whoever asks for it.
_LEADER = regex.compile(r"tổng bí thư chủ tịch(?: nước)?", regex.IGNORECASE)
# Of these nobody holds two: `Chủ tịch nước, Thủ tướng [A]` are two people.
_HIGHEST = regex.compile(
    r"(?:chủ tịch (?:nước|quốc hội|thượng viện|hạ viện)|tổng thống|thủ tướng(?: chính phủ)?|quốc vương"
    r"|nhà vua)",
    regex.IGNORECASE,
)
# Offices that one person often holds.
HELD_TOGETHER = regex.compile(
    r"tổng bí thư, chủ tịch(?: nước)?|phó thủ tướng(?: chính phủ| thường trực)?, bộ trưởng"
    r"|(?:phó )?bí thư(?: thường trực)?, (?:chủ tịch|tỉnh trưởng|đô trưởng)",
    regex.IGNORECASE,
)
# Offices of the government and of a board, which are none of the ministry or the firm behind them.
_IN_GOVERNMENT = regex.compile(r"phó thủ tướng(?: chính phủ| thường trực)*", regex.IGNORECASE)
_ON_BOARD = regex.compile(r"(?:phó )?chủ tịch hội đồng (?:quản trị|thành viên)", regex.IGNORECASE)


def listed(text: str, titles: Sequence[Title], *, bare: bool = False) -> list[Title]:
    """The last of `titles`, with those right before it of which only a comma parts it: one person's.

    Args:
        text: The text that they were found in.
        titles: All that were found, in order.
        bare: Whether the name alone follows.
    """
    first = len(titles) - 1
    while first and _are_one(text, titles[first - 1], titles[first], bare):
        first -= 1
    found = list(titles[first:])
    highest = sum(1 for title in found if _HIGHEST.fullmatch(title.role))
    led = len(found) == 2 and _LEADER.fullmatch(" ".join(office.role for office in found))
    if highest > 1 or (not led and ON_BEHALF.search(text[: found[0].start])):
        return found[-1:]
    if first and not text[titles[first - 1].end : found[0].start].strip():
        return found[-1:]  # `Thư ký Tổng Bí thư, Bộ trưởng [A]`: the first is whose secretary it is
    return found


def _are_one(text: str, left: Title, right: Title, bare: bool) -> bool:
    if left.aide or not left.kind == right.kind == "post" or text[left.end : right.start].strip() != ",":
        return False
    one, other = left.role.lower(), right.role.lower()
    known = bool(HELD_TOGETHER.fullmatch(f"{one}, {other}"))
    if not known and _GREETED.search(text[: left.start]):
        return False
    if one.startswith(f"phó {other}") or other.startswith(f"phó {one}"):
        return False  # nobody is his own deputy
    return known or not bare


def together(offices: Sequence[Title], last: str) -> str:
    """The role of all `offices` of a list, the last in its wider form `last`."""
    return ", ".join([*(office.role for office in offices[:-1]), last])


def in_government(role: str) -> bool:
    """Whether an office is held in the government, whatever body stands behind the next one."""
    return _IN_GOVERNMENT.fullmatch(role) is not None


def held_elsewhere(role: str) -> bool:
    """Whether an office is not held in the body behind the next one: `Chủ tịch HĐQT, Tổng Giám đốc [X]`."""
    return in_government(role) or _ON_BOARD.fullmatch(role) is not None


def joined(roles: list[Role]) -> list[Role]:
    """`bí thư, đô trưởng [X]`: offices listed without a body before one that has it are one role."""
    for i, (left, right) in enumerate(pairwise(roles)):
        alone = left.organization is None and left.body is None
        if left.kind == right.kind == "post" and alone and (right.organization is not None or right.body):
            if in_government(left.role):
                return roles
            if held_elsewhere(left.role):  # on the board of the firm behind
                board = replace(left, organization=right.organization, body=right.body)
                return [*roles[:i], board, *roles[i + 1 :]]
            one = Role(f"{left.role}, {right.role}", "post", right.organization, right.body)
            return [*roles[:i], one, *roles[i + 2 :]]
    return roles


def aide(text: str, found: Sequence[Title]) -> Title | None:
    """`Người phát ngôn của Tổng thống [Nga], ông [A]`: the office of who works for the last one named."""
    if len(found) < 2 or found[-2].kind != "post" or text[found[-2].end : found[-1].start].strip() != "của":
        return None
    return found[-2]
