"""The other side of a signing: B of `A ký … với B`, by its name or by a common noun."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from kyket.agreements.grouping import Group
from kyket.agreements.instruments import Mention
from kyket.agreements.nouns import partner_noun
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import NAMELY, QUALIFIER, UNNAMED, WITH

# Before a state: whoever of it has signed.
_SOME_OF = regex.compile(
    r"(?<!\p{L})(?:với|cùng|và)\s+(?:(?:các|một|một\s+số|nhiều|phía)\s+)?"
    r"(?:đối\s+tác|doanh\s+nghiệp|nhà\s+đầu\s+tư|nhà\s+thầu|tổng\s+thầu|khách\s+hàng)(?:\s+\p{Ll}+){0,3}\s+$",
    regex.IGNORECASE,
)
GAP, _LEAD, _FAR = 70, 20, 300
_JOINED = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:và|với|cùng(?:\s+với)?)(?!\p{L})", regex.IGNORECASE)
_ONE_OF = regex.compile(
    r"\s+(?:cũng\s+)?(?:là|trở\s+thành|thuộc)\s+(?:một\s+trong|(?:số\s+)?(?:nước|quốc\s+gia|đơn\s+vị|tỉnh|trường)\s+(?:thứ|đầu))"
    r"[^,;:]{0,60}",
    regex.IGNORECASE,
)
ONE_EACH = regex.compile(r"(?<!\p{L})một\s*$", regex.IGNORECASE)


def partner_of(scene: Scene, mention: Mention, joined: list[Group]) -> Group | None:
    """B of `ký … với B`, B and C of `ký hai …, một với B, một với C`, C of `ký … với B và hợp đồng với C`."""
    while mention.beside is not None and _with_whom(scene, mention, joined, mention.told_from) is None:
        mention = mention.beside  # `ký X và Y với B`
    one_more = mention.trigger is not None and mention.trigger.end < mention.left < mention.start
    return (_with_whom(scene, mention, joined, mention.end) if one_more else None) or _with_whom(
        scene, mention, joined, mention.told_from
    )


def _with_whom(scene: Scene, mention: Mention, joined: list[Group], start: int) -> Group | None:
    """The partner that is named behind `start`."""
    each: Group | None = None
    for match in _withs(scene, mention, start):
        group = next((g for g in joined if g.start >= match.end()), None)
        if group is None:
            break
        if group.venue and _SOME_OF.search(scene.text, match.start(), group.start):
            # `với nhà thầu [Đức] [B]`, `với đối tác [Đức] là [B]`; of others only the country is told
            group = _called(scene, mention, group, joined)
            if group is None:
                continue
            return group
        if not group.ids and not group.roll and UNNAMED.match(scene.text, match.end(), mention.right):
            continue  # `với 4 đơn vị` stands for nobody named
        if not group.ids and (named := _named_behind(scene, mention, group, joined)):
            return named
        gap = scene.text[match.end() : group.start].strip()
        if len(gap) >= GAP or not (QUALIFIER.match(gap) or gap == group.head):
            continue
        if not ONE_EACH.search(scene.text, start, match.start()):
            return each or group
        first = each or group
        ids = [*(each.ids if each else ()), *group.ids]
        each = Group(first.start, group.end, ids=ids, every=tuple(ids))
    return each


def _withs(scene: Scene, mention: Mention, start: int) -> Iterator[regex.Match[str]]:
    """Each `với` of the mention's stretch that is not far behind `start`."""
    return WITH.finditer(scene.text, start, min(mention.right, start + _FAR))


def with_noun(scene: Scene, mention: Mention, subject: Group, cast: Cast) -> Group | None:
    """The body that a common noun stands for in `A ký với nhà trường`, `hợp đồng mà A ký với tỉnh`."""
    for match in _withs(scene, mention, mention.told_from):
        noun = partner_noun(scene.text, match.end(), mention.right)
        if noun and (meant := cast.meant(noun["noun"], (), subject.ids)):
            return Group(noun.start(), noun.end(), ids=[meant], every=(meant,))
    return None


def _named_behind(scene: Scene, mention: Mention, phrase: Group, joined: list[Group]) -> Group | None:
    """A, B and C of `3 trường gồm A, B và C`, `ba ngân hàng A, B và C`."""
    behind = next((g for g in joined if g.start >= phrase.end), None)
    if behind and len(behind.every) > 1 and behind.start - phrase.end <= 1:
        return behind
    lead = NAMELY.match(scene.text, phrase.end, mention.right)
    return next((g for g in joined if lead and g.ids and 0 <= g.start - lead.end() < _LEAD), None)


def with_nobody(scene: Scene, mention: Mention, subject: Group | None) -> bool:
    """Whether the other side is told without its name.

    `ký với một hãng`, `A và các đơn vị liên quan ký`, `A là một trong 50 nước đã ký`.
    """
    if any(
        UNNAMED.match(scene.text, match.end(), mention.right)
        for match in _withs(scene, mention, mention.told_from)
    ):
        return True
    signing = mention.trigger
    if subject is None or signing is None or signing.start < subject.end:
        return False
    if _ONE_OF.fullmatch(scene.text, subject.end, signing.start):
        return True
    joined = _JOINED.match(scene.text, subject.end, signing.start)
    others = UNNAMED.match(scene.text, joined.end(), signing.start) if joined else None
    return others is not None and not any(
        piece.label in ("ORG", "LOC", "PER") and others.end() <= piece.start < signing.start
        for piece in mention.sentence.pieces
    )


def with_some_of_a_state(scene: Scene, mention: Mention, joined: list[Group]) -> bool:
    """Whether only the country is told of the other side: `ký với đối tác [Đức]`."""
    return any(
        g.venue
        and mention.told_from <= g.start < mention.right
        and _SOME_OF.search(scene.text, max(mention.told_from, g.start - GAP), g.start)
        for g in joined
    )


def _called(scene: Scene, mention: Mention, place: Group, joined: list[Group]) -> Group | None:
    """Who is named right behind the state that he is of."""
    lead = NAMELY.match(scene.text, place.end, mention.right)
    start = lead.end() if lead else place.end
    return next((g for g in joined if g.ids and g.start >= place.end and g.start - start <= 1), None)


def stands_aside(scene: Scene, mention: Mention, subject: Group, partner: Group) -> bool:
    """`A và B ký …, với C là nơi làm thử`: C is no third party."""
    if len(subject.ids) < 2 or partner.start < mention.told_from:
        return False
    return "," in scene.gap(mention.end, partner.start, mention.sentence)
