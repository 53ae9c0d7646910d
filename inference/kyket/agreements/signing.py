"""When an instrument was signed, as its sentence tells."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from kyket.agreements.citations import of_a_convention, of_a_law, of_a_plan, of_relations
from kyket.agreements.counts import COUNTED, COUNTS
from kyket.agreements.grounds import Rule, Told, told, value_of
from kyket.agreements.in_turn import days_in_turn
from kyket.agreements.issuing import day_of, just_made
from kyket.agreements.mention import Mention
from kyket.agreements.news import EARLIER, stamped
from kyket.agreements.parties import LEAD
from kyket.agreements.retold import said_or_done, told_by_the_way
from kyket.agreements.scene import Piece, Scene, Time
from kyket.agreements.vocabulary import PLAN, RENEWED, UNCOUNTED_PAPERS, UNTIL
from kyket.timevalues import Interval, PartialDate, TimeValue

FROM = regex.compile(r"(?<!\p{L})từ(?:\s+(?:ngày|tháng|năm|đầu|cuối|giữa))*\s*$", regex.IGNORECASE)
_AND_SIGNS = regex.compile(r"\s+và\s+(?:(?:đã|cũng|chính\s+thức|cùng)\s+)*", regex.IGNORECASE)
_WHEN = regex.compile(
    r"(?!.*(?:hiệu\s+lực|giá\s+trị|thực\s+hiện|triển\s+khai))[^,;:]*\s(?:vào|hồi)\s+", regex.IGNORECASE
)
_NUMBERED = 24
_BORN = regex.compile(
    r"(?:ra đời|lập|thông qua|bắt đầu|ban hành|năm|ngày|tháng|hồi|vào|được|trao|giữa|và|[(–-]|\s)+$",
    regex.IGNORECASE,
)
_VALID = regex.compile(r"hiệu\s+lực|áp\s+dụng|giá\s+trị|thực\s+hiện|kéo\s+dài|thời\s+hạn", regex.IGNORECASE)
_BARE_FROM = regex.compile(r"(?<!kể\s|tính\s|đầu\s)từ(?:\s+năm)?\s*$", regex.IGNORECASE)
_FEW = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_COUNT = rf"(?:{'|'.join(_FEW)}|[0-9]{{1,2}})"
# `15 năm ngày hai xã ký`, `hai năm sau khi ký`; `sơ kết một năm ký`, but not `hợp đồng 10 năm ký hôm 25/6`.
_ANNIVERSARY = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<back>(?:sơ\s+kết|tổng\s+kết|kỷ\s+niệm|đánh\s+giá|nhìn\s+lại|qua|sau|tròn)\s+)?"
    rf"(?:chỉ\s+|đúng\s+)?(?P<about>(?:gần|hơn)\s+)?(?P<years>{_COUNT})\s+năm\s+"
    r"(?:(?:sau\s+ngày\s+$|ngày(?!\p{L})(?=[^,;:]*$))|(?P<after>sau\s+khi\s+)$|(?(back)(?=$)|(?!)))",
    regex.IGNORECASE,
)
_ALREADY = regex.compile(r"(?<!\p{L})(?:cũng|đã|từng)\s+(?:\p{L}+\s+)?$", regex.IGNORECASE)
_JUST = regex.compile(r"(?<!\p{L})(?:vừa|mới)(?:\s+(?:mới|qua|chính\s+thức|cùng))*\s*$", regex.IGNORECASE)
_HAVING = regex.compile(r"(?<!\p{L})có\s+(?:(?:một|bản|hai|ba|\p{N}+)\s+){0,2}$", regex.IGNORECASE)
# `lễ trao các thỏa thuận`, `lễ trao ba văn bản gồm: A; B`; not `trao đổi về thỏa thuận`.
_GIVEN = regex.compile(
    r"(?<!\p{L})(?:(?:lễ|đã|vừa|cùng|cũng|và)\s+trao(?:\s+đổi)?|trao(?:\s+cho)?\s+nhau)"
    rf"(?:\s+(?:các|một|bản|\p{{N}}+|{'|'.join(COUNTS)}))*"
    r"(?:\s+(?:văn\s+(?:kiện|bản)|thoả\s+thuận|thỏa\s+thuận|hợp\s+đồng|bản\s+ghi\s+nhớ)"
    r"[^.:;]{0,80}(?:gồm|:)[^.]*)?\s*$",
    regex.IGNORECASE,
)
_THEN = regex.compile(r"(?:đã|vốn|cũng|hai\s+bên|và|với|[\s,()&–-])*+", regex.IGNORECASE)
_SINCE = regex.compile(r"(?:riêng|với|giữa|và|hợp\s+tác|[\s,()-])*+từ(?:\s+năm)?\s*", regex.IGNORECASE)
_TOLD = 120
_NEAR, _LEAD, _FAR, _BESIDE, _ATTACHED = 20, 80, 700, 60, 8
_ELSEWHERE, _TOO_FAR = 300, 40
_SO_MANY_DAYS = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<after>{_COUNT})\s+(?:ngày|hôm)\s+sau\s+khi|trước\s+đó\s+(?P<before>{_COUNT})\s+(?:ngày|hôm)"
    rf"|(?P<ago>{_COUNT})\s+(?:ngày|hôm)\s+trước\s+đó)(?!\p{{L}})",
    regex.IGNORECASE,
)
_BACK_THERE = regex.compile(r"năm\s+(?:ấy|đó|nọ|xưa)(?!\p{L})")  # within a sentence, of a memory
# A deadline: `ký trước tháng 11`.
_BY = regex.compile(r"(?<!\p{L})trước(?:\s+(?:ngày|tháng|năm|cuối|hết|thời\s+điểm))*\s*$", regex.IGNORECASE)
_FIGURES = regex.compile(r"\p{N}{4}|tới|sau|sang", regex.IGNORECASE)
# What is carried out under a contract is signed before that: `làm theo hợp đồng ký với B, tháng 9 sẽ xong`.
_UNDER = regex.compile(r"(?<!\p{L})theo\s+(?:(?:một|bản|các)\s+)?$", regex.IGNORECASE)
_BACK_IN = regex.compile(r"hồi\s*$", regex.IGNORECASE)


def signing_date(scene: Scene, mention: Mention) -> Told[PartialDate] | None:
    """The day, month or year that the sentence gives for the signing."""
    while (other := mention.beside) and mention.trigger and other.trigger is mention.trigger:
        if mention.trigger.start < mention.start:
            break
        mention = other  # `X và Y được ký hôm 12/8`
    own = _dated(scene, mention)
    return _days_before(scene, mention, own) or own


def signing_dates(scene: Scene, mention: Mention) -> list[Told[PartialDate] | None]:
    """That of the signing, or those of each of several.

    `ký hai bản ghi nhớ lần lượt vào tháng 12/2013 và tháng 4/2015`, `ký các thỏa thuận vào năm 2010 và 2015`.
    """
    run = days_in_turn(scene, mention.sentence, mention.told_from, mention.right)
    if mention.trigger and run:
        start = max(mention.sentence.start, mention.start - _NUMBERED)
        counted = COUNTED.search(scene.text, start, mention.start)
        every = UNCOUNTED_PAPERS.match(scene.text[start : mention.start]) is not None
        if every or (counted and len(run) == COUNTS[counted["count"].lower()]):
            return [told(value, Rule.DATED, time.start, time.end) for time, value in run]
    return [signing_date(scene, mention)]


def _days_before(scene: Scene, mention: Mention, own: Told[PartialDate] | None) -> Told[PartialDate] | None:
    """`Hai ngày sau khi A và B ký …, hôm nay`, `Trước đó một ngày, A và B ký`: counted back from that day.

    What is said to be after the signing has a day in the sentence. What was before is counted from the day
    of the news, unless the sentence tells one ahead of these words; one behind them is that of the signing.
    """
    if mention.trigger is None:
        return None
    match = _SO_MANY_DAYS.search(scene.text, mention.left, mention.trigger.start)
    if match is None or not _opens(scene, mention, match.start()):
        return None
    day = own if own or match["after"] else scene.news
    if day is None or not (day.value.year and day.value.month and day.value.day):
        return None
    told_at = own.grounds[-1].at if own else None
    if told_at and not match["after"] and told_at[0] > match.start():
        return None
    count = _number(match["after"] or match["before"] or match["ago"])
    try:
        back = date(day.value.year, day.value.month, day.value.day) - timedelta(days=count)
    except (ValueError, OverflowError):
        return None
    at = (match.start(), match.end())
    return day.then(PartialDate(back.year, back.month, back.day), Rule.DATED, at)


def _number(words: str) -> int:
    return _FEW.get(words.lower()) or int(words)


def _opens(scene: Scene, mention: Mention, at: int) -> bool:
    """Whether words open the sentence or a clause of it: not `có hiệu lực ba ngày sau khi ký`."""
    return scene.text[mention.sentence.start : at].rstrip()[-1:] in ("", ",", ";", ":", ".", "*")


def _dated(scene: Scene, mention: Mention) -> Told[PartialDate] | None:
    trigger = mention.trigger
    points = [
        (t, t.date.value)
        for t in mention.sentence.times
        if isinstance(t.date.value, PartialDate) and t.date.type == "DATE"
    ]
    if trigger is None:
        if issued := day_of(scene, mention, [one for one in points if not _of_else(scene, mention, *one)]):
            return told(issued[1], Rule.DATED, issued[0].start, issued[0].end)
        return _had_since(scene, mention, points) or _born(scene, mention, points)
    for time in mention.sentence.times:
        first = commemorated(scene, time) if time.start >= mention.left else None
        if first is not None and not of_relations(scene.text, mention, time):
            return told(first, Rule.ANNIVERSARY, time.start, time.end)
    if (gone := _years_since(scene, mention)) is not None:
        return _then(scene, mention, points, gone)
    within = [t for t in mention.sentence.times if t.date.type == "PERIOD"]
    others = [p for p in mention.sentence.pieces if p.label == "SIGNING" and p.index != trigger.index]
    found: list[tuple[int, Told[PartialDate]]] = []
    for time, value in points:
        if any(t.start <= time.start < t.end for t in within) or _of_else(scene, mention, time, value):
            continue
        if _of_another_deed(scene, mention, time, points):
            continue
        distance = _distance(mention, trigger, others, time)
        day = told(value, Rule.DATED, time.start, time.end)
        if (last := _gone_by(scene, mention, time, value)) != value:
            day = day.then(last, Rule.LAST_MONTH)
        ahead = scene.published is not None and str(last) > scene.published
        if distance is None or (ahead and (distance > _TOO_FAR or _carried_out(scene, mention, time))):
            continue  # of another signing, or something that is to come of this
        found.append((distance, day))
    nearer = [one for one in found if not _BACK_THERE.fullmatch(scene.text, *one[1].grounds[0].at or (0, 0))]
    return _likeliest(nearer or found, trigger.end)


def _carried_out(scene: Scene, mention: Mention, time: Time) -> bool:
    """Whether something is done by the paper at a time: `làm theo hợp đồng ký với B, tháng 9 …`."""
    under = _UNDER.search(scene.text, max(mention.left, mention.start - _NEAR), mention.start)
    return under is not None and scene.text[mention.end : time.start].rstrip()[-1:] == ","


def _of_another_deed(
    scene: Scene, mention: Mention, time: Time, points: list[tuple[Time, PartialDate]]
) -> bool:
    """`lập quan hệ năm 2009 và ký hiệp định vào năm 2015`: what the signing is joined to has its own date."""
    assert mention.trigger is not None
    return _AND_SIGNS.fullmatch(scene.text, time.end, mention.trigger.start) is not None and any(
        _WHEN.fullmatch(scene.text, mention.end, other.start)
        for other, _ in points
        if other.start < mention.right
    )


def _of_else(scene: Scene, mention: Mention, time: Time, value: PartialDate) -> bool:
    """Whether a date is part of the instrument's name, the year of a plan, the stamp of a page, a limit."""
    if mention.index is not None and mention.start <= time.start < mention.end:
        return True
    if _of_plan(scene, mention, time, value) or of_a_law(scene.text, time, mention):
        return True
    if not value.month and of_a_convention(scene.text, mention, time):
        return True
    if str(value) == scene.published != str(value_of(scene.news)) and stamped(scene.text, time):
        return True
    if said_or_done(scene, mention, time, value):
        return True
    before = scene.text[max(mention.sentence.start, time.start - _NEAR) : time.start]
    if UNTIL.match(before) or _BY.search(before):
        return True
    return FROM.search(before) is not None and not _since(scene, value, before)


