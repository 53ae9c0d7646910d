"""The mentions of an article: its entity spans, each with the text between it and its neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import regex

from kyket.document import Span
from kyket.names import places, tables
from kyket.names.abbreviations import clean
from kyket.orthography import canonical

# Not of a meeting: `Hội nghị Bộ trưởng [Kinh tế ASEAN]`.
_MINISTER = regex.compile(
    r"(?<!(?:hội nghị(?: hẹp)?|các(?: vị)?|những|hai|nhóm|cấp|họp|đồng|chung|diễn đàn|đối thoại) )"
    r"(?:bộ|thứ) trưởng(?: thường trực)?\s$",
    regex.IGNORECASE,
)
# Who is at the head of a unit, and what its name begins with.
_HEADS = (
    (regex.compile(r"(?<!\p{L})tổng cục trưởng\s$", regex.IGNORECASE), "tổng cục"),
    (regex.compile(r"(?<!\p{L}|tổng |chi )cục trưởng\s$", regex.IGNORECASE), "cục"),
    (regex.compile(r"(?<!\p{L})vụ trưởng\s$", regex.IGNORECASE), "vụ"),
    (regex.compile(r"(?<!\p{L})viện trưởng\s$", regex.IGNORECASE), "viện"),
)
_WORD_END = regex.compile(r",|(?: và| -)? |$")
# Several states have no ministry: `[Kinh tế ASEAN]`; but `[Nông nghiệp và PTNT]`, `[Năng lượng UAE]`.
_STATES = regex.compile(r"\p{Ll}(?<! và) (\p{Lu}[\p{Lu}\d+]+)$")
_REACH = 300  # code points of context kept on either side; no pattern looks further


@dataclass(slots=True)
class Mention:
    """One ORG, PER or LOC span in its surroundings.

    Attributes:
        span: Its index among all spans.
        at: Its index among the mentions.
        name: Its text in canonical spelling, on one line.
        before: Canonical text between the mention before it and this one, at most the last 300 code points.
        after: Canonical text up to the next mention, at most 300 code points.
        first: Whether nothing was cut from `before` and a mention stands there.
        last: The same of `after`.
    """

    span: int
    at: int
    label: str
    name: str
    before: str
    after: str
    first: bool = False
    last: bool = False


def _plain(text: str) -> str:
    """Canonical text without the marks of bold and italics."""
    return canonical(text).text.replace("*", "")


def _whole(name: str, before: str, known: Counter[str]) -> str:
    """`Bộ Y tế` for the `Y tế` of `Bộ trưởng [Y tế]`: a minister's field is the name of the ministry.

    That of other heads is the name of their unit where it is `known`: `Cục trưởng [Hàng hải]`.
    """
    for form, head in () if name.isupper() else _HEADS:
        if form.search(before) and (full := f"{head} {name.lower()}") in known and known[name.lower()] == 1:
            return f"{full[: len(head)].capitalize()} {name}"
    states = _STATES.search(name)
    if (states and not places.find(states[1])) or not _MINISTER.search(before):
        return name
    first = {name.lower()[: match.start()] for match in _WORD_END.finditer(name)}
    return name if first.isdisjoint(tables.fields("ministry")) else f"Bộ {name}"


def collect(text: str, spans: list[Span]) -> list[Mention]:
    """The ORG, PER and LOC spans of `text` as mentions, in the order of the text."""
    order = sorted(
        (i for i, span in enumerate(spans) if span.label in ("ORG", "PER", "LOC")),
        key=lambda i: (spans[i].start, spans[i].end, i),
    )
    known = Counter(clean(span.text).lower() for span in spans if span.label == "ORG")
    found: list[Mention] = []
    for at, index in enumerate(order):
        span = spans[index]
        left = spans[order[at - 1]].end if at else 0
        right = spans[order[at + 1]].start if at + 1 < len(order) else len(text)
        name = clean(text[span.start : span.end])
        whole = at > 0 and span.start - left <= _REACH  # it is then what stands behind the mention before
        before = found[-1].after if whole else _plain(text[max(left, span.start - _REACH) : span.start])
        found.append(
            Mention(
                span=index,
                at=at,
                label=span.label,
                name=_whole(name, before, known) if span.label == "ORG" else name,
                before=before,
                after=_plain(text[span.end : min(right, span.end + _REACH)]),
                first=whole,
                last=at + 1 < len(order) and right - span.end <= _REACH,
            )
        )
    return found


def next_of(mentions: list[Mention], m: Mention) -> Mention | None:
    """The mention behind `m`, where the text between them is known whole."""
    return mentions[m.at + 1] if m.last else None


def previous_of(mentions: list[Mention], m: Mention) -> Mention | None:
    """The mention before `m`, where the text between them is known whole."""
    return mentions[m.at - 1] if m.first else None
