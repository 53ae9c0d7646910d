"""How atoms join into expressions: patterns over the letters of their kinds.

Every rule is a pattern over the kinds of a text (`kyket.dates.row`) and a function that reads its match; at
each place the first rule whose function gives expressions wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex
from msgspec.structs import replace

from kyket.dates.complete import complete_list, in_one_year
from kyket.dates.ends import (
    bound,
    joined,
    term,
    until_now,
    within_year,
)
from kyket.dates.expressions import Expression
from kyket.dates.lengths import anchored, counted, is_part_of_range, length_of
from kyket.dates.lists import counts_them, in_a_row, is_quarter_in_figures, items_of, like
from kyket.dates.meanings import Point, Stretch
from kyket.dates.points import read_later, read_length, read_point, read_stretch
from kyket.dates.reading import Reading

_WEEKDAY_BEFORE = regex.compile(r"w(?:[,&to-]{1,2}|[&to-]g)$")
_WEEKDAY_AFTER = regex.compile(r"(?:[,&to-]{1,2}|[&to-]g)w(?!,?\(?g?D)")
_TIME_BEFORE = regex.compile(r"c[,g]{0,2}$")
_TIME_AFTER = regex.compile(r"\)?,?g{0,2}c")
_AFTER_NOON = regex.compile(r"chiều|tối|đêm")


# ranges


def _range(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`từ 12 - 16.8`, `giai đoạn 2018-2023`, `5 năm (2017-2021)`, `từ nay đến năm 2030`."""
    lead, length, opening = (reading.atom(match, name) for name in ("lead", "length", "open"))
    since, closing = reading.atom(match, "since"), reading.atom(match, "close")
    first, link, last = (reading.need(match, name) for name in ("first", "link", "last"))
    between = (
        [atom for atom in reading.slice(match, "between") if atom.kind == "W"] if match["between"] else []
    )
    if between and not in_a_row([point for atom in (first, *between, last) if (point := read_point(atom))]):
        return ()  # `2018 - 2019 - 2020` is one stretch, `2010 - 2015 - 2020` is none
    outer = opening is None or closing is not None
    named = bool(lead or length) or reading.alone
    year = reading.atom(match, "year")
    if year or is_quarter_in_figures(first, last):
        last = like(first, last, year)
    stretch = reading.ends.read(first, link, last, named=named, led=named or since is not None)
    if stretch is None:
        return ()
    if first.kind == "Y" and last.kind != "e" and since and reading.said(since).endswith("đầu"):
        stretch = within_year(stretch)
    before = reading.atom(match, "before")
    if before is not None and link.kind != "t":
        return ()  # `từ giai đoạn 2018-2023` says since when, `từ những năm 1980 đến năm 1995` how long
    day = reading.atom(match, "day")
    if day is not None and "shifted" in day.groups:
        return ()  # `tuần qua, 28/3 - 30/3` has two
    since = since or day
    start = (since or first).start
    if outer and not (since and length and not opening):
        start = (before or lead or length or since or first).start
    shut = reading.atom(match, "shut") or (closing if opening else None)
    end = shut.end if shut else last.end
    if stretch.last and stretch.last.lacks_year and reading.around.recurs(start, end):
        return ()
    return (Expression(start, end, stretch, is_period=True),)


