"""Lengths: which of them say how long something holds or held, and what they count from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from msgspec.structs import replace

from kyket.dates.expressions import Expression
from kyket.dates.guards import Surroundings
from kyket.dates.meanings import Away, Length, Point, Unit
from kyket.dates.points import read_length, read_point
from kyket.dates.reading import Reading

# A cell of a table that holds nothing else
_CELL_BEFORE, _CELL_AFTER = regex.compile(r"[;|\t]\s?$"), regex.compile(r"\s?[;|\t]")
_STATED_BEFORE = regex.compile(r"[DMQYW]\)?&$")
_LENGTH_BEFORE = regex.compile(
    r"(?<!\p{L})(?:(?:thời\shạn|hiệu\slực|giá\strị|kéo\sdài|kỳ\shạn|gia\shạn|vòng|thời\sgian(?:\s(?:thực\shiện|hợp\stác|triển\skhai))?"
    r"|thời\s(?:gian|hạn)\s(?:(?:cho\s)?thuê|vay|sử\sdụng|khai\sthác|hoạt\sđộng|thu\sphí|bảo\shành|hiệu\slực|hợp\sđồng)(?:\s(?:đất|lại|nhà|vốn))?"
    r"|thời\shạn(?:\s\p{L}+){1,4}(?=\slà\s)|chu\skỳ|ghi\snhớ|thỏa\sthuận|hợp\sđồng|hợp\stác|phối\shợp|(?<!%\s)kế\shoạch|kết\snghĩa|ký):?\s(?:(?:là|khoảng|trong|hơn|gần|đúng|thêm|vòng|tối\sthiểu|tối\sđa|việc)\s){0,2}"
    r"|(?:áp\sdụng|thực\shiện|triển\skhai|chạy)\strong\s|(?:gia\shạn|kéo\sdài|tái\ský)[^.,;!?\n]{0,30}\sthêm\s)$",
    regex.IGNORECASE,
)
_LENGTH_AFTER = regex.compile(
    r"\s(?:hợp\stác|kết\snghĩa|đồng\shành|phối\shợp|triển\skhai|thực\shiện)(?!\p{L})", regex.IGNORECASE
)
_ANNIVERSARY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:kỷ\sniệm|tròn|mừng|nhân|lùi|hoãn|dời|chậm)\s(?:\p{L}+\s){0,2}$", regex.IGNORECASE
)
_AGREED_BEFORE = regex.compile(
    r"(?<!\p{L})(?:quy\schế|chương\strình|thỏa\sthuận|(?<!%\s)kế\shoạch|hợp\sđồng|ghi\snhớ)\s[^.,;:\n]{0,25}(?<!(?<!\p{L})(?:trên|hơn|từ|đến|tới|đây|hết\shạn|sau|trước|mỗi|và|là)\s)$",
    regex.IGNORECASE,
)
_AGO_BEFORE = regex.compile(
    r"(?<!\p{L})cách\s(?:đây|nay)\s(?:đã\s)?(?:(?:hơn|gần|khoảng|đúng|tròn|chừng|tầm|ngót)\s)?$",
    regex.IGNORECASE,
)
_WORDS_BEFORE, _CLAUSE = 16, 120
_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
_NUMBER_AFTER = dict(pairwise(_NUMBERS))
_LOWER_BEFORE = regex.compile(
    r"(?:(?<!\d|\d,)(?P<lower>\d{1,4}(?:,\d)?)(?:\s?[-–]\s?|\s(?:đến|tới|hoặc|hay)\s)|(?<!\p{L})(?:vài|dăm|đôi)\s"
    rf"|(?<!\p{{L}})(?<!(?:mươi|lần|thứ|lớp|tháng|khóa)\s)(?P<number>{'|'.join(_NUMBER_AFTER)}),?(?P<linked>\s(?:đến|tới|hoặc|hay))?\s)$",
    regex.IGNORECASE,
)
_RANGE_AFTER = regex.compile(
    r"(?:\slần\sthứ\s[\p{L}\d]+)?(?:,?\s(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ)\s(?:từ\s)?|(?<=\slần\sthứ\s[\p{L}\d]+)\s\()(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)\d\d)",
    regex.IGNORECASE,
)
_FIGURE = regex.compile(r"\d{1,4}(?:,\d)?")
_CLAUSE_END = regex.compile(r"[.,;\n]|$")
_NO_TITLE_AFTER = regex.compile(
    r"\s(?:tù|chưa|sau|trước|nữa|qua|tới|đầu|cuối|liên|không)(?!\p{L})|\s\p{Lu}\p{Ll}+\s?-"
)
# Days and weeks are told of strikes and courses too, so only these words show that they are a validity.
_SHORT_LENGTH_BEFORE = regex.compile(
    r"(?<!\p{L})(?:thời\shạn(?:(?:\s\p{L}+){1,4}(?=\slà\s))?|hiệu\slực|giá\strị|kỳ\shạn|gia\shạn)\s(?:(?:là|trong|thêm)\s){0,2}$",
    regex.IGNORECASE,
)
_REVIEW_BEFORE = regex.compile(
    r"(?<!\p{L})(?:tổng\skết|sơ\skết|kiểm\sđiểm|nhìn\slại|điểm\slại|rà\ssoát|đánh\sgiá|kết\squả)\s"
    r"(?:(?:việc|kết\squả|hiệu\squả|công\stác|quá\strình|chặng\sđường|của|cả|về|hơn|gần|thực\shiện|triển\skhai)\s){0,3}$",
    regex.IGNORECASE,
)
_FIRST_PART_AFTER = regex.compile(r"\s(?:đầu|cuối|tới|nữa)(?!\p{L})", regex.IGNORECASE)
# What else drags on for months: a course, a negotiation, a journey.
_NO_VALIDITY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:lớp|khóa|cuộc|quá\strình|chuyến|đợt|khoảng\strống|học)(?!\p{L})[^.;!?\n]*kéo\sdài\s(?:\p{L}+\s)?$"
    r"|(?:(?:^|[.!?:]\s|\n)|(?<!\p{L})(?:chỉ|nhất)\s)trong\svòng\s(?:\p{L}+\s)?$",
    regex.IGNORECASE,
)
_WORK_AFTER = regex.compile(
    r"\s(?:tổ\schức\s|tích\scực\s)?(?:hợp\stác|thực\shiện|triển\skhai|phối\shợp|thực\sthi|ký\skết|liên\skết)(?!\p{L})",
    regex.IGNORECASE,
)
_FROM_SIGNING_AFTER = regex.compile(
    r",?\s(?:kể\s|tính\s)?từ\s(?:ngày|khi|lúc|thời\sđiểm)\s(?:hai\sbên\s|được\s)?ký(?:\skết)?(?=\s*(?:[.,;:)\n]|$))",
    regex.IGNORECASE,
)
# `Trong 4 năm, …`, `Qua hơn 10 năm, …`, `Trong vòng 2 năm kể từ ngày ký, A phải …`
_OPENS_SENTENCE = regex.compile(
    r"(?:^|[.!?:*]\s{1,2}|\n)(?:Trong|Qua)\s(?:vòng\s)?(?:(?:hơn|gần|khoảng|đúng|suốt|cả)\s)?$"
)
# `Trong vòng 5 năm, hai bên sẽ trao đổi …`
_IS_AHEAD = regex.compile(
    r"[^.;!?\n]*(?<!\p{L})(?:sẽ|(?<!(?:đã|từng)\s)phải|dự\skiến|phấn\sđấu)(?!\p{L})", regex.IGNORECASE
)
_SINCE_BEFORE = regex.compile(r"(?<!\p{L})(?:sau|qua|trong)\s(?:hơn\s|gần\s)?$", regex.IGNORECASE)
_NO_LENGTH_AFTER = regex.compile(
    r"\s?(?:tuổi|kinh\snghiệm|một\slần|/|ngày\s(?:thành|sinh|mất|thiết|truyền)|học(?:,\stừ)?\s\d)",
    regex.IGNORECASE,
)
_RHYTHM_AFTER = regex.compile(r"\s?(?:một\slần|/)", regex.IGNORECASE)


def counted(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`3 năm qua`, `giai đoạn 5 năm tới đây`, `3 ngày trước`."""
    length, tail = read_length(reading.need(match, "length")), reading.slice(match, "tail")[-1]
    if length is None or is_part_of_range(reading.around, reading.need(match, "length").start):
        return ()
    start = reading.need(match, "lead" if match["lead"] else "length").start
    kind = match["tail"][-1]
    if kind == "o" and (
        reading.around.is_journey(start, tail.end)
        or (length.unit == "year" and reading.around.is_label(start))
    ):
        return ()
    if kind == "z" and (reading.said(tail) != "nay" or reading.around.is_label(start)):
        return ()
    if kind == "a":
        away = Expression(start, tail.end, Away(-length.count, length.unit))
        return () if match["lead"] else (away,)
    meaning = replace(length, direction=-1 if kind in "pz" else 1)
    if reading.said(tail) in ("tiếp theo", "kế tiếp"):
        meaning = replace(meaning, origin=_before_and(reading, match, length.unit))
    return (Expression(start, tail.end, meaning, is_period=True),)