def _distance(mention: Mention, trigger: Piece, others: list[Piece], time: Time) -> int | None:
    """How far a date is from the signing, more where it is not in the mention's stretch; None of another."""
    if time.start >= mention.right and time.start > trigger.end:
        return None
    distance = max(time.start - trigger.end, trigger.start - time.end, 0)
    elsewhere = time.start < mention.left
    between = [p for p in others if elsewhere or (p.end <= time.start and time.end <= trigger.start)]
    if any(max(time.start - p.end, p.start - time.end) < distance for p in between):
        return None
    return distance + _ELSEWHERE * elsewhere


def _born(scene: Scene, mention: Mention, points: list[tuple[Time, PartialDate]]) -> Told[PartialDate] | None:
    """The first date that stands straight behind the instrument: `thỏa thuận ra đời năm 2015`."""
    for time, value in points:
        if not 0 <= time.start - mention.end <= _BESIDE or _of_plan(scene, mention, time, value):
            continue
        if _BORN.fullmatch(scene.without_names(mention.sentence, mention.end, time.start)):
            return told(value, Rule.BORN, time.start, time.end)
    return None


def _had_since(
    scene: Scene, mention: Mention, points: list[tuple[Time, PartialDate]]
) -> Told[PartialDate] | None:
    """`Từ năm 2012, A đã có thỏa thuận với B`, `A có thỏa thuận với B từ năm 2012`: signed in that year."""
    having = _HAVING.search(scene.text, max(mention.left, mention.start - _NEAR), mention.start)
    if having is None:
        return None
    for time, value in points:
        if time.end <= mention.start:
            gap = scene.without_names(mention.sentence, time.end, having.start())
            led = FROM.search(scene.text, mention.sentence.start, time.start) is not None
            attached = led and _THEN.fullmatch(gap) is not None
        else:
            attached = (
                time.start - mention.end <= _TOLD
                and _SINCE.fullmatch(scene.without_names(mention.sentence, mention.end, time.start))
                is not None
            )
        if attached and value.year and (scene.published is None or str(value) < scene.published[:4]):
            return told(value, Rule.BORN, time.start, time.end)
    return None


