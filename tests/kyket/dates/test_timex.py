from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kyket.dates import find, to_timex3


def test_points_stretches_and_what_is_unknown() -> None:
    text = "Lúc 9h30 ngày 5/7, ký giai đoạn 2018-2023 & thời hạn 5 năm; hôm nay < mai."
    root = ElementTree.fromstring(to_timex3(text, find(text, None)))
    told = [(e.text, e.get("type"), e.get("value"), e.get("beginPoint"), e.get("endPoint")) for e in root]
    assert told == [
        ("ngày 5/7", "TIME", "XXXX-07-05T09:30", None, None),
        ("giai đoạn 2018-2023", "DURATION", "P5Y", "t5", "t6"),
        ("5 năm", "DURATION", "P5Y", None, None),
        ("hôm nay", "DATE", "XXXX-07-05", None, None),
        (None, "DATE", "2018", None, None),
        (None, "DATE", "2023", None, None),
    ]
    assert "".join(root.itertext()) == text


def test_lengths() -> None:
    text = "Từ 12 - 16/8/2024; từ tháng 7/2015 đến tháng 4/2016; bản ghi nhớ có hiệu lực đến hết năm 2027."
    root = ElementTree.fromstring(to_timex3(text, find(text)))
    assert [e.get("value") for e in root][:3] == ["P4D", "P9M", "PX"]


@given(st.text())
def test_always_xml(text: str) -> None:
    ElementTree.fromstring(to_timex3(text, find(text)))
