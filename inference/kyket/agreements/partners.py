"""The other side of a signing: B of `A ký … với B`, by its name or by a common noun."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from msgspec.structs import replace

from kyket.agreements.demonstratives import named_last
from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.nouns import noun_before, partner_noun
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import NAMELY, NO_NOUN, QUALIFIER, WITH

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
# Bodies told by their kind: `một hãng khác`, `các nhà đầu tư`, `nhà thầu`, `đơn vị kết nghĩa của bạn`.
_KIND = (
    r"\s+(?:(?:lãnh\s+đạo|đại\s+diện|phía)\s+)?(?:"
    r"(?:một(?:\s+số)?|(?:hơn\s+|gần\s+)?\p{N}+|nhiều|hàng\s+(?:chục|loạt|trăm)|các|những)\s+"
    r"(?:đối\s+tác|hãng|công\s+ty|doanh\s+nghiệp|đơn\s+vị|tỉnh|trường|ngân\s+hàng|nhà\s+\p{L}+|tổ\s+chức"
    r"|cơ\s+quan|sở|nước|quốc\s+gia)"
    r"|đơn\s+vị\s+(?:bạn|kết\s+nghĩa)|phía\s+bạn|khu\s+dân\s+cư|nhà\s+(?:đầu\s+tư|thầu))(?!\p{L})"
)
_BY_KIND = regex.compile(rf"{_KIND}(?!{NAMELY.pattern})", regex.IGNORECASE)
_KIND_NAMELY = regex.compile(rf"{_KIND}{NAMELY.pattern}(?:có\s+)?", regex.IGNORECASE)
# Between those, or a number of them, and their names: `các đơn vị tư vấn A và B`, `nhà thầu – A`.
_APPOSED = regex.compile(rf"(?:\s+(?!{NO_NOUN})\p{{Ll}}+){{0,4}}\s+(?:[–-]\s+)?")
# Before `với` where it is no signing with them: `thỏa thuận kết nối với các nhà đầu tư`.
_CONTACT = regex.compile(r"(?<!\p{L})(?:kết\s+nối|gắn\s+kết|làm\s+việc|gặp)\s+$", regex.IGNORECASE)
# Behind B of `A bàn với B việc ký …`.
_TO_SIGN = regex.compile(r"\s+(?:về\s+)?(?:việc|để|nội\s+dung|một|bản)(?!\p{L})", regex.IGNORECASE)
ONE_EACH = regex.compile(r"(?<!\p{L})một\s*$", regex.IGNORECASE)


def partner_of(scene: Scene, mention: Mention, joined: list[Group]) -> Group | None:
    """B of `ký … với B`, B and C of `ký hai …, một với B, một với C`, C of `ký … với B và hợp đồng với C`."""
    for one in mention.row():  # `ký X và Y với B`
        partner = _with_whom(scene, one, joined, one.told_from)
        if partner is not None:
            break
    one_more = one.trigger is not None and one.trigger.end < one.left < one.start
    return (_with_whom(scene, one, joined, one.end) if one_more else None) or partner


def _with_whom(scene: Scene, mention: Mention, joined: list[Group], start: int) -> Group | None:
    """The partner that is named behind `start`."""
    each: Group | None = None
    for match in _withs(scene, mention, start):
        group = next((g for g in joined if g.start >= match.end()), None)
        if group is None:
            break
        if _some_of(scene, mention, group, match.start()):
            if (named := called(scene, mention, group, joined)) is not None:
                return named
            continue
        if not group.ids and (named := _named_behind(scene, mention, group, joined)):
            return named
        if not group.ids and not group.roll and _unnamed(scene, mention, match.end(), mention.right):
            continue  # `với 4 đơn vị` stands for nobody named
        gap = scene.text[match.end() : group.start].strip()
        namely = _KIND_NAMELY.fullmatch(scene.text, match.end(), group.start)
        if not namely and (len(gap) >= GAP or not (QUALIFIER.match(gap) or gap == group.head)):
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
    before = mention.trigger or mention
    for match in (
        *_withs(scene, mention, mention.told_from),
        *WITH.finditer(scene.text, subject.end, max(subject.end, before.start)),
    ):
        noun = partner_noun(scene.text, match.end(), mention.right)
        if noun and noun.end() <= before.start and not _TO_SIGN.match(scene.text, noun.end(), before.start):
            continue
        if noun and (meant := cast.meant(noun["noun"], (), subject.ids)):
            return Group(noun.start(), noun.end(), ids=[meant], every=(meant,))
    return None


def joined_with_noun(scene: Scene, mention: Mention, subject: Group, cast: Cast) -> Group | None:
    """A and B of `nhà trường và B ký`: one is told by a common noun."""
    noun = noun_before(scene.text, mention.sentence, subject.start)
    if noun is None:
        return None

    def fits(id: str) -> bool:
        return id not in subject.ids and cast.fits(id, noun["noun"])

    last = named_last(cast, mention.sentence, noun.start(), fits)
    meant = cast.meant(noun["noun"], (last,) if last else (), subject.ids)
    if meant is None:
        return None
    ids = [meant, *subject.ids]
    return replace(subject, start=noun.start(), ids=ids, every=tuple(ids), joined=True)


def _named_behind(scene: Scene, mention: Mention, phrase: Group, joined: list[Group]) -> Group | None:
    """A, B and C of `3 trường gồm A, B và C`, `ba ngân hàng A, B và C`."""
    behind = next((g for g in joined if g.start >= phrase.end), None)
    if behind and len(behind.every) > 1 and _APPOSED.fullmatch(scene.text, phrase.end, behind.start):
        return behind
    lead = NAMELY.match(scene.text, phrase.end, mention.right)
    return next((g for g in joined if lead and g.ids and 0 <= g.start - lead.end() < _LEAD), None)


def with_nobody(scene: Scene, mention: Mention, subject: Group | None) -> bool:
    """Whether the other side is told without its name.

    `ký với một hãng`, `A và các đơn vị liên quan ký`, `A là một trong 50 nước đã ký`.
    """
    if any(
        _unnamed(scene, mention, match.end(), mention.right)
        and not _CONTACT.search(scene.text, mention.told_from, match.start())
        for match in _withs(scene, mention, mention.told_from)
    ):
        return True
    signing = mention.trigger
    if subject is None or signing is None or signing.start < subject.end:
        return False
    if _ONE_OF.fullmatch(scene.text, subject.end, signing.start):
        return True
    joined = _JOINED.match(scene.text, subject.end, signing.start)
    others = _unnamed(scene, mention, joined.end(), signing.start) if joined else None
    return others is not None and not any(
        piece.label in ("ORG", "LOC", "PER") and others.end() <= piece.start < signing.start
        for piece in mention.sentence.pieces
    )


def _unnamed(scene: Scene, mention: Mention, start: int, stop: int) -> regex.Match[str] | None:
    """Bodies told by their kind alone, with no name of them behind."""
    told = _BY_KIND.match(scene.text, start, stop)
    if told is None:
        return None
    name = next((p for p in mention.sentence.pieces if p.label == "ORG" and p.start >= told.end()), None)
    return None if name and _APPOSED.fullmatch(scene.text, told.end(), name.start) else told


def with_some_of_a_state(
    scene: Scene, mention: Mention, joined: list[Group], subject: Group | None = None
) -> Group | None:
    """The country of the other side of which it tells: `ký với đối tác [Đức]`, `A và đối tác [Đức] ký`."""
    start = mention.told_from
    if subject and mention.trigger and subject.end <= mention.trigger.start:
        start = min(start, subject.end)
    return next(
        (g for g in joined if start <= g.start < mention.right and _some_of(scene, mention, g, start)), None
    )


def _some_of(scene: Scene, mention: Mention, place: Group, start: int) -> bool:
    """Whether a place tells whose the other side is; states have partners that are states."""
    if not place.venue or mention.kind == "treaty":
        return False
    return _SOME_OF.search(scene.text, max(start, place.start - GAP), place.start) is not None


def called(scene: Scene, mention: Mention, place: Group, joined: list[Group]) -> Group | None:
    """Who is named right behind the state that he is of: `đối tác [Đức] là B`, `nhà thầu [Đức] – B`."""
    lead = NAMELY.match(scene.text, place.end, mention.right)
    start = lead.end() if lead else place.end
    return next(
        (g for g in joined if g.ids and g.start >= start and not scene.text[start : g.start].strip(" –-")),
        None,
    )


def stands_aside(scene: Scene, mention: Mention, subject: Group, partner: Group) -> bool:
    """`A và B ký …, với C là nơi làm thử`: C is no third party."""
    if len(subject.ids) < 2 or partner.start < mention.told_from:
        return False
    return "," in scene.gap(mention.end, partner.start, mention.sentence)