def _likeliest(found: list[tuple[int, Told[PartialDate]]], signed: int) -> Told[PartialDate] | None:
    """The nearest of the dates with their distances; before a bare year further on a day of that year."""
    distance, day = min(found, key=lambda one: one[0], default=(_FAR, None))
    if day is None or distance >= _FAR:
        return None
    further = (at := day.grounds[0].at) is not None and at[0] > signed + _ATTACHED
    if day.value.month is None and further:
        days = [
            one
            for one in found
            if one[1].value.day and one[1].value.year in (None, day.value.year) and one[0] < _FAR
        ]
        return min(days, key=lambda one: one[0], default=(distance, day))[1]
    return day


def commemorated(scene: Scene, time: Time) -> PartialDate | None:
    """The day of signing in `45 năm Ngày ký (18/7/1977 - 18/7/2022)`, which is no validity."""
    value = time.date.value
    if not isinstance(value, Interval) or value.start is None or value.end is None or not value.start.day:
        return None
    same = (value.start.month, value.start.day) == (value.end.month, value.end.day)
    return value.start if same and scene.text[max(0, time.start - 1) : time.start] == "(" else None


def _of_plan(scene: Scene, mention: Mention, time: Time, value: PartialDate) -> bool:
    """`ký chương trình phối hợp năm 2022`: the year that a plan is for."""
    named = mention.kind == "programme" and 0 <= time.start - mention.end <= 2
    return not value.month and (named or of_a_plan(scene.text, mention.sentence, time))


