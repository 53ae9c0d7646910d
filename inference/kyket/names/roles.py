"""Roles: which title a person has in an article, and in which body.

Read from the text between mentions, on either side of a name: apposition before it (`Chủ tịch [X] [A]`),
after it (`ông [A], Chủ tịch [B]`; `[A] - Chủ tịch [B]`; `[A] (trái), …`; `[A] là …`; `[A] giữ chức …`), lists
behind a colon (`các Phó Chủ tịch [B]: [A], [C]`). A title between two people belongs to the one it stands
closest to: with a comma on both sides, to the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import regex

from kyket.document import Entity
from kyket.names import asides, notices, places, titles
from kyket.names.abbreviations import expand
from kyket.names.bodies import Bodies, mission_of
from kyket.names.counterparts import Counterparts
from kyket.names.mentions import Mention, next_of, previous_of
from kyket.names.offices import ON_BEHALF, aide, joined, listed, together
from kyket.names.people import is_credit, is_vietnamese
from kyket.names.seats import APPOSED, Seats
from kyket.names.tails import (
    IN_CHARGE,
    Role,
    before_body,
    expert,
    loose,
    of_state,
    rest_of_name,
    side_of,
    told,
)
from kyket.names.titles import Title
from kyket.orthography import fold

_CLAUSE_END = regex.compile(r"[;\n!?…”]|(?<!\b(?:TP|Tp|TS|GS|PGS|ThS|BS|KS|T|Mr|Ms|Mrs|St))\.(?=\s)")
_CONNECTOR = regex.compile(r"[\s,(–—-]*(?:của|tại|thuộc|kiêm|và)?[\s)–—-]*")
_KIND = r" (?:hãng|công ty|tập đoàn|ngân hàng|tổ chức|quỹ)"
_OF_FIRM = regex.compile(rf"[\s,]*(?:của|tại|thuộc)?(?:{_KIND})?\s*")
_OF_KIND = regex.compile(rf"(?<=^(?:của|thuộc)){_KIND}$")
_IN_PLACE = regex.compile(r"\s*tại\s+(?:nước|(?P<level>[Tt]hành phố|[Tt]hủ đô|TP\.?))?\s*")
_REGION = regex.compile(r"(?:châu|khu vực|Đông|Tây|Nam|Bắc|miền|Mekong|Thái Bình Dương)\b", regex.IGNORECASE)
_TAKES = (
    "là", "làm", "giữ chức vụ", "giữ chức", "giữ cương vị", "giữ vai trò", "đảm nhiệm chức vụ",
    "trên cương vị", "với tư cách là", "với tư cách", "giữ quyền", "thôi giữ chức", "thôi chức", "hiện là",
)  # fmt: skip
_GIVEN = (
    "tiếp tục giữ chức", "được bổ nhiệm giữ chức", "được bổ nhiệm làm", "được bổ nhiệm", "được bầu giữ chức",
    "được bầu làm", "được giao giữ chức", "trúng cử", "tái cử", "nhận chức", "đắc cử", "tái đắc cử",
    "được bầu là", "trở thành", "mới được bầu làm", "vừa được bầu làm",
)  # fmt: skip
_AFTER = regex.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:[,–—:(-]|(?:hiện |nay |nguyên )?"
    rf"(?:{'|'.join([*_TAKES, *_GIVEN])})(?!\p{{L}}))[\s–—-]*"
    r"(?:(?:hiện|nay|đồng thời)(?: đang)?(?: là| làm)? |là (?:một )?|người (?=phụ trách|phiên dịch))?",
    regex.IGNORECASE,
)
# Posts that somebody is given: between the name, or the post before, and the new one.
_NEW = regex.compile(
    rf"[^;.!?\n]{{0,60}}?(?:{'|'.join(_GIVEN)}|(?<!thôi )giữ chức(?: vụ)?|bổ nhiệm làm|bầu làm)(?: là)?\s+",
    regex.IGNORECASE,
)
_GIVES = regex.compile(r"\s*(?:chỉ định|bổ nhiệm|đề cử|đề bạt|cử|chọn|giao|bầu)(?!\p{L})", regex.IGNORECASE)
_PEOPLE_OF = regex.compile(r"\s+(?:người|gốc|quốc tịch)$")
_NEXT_TITLE = regex.compile(
    r"\s*(?:\)\s*)?(?:[,–—-]|kiêm|đồng thời là)\s*"
    r"(?:kiêm |(?:hiện|nay|đồng thời)(?: đang)?(?: là| làm)? |là )?",
    regex.IGNORECASE,
)
_OF_THE_PERSON_BEFORE = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[,(–—-]|.*(?:giữ chức|là|làm|bổ nhiệm|trúng cử|tái cử))\s*(?:vụ\s*)?",
    regex.IGNORECASE,
)
_LIST = regex.compile(r"[\s,;]*(?:và|cùng)?[\s,]*")
# Behind a name that a colon opens a sentence with: `Giám đốc [X]: Ông [A] sẽ nghỉ`.
_SAID = regex.compile(
    r"\s(?:sẽ|đã|đang|phải|cần|không|chưa|chẳng|muốn|nên|có|từng|rất|vẫn|bị|vừa|mới|cũng|chỉ|luôn)(?!\p{L})"
)
_PLURAL = regex.compile(r"(?:các|hai|ba|bốn|những)(?: đồng chí| ông| bà)? *$", regex.IGNORECASE)
_CAUCUS = regex.compile(r"^(?:ban (?:bi thu|chap hanh) )?(?:trung uong|tu|t u|tw) dang$|dang doan|ban can su")
_PRIORITY = ("post", "past", "occupation", "delegation", "membership", "degree", "rank", "former")
_MISSION = regex.compile(r"(?:đại sứ|(?:tổng )?lãnh sự) quán\b", regex.IGNORECASE)
_TAKEN = Role("", "taken")  # of a chain of posts that stands behind another person
# Kinds that are no role: only the organisation beside them counts.
_NO_ROLE = ("degree", "rank", "former")


class Reader:
    """Reads the roles of people off the text around their mentions.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
    """

    def __init__(self, mentions: list[Mention], owner: Mapping[int, Entity]) -> None:
        self.mentions = mentions
        self.owner = owner
        self.seats = Seats(Bodies(mentions, owner))
        self._shared: dict[int, Role] = {}
        self._counterparts = Counterparts(mentions, owner, self.of)

    def of(self, members: list[int]) -> Role | None:
        """The first named role of the person with these mentions: a post before anything weaker.

        Where only a rank, a degree or an organisation is named, the role is empty.
        """
        found = [role for at in members for role in self.at(self.mentions[at])]
        found.sort(key=lambda role: (not role.new, self._of_committee(role)))
        for kind in _PRIORITY:
            of_kind = [role for role in found if role.kind == kind]
            if of_kind and kind not in _NO_ROLE:
                return self.seats.of(of_kind, members)
        weak = (role.organization for role in found if role.organization is not None)
        beside = (home for at in members if (home := self.seats.home(self.mentions[at])) is not None)
        home = next(weak, None)
        home = next(beside, None) if home is None else home
        return None if home is None else Role("", "degree", home)

    def _of_committee(self, role: Role) -> bool:
        """`Bí thư [Đảng ủy], Giám đốc [X]`: the body is named by the other office."""
        at = role.organization
        return at is not None and role.body is None and fold(self.mentions[at].name) == "dang uy"

    def at(self, m: Mention) -> list[Role]:
        """The roles that one mention is given, in the order of the text."""
        if is_credit(m):
            return notices.signed(self.mentions, m)
        if counterpart := self._counterparts.role(m):
            return [counterpart]
        before, weak = self._before(m)
        if before and before.organization is None and before.body is None:
            beside = self._beside(m, ("(", "của", "thuộc", "ở", "từ", "đến từ"))
            if beside is None and before.kind in ("occupation", "post") and m.after.strip() == ",":
                following = next_of(self.mentions, m)
                apposed = following and following.label == "ORG" and APPOSED.match(following.after)
                fits = following and self.seats.bodies.goes_with(before.role, following.at)
                beside = following.at if following and apposed and fits else None
            before = replace(before, organization=beside)
        roles = [before] if before else []
        if not before or before.kind != "post":
            roles += self._after(m)
        elif given := self._given(m, 0):
            roles.append(given)
        if weak:
            title = titles.at_start(weak)
            beside = self._beside(m, ("(", "của", ",", "-", "–"))
            roles.append(Role(title.role, title.kind, beside) if title else Role(weak, "degree", beside))
        return roles

    def _beside(self, m: Mention, joints: tuple[str, ...]) -> int | None:
        """The organisation right after a name, where only one of `joints` stands between."""
        following = next_of(self.mentions, m)
        joint = _OF_KIND.sub("", m.after.strip())
        fits = following and following.label == "ORG" and joint in joints
        return following.at if following and fits else None

    # Before the name

    def _before(self, m: Mention) -> tuple[Role | None, str | None]:
        text, whole = _clause(m)
        bare = text.rstrip()
        text, weak = titles.strip_lead(text)
        if text.endswith(":") and bare[len(text) :].lstrip()[:1].isupper() and _SAID.match(m.after):
            return None, weak
        previous = previous_of(self.mentions, m) if whole else None
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
        if (
            role is None
            and previous
            and previous.label == "ORG"
            and (rest := rest_of_name(previous.name, text))
        ):
            # Chủ tịch [Ủy ban] Hội nghị Ví Dụ [A]: a name that was marked in part
            role = self._behind(previous, apart=False)
            role = role and replace(role, body=f"{previous.name} {rest}")
        if role is None and previous and previous.label == "ORG" and IN_CHARGE.fullmatch(text):
            role = None if titles.find(text) else self._behind(previous, apart=False)
            role = role and replace(role, role=f"{role.role} {text}")
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
        if (
            len(found) > 1
            and found[-1].role == "Vua"
            and text[found[-2].end :].lower().strip() == ", vua"
            and is_vietnamese(m.name)
        ):
            found.pop()  # `nhà sưu tầm, Vua [A]`: what somebody is called, Vietnam has no king
            text = text[: found[-1].end]
        title, tail = found[-1], text[found[-1].end :]
        role = told(title, tail)
        if role is None:
            return None
        named_for = text[: title.start].rstrip()[-1:].isalpha() and not _plural_at(text, title)
        if (colon or trailing_comma) and title.kind in ("occupation", "membership") and named_for:
            return None  # `Ở bàn tư vấn, [A]`, `trao đổi cán bộ: [A]`
        previous = previous_of(self.mentions, m) if whole else None
        lead = text[: title.start]
        if (
            previous
            and previous.label != "PER"
            and lead.strip() in (",", "kiêm", "-", "–")
            and title.kind in ("post", "delegation", "occupation")
        ):
            earlier = self._behind(previous, apart=True)
            if earlier and earlier.kind == "post":
                return earlier
        if title.kind == "occupation" and (posts := [t for t in found[:-1] if t.kind == "post"]):
            between = titles.strip_lead(text[posts[-1].end : title.start])[0]
            post = told(posts[-1], between.rstrip(",")) if between.endswith(",") else None
            if post:
                return post  # Giám đốc trung tâm, đại tá, bác sĩ [A]
        if trailing_comma and ((previous and previous.label == "PER") or ON_BEHALF.search(lead)):
            return None
        offices = listed(text, found, bare=not (role.body or role.noun))
        if len(offices) > 1:  # they stay together before one body only
            if role.body or role.noun:
                role = replace(role, role=together(offices, role.role))
            else:
                role = Role(offices[0].role, offices[0].kind)
        if colon or _plural_at(text, title):
            self._shared[m.at] = role
        return role

    def _behind(self, org: Mention, apart: bool, colon: bool = False) -> Role | None:
        role = self._chain(org, apart, colon)
        return None if role is _TAKEN else role

    def _chain(self, org: Mention, apart: bool, colon: bool = False, depth: int = 0) -> Role | None:
        """The title before the chain of organisations and places that ends with `org`.

        Args:
            org: The last mention of the chain.
            apart: Whether a comma parts the chain from the name: then a person before the title owns it.
            colon: Whether a list follows.
            depth: How many bodies were passed already.
        """
        text, whole = _clause(org)
        previous = previous_of(self.mentions, org) if whole else None
        title = titles.split_before(text, expand(org.name))
        body, wide = None, False
        if title is None and (found := titles.find(text)):
            last, tail = found[-1], text[found[-1].end :]
            if official := of_state(last, tail, org):
                title, body = replace(last, role=official.role), official.body
            elif title := before_body(last, tail, org):
                wide = title.role != last.role
            elif role := told(last, tail):
                title, body = last, role.body and f"{role.body} {org.name}"
            if title is not None and apart and (by := aide(text, found)):
                return Role(by.role, by.kind, org.at)
            if title is not None:
                offices = listed(text, found)
                title = replace(title, role=together(offices, title.role), start=offices[0].start)
        if title is not None:
            lead = text[: title.start]
            parted = bool(_OF_THE_PERSON_BEFORE.fullmatch(lead))
            if previous and previous.label == "PER" and parted and apart and not colon:
                return _TAKEN
            if apart and ON_BEHALF.search(lead):
                return None
            if (
                previous
                and previous.label != "PER"
                and lead.strip() in (",", "kiêm", "-", "–")
                and title.kind == "post"
                and depth < 4
            ):
                earlier = self._chain(previous, apart, depth=depth + 1)
                if earlier is _TAKEN or (
                    earlier and earlier.kind == "post" and not self._of_committee(earlier)
                ):
                    return earlier
            return Role(title.role, title.kind, org.at, body) if body else self._of(title, org, field=wide)
        about = titles.find(previous.before) if previous and previous.label == "LOC" else []
        if previous and about:
            role = expert(about[-1], previous.before[about[-1].end :], previous, org)
            if role:
                return role
        if previous and previous.label != "PER" and depth < 4 and _CONNECTOR.fullmatch(text):
            return self._chain(previous, apart, colon, depth + 1)
        return None

    # After the name

    def _after(self, m: Mention) -> list[Role]:
        roles: list[Role] = []
        at, position = asides.past(self.mentions, m)
        text = at.after
        lead = asides.IN_BRACKET.match(text, position)
        if not lead or not titles.at_start(text[lead.end() :]):
            lead = _AFTER.match(text, position)
        if not lead:
            given = self._given(at, position)
            return [given] if given else roles
        new = bool(_NEW.fullmatch(lead.group()))
        position = lead.end()
        for _ in range(6):
            following = next_of(self.mentions, at)
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
                role = self._of(wide, following, field=wide.role != title.role)
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
                if near and ((width and not rest) or (rest == "," and apposed and not role.noun)):
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
        elif roles and (given := self._given(at, position)):
            return [*joined(roles), given]
        return joined(roles)

    def _given(self, at: Mention, position: int) -> Role | None:
        """A post that the person is given further on: `[A], Phó Giám đốc [X], giữ chức Giám đốc [Y]`."""
        lead = asides.NOW.match(at.after, position)
        if lead is None and not _GIVES.match(at.after, position):
            lead = _NEW.match(at.after, position)
        title = titles.at_start(at.after[lead.end() :]) if lead else None
        if not lead or not title or title.kind != "post":
            return None
        tail = at.after[lead.end() + title.end :]
        following = next_of(self.mentions, at)
        if following and following.label != "PER" and (wide := before_body(title, tail, following)):
            return replace(self._of(wide, following, field=wide.role != title.role), new=True)
        role, _ = loose(title, tail[: end.start()] if (end := _CLAUSE_END.search(tail)) else tail)
        return replace(role, new=True)

    def _of(self, title: Title, body: Mention, *, field: bool) -> Role:
        """The role of a title right before a body, a state it speaks for, or a region that is its field."""
        following = next_of(self.mentions, body)
        if body.label == "LOC" and following:
            mission = mission_of(title.role)
            abroad = _IN_PLACE.fullmatch(body.after) if mission and following.label == "LOC" else None
            if abroad:
                seat = f"{abroad['level'] or ''} {following.name}".strip()
                return Role(title.role, title.kind, body.at, f"{mission} {body.name} tại {seat}")
            # Giám đốc dự án [châu Á] của [X]
            region = places.find(body.name) is None and _REGION.match(body.name)
            name, last = body.name, body
            if region and following.label == "LOC" and body.after.strip() in ("-", "–"):
                # Phó Chủ tịch khu vực [châu Á] - [Thái Bình Dương] của [X]
                name, last = f"{name} - {following.name}", following
                following = next_of(self.mentions, following) or following
            if (field or region) and following.label == "ORG" and _OF_FIRM.fullmatch(last.after):
                return Role(f"{title.role} {name}", title.kind, following.at)
            # Trưởng đại diện tại [Hà Nội] của [X]
            if following.label == "ORG" and body.after.strip() == "của":
                return Role(title.role, title.kind, following.at)
        return Role(title.role, _kind(title, body), body.at)

    def _owned_by_next(self, org: Mention) -> bool:
        following = next_of(self.mentions, org)
        return bool(following and following.label == "PER" and not titles.strip_lead(org.after)[0].strip())


def _plural_at(text: str, title: Title) -> bool:
    """Whether a title is said of several: `các Phó Tỉnh trưởng`."""
    return bool(_PLURAL.search(text[: title.start + len("các")].rstrip()[-12:]))


def _clause(m: Mention) -> tuple[str, bool]:
    """The text before a mention back to the last end of a clause, and whether none lay between."""
    cut = 0
    for match in _CLAUSE_END.finditer(m.before):
        cut = match.end()
    return " ".join(m.before[cut:].split()), cut == 0


def _kind(title: Title, org: Mention) -> str:
    """Secretaries of the Party's Central Committee or of a caucus are members, not heads, of a body."""
    return "membership" if title.role.endswith("Bí thư") and _CAUCUS.search(fold(org.name)) else title.kind
