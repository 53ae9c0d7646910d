"""Clauses: how far the text around a mention is said of it."""

from __future__ import annotations

import regex

from kyket.names.mentions import Mention

CLAUSE_END = regex.compile(r"[;\n!?…”]|(?<!\b(?:TP|Tp|TS|GS|PGS|ThS|BS|KS|T|Mr|Ms|Mrs|St))\.(?=\s)")


def before(m: Mention) -> tuple[str, bool]:
    """The text before a mention back to the last end of a clause, and whether none lay between."""
    cut = 0
    for match in CLAUSE_END.finditer(m.before):
        cut = match.end()
    return " ".join(m.before[cut:].split()), cut == 0
