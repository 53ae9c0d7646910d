"""Datelines and headlines, from the case files."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Article
from kyket.reading import complete
from kyket.reading.dateline import is_dateline, posting_day, stated_day

CASES = Path(__file__).parents[2] / "cases" / "reading"


def _lines():
    for line in (CASES / "datelines.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            day, _, text = line.partition(" | ")
            yield pytest.param(text, None if day == "none" else day, id=text)


def _articles():
    for block in (CASES / "articles.txt").read_text("utf-8").split("\n====\n"):
        head, _, text = block.partition("\n----\n")
        day, title = [line for line in head.splitlines() if line and not line.startswith("#")]
        none = {"none": None}
        yield pytest.param(text, none.get(day, day), none.get(title, title), id=text.strip().split("\n")[0])


@pytest.mark.parametrize(("line", "day"), list(_lines()))
def test_line(line, day):
    text = f"Hai tỉnh ký kết hợp tác\n\n{line}\n\nHai bên đã ký kết bản ghi nhớ."
    assert posting_day(text) == day
    assert posting_day(text.replace("\n", "\r\n")) == day
    assert posting_day(unicodedata.normalize("NFD", text)) == day
    assert posting_day(f"Hai bên đã ký kết.\n{line}") == day
    assert is_dateline(line) == (day is not None)


@pytest.mark.parametrize(("text", "day", "title"), list(_articles()))
def test_article(text, day, title):
    article = complete(Article(text=text))
    assert (article.published, article.title) == (day, title)
    assert article.text == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-07-18T23:30:00Z", "2022-07-18"),
        ("2022-07-18T17:43:00.000+0700", "2022-07-18"),
        ("18/7/2022", "2022-07-18"),
        ("20220718", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_stated_day(value, day):
    assert stated_day(value) == day


@given(st.text(alphabet="0123456789/-. :,|()hThứHaiNgàyđăngcpậttnămá\n\u0301", max_size=80))
def test_any_text_gives_a_day_that_exists_or_none(text):
    day = posting_day(text)
    assert day is None or stated_day(day) == day


@pytest.mark.parametrize(
    "unit", ["1", "-", "18/7/", "Thứ Hai, 18/07/2022 ", "ngày ", "18/7/2022\n", " ", "\n"]
)
def test_long_input_is_linear(unit):
    text = unit * (1_000_000 // len(unit))
    assert posting_day(text) in (None, "2022-07-18")
