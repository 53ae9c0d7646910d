"""Whom a number above two takes up: `11 nước ký`, where the eleven are named together elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from kyket.agreements.kinds import LOCAL_GOVERNMENT, PLACES_OF
from kyket.agreements.vocabulary import ANYONE, NAMELY, SAY

if TYPE_CHECKING:
    from kyket.agreements.grouping import Group
    from kyket.agreements.parties import Cast
    from kyket.agreements.scene import Scene, Sentence

_FEW = 4  # up to so many may be guessed where no list names them
_NEAR, _LEAD, _WORDS, _MOST = 90, 20, 30, 100
_LISTS = 40  # so many before and behind are looked at
_BESIDE = regex.compile(r"\s*(?:,\s*)?(?:và|cùng(?:\s+với)?|với)\s+(?:khoảng\s+|hơn\s+)?$", regex.IGNORECASE)
# Between a name and a number that acts by itself: `A cho biết 5 trường đã ký`, `A cùng 5 trường ký`.
_OF_ITS_OWN = regex.compile(
    rf"[.,;:!?\n]|(?<!\p{{L}})(?:{SAY}|rằng|nói|và|cùng|với|giữa|do|được|mà|khi|để|cho|mời|đề\s+nghị|của|là)(?!\p{{L}})",
    regex.IGNORECASE,
)
# Before a number that tells where, or who is there: `A, nơi quy tụ 6 nước, đã ký`.
_WHERE = regex.compile(
    r"(?<!\p{L})(?:quy\s+tụ|tập\s+hợp|tại|ở|trên|sự\s+(?:tham\s+(?:gia|dự)|có\s+mặt|hiện\s+diện)\s+của)\s+$",
    regex.IGNORECASE,
)


def call(scene: Scene, said: Sequence[tuple[Sentence, list[Group]]], cast: Cast) -> None:
    """Give each phrase of a number (`5 địa phương`) the list that the article names so many in.

    That is the one straight behind it (`4 báo: A, B, C và D`), else the last of so many before it, else the
    first after it. `A và 10 nước khác` takes A to the other ten. Who is told without a name beside another
    (`A và các đơn vị liên quan`), and a number above four that no list explains, are nobody.
    """
    lists = [
        group for _, groups in said for group in groups if 2 < len(group.every) < _MOST and not group.aside
    ]
    for _, groups in said:
        kept: list[Group] = []
        told: Group | None = None
        for at, group in enumerate(groups):
            before = kept[-1] if kept else None
            beside = before is not None and bool(before.ids) and _joined(scene, before, group)
            if before and group is told:  # `A cùng 4 báo: B, C, D và E`
                before.end = group.end
                continue
            if (group.count > 2 or (beside and group.noun)) and len(group.ids) < 2:
                named = _told_behind(scene, group, groups[at + 1 : at + 2])
                told = named if beside else None
                if named:
                    group.roll = named.every
                elif group.count > 2:
                    group.roll = _roll(lists, group, before.ids if before and beside else [], cast)
            if group.roll:
                group.ids, group.places, group.every = [], [], ()
            elif group.noun and not group.ids and (group.count > _FEW or (beside and not group.count)):
                if before and beside:
                    before.ids, before.joined = list(before.every), True  # `A, B và các đơn vị khác`
                continue
            elif group.count > _FEW:
                group.noun, group.count = "", 0  # `11 nước ASEAN`
            else:
                beside = beside and group.count == len(group.ids) > 1  # `A và 3 tỉnh B, C, D`
            if before and beside:
                before.ids = list(dict.fromkeys((*before.ids, *group.ids, *group.roll)))
                before.every, before.end, before.joined = tuple(before.ids), group.end, True
            else:
                kept.append(group)
        groups[:] = kept


def is_object(scene: Scene, phrase: Group, named: Sequence[Group]) -> bool:
    """Whether a number does not act: it tells where, or what somebody named before it does something to.

    `A hỗ trợ 5 trường rồi ký`, `A, có mặt tại 6 nước, ký`.
    """
    if phrase.roll and _WHERE.search(scene.text, max(0, phrase.start - _WORDS), phrase.start):
        return True
    at = bisect_left(named, phrase.start, key=lambda group: group.start)
    before = named[at - 1] if phrase.roll and at else None
    if before is None or not before.ids or phrase.start - before.end >= _NEAR:
        return False
    return not _OF_ITS_OWN.search(scene.text, before.end, phrase.start)


def _joined(scene: Scene, before: Group, group: Group) -> bool:
    return _BESIDE.fullmatch(scene.text, before.end, group.start) is not None


def _told_behind(scene: Scene, phrase: Group, following: list[Group]) -> Group | None:
    """The names straight behind a phrase: `4 báo: A, B, C và D`, `trường gồm A và B`, `các hãng A và B`."""
    if not following or len(following[0].every) < 2 or following[0].start - phrase.end >= _NEAR:
        return None
    if following[0].start - phrase.end <= 1:
        return following[0]
    namely = NAMELY.match(scene.text, phrase.end, following[0].start)
    return following[0] if namely and following[0].start - namely.end() < _LEAD else None


def _roll(lists: list[Group], phrase: Group, beside: list[str], cast: Cast) -> tuple[str, ...]:
    """The members of a list of as many as a phrase counts, but for those named beside it."""
    found: tuple[str, ...] = ()
    at = bisect_left(lists, phrase.start, key=lambda group: group.start)
    for one in lists[max(0, at - _LISTS) : at + _LISTS]:
        others = tuple(id for id in one.every if id not in beside and _fits(id, phrase.noun, cast))
        if len(others) == phrase.count and (one.start < phrase.start or not found):
            found = others
    return found


def _fits(id: str, noun: str, cast: Cast) -> bool:
    """Whether the noun may stand for an entity, or for the place that a body governs."""
    noun = " ".join(noun.lower().split())
    if noun in ANYONE and not cast.is_org(id):
        return noun in ("bên", "phía") and cast.state(id) is not None
    if cast.fits(id, noun):
        return True
    return noun in PLACES_OF and LOCAL_GOVERNMENT.match(cast.name(id)) is not None
