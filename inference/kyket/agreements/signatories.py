"""Who is bound by the instrument that a mention speaks of, as far as its sentence tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import regex

from kyket.agreements.grounds import Ground, Rule, Told, told
from kyket.agreements.grouping import Group
from kyket.agreements.instruments import Mention
from kyket.agreements.nouns import signing_noun
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene
from kyket.agreements.trades import other_side
from kyket.agreements.vocabulary import (
    ABOUT,
    ANYONE,
    ASK,
    BY_ALL,
    BY_NAME,
    COUNTED,
    COUNTS,
    HOLDING,
    LEVEL_BEFORE,
    MULTILATERAL,
    NAMELY,
    QUALIFIER,
    RECEIVING,
    SAY,
    TALKING,
    TOGETHER,
    UNNAMED,
    WITH,
    WITNESSED,
)

_OF = regex.compile(
    r"^[\s,:–-]*(?:của|do|cấp|giữa|song phương|liên)?\s*(?:đại diện|lãnh đạo)?\s*$", regex.IGNORECASE
)
_PROJECT = regex.compile(r"\s[Dd]ự\s+án\s+\p{L}")
_HELD = regex.compile(r"(?<!\p{L})mà\s*$", regex.IGNORECASE)
_SPACE = regex.compile(r"\s+")
_ITEM = regex.compile(r"(?<!\S)\(\d{1,2}\)(?!\S)")
_VERB, _COUNT, _LEAD, _GAP, _TALK, _LEVEL, _CLAUSE = 40, 24, 20, 70, 80, 14, 5_000
# `A yêu cầu công ty làm việc với B`
_HAS_ANOTHER = regex.compile(
    r"(?<!\p{L})(?:đề\s+nghị|yêu\s+cầu|giao|chỉ\s+đạo|hướng\s+dẫn|hỗ\s+trợ|giúp)\s+(?:(?:các|những|nhiều|\p{N}+)\s+)?"
    r"(?:doanh\s+nghiệp|công\s+ty|đơn\s+vị|cơ\s+quan|người|nhà|chủ|ngành|trường|địa\s+phương)(?!\p{L})",
    regex.IGNORECASE,
)
_SAYS = regex.compile(rf"(?<!\p{{L}})(?:{SAY}|nói|cho)(?:\s*[,:]|\s+rằng)(?!\p{{L}})", regex.IGNORECASE)
_EFFECT = regex.compile(
    r"(?<!\p{L})(?:góp\s+phần|giúp|sẽ|mở\s+ra|đánh\s+dấu|thúc\s+đẩy|thắt\s+chặt|nâng|tạo"
    r"|là(?!\s+(?:những\s+|một\s+)?(?:hợp\s+đồng|thỏa\s+thuận|hiệp\s+định|văn\s+(?:bản|kiện)|bản|kết\s+quả)))(?!\p{L})",
    regex.IGNORECASE,
)
_EACH = regex.compile(r"(?<!\p{L})một\s*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signatories:
    """Entity ids with their grounds; `weak` where they are only the employers of those who signed.

    `implied` for `hai bên`, `loose` where names of places may stand for bodies there;
    `lone` where the other side is never named.
    """

    parties: tuple[Told[str], ...] = ()
    weak: bool = False
    implied: bool = False
    loose: bool = False
    lone: bool = False
    ids: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(party.value for party in self.parties))


def signatories(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> Signatories:
    """The parties that the sentence names: `giữa A và B`, `A và B ký …`, `A ký … với B`, `hai bên ký …`."""
    usable = [g for g in joined if not g.aside]
    of_many = MULTILATERAL.match(scene.text[mention.start : mention.end]) is not None
    name = scene.text[mention.start : mention.end].rpartition(" ")[2].strip("()")
    if name in BY_NAME:
        states = (cast.imply(state) for state in BY_NAME[name])
        return Signatories(tuple(told(id, Rule.BY_NAME, mention.start, mention.end) for id in states))
    if all_of_them := _all_named(mention, BY_ALL.get(name, ()), cast):
        return Signatories(tuple(told(id, Rule.BY_NAME, mention.start, mention.end) for id in all_of_them))
    group, frame = _between(scene, mention, usable), Rule.BETWEEN
    if group is None:
        group, frame = _following(scene, mention, usable), Rule.OF
    if of_many and (mention.trigger is None or mention.trigger.start > mention.start):
        usable = []  # `A và B cam kết thực hiện Công ước …`: many more have signed it
    if of_many and group is not None and group.noun:
        group = None  # `Tuyên bố về ứng xử của các bên`
    if group is not None:
        ids = group.every if len(group.every) > 1 else _members(group, cast)
        if len(ids) > 1:
            named = group.noun or _by_level(scene, group)
            return Signatories(_framed(group, ids, frame), loose=not named)
    partner = _partner(scene, mention, joined)
    subject = _subject(scene, mention, usable, partner, cast)
    if partner and subject and _aside(scene, mention, subject, partner):
        partner = None
    with_whom = Rule.PARTNER
    if not partner and subject and len(subject.ids) == 1:
        partner, with_whom = other_side(scene, mention, joined, cast), Rule.TRADE
    if not partner and (subject is None or len(subject.ids) == 1):
        one, other = _talking(scene, mention, usable, cast)
        if other:
            asking = _framed(one, one.ids, Rule.ASKER) if one else ()
            parties = _each_once((*asking, *_framed(other, other.ids, Rule.PARTNER)))
            return Signatories(parties, weak=bool(one and one.people), loose=True)
    parties = _framed(subject, _members(subject, cast), Rule.SUBJECT) if subject else ()
    if subject and len(parties) == 1 and not partner and (asker := _asker(scene, subject, usable)):
        parties = _each_once((*_framed(asker, _members(asker, cast), Rule.ASKER), *parties))
    if partner:
        ids = partner.every or _members(partner, cast)
        parties = _each_once((*parties, *_framed(partner, ids, with_whom)))
    implied = bool(subject and not partner and _SPACE.sub(" ", subject.noun.lower()) in ANYONE)
    headed = any(group and group.mayor for group in (subject, partner))
    if headed:  # the heads of places sign for the places
        parties = _each_once(Told(cast.place_of(party.value), party.grounds) for party in parties)
    lone = len(parties) == 1 and partner is None and _with_nobody(scene, mention)
    weak = bool(subject and (subject.people or _only_says(scene, mention, subject)))
    loose = not (headed or (subject and subject.noun))
    return Signatories(parties, weak, implied, loose, lone)


def each_its_own(
    scene: Scene, mention: Mention, joined: list[Group], cast: Cast, by: Signatories
) -> list[Signatories]:
    """The parties of each of several instruments told in one plural, `by` where they are of one.

    `A ký ba bản ghi nhớ với B, C và D` has one side, and as many others as there are instruments;
    `hai bản ghi nhớ: một giữa A và B, một giữa A và C` tells both sides of each.
    """
    pairs = _each_between(scene, mention, [group for group in joined if not group.aside])
    if len(pairs) > 1:
        return [Signatories(_framed(pair, _members(pair, cast), Rule.BETWEEN), loose=True) for pair in pairs]
    counted = COUNTED.search(scene.text, max(mention.sentence.start, mention.start - _COUNT), mention.start)
    others = [party for party in by.parties if party.grounds[0].rule is Rule.PARTNER]
    one = [party for party in by.parties if party not in others]
    if counted is None or len(one) > 1 or len(others) != COUNTS[counted["count"].lower()]:
        return [by]
    return [replace(by, parties=(*one, other)) for other in others]


def _all_named(mention: Mention, names: tuple[str, ...], cast: Cast) -> list[str]:
    """The entities of these names, if the sentence of a mention names all of them."""
    here = {cast.name(p.entity): p.entity for p in mention.sentence.pieces if p.entity and p.label != "PER"}
    return [here[name] for name in names] if all(name in here for name in names) else []


def _members(group: Group, cast: Cast) -> tuple[str, ...]:
    if group.ids or not group.noun:
        return tuple(group.ids)
    return cast.resolve(group.noun, group.count, group.head)


def _framed(group: Group, ids: Iterable[str], frame: Rule) -> tuple[Told[str], ...]:
    """The members of a group, each with the frame in which it stands and how the group names it."""
    at = group.start, group.end
    grounds = [Ground(frame, at)]
    if group.head and (group.places or not group.ids):
        grounds.append(Ground(Rule.HEAD, at))
    elif group.noun and not group.ids:
        grounds.append(Ground(Rule.PHRASE, at))
    elif group.people:
        grounds.append(Ground(Rule.EMPLOYERS, at))
    every = tuple(grounds)
    return tuple(Told(id, every) for id in ids)


def _only_says(scene: Scene, mention: Mention, subject: Group) -> bool:
    """Whether who is named before a contract speaks of it: `Hội A khẳng định, hợp đồng với B …`."""
    said = _SAYS.search(scene.text, subject.end, mention.start) if mention.trigger is None else None
    return said is not None


def _by_level(scene: Scene, group: Group) -> bool:
    """Whether a group of places opens with the word for the level of one: `giữa tỉnh A và tỉnh B`."""
    before = scene.text[max(0, group.start - _LEVEL) : group.start]
    return len(group.places) == len(group.ids) and LEVEL_BEFORE.search(before) is not None


def _each_once(parties: Iterable[Told[str]]) -> tuple[Told[str], ...]:
    found: dict[str, Told[str]] = {}
    for party in parties:
        found.setdefault(party.value, party)
    return tuple(found.values())


def _span(mention: Mention) -> int:
    """Where the part of the sentence begins that follows the instrument or its signing."""
    if mention.trigger:
        return max(min(mention.end, mention.trigger.end), mention.left)
    return mention.end


def _between(scene: Scene, mention: Mention, usable: list[Group]) -> Group | None:
    """A and B of `giữa A và B`, behind the instrument sooner than before it."""
    behind = TOGETHER.finditer(scene.text, mention.end, mention.right)
    before = TOGETHER.finditer(scene.text, min(_span(mention), mention.end), mention.end)
    for match in (*behind, *before):
        for group in usable:
            if group.start >= match.end():
                gap = scene.text[match.end() : group.start].strip()
                if (len(gap) < _GAP and QUALIFIER.match(gap)) or (
                    group.head and group.start - match.end() < 60
                ):
                    if _brings(scene, mention, match.start(), group):
                        break
                    return group
                break
    return None


def _brings(scene: Scene, mention: Mention, start: int, group: Group) -> bool:
    """`Thỏa thuận góp phần tăng kim ngạch giữa hai nước A và B`: more than is signed."""
    if mention.kind == "treaty" or len(group.places) < len(group.ids):
        return False
    return start > mention.end and _EFFECT.search(scene.text, mention.end, start) is not None


def _each_between(scene: Scene, mention: Mention, usable: list[Group]) -> list[Group]:
    """The groups of `một giữa A và B, một giữa A và C`."""
    start = _span(mention)
    return [
        group
        for match in TOGETHER.finditer(scene.text, start, mention.right)
        if _EACH.search(scene.text, start, match.start())
        and (group := next((g for g in usable if g.start >= match.end()), None))
        and len(group.ids) > 1
        and group.start - match.end() < _GAP
        and QUALIFIER.match(scene.text[match.end() : group.start].strip())
    ]


def _following(scene: Scene, mention: Mention, usable: list[Group]) -> Group | None:
    """`Hiệp ước hữu nghị và hợp tác Việt Nam - Lào`, `thỏa thuận 2018 - 2020 của A và B`."""
    if _PROJECT.search(scene.text, mention.start, mention.end):
        return None  # `Nghị định thư về Dự án trồng lúa Việt Nam - Lào`: they name the project
    years = next((t.end for t in mention.sentence.times if 0 <= t.start - mention.end <= 2), None)
    start = mention.end if years is None else years
    group = next((g for g in usable if g.start >= start), None)
    if group is None or group.start >= mention.right or not (len(group.ids) > 1 or group.noun):
        return None
    gap = scene.text[start : group.start]
    if group.head and gap.strip().endswith(group.head):
        return group
    told = years is None or gap.strip(" ,")  # `…, hai bên` opens a clause of its own
    return group if told and _OF.match(gap) else None


def _partner(scene: Scene, mention: Mention, joined: list[Group]) -> Group | None:
    """B of `ký … với B`, B and C of `ký hai …, một với B, một với C`, C of `ký … với B và hợp đồng với C`."""
    one_more = mention.trigger is not None and mention.trigger.end < mention.left < mention.start
    return (_with_whom(scene, mention, joined, mention.end) if one_more else None) or _with_whom(
        scene, mention, joined, _span(mention)
    )


def _with_whom(scene: Scene, mention: Mention, joined: list[Group], start: int) -> Group | None:
    """The partner that is named behind `start`."""
    each: Group | None = None
    for match in WITH.finditer(scene.text, start, min(mention.right, start + 300)):
        for group in joined:
            if group.start >= match.end():
                if not group.ids and UNNAMED.match(scene.text, match.end(), mention.right):
                    break  # `với 4 đơn vị` stands for nobody named
                if not group.ids and (named := _named_behind(scene, mention, group, joined)):
                    return named
                gap = scene.text[match.end() : group.start].strip()
                if len(gap) < _GAP and (QUALIFIER.match(gap) or gap == group.head):
                    if not _EACH.search(scene.text, start, match.start()):
                        return each or group
                    ids = [*(each.ids if each else ()), *group.ids]
                    each = Group(each.start if each else group.start, group.end, ids=ids, every=tuple(ids))
                break
    return each


def _named_behind(scene: Scene, mention: Mention, phrase: Group, joined: list[Group]) -> Group | None:
    """A, B and C of `3 trường gồm A, B và C`, `ba ngân hàng A, B và C`."""
    behind = next((g for g in joined if g.start >= phrase.end), None)
    if behind and len(behind.every) > 1 and behind.start - phrase.end <= 1:
        return behind
    lead = NAMELY.match(scene.text, phrase.end, mention.right)
    return next((g for g in joined if lead and g.ids and 0 <= g.start - lead.end() < _LEAD), None)


def _with_nobody(scene: Scene, mention: Mention) -> bool:
    """Whether the other side is told without its name."""
    start = _span(mention)
    return any(
        UNNAMED.match(scene.text, match.end(), mention.right)
        for match in WITH.finditer(scene.text, start, min(mention.right, start + 300))
    )


def _aside(scene: Scene, mention: Mention, subject: Group, partner: Group) -> bool:
    """`A và B ký …, với C là nơi làm thử`: C is no third party."""
    if len(subject.ids) < 2 or partner.start < _span(mention):
        return False
    return "," in scene.gap(mention.end, partner.start, mention.sentence)


def _subject(
    scene: Scene, mention: Mention, usable: list[Group], partner: Group | None, cast: Cast
) -> Group | None:
    """Who signs: the nearest group before the signing; a single name only where no group is."""
    trigger = mention.trigger or mention.review
    if trigger is None and partner is None:
        before = next((g for g in reversed(usable) if g.end <= mention.start), None)
        gap = scene.gap(before.end, mention.start, mention.sentence) if before else ""
        return before if before and len(gap) <= _VERB and ":" not in gap and HOLDING.search(gap) else None
    if trigger is None and partner:  # `bản ghi nhớ mà A có với B`
        holder = next((g for g in usable if mention.end <= g.start < g.end <= partner.start), None)
        if holder and _HELD.search(scene.text, mention.end, holder.start):
            return holder
    stop = trigger.start if trigger else mention.start
    if trigger and trigger.end < mention.start:  # `lễ ký …: A và B thông qua …`
        between = [g for g in usable if trigger.end <= g.start and g.end <= mention.start and g.joined]
        if (
            between
            and len(between[-1].ids) > 1
            and HOLDING.search(scene.text, between[-1].end, mention.start)
        ):
            return between[-1]
    start = _clause(scene, mention, stop)
    noun = signing_noun(scene.text, mention.sentence, stop) if trigger else None
    if noun:  # `A cho biết nhà trường sẽ ký`: whom the noun fits, who may be named elsewhere
        named = [g.ids[0] for g in usable if start <= g.start and g.end <= noun.start() and len(g.ids) == 1]
        meant = cast.meant(noun["noun"], named[::-1], partner.ids if partner else ())
        return Group(noun.start(), noun.end(), ids=[meant], every=(meant,)) if meant else None
    single: Group | None = None
    for group in reversed(usable):
        if group.end > stop or (partner and partner.start <= group.start < partner.end):
            continue
        if group.start < start:
            break
        gap = scene.text[group.end : stop]
        if trigger and len(gap) < 300 and WITNESSED.search(gap):
            return None
        if len(group.ids) > 1 or group.noun:
            return group if single is None or partner is None else single
        if group.ids and single is None:
            single = group
    return single if mention.trigger or partner else None


def _clause(scene: Scene, mention: Mention, stop: int) -> int:
    """Where the part of the sentence begins that a semicolon or the number of an item sets off."""
    start = mention.sentence.start
    cut = scene.text.rfind(";", start, stop)
    if cut >= 0 and not mention.sentence.bracket(cut):
        start = cut + 1
    # No further back than a clause is long: many mentions in a text without a stop are read in time.
    for item in _ITEM.finditer(scene.text, max(start, stop - _CLAUSE), stop):
        start = item.end()
    return start


def _asker(scene: Scene, subject: Group, usable: list[Group]) -> Group | None:
    """A of `A đề nghị B ký …` or `A đàm phán với B để ký …`."""
    before = next((g for g in reversed(usable) if g.end <= subject.start), None)
    if before and len(before.ids) == 1:
        between = scene.text[before.end : subject.start]
        if ASK.search(between) or WITH.search(between[-8:]):
            return before
    return None


def _talking(
    scene: Scene, mention: Mention, usable: list[Group], cast: Cast
) -> tuple[Group | None, Group | None]:
    """A, if named, and B of `A bàn với B về một thỏa thuận`, `A đón đoàn B sang tổng kết thỏa thuận`."""
    start = _clause(scene, mention, mention.start)
    before = [group for group in usable if start <= group.start and group.end <= mention.start]
    if not before or len(before[-1].ids) != 1:
        return None, None
    other, one = before[-1], before[-2] if len(before) > 1 else None
    signing = mention.trigger
    if signing and signing.start < other.end and signing.end <= mention.start:
        return None, None
    if not ABOUT.fullmatch(scene.gap(other.end, mention.start, mention.sentence)):
        return None, None
    gap = scene.gap(one.end, other.start, mention.sentence) if one else ""
    if one and mention.kind == "contract" and len(one.ids) == 1 and cast.inquires(one.ids[0]):
        return None, None
    if one and (len(one.ids) != 1 or len(gap) > _TALK or "," in gap):
        one = None
    lead = scene.text[max(start, other.start - _TALK) : other.start]
    if _HAS_ANOTHER.search(lead):
        return None, None
    talks = TALKING.search(lead) or (one and RECEIVING.search(lead))
    return (one, other) if talks else (None, None)
