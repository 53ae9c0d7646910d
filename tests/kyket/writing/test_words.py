import pytest

from kyket.labels import LABELS
from kyket.writing import words


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        ("2018/2023", "2018 – 2023", "2018 – 2023"),
        ("2024/..", "from 2024", "từ 2024"),
        ("../2027", "until 2027", "đến 2027"),
        ("2019/2019", "2019", "2019"),
        ("P26M", "26 mo", "26 tháng"),
        ("P1Y6M", "1 yr 6 mo", "1 năm 6 tháng"),
        ("XXXX-07-18", "XXXX-07-18", "XXXX-07-18"),
        (None, "", ""),
    ],
)
def test_when(monkeypatch, value, english, vietnamese):
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    assert words.when(value) == english
    monkeypatch.setenv("LC_ALL", "vi_VN")
    assert words.when(value) == vietnamese


def test_every_label_has_a_name():
    assert set(words.labels()) == set(LABELS)


def test_control_characters_become_pictures():
    assert words.visible("a\0\x1b\x7f\x9b\tb\r\n") == "a␀␛␡\ufffd\tb\r\n"
    assert words.one_line(" a\r\n\tb ") == "a b"