def _before_and(reading: Reading, match: regex.Match[str], unit: Unit) -> Point | None:
    """The end of what `và` joins to a length: `giai đoạn 2016-2020 và 5 năm tiếp theo`.

    Months count from the last one of a quarter or year: `quý I/2024 và 3 tháng tiếp theo`.
    """
    before = _STATED_BEFORE.search(reading.kinds, max(0, match.start() - 3), match.start())
    atom = reading.atoms[before.start()] if before else None
    point = read_point(atom) if atom else None
    if point and unit == "month" and point.unit in ("quarter", "year"):
        return replace(point, unit="month", quarter=None, month=3 * (point.quarter or 4))
    return point if point and (unit == "year" or point.unit in ("day", unit)) else None


def anchored(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`5 năm kể từ tháng 1-2019`."""
    atom, origin = reading.need(match, "length"), reading.need(match, "origin")
    if match["comma"] and reading.said(reading.need(match, "since")).startswith("từ"):
        return ()
    length, point = read_length(atom), read_point(origin)
    if length is None or point is None or is_part_of_range(reading.around, atom.start):
        return ()
    if (point.unit == "year" and length.unit != "year" and length.count % 12) or (
        point.unit == "month" and length.unit in ("day", "week")
    ):
        return ()  # `mức cao nhất của 6 tháng kể từ năm 2011`: no end is known
    start = reading.need(match, "lead" if match["lead"] else "length").start
    return (Expression(start, origin.end, replace(length, direction=1, origin=point), is_period=True),)


def length_of(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`thời hạn 5 năm`, `nhiệm kỳ 4 năm`; `sau 4 năm triển khai`, `tổng kết 5 năm` count back."""
    atom, lead = reading.need(match, "length"), reading.atom(match, "lead")
    length = read_length(atom)
    if length is None or is_part_of_range(reading.around, atom.start):
        return ()
    start, end = (lead or atom).start, atom.end
    if _is_rhythm(reading.around, end) or _is_said_over(reading.around, end, length):
        return ()
    ago = None if lead else _ago(reading.around, start)
    if ago is not None:
        return (Expression(ago, end, Away(-length.count, length.unit)),)
    if lead is None and _looks_back(reading.around, start, end, length.unit):
        length = replace(length, direction=-1, reviewed=True)
    elif not (lead or reading.alone or _is_validity(reading.around, start, end, length.unit)):
        return ()
    return (Expression(start, end, length, is_period=True),)


def _is_rhythm(around: Surroundings, end: int) -> bool:
    """True in `chu kỳ hai năm một lần`."""
    return _RHYTHM_AFTER.match(around.after(end)) is not None


def is_part_of_range(around: Surroundings, start: int) -> bool:
    """True for the upper number of a vague length: `20-30 năm nữa`, `hai ba năm qua`, `vài ba năm`."""
    match = _LOWER_BEFORE.search(around.text[max(0, start - _WORDS_BEFORE) : start])
    if match is None:
        return False
    if match["lower"]:  # `Chương trình 135 - 5 năm thực hiện` is none
        upper = _FIGURE.match(around.text, start)
        return upper is not None and _number(match["lower"]) < _number(upper.group())
    following = _NUMBER_AFTER.get((match["number"] or "").lower())
    return following is None or match["linked"] is not None or around.text.startswith(following, start)


def _number(figures: str) -> float:
    """The number that figures with a comma for the fraction give."""
    return float(figures.replace(",", "."))


def _is_said_over(around: Surroundings, end: int, length: Length) -> bool:
    """True where a range behind says a length in years again: `kế hoạch 5 năm, giai đoạn 2021-2025`."""
    match = _RANGE_AFTER.match(around.text, end)
    if match is None or length.unit != "year":
        return False
    return 0 <= int(match["last"]) - int(match["first"]) + 1 - length.count <= 1


def _ago(around: Surroundings, start: int) -> int | None:
    """Where `cách đây` begins that stands before a length."""
    match = _AGO_BEFORE.search(before := around.before(start))
    return None if match is None else start - len(before) + match.start()


def _looks_back(around: Surroundings, start: int, end: int, unit: Unit) -> bool:
    """True in `sau 4 năm triển khai`, `Trong 4 năm, …`, `tổng kết 5 năm`: it ends with this day."""
    before, after = around.before(start), around.after(end)
    if unit not in ("year", "month"):
        return False
    if unit == "year" and after.startswith(",") and _OPENS_SENTENCE.search(before):
        return _IS_AHEAD.match(around.text, end, end + _CLAUSE) is None
    if _SINCE_BEFORE.search(before) and _WORK_AFTER.match(after):
        return True
    if _NO_LENGTH_AFTER.match(after) or _FIRST_PART_AFTER.match(after):
        return False
    return _REVIEW_BEFORE.search(before) is not None


def _is_validity(around: Surroundings, start: int, end: int, unit: Unit) -> bool:
    """True where a bare length says how long something holds: `thời hạn 5 năm`, `5 năm hợp tác`."""
    before, after = around.before(start), around.after(end)
    if _NO_LENGTH_AFTER.match(after):
        return False
    if _CELL_BEFORE.search(before) and _CELL_AFTER.match(after):
        return unit in ("year", "month")
    if unit not in ("year", "month"):
        return _SHORT_LENGTH_BEFORE.search(before) is not None
    if _LENGTH_BEFORE.search(before):
        return _NO_VALIDITY_BEFORE.search(around.text, max(0, start - _CLAUSE), start) is None
    if unit == "year" and _FROM_SIGNING_AFTER.match(after):  # `Trong 2 năm kể từ ngày ký, A phải …`
        return _OPENS_SENTENCE.search(before) is None
    if _LENGTH_AFTER.match(after):
        return _ANNIVERSARY_BEFORE.search(before) is None
    if unit == "year" and _opens(around, start):
        return _NO_TITLE_AFTER.match(after) is None
    return _AGREED_BEFORE.search(before) is not None and _CLAUSE_END.match(after) is not None


def _opens(around: Surroundings, start: int) -> bool:
    """True where the title begins: `Mười năm một nhịp cầu`."""
    return start < 4 and not any(letter.isalnum() for letter in around.text[:start])
