"""What may stand between a name and its role: another spelling, the age, the people, the home."""

from __future__ import annotations

import regex

from kyket.names.mentions import Mention, next_of
from kyket.names.people import is_other_name
from kyket.names.tails import LEVEL_TAIL

_ABOUT = regex.compile(
    r"\s*[,(–—-]?\s*(?:(?:khoảng|năm nay|mới|đã|hơn|gần)?\s*\d{1,3} tuổi|(?:sinh năm|SN) \d{4}"
    r"|(?:là )?(?:người|dân tộc)(?: dân tộc| gốc)?(?: \p{Lu}[\p{L}’'-]*| -){1,4})\s*(?=[,)])\)?",
)
_HOME = regex.compile(
    r"\s*[,(]\s*(?:(?:cùng )?(?:quê|quê quán|ngụ|trú|thường trú|sống|ở|người|đến từ|từ|quốc tịch)(?: ở| tại)?"
    rf"\s*)?{LEVEL_TAIL.pattern}",
    regex.IGNORECASE,
)
IN_BRACKET = regex.compile(r"\s*\(\s*(?:(?:hiện|nay)(?: đang)?(?: là| làm)? )?(?=\p{L})", regex.IGNORECASE)
"""Before the role where that stands in a bracket of its own: `[A] (Chủ tịch), [B] (Giám đốc)`."""
NOW = regex.compile(r"\s*\(\s*(?:hiện nay|hiện|nay)(?: đang)? (?:là|làm|giữ chức)\s+", regex.IGNORECASE)
"""Before the post that somebody has got since: `Phó Thủ tướng [A] (nay là Thủ tướng)`."""
_MOST = 6


def past(mentions: list[Mention], m: Mention) -> tuple[Mention, int]:
    """Where the role of `m` may begin: the mention behind which it stands, and the place in the text there.

    `[A], 43 tuổi, người Tày, quê [Hà Nam], Giám đốc` is read on from the text behind `Hà Nam`.
    """
    at, position = m, 0
    for _ in range(_MOST):
        following = next_of(mentions, at)
        if match := _ABOUT.match(at.after, position):
            position = match.end()
        elif following and (
            is_other_name(at, following)
            or (
                following.label == "LOC"
                and _HOME.fullmatch(at.after, position)
                and following.after.lstrip()[:1] in (",", ")", "(")
            )
        ):
            at, position = following, len(following.after) - len(following.after.lstrip(" )"))
        else:
            break
    return at, position
