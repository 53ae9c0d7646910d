"""Who acts in a sentence: the names that it joins into groups."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex
from msgspec import Struct, field
from msgspec.structs import replace

from kyket.agreements.capitals import is_a_city_here
from kyket.agreements.counterparts import of_one_place, of_one_state
from kyket.agreements.counts import COUNTS
from kyket.agreements.demonstratives import these
from kyket.agreements.heads import with_heads
from kyket.agreements.kinds import LEVELS, PRESS
from kyket.agreements.onlookers import hosts, onlookers
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.spelled_out import spelled_out
from kyket.agreements.twins import twinned
from kyket.agreements.vocabulary import (
    BELONGING,
    GROUP,
    JOIN,
    MAYOR,
    MEMBER,
    NAMELY,
    NUMBER,
    PLACE_ACTS,
    PLACE_BEFORE,
    QUALIFIER,
    SHARED_HEAD,
    VENUE_BEFORE,
)

_BYLINE = regex.compile(r"[)\]*]*(?:,\s*\p{N}{1,2}[/.-]\p{N}{1,2})?\s*[-–—:|]\s")
_OPENING = regex.compile(
    r"(?:^|[.;:!?*\n]\s*)(?:Ngoài|Trong|Theo|Bên\s+cạnh|Sau|Nhờ|Từ|Cùng|Với|Qua|Trước|Nhân|Dưới)"
    r"(?:\s+(?!(?:đó|này|nay|ấy|đây|ra|ngày|năm)(?!\p{L}))\p{Ll}++){0,7}\s*$"
)
_SIGNS = regex.compile(r"\s+(?:(?:đã|vừa|cũng|sẽ|thì|lại)\s+){0,2}(?:tái\s+)?ký(?!\p{L})", regex.IGNORECASE)
# `A ký với B, C ký với D`: whom A signs with.
_SIGNED_WITH = regex.compile(r"(?<!\p{L})ký(?:\s+kết)?(?:\s[^,;:()]*)?\svới\s+$", regex.IGNORECASE)
# `A và các nhà thầu là B, C`: who the others are.
_OTHERS = regex.compile(rf"(?:các|những|hai|ba|bốn|\p{{N}}+){NAMELY.pattern}", regex.IGNORECASE)
_HOUSE = regex.compile(r"(?:sân\s+bay|cảng|khách\s+sạn|bảo\s+tàng)(?!\p{L})", regex.IGNORECASE)
_REACH, _TITLE = 60, 30
# `các doanh nghiệp tại Việt Nam`, `các ngành kinh tế`: none of those named, but for `các ngành A, B`.
_CROWDS = frozenset(("doanh nghiệp", "ngành", "đoàn", "lực lượng"))
_BREAKS = tuple(",;.)")
_ASIDE = frozenset(("VENUE", "WHOSE"))


class Actor(Struct, frozen=True):
    """Somebody named in a sentence: an organisation, a place, a person or a group phrase (`noun`).

    The `head` of a phrase is the one name of all its bodies, as in `hai Bộ Quốc phòng`.
    """

    start: int
    end: int
    kind: str
    entity: str | None = None
    noun: str = ""
    count: int = 0
    head: str = ""


class Group(Struct):
    """Actors that a sentence joins, with what a shared head (`Bộ Quốc phòng hai nước`) says of them.

    The `roll` of a number (`11 nước`) is the list of so many that the article names elsewhere.
    """

    start: int
    end: int
    ids: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    noun: str = ""
    count: int = 0
    head: str = ""
    venue: bool = False
    aside: bool = False
    joined: bool = False
    people: bool = False
    mayor: bool = False
    every: tuple[str, ...] = ()
    roll: tuple[str, ...] = ()


def actors(scene: Scene, sentence: Sentence, cast: Cast) -> list[Actor]:
    """Everyone named in a sentence outside brackets, in order.

    Those of the kinds `VENUE` and `WHOSE` do not act: they tell where, whose somebody is, and who looks on.
    """
    found = []
    taken = [
        (piece.start, piece.end)
        for piece in sentence.pieces
        if piece.label in ("ORG", "PER", "LOC", "AGREEMENT")
    ]
    named = [piece for piece in sentence.pieces if piece.label in ("ORG", "PER", "LOC")]
    watching = onlookers(scene, sentence, named[-1]) if named else []
    states, spelled = spelled_out(scene, sentence, cast)
    found += [Actor(start, end, "LOC", state) for start, end, state in states]
    for piece in named:
        if piece.start in spelled:
            continue
        if piece.entity in scene.entities and not sentence.bracket(piece.start):
            assert piece.entity is not None
            entity = cast.whole(piece.entity) if piece.label == "ORG" else piece.entity
            acts = piece.label == "PER" or cast.can_sign(entity) or _beside_body(scene, sentence, piece)
            role = _role(scene, sentence, piece) if acts else "VENUE"
            if entity in cast.sources:
                continue
            if any(start <= piece.start < end for start, end in watching):
                role = "WHOSE"
            if role == "LOC" and (state := cast.acting(entity)) != entity:
                entity = entity if is_a_city_here(scene, sentence, piece, cast) else state
            found.append(Actor(piece.start, piece.end, role, entity))
    found += [Actor(start, end, "ORG", id) for start, end, id in these(scene, sentence, cast)]
    at = 0
    for match in _phrases(scene.text, sentence.start, sentence.end):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if (at == len(taken) or taken[at][0] >= match.end()) and not sentence.bracket(match.start()):
            count = COUNTS.get(" ".join(match["count"].lower().split()), 0)
            crowd = match["count"].lower() == "các" and match["noun"].lower() in _CROWDS
            if crowd and not _names(scene, match.end(), named):
                continue
            if match.start() in spelled:
                continue  # `các nước Liên minh X (gồm A, B và C)`
            head = f"Bộ {match['field'].capitalize()}" if match["field"] and count == 2 else ""
            found.append(
                Actor(match.start(), match.end(), "GROUP", noun=match["noun"], count=count, head=head)
            )
    return sorted(found, key=lambda actor: actor.start)


def _names(scene: Scene, end: int, named: list[Piece]) -> bool:
    """`các doanh nghiệp A, B`: whether bodies stand straight behind a noun for many."""
    at = bisect_left(named, end, key=lambda piece: piece.start)
    if at == len(named) or named[at].label != "ORG":
        return False
    return named[at].start - end <= len(": ") and scene.text[end : named[at].start].strip() in ("", ":")


def _phrases(text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """`hai bên`, `các trường`: numbers that count a noun."""
    for number in NUMBER.finditer(text, start, end):
        if number.start() >= start and (phrase := GROUP.match(text, number.start(), end)):
            yield phrase
            start = phrase.end()


def _beside_body(scene: Scene, sentence: Sentence, place: Piece) -> bool:
    """Whether an airport or a hotel is joined to a body: `Hãng bay A và sân bay B ký`."""
    before = next((p for p in reversed(sentence.pieces) if p.end <= place.start), None)
    return (
        before is not None
        and before.label == "ORG"
        and scene.text[before.end : place.start].strip() in ("và", "cùng", "với")
        and _HOUSE.match(scene.text, place.start, place.end) is not None
    )


def _role(scene: Scene, sentence: Sentence, piece: Piece) -> str:
    before = scene.text[max(sentence.start, piece.start - 40) : piece.start]
    if piece.label == "ORG":
        if piece.start - sentence.start < 4 and _BYLINE.match(scene.text, piece.end, piece.end + 12):
            following = next((p for p in sentence.pieces if p.start >= piece.end), None)
            page = PRESS.match(scene.text[piece.start : piece.end].lower())
            if page or following is None or following.start - piece.end > 4:
                return "VENUE"
        if MEMBER.match(before):
            return "WHOSE"
        return "VENUE" if VENUE_BEFORE.match(before) else "ORG"
    if piece.label == "LOC":
        stands = PLACE_BEFORE.match(before) and not MAYOR.match(before)
        if (stands or _only_whose(before, sentence, piece)) and not twinned(scene, sentence, piece):
            return "VENUE" if stands else "WHOSE"
        return "LOC"
    return piece.label


def _only_whose(before: str, sentence: Sentence, piece: Piece) -> bool:
    """Whether a place stands behind a noun, to tell where that is from: `học sinh Lào`, `Đại sứ Lào`."""
    word = before.rstrip()
    if not word[-1:].isalpha() or PLACE_ACTS.match(before) or SHARED_HEAD.search(before):
        return False
    return not any(
        p.label in ("AGREEMENT", "SIGNING") and 0 <= piece.start - p.end <= 1 for p in sentence.pieces
    )


def groups(scene: Scene, sentence: Sentence, cast: Cast) -> list[Group]:
    """The actors of a sentence, those that a conjunction joins in one group; for each caller its own."""
    if not (sentence.pieces or sentence.times):  # `hai bên` alone tells of nothing that was signed
        return []
    if (known := cast.groups.get(sentence.number)) is None:
        cast.groups[sentence.number] = known = _join(scene, sentence, cast)
    return [replace(group) for group in known]


def _join(scene: Scene, sentence: Sentence, cast: Cast) -> list[Group]:
    found: list[Group] = []
    current: Group | None = None
    last: Actor | None = None
    for actor in with_heads(scene, actors(scene, sentence, cast)):
        if last and current and actor.kind == "ORG" and _owner(scene, last, actor, cast):
            current.end = actor.end  # `A, thành viên của B, và C`: B is not one of them
            last = replace(last, end=actor.end)
            continue
        link = _link(scene.gap(last.end, actor.start, sentence)) if last and current else None
        if (
            current is None
            or last is None
            or link is None
            or not _add(scene, current, last, actor, link, cast)
        ):
            current = _begin(scene, sentence, actor, cast)
            found.append(current)
        current.end = actor.end
        last = actor
    holding = hosts(scene, sentence) if found else []
    for group in found:
        group.aside |= any(start <= group.start < end for start, end in holding)
        _settle(group, cast)
    return found


def _owner(scene: Scene, last: Actor, actor: Actor, cast: Cast) -> bool:
    """Whether the actor is told only as the body that the one before it belongs to."""
    gap = scene.text[last.end : actor.start]
    if last.kind == "ORG" and (
        gap.strip() == "của" or (gap.strip() == "," and _is_member(last, actor, cast))
    ):
        return True
    return last.kind in ("ORG", "LOC") and len(gap) < _REACH and bool(BELONGING.match(gap))


def _is_member(last: Actor, actor: Actor, cast: Cast) -> bool:
    """`Trường Đại học Luật, Đại học Huế`: the name of the one holds that of the other."""
    assert last.entity is not None and actor.entity is not None
    return cast.name(last.entity).endswith(f", {cast.name(actor.entity)}")


def _link(gap: str) -> str | None:
    """How two actors are joined: a conjunction, a comma, nothing but apposition, or not at all (None)."""
    if len(gap) > _REACH:
        return None
    if match := JOIN.match(gap):
        rest = match["rest"]
        if not QUALIFIER.match(rest.strip()) and not _OTHERS.fullmatch(rest):
            return None
        return "," if match["join"] in ",;" else "và"
    return "" if QUALIFIER.match(gap.strip()) else None


def _begin(scene: Scene, sentence: Sentence, actor: Actor, cast: Cast) -> Group:
    group = Group(actor.start, actor.end, noun=actor.noun, count=actor.count, head=actor.head)
    group.venue, group.aside = actor.kind == "VENUE", actor.kind in _ASIDE
    if actor.kind not in ("ORG", "PER") and (head := _shared_head(scene, sentence, actor)):
        group.head = head
    _take(scene, group, actor, cast)
    return group


def _shared_head(scene: Scene, sentence: Sentence, actor: Actor) -> str:
    """The head that is written once before an actor for all of its group; one that a name holds is not."""
    named = max((p.end for p in sentence.pieces if p.label == "ORG" and p.end <= actor.start), default=0)
    start = max(sentence.start, actor.start - 50, named)
    head = SHARED_HEAD.search(scene.text[start : actor.start])
    return " ".join(head["head"].split()) if head else ""


def _take(scene: Scene, group: Group, actor: Actor, cast: Cast) -> None:
    if actor.entity is None:
        return
    entity = actor.entity
    if actor.kind == "PER":
        employer = cast.employer(entity)
        if employer is None:
            return
        entity = employer
        group.people |= entity not in group.ids
    if actor.kind == "LOC" and entity not in group.places:
        group.places.append(entity)
        group.mayor |= _headed(scene, actor)
    if entity not in group.ids:
        group.ids.append(entity)


def _headed(scene: Scene, actor: Actor) -> bool:
    """Whether a place is named as the one whose head somebody is: `Tỉnh trưởng Attapeu`."""
    return MAYOR.match(scene.text[max(0, actor.start - _TITLE) : actor.start]) is not None


def _add(scene: Scene, group: Group, last: Actor, actor: Actor, link: str, cast: Cast) -> bool:
    """Join `actor` to the group after `last`; False where it begins a group of its own."""
    if _ASIDE & {actor.kind, last.kind} or actor.kind == "GROUP":
        return False
    if last.kind == "GROUP":
        league = actor.entity is not None and cast.is_league(actor.entity)
        if (actor.kind == "LOC" or league) and not link:
            _take(scene, group, actor, cast)
            return True
        return False
    if not link:
        if "PER" not in (last.kind, actor.kind):
            return last.kind == "ORG" and actor.kind == "LOC"
        if not group.ids or actor.kind == "ORG":
            _take(scene, group, actor, cast)
        return True
    if link == "," and last.kind == "ORG" and actor.kind == "LOC":
        # `Viện X, Hà Nội, ký`, unlike `Theo X, Lào ký`
        return scene.text.startswith(_BREAKS, actor.end) or not _opens(scene, last.start)
    if link == "," and last.kind == "LOC" and actor.kind == "ORG":
        return False
    if (
        link == ","
        and last.kind == "PER"
        and actor.kind in ("ORG", "LOC")
        and _only_comma(scene, last, actor)
    ):
        return False  # `Nhân chuyến thăm của ông A, LĐLĐ tỉnh ký …`, `Theo ông A, Lào đã ký …`
    if (
        link == ","
        and len(group.ids) == 1
        and last.kind == actor.kind == "ORG"
        and _opens(scene, last.start)
        and not scene.text.endswith("giữa ", 0, last.start)  # `Trong lễ ký giữa A, B và C, D …`
    ):
        return False
    if link == "," and group.joined and _opens(scene, group.start):
        return False  # `Theo thỏa thuận giữa A và B, C đã làm việc …`
    if link == "," and "PER" in (last.kind, actor.kind):
        if actor.kind == "ORG" or (actor.kind == "LOC" and _headed(scene, actor)):
            _take(scene, group, actor, cast)
        return True
    apart = ";" in scene.text[last.end : actor.start] or (
        link == "," and _SIGNED_WITH.search(scene.text, max(0, group.start - _REACH), group.start)
    )
    if apart and _SIGNS.match(scene.text, actor.end, actor.end + _REACH):
        return False  # `A ký với B; C ký với D`
    group.joined |= link == "và"
    _take(scene, group, actor, cast)
    return True


def _opens(scene: Scene, start: int) -> bool:
    """Whether a name stands in an adverbial that opens the sentence: `Ngoài phạm vi của A, B ký`."""
    return _OPENING.search(scene.text, max(0, start - _REACH), start) is not None


def _only_comma(scene: Scene, last: Actor, actor: Actor) -> bool:
    return scene.text[last.end : actor.start].strip() == ","


def _settle(group: Group, cast: Cast) -> None:
    """Turn group phrases, and places under a shared head, into the entities they stand for."""
    if group.head and group.places:
        shared = group.places if len(group.places) == len(group.ids) else group.places[:1]
        level = group.noun.lower() if group.noun.lower() in LEVELS else ""
        group.ids = [cast.body(group.head, id, level) if id in shared else id for id in group.ids]
    if group.joined and len(group.ids) > 1:
        group.ids = of_one_state(cast, of_one_place(cast, group.ids))
    group.every = tuple(group.ids)
    if len(group.ids) > 1 and not (group.joined or group.noun or group.head):
        del group.ids[1:]
