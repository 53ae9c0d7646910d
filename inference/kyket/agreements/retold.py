"""Signings that are told of again: to tell which paper it is, or because somebody spoke of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from kyket.agreements.announcements import tells_of_it
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Piece, Scene, Time
from kyket.timevalues import PartialDate

if TYPE_CHECKING:
    from kyket.agreements.joining import Reading, Record

# Between a paper and its signing in a clause about it: `hợp đồng ký với A`, `thỏa thuận mà A và B đã ký`; not
# `chứng kiến trao đổi bốn văn kiện ký kết`, `thỏa thuận vừa ký`, `ký cuối buổi`, `ký nhân chuyến thăm`.
_THAT_IS = regex.compile(
    r"(?!.*(?<!\p{L})(?:được|vừa|mới|lễ|buổi|việc|sẽ|chính\s+thức)(?!\p{L}))[^,;:.]*\s", regex.IGNORECASE
)
_SHOWN = regex.compile(r"(?<!\p{L})(?:trao|chứng\s+kiến|ra\s+mắt|công\s+bố)(?!\p{L})", regex.IGNORECASE)
_ON_THE_SPOT = regex.compile(r"\s+(?:ngay|nhân|cuối|trong|tại|sau|bên\s+lề|ở|lúc)(?!\p{L})", regex.IGNORECASE)
# `…, việc A và B ký …`, `tin rằng việc ký …`: a signing that was told of. Not `đi đầu trong việc ký`.
_THAT_SIGNING = regex.compile(
    r"(?:^|[,.;:“\"]\s*|(?<!\p{L})(?:rằng|tin\s+tưởng|đánh\s+giá|(?:bình\s+luận|phát\s+biểu)\s+về)\s+)việc\s+(?:[^,.;:]{0,120}\s)?$",
    regex.IGNORECASE,
)
_YET_TO_COME = regex.compile(
    r"(?<!\p{L})(?:sẽ|sắp|chưa|trước\s+đó|ngoài|bên\s+cạnh)(?!\p{L})", regex.IGNORECASE
)
_LEAD, _FAR, _CLAUSE = 80, 300, 180


def told_by_the_way(scene: Scene, mention: Mention, trigger: Piece) -> bool:
    """Whether that a paper was signed only tells which it is: `theo hợp đồng ký với A`."""
    return (
        mention.index is not None
        and mention.end < trigger.start
        and _THAT_IS.fullmatch(scene.text, mention.end, trigger.start) is not None
        and _ON_THE_SPOT.match(scene.text, trigger.end) is None
        and _SHOWN.search(scene.text, max(mention.left, mention.start - _LEAD), mention.start) is None
    )


def said_or_done(scene: Scene, mention: Mention, time: Time, value: PartialDate) -> bool:
    """Whether a date before a signing is that on which somebody told of it, or did something by the paper.

    `Hôm 5/3, A cho biết đã ký`, `Ngày 12/3, A dựng kho theo hợp đồng ký với B`.
    """
    trigger = mention.trigger
    if trigger is None or not 0 <= min(mention.start, trigger.start) - time.end <= _FAR:
        return False
    # `Ngày 12/3, tại A, hợp đồng với B ký kết`: the paper opens a clause of its own
    done = scene.text[time.end : mention.start].rstrip(" ")[-1:] not in (",", "")
    if value.day and done and told_by_the_way(scene, mention, trigger):
        return True
    return tells_of_it(scene.text, mention.sentence, time.end, trigger.start)


def of_that_signing(scene: Scene, mention: Mention) -> bool:
    """Whether a sentence takes up the signing as told: `việc A và B ký thỏa thuận này sẽ mở ra cơ hội`."""
    if mention.trigger is None or mention.index is None or mention.start < mention.trigger.end:
        return False
    start = max(mention.sentence.start, mention.trigger.start - _CLAUSE)
    before = scene.text[start : mention.trigger.start]
    return _THAT_SIGNING.search(before) is not None and _YET_TO_COME.search(before) is None


def told_again(record: Record, reading: Reading) -> bool:
    """Whether a later sentence tells of a signing by the same parties once more, by its date or as that one.

    Not where it tells of one more, nor by the month or the year alone.
    """
    later = record.last < reading.mention.sentence.number and len(record.parties) > 1
    if not later or reading.mention.also:
        return False
    if reading.mention.retold and not reading.dated and record.told:
        return not reading.parties or set(record.parties) == set(reading.parties)
    day = reading.signed_on if reading.dated and record.dated else None
    return (
        day is not None
        and day.day is not None
        and day == record.signed_on
        and set(reading.parties) == set(record.parties)
    )
