"""Whether instruments are items of one list: `ký A, B và C`, `ba văn kiện: A giữa …; B giữa …`."""

from __future__ import annotations

import regex

from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene

_NUMBERING = regex.compile(r"\s*(?:(?:một|và|\p{N}+[.)]|\p{Ll}\))\s+)?")
_OPENS_LIST = regex.compile(r":|(?<!\p{L})(?:gồm(?:\s+có)?|trong\s+đó\s+có)(?=\s)")
_MARKS = regex.compile(r"^\s*mới(?=[\"”»])|[\"“”«»]")
_OWN_PARTNER = regex.compile(r"[^,;.\n]{0,60}?\s(?:với|cùng|giữa)\s", regex.IGNORECASE)


def opens_item(text: str, start: int, end: int) -> bool:
    """Whether an item of a list (`: A; B; và C`, `gồm A; B`) begins at `end`, behind `start`."""
    opening = _OPENS_LIST.search(text, start, end)
    if opening is None:
        return False
    stop = max(opening.end() - 1, text.rfind(":", start, end), text.rfind(";", start, end))
    return _NUMBERING.fullmatch(text, stop + 1, end) is not None


def listed(scene: Scene, first: Mention, second: Mention) -> bool:
    """Whether one instrument follows another in a list: `A, B`, `A với X, B với Y`."""
    gap = _MARKS.sub(" ", scene.text[first.end : second.start]).strip().lower()
    if gap.startswith(("với ", "cùng ", "giữa ")) and gap[-1] in ",;":  # `ký A với X, B với Y`
        return _OWN_PARTNER.match(scene.text, second.end) is not None
    return gap in (",", "và", ", và", "cùng") or gap.endswith((" và", ", và", " cùng"))
