"""Communes, villages, and prefectures and states abroad: the kind of place that belongs to their names."""

from __future__ import annotations

import regex

from kyket.names.mentions import Mention

# Of larger places the name alone says enough, and the tables know their kind; `Trưởng bản [X]` is a title.
_KIND = regex.compile(
    r"(?<!\p{L})(?<!trưởng |già )(?P<many>(?:hai|ba|bốn|các|những) )?"
    r"(?P<kind>(?:cụm )?bản|(?<!thị )xã|phường|(?:thị )?trấn|thôn|làng|buôn|plei|ấp|sóc|phum|xóm|châu"
    r"|(?<!liên |tiểu )bang)\s*$",
    regex.IGNORECASE | regex.REVERSE,  # `match` begins at the end of the text
)
_GOES_ON = regex.compile(r"[\s,()–-]*(?P<last>và\s+)?")


def kinds(mentions: list[Mention]) -> dict[int, str]:
    """What the places are called by that a word for a small place stands before: `xã [Hồng Thủy]`.

    Args:
        mentions: All mentions of the article, in the order of the text.

    Returns:
        The word, in small letters, by the number of the mention; of each of `hai bản [A] (huyện [H]) và [B]`,
        but for what stands in brackets, or behind the last: `hai xã [A] và [B], [H]`.
    """
    found: dict[int, str] = {}
    shared, depth = "", 0
    for m in mentions:
        depth = max(0, depth + m.before.count("(") - m.before.count(")"))
        if m.label != "LOC":
            shared = ""
        elif match := _KIND.match(m.before):
            found[m.at] = match["kind"].lower()
            shared, depth = (found[m.at], 0) if match["many"] else ("", 0)
        elif shared and not depth:
            joint = _GOES_ON.fullmatch(m.before.rpartition(")")[2])
            if joint:
                found[m.at] = shared
            if not joint or joint["last"]:
                shared = ""
    return found
