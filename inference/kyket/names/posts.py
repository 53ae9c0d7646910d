"""Posts of one person in a row, which are in one place: `Bí thư [Tỉnh ủy], Chủ tịch [HĐND tỉnh Mẫu]`."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from kyket.names import titles
from kyket.names.mentions import Mention, next_of
from kyket.names.organizations import OrgName

# The level of the place that a party committee or the head of a government is of.
_LEVEL_OF_COMMITTEE = {
    "tỉnh ủy": "tỉnh", "tỉnh đoàn": "tỉnh", "thành ủy": "thành phố", "thành đoàn": "thành phố",
    "huyện ủy": "huyện", "huyện đoàn": "huyện", "quận ủy": "quận", "quận đoàn": "quận", "thị ủy": "thị xã",
    "thị đoàn": "thị xã",
}  # fmt: skip
_LEVEL_OF_HEAD = {"tỉnh trưởng": "tỉnh", "đô trưởng": "thành phố", "huyện trưởng": "huyện"}
_NEXT_POST = regex.compile(r"\s*[,–-]\s*(?=\p{Lu})")
_POSTS = 3  # of one person, one after the other


def committees_by_posts(mentions: list[Mention], parsed: Mapping[int, OrgName]) -> dict[int, str]:
    """The places of party committees that a post behind tells, by the mention.

    Args:
        mentions: All mentions of the article, in order.
        parsed: The names of those of organisations.
    """
    places = {}
    for m in mentions:
        level = _LEVEL_OF_COMMITTEE.get(m.name.lower()) if m.label == "ORG" else None
        if level and titles.at_end(m.before) and (place := _place_of_next_post(mentions, parsed, m, level)):
            places[m.at] = place
    return places


def _place_of_next_post(
    mentions: list[Mention], parsed: Mapping[int, OrgName], m: Mention, level: str
) -> str | None:
    for _ in range(_POSTS):
        following = next_of(mentions, m)
        lead = _NEXT_POST.match(m.after)
        title = titles.at_start(m.after[lead.end() :]) if lead else None
        if following is None or following.label == "PER" or lead is None or title is None:
            return None
        between = m.after[lead.end() + title.end :].strip().lower()
        if following.label == "LOC":
            return following.name if _level_of_post(title.role, between) == level else None
        name = parsed[following.at]
        if between or name.level != level:
            return None
        if name.place:
            return name.place
        m = following
    return None


def _level_of_post(role: str, between: str) -> str | None:
    """The level of the place behind a post: `Tỉnh trưởng [Mẫu]`, `Chủ tịch tỉnh [Mẫu]`."""
    if between:
        return "thành phố" if between == "thủ đô" else between
    return next((level for head, level in _LEVEL_OF_HEAD.items() if head in role.lower()), None)
