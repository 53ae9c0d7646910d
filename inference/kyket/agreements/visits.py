"""Signings told of as of a visit: `ký … trong khuôn khổ chuyến thăm`, on whatever day of it."""

from __future__ import annotations

from bisect import bisect_right

import regex

from kyket.agreements.grounds import Told
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene
from kyket.timevalues import PartialDate

_VISIT = (
    r"(?:trong(?:\s+khuôn\s+khổ)?|nhân(?:\s+dịp)?|dịp|kết\s+quả)\s+chuyến\s+(?:viếng\s+)?"
    r"(?:thăm|công\s+du|đi|công\s+tác)(?!\p{L})"
)
_OF_A_VISIT = regex.compile(rf"(?<!\p{{L}}){_VISIT}", regex.IGNORECASE)
# `Sáng 10-4, A thăm B`: a visit of one day; not one that begins, ends or goes on then.
_PART_OF_DAY = regex.compile(r"(?<!\p{L})(?:sáng|trưa|chiều|tối)(?!\p{L})", regex.IGNORECASE)
_LONGER = regex.compile(
    r"(?<!\p{L})(?:bắt\s+đầu|mở\s+đầu|kết\s+thúc|từ\s+ngày|đang|chuyến)(?!\p{L})", regex.IGNORECASE
)
# `ngay sau hội đàm`, `tại lễ đón`, `sáng nay`, `ngày đầu của chuyến thăm`: what tells on which of its days.
_ON_THAT_DAY = regex.compile(
    r"(?<!\p{L})(?:(?:sau|tại|trong|cuối|kết\s+thúc)\s+(?:\p{L}+\s+){0,2}(?:hội\s+đàm|hội\s+kiến|gặp|tiếp|lễ|họp|diễn\s+đàn|hội\s+nghị|hội\s+thảo)"
    r"|ngày\s+(?:đầu|cuối|thứ)|cùng\s+ngày|hôm\s+(?:nay|qua)|(?:sáng|trưa|chiều|tối|đêm)\s+(?:nay|qua|cùng)|(?:ngay\s+)?sau\s+đó|tiếp\s+đó|vừa\s+qua)(?!\p{L})",
    regex.IGNORECASE,
)
_LEAD = 12  # characters before a day: `Sáng ngày 10-4`


def within_a_visit(scene: Scene, mention: Mention, news: Told[PartialDate]) -> Told[PartialDate]:
    """The month of the day of the news where a sentence behind it tells only of a visit, else that day."""
    sentence, day, at = mention.sentence, news.value, news.grounds[0].at
    if day.day is None or at is None or at[0] >= sentence.start:
        return news
    if _OF_A_VISIT.search(scene.text, sentence.start, sentence.end) is None:
        return news
    dated = any(time.date.type == "DATE" for time in sentence.times)
    if dated or _of_one_day(scene, *at) or _ON_THAT_DAY.search(scene.text, sentence.start, sentence.end):
        return news
    return Told(PartialDate(day.year, day.month), news.grounds)


def _of_one_day(scene: Scene, start: int, end: int) -> bool:
    """Whether the sentence of a part of a day tells of a visit that was made then."""
    told = scene.sentences[bisect_right(scene.sentences, start, key=lambda sentence: sentence.start) - 1]
    if _PART_OF_DAY.search(scene.text, max(told.start, start - _LEAD), end) is None:
        return False
    visited = any(piece.label == "VISIT" for piece in told.pieces)
    return visited and _LONGER.search(scene.text, told.start, told.end) is None
