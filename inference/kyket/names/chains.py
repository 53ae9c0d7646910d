"""Chains of bodies and places behind a title: `Chủ tịch [X] kiêm Giám đốc [Y]`, `Phó Trưởng ban [X], [Y]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from kyket.names import clauses, titles
from kyket.names.abbreviations import expand
from kyket.names.held import held_in
from kyket.names.mentions import Mention, next_of, previous_of
from kyket.names.offices import ON_BEHALF, aide, held_elsewhere, in_government, listed, together
from kyket.names.tails import OWN_UNION, Role, before_body, expert, of_state, told
from kyket.names.titles import Title
from kyket.orthography import fold

# Before leaders or delegates who are what the clause is about; behind any other word they are others.
_SUBJECT = regex.compile(r"(?:^|[^\p{L}\s]|(?<!\p{L})(?:một|vị|đại diện|phó))\s*$", regex.IGNORECASE)
# Before a reporter who is told something by whoever is named next.
_TOLD_TO = regex.compile(
    r"(?<!\p{L})(?:(?<!cùng )với|(?:nói|kể|tin|trả lời)(?: \p{L}+)? cho|trả lời)\s*$", regex.IGNORECASE
)
_APPOSED = regex.compile(r"\s*[,:(–-]")
_CONNECTOR = regex.compile(r"[\s,(–—-]*(?:của|tại|ở|thuộc|kiêm|và)?[\s)–—-]*")
_OF_THE_PERSON_BEFORE = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[,(–—-]|.*(?:giữ chức|là|làm|bổ nhiệm|trúng cử|tái cử))\s*(?:vụ\s*)?",
    regex.IGNORECASE,
)
_BEHIND = regex.compile(r"\s*[(–—-]\s*")
_TAKEN = Role("", "taken")  # of a chain of posts that stands behind another person
_DEEPEST = 4  # bodies


def of_committee(mentions: list[Mention], role: Role) -> bool:
    """`Bí thư [Đảng ủy], Giám đốc [X]`: the body is named by the other office."""
    at = role.organization
    return at is not None and role.body is None and fold(mentions[at].name) == "dang uy"


def title_before(mentions: list[Mention], org: Mention, apart: bool, colon: bool = False) -> Role | None:
    """The title before the chain of organisations and places that ends with `org`.

    Args:
        mentions: All mentions of the article, in order.
        org: The last mention of the chain.
        apart: Whether a comma parts the chain from the name: then a person before the title owns it.
        colon: Whether a list follows.
    """
    role = _chain(mentions, org, apart, colon)
    return None if role is _TAKEN else role


@dataclass(frozen=True, slots=True)
class _Said:
    """A title right before a body, with what the words between the two say of the office.

    Attributes:
        title: With the offices that are listed before it.
        among: All titles of the clause; none where the body's name begins with a part of the title.
        body: The body that these words name.
        noun: The common noun that stands for it.
        wide: Whether the title has taken words in that tell its field.
        listed: Whether another office stands between it and the body.
    """

    title: Title
    among: Sequence[Title] = ()
    body: str | None = None
    noun: str | None = None
    wide: bool = False
    listed: bool = False


def _title(text: str, org: Mention) -> _Said | None:
    """The title that `text` ends with, before a body."""
    if (split := titles.split_before(text, expand(org.name))) is not None:
        return _Said(split)
    found = titles.find(text)
    if not found:
        return None
    last, tail = found[-1], text[found[-1].end :]
    if official := of_state(last, tail, org):
        said = _Said(replace(last, role=official.role), found, official.body)
    elif title := before_body(last, tail, org):
        said = _Said(title, found, wide=title.role != last.role)
    elif role := told(last, tail):
        noun = role.noun if role.noun == OWN_UNION else None
        said = _Said(last, found, role.body and f"{role.body} {org.name}", noun)
    else:
        return None
    offices = listed(text, found)
    if len(offices) > 1 and held_elsewhere(offices[0].role):
        return _Said(offices[0], found, listed=True)
    title = replace(said.title, role=together(offices, said.title.role), start=offices[0].start)
    return replace(said, title=title)


def _met(mentions: list[Mention], org: Mention, lead: str) -> bool:
    """`Trao đổi với lãnh đạo [X], ông [A] đề nghị`: the leaders or delegates are others than A."""
    person = next_of(mentions, org)
    return _SUBJECT.search(lead) is None and not (person and _APPOSED.match(person.after))


def _chain(
    mentions: list[Mention], org: Mention, apart: bool, colon: bool = False, depth: int = 0
) -> Role | None:
    """As `title_before`, or `_TAKEN`; `depth` says how many bodies were passed already."""
    text, whole = clauses.before(org)
    previous = previous_of(mentions, org) if whole else None
    said = _title(text, org)
    if said is not None and apart and (by := aide(text, said.among)):
        return Role(by.role, by.kind, org.at)
    if said is not None:
        title = said.title
        lead = text[: title.start]
        parted = bool(_OF_THE_PERSON_BEFORE.fullmatch(lead))
        if previous and previous.label == "PER" and parted and apart and not colon:
            return _TAKEN
        if previous and previous.label == "PER" and depth and _BEHIND.fullmatch(lead) and not colon:
            return None  # `[A] - đại diện [X], Bộ trưởng [Y] [B]`: the first office is A's
        if apart and (ON_BEHALF.search(lead) or (title.kind == "delegation" and _met(mentions, org, lead))):
            return None
        if apart and title.role.casefold() == "phóng viên" and _TOLD_TO.search(lead):
            return None
        if (
            previous
            and previous.label != "PER"
            and lead.strip() in (",", "kiêm", "-", "–")
            and title.kind == "post"
            and depth < _DEEPEST
        ):
            earlier = _chain(mentions, previous, apart, depth=depth + 1)
            if earlier is _TAKEN or (
                earlier and earlier.kind == "post" and not of_committee(mentions, earlier)
            ):
                return earlier
        if said.listed and in_government(title.role) and org.label == "ORG":
            return Role(title.role, title.kind)
        if said.body or said.noun:
            return Role(title.role, title.kind, org.at, said.body, said.noun)
        return held_in(mentions, title, org, field=said.wide)
    about = titles.find(previous.before) if previous and previous.label == "LOC" else []
    if previous and about:
        role = expert(about[-1], previous.before[about[-1].end :], previous, org)
        if role:
            return role
    if previous and previous.label != "PER" and depth < _DEEPEST and _CONNECTOR.fullmatch(text):
        return _chain(mentions, previous, apart, colon, depth + 1)
    return None
