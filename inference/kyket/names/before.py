"""Titles before a name: `Chủ tịch [X] [A]`, `Bộ trưởng Ngoại giao [A]`, `các Phó Chủ tịch [X]: [A], [B]`."""

from __future__ import annotations

from dataclasses import replace

import regex

from kyket.names import chains, clauses, places, titles
from kyket.names.abbreviations import is_abbreviation
from kyket.names.held import held_in
from kyket.names.mentions import Mention, previous_of
from kyket.names.offices import ON_BEHALF, held_elsewhere, listed, together
from kyket.names.people import is_vietnamese
from kyket.names.tails import Role, in_charge, is_ministry_field, of_state, rest_of_name, told
from kyket.names.titles import Title

_CHARGED = ("phụ trách ", "đặc phụ trách ", "về ")
_THAT_STATE = regex.compile(r"(?:^|\s)(?:nước này|nước chủ nhà|nước bạn|quốc gia này)(?:,? tướng)?$")
_ASKED_BY = regex.compile(r"(?<!\p{L})mời của(?: \p{L}+){1,5} $")
_STATES_BACK = 12
_PEOPLE_OF = regex.compile(r"\s+(?:người|gốc|quốc tịch)$")
_REST_OF_FIELD = regex.compile(r"\s*\p{Ll}+(?: \p{Ll}+){0,3}\s*")
# Before the occupation of who said something; in `Trả lời phóng viên, TS [A] nói` it is another's.
_ACCORDING = regex.compile(
    r"(?<!\p{L})theo(?: (?:lời|ý kiến|nhận định|phân tích|đánh giá)(?: của)?)? $", regex.IGNORECASE
)
_LIST = regex.compile(r"[\s,;]*(?:và|cùng)?[\s,]*")
# Behind a name that a colon opens a sentence with: `Giám đốc [X]: Ông [A] sẽ nghỉ`.
_SAID = regex.compile(
    r"\s(?:sẽ|đã|đang|phải|cần|không|chưa|chẳng|muốn|nên|có|từng|rất|vẫn|bị|vừa|mới|cũng|chỉ|luôn)(?!\p{L})"
)
_GROUP = regex.compile(r"(?<!\p{L}|trưởng )nhóm\s*$", regex.IGNORECASE)
_PLURAL = regex.compile(r"(?:các|hai|ba|bốn|những)(?: đồng chí| ông| bà)? *$", regex.IGNORECASE)


