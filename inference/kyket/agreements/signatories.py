"""Who is bound by the instrument that a mention speaks of, as far as its sentence tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from kyket.agreements.grounds import Ground, Rule, Told, told
from kyket.agreements.instruments import Mention
from kyket.agreements.parties import Cast, Group
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import ANYONE, ASK, BY_NAME, HOLDING, QUALIFIER, TOGETHER, WITH, WITNESSED

_OF = regex.compile(
    r"^[\s,:–-]*(?:của|do|cấp|giữa|song phương|liên)?\s*(?:đại diện|lãnh đạo)?\s*$", regex.IGNORECASE
)
_SPACE = regex.compile(r"\s+")
_VERB = 40


@dataclass(frozen=True, slots=True)
class Signatories:
    """Entity ids with their grounds; `weak` where they are only the employers of those who signed.

    `implied` for `hai bên`, `loose` where names of places may stand for bodies there.
    """

    parties: tuple[Told[str], ...] = ()
    weak: bool = False
    implied: bool = False
    loose: bool = False
    ids: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(party.value for party in self.parties))


def signatories(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> Signatories:
    """The parties that the sentence names: `giữa A và B`, `A và B ký …`, `A ký … với B`, `hai bên ký …`."""
    usable = [g for g in joined if not g.venue]
    name = scene.text[mention.start : mention.end].rpartition(" ")[2]
    if name in BY_NAME:
        states = (cast.imply(state) for state in BY_NAME[name])
        return Signatories(tuple(told(id, Rule.BY_NAME, mention.start, mention.end) for id in states))
    group, frame = _between(scene, mention, usable), Rule.BETWEEN
    if group is None:
        group, frame = _following(scene, mention, usable), Rule.OF
    if group is not None:
        ids = group.every if len(group.every) > 1 else _members(group, cast)
        if len(ids) > 1:
            return Signatories(_framed(group, ids, frame), loose=not group.noun)
    partner = _partner(scene, mention, joined)
    subject = _subject(scene, mention, usable, partner)
    parties = _framed(subject, _members(subject, cast), Rule.SUBJECT) if subject else ()
    if subject and len(parties) == 1 and not partner and (asker := _asker(scene, subject, usable)):
        parties = _each_once((*_framed(asker, _members(asker, cast), Rule.ASKER), *parties))
    if partner:
        ids = partner.every or _members(partner, cast)
        parties = _each_once((*parties, *_framed(partner, ids, Rule.PARTNER)))
    implied = bool(subject and not partner and _SPACE.sub(" ", subject.noun.lower()) in ANYONE)
    return Signatories(parties, bool(subject and subject.people), implied, not (subject and subject.noun))


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
    for match in TOGETHER.finditer(scene.text, _span(mention), mention.right):
        for group in usable:
            if group.start >= match.end():
                gap = scene.text[match.end() : group.start].strip()
                if (len(gap) < 70 and QUALIFIER.match(gap)) or (
                    group.head and group.start - match.end() < 60
                ):
                    return group
                break
    return None


def _following(scene: Scene, mention: Mention, usable: list[Group]) -> Group | None:
    """`Hiệp ước hữu nghị và hợp tác Việt Nam - Lào`."""
    for group in usable:
        if group.start >= mention.end:
            gap = scene.text[mention.end : group.start]
            plural = len(group.ids) > 1 or group.noun
            if (
                plural
                and group.start < mention.right
                and (_OF.match(gap) or (group.head and gap.strip().endswith(group.head)))
            ):
                return group
            return None
    return None


def _partner(scene: Scene, mention: Mention, joined: list[Group]) -> Group | None:
    """B of `ký … với B`."""
    start = _span(mention)
    for match in WITH.finditer(scene.text, start, min(mention.right, start + 300)):
        for group in joined:
            if group.start >= match.end():
                if group.start - match.end() < 70 and QUALIFIER.match(
                    scene.text[match.end() : group.start].strip()
                ):
                    return group
                break
    return None


def _subject(scene: Scene, mention: Mention, usable: list[Group], partner: Group | None) -> Group | None:
    """Who signs: the nearest group before the signing; a single name only where no group is."""
    trigger = mention.trigger or mention.review
    if trigger is None and partner is None:
        before = next((g for g in reversed(usable) if g.end <= mention.start), None)
        gap = scene.gap(before.end, mention.start, mention.sentence) if before else ""
        return before if before and len(gap) <= _VERB and HOLDING.search(gap) else None
    stop = trigger.start if trigger else mention.start
    single: Group | None = None
    for group in reversed(usable):
        if group.end > stop or group is partner:
            continue
        gap = scene.text[group.end : stop]
        if trigger and len(gap) < 300 and WITNESSED.search(gap):
            return None
        if len(group.ids) > 1 or group.noun:
            return group
        if group.ids and single is None:
            single = group
    return single if mention.trigger or partner else None


def _asker(scene: Scene, subject: Group, usable: list[Group]) -> Group | None:
    """A of `A đề nghị B ký …` or `A đàm phán với B để ký …`."""
    before = next((g for g in reversed(usable) if g.end <= subject.start), None)
    if before and len(before.ids) == 1:
        between = scene.text[before.end : subject.start]
        if ASK.search(between) or WITH.search(between[-8:]):
            return before
    return None
