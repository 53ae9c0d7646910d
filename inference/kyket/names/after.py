"""Titles after a name: `[A], Chủ tịch [X]`; `[A] (trái), …`; `[A] là …`; `[A] được bổ nhiệm làm …`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import regex

from kyket.alternatives import any_of
from kyket.document import Entity
from kyket.names import asides, tables, titles
from kyket.names.abbreviations import expand
from kyket.names.clauses import CLAUSE_END
from kyket.names.held import held_in
from kyket.names.mentions import Mention, next_of
from kyket.names.offices import joined
from kyket.names.seats import APPOSED
from kyket.names.tails import Role, before_body, expert, loose, of_state, side_of, told
from kyket.names.titles import Title

_TAKES = (
    "là", "làm", "giữ chức vụ", "giữ chức", "giữ cương vị", "giữ vai trò", "đảm nhiệm chức vụ",
    "trên cương vị", "với tư cách là", "với tư cách", "giữ quyền", "thôi giữ chức", "thôi chức", "hiện là",
)  # fmt: skip
_GIVEN = (
    "tiếp tục giữ chức", "được bổ nhiệm giữ chức", "được bổ nhiệm làm", "được bổ nhiệm", "được bầu giữ chức",
    "được bầu làm", "được giao giữ chức", "trúng cử", "tái cử", "nhận chức", "đắc cử", "tái đắc cử",
    "được bầu là", "trở thành", "mới được bầu làm", "vừa được bầu làm", "về làm", "về giữ chức",
    "để đảm nhiệm chức",
)  # fmt: skip
_AFTER = regex.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:[,–—:(-]|(?:hiện |nay |nguyên )?"
    rf"(?:{'|'.join([*_TAKES, *_GIVEN])})(?!\p{{L}}))[\s–—-]*"
    r"(?:(?:hiện|nay|đồng thời)(?: đang)?(?: là| làm)? |là (?:một )?|người (?=phụ trách|phiên dịch)"
    rf"|{titles.WHEN}(?: đang)? (?:là|làm|giữ chức) )?",
    regex.IGNORECASE,
)
# Posts that somebody is given: between the name, or the post before, and the new one.
_NEW = regex.compile(
    rf"[^;.!?\n]{{0,60}}?(?:{any_of([*_GIVEN, 'bổ nhiệm làm', 'bầu làm'])}|(?<!thôi )giữ chức(?: vụ)?)"
    r"(?: là)?\s+",
    regex.IGNORECASE,
)
_GIVES = regex.compile(r"\s*(?:chỉ định|bổ nhiệm|đề cử|đề bạt|cử|chọn|giao|bầu)(?!\p{L})", regex.IGNORECASE)
_NEXT_TITLE = regex.compile(
    r"\s*(?:\)\s*)?(?:[,–—-]|kiêm|đồng thời là|và(?: đồng thời)?(?= là )|(?=nay là ))\s*"
    r"(?:kiêm |(?:hiện|nay|đồng thời)(?: đang)?(?: là| làm)? |là )?",
    regex.IGNORECASE,
)
# What somebody was, before what he is: `[A], trước đây là Phó Giám đốc [X], nay là Giám đốc [Y]`.
_ONCE = regex.compile(
    r"\s*[,(–—-]?\s*(?:trước (?:đây|đó|kia)|trước|vốn|từng)(?: là| làm| giữ chức)(?!\p{L})", regex.IGNORECASE
)
_NOW = regex.compile(r"(?<!\p{L})(?:hiện nay|hiện|nay)(?: đang)? (?:là|làm|giữ chức(?: vụ)?)\s+")
_GAP = regex.compile(r"\s+")
# A chair, which is no mere degree: `[A], giáo sư luật quốc tế tại [X]`; its field holds no verb.
_CHAIR = regex.compile(r"\s*[,(–—-]\s*(?:là )?([Gg]iáo sư((?: \p{Ll}+){1,6}?))(?: (?:tại|của|ở|thuộc))?\s*")
# Behind an office: another of the same person before one body, which is that of both.
_SECOND = regex.compile(r"(?:(?P<own>kiêm)|và|&) (?P<office>\p{L}+(?: \p{L}+){0,5}?)(?: (?P<of>của))?")
_DOES = regex.compile(r"quản lý|cố vấn|trợ lý|thành viên", regex.IGNORECASE)  # `[A] quản lý [X]`: verbs
_AND = " và "
_FORMER = 3  # bodies of former offices
_MISSION = regex.compile(r"(?:đại sứ|(?:tổng )?lãnh sự) quán\b", regex.IGNORECASE)


class TitlesAfter:
    """Reads the titles that stand after names.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
    """

    def __init__(self, mentions: list[Mention], owner: Mapping[int, Entity]) -> None:
        self.mentions = mentions
        self.owner = owner

    def of(self, m: Mention) -> list[Role]:
        """The roles that the text after `m` gives, in order, a new post last."""
        roles: list[Role] = []
        at, position = asides.past(self.mentions, m)
        if _ONCE.match(at.after, position):
            at, position = self._now(at)
        text, following = at.after, next_of(self.mentions, at)
        if following and following.label == "ORG" and (chair := _chair(text, position)):
            return [Role(chair, "occupation", following.at)]
        lead = asides.IN_BRACKET.match(text, position)
        if not lead or not titles.at_start(text[lead.end() :]):
            lead = (
                _AFTER.match(text, position)
                or _NOW.match(text, position)
                or self._without_comma(at, position)
            )
        if not lead:
            given = self.given(at, position)
            return [given] if given else roles
        new = bool(_NEW.fullmatch(lead.group()))
        position = lead.end()
        for _ in range(6):
            following = next_of(self.mentions, at)
            end = CLAUSE_END.search(text, position)
            limit = end.start() if end else len(text)
            title = titles.at_start(text[position:limit])
            if title is None and following and limit == len(text):
                title = (
                    titles.split_before(text[position:], expand(following.name))
                    if len(text) - position < 28
                    else None
                )
                if title and title.start:
                    title = None
            if title is None:
                break
            if not end and following and following.label != "PER":
                title = _both(title, text[position + title.end :], following)
            tail = text[position + title.end : limit]
            if not end and following and following.label == "PER" and told(title, titles.strip_lead(tail)[0]):
                break
            if (
                not end
                and following
                and (known := expert(title, tail, following, next_of(self.mentions, following)))
            ):
                roles.append(known)
                break
            official = None if end or not following else of_state(title, tail, following)
            if official:
                roles.append(official)
                break
            if not end and following and (wide := before_body(title, tail, following)):
                if following.label == "PER" or self._owned_by_next(following):
                    break
                role = held_in(self.mentions, wide, following, field=wide.role != title.role)
                roles.append(role)
                at = self.mentions[role.organization or following.at]
                text, position = at.after, 0
            else:
                # `do A làm Chủ tịch lập đường dây nóng`: what follows is the next verb
                role, width = loose(title, tail, apart=lead.group().strip() != "làm")
                if not end and following and (side := side_of(tail, following, self.owner[following.at])):
                    role = replace(role, side=side)
                rest = tail[width:].strip()
                near = None if end or role.body or not following or following.label != "ORG" else following
                apposed = near and (APPOSED.match(near.after) or _MISSION.match(near.name))
                if near and (
                    (width and not rest) or (rest == "," and apposed and not role.noun) or _is_second(rest)
                ):
                    role = replace(role, organization=near.at)  # tổ trưởng tổ xe [X]; phóng viên, [X],
                roles.append(role)
                position += title.end + width
                if not tail[width:].startswith(","):
                    break
            step = _NEXT_TITLE.match(text, position)
            if not step:
                break
            position = step.end()
        if roles and new:
            roles[0] = replace(roles[0], new=True)
        elif roles and (given := self.given(at, position)):
            return [*joined(roles), given]
        return joined(roles)

    def given(self, at: Mention, position: int = 0) -> Role | None:
        """A post that the person is given further on: `[A], Phó Giám đốc [X], giữ chức Giám đốc [Y]`."""
        lead = asides.NOW.match(at.after, position)
        if lead is None and not _GIVES.match(at.after, position):
            lead = _NEW.match(at.after, position)
        title = titles.at_start(at.after[lead.end() :]) if lead else None
        following = next_of(self.mentions, at)
        if lead and title is None and following and following.label == "ORG":
            title = titles.split_before(at.after[lead.end() :], expand(following.name))
            title = title if title and not title.start else None
        if not lead or not title or title.kind != "post":
            return None
        tail = at.after[lead.end() + title.end :]
        if following and following.label != "PER" and (wide := before_body(title, tail, following)):
            return replace(held_in(self.mentions, wide, following, field=wide.role != title.role), new=True)
        role, _ = loose(title, tail[: end.start()] if (end := CLAUSE_END.search(tail)) else tail)
        return replace(role, new=True)

    def _now(self, m: Mention) -> tuple[Mention, int]:
        """Where `nay là` stands behind a name that is first told by a former office; else at the name."""
        at = m
        for _ in range(_FORMER):
            if match := _NOW.search(at.after):
                return at, match.start()
            following = next_of(self.mentions, at)
            if following is None or following.label == "PER" or CLAUSE_END.search(at.after):
                break
            at = following
        return m, 0

    def _without_comma(self, at: Mention, position: int) -> regex.Match[str] | None:
        """The gap in `ông [A] Phó Chủ tịch [X] cho biết`, where the comma before the post was left out."""
        gap, following = _GAP.match(at.after, position), next_of(self.mentions, at)
        title = titles.at_start(at.after[gap.end() :]) if gap else None
        if not gap or not title or not following or following.label != "ORG" or _DOES.fullmatch(title.role):
            return None
        if titles.strip_lead(at.before)[0] == at.before.rstrip():
            return None  # `Ảnh: [A] Chủ tịch [X] phát biểu`: who is called ông or bà is no photographer
        tail = at.after[gap.end() + title.end :]
        held = title.kind in ("post", "past") or title.role.startswith("nguyên ")
        return gap if held and before_body(title, tail, following) else None

    def _owned_by_next(self, org: Mention) -> bool:
        following = next_of(self.mentions, org)
        return bool(following and following.label == "PER" and not titles.strip_lead(org.after)[0].strip())


def _chair(text: str, position: int) -> str | None:
    """The chair that stands between a name and a body: not `giáo sư từng học tại`."""
    found = _CHAIR.fullmatch(text, position)
    if found is None:
        return None
    words = found[2].split()
    pairs = {" ".join(pair) for pair in pairwise(words)}
    together = {word for pair in pairs & tables.fields("pair") for word in pair.split()}
    return None if ({*words, *pairs} - together) & tables.fields("stop") else found[1]


def _is_second(text: str) -> bool:
    """`[A], nhà sáng lập` + `và tư vấn chiến lược` + [X]: both are of X; not so `và đại diện` + [X]."""
    second = _SECOND.fullmatch(text)
    if second is None or set(second["office"].split()) & tables.fields("stop"):
        return False
    title = titles.at_start(second["office"])
    return bool(second["own"] or second["of"] or (title and title.kind in ("post", "occupation")))


def _both(title: Title, tail: str, body: Mention) -> Title:
    """`nhà sáng lập và cố vấn của [X]`: two offices of one body; else `title` alone."""
    second = titles.at_start(tail.removeprefix(_AND)) if tail.startswith(_AND) else None
    if (
        second is None
        or not title.kind == second.kind == "post"  # `[A], Giám đốc và kỹ sư [X]`: he and they
        or second.role.startswith("Phó ")  # `[A], Chủ tịch và Phó Chủ tịch [X]` is of two people
        or not before_body(second, tail[len(_AND) + second.end :], body)
    ):
        return title
    return replace(title, role=f"{title.role} và {second.role}", end=title.end + len(_AND) + second.end)
