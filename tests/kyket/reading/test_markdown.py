"""Front matter is about the text; the rest is the text, unchanged."""

import time

import pytest

from kyket.errors import ReadingError
from kyket.reading import read_bytes

BODY = "\n# Hai trường **kết nghĩa**\r\n\nHai bên đã ký.\n---\ncuối\0"


def _read(text):
    return read_bytes(text.encode(), source="a.md", kind="md")


@pytest.mark.parametrize(
    ("front_matter", "title", "published"),
    [
        ("title: Kết nghĩa\npublished: 2023-05-04\n", "Kết nghĩa", "2023-05-04"),
        ("title: 'Ký: lần hai'\ndate: 2023-05-04T23:30:00-11:00\n", "Ký: lần hai", "2023-05-04"),
        ("date: 04/05/2023\npublished: 5/5/2023\n", "Hai trường **kết nghĩa**", "2023-05-05"),
        ("title:\ndate: 2023-02-30\n", "Hai trường **kết nghĩa**", None),
        ("title: [a, b]\ndate: {a: b}\n", "Hai trường **kết nghĩa**", None),
        ("# chỉ là ghi chú\n", "Hai trường **kết nghĩa**", None),
        ("", "Hai trường **kết nghĩa**", None),
    ],
)
def test_front_matter(front_matter, title, published):
    for text in (f"---\n{front_matter}---\n{BODY}", f"\ufeff--- \r\n{front_matter}...\r\n{BODY}"):
        article = _read(text)
        assert (article.title, article.published, article.text) == (title, published, BODY)


@pytest.mark.parametrize(
    "text",
    [
        "Hai bên đã ký.\n---\ntitle: không\n---\n",
        "---\nkhông khép\n",
        "---\nvăn xuôi giữa hai vạch\n---\nHai bên.",
        "----\ntitle: không\n---\n",
        " ---\ntitle: không\n---\n",
        "---",
        "",
    ],
)
def test_text_without_front_matter_is_unchanged(text):
    article = _read(text)
    assert (article.text, article.title) == (text, None)


def test_front_matter_alone():
    assert _read("---\ntitle: Kết nghĩa\n---").text == ""


@pytest.mark.parametrize(
    "yaml", ["title: a: b\n", "a: [\n", "\ta: b\n", "{[a]: b}\n", "a: \x01\n", "[" * 60_000 + "\n"]
)
def test_broken_front_matter(yaml):
    with pytest.raises(ReadingError, match=r"^a.md: front matter is not YAML") as caught:
        _read(f"---\n{yaml}---\nHai bên.")
    assert "\n" not in str(caught.value)


def test_the_line_is_named():
    with pytest.raises(ReadingError, match="at line 3 "):
        _read("---\ndate: 2023-05-04\ntitle: a: b\n---\n")


def test_front_matter_that_refers_to_itself_is_not_unfolded():
    start = time.process_time()
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 200))
    assert _read(f"---\n{bomb}---\nHai bên.").text == "Hai bên."
    assert time.process_time() - start < 60  # 0.02 measured; unfolded it has no end


def test_long_front_matter_is_read_in_time(linear):
    linear(_read, lambda count: "---\n" + "a: b\n" * count + "---\nHai bên.", 50_000)
