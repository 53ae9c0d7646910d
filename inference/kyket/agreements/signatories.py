"""Who is bound by the instrument that a mention speaks of, as far as its sentence tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import regex

from kyket.agreements.antecedents import joined_before
from kyket.agreements.counts import COUNTED, COUNTS
from kyket.agreements.effects import brings
from kyket.agreements.grounds import Ground, Rule, Told, told
from kyket.agreements.grouping import Group
from kyket.agreements.membership import member
from kyket.agreements.mention import Mention
from kyket.agreements.nouns import joined_noun, signing_noun
from kyket.agreements.parties import Cast
from kyket.agreements.partners import (
    GAP,
    ONE_EACH,
    called,
    joined_with_noun,
    partner_of,
    stands_aside,
    with_nobody,
    with_noun,
    with_some_of_a_state,
)
from kyket.agreements.rolls import is_object
from kyket.agreements.scene import Scene
from kyket.agreements.speech import only_says, quotes, tells_of_another
from kyket.agreements.trades import other_side
from kyket.agreements.treaties import by_name
from kyket.agreements.vocabulary import (
    ABOUT,
    ANYONE,
    ASK,
    HOLDING,
    LEVEL_BEFORE,
    MULTILATERAL,
    QUALIFIER,
    RECEIVING,
    TALKING,
    TOGETHER,
    WITH,
    WITNESSED,
)

_OF = regex.compile(
    r"^[\s,:–-]*(?:của|do|cấp|giữa|song phương|liên)?\s*(?:đại diện|lãnh đạo)?\s*$", regex.IGNORECASE
)
_PROJECT = regex.compile(
    r"\s(?:[Dd]ự\s+án\s+\p{L}|(?:tuyến|đường\s+(?:sắt|bay|bộ|biển)|cao\s+tốc|hành\s+lang)(?:\s+\p{Ll}+){0,3}$)"
)
_HELD = regex.compile(r"(?<!\p{L})mà\s*$", regex.IGNORECASE)
_ITEM = regex.compile(r"(?<!\S)\(\d{1,2}\)(?!\S)")
_VERB, _COUNT, _LEAD, _HEAD, _TALK, _LEVEL, _CLAUSE = 40, 24, 20, 60, 80, 14, 5_000
# `A yêu cầu công ty làm việc với B`
_HAS_ANOTHER = regex.compile(
    r"(?<!\p{L})(?:đề\s+nghị|yêu\s+cầu|giao|chỉ\s+đạo|hướng\s+dẫn|hỗ\s+trợ|giúp)\s+(?:(?:các|những|nhiều|\p{N}+)\s+)?"
    r"(?:doanh\s+nghiệp|công\s+ty|đơn\s+vị|cơ\s+quan|người|nhà|chủ|ngành|trường|địa\s+phương)(?!\p{L})",
    regex.IGNORECASE,
)
_AND_BETWEEN = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:[,;]\s*(?:và\s+)?|và\s+)")
_IN_TURN = regex.compile(r"(?<!\p{L})lần\s+lượt\s+$", regex.IGNORECASE)
_BY = regex.compile(r"(?<!\p{L})(?:được|do|mà)(?:\s+(?:lãnh\s+đạo|đại\s+diện))?\s*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signatories:
    """Entity ids with their grounds; `weak` where they are only the employers of those who signed.

    `implied` for `hai bên`, `loose` where names of places may stand for bodies there;
    `lone` where the other side is never named; `quoting` where one speaks of it, perhaps for another.
    """

    parties: tuple[Told[str], ...] = ()
    weak: bool = False
    implied: bool = False
    loose: bool = False
    lone: bool = False
    quoting: bool = False
    ids: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(party.value for party in self.parties))

    def after(self, before: Signatories) -> Signatories:
        """The same beside what an earlier mention told: who signed with somebody unnamed did so."""
        return replace(self, lone=True) if before.lone and before.ids == self.ids else self


def signatories(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> Signatories:
    """The parties that the sentence names: `giữa A và B`, `A và B ký …`, `A ký … với B`, `hai bên ký …`."""
    usable = [g for g in joined if not g.aside]
    of_many = MULTILATERAL.match(scene.text[mention.start : mention.end]) is not None
    if ids := by_name(scene, mention, cast):
        return Signatories(tuple(told(id, Rule.BY_NAME, mention.start, mention.end) for id in ids))
    for one in mention.row():  # `X và Y giữa A và B`
        group, frame = _between(scene, one, usable, cast), Rule.BETWEEN
        if group is None:
            group, frame = _following(scene, one, usable), Rule.OF
        if group is not None:
            break
    if of_many and (state := member(scene, mention, joined, cast)):
        return Signatories(_framed(state, state.ids, Rule.SUBJECT), lone=True)
    if of_many and (mention.trigger is None or mention.trigger.start > mention.start):
        # `A và B cam kết thực hiện Công ước …`: many more have signed it
        usable = [group for group in usable if group.roll]
    if of_many and group is not None and group.noun:
        group = None  # `Tuyên bố về ứng xử của các bên`
    if group is not None and (both := joined_before(scene, group, usable, cast)):
        return Signatories(_framed(both, both.ids, Rule.SUBJECT), loose=True)
    if group is not None:
        ids = group.every if len(group.every) > 1 else _members(group, cast)
        if len(ids) > 1:
            named = group.noun or _by_level(scene, group)
            return Signatories(_framed(group, ids, frame), loose=not named)
        if ids and frame is Rule.BETWEEN and (state := with_some_of_a_state(scene, mention, joined)):
            other = called(scene, mention, state, joined)
            every = (*ids, *(other.ids if other else ()))
            return Signatories(_framed(group, every, frame), loose=True, lone=other is None)
    partner = partner_of(scene, mention, joined)
    subject = _subject(scene, mention, usable, partner, cast)
    if subject is None and partner and group and frame is Rule.BETWEEN and len(group.ids) == 1:
        subject = group  # `giữa A cùng các đơn vị tư vấn B và C`
    if partner and subject and stands_aside(scene, mention, subject, partner):
        partner = None
    with_whom = Rule.PARTNER
    if not partner and subject and len(subject.ids) == 1:
        partner, with_whom = other_side(scene, mention, joined, cast), Rule.TRADE
    if not partner and (subject is None or len(subject.ids) == 1):
        host, guest = _talking(scene, mention, usable, cast)
        if guest:
            asking = _framed(host, host.ids, Rule.ASKER) if host else ()
            parties = _each_once((*asking, *_framed(guest, guest.ids, Rule.PARTNER)))
            return Signatories(parties, weak=bool(host and host.people), loose=True)
    if not partner and subject and len(subject.ids) == 1 and not subject.people:
        partner, with_whom = with_noun(scene, mention, subject, cast), Rule.PARTNER
    parties = _framed(subject, _members(subject, cast), Rule.SUBJECT) if subject else ()
    if subject and len(parties) == 1 and not partner and (asker := _asker(scene, subject, usable)):
        parties = _each_once((*_framed(asker, _members(asker, cast), Rule.ASKER), *parties))
    if partner:
        ids = partner.every or _members(partner, cast)
        parties = _each_once((*parties, *_framed(partner, ids, with_whom)))
    implied = bool(subject and not partner and " ".join(subject.noun.lower().split()) in ANYONE)
    headed = any(group and group.mayor for group in (subject, partner))
    if headed:  # the heads of places sign for the places
        parties = _each_once(Told(cast.place_of(party.value), party.grounds) for party in parties)
    lone = len(parties) == 1 and partner is None
    lone = lone and (
        cast.is_league(parties[0].value)
        or with_nobody(scene, mention, subject)
        or with_some_of_a_state(scene, mention, joined, subject) is not None
    )
    quoting = bool(subject and quotes(scene, mention, subject))
    weak = bool(subject and (quoting or subject.people or only_says(scene, mention, subject)))
    loose = not (headed or (subject and (subject.noun or _by_level(scene, subject))))
    return Signatories(parties, weak, implied, loose, lone, quoting)


def each_its_own(
    scene: Scene, mention: Mention, joined: list[Group], cast: Cast, by: Signatories
) -> list[Signatories]:
    """The parties of each of several instruments told in one plural, `by` where they are of one.

    `A ký ba bản ghi nhớ với B, C và D` has one side, and as many others as there are instruments;
    `hai bản ghi nhớ: một giữa A và B, một giữa A và C` tells both sides of each, and so does `bản ghi nhớ
    giữa A và B, giữa A và C`.
    """
    pairs = _each_between(scene, mention, [group for group in joined if not group.aside])
    if len(pairs) > 1:
        return [Signatories(_framed(pair, _members(pair, cast), Rule.BETWEEN), loose=True) for pair in pairs]
    counted = COUNTED.search(scene.text, max(mention.sentence.start, mention.start - _COUNT), mention.start)
    others = [party for party in by.parties if party.grounds[0].rule is Rule.PARTNER]
    one = [party for party in by.parties if party not in others]
    signed = mention.trigger.start if mention.trigger else mention.start
    if len(one) > 1 or not (counted or _IN_TURN.search(scene.text, mention.left, signed)):
        return [by]
    if counted and len(others) != COUNTS[counted["count"].lower()]:
        return [by]
    return [replace(by, parties=(*one, other)) for other in others]


def _members(group: Group, cast: Cast) -> tuple[str, ...]:
    if group.ids or not group.noun:
        return tuple(group.ids)
    if group.roll:
        return group.roll
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


def _by_level(scene: Scene, group: Group) -> bool:
    """Whether a group of places opens with the word for the level of one: `giữa tỉnh A và tỉnh B`."""
    before = scene.text[max(0, group.start - _LEVEL) : group.start]
    return len(group.places) == len(group.ids) and LEVEL_BEFORE.match(before) is not None


def _each_once(parties: Iterable[Told[str]]) -> tuple[Told[str], ...]:
    found: dict[str, Told[str]] = {}
    for party in parties:
        found.setdefault(party.value, party)
    return tuple(found.values())


def _between(scene: Scene, mention: Mention, usable: list[Group], cast: Cast) -> Group | None:
    """A and B of `giữa A và B`, behind the instrument sooner than before it."""
    behind = TOGETHER.finditer(scene.text, mention.end, mention.right)
    before = TOGETHER.finditer(scene.text, min(mention.told_from, mention.end), mention.end)
    for match in (*behind, *before):
        group = next((g for g in usable if g.start >= match.end()), None)
        if group is None:
            continue
        if len(group.ids) == 1 and (pair := _beside_noun(scene, match.end(), group, mention, cast)):
            return pair
        gap = scene.text[match.end() : group.start].strip()
        near = len(gap) < GAP and QUALIFIER.match(gap)
        headed = group.head and group.start - match.end() < _HEAD
        if (near or headed) and not brings(scene, mention, match.start(), group):
            return group
    return None


def _beside_noun(scene: Scene, start: int, group: Group, mention: Mention, cast: Cast) -> Group | None:
    """`giữa nhà trường và A`, `giữa A với tỉnh`: one of the two is a common noun."""
    noun = joined_noun(scene.text, start, group.start, group.end, mention.right)
    meant = cast.meant(noun["noun"], (), group.ids) if noun else None
    if noun is None or meant is None:
        return None
    both = (meant, *group.ids)
    return Group(start, max(noun.end(), group.end), ids=list(both), every=both)


def _each_between(scene: Scene, mention: Mention, usable: list[Group]) -> list[Group]:
    """The groups of `một giữa A và B, một giữa A và C`, `bản ghi nhớ giữa A và B, giữa A và C`."""
    found: list[Group] = []
    one = False
    for match in TOGETHER.finditer(scene.text, mention.told_from, mention.right):
        group = next((g for g in usable if g.start >= match.end()), None)
        if group is None or len(group.ids) < 2 or group.start - match.end() >= GAP:
            continue
        if not QUALIFIER.match(scene.text[match.end() : group.start].strip()):
            continue
        if ONE_EACH.search(scene.text, mention.told_from, match.start()):
            found, one = [*(found if one else ()), group], True
        elif found and not one and _AND_BETWEEN.fullmatch(scene.text, found[-1].end, match.start()):
            found.append(group)
        elif not scene.text[mention.end : match.start()].strip():
            found, one = [group], False
    return found


def _following(scene: Scene, mention: Mention, usable: list[Group]) -> Group | None:
    """`Hiệp ước hữu nghị và hợp tác Việt Nam - Lào`, `thỏa thuận 2018 - 2020 của A và B`."""
    if _PROJECT.search(scene.text, mention.start, mention.end):
        return None  # `… về Dự án trồng lúa Việt Nam - Lào`, `về tuyến đường sắt A - B`: the project's name
    years = next((t.end for t in mention.sentence.times if 0 <= t.start - mention.end <= 2), None)
    start = mention.end if years is None else years
    group = next((g for g in usable if g.start >= start), None)
    if group is None or group.start >= mention.right or not (len(group.ids) > 1 or group.noun):
        return None
    gap = scene.text[start : group.start].removeprefix(")")  # `Hiệp định Vận tải (HVT) A - B`
    if group.head and gap.strip().endswith(group.head):
        return group if _OF.match(gap.rstrip().removesuffix(group.head)) else None
    told = years is None or gap.strip(" ,")  # `…, hai bên` opens a clause of its own
    return group if told and _OF.match(gap) else None


def _subject(
    scene: Scene, mention: Mention, usable: list[Group], partner: Group | None, cast: Cast
) -> Group | None:
    """Who signs: the nearest group before the signing; a single name only where no group is."""
    trigger = mention.trigger or mention.review
    if trigger is None and partner is None:
        before = next((g for g in reversed(usable) if g.end <= mention.start), None)
        gap = scene.gap(before.end, mention.start, mention.sentence) if before else ""
        if before is None or len(gap) > _VERB or ":" in gap or WITNESSED.search(gap):
            return None  # `A chứng kiến lễ trao …`
        return before if HOLDING.search(gap) else None
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
    noun = signing_noun(scene.text, mention.sentence, stop, mention.end + 1) if trigger else None
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
        if trigger and (_signs_another(scene, mention, group, stop) or is_object(scene, group, usable)):
            continue
        if trigger and single is None and tells_of_another(scene, mention, group, stop):
            return None
        if len(group.ids) > 1 or group.noun:
            return group if single is None or partner is None else single
        if group.ids and single is None:
            if not partner and (both := joined_with_noun(scene, mention, group, cast)):
                return both
            single = group
    return single if mention.trigger or partner else None


def _signs_another(scene: Scene, mention: Mention, group: Group, stop: int) -> bool:
    """`A và B, theo hiệp định được hai nước ký năm 2014, đã ký …`: who signs in the passive signs that."""
    if not _BY.search(scene.text, max(mention.sentence.start, group.start - _COUNT), group.start):
        return False
    return any(
        piece.label == "SIGNING" and group.end <= piece.start < stop and piece.start - group.end < _LEAD
        for piece in mention.sentence.pieces
    )


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
    talks = TALKING.match(lead) or (one and RECEIVING.match(lead))
    return (one, other) if talks else (None, None)
