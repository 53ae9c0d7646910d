"""How long an instrument holds."""

from __future__ import annotations

from itertools import pairwise

import regex

from kyket.agreements.citations import of_a_plan, of_a_war
from kyket.agreements.grounds import Rule, Told, told, value_of
from kyket.agreements.lengths import ending, extend, months_of, years_of
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene, Sentence, Time
from kyket.agreements.signing import FROM, commemorated, signing_date
from kyket.agreements.vocabulary import ROUND, SAY, TERM, UNTIL, VALIDITY
from kyket.timevalues import Duration, Interval, PartialDate, TimeValue

PAST = regex.compile(r"(?:qua|trước|vừa qua|trước đó|vừa rồi|gần đây|nay)\s*$", regex.IGNORECASE)
_ENDS = regex.compile(
    r"(?:hết\s+hạn|hết\s+hiệu\s+lực|đáo\s+hạn|mãn\s+hạn|kết\s+thúc|chấm\s+dứt)(?:\s+(?:vào|hôm|trong|từ|ngày|cuối|đầu|hồi))*\s*$",
    regex.IGNORECASE,
)
_TILL_IT_ENDS = regex.compile(  # `còn hai tháng nữa là hết hạn`
    r"\s+(?:nữa\s+)?(?:(?:là|thì|sẽ|mới)\s+)*(?:hết\s+(?:hạn|hiệu\s+lực)|đáo\s+hạn|mãn\s+hạn)(?!\p{L})",
    regex.IGNORECASE,
)
# What runs out beside an instrument: `giấy phép còn hai tháng nữa là hết hạn`.
_LICENCE = regex.compile(r"(?<!\p{L})(?:giấy\s+phép|thị\s+thực|visa|hộ\s+chiếu)(?!\p{L})", regex.IGNORECASE)
_CARRYING = regex.compile(
    r"\s*+,?\s*+(?:(?:hai|các)\s+bên\s+)?(?:cùng\s+)?(?:triển\s+khai|thực\s+hiện)\s+(?:theo\s+|bản\s+)?",
    regex.IGNORECASE,
)
_SPENT = regex.compile(rf"{_CARRYING.pattern}|\s+(?:hợp\s+tác\s+)?theo\s+", regex.IGNORECASE)
_TERM_OF = regex.compile(
    r"\s+(?:đó\s+)?là\s+(?:thời\s+hạn|kỳ\s+hạn|khuôn\s+khổ|hiệu\s+lực)(?!\p{L})", regex.IGNORECASE
)
_ASKED_FOR = regex.compile(r"(?:^|\W)(?:về|cho|trong|đề\s+nghị|sang)\s*$", regex.IGNORECASE)
_ASKED = regex.compile(r"đề\s+nghị|đề\s+xuất|mong|sẽ|thống\s+nhất|kế\s+hoạch|^\s*,\s*$", regex.IGNORECASE)
_YEARS = regex.compile(r"^(?:\p{N}+|\p{L}+)\s+năm(?:\s+rưỡi)?(?:\s+qua)?$", regex.IGNORECASE)
_STAGES = regex.compile(r"các\s+giai\s+đoạn\s", regex.IGNORECASE)  # that a sentence begins with
_TO_COME = regex.compile(r"(?:\p{N}+|\p{L}+)\s+năm\s+(?:tới|sau|tiếp\s+theo|nữa)", regex.IGNORECASE)
_RUNNING = regex.compile(r"(?:qua|sau|suốt|gần|hơn|được)\s*$", regex.IGNORECASE)
_TELLS_OF = regex.compile(r"(?<!\p{L})(?:theo\s+đó|trong\s+đó|sẽ|đã|trong)(?!\p{L})", regex.IGNORECASE)
# From a day that comes with something: `kể từ ngày vận hành thương mại, dự kiến cuối năm 2025`.
_COUNTED_FROM = regex.compile(
    r"\s*+,?\s*+(?:được\s+)?(?:kể|tính)\s+từ\s[^.;:,]{1,50},?\s+(?:dự\s+kiến|tức|là|vào)"
    r"(?:\s+(?:là|vào|trong|khoảng|đầu|giữa|cuối|ngày|tháng|năm))*\s*+",
    regex.IGNORECASE,
)
# Straight before the years, a clause of its own: `… tài trợ 2 tỉ đồng, thực hiện từ năm 2014 đến năm 2020`.
_LASTING = regex.compile(
    r",\s+(?:(?:và|được|sẽ)\s+)*(?:thực\s+hiện|triển\s+khai|áp\s+dụng|(?:có\s+)?(?:hiệu\s+lực|giá\s+trị)|thời\s+hạn|kéo\s+dài)"
    r"(?:\s+(?:trong|là|vòng))*\s*$",
    regex.IGNORECASE,
)
_PLAN = regex.compile(r"kế\s+hoạch", regex.IGNORECASE)
_BETWEEN = regex.compile(
    r"(?:(?:giữa|và|với|của|nước|chính\s+phủ|hai)(?!\p{L})|[\s,;–-])*+", regex.IGNORECASE
)
# What is paid for has years of its own: `tài trợ dự án trồng rừng, triển khai từ năm 2015 đến năm 2017`.
_WORKS = regex.compile(
    r"(?<!\p{L})(?:dự\s+án|đề\s+án|đề\s+tài|công\s+trình|kế\s+hoạch)(?!\p{L})", regex.IGNORECASE
)
_TALKING_OF = regex.compile(
    r"(?<!\p{L})(?:đàm\s+phán|thương\s+thảo|thảo\s+luận|soạn(?:\s+thảo)?|hoàn\s+tất)(?:\s+(?:về|một|bản|các|việc|ký))*\s*$",
    regex.IGNORECASE,
)
_AND_LASTS = regex.compile(
    r"[\s,]*+(?:(?:và|có|với|trong|vòng|thời|gian|hạn|kéo|dài|giá|trị|hiệu|lực|là|được)[\s,]++)*+",
    regex.IGNORECASE,
)
_SEASONS = regex.compile(
    r"(?<!\p{L})(?:hai|ba|bốn|các|\p{N})\s+(?:năm\s+học|niên\s+khóa|niên\s+vụ|mùa|vụ)(?!\p{L})",
    regex.IGNORECASE,
)
# Names alone behind a colon, of those who were counted: `với 3 trường: A, B và C giai đoạn …`.
_NAMES_THEM = regex.compile(r":(?:[\s,;–-]|(?:và|cùng)(?!\p{L}))*+$")
_AIM = regex.compile(
    r"(?<!\p{L})(?:mục\s+tiêu|phấn\s+đấu)(?!\p{L})(?!.*(?:hiệu\s+lực|thời\s+hạn|kéo\s+dài|áp\s+dụng|,\s+thực\s+hiện)(?!\p{L}))",
    regex.IGNORECASE,
)
_HALTED = regex.compile(
    r"(?<!\p{L})(?:treo|gián\s+đoạn|ngừng|ngưng|dừng|hoãn(?!\s+(?:trả\s+)?nợ))(?!\p{L})", regex.IGNORECASE
)
# What somebody says at a signing has years of its own, unless it is how long the paper holds.
_SAYS = regex.compile(rf"(?<!\p{{L}})(?:{SAY})(?!\p{{L}})", regex.IGNORECASE)
# Under a treaty people go to school year by year: `lưu học sinh diện Hiệp định năm học 2020-2021`.
_SCHOOL = regex.compile(r"năm\s+học", regex.IGNORECASE)
SHORT_MONTHS, YEAR, TOLD = 6, 11, 20
_FAR = 160


