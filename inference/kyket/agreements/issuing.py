"""Statements of two that are made, as papers are signed: `Ngày 5/3, hai nước ra tuyên bố chung`, and when."""

from __future__ import annotations

import regex

from kyket.agreements.announcements import said_between
from kyket.agreements.mention import Mention
from kyket.agreements.news import EARLIER
from kyket.agreements.scene import Scene, Time
from kyket.agreements.vocabulary import PLAN
from kyket.timevalues import PartialDate

_STATEMENT = regex.compile(r"(?:bản\s+)?tuyên\s+bố\s+(?:chung|tầm\s+nhìn)", regex.IGNORECASE)
# Not `chỉ ra tuyên bố chung`, `hợp tác thông qua tuyên bố chung`.
_MADE = regex.compile(
    r"(?<!\p{L})(?:đưa\s+ra|(?<!(?:chỉ|nêu|vạch|đề|tác)\s)ra|(?<=(?:đã|vừa|cùng|cũng|nhau)\s)thông\s+qua)\s+(?:(?:một|bản)\s+)*$",
    regex.IGNORECASE,
)
# `sau khi ra tuyên bố chung`, `kêu gọi hai nước ra …`, `10 năm ra …`, `đồng ý ra …`, `từng ra …`, and the
# heading of another article: `[A - B ra tuyên bố chung]`.
_ASIDE = regex.compile(
    r"(?:(?<!\p{L})(?:(?:(?:sau|trước|từ)\s+khi|(?<!(?:làm|công)\s)việc|kêu\s+gọi|yêu\s+cầu|thúc\s+giục)\s+(?:[^,;:.]*\s)?"
    r"|(?:đồng\s+ý|(?:nhất|thống)\s+\p{L}+|năm|ngày|từng)\s+)|\[[^\]]*)$",
    regex.IGNORECASE,
)
_LEAD, _CHAIN = 60, 60


def made(scene: Scene, mention: Mention) -> int | None:
    """Where the words begin that tell that a statement was made, in a mention without a signing."""
    if mention.trigger is not None or not _STATEMENT.match(scene.text, mention.start, mention.end):
        return None
    start = max(mention.sentence.start, mention.start - _LEAD)
    found = _MADE.search(scene.text, start, mention.start)
    if found is None or _ASIDE.search(scene.text, start, found.start()):
        return None
    start = max(mention.sentence.start, found.start() - _CHAIN)  # `sẽ ký thỏa thuận, ra tuyên bố chung`
    return None if PLAN.search(scene.text[start : found.start()]) else found.start()


def day_of(
    scene: Scene, mention: Mention, points: list[tuple[Time, PartialDate]]
) -> tuple[Time, PartialDate] | None:
    """The day before the words that a statement was made, but for one on which somebody told of it."""
    at = made(scene, mention)
    if at is None:
        return None
    days = [point for point in points if mention.left <= point[0].start and point[0].end <= at]
    last = days[-1] if days else None
    told = last is not None and last[1].day and not said_between(scene.text, last[0].end, at)
    return last if told else None


def just_made(scene: Scene, mention: Mention) -> bool:
    """Whether a statement is told as made now, so that the day of the news is its day."""
    if made(scene, mention) is None or EARLIER.match(scene.text, mention.sentence.start):
        return False
    return not any(_some_time(scene, mention, time) for time in mention.sentence.times)


def _some_time(scene: Scene, mention: Mention, time: Time) -> bool:
    """Whether a time may be another than that of the news: `năm ngoái`, but not `hôm nay`.

    Behind the statement only a day, as years may be those that it is about.
    """
    if time.date.type != "DATE" or scene.text[time.start : time.end].lower().endswith("nay"):
        return False
    value = time.date.value
    return time.end <= mention.start or (isinstance(value, PartialDate) and value.day is not None)
