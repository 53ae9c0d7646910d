"""Which body a role is held in, where the words beside the name leave that open.

`đoàn [X] do A dẫn đầu` gives a person the body whose delegation is led; `Hiệu trưởng A` the nearest school;
`Chủ tịch Hội` of somebody from abroad the association there; `Đại sứ [Lào]` the embassy.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from kyket.names import titles
from kyket.names.bodies import DELEGATION, Bodies, mission_of
from kyket.names.mentions import Mention, next_of, previous_of
from kyket.names.people import is_credit
from kyket.names.tails import OWN_UNION, Role, is_bare
from kyket.orthography import fold

APPOSED = regex.compile(r"\s*(?:[,):]|\([^()]*\)\s*[,):])")
"""Behind an organisation that stands between two marks after a name."""
# What binds a person without a role to the organisation beside the name.
_BELONGS = regex.compile(
    r"\s*(?:\(|[,(]?\s*(?:lớp \d{1,2}\w{0,2} )?(?:đến từ|(?P<came>từ)|thuộc|của|ở|bên|tại|thay mặt"
    r"|đại diện cho|(?:nay |hiện |đang |hiện đang )?(?:làm việc|công tác|làm|học)(?: tại| ở))"
    r"|[,(] ?lớp \d{1,2}\w{0,2})\s*",
    regex.IGNORECASE,
)
# `Ông [A] từ [X] trở về`, `từ [X] sang [Y]`: X is where somebody comes from
_LEAVES = regex.compile(r"\s*(?:sang|trở|về|đến|tới|chuyển|qua|lên|xuống|vào|ra|đi|gia nhập)(?!\p{L})")
_DO = regex.compile(r"(?<!\p{L})do(?!\p{L})[^.;:\n]{0,60}$")
_WITHIN = regex.compile(r"[\s,(–-]*(?:tỉnh|thành phố|nước|bang)?\s*", regex.IGNORECASE)
_LED_BY = regex.compile(r"(?:\s*\([^()]*\))?\s*,?\s*do\s*", regex.IGNORECASE)
_LEADS = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:dẫn đầu|đứng đầu|chỉ huy|làm trưởng đoàn)", regex.IGNORECASE)
# Bodies that every province or city has, by their short names.
# Advisers are of no body that is only near, but of the one of that kind where it is told: `cố vấn công ty`.
_ADVISER = regex.compile(r"cố vấn(?! trưởng)")
_OF_LEVEL = regex.compile(r"(?:tinh|thanh|huyen|quan) uy|.* (?:tinh|thanh pho|thu do|huyen)")
_NO_BODY = regex.compile(
    r"chủ tịch (?:nước|quốc hội|thượng viện|hạ viện)|thủ tướng|tổng bí thư|tổng thống|quốc vương|nhà vua"
    r"|toàn quyền|ngoại trưởng|cố vấn (?:nhà nước|an ninh)|đặc phái viên|lãnh đạo|thái tử|nữ hoàng"
)
# Titles whose unit heads the body too: Chủ tịch HĐQT [X] is Chủ tịch of Hội đồng quản trị X.
_SEAT = regex.compile(
    r"((?:(?:nguyên|cựu|quyền) )?(?:(?:Phó )?Chủ tịch|Thành viên(?: độc lập)?|Ủy viên))"
    r" (Hội đồng (?:quản (?:trị|lý)|thành viên|trường|sáng lập|cố vấn|điều hành))"
    r"|((?:Phó )?Chánh (Văn phòng))",
    regex.IGNORECASE,
)
_OF_FORCE = regex.compile(r"((?:(?:nguyên|cựu) )?(?:Phó )?Tư lệnh) (\p{Lu}.*)")
# Occupations that somebody has with a body; a list may have a singer or a lawyer among its people.
_STAFF = regex.compile(
    r"(?:cán bộ|công chức|viên chức|nhân viên|chuyên viên|kế toán)(?!\p{L})", regex.IGNORECASE
)
_ASIDE = regex.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:của|tại|thuộc)\s+)?", regex.IGNORECASE)
_BOARD = regex.compile(r"Hội đồng (?:quản trị|thành viên)", regex.IGNORECASE)
# Before and behind the body whose people are named one by one.
_SIDE = regex.compile(
    r"(?:đại diện|(?:về )?phía|bên)(?: lãnh đạo| cho| phía)?"
    r"(?P<firm> (?:tổng )?công ty| tập đoàn| ngân hàng)?\s*$",
    regex.IGNORECASE,
)
_NAMES = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*"
    r"(?:(?:đại diện|tham (?:dự|gia)|dự)(?: (?:buổi lễ|buổi|lễ ký kết|lễ ký|lễ))? )?"
    r"(?:có|gồm|bao gồm|là)(?!\p{L})",
    regex.IGNORECASE,
)
_LISTED = 8
_OF_THE_STATE = ("Hồ Chí Minh",)  # `Chủ tịch Hồ Chí Minh`, whom stories on any body name
_HEAD_OF_FIRM = "Tổng Giám đốc"
_ALSO_ON_BOARD = regex.compile(
    r"(\p{L}[^,]*?(?i:giám đốc|CEO)\P{Lu}*) kiêm (?i:(?:phó )?chủ tịch|thành viên)"
)


class Seats:
    """Finds the bodies of roles among the mentions of an article.

    Args:
        bodies: The bodies of the article.
    """

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.mentions = bodies.mentions
        firms = (entity for entity in bodies.owner.values() if entity.type == "ORG")
        self._by_alias = {alias: firm for firm in firms for alias in firm.aliases}

    def of(self, roles: list[Role], members: list[int]) -> Role:
        """The first of `roles`, all of one kind, with its body as far as the article names it.

        Args:
            roles: What the mentions of a person say, in the order of their weight.
            members: The numbers of these mentions.
        """
        return self._seated(self._with_body(roles, members), self.mentions[members[0]])

    def home(self, m: Mention) -> int | None:
        """The organisation beside a name without a role: `bà A của [X]`, `đoàn [X] do A dẫn đầu`."""
        following = next_of(self.mentions, m)
        if following and following.label == "ORG" and not is_credit(m):
            if match := _BELONGS.fullmatch(m.after):
                closed = "(" not in match.group() or following.after.lstrip()[:1] in (")", ",", ";")
                if closed and not (match["came"] and _LEAVES.match(following.after)):
                    return following.at
            elif m.after.strip() == "," and APPOSED.match(following.after):
                return following.at
        previous = previous_of(self.mentions, m)
        if previous and previous.label == "LOC" and previous.before.strip() == "(":
            previous = previous_of(self.mentions, previous)
        if (
            previous
            and previous.label == "ORG"
            and _LEADS.match(m.after)
            and DELEGATION.search(previous.before)
        ):
            lead = titles.strip_lead(m.before)[0]
            if _LED_BY.fullmatch(lead.removeprefix(")")):
                return previous.at
        return None

    def _of_list(self, m: Mention, role: Role) -> int | None:
        """The firm whose people a list names: `Đại diện [X] gồm: ông A (Chủ tịch), ông B (Tổng Giám đốc)`."""
        if role.noun or role.side:
            return None
        at = m
        for _ in range(_LISTED):
            previous = previous_of(self.mentions, at)
            if previous is None or "." in at.before or "\n" in at.before:
                return None
            side = _SIDE.search(previous.before) if previous.label == "ORG" else None
            if side and _NAMES.match(previous.after):
                title = _HEAD_OF_FIRM if _BOARD.search(role.role) else role.role
                return previous.at if side["firm"] or self.bodies.goes_with(title, previous.at) else None
            at = previous
        return None

    def _led(self, m: Mention, label: str = "ORG") -> int | None:
        """The body whose delegation a person leads: `đoàn [X] ([Lào]) do Hiệu trưởng A dẫn đầu`.

        Args:
            m: The person's mention.
            label: LOC for the place instead: `đoàn đại biểu tỉnh [X] do A dẫn đầu`.
        """
        if m.label != "PER" or not _DO.search(m.before) or "." in m.before:
            return None
        at = m
        for _ in range(4):
            previous = previous_of(self.mentions, at)
            if previous is None or previous.label == "PER":
                return None
            if previous.label == label and DELEGATION.search(previous.before):
                return previous.at
            if not _WITHIN.fullmatch(previous.before):
                return None
            at = previous
        return None

    def _seated(self, role: Role, holder: Mention) -> Role:
        """Chủ tịch HĐQT [X] is Chủ tịch of Hội đồng quản trị X, Chánh Văn phòng [X] is of Văn phòng X."""
        if role.organization is not None and role.body is None:
            board = self.bodies.owner[role.organization].name
            if _BOARD.fullmatch(board):  # `về phía [X] có ông [A], Chủ tịch [Hội đồng quản trị]`
                firm = self._behind(self.mentions[role.organization])
                if firm is None:
                    firm = self._of_list(holder, replace(role, role=_HEAD_OF_FIRM))
                if firm is None:
                    firm = self.bodies.nearest(holder, _HEAD_OF_FIRM, None, role.side)
                return role if firm is None else replace(role, body=f"{board} {self.bodies.owner[firm].name}")
            also = _ALSO_ON_BOARD.fullmatch(role.role)
            if also and (head := _BOARD.match(board)):
                # `Tổng Giám đốc kiêm Chủ tịch [Hội đồng quản trị X]` is first of all of X
                return replace(role, role=also[1], body=board[head.end() :].strip())
            if (full := self._short_for(board)) is not None:
                return replace(role, body=full)
        match = _SEAT.fullmatch(role.role)
        if not match or role.organization is None or self.mentions[role.organization].label != "ORG":
            return role
        unit = match.group(2) or match.group(4)
        unit = unit[:1].upper() + unit[1:]
        name = self.bodies.owner[role.organization].name
        if name.startswith(unit):
            return replace(role, role=match.group(1) or role.role)
        return replace(role, role=match.group(1) or role.role, body=f"{unit} {name}")

    def _short_for(self, board: str) -> str | None:
        """The board with the full name of a firm that the article calls by its brand too."""
        unit = _BOARD.match(board)
        brand = board[unit.end() :].strip() if unit else ""
        firm = self._by_alias.get(brand) if unit and brand else None
        return f"{unit.group()} {firm.name}" if unit and firm else None

    def _behind(self, board: Mention) -> int | None:
        """The firm right behind a board: `[Hội đồng quản trị] (nay là Hội đồng thành viên) [X]`."""
        following = next_of(self.mentions, board)
        beside = following and following.label == "ORG" and _ASIDE.fullmatch(board.after)
        return following.at if following and beside else None

    def _with_body(self, roles: list[Role], members: list[int]) -> Role:
        first = next((role for role in roles if self._is_fuller(role, roles[0])), roles[0])
        if first.body:
            full = (role for role in roles if role.body and role.body.startswith(f"{first.body} "))
            return next((role for role in full if role.role.casefold() == first.role.casefold()), first)
        if first.elsewhere:
            return first
        if first.noun == OWN_UNION:
            return self._of_own_union(self.mentions[members[0]], first)
        if first.organization is not None:
            if (led := self._of_delegation(first, members)) is not None:
                return led
            return self._of_own_country(self._in_full(self._acting(first), roles), members)
        for role in roles[1:]:
            if role.role.casefold() == first.role.casefold() and (role.organization is not None or role.body):
                return Role(first.role, first.kind, role.organization, role.body)
            if self._names_body(first, role):
                return role
        for at in members:
            home = self._led(self.mentions[at])
            if home is not None and first.noun is None and self.bodies.goes_with(first.role, home):
                return replace(first, organization=home)
        holder = self.mentions[members[0]]
        if holder.name in _OF_THE_STATE:
            return first
        if first.kind == "occupation":
            work = self.bodies.workplace(holder, first.role)
            if work is None and _STAFF.match(first.role):
                work = self._of_list(holder, first)
            return Role(first.role, first.kind, work)
        seated = first.kind in ("post", "past", "delegation") or _SEAT.fullmatch(first.role)
        office = first.role.lower()
        if not seated or _NO_BODY.search(office) or (first.noun is None and _ADVISER.search(office)):
            return first
        near = self._of_list(holder, first)
        if near is None:
            near = self.bodies.nearest(holder, first.role, first.noun, first.side)
        force = _OF_FORCE.fullmatch(first.role)
        if near is not None and force:
            name, own = fold(self.bodies.owner[near].name), fold(force[2])
            if name.endswith(own):
                return Role(force[1], first.kind, near)  # `Tư lệnh Cảnh sát biển` of its `Bộ Tư lệnh`
            near = near if own in name else None
        return Role(first.role, first.kind, near)

    def _of_own_union(self, holder: Mention, role: Role) -> Role:
        """`Chủ tịch CĐCS` is of the union that the article names, else of that of the workplace nearby."""
        union = self.bodies.nearest(holder, role.role, role.noun)
        if union is not None and fold(self.bodies.owner[union].name).startswith(OWN_UNION):
            return Role(role.role, role.kind, union)
        work = role.organization
        if work is None:
            work = self.bodies.nearest(holder, "công đoàn cơ sở", None)
        if work is None:
            return Role(role.role, role.kind)
        return Role(role.role, role.kind, work, f"Công đoàn cơ sở {self.bodies.owner[work].name}")

    def _is_fuller(self, role: Role, first: Role) -> bool:
        """Whether `role` says of the office that is named first what the first mention leaves out.

        `Tổng Bí thư A` is `Tổng Bí thư, Chủ tịch nước [Mẫu] A` elsewhere, `Cố vấn A` is
        `Cố vấn An ninh [Mẫu] A`, and the `Bộ trưởng [Mẫu] A` of a state is its `Bộ trưởng Y tế`.
        """
        one, other = first.role.casefold(), role.role.casefold()
        if first.body or (role.body is None and role.organization is None):
            return False
        if first.organization is None:
            return other.startswith((f"{one}, ", f"{one} "))
        of_state = one in ("bộ trưởng", "thứ trưởng") and self.mentions[first.organization].label == "LOC"
        return of_state and other == one and bool(role.body)

    def _names_body(self, first: Role, role: Role) -> bool:
        """Whether `first` is `role` with its body: `Chủ tịch Quốc hội [A]`, `Chủ tịch [Quốc hội Lào] [A]`."""
        body = role.body
        if body is None and role.organization is not None:
            body = self.bodies.owner[role.organization].name
        unit = first.role.casefold().removeprefix(f"{role.role.casefold()} ")
        return body is not None and unit != first.role.casefold() and body.casefold().startswith(f"{unit} ")

    def _of_delegation(self, role: Role, members: list[int]) -> Role | None:
        """`đoàn [Tỉnh ủy X] do A, Phó Bí thư [Tỉnh ủy], …`: a short name is of the delegation led."""
        if role.organization is None or self.mentions[role.organization].label != "ORG":
            return None
        short = fold(self.mentions[role.organization].name)
        for at in members:
            led = self._led(self.mentions[at])
            if led is None:
                led = self._led(self.mentions[at], "LOC")
            if led is None or led == role.organization:
                continue
            full = fold(self.bodies.owner[led].name)
            if _OF_LEVEL.fullmatch(short) and not full.startswith(short):
                return self._of_place(role, led)
            if full.startswith(short + " ") or (short.endswith(" doan") and "doan thanh nien" in full):
                return replace(role, organization=led)
        return None

    def _of_place(self, role: Role, led: int) -> Role | None:
        """`đoàn đại biểu tỉnh [X] do A, Bí thư [Tỉnh ủy], …`: Tỉnh ủy X."""
        assert role.organization is not None
        leads = self.bodies.owner[led]
        name = leads.place if leads.type == "ORG" else leads.name
        if not name or fold(name) in fold(self.bodies.owner[role.organization].name):
            return None
        return replace(role, body=f"{self.mentions[role.organization].name} {name}")

    def _of_own_country(self, role: Role, members: list[int]) -> Role:
        """`Chủ tịch Hội` of somebody from abroad is of the association there, not of the one at home."""
        if role.organization is None or not is_bare(self.mentions[role.organization].name):
            return role
        holder = self.mentions[members[0]]
        noun = fold(self.mentions[role.organization].name)
        near = self.bodies.of_own_country(holder, role.role, noun, role.organization)
        return replace(role, organization=near)

    def _in_full(self, role: Role, roles: list[Role]) -> Role:
        """The role with what else is said of its body, if that is a mission or a firm that has a board.

        `Đại sứ [Lào] [A] … Đại sứ [Lào] tại [Séc] [A]`, `Chủ tịch [X] [A] … Chủ tịch [HĐQT X] [A]`.
        """
        if role.organization is None:
            return role
        alike = [other for other in roles if other.role.casefold() == role.role.casefold()]
        body = self.bodies.owner[role.organization]
        if mission_of(role.role):
            mission = f"{role.body or body.name} tại "
            return next((other for other in alike if (other.body or "").startswith(mission)), role)
        if role.body is None and role.role == "Chủ tịch":
            for other in alike:
                board = "" if other.organization is None else self.bodies.owner[other.organization].name
                unit = _BOARD.match(board)
                if unit and board[unit.end() :].strip() in (body.name, *body.aliases):
                    return other
        return role

    def _acting(self, role: Role) -> Role:
        """A diplomat of a state belongs to its mission: that of the article, or the one of that name."""
        at = role.organization
        mission = mission_of(role.role)
        if at is None or mission is None or self.mentions[at].label != "LOC":
            return role
        known = self.bodies.mission(mission, self.mentions[at])
        if known is not None:
            return replace(role, organization=known)
        return replace(role, body=f"{mission} {self.bodies.owner[at].name}")
