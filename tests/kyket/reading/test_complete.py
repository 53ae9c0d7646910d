"""What `complete` fills in, and what it leaves."""

import datetime
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Article
from kyket.reading import complete, published_day

TEXT = "Hai trường kết nghĩa ở Nậm Pung\r\n\r\nThứ Năm, 04/05/2023\r\n\r\nHai bên đã ký."


def test_what_is_given_stays():
    given_article = Article(text=TEXT, id="a", source="b.txt", title="Khác", published="2020-01-02")
    assert complete(given_article) == given_article


def test_what_is_certain_is_filled():
    article = complete(Article(text=TEXT, source="tin/2023.05.04-nậm-pung.txt"))
    assert article.id == "2023.05.04-nậm-pung"
    assert article.title == "Hai trường kết nghĩa ở Nậm Pung"
    assert article.published == "2023-05-04"
    assert article.text == TEXT


@pytest.mark.parametrize("source", [None, "", "/"])
def test_id_of_a_text_without_a_name(source):
    expected = hashlib.sha256(TEXT.encode()).hexdigest()[:16]
    assert complete(Article(text=TEXT, source=source)).id == expected


def test_the_day_never_comes_from_the_file_name():
    assert complete(Article(text="Hai bên đã ký.", source="2023-05-04.txt")).published is None


@pytest.mark.parametrize(
    "value", ["2023-02-30", "04/05/2023", "2023-5-4", "20230504", "2023", "", "hôm qua", 20230504]
)
def test_published_that_is_no_day(value):
    with pytest.raises(ValueError, match=r"^published: ") as caught:
        complete(Article(text=TEXT, published=value))
    assert "\n" not in str(caught.value)


def test_published_as_a_date():
    assert published_day(datetime.date(2023, 5, 4)) == "2023-05-04"
    assert published_day(datetime.datetime(2023, 5, 4, 23, 59)) == "2023-05-04"
    assert published_day(None) is None


@given(st.text())
def test_any_text_is_completed_and_kept(text):
    article = complete(Article(text=text))
    assert article.text == text
    assert article.id
    assert article == complete(article)


def test_lone_surrogates_and_a_long_first_line():
    assert complete(Article(text="\ud800")).id
    assert complete(Article(text="kết nghĩa " * 100 + "\n\nHai bên.")).title is None
