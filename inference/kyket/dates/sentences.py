"""Where the sentences of a text end."""

from __future__ import annotations

import regex

_END = regex.compile(r"[.!?…][\s”\"')\]]+(?=[\p{Lu}\p{N}\"“(])|\n")


def sentence_ends(text: str) -> list[int]:
    """The offsets behind the sentences of a text, ascending."""
    return [match.end() for match in _END.finditer(text)]