def validity(scene: Scene, mention: Mention) -> list[Told[TimeValue]]:
    """The periods that a mention's stretch gives the instrument: none, one, or several for several in one."""
    times = [t for t in mention.sentence.times if mention.end <= t.start < mention.right and t.date.value]
    found: list[Told[TimeValue]] = []
    if (opening := _opening(scene, mention)) is not None:
        return [opening]
    if times and (year := _one_year(scene, mention, times[0])):
        return [year]
    last_end = mention.end
    for time in times:
        gap = scene.text[last_end : time.start]
        length = found[-1].value if found else None
        if found and (isinstance(length, Duration) or not _joined(gap)):
            if isinstance(length, Duration) and (
                closed := _anchored(scene, time, gap, length, value_of(signing_date(scene, mention)))
            ):
                found[-1] = found[-1].then(closed, Rule.ANCHORED, (time.start, time.end))
            break
        value = lasting(scene, time)
        if value is None or _is_aim(scene, mention, time, value) or _for_talks(scene, mention, time):
            continue
        if not _belongs(scene, mention, time):
            break
        if found and not (isinstance(value, Interval) and isinstance(length, Interval)):
            break
        ahead = _anchored_ahead(scene, times, time, value)
        found.append(ahead or told(value, Rule.VALIDITY, time.start, time.end))
        last_end = time.end
    if len(found) > 1 and _SEASONS.search(scene.text, mention.end, times[0].end):
        return [_all_of(found)]
    if found:
        return found
    other = _expiry(scene, mention, times) or _ahead(scene, mention)
    return [other] if other is not None else []


