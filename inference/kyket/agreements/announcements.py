"""The day on which somebody told that others had signed, or that they had: `Ngày 5/3, A cho biết đã ký`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from kyket.agreements.vocabulary import TELL

if TYPE_CHECKING:
    from kyket.agreements.scene import Sentence

# Not `tại hội thảo chia sẻ …`, `sau khi xác nhận …`, nor `tại Hà Nội, khẳng định tình bạn, A đã ký`.
_SAYS = regex.compile(
    r"(?<!\p{L})(?<!(?:nhằm|để|khi|việc|hội\s+thảo|hội\s+nghị|buổi)\s)(?:(?<!,\s)|(?![^,;:.]+,))"
    rf"(?:{TELL}|tuyên\s+bố(?!\s+chung))(?!\p{{L}})|(?P<end>[;.:])",
    regex.IGNORECASE,
)
_SAME_DAY = regex.compile(r"[^.;:]*(?<!\p{L})cùng\s+ngày(?!\p{L})", regex.IGNORECASE)
_HAS = regex.compile(r"(?<!\p{L})(?:đã|vừa|từng)\s+(?:\p{L}+\s+){0,2}$", regex.IGNORECASE)
_SPEAKER = regex.compile(r"[^ ,)]")  # none in `Ngày 12/3, khẳng định tình bạn, A đã ký`
_NEAR, _FAR = 20, 300


def said_between(text: str, start: int, end: int) -> bool:
    """Whether words between two places tell that somebody says what follows."""
    says = _SAYS.search(text, start, end)
    return says is not None and says["end"] is None


def tells_of_it(text: str, sentence: Sentence, day: int, signing: int) -> bool:
    """Whether it is told, between the end of a day and the next signing behind it, that one has signed."""
    if signing - day > _FAR or _HAS.search(text, max(day, signing - _NEAR), signing) is None:
        return False
    says = _SAYS.search(text, day, signing)
    if says is None or says["end"] is not None or _SPEAKER.search(text, day, says.start()) is None:
        return False
    if any(piece.label == "SIGNING" and piece.end <= says.start() for piece in sentence.pieces):
        return False
    return _SAME_DAY.match(text, says.end(), signing + _FAR) is None
