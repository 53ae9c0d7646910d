"""Whom a number above two takes up: `11 nước ký`, where the eleven are named together elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from kyket.agreements.kinds import LOCAL_GOVERNMENT, PLACES_OF
from kyket.agreements.vocabulary import ANYONE, NAMELY

if TYPE_CHECKING:
    from kyket.agreements.grouping import Group
    from kyket.agreements.parties import Cast
    from kyket.agreements.scene import Scene, Sentence

_FEW = 4  # up to so many may be guessed where no list names them
_NEAR, _LEAD = 90, 20
_LISTS = 40  # so many before and behind are looked at
_BESIDE = regex.compile(r"\s*(?:,\s*)?(?:và|cùng(?:\s+với)?|với)\s+(?:khoảng\s+|hơn\s+)?$", regex.IGNORECASE)


def call(scene: Scene, said: Sequence[tuple[Sentence, list[Group]]], cast: Cast) -> None:
    """Give each phrase of a number (`5 địa phương`) the list that the article names so many in.

    That is the one straight behind it (`4 báo: A, B, C và D`), else the last of so many before it, else the
    first after it. `A và 10 nước khác` takes A to the other ten. Who is told without a name beside another
    (`A và các đơn vị liên quan`), and a number above four that no list explains, are nobody.
    """
    lists = [group for _, groups in said for group in groups if len(group.every) > 2 and not group.aside]
    for _, groups in said:
        kept: list[Group] = []
        for at, group in enumerate(groups):
            before = kept[-1] if kept else None
            beside = before and before.ids and _BESIDE.fullmatch(scene.text, before.end, group.start)
            if group.count > 2 and len(group.ids) < 2:
                following = groups[at + 1] if at + 1 < len(groups) else None
                group.roll = _roll(
                    scene, lists, group, following, before.ids if before and beside else [], cast
                )
            if group.roll:
                group.ids, group.places, group.every = [], [], ()
                if before and beside:
                    before.ids = list(dict.fromkeys((*before.ids, *group.roll)))
                    before.every, before.end, before.joined = tuple(before.ids), group.end, True
                    continue
            elif group.noun and not group.ids and (group.count > _FEW or (beside and not group.count)):
                continue
            elif group.count > _FEW:
                group.noun, group.count = "", 0  # `11 nước ASEAN`
            kept.append(group)
        groups[:] = kept


def _roll(
    scene: Scene, lists: list[Group], phrase: Group, following: Group | None, beside: list[str], cast: Cast
) -> tuple[str, ...]:
    """The members of the list that a phrase of a number stands for, but for those named beside it."""
    if following and len(following.every) > 1 and following.start - phrase.end < _NEAR:
        namely = NAMELY.match(scene.text, phrase.end, following.start)
        if namely and following.start - namely.end() < _LEAD:
            return following.every
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
