"""The day that an article tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import regex

from kyket.agreements.announcements import tells_of_it
from kyket.agreements.citations import of_a_law
from kyket.agreements.grounds import Rule, Told, told
from kyket.agreements.vocabulary import TELL
from kyket.dates.pieces import PARTS_OF_DAY
from kyket.timevalues import Interval, PartialDate

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
_TELLING = frozenset(("SIGNING", "MEETING", "REVIEW", "VISIT", "EXCHANGE"))
# `CNN hôm 10/7 đưa tin`, `ông X ngày 28/8 nói`: when it was said, not when it was.
_OF_WORDS = regex.compile(
    rf"\)?\s+(?:(?:đã|cũng|vừa|mới)\s+)*(?:{TELL}|loan\s+tin|dẫn\s+(?:lời|nguồn|thông\s+tin|tin)|tuyên\s+bố|đăng\s+tải)(?!\p{{L}})",
    regex.IGNORECASE,
)
# What runs from or to a day, or is to be done by it; not `Đến ngày 20/4, A và B ký`.
_BOUND = regex.compile(
    r"(?<!\p{L})(?:(?:từ|trước|hạn|hết)(?:\s+(?:ngày|hết|hôm))*|(?:đến|tới)(?:\s+(?:hết|ngày))*)\s*$"
)
_WILL_BE = regex.compile(r"(?<!\p{L})sẽ\s[^,.;:]*$", regex.IGNORECASE)
_THERE_WILL = regex.compile(
    r"\)?,?(?:\s+(?!(?:ký|đã|vừa|về|việc|có|nói|hứa|(?:nhất|thống)\s+\p{L}+|cam\s+kết|\p{L}+\s+định|nhấn\s+mạnh|cho\s+biết|tuyên\s+bố)(?!\p{L}))[\p{L}\p{N}()-]+){0,12}?\s+sẽ(?!\p{L})",
    regex.IGNORECASE,
)
_NEXT = regex.compile(r"\)?\s+tới(?:\s+đây)?\s*(?:\p{P}|$)", regex.IGNORECASE | regex.MULTILINE)
# `trước chuyến thăm`, `chuẩn bị thăm`.
_NOT_YET = regex.compile(
    r"(?<!\p{L})(?:trước|chuẩn\s+bị|sắp|dự\s+kiến)(?:\s+(?:chuyến|khi|sang|đi|tới))*\s*$", regex.IGNORECASE
)
_RECENT, _NUMBERED = 15, 40
_EARLIER, _LAST = 3, 6
_HEAD = 4  # sentences that tell the news
_LEAD = 20  # characters before a day that show whether a sentence tells it


def news_day(text: str, sentences: Iterable[Sentence], published: str | None) -> Told[PartialDate] | None:
    """A recent day beside a signing, else beside a meeting, else any.

    A day that the article looks back to counts after these, and the day of publication last, never as the
    stamp that pages bear. Where that is unknown, the first day beside a signing is taken, else the first; one
    with its year only where it opens a sentence or no other is told, a stamp last, none of what will be. Of
    the day on which something was said (`Sputnik hôm 20/12 đưa tin`), nothing is known but that. Where no
    day is told, the month of a visit is taken.
    """
    best: tuple[int, Told[PartialDate] | None] | None = None
    for sentence in sentences:
        if not sentence.proper:
            continue
        labels = {piece.label for piece in sentence.pieces}
        earlier = EARLIER.match(text, sentence.start) is not None
        for time in sentence.times:
            day = _day(time)
            if day is None or of_a_law(text, time):
                continue
            rank = 0 if "SIGNING" in labels else 1
            if published is None:
                if earlier or _bounds(text, time) or _to_come(text, sentence, time):
                    continue
                if sentence.number >= _HEAD and not labels & _TELLING:
                    continue
                rank += _LAST * stamped(text, time) + _EARLIER * _with_its_year(text, sentence, time)
            else:
                today = str(day) == published
                if not _recent(day, published) or (today and stamped(text, time)):
                    continue
                rank += _LAST * today + _EARLIER * earlier + (not labels & _TELLING)
            if best is None or rank < best[0]:
                said = _OF_WORDS.match(text, time.end) is not None or _announced(text, sentence, time)
                best = rank, None if said else told(day, Rule.NEWS, time.start, time.end)
    return best[1] if best else _month_of_visit(text, sentences, published)


def _announced(text: str, sentence: Sentence, time: Time) -> bool:
    """Whether a day is that on which somebody tells of the first signing behind it: `cho biết đã ký`."""
    signing = next((p for p in sentence.pieces if p.label == "SIGNING" and p.start >= time.end), None)
    return signing is not None and tells_of_it(text, sentence, time.end, signing.start)


def _month_of_visit(
    text: str, sentences: Iterable[Sentence], published: str | None
) -> Told[PartialDate] | None:
    """The month of a visit of several days (`thăm Lào từ ngày 4 đến 6/6`), of which no day is told.

    Where the day of publication is unknown, one below the head counts only if a signing is told there yet.
    """
    sentences = tuple(sentences)
    signed = max((s.number for s in sentences if any(p.label == "SIGNING" for p in s.pieces)), default=0)
    for sentence in sentences:
        if not sentence.proper or EARLIER.match(text, sentence.start):
            continue
        if published is None and sentence.number >= max(_HEAD, signed + 1):
            continue
        visits = [piece.start for piece in sentence.pieces if piece.label == "VISIT"]
        if not visits or any(_NOT_YET.search(text, max(sentence.start, at - _NUMBERED), at) for at in visits):
            continue
        for time in sentence.times:
            value = time.date.value
            if not isinstance(value, Interval) or value.start is None or value.end is None:
                continue
            first, last = value.start, value.end
            if not first.day or not last.day or (first.year, first.month) != (last.year, last.month):
                continue
            if (published is None or _recent(last, published)) and not _to_come(text, sentence, time):
                return told(PartialDate(first.year, first.month), Rule.NEWS, time.start, time.end)
    return None


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


def _bounds(text: str, time: Time) -> bool:
    """Whether something runs from or to a day; not `được nhắc tới hôm 22/9`."""
    words = text[time.start : time.end].lower()
    return not words.startswith("hôm") and bool(_BOUND.search(text, max(0, time.start - _LEAD), time.start))


def _to_come(text: str, sentence: Sentence, time: Time) -> bool:
    """Whether a day is told with what will be: `Ngày 17/1, ông A sẽ đến`, `khai mạc ngày 11/12 tới`."""
    if _NEXT.match(text, time.end):
        return True
    if _OF_WORDS.match(text, time.end):
        return False
    led = _WILL_BE.search(text, max(sentence.start, time.start - _NUMBERED), time.start)
    return led is not None or _THERE_WILL.match(text, time.end) is not None


def _with_its_year(text: str, sentence: Sentence, time: Time) -> bool:
    """Whether a day has its year and does not open a sentence, as `Hiệp định ký ngày 5/5/2015` has."""
    if _YEAR.search(text, time.start, time.end) is None:
        return False
    before = text[max(sentence.start, time.start - _LEAD) : time.start]
    led = _IN_PROSE.search(before)
    return _OPENING.search(before) is None and (led is None or led.group().lower().startswith("ký"))


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