class TitlesBefore:
    """Reads the titles that stand before names.

    Args:
        mentions: All mentions of the article, in order.
    """

    def __init__(self, mentions: list[Mention]) -> None:
        self.mentions = mentions
        self._shared: dict[int, Role] = {}  # what a list of people has in common, by the mentions read so far

    def of(self, m: Mention) -> tuple[Role | None, str | None]:
        """The role that the text before `m` gives, and the first rank or degree there."""
        text, whole = clauses.before(m)
        bare = text.rstrip()
        text, weak = titles.strip_lead(text)
        if text.endswith(":") and bare[len(text) :].lstrip()[:1].isupper() and _SAID.match(m.after):
            return None, weak
        if match := _THAT_STATE.search(text):
            return self._of_that_state(m, text[: match.start()], host="chủ nhà" in match[0]), weak
        previous = previous_of(self.mentions, m) if whole else None
        if not text.strip(" ,(-–") and previous and previous.label == "PER" and previous.at in self._shared:
            self._shared[m.at] = self._shared[previous.at]
            return self._shared[m.at], weak
        if previous and previous.label == "PER" and previous.at in self._shared and _LIST.fullmatch(text):
            self._shared[m.at] = self._shared[previous.at]
            return self._shared[m.at], weak
        role = self._direct(m, text, whole, graded=weak is not None) or self._of_split_field(previous, text)
        if role is None and previous and previous.label == "ORG" and text.strip() == ")":
            # Bộ trưởng Nội vụ ([MIA]) [A]
            lead, nothing_cut = clauses.before(previous)
            if lead.endswith("(") and is_abbreviation(previous.name):
                role = self._direct(previous, lead[:-1], nothing_cut)
                role = role if role and role.body else None
        if role is None and previous and previous.label == "LOC" and not text.strip():
            # `Trung vệ người [Ghana] [A]`: where somebody is from stands between the title and the name
            lead, nothing_cut = clauses.before(previous)
            if match := _PEOPLE_OF.search(lead):
                role = self._direct(previous, lead[: match.start()], nothing_cut)
        if role is None and previous and previous.label != "PER" and not text.strip(" ,:)–-"):
            role = chains.title_before(
                self.mentions, previous, apart="," in text or "–" in text, colon=":" in text
            )
            if role and (":" in text or _is_plural(previous)):
                self._shared[m.at] = role
        if (
            role is None
            and previous
            and previous.label == "ORG"
            and (rest := rest_of_name(previous.name, text))
        ):
            # Chủ tịch [Ủy ban] Hội nghị Ví Dụ [A]: a name that was marked in part
            role = chains.title_before(self.mentions, previous, apart=False)
            role = role and replace(role, body=f"{previous.name} {rest}")
        if role is None and previous and previous.label == "LOC" and not text:
            # Đặc phái viên [Mỹ] về [Triều Tiên] [A]
            lead, nothing_cut = clauses.before(previous)
            text = f"{lead} {previous.name}"
            previous = previous_of(self.mentions, previous) if nothing_cut else None
        if role is None and previous and previous.label != "PER" and text.startswith(_CHARGED):
            text = text.rstrip(" ,")
            role = None if titles.find(text) else chains.title_before(self.mentions, previous, apart=False)
            role = replace(role, role=f"{role.role} {text}") if role and in_charge(text, role.role) else None
        return role, weak

    def _of_that_state(self, m: Mention, text: str, *, host: bool) -> Role | None:
        """`[Nga] … Ngoại trưởng nước này [A]`: the office of the foreign state that was named last.

        The host of somebody with a Vietnamese name may be either side; he then keeps his office alone. The
        host of `Tổng thống [Pháp] … thăm [Nga]` is not of the guest's state, but of the one that asked
        him to come.
        """
        found = titles.find(text)
        if not found or found[-1].kind != "post":
            return None
        title, tail = found[-1], text[found[-1].end :]
        back = reversed(self.mentions[max(0, m.at - _STATES_BACK) : m.at])
        known = ((s, places.find(s.name)) for s in back if s.label == "LOC")
        states = (s for s, p in known if p and p.kind == "nước" and p.country != "VN")
        if host:
            states = (s for s in states if _ASKED_BY.search(s.before) or not titles.at_end(s.before))
        state = None if host and is_vietnamese(m.name) else next(states, None)
        if state is None:
            return told(title, tail)
        if tail.strip():
            return of_state(title, tail, state)
        return of_state(title, tail, state) or held_in(self.mentions, title, state, field=False)

    def _of_split_field(self, previous: Mention | None, text: str) -> Role | None:
        """`Bộ trưởng [Năng] lượng [Lào] [A]`: a minister's field that was marked in part."""
        state = None
        if previous and previous.label == "LOC" and not text.strip():
            state, text = previous, previous.before
            previous = previous_of(self.mentions, previous)
        title = titles.at_end(previous.before) if previous and previous.label == "ORG" else None
        if previous is None or title is None or not _REST_OF_FIELD.fullmatch(text):
            return None
        tail = f" {previous.name.removeprefix('Bộ ')} {text.strip()}"
        if not is_ministry_field(tail):
            return None
        return of_state(title, tail, state) if state else told(title, tail)

    def _direct(self, m: Mention, text: str, whole: bool, *, graded: bool = False) -> Role | None:
        """A title right before the name: `Bộ trưởng A`, `Bộ trưởng Ngoại giao A`, `Giám đốc hợp tác xã A`.

        Args:
            m: The person's mention.
            text: What stands before it, back to the end of a clause.
            whole: Whether no such end lies between it and the mention before.
            graded: Whether a rank or a degree stands right before the name: `Theo nhà kinh tế, TS [A]`.
        """
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
        loose = colon or (trailing_comma and not (graded and _ACCORDING.search(text[: title.start])))
        if loose and title.kind in ("occupation", "membership") and named_for:
            return None  # `Ở bàn tư vấn, [A]`, `trao đổi cán bộ: [A]`
        previous = previous_of(self.mentions, m) if whole else None
        lead = text[: title.start]
        if (
            previous
            and previous.label != "PER"
            and lead.strip() in (",", "kiêm", "-", "–")
            and title.kind in ("post", "delegation", "occupation")
        ):
            earlier = chains.title_before(self.mentions, previous, apart=True)
            if earlier and earlier.kind == "post":
                return earlier
            if earlier and earlier.role.casefold() == "đại diện" and title.kind == "post":
                return replace(role, organization=earlier.organization)
        if title.kind == "occupation" and (posts := [t for t in found[:-1] if t.kind == "post"]):
            between = titles.strip_lead(text[posts[-1].end : title.start])[0]
            post = told(posts[-1], between.rstrip(",")) if between.endswith(",") else None
            if post:
                return post  # Giám đốc trung tâm, đại tá, bác sĩ [A]
        if trailing_comma and ((previous and previous.label == "PER") or ON_BEHALF.search(lead)):
            return None
        offices = listed(text, found, bare=not (role.body or role.noun))
        if len(offices) > 1:  # they stay together before one body only
            if (role.body or role.noun) and not held_elsewhere(offices[0].role):
                role = replace(role, role=together(offices, role.role))
            else:
                role = Role(offices[0].role, offices[0].kind)
        if colon or _plural_at(text, title):
            self._shared[m.at] = role
        return role


def _is_plural(org: Mention) -> bool:
    """Whether the last title before a body is said of several."""
    found = titles.find(org.before)
    return bool(found and _plural_at(org.before, found[-1]))


def _plural_at(text: str, title: Title) -> bool:
    """Whether a title is said of several: `các Phó Tỉnh trưởng`, `nhóm kỹ sư`."""
    of_several = _PLURAL.search(text[: title.start + len("các")].rstrip()[-12:])
    return bool(of_several or _GROUP.search(text[: title.start]))
