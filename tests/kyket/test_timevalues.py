from __future__ import annotations

import calendar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.timevalues import Duration, Interval, PartialDate, TimeValue, parse_value

YEARS = st.one_of(st.none(), st.integers(1, 9999))


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    year = draw(YEARS)
    kind = draw(st.sampled_from(["year", "quarter", "month", "day"]))
    if kind == "year":
        return PartialDate(year)
    if kind == "quarter":
        return PartialDate(year, quarter=draw(st.integers(1, 4)))
    month = draw(st.integers(1, 12))
    if kind == "month":
        return PartialDate(year, month)
    return PartialDate(year, month, draw(st.integers(1, calendar.monthrange(year or 2000, month)[1])))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = draw(st.one_of(st.none(), dates())), draw(st.one_of(st.none(), dates()))
    try:
        return Interval(start, end)
    except ValueError:
        return Interval(None, PartialDate(2031)) if start is None else Interval(start, None)


DURATIONS = st.one_of(
    st.builds(Duration, weeks=st.integers(1, 99)),
    st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
    .filter(any)
    .map(lambda parts: Duration(parts[0], parts[1], 0, parts[2])),
)
VALUES = st.one_of(dates(), intervals(), DURATIONS)


@given(VALUES)
def test_every_value_comes_back_from_its_string(value: TimeValue) -> None:
    back = parse_value(str(value))
    assert back == value
    assert hash(back) == hash(value)
    assert str(back) == str(value)


@given(VALUES, VALUES)
def test_values_are_equal_when_their_strings_are(one: TimeValue, other: TimeValue) -> None:
    assert (one == other) == (str(one) == str(other))


@given(st.one_of(st.text(max_size=12), st.text("0123456789-/.PYMWDQX", max_size=14)))
def test_any_other_string_is_a_value_error(text: str) -> None:
    try:
        value = parse_value(text)
    except ValueError:
        return
    assert parse_value(str(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PartialDate(2031), "2031"),
        (PartialDate(31), "0031"),
        (PartialDate(2031, 7), "2031-07"),
        (PartialDate(2031, 7, 18), "2031-07-18"),
        (PartialDate(None, 7, 18), "XXXX-07-18"),
        (PartialDate(2031, quarter=3), "2031-Q3"),
        (PartialDate(None, 2, 29), "XXXX-02-29"),
        (Duration(months=26), "P26M"),
        (Duration(1, 6), "P1Y6M"),
        (Duration(weeks=2), "P2W"),
        (Interval(PartialDate(2031), PartialDate(2035)), "2031/2035"),
        (Interval(PartialDate(2031), None), "2031/.."),
        (Interval(None, PartialDate(2035, 1)), "../2035-01"),
        (Interval(PartialDate(2031), PartialDate(2031)), "2031/2031"),
        (Interval(PartialDate(2031), PartialDate(2031, 3)), "2031/2031-03"),
    ],
)
def test_forms(value: TimeValue, text: str) -> None:
    assert str(value) == text
    assert parse_value(text) == value


@pytest.mark.parametrize(
    "parts",
    [
        {"year": 0},
        {"year": 10000},
        {"month": 13},
        {"month": 0},
        {"month": 2, "day": 30},
        {"year": 2031, "month": 2, "day": 29},
        {"month": 1, "day": 0},
        {"day": 3},
        {"quarter": 5},
        {"quarter": 0},
        {"month": 3, "quarter": 1},
    ],
)
def test_no_such_day(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate(**parts)


@pytest.mark.parametrize("parts", [{}, {"years": -1}, {"weeks": 1, "days": 1}, {"months": -1, "days": 40}])
def test_no_such_length(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a length needs"):
        Duration(**parts)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (PartialDate(2035), PartialDate(2031)),
        (PartialDate(2031, 5), PartialDate(2031, 4)),
        (PartialDate(2031, 5, 9), PartialDate(2031, 5, 8)),
    ],
)
def test_no_such_interval(start: PartialDate | None, end: PartialDate | None) -> None:
    with pytest.raises(ValueError, match="interval needs|ends before"):
        Interval(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31",
        "2031-7",
        "2031-13",
        "2031-02-30",
        "2031/",
        "/2031",
        "../..",
        "2031/2030",
        "P",
        "P1",
        "P1W1D",
        "P0D",
    ]
    + ["2031-Q5", "2031-07-18T10:00", "XXXX-XX", "٢٠٣١", "2031\n", "2031/2032/2033", "P1D1Y"],
)
def test_what_kyket_does_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_value(text)


@pytest.mark.parametrize("value", [2031, None, ["2031"], {"start": "2031"}])
def test_what_is_no_string_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match="not an ISO 8601 string"):
        parse_value(value)  # type: ignore[arg-type]


def test_kinds_are_never_equal() -> None:
    assert PartialDate(2031) != "2031"
    assert PartialDate(2031) != Interval(PartialDate(2031), None)


def test_a_value_in_json_is_its_string() -> None:
    assert msgspec.json.encode([PartialDate(2031, 7)], enc_hook=str) == b'["2031-07"]'