def _all_of(seasons: list[Told[TimeValue]]) -> Told[TimeValue]:
    """`hai mùa diễn 2012-2013 và 2013-2014`: from the beginning of the first to the end of the last."""
    first, last = seasons[0].value, seasons[-1].value
    if not (isinstance(first, Interval) and isinstance(last, Interval) and str(first.start) < str(last.end)):
        return seasons[0]
    return seasons[0].then(Interval(first.start, last.end), Rule.VALIDITY, seasons[-1].grounds[0].at)


def _anchored(
    scene: Scene, time: Time, gap: str, length: Duration, signed: PartialDate | None
) -> TimeValue | None:
    """What the time after a length makes of it: its years, its end or its beginning.

    `ký năm 2018, thời hạn 5 năm, hết hiệu lực trong tháng 5` began when it was `signed`, where that is told;
    what ends before that is another one.
    """
    if len(gap) < 25 and (value := lasting(scene, time)):
        if isinstance(value, Interval) and value.start is not None and value.end is not None:
            if FROM.search(gap) and months_of(value) < length.years * 12:
                return extend(value.start, length)  # `ba niên khóa, từ niên khóa 2023-2024`
            return value
        return ending(value, length) if isinstance(value, Interval) and value.start is None else None
    end = time.date.value
    if isinstance(end, PartialDate) and end.year and _ENDS.search(gap):
        if signed and signed.year:
            return Interval(None, end) if signed.year < end.year else None
        return ending(Interval(None, end), length)
    if time.date.type == "DATE" and (FROM.search(gap) or _COUNTED_FROM.fullmatch(gap)):
        return extend(time.date.value, length)
    return None


def _anchored_ahead(scene: Scene, times: list[Time], time: Time, length: TimeValue) -> Told[TimeValue] | None:
    """`có hiệu lực từ 1/8/2024 và kéo dài 3 năm`: a length behind the day from which it counts."""
    before = next((t for t in reversed(times) if t.end <= time.start), None)
    if before is None or not isinstance(length, Duration) or before.date.type != "DATE":
        return None
    led = FROM.search(scene.text, max(0, before.start - TOLD), before.start)
    if not led or not _AND_LASTS.fullmatch(scene.text, before.end, time.start):
        return None
    years = extend(before.date.value, length)
    return told(years, Rule.ANCHORED, before.start, time.end) if years else None


def _expiry(scene: Scene, mention: Mention, times: list[Time]) -> Told[TimeValue] | None:
    """`đã hết hạn hôm 30/6`, `kết thúc trong năm nay`: the end of a validity."""
    for time in times:
        value = time.date.value
        before = scene.text[max(mention.end, time.start - TOLD) : time.start]
        other = _LICENCE.search(scene.text, mention.end, time.start)
        if isinstance(value, Interval) and _TILL_IT_ENDS.match(scene.text, time.end) and not other:
            return given(time, Interval(None, value.end), Rule.EXPIRY)
        if isinstance(value, PartialDate) and value.year and _ENDS.search(before):
            return given(time, Interval(None, value), Rule.EXPIRY)
    return None


def given(time: Time, value: TimeValue, rule: Rule) -> Told[TimeValue]:
    """What the words of a time expression say, by a rule."""
    return told(value, rule, time.start, time.end)


