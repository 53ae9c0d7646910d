from __future__ import annotations

import datetime
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.dates import find, parse
from kyket.dates.resolve import REASONS
from kyket.timevalues import parse_value

_SPELLED = """
    từ đến tới hết năm tháng ngày quý tuần qua nay trước sau giai đoạn nhiệm kỳ học các những hai ba mười rằm
    sang sau, rồi kia bữa mỗi hằng thứ Tổng kết
    Giêng hôm sáng chiều cùng nửa đầu cuối thế kỷ thập niên trở đi và rưỡi Tết , . - – / ( ) 7 12 31 99 2018
    2023 18/7 5.6 7-12 2021-12-07 18/7/1977 0/0 00/7 31/2 9h30 17:43 XX II/2024 ſau haı ٣/٤ | 🎉
"""
_WORDS = st.sampled_from([*_SPELLED.split(), "\n", "\r\n", "\u00a0", "\u0000"])
_TEXTS = st.one_of(
    st.text(),
    st.lists(_WORDS, max_size=30).map(" ".join),
    st.lists(_WORDS, max_size=30).map("".join),
    st.lists(_WORDS, max_size=30).map(lambda words: unicodedata.normalize("NFD", " ".join(words))),
)
_DAYS = st.one_of(st.none(), st.dates())


@given(_TEXTS, _DAYS)
def test_offsets_hold_and_nothing_overlaps(text: str, reference: datetime.date | None) -> None:
    end = 0
    for date in find(text, reference):
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text
        assert date.type in ("DATE", "PERIOD")
        assert date.note in REASONS if date.value is None else date.note is None
        if date.value is not None:
            assert parse_value(str(date.value)) == date.value
        end = date.end


@given(_TEXTS, _DAYS)
def test_parse_never_fails(text: str, reference: datetime.date | None) -> None:
    date = parse(text, reference)
    assert date is None or text[date.start : date.end] == date.text


@given(st.lists(_WORDS, max_size=30).map(" ".join), _DAYS)
def test_decomposed_text_has_the_same_dates(text: str, reference: datetime.date | None) -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return [(unicodedata.normalize("NFC", date.text), str(date.value)) for date in find(text, reference)]

    assert told(unicodedata.normalize("NFD", text)) == told(unicodedata.normalize("NFC", text))


def test_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(datetime.date):
        @classmethod
        def today(cls) -> NoClock:
            raise AssertionError("the clock was asked")

    monkeypatch.setattr(datetime, "date", NoClock)
    monkeypatch.setattr(time, "time", lambda: 1 / 0)
    text = "Hôm nay, 3 năm qua, tháng 5, ngày 7/12, thứ Hai tuần tới, từ nay đến năm 2030."
    assert len(find(text, "2022-07-18")) == 6
    assert len(find(text)) == 6


@pytest.mark.parametrize("reference", ["2022-7-18", "18/7/2022", "", "2022-02-30", 2022, 1.5, b"2022-07-18"])
def test_another_reference_is_refused(reference: object) -> None:
    with pytest.raises(ValueError):
        find("hôm nay", reference)  # type: ignore[arg-type]


def test_reference_as_date_or_text() -> None:
    assert find("hôm nay", datetime.date(2022, 7, 18)) == find("hôm nay", "2022-07-18")


@pytest.mark.parametrize("piece", ["năm ", "1", "-", "từ ngày "])
def test_much_of_the_same_is_read_in_seconds(linear: Callable[..., None], piece: str) -> None:
    linear(find, lambda size: piece * (size // len(piece)), 10_000)


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "- ",
            "12",
            "1/",
            "1.",
            "2018-",
            "2018 - ",
            "18/7 ",
            "(",
            " ",
            "\n",
            "quý ",
            "tháng ",
            "giai đoạn ",
        ],
        *[
            "từ ngày 1 đến ",
            "các năm 2014, ",
            "năm 2014, ",
            "ngày 5, ",
            "5 năm (",
            "hôm nay, 7/12 ",
            "nửa đầu ",
        ],
        *[
            "Hai năm sau, ",
            "tổng kết 5 năm ",
            "tổng kết 5 năm 2018-2023 ",
            "mỗi năm ",
            "thứ ba, thứ tư ",
            "sang năm ",
        ],
        *["Ngày 5/6 năm 2017, ", "ngày 5/6 ", "thứ Hai, ", "a", "Ủ"],
    ],
)
def test_time_grows_with_the_length_of_the_text(linear: Callable[..., None], piece: str) -> None:
    linear(find, lambda size: piece * (size // len(piece)), 4_000)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("từ năm 2024", "2024/.."),
        ("đến hết năm 2027", "../2027"),
        ("đến năm 2025", "2025"),
        ("26 tháng", "P26M"),
        ("chiều 18/7", "2022-07-18"),
        ("2018", "2018"),
    ],
)
def test_a_phrase_needs_no_sentence(phrase: str, value: str) -> None:
    date = parse(phrase, "2022-07-20")
    assert date is not None and str(date.value) == value
    assert [d.value for d in find(phrase, "2022-07-20")] == [date.value]


@pytest.mark.parametrize(
    "phrase", ["chiều 18/7, hai bên ký", "năm 2014 và năm 2015", "hai bên", "", "18/7 " * 99]
)
def test_not_one_expression(phrase: str) -> None:
    assert parse(phrase) is None


@pytest.mark.parametrize("text", [None, 5, b"7/12"])
def test_what_is_no_text_is_said(text: object) -> None:
    for function in (find, parse):
        with pytest.raises(TypeError, match=r"^the text is to be a str, not (NoneType|int|bytes)$"):
            function(text)  # type: ignore[arg-type]
