"""How long an instrument holds as the sentences before and behind its signing say."""

from __future__ import annotations

import regex

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.lengths import months_of
from kyket.agreements.periods import PAST, SHORT_MONTHS, TOLD, YEAR, given, lasting
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.vocabulary import VALIDITY
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
_SOON = 3


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


def _running(scene: Scene, value: Interval) -> bool:
    """Whether it ends after publication."""
    end = str(value.end)
    return scene.published is not None and end > scene.published[: len(end)]
