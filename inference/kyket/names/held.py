"""A title right before a body, a state or a region: what role it is, and in which body."""

from __future__ import annotations

import regex

from kyket.names import places
from kyket.names.abbreviations import expand
from kyket.names.bodies import mission_of
from kyket.names.mentions import Mention, next_of
from kyket.names.tails import Role
from kyket.names.titles import Title
from kyket.orthography import fold

KIND = r" (?:hãng|công ty|tập đoàn|ngân hàng|tổ chức|quỹ)"
_OF_FIRM = regex.compile(rf"[\s,]*(?:của|tại|thuộc)?(?:{KIND})?\s*")
_IN_PLACE = regex.compile(r"\s*tại\s+(?:nước|(?P<level>[Tt]hành phố|[Tt]hủ đô|TP\.?))?\s*")
_REGION = regex.compile(r"(?:châu|khu vực|Đông|Tây|Nam|Bắc|miền|Mekong|Thái Bình Dương)\b", regex.IGNORECASE)
_CENTRE = r"(?:trung uong|tu|t u|tw) dang(?!\w| uy| doan)"
_CAUCUS = regex.compile(rf"^(?:ban chap hanh )?{_CENTRE}|^ban bi thu(?:$| {_CENTRE})|dang doan|ban can su")


_UNION = "lien minh chau au"


def held_in(mentions: list[Mention], title: Title, body: Mention, *, field: bool) -> Role:
    """The role of a title right before a body, a state it speaks for, or a region that is its field."""
    following = next_of(mentions, body)
    if mission_of(title.role) == "Đại sứ quán" and fold(expand(body.name)) == _UNION:
        return Role(title.role, title.kind, body.at, _delegation(mentions, body))
    if body.label == "LOC" and following:
        mission = mission_of(title.role)
        abroad = _IN_PLACE.fullmatch(body.after) if mission and following.label != "PER" else None
        if abroad:
            seat = f"{abroad['level'] or ''} {following.name}".strip()
            return Role(title.role, title.kind, body.at, f"{mission} {body.name} tại {seat}")
        # Giám đốc dự án [châu Á] của [X]
        region = places.find(body.name) is None and _REGION.match(body.name)
        name, last = body.name, body
        if region and following.label == "LOC" and body.after.strip() in ("-", "–"):
            # Phó Chủ tịch khu vực [châu Á] - [Thái Bình Dương] của [X]
            name, last = f"{name} - {following.name}", following
            following = next_of(mentions, following) or following
        if (field or region) and following.label == "ORG" and _OF_FIRM.fullmatch(last.after):
            return Role(f"{title.role} {name}", title.kind, following.at)
        # Trưởng đại diện tại [Hà Nội] của [X]
        if following.label == "ORG" and body.after.strip() == "của":
            return Role(title.role, title.kind, following.at)
    return Role(title.role, _kind(title, body), body.at)


def _delegation(mentions: list[Mention], union: Mention) -> str:
    """What an ambassador of the European Union heads: `Phái đoàn Liên minh châu Âu tại [Việt Nam]`."""
    name, last, place = expand(union.name), union, next_of(mentions, union)
    if place and place.label == "ORG" and union.after.strip() == "(":  # its short name
        last, place = place, next_of(mentions, place)
    abroad = place and place.label == "LOC" and _IN_PLACE.fullmatch(last.after.removeprefix(")"))
    seat = f"{abroad['level'] or ''} {place.name}".strip() if place and abroad else None
    return f"Phái đoàn {name} tại {seat}" if seat else f"Phái đoàn {name}"


def _kind(title: Title, org: Mention) -> str:
    """Secretaries of the Party's Central Committee or of a caucus are members, not heads, of a body."""
    secretary = title.role.casefold().endswith("bí thư") and "tổng" not in title.role.casefold()
    return "membership" if secretary and _CAUCUS.search(fold(expand(org.name))) else title.kind
