"""Names at the foot of a notice: alone on their line, under a title alone on its own."""

from __future__ import annotations

import regex

from kyket.names import titles
from kyket.names.mentions import Mention, previous_of
from kyket.names.tails import Role

_SIGNED = regex.compile(r"\W*(?:đã ký|ký tên.*)\W*|(?:PGS|GS|TS|ThS)[\s.]*(?:TS)?\W*", regex.IGNORECASE)


def signed(mentions: list[Mention], m: Mention) -> list[Role]:
    """The role of a name alone on its line under a title alone on its own, as in a notice."""
    lines = [line.strip(" _#.:") for line in m.before.splitlines()]
    lines = [line for line in lines if line and not _SIGNED.fullmatch(line)]
    previous = previous_of(mentions, m)
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
    if len(title) == 1 and title[0].kind == "post" and title[0].start == 0 and title[0].end == len(lines[-1]):
        return [Role(title[0].role, title[0].kind)]
    return []