def _ahead(scene: Scene, mention: Mention) -> Told[TimeValue] | None:
    """`giai đoạn 2020-2025, thực hiện Thỏa thuận`: the period that stands before the instrument it is of."""
    for time in reversed(mention.sentence.times):
        if time.end > mention.start or time.start < mention.left or time.date.type != "PERIOD":
            continue
        value = lasting(scene, time)
        gap = scene.gap(time.end, mention.start, mention.sentence)
        if value is None or len(gap) > _FAR:
            return None
        if _TERM_OF.search(gap):
            return given(time, value, Rule.AHEAD)
        if not isinstance(value, Interval) or not value.start or not value.end or months_of(value) < YEAR:
            return None
        if not gap.strip() and any(
            p.label == "REVIEW" and p.end <= time.start <= p.end + 1 for p in mention.sentence.pieces
        ):
            return given(time, value, Rule.AHEAD)  # `tổng kết giai đoạn 2018-2023 thỏa thuận`
        if _CARRYING.fullmatch(gap) and not _YEARS.match(scene.text[time.start : time.end]):
            return given(time, value, Rule.AHEAD)
        before = scene.text[max(mention.left, time.start - TOLD) : time.start]
        if mention.trigger and _ASKED_FOR.search(before) and _ASKED.search(gap):
            return given(time, value, Rule.AHEAD)
        return None
    return None


def looked_back(scene: Scene, mention: Mention) -> Told[Interval] | None:
    """`Tổng kết 5 năm thực hiện Thỏa thuận`: how long it has run.

    It is a validity only if the next one follows.
    """
    for time in mention.sentence.times:
        value = time.date.value
        if (
            mention.left <= time.start
            and time.end <= mention.start
            and isinstance(value, Interval)
            and _YEARS.match(scene.text[time.start : time.end])
            and _SPENT.fullmatch(scene.gap(time.end, mention.start, mention.sentence))
        ):
            return told(value, Rule.LOOKED_BACK, time.start, time.end)
    return None


def _one_year(scene: Scene, mention: Mention, time: Time) -> Told[TimeValue] | None:
    """`Kế hoạch hợp tác năm 2022`, `kế hoạch phối hợp giữa A và B năm 2022` hold for that year."""
    value = time.date.value
    if not isinstance(value, PartialDate) or not value.year or value.month:
        return None
    named = mention.kind == "programme" and time.start - mention.end <= 2
    if named or (
        _PLAN.search(scene.text, mention.start, mention.end)
        and of_a_plan(scene.text, mention.sentence, time)
        and _BETWEEN.fullmatch(scene.without_names(mention.sentence, mention.end, time.start))
    ):
        year = PartialDate(value.year)
        return given(time, Interval(year, year), Rule.ONE_YEAR)
    return None


def _opening(scene: Scene, mention: Mention) -> Told[TimeValue] | None:
    """`Giai đoạn 2011-2015, hai bên đã có một thỏa thuận`: the period before an instrument."""
    sentence = mention.sentence
    if mention.trigger or mention.review or mention.left != sentence.start or not sentence.times:
        return None
    time = sentence.times[0]
    if (
        time.start - sentence.start > 12
        or not 0 < mention.start - time.end < 60
        or time.date.type != "PERIOD"
    ):
        return None
    if any(
        p.label not in ("ORG", "LOC", "PER", "PERIOD") for p in sentence.pieces if p.start < mention.start
    ):
        return None
    value = lasting(scene, time)
    return given(time, value, Rule.OPENING) if isinstance(value, Interval) else None


def rounds(scene: Scene, sentence: Sentence, latest: TimeValue | None) -> list[tuple[Interval, Time]]:
    """The years that a sentence gives to rounds (`chặng một, 2017-2019`), each with where it stands.

    `Các giai đoạn 2008-2013, 2013-2018` are rounds if they lead up to the `latest`.
    """
    found: list[tuple[Interval, Time]] = []
    last: int | None = None
    first = next((time for time in sentence.times if time.date.type == "PERIOD"), None)
    leading = (
        first
        and _STAGES.match(scene.text, first.start)
        and not scene.text[sentence.start : first.start].strip()
        and _lead_up(sentence, latest)
    )
    for time in sentence.times:
        value = time.date.value
        closed = isinstance(value, Interval) and value.start is not None and value.end is not None
        if (
            time.date.type != "PERIOD"
            or not isinstance(value, Interval)
            or not closed
            or months_of(value) < YEAR
        ):
            continue
        joined = (leading and not found) or (last is not None and _joined(scene.text[last : time.start]))
        if joined or ROUND.search(scene.text, max(sentence.start, time.start - 60), time.start + 8):
            found.append((value, time))
            last = time.end
    return found


