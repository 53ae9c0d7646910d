"""Days of signing told one after another, each of a paper of its own."""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence, Time
from kyket.timevalues import PartialDate

_EACH = regex.compile(
    r"(?<!\p{L})(?:lần\s+lượt|(?:vào|trong|hồi)(?:\s+các)?)\s+(?:(?:vào|trong|các|là|năm|tháng|ngày)\s+)*$",
    regex.IGNORECASE,
)
_NEXT = regex.compile(
    r"^\s*(?:,?\s*(?P<last>và|rồi)|,)\s*(?:(?:vào|trong|năm|tháng|ngày)\s+)*$", regex.IGNORECASE
)
_LEADING, _NEAR = 60, 24


def days_in_turn(scene: Scene, sentence: Sentence, start: int, end: int) -> list[tuple[Time, PartialDate]]:
    """The days of a run between two places: `lần lượt vào tháng 12/2013 và tháng 4/2015`."""
    run: list[tuple[Time, PartialDate]] = []
    for time in sentence.times:
        if not start <= time.start < end or time.date.type != "DATE":
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
    others = (p.start for p in sentence.pieces if p.label == "AGREEMENT" and p.start >= paper.end)
    days = days_in_turn(scene, sentence, paper.end, next(others, sentence.end))
    if not days or {",", ";"} & set(scene.text[paper.end : days[0][0].start]):
        return False
    signings = [p for p in sentence.pieces if p.label == "SIGNING" and p.end <= days[0][0].start]
    return bool(signings) and paper.start - signings[-1].end < _NEAR