def _terms(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """Ends that are stretches: `từ năm học 2020-2021 đến 2024-2025`, `từ những năm 1990 đến nay`.

    So are `hai năm học 2020-2021 và 2021-2022`.
    """
    first, last = (reading.slice(match, name) for name in ("first", "last"))
    since, link = reading.atom(match, "since"), reading.need(match, "link")
    start, end = term(first), term(last)
    if last[-1].kind == "z" and start and start.first and start.first.unit == "month":
        end = Stretch(None, Point("month", shift=0))
    kinds = first[0].kind + last[0].kind
    are_terms = len(first) + len(last) > 3 or {"L", "H"} & set(kinds)
    if not are_terms or start is None or end is None:
        return ()
    if link.kind == "&":
        two = since or first[0]
        is_two = reading.said(two) in ("hai", "2", "02") and not reading.around.is_label(two.start)
        is_two = is_two and "học" in reading.text[two.end : first[-1].start].lower()
        if kinds[1] != "W" or not is_two:
            return ()
    elif since is not None and since.kind == "N":
        return ()
    elif since is None and kinds != "HH" and kinds[1] != "z":
        return ()  # `đề án giai đoạn 2021-2025, định hướng đến năm 2030` has two
    if reading.said(link).startswith("sang") or (
        last[-1].kind == "W" and reading.around.counts(last[-1].end)
    ):
        return ()
    stretch = joined(start, end)
    if stretch is None:
        return ()
    return (Expression((since or first[0]).start, last[-1].end, stretch, is_period=True),)


# lists


def _list(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`các năm 2014, 2015 và 2016`: one point each; `hai ngày 16 và 17/1`: a stretch."""
    length, lead = reading.atom(match, "length"), reading.atom(match, "lead")
    items = items_of(reading.slice(match, "items"), length, reading.atom(match, "year"), reading.around)
    told = read_length(length) if length else None
    kinds = "".join(atom.kind for atom in items)
    if kinds[-1] == "N" or (
        kinds[0] == "N"
        and "named" not in items[0].groups
        and length is None
        and match["part"] is None
        and not reading.around.are_days_in_brackets(items[0].start, items[-1].end)
    ):
        return ()
    if (
        kinds[0] == "W"
        and lead is None
        and length is None
        and (len(items) < 3 or not reading.singles.is_year(items[0]))
        and not reading.around.is_bracketed(items[0].start, items[-1].end)
    ):
        return ()
    is_told = lead is not None or (told is not None and told.count == len(items))
    if kinds[-1] == "W" and not is_told and reading.around.counts(items[-1].end):
        return ()
    points = complete_list([bound(atom) for atom in items])
    if points is None or (points[0].lacks_year and reading.around.recurs(items[0].start, items[-1].end)):
        return ()
    if kinds[0] == "D" and not reading.singles.begin_days(items, points):
        return ()
    if length is not None:
        if not counts_them(told, points):
            return ()
        end = reading.slice(match)[-1].end
        if in_a_row(points):
            return (Expression(length.start, end, Stretch(points[0], points[-1]), is_period=True),)
    found = [
        Expression(atom.start, atom.end, point)
        for atom, point in zip(items, in_one_year(points), strict=True)
    ]
    if lead is not None or (length is not None and not match["open"]):
        atom, words = lead or length, {"day": "ngày", "month": "tháng", "year": "năm"}
        assert atom is not None
        word = reading.said(atom).rfind(words.get(points[0].unit, "quý") if length else "năm")
        if word < 0:
            return ()
        found[0] = replace(found[0], start=atom.start + word)
    return found


def _lone_year(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`những năm 1998`, which is one year."""
    lead, atom = reading.need(match, "lead"), reading.need(match, "point")
    word = reading.said(lead).rfind("năm")
    point = read_point(atom)
    if word < 2 or point is None or reading.around.counts(atom.end):
        return ()
    return (Expression(lead.start + word, atom.end, point),)


# points and open ends


def _open(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`từ năm 2024 trở đi`; `từ năm 2024`, `đến hết năm 2027` as the bounds of a validity."""
    link, atom, on = reading.need(match, "link"), reading.need(match, "point"), reading.atom(match, "on")
    point = read_point(atom)
    if point is None or (point.lacks_year and reading.around.recurs(link.start, atom.end)):
        return ()
    if atom.kind in "WD" and "named" not in atom.groups and reading.around.counts(atom.end):
        return ()
    if on is not None and (
        (on.kind == "p" and reading.said(on) != "trở lại đây")
        or (on.kind == "a" and "về" not in reading.said(on))
    ):
        on = None
    if on is not None and on.kind == "a":  # `từ năm 1990 trở về trước`
        return (Expression(link.start, on.end, Stretch(None, point), is_period=True),)
    if link.kind not in "to":
        if on is None and link is atom:
            return ()
        if (
            on is None
            and not reading.alone
            and not (point.unit != "day" and reading.around.is_validity(link.start))
        ):
            return ()
        stretch = until_now(point) if on and on.kind == "p" else Stretch(point, None)
        return (Expression(link.start, (on or atom).end, stretch, is_period=True),)
    if "edge" not in link.groups or not (reading.alone or reading.around.is_validity(link.start)):
        return ()
    return (Expression(link.start, atom.end, Stretch(None, point), is_period=True),)


def _told_day(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`hôm nay (7/12)`, `Chủ nhật, 12-11`: the figures say which day."""
    word, day, closing = reading.need(match, "word"), reading.need(match, "day"), reading.atom(match, "close")
    point = read_point(day)
    if point is None or (closing is None) != (reading.atom(match, "open") is None):
        return ()
    if not point.is_possible and "named" not in day.groups:
        return ()
    if "shifted" in word.groups and closing is None:
        return ()  # `tuần qua, hôm 28/3` has two
    end = closing.end if closing else day.end
    return (Expression(word.start, end, point, time=_time(reading, match)),)


def _stretch(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`6 tháng đầu năm 2025`, `những năm 1990`, `năm vừa qua`."""
    atom = reading.need(match, "stretch")
    meaning = read_stretch(atom)
    no_part = "number" in atom.groups and is_part_of_range(reading.around, atom.start)
    if meaning is None or no_part or ("bare" in atom.groups and reading.around.counts(atom.end)):
        return ()  # `sau 6 tháng 2000 hộ có điện`
    return (Expression(atom.start, atom.end, meaning, is_period=True),)


def _point(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    atom = reading.need(match, "point")
    point = read_point(atom)
    if point is None or not (reading.alone or reading.singles.is_point(atom, point)):
        return ()
    if atom.kind == "w" and point.shift is None and _is_of_every_week(reading, match):
        return ()
    return (Expression(atom.start, atom.end, point, time=_time(reading, match)),)


def _is_of_every_week(reading: Reading, match: regex.Match[str]) -> bool:
    """True in `từ thứ Hai đến thứ Sáu`, `tối thứ ba, thứ năm`."""
    return bool(
        _WEEKDAY_BEFORE.search(reading.kinds, max(0, match.start() - 3), match.start())
        or _WEEKDAY_AFTER.match(reading.kinds, match.end())
        or reading.around.lists_weekdays(reading.need(match, "point").start, reading.need(match, "point").end)
    )


def _later(reading: Reading, match: regex.Match[str]) -> Sequence[Expression]:
    """`Hai năm sau, …`, `Một tuần trước đó …`."""
    atom = reading.need(match, "point")
    return (Expression(atom.start, atom.end, read_later(atom)),)


def _time(reading: Reading, match: regex.Match[str]) -> str | None:
    """The clock time beside a date, as HH:MM."""
    before = _TIME_BEFORE.search(reading.kinds, max(0, match.start() - 4), match.start())
    after = _TIME_AFTER.match(reading.kinds, match.end(), match.end() + 6)
    place = before.start() if before else after.end() - 1 if after else None
    clock = None if place is None else reading.atoms[place]
    if clock is None:
        return None
    hour, words = int(clock.groups["hour"]), reading.said(clock)
    if before and reading.kinds[match.start()] == "h":  # 3h chiều nay
        words += reading.said(reading.slice(match)[0])
    if hour < 12 and _AFTER_NOON.search(words):
        hour += 12
    return f"{hour % 24:02}:{int(clock.groups.get('minute', 0)):02}"


_Read = Callable[[Reading, "regex.Match[str]"], Sequence[Expression]]
# The letters with which a rule can begin, its pattern, its function; in the order in which they are tried.
_ALL_RULES: tuple[tuple[str, str, _Read], ...] = (
    (
        "fLHN",
        r"(?P<since>f|N(?=L))? (?P<first> L{1,2}W-[WN] | (?<=f)W-W(?=tL?W-W) | H | (?<=f)[DMYWz])"
        r" (?P<link>[to&]) (?P<last> L?W-W | LW-N | H | [DMQYWz])",
        _terms,
    ),
    (
        "LlfDMQYWNhzeEwU",
        r"(?P<before>f(?=L))?"
        r"(?: (?P<lead>L)? (?P<length>l) [nop]? (?P<open>\()? | (?P<lead>L)L? (?P<open>\()? )?"
        r" (?P<since>f)? g?"
        r" (?: (?P<day>[wh]),?\(g? (?P<first>D) \)"
        r"   | (?:(?P<day>w),?|(?P<day>h),?(?=D))? (?P<first>[DMQYWNhzeEwU]) )"
        r" (?P<between>(?<=[WY])(?:-W){1,4}(?=-W))?"
        r" (?:-(?=t))?(?P<link>[-to]) [cg]{0,2}"
        r" (?: [wh],?\(g? (?P<last>D) (?P<shut>\))"
        r"   | (?:w,?|h,?(?=D))? (?P<last>[DMQYWNhzeEwU]) (?P<year>(?<=[MQ][-to]N)Y)? (?P<close>\))? )",
        _range,
    ),
    ("hw", r"(?P<word>[hw]) [,-]? (?P<open>\()? g? (?P<day>D) (?P<close>\))?", _told_day),
    (
        "LlNDMQYW",
        r"(?P<lead>L)? (?P<length>l)? (?:(?<=l),(?=[NW]))? (?P<open>(?<=l)\()? (?P<part>(?<=g))?"
        r" (?P<items>[NDMQYW] (?:(?:[,&]{1,2}g?|(?<=g[ND])g)[NDMQYW](?!(?<=W)-W)){1,12}) (?P<year>(?<=N)Y)?"
        r" (?P<close>(?(open)\)))",
        _list,
    ),
    ("L", r"(?P<lead>L) (?P<point>W)(?![-t])", _lone_year),
    (
        "Ll",
        r"(?P<lead>L)? (?P<length>l) (?P<comma>,)? (?P<since>f) (?P<origin>[DMQYW])(?![-to])",
        anchored,
    ),
    ("Ll", r"(?P<lead>L)? (?P<length>l) (?P<tail>[nop]{1,2}|a|z)", counted),
    ("Ll", r"(?P<lead>L)? (?P<length>l)", length_of),
    ("fto", r"(?P<link>[fto]) (?P<point>[DMQYWe]) (?P<on>[xpa])?", _open),
    ("DMQYW", r"(?P<link>(?P<point>[DMQYW])) (?P<on>[xa])", _open),
    ("HY", r"(?P<stretch>[HY])", _stretch),
    ("DMQYWhweEU", r"(?P<point>[DMQYWhweEU])", _point),
    ("V", r"(?P<point>V)", _later),
)
_RULES = {
    letter: tuple(
        (regex.compile(p, regex.VERBOSE), read) for letters, p, read in _ALL_RULES if letter in letters
    )
    for letter in "LlftoDMQYWNhwzeEHUV"
}
_ONLY_WITH_MORE = "Nftoz"  # which no rule takes alone
_START = regex.compile(rf"[{_ONLY_WITH_MORE}](?=[^|])|[{''.join(_RULES.keys() - set(_ONLY_WITH_MORE))}]")


def expressions(text: str, *, alone: bool = False) -> Iterator[Expression]:
    """The expressions of a canonical text, in order, none overlapping another.

    Args:
        text: The text.
        alone: Whether the text is a phrase that is meant as one expression; then nothing around it has to
            show that it is a date.
    """
    reading = Reading(text, alone=alone)
    place = 0
    while start := _START.search(reading.kinds, place):
        place = start.start() + 1
        for pattern, read in _RULES[start.group()]:
            match = pattern.match(reading.kinds, start.start())
            if match is not None and (found := read(reading, match)):
                yield from found
                place = match.end()
                break
