"""Roles: which title a person has in an article, and in which body.

Read from the text between mentions, on either side of a name: apposition before it (`Chủ tịch [X] [A]`),
after it (`ông [A], Chủ tịch [B]`; `[A] - Chủ tịch [B]`; `[A] (trái), …`; `[A] là …`; `[A] giữ chức …`), lists
behind a colon (`các Phó Chủ tịch [B]: [A], [C]`). A title between two people belongs to the one it stands
closest to: with a comma on both sides, to the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import regex

from kyket.document import Entity
from kyket.names import places, titles
from kyket.names.abbreviations import expand
from kyket.names.bodies import Bodies, mission_of
from kyket.names.mentions import Mention
from kyket.names.people import is_credit, is_other_name
from kyket.names.tails import LEVEL_TAIL, Role, before_body, loose, told
from kyket.names.titles import Title
from kyket.orthography import fold

_CLAUSE_END = regex.compile(r"[;\n!?…”]|(?<!\b(?:TP|Tp|TS|GS|PGS|ThS|BS|KS|T|Mr|Ms|Mrs|St))\.(?=\s)")
_CONNECTOR = regex.compile(r"[\s,(–—-]*(?:của|tại|thuộc|kiêm|và)?[\s)–—-]*")
_OF_FIRM = regex.compile(r"[\s,]*(?:của|tại|thuộc)?(?: (?:hãng|công ty|tập đoàn|ngân hàng|tổ chức|quỹ))?\s*")
_REGION = regex.compile(r"(?:châu|khu vực|Đông|Tây|Nam|Bắc|miền|Mekong|Thái Bình Dương)\b", regex.IGNORECASE)
_TAKES = (
    "là", "làm", "giữ chức vụ", "giữ chức", "giữ cương vị", "giữ vai trò", "đảm nhiệm chức vụ",
    "trên cương vị",
    "tiếp tục giữ chức", "được bổ nhiệm giữ chức", "được bổ nhiệm làm", "được bổ nhiệm", "được bầu giữ chức",
    "được bầu làm", "được giao giữ chức", "với tư cách là", "với tư cách", "trúng cử", "tái cử", "nhận chức",
    "đắc cử", "tái đắc cử", "được bầu là", "trở thành", "giữ quyền", "thôi giữ chức", "thôi chức", "hiện là",
)  # fmt: skip
_AFTER = regex.compile(
    rf"\s*(?:\([^()]{{0,60}}\)\s*)?(?:[,–—:(-]|(?:hiện |nay |nguyên )?(?:{'|'.join(_TAKES)})(?!\p{{L}}))"
    r"[\s–—-]*(?:hiện là |hiện |đồng thời là |là )?",
    regex.IGNORECASE,
)
# What may come between a name and the role: `, 43 tuổi`, `, người Tày`, `, quê [Hà Nam]`.
_FILLER = regex.compile(
    r"\s*[,(–—-]?\s*(?:(?:khoảng|năm nay|mới|đã|hơn|gần)?\s*\d{1,3} tuổi|(?:sinh năm|SN) \d{4}"
    r"|(?:là )?(?:người|dân tộc)(?: dân tộc| gốc)?(?: \p{Lu}[\p{L}’'-]*| -){1,4})\s*(?=[,)])\)?",
)
_FROM = regex.compile(
    r"\s*[,(]\s*(?:(?:cùng )?(?:quê|quê quán|ngụ|trú|thường trú|sống|ở|người|đến từ|từ|quốc tịch)(?: ở| tại)?"
    rf"\s*)?{LEVEL_TAIL.pattern}",
    regex.IGNORECASE,
)
_PEOPLE_OF = regex.compile(r"\s+(?:người|gốc|quốc tịch)$")
_NEXT_TITLE = regex.compile(
    r"\s*(?:\)\s*)?(?:[,–—-]|kiêm|đồng thời là)\s*(?:kiêm |đồng thời là |là )?", regex.IGNORECASE
)
_OF_THE_PERSON_BEFORE = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[,(–—-]|.*(?:giữ chức|là|làm|bổ nhiệm|trúng cử|tái cử))\s*(?:vụ\s*)?",
    regex.IGNORECASE,
)
_ON_BEHALF = regex.compile(
    r"(?:ủy quyền|thay mặt|thừa lệnh|lời mời|mời|đề nghị|chỉ đạo)(?: của)?\s*$", regex.IGNORECASE
)
_SIGNED = regex.compile(r"\W*(?:đã ký|ký tên.*)\W*|(?:PGS|GS|TS|ThS)[\s.]*(?:TS)?\W*", regex.IGNORECASE)
_LIST = regex.compile(r"[\s,;]*(?:và|cùng)?[\s,]*")
_PLURAL = regex.compile(r"(?:các|hai|ba|bốn|những)(?: đồng chí| ông| bà)? *$", regex.IGNORECASE)
_CAUCUS = regex.compile(r"^(?:ban (?:bi thu|chap hanh) )?(?:trung uong|tu|t u|tw) dang$|dang doan|ban can su")
_NO_BODY = regex.compile(
    r"chủ tịch nước|thủ tướng|tổng bí thư|tổng thống|quốc vương|nhà vua|chủ tịch quốc hội|toàn quyền"
)
_PRIORITY = ("post", "occupation", "delegation", "degree", "rank", "membership")


class Reader:
    """Reads the roles of people off the text around their mentions.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
    """

    def __init__(self, mentions: list[Mention], owner: Mapping[int, Entity]) -> None:
        self.mentions = mentions
        self.bodies = Bodies(mentions, owner)
        self._shared: dict[int, Role] = {}

    def of(self, members: list[int]) -> Role | None:
        """The first named role of the person with these mentions: a post before anything weaker."""
        found = [role for at in members for role in self.at(self.mentions[at])]
        for kind in _PRIORITY:
            of_kind = [role for role in found if role.kind == kind]
            if of_kind:
                return self._with_body(of_kind, members)
        return None

    def at(self, m: Mention) -> list[Role]:
        """The roles that one mention is given, in the order of the text."""
        if is_credit(m):
            return self._signed(m)
        before, weak = self._before(m)
        if before and before.organization is None and before.body is None:
            before = replace(before, organization=self._beside(m, ("(", "của", "thuộc", "ở")))
        roles = [before] if before else []
        if not before or before.kind != "post":
            roles += self._after(m)
        if weak:
            title = titles.at_start(weak)
            beside = self._beside(m, ("(", "của", ",", "-", "–"))
            roles.append(Role(title.role, title.kind, beside) if title else Role(weak, "degree", beside))
        return roles

    def _signed(self, m: Mention) -> list[Role]:
        """The role of a name alone on its line under a title alone on its own, as in a notice."""
        lines = [line.strip(" _#.:") for line in m.before.splitlines()]
        lines = [line for line in lines if line and not _SIGNED.fullmatch(line)]
        previous = self._previous(m)
        if not lines:
            title = titles.find(previous.before) if previous and previous.label == "ORG" else []
            if (
                previous
                and title
                and not previous.before[title[-1].end :].strip()
                and previous.before[title[-1].start :].isupper()
            ):
                return [Role(title[-1].role, title[-1].kind, previous.at)]
            return []
        title = titles.find(lines[-1])
        if (
            len(title) == 1
            and title[0].kind == "post"
            and title[0].start == 0
            and title[0].end == len(lines[-1])
        ):
            return [Role(title[0].role, title[0].kind)]
        return []

    def _beside(self, m: Mention, joints: tuple[str, ...]) -> int | None:
        """The organisation right after a name, where only one of `joints` stands between."""
        following = self._next(m)
        fits = following and following.label == "ORG" and m.after.strip() in joints
        return following.at if following and fits else None

    def _next(self, m: Mention) -> Mention | None:
        return self.mentions[m.at + 1] if m.last else None

    def _previous(self, m: Mention) -> Mention | None:
        return self.mentions[m.at - 1] if m.first else None

    # Before the name

    def _before(self, m: Mention) -> tuple[Role | None, str | None]:
        text, whole = _clause(m)
        text, weak = titles.strip_lead(text)
        previous = self._previous(m) if whole else None
        if not text.strip(" ,(-–") and previous and previous.label == "PER" and previous.at in self._shared:
            self._shared[m.at] = self._shared[previous.at]
            return self._shared[m.at], weak
        if previous and previous.label == "PER" and previous.at in self._shared and _LIST.fullmatch(text):
            self._shared[m.at] = self._shared[previous.at]
            return self._shared[m.at], weak
        role = self._direct(m, text, whole)
        if role is None and previous and previous.label == "LOC" and not text.strip():
            # `Trung vệ người [Ghana] [A]`: where somebody is from stands between the title and the name
            lead, nothing_cut = _clause(previous)
            if match := _PEOPLE_OF.search(lead):
                role = self._direct(previous, lead[: match.start()], nothing_cut)
        if role is None and previous and previous.label != "PER" and not text.strip(" ,:)–-"):
            role = self._behind(previous, apart="," in text or "–" in text, colon=":" in text)
            if role and (":" in text or self._plural(role, previous)):
                self._shared[m.at] = role
        return role, weak

    def _plural(self, role: Role, org: Mention) -> bool:
        found = titles.find(org.before)
        return bool(found and _plural_at(org.before, found[-1]))

    def _direct(self, m: Mention, text: str, whole: bool) -> Role | None:
        """A title right before the name: `Bộ trưởng A`, `Bộ trưởng Ngoại giao A`, `Giám đốc hợp tác xã A`."""
        colon, trailing_comma = text.endswith(":"), text.endswith(",")
        text = text.rstrip(" :,")
        found = titles.find(text)
        if not found:
            return None
        title, tail = found[-1], text[found[-1].end :]
        role = told(title, tail)
        if role is None:
            return None
        previous = self._previous(m) if whole else None
        lead = text[: title.start]
        if (
            previous
            and previous.label != "PER"
            and lead.strip() in (",", "kiêm", "-", "–")
            and title.kind in ("post", "delegation")
        ):
            earlier = self._behind(previous, apart=True)
            if earlier and earlier.kind == "post":
                return earlier
        if trailing_comma and ((previous and previous.label == "PER") or _ON_BEHALF.search(lead)):
            return None
        if colon or _plural_at(text, title):
            self._shared[m.at] = role
        return role

    def _behind(self, org: Mention, apart: bool, colon: bool = False, depth: int = 0) -> Role | None:
        """The title before the chain of organisations and places that ends with `org`.

        Args:
            org: The last mention of the chain.
            apart: Whether a comma parts the chain from the name: then a person before the title owns it.
            colon: Whether a list follows.
            depth: How many bodies were passed already.
        """
        text, whole = _clause(org)
        previous = self._previous(org) if whole else None
        title = titles.split_before(text, expand(org.name))
        body, wide = None, False
        if title is None and (found := titles.find(text)):
            last, tail = found[-1], text[found[-1].end :]
            minister = told(last, tail) if org.label == "LOC" else None
            if minister and minister.body:
                title, body = last, f"{minister.body} {org.name}"
            elif title := before_body(last, tail):
                wide = title.role != last.role
                if (
                    len(found) > 1
                    and found[-2].kind == last.kind == "post"
                    and text[found[-2].end : last.start].strip() == ","
                ):
                    title = Title(f"{found[-2].role}, {title.role}", "post", found[-2].start, title.end)
            elif role := told(last, tail):
                title, body = last, role.body and f"{role.body} {org.name}"
        if title is not None:
            lead = text[: title.start]
            parted = bool(_OF_THE_PERSON_BEFORE.fullmatch(lead))
            if previous and previous.label == "PER" and parted and apart and not colon:
                return None
            if apart and _ON_BEHALF.search(lead):
                return None
            if (
                previous
                and previous.label != "PER"
                and lead.strip() in (",", "kiêm", "-", "–")
                and title.kind == "post"
                and depth < 4
            ):
                earlier = self._behind(previous, apart, depth=depth + 1)
                if earlier and earlier.kind == "post":
                    return earlier
            return Role(title.role, title.kind, org.at, body) if body else self._of(title, org, field=wide)
        if previous and previous.label != "PER" and depth < 4 and _CONNECTOR.fullmatch(text):
            return self._behind(previous, apart, colon, depth + 1)
        return None

    # After the name

    def _after(self, m: Mention) -> list[Role]:
        roles: list[Role] = []
        at, position = self._past_fillers(m)
        text = at.after
        lead = _AFTER.match(text, position)
        if not lead:
            return roles
        position = lead.end()
        for _ in range(6):
            following = self._next(at)
            end = _CLAUSE_END.search(text, position)
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
            tail = text[position + title.end : limit]
            if not end and following and following.label == "PER" and told(title, titles.strip_lead(tail)[0]):
                break
            known = None if end else told(title, tail)
            if following and following.label == "LOC" and known and known.body:
                roles.append(Role(title.role, title.kind, following.at, f"{known.body} {following.name}"))
                break
            if not end and following and (wide := before_body(title, tail)):
                if following.label == "PER" or self._owned_by_next(following):
                    break
                role = self._of(wide, following, field=wide.role != title.role)
                roles.append(role)
                at = self.mentions[role.organization or following.at]
                text, position = at.after, 0
            else:
                role, width = loose(title, tail)
                roles.append(role)
                position += title.end + width
                if not tail[width:].startswith(","):
                    break
            step = _NEXT_TITLE.match(text, position)
            if not step:
                break
            position = step.end()
        return _joined(roles)

    def _of(self, title: Title, body: Mention, *, field: bool) -> Role:
        """The role of a title right before a body, a state it speaks for, or a region that is its field."""
        following = self._next(body)
        if body.label == "LOC" and following:
            mission = mission_of(title.role)
            if mission and following.label == "LOC" and body.after.strip() == "tại":
                return Role(title.role, title.kind, body.at, f"{mission} {body.name} tại {following.name}")
            # Giám đốc dự án [châu Á] của [X]
            region = places.find(body.name) is None and _REGION.match(body.name)
            if (field or region) and following.label == "ORG" and _OF_FIRM.fullmatch(body.after):
                return Role(f"{title.role} {body.name}", title.kind, following.at)
        return Role(title.role, _kind(title, body), body.at)

    def _past_fillers(self, m: Mention) -> tuple[Mention, int]:
        """Where the role may begin after a name: past the age, the people and the place that come first."""
        at, position = m, 0
        for _ in range(6):
            following = self._next(at)
            if match := _FILLER.match(at.after, position):
                position = match.end()
            elif following and (
                is_other_name(at, following)
                or (
                    following.label == "LOC"
                    and _FROM.fullmatch(at.after, position)
                    and following.after.lstrip()[:1] in (",", ")", "(")
                )
            ):
                at, position = following, len(following.after) - len(following.after.lstrip(" )"))
            else:
                break
        return at, position

    def _owned_by_next(self, org: Mention) -> bool:
        following = self._next(org)
        return bool(following and following.label == "PER" and not titles.strip_lead(org.after)[0].strip())

    # Bodies that the title leaves open

    def _with_body(self, roles: list[Role], members: list[int]) -> Role:
        first = roles[0]
        if first.body:
            return first
        if first.organization is not None:
            named = self.mentions[first.organization]
            body = self.bodies.acting_for(first.role, named) if named.label == "LOC" else None
            return first if body is None else replace(first, organization=body)
        for role in roles[1:]:
            if role.role.casefold() == first.role.casefold() and (role.organization is not None or role.body):
                return Role(first.role, first.kind, role.organization, role.body)
        holder = self.mentions[members[0]]
        if first.kind == "occupation":
            return Role(first.role, first.kind, self.bodies.workplace(holder, first.role))
        if first.kind not in ("post", "delegation") or _NO_BODY.search(first.role.lower()):
            return first
        near = self.bodies.nearest(holder, first.role, first.noun)
        if near is not None and self.mentions[near].label == "LOC":
            acting = self.bodies.acting_for(first.role, self.mentions[near])
            near = near if acting is None else acting
        return Role(first.role, first.kind, near)


def _plural_at(text: str, title: Title) -> bool:
    """Whether a title is said of several: `các Phó Tỉnh trưởng`."""
    return bool(_PLURAL.search(text[: title.start + len("các")].rstrip()[-12:]))


def _clause(m: Mention) -> tuple[str, bool]:
    """The text before a mention back to the last end of a clause, and whether none lay between."""
    cut = 0
    for match in _CLAUSE_END.finditer(m.before):
        cut = match.end()
    return " ".join(m.before[cut:].split()), cut == 0


def _joined(roles: list[Role]) -> list[Role]:
    """`bí thư, đô trưởng [X]`: posts listed without a body before one that has it are one role."""
    for i, (left, right) in enumerate(pairwise(roles)):
        if left.kind == right.kind == "post" and left.organization is None and right.organization is not None:
            return [
                *roles[:i],
                Role(f"{left.role}, {right.role}", "post", right.organization),
                *roles[i + 2 :],
            ]
    return roles


def _kind(title: Title, org: Mention) -> str:
    """Secretaries of the Party's Central Committee or of a caucus are members, not heads, of a body."""
    return "membership" if title.role.endswith("Bí thư") and _CAUCUS.search(fold(org.name)) else title.kind
