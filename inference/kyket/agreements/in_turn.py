"""Days of signing told one after another, each of a paper of its own."""

from __future__ import annotations

from bisect import bisect_left

import regex

from kyket.agreements.scene import Piece, Scene, Sentence, Time
from kyket.timevalues import Interval, PartialDate, TimeValue

_EACH = regex.compile(
    r"(?<!\p{L})(?:lần\s+lượt|(?:vào|trong|hồi)(?:\s+các)?)\s+(?:(?:vào|trong|các|là|năm|tháng|ngày)\s+)*$",
    regex.IGNORECASE,
)
_NEXT = regex.compile(
    r"^\s*(?:,?\s*(?P<last>và|rồi)|,)\s*(?:(?:vào|trong|năm|tháng|ngày)\s+)*$", regex.IGNORECASE
)
# Between the papers and the days, names blanked; not `ký các hợp đồng giao hàng vào năm 2015 và 2016`.
_OF_SIGNING = regex.compile(
    r"(?:[\s()]|(?:hợp\s+tác|được|đã|ký|kết|do|mà|với|giữa|và|cùng|hai|bên|nước|này|nhau|lần\s+lượt|vào|trong|hồi|các|là"
    r"|ngày|tháng|năm)(?!\p{L}))*+",
    regex.IGNORECASE,
)
# `ký các bản ghi nhớ với B và C lần lượt vào năm 2010 và 2015`: which with whom is not known.
_WITH_TWO = regex.compile(r"(?<!\p{L})với\s+và(?!\p{L})", regex.IGNORECASE)
_LEADING, _NEAR, _FAR, _PIECES = 60, 24, 400, 12


def days_in_turn(scene: Scene, sentence: Sentence, start: int, end: int) -> list[tuple[Time, PartialDate]]:
    """The days of a run between two places: `lần lượt vào tháng 12/2013 và tháng 4/2015`."""
    run: list[tuple[Time, PartialDate]] = []
    first = bisect_left(sentence.times, start, key=lambda time: time.start)
    for at in range(first, len(sentence.times)):
        time = sentence.times[at]
        if time.start >= end:
            break
        if time.date.type != "DATE":
            continue
        gap = scene.text[max(run[-1][0].end if run else start, time.start - _LEADING) : time.start]
        match = (_NEXT if run else _EACH).search(gap)
        if match is None or not isinstance(time.date.value, PartialDate):
            break
        run.append((time, time.date.value))
        if run[1:] and match["last"] is not None:
            return run
    return []


def in_turn(scene: Scene, sentence: Sentence, paper: Piece) -> bool:
    """Whether papers were signed on days of their own: `ký các thỏa thuận vào các năm 2010, 2015 và 2020`."""
    days = days_in_turn(scene, sentence, paper.end, min(sentence.end, paper.end + _FAR))
    gap = scene.without_names(sentence, paper.end, days[0][0].start) if days else ""
    if not days or _OF_SIGNING.fullmatch(gap) is None or _WITH_TWO.search(gap):
        return False
    at = bisect_left(sentence.pieces, days[0][0].start, key=lambda piece: piece.start)
    for piece in reversed(sentence.pieces[max(0, at - _PIECES) : at]):
        if piece.label == "AGREEMENT" and piece.start > paper.start:
            return False
        if piece.label == "SIGNING":
            return paper.start - piece.end < _NEAR
    return False


def of_the_days(period: TimeValue, days: list[PartialDate | None]) -> bool:
    """Whether a stretch is only that over which several were signed: `ký vào các năm 2010, 2015 và 2020`."""
    if len(days) < 2 or not isinstance(period, Interval):
        return False
    return period.end in days and (period.start is None or period.start in days)