def _gone_by(scene: Scene, mention: Mention, time: Time, value: PartialDate) -> PartialDate:
    """A month without its year was the last of its name: `ký hồi tháng 4`, `thỏa thuận ký tháng 5`."""
    if not scene.published or value.day or not value.month or not value.year:
        return value
    if str(value) <= scene.published[: len("YYYY-MM")] or _FIGURES.search(scene.text, time.start, time.end):
        return value
    trigger = mention.trigger
    attached = trigger and mention.end <= trigger.start and 0 <= time.start - trigger.end <= 1
    if attached or _BACK_IN.search(scene.text[max(0, time.start - _NEAR) : time.start]):
        return PartialDate(value.year - 1, value.month)
    return value


def just_signed(scene: Scene, mention: Mention, status: str | None, period: TimeValue | None) -> bool:
    """Whether a signing is told as what happens now, so that the day of the news is its day."""
    trigger = mention.trigger
    if trigger is None:
        given = _handed_over(scene, mention) or just_made(scene, mention)
        return status is None and mention.age != "old" and given
    if status != "signed" or mention.age == "old" or _years_since(scene, mention):
        return False
    start = mention.sentence.start
    earlier = EARLIER.match(scene.text, start) and _ALREADY.search(scene.text, start, trigger.start)
    if earlier or any(
        time.date.value is None and mention.left <= time.start < mention.right
        for time in mention.sentence.times
    ):
        return False  # `Trước đó, A cũng đã ký …`; `ký năm ngoái`, whenever that was
    if told_by_the_way(scene, mention, trigger) or any(
        isinstance(time.date.value, PartialDate) and said_or_done(scene, mention, time, time.date.value)
        for time in mention.sentence.times
    ):
        return False
    # An article that opens with `A vừa ký với B` tells no day of it behind; later on it is that told.
    just = mention.sentence.number < LEAD and _JUST.search(
        scene.text, max(start, trigger.start - _NEAR), trigger.start
    )
    if just and not _news_of_it(scene, mention):
        return False
    # What is renewed (`gia hạn thỏa thuận`) is the older one, unless its new years are told.
    return period is not None or not RENEWED.match(scene.text, trigger.start, trigger.end)


