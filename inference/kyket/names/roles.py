"""Roles: which title a person has in an article, and in which body.

Read from the text between mentions, on either side of a name: see `kyket.names.before` and
`kyket.names.after`. A title between two people belongs to the one it stands closest to: with a comma on both
sides, to the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import regex

from kyket.document import Entity
from kyket.names import notices, titles
from kyket.names.after import TitlesAfter
from kyket.names.before import TitlesBefore
from kyket.names.bodies import Bodies
from kyket.names.chains import of_committee
from kyket.names.counterparts import Counterparts
from kyket.names.held import KIND
from kyket.names.mentions import Mention, next_of
from kyket.names.offices import HELD_TOGETHER
from kyket.names.people import is_credit
from kyket.names.seats import APPOSED, Seats
from kyket.names.tails import Role

_OF_KIND = regex.compile(rf"(?<=^(?:của|thuộc)){KIND}$")
_OF_PARLIAMENT = regex.compile(r"(?:thượng |hạ )?nghị s[ĩỹ]", regex.IGNORECASE)  # of some party, as all are
_PRIORITY = ("post", "past", "occupation", "delegation", "membership", "degree", "rank", "former")
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
        self._before = TitlesBefore(mentions)
        self._after = TitlesAfter(mentions, owner)
        self._counterparts = Counterparts(mentions, owner, self.of)

    def of(self, members: list[int]) -> Role | None:
        """The first named role of the person with these mentions: a post before anything weaker.

        Where only a rank, a degree or an organisation is named, the role is empty.
        """
        found = [role for at in members for role in self.at(self.mentions[at])]
        if any(_OF_PARLIAMENT.fullmatch(role.role) for role in found):
            found = [role for role in found if role.role != "Thành viên"]
        kept = _listed_offices(found)
        found.sort(key=lambda role: (not role.new or role.role.casefold() in kept, self._gives_way(role)))
        for kind in _PRIORITY:
            of_kind = [role for role in found if role.kind == kind]
            if of_kind and kind not in _NO_ROLE:
                return self.seats.of(of_kind, members)
        weak = (role.organization for role in found if role.organization is not None)
        beside = (home for at in members if (home := self.seats.home(self.mentions[at])) is not None)
        home = next(weak, None)
        home = next(beside, None) if home is None else home
        return None if home is None else Role("", "degree", home)

    def _gives_way(self, role: Role) -> bool:
        """Whether another office goes before, as that of a member or of the Party's committee does."""
        return role.role == "Thành viên" or of_committee(self.mentions, role)

    def at(self, m: Mention) -> list[Role]:
        """The roles that one mention is given, in the order of the text."""
        if is_credit(m):
            return notices.signed(self.mentions, m)
        if counterpart := self._counterparts.role(m):
            return [counterpart]
        before, weak = self._before.of(m)
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
            roles += self._after.of(m)
        elif given := self._after.given(m):
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


def _listed_offices(roles: list[Role]) -> set[str]:
    """Offices that one person is known to hold beside another: who is elected to one again keeps both.

    `Tổng Bí thư, Chủ tịch nước [A] … [A] được bầu làm Chủ tịch nước`.
    """
    lists = (role.role.casefold() for role in roles if role.kind == "post" and not role.new)
    return {office for offices in lists if HELD_TOGETHER.fullmatch(offices) for office in offices.split(", ")}
