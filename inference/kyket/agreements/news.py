"""The day that an article tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import regex

from kyket.agreements.grounds import Rule, Told, told
from kyket.dates.pieces import PARTS_OF_DAY
from kyket.timevalues import PartialDate

if TYPE_CHECKING:
    from kyket.agreements.scene import Sentence, Time

# What the article looks back on: `Trước đó, hôm 22/3, …`; not `Trước đó, sáng cùng ngày, …`.
EARLIER = regex.compile(
    r"\W*trước\s+(?:đó|đây|kia)(?!\p{L})"
    rf"(?!,?\s+(?:(?:vào|cũng|trong)\s+)*(?:cùng|{PARTS_OF_DAY}|ngày|buổi|ít|vài\s+giờ)(?!\p{{L}}))",
    regex.IGNORECASE,
)
_YEAR = regex.compile(r"\d{4}")
_TODAY = regex.compile(r"nay", regex.IGNORECASE)
# `Sáng 12/11/2025, tại …`, `ký kết ngày 12/11/2025`; and at the beginning of a sentence
# `Ngày 12/11/2025, A và B …`.
_IN_PROSE = regex.compile(
    rf"(?<!\p{{L}})(?:{PARTS_OF_DAY}|vào|hôm|ký(?:\s+kết)?|diễn\s+ra)(?:\s+(?:{PARTS_OF_DAY}|ngày))*\s*$",
    regex.IGNORECASE,
)
# `ký thỏa thuận ngày 12/11/2025`; not `cập nhật 17 giờ ngày …`.
_RUNNING = regex.compile(r"(?<!\p{L})(?!(?:giờ|lúc)\s)\p{Ll}{2,}\s+$")
# What pages say: `Đăng ngày …`, `Số ra ngày …`, `Được đăng vào ngày … bởi …`, `8:30 sáng …`.
_BY_PAGE = regex.compile(
    r"(?:(?<!\p{L})(?:đăng(?:\s+tải)?|gửi|hành|nhật|phát|số|xuất\s+bản|(?<!diễn\s+)ra)|:\p{N}{2})"
    rf"(?:\s+(?:vào|hôm|lúc|{PARTS_OF_DAY}|ngày))*\s+$",
    regex.IGNORECASE,
)
_WEEKDAY = r"(?:(?:thứ\s+\p{L}+|chủ\s+nhật)(?:,\s*|\s+))?"
_OPENING = regex.compile(rf"(?:^|[.!?\n)–—-])[ \t]*{_WEEKDAY}$", regex.IGNORECASE)
_DAY_WORD = regex.compile(rf"{_WEEKDAY}ngày(?!\p{{L}})", regex.IGNORECASE)
_GOES_ON = regex.compile(r"(?:,[ \t]+\p{L}|[ \t]+\p{Ll})")
_ENDS = regex.compile(r"[.;](?:\s+[\"“]?\p{L}|\s*$)")
_HAPPENING = frozenset(("MEETING", "REVIEW", "VISIT", "EXCHANGE"))
# `Quyết định số 45/2016/QĐ-UB ngày 19/10/2016`: the day of a paper that is cited.
_OF_A_PAPER = regex.compile(r"(?<!\p{L})số\s+(?=\S*\p{Lu}{2})\S*\p{N}\S*(?:\s*-\s*\p{Lu}+)*\s+(?:ngày\s+)?$")
_RECENT, _NUMBERED = 15, 40
_EARLIER, _LAST = 3, 6
_LEAD = 20  # characters before a day that show whether a sentence tells it


def news_day(text: str, sentences: Iterable[Sentence], published: str | None) -> Told[PartialDate] | None:
    """A recent day beside a signing, else beside a meeting, else any.

    A day that the article looks back to counts after these, and the day of publication last, never as the
    stamp that pages bear. Where that is unknown, the first day of the article is taken.
    """
    best: tuple[int, Told[PartialDate]] | None = None
    for sentence in sentences:
        if not sentence.proper:
            continue
        labels = {piece.label for piece in sentence.pieces}
        for time in sentence.times:
            day = _day(time)
            if day is None:
                continue
            found = told(day, Rule.NEWS, time.start, time.end)
            earlier = EARLIER.match(text, sentence.start) is not None
            if _OF_A_PAPER.search(text, max(0, time.start - _NUMBERED), time.start):
                continue
            if published is None:
                if earlier:
                    continue
                return found
            today = str(day) == published
            if not _recent(day, published) or (today and stamped(text, time)):
                continue
            rank = (
                _LAST * today
                + _EARLIER * earlier
                + (0 if "SIGNING" in labels else 1 if labels & _HAPPENING else 2)
            )
            if best is None or rank < best[0]:
                best = rank, found
    return best[1] if best else None


def stamped(text: str, time: Time) -> bool:
    """Whether a day is written in figures with its year, as pages and datelines bear it and no sentence."""
    words = text[time.start : time.end]
    if _YEAR.search(words) is None or _TODAY.search(words):
        return False
    before = text[max(0, time.start - _LEAD) : time.start]
    if _BY_PAGE.search(before):
        return True
    by_name, goes_on = _DAY_WORD.match(words), _GOES_ON.match(text, time.end)
    if by_name and goes_on and _OPENING.search(before):
        return False
    led = _IN_PROSE.search(before) or (by_name and _RUNNING.search(before))
    return not (led and (goes_on or _ENDS.match(text, time.end)))


def _day(time: Time) -> PartialDate | None:
    value = time.date.value
    if time.date.type != "DATE" or not isinstance(value, PartialDate):
        return None
    return value if value.month and value.day else None


def _recent(day: PartialDate, published: str) -> bool:
    try:
        gap = date.fromisoformat(published) - date.fromisoformat(str(day))
    except ValueError:
        return False
    return 0 <= gap.days <= _RECENT