def _lead_up(sentence: Sentence, latest: TimeValue | None) -> bool:
    """Whether the periods of a sentence follow each other, the latest upon the last of them."""
    years = [years_of(time.date.value) for time in sentence.times if time.date.type == "PERIOD"]
    years.append(years_of(latest))
    return all(one and other and one[1] == other[0] for one, other in pairwise(years))


def _joined(gap: str) -> bool:
    return gap.strip().lower() in ("và", ",", ", và", "và giai đoạn")


def _is_aim(scene: Scene, mention: Mention, time: Time, value: TimeValue) -> bool:
    """`thỏa thuận với B, nhằm đạt mục tiêu … đến năm 2030`: when something is to be reached."""
    end = isinstance(value, Interval) and value.start is None
    return end and _AIM.search(scene.text[mention.end : time.start]) is not None


def _under_it(scene: Scene, mention: Mention, time: Time) -> bool:
    """`Theo thỏa thuận này, 60 giáo viên sẽ được đào tạo trong giai đoạn 2018-2022`."""
    return (
        mention.anaphor
        and scene.text[mention.sentence.start : mention.start].strip().lower() == "theo"
        and scene.text.endswith("trong ", 0, time.start)
    )


def _for_talks(scene: Scene, mention: Mention, time: Time) -> bool:
    """`dự kiến đàm phán hiệp định trong hai năm tới`: when it is to be talked over."""
    return (
        mention.trigger is None
        and _TO_COME.fullmatch(scene.text, time.start, time.end) is not None
        and scene.text.endswith("trong ", 0, time.start)
        and _TALKING_OF.search(scene.text, mention.left, mention.start) is not None
    )


def _belongs(scene: Scene, mention: Mention, time: Time) -> bool:
    """Nothing else stands between the instrument and the period that the period could be about."""
    start = mention.end
    if mention.trigger and start <= mention.trigger.start < time.start:
        start = mention.trigger.end
    gap = scene.gap(start, time.start, mention.sentence)
    if _HALTED.search(gap) or (mention.kind == "treaty" and _SCHOOL.match(scene.text, time.start)):
        return False
    if len(gap) <= 3:
        return True
    words = scene.without_names(mention.sentence, start, time.start)
    if len(gap) > _FAR or (":" in gap[:-TOLD] and not _NAMES_THEM.search(words)):  # `có nêu: …`
        return False
    blocked = any(
        p.label in ("TRAINING", "EXCHANGE", "SUPPORT", "AWARD", "VISIT", "MEETING", "REVIEW")
        for p in mention.sentence.pieces
        if mention.end <= p.start < time.start
    )
    if blocked and ((_LASTING.search(gap) and not _WORKS.search(gap)) or _under_it(scene, mention, time)):
        return True
    if blocked and (_TELLS_OF.search(gap) or not scene.text.startswith("giai đoạn", time.start)):
        return False
    if scene.text[time.start : time.end].lower().startswith(("giai đoạn", "thời kỳ")):
        return True
    near = gap[-30:]
    if _SAYS.search(words):
        return TERM.search(near) is not None
    return bool(VALIDITY.search(near)) or "giữa" in gap or "với" in gap or len(gap) <= 40


def lasting(scene: Scene, time: Time) -> TimeValue | None:
    """The value of a time expression that can be a validity: years, not days; to come, not past."""
    value = time.date.value
    if commemorated(scene, time) is not None or of_a_war(scene.text, time):
        return None
    text = scene.text[time.start : time.end].lower()
    before = scene.text[max(0, time.start - 12) : time.start]
    if _YEARS.match(scene.text[time.start : time.end]) and _RUNNING.search(before):
        return None
    if isinstance(value, Duration):
        long = value.years or value.months >= SHORT_MONTHS
        return value if long and not PAST.search(text) else None
    if isinstance(value, Interval):
        if PAST.search(text):
            return None
        if _TO_COME.fullmatch(text) and value.start and value.end and value.start.year and value.end.year:
            return Duration(years=value.end.year - value.start.year)
        return value if value.start is None or value.end is None or months_of(value) >= SHORT_MONTHS else None
    if (
        isinstance(value, PartialDate)
        and value.year
        and UNTIL.match(scene.text[max(0, time.start - 20) : time.start])
    ):
        return Interval(None, value)
    return None