def _handed_over(scene: Scene, mention: Mention) -> bool:
    """`chứng kiến lễ trao thỏa thuận`, `A và B trao nhau bản ghi nhớ`: signed there, or shown as signed."""
    sentence, news = mention.sentence, value_of(scene.news)
    days = (
        time.date.value for time in sentence.times if time.date.type == "DATE" and time.end <= mention.start
    )
    if EARLIER.match(scene.text, sentence.start) or any(day != news for day in days):
        return False
    start = max(sentence.start, mention.start - _FAR)
    given = _GIVEN.search(scene.text, start, mention.start)
    return given is not None and not PLAN.search(scene.text, start, given.start())


def _news_of_it(scene: Scene, mention: Mention) -> bool:
    """Whether the day of the news is told before a mention, or with the signing: `Lễ ký diễn ra ngày …`."""
    at = scene.news.grounds[0].at if scene.news else None
    if at is None or at[0] < mention.start:
        return at is not None
    sentence = next(sentence for sentence in scene.sentences if at[0] < sentence.end)
    return any(piece.label == "SIGNING" for piece in sentence.pieces)


def _since(scene: Scene, value: PartialDate, before: str) -> bool:
    """`từ năm 2016 hai bên đã ký`: the year of a signing, not the start of a validity."""
    now = scene.published or str(value_of(scene.news) or "")
    past = str(value) < now[:4]
    return past and _BARE_FROM.search(before) is not None and _VALID.search(before) is None


def _years_since(scene: Scene, mention: Mention) -> regex.Match[str] | None:
    """`15 năm ngày hai xã ký`, `sơ kết một năm ký kết`: the years gone by since the signing."""
    if mention.trigger is None:
        return None
    start = max(mention.sentence.start, mention.trigger.start - _LEAD)
    last = None
    for match in _ANNIVERSARY.finditer(scene.text, start, mention.trigger.start):
        last = match  # `60 năm ngày lập quan hệ và 45 năm ngày ký …`
    if last is None or not last["after"] or _opens(scene, mention, last.start()):
        return last
    return None  # `tàu sẽ giao hai năm sau khi ký hợp đồng`


def _then(
    scene: Scene, mention: Mention, points: list[tuple[Time, PartialDate]], gone: regex.Match[str]
) -> Told[PartialDate] | None:
    """The day behind the instrument, else so many years before publication; never a day that looks back."""
    for time, value in points:
        gap = (
            scene.without_names(mention.sentence, mention.end, time.start) if time.start > mention.end else ""
        )
        if value.day and value.year and gap and _BORN.fullmatch(gap):
            return told(value, Rule.BORN, time.start, time.end)
    if scene.published is None or gone["about"]:
        return None
    elsewhen = any(value.year and str(value.year) != scene.published[:4] for _, value in points)
    if elsewhen and "sau" in gone.group().lower():
        return None  # `Một năm sau khi ký hợp đồng, ngày 10/5/2023, …`: counted from another year than this
    year = int(scene.published[:4]) - _number(gone["years"])
    return told(PartialDate(year), Rule.ANNIVERSARY, *gone.span()) if year > 0 else None
