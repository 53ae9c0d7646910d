"""How long an instrument holds as the sentences before and behind its signing say."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.grouping import Group
from kyket.agreements.joining import HEADLINES, Record
from kyket.agreements.lengths import months_of, years_of
from kyket.agreements.parties import Cast
from kyket.agreements.periods import PAST, SHORT_MONTHS, TOLD, YEAR, given, lasting
from kyket.agreements.scene import Scene, Sentence, Time
from kyket.agreements.vocabulary import ANYONE, VALIDITY
from kyket.timevalues import Duration, Interval, PartialDate, TimeValue

_TERMS = regex.compile(
    r"\W*(?:theo\s+đó|theo\s+nội\s+dung|trong\s+(?:giai\s+đoạn|vòng|thời\s+gian|khuôn\s+khổ|\d|(?:các|hai|ba|bốn|năm|sáu|mười)\s+năm(?!\s+tài\s+chính))|giai\s+đoạn|thời\s+hạn|hiệu\s+lực|có\s+(?:giá\s+trị|hiệu\s+lực)|"
    r"thời\s+gian|dự\s+án|chương\s+trình|bản|từ\s+(?:năm|tháng|nay)|kể\s+từ|hai\s+bên|cụ\s+thể|kỳ\s+hạn|văn\s+bản|biên\s+bản|thỏa\s+thuận|kế\s+hoạch)(?!\p{L})",
    regex.IGNORECASE,
)  # fmt: skip
# Not `giai đoạn 2021-2030`, which names the plan of somebody.
_ALL_THROUGH = regex.compile(
    r"(?<!\p{L})(?:từ(?!\p{L})|trong\s+(?:(?:các|hai|ba|bốn|năm|\p{N})\s+)?(?:năm\s+)?(?=\p{N}{4}|năm|$))",
    regex.IGNORECASE,
)
# What the years of a sentence behind a signing may be of instead.
_OF_ELSE = regex.compile(
    r"(?<!\p{L})(?:kế\s+hoạch\s+(?:sản\s+xuất|kinh\s+doanh)|chiến\s+lược|quy\s+hoạch|đề\s+án|mục\s+tiêu|phấn\s+đấu|nhiệm\s+kỳ|giữ\s+chức|doanh\s+thu|lợi\s+nhuận"
    r"|tăng\s+trưởng|năm\s+tài\s+chính)(?!\p{L})",
    regex.IGNORECASE,
)
_STAGE = regex.compile(r"giai\s+đoạn\s", regex.IGNORECASE)
_LEFT = regex.compile(r"còn\s+lại\s+(?:của|trong)\s+", regex.IGNORECASE | regex.REVERSE)  # at the end
# What a stage may be of instead, anywhere before it.
_OF_PLAN = regex.compile(
    rf"{_OF_ELSE.pattern}|(?<!\p{{L}})(?:nghị\s+quyết|quyết\s+định|kế\s+hoạch|dự\s+án)(?!\p{{L}})",
    regex.IGNORECASE,
)
_SOON, _OPENING, _LONG, _FAR = 3, 40, 96, 200


def terms(scene: Scene, sentence: Sentence, signed: PartialDate | None, next: bool) -> Told[TimeValue] | None:
    """The period that a sentence after the signing gives: `Theo đó, từ năm 2013 đến năm 2018, …`."""
    if (years := _from_then_on(scene, sentence, signed, next)) is not None:
        return years
    if not _TERMS.match(scene.text, sentence.start, min(sentence.end, sentence.start + 80)):
        return None
    for time in sentence.times:
        if time.start - sentence.start > 60 or sentence.bracket(time.start):
            break
        if _OF_ELSE.search(scene.text, max(sentence.start, time.start - TOLD), time.start):
            break
        value = lasting(scene, time)
        if isinstance(value, Interval) and value.start and value.end and months_of(value) < YEAR:
            continue
        begins = value.start.year if isinstance(value, Interval) and value.start else None
        if begins and signed and signed.year and begins < signed.year:
            continue
        if value:
            if isinstance(value, Duration) and not VALIDITY.search(scene.text, sentence.start, time.end):
                continue
            return given(time, value, Rule.TERMS)
    return None


def of_others(
    scene: Scene, sentence: Sentence, joined: list[Group], parties: tuple[str, ...], cast: Cast
) -> bool:
    """`Giai đoạn 2021-2025, hai tỉnh …` behind a contract of two companies: what others do in these years."""
    first = joined[0] if joined else None
    if first is None or first.count != 2 or first.start - sentence.start > _OPENING:
        return False
    opens = scene.text[sentence.start : first.start].rstrip().endswith(",")
    return opens and first.noun not in ANYONE and not any(cast.fits(party, first.noun) for party in parties)


def _from_then_on(
    scene: Scene, sentence: Sentence, signed: PartialDate | None, next: bool
) -> Told[TimeValue] | None:
    """Years that begin with the signing, to the month, whatever the sentence says of them.

    In the sentence right behind they may begin within the year after: `Phim quay trong hai năm 2024-2025`.
    """
    if signed is None or not signed.year:
        return None
    for time in sentence.times:
        value = time.date.value
        if (
            not isinstance(value, Interval)
            or not value.start
            or not value.end
            or sentence.bracket(time.start)
        ):
            continue
        if PAST.search(scene.text[time.start : time.end]):
            continue
        years = (value.start.year or 0) - signed.year
        months = years * 12 + (value.start.month or 0) - (signed.month or 0)
        exact = signed.month and value.start.month and 0 <= months <= _SOON and months_of(value) >= YEAR
        later = years in (0, 1) and months_of(value) >= SHORT_MONTHS and _running(scene, value)
        if exact or (
            next
            and later
            and not _OF_ELSE.search(scene.text, sentence.start, sentence.end)
            and _ALL_THROUGH.search(scene.text, max(sentence.start, time.start - TOLD), time.start + 4)
        ):
            return given(time, value, Rule.TERMS)
    return None


def leading(
    scene: Scene, sentence: Sentence, signed: PartialDate, parties: tuple[str, ...]
) -> Told[TimeValue] | None:
    """Years that open the sentence before the signing is told: `Từ năm 2025 đến năm 2030, mỗi năm …`.

    They are of what two of the parties do, whom the sentence names.
    """
    if not sentence.times or not signed.year:
        return None
    if len({piece.entity for piece in sentence.pieces} & set(parties)) < 2:
        return None
    time = sentence.times[0]
    value = time.date.value
    opens = scene.text[sentence.start : time.start].strip(" -–*\n") == "" or scene.text[time.start].isupper()
    if not opens or not isinstance(value, Interval) or not value.start or not value.end:
        return None
    if (value.start.year or 0) - signed.year not in (0, 1) or months_of(value) < YEAR:
        return None
    return given(time, value, Rule.AHEAD) if _running(scene, value) else None


def stages(scene: Scene, kept: Sequence[Record]) -> None:
    """`phần còn lại của giai đoạn 2018-2023`: years that begin with a signing and are not over yet.

    They are of the only record of that year whose period nothing else tells, where the head of the article
    tells them, they are reviewed or what is left of them is spoken of; other years are of output, of a
    budget, of a term.
    """
    taken = {str(record.period) for record in kept}
    open_ended = [r for r in kept if r.validity is None and r.looked_back is None and r.signed_on]
    if not open_ended or scene.published is None:
        return
    found: dict[str, Told[TimeValue]] = {}
    for sentence in scene.sentences:
        for time in sentence.times if sentence.proper else ():
            value = time.date.value
            if not isinstance(value, Interval) or not _STAGE.match(scene.text, time.start):
                continue
            if not (sentence.number < HEADLINES or _is_reviewed(scene, sentence, time)):
                continue
            if years_of(value) is None or str(value) in taken or str(value.end) < scene.published[:4]:
                continue
            if months_of(value) <= _LONG and not _OF_PLAN.search(
                scene.text, max(sentence.start, time.start - _FAR), time.start
            ):
                found.setdefault(str(value), given(time, value, Rule.STAGE))
    for period in found.values():
        start = years_of(period.value)
        theirs = [r for r in open_ended if start and r.signed_on and r.signed_on.year == start[0]]
        if len(theirs) == 1:
            theirs[0].validity = theirs[0].validity or period


def _is_reviewed(scene: Scene, sentence: Sentence, time: Time) -> bool:
    """Whether years stand right behind a review (`tổng kết giai đoạn …`) or behind `còn lại của`."""
    if _LEFT.match(scene.text[sentence.start : time.start]):
        return True
    reviews = (piece.end for piece in sentence.pieces if piece.label == "REVIEW")
    return any(not scene.text[end : time.start].strip() for end in reviews if end <= time.start)


def _running(scene: Scene, value: Interval) -> bool:
    """Whether it ends after publication."""
    end = str(value.end)
    return scene.published is not None and end > scene.published[: len(end)]
