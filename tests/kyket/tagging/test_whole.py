from __future__ import annotations

import pytest

from kyket.document import Span
from kyket.tagging.whole import make_whole


@pytest.mark.parametrize(
    ("before", "mark", "label", "behind", "expected"),
    [
        ("Trong ", "ba năm trở", "PERIOD", " lại đây, trời khô.", "ba năm trở lại đây"),
        ("Trong ", "ba năm trở lại", "PERIOD", " đây, trời khô.", "ba năm trở lại đây"),
        ("Trong ", "7 năm", "PERIOD", " gần đây, trời khô.", "7 năm gần đây"),
        ("Từ ", "10 năm", "PERIOD", " nay.", "10 năm"),
        ("", "Từ năm 2031 đến", "PERIOD", " nay.", "Từ năm 2031 đến nay"),
        ("Đi ", "9 ngày", "PERIOD", " qua Lào.", "9 ngày"),
        ("Sau ", "4", "PERIOD", " năm, họ ký.", "4 năm"),
        ("Sau ", "ba", "PERIOD", " năm trở lại đây.", "ba năm trở lại đây"),
        ("Ký ngày ", "4", "PERIOD", " tháng 5.", "4"),
        ("Từ ", "2031", "PERIOD", " năm nào cũng khô.", "2031"),
        ("Ở ", "Việt", "LOC", " Nam.", "Việt Nam"),
        ("Ở ", "Nhật", "LOC", " Bản có mía.", "Nhật Bản"),
        ("Ở ", "Nga", "LOC", " Muster đến.", "Nga"),
        ("Quan hệ ", "Việt", "LOC", " - Nga.", "Việt"),
        ("Ở đồng bằng ", "sông Cửu Long", "LOC", ".", "đồng bằng sông Cửu Long"),
        ("Ở đồng bằng ", "Huế", "LOC", ".", "Huế"),
        ("Cho vùng kinh tế trọng điểm ", "phía Nam", "LOC", ".", "vùng kinh tế trọng điểm phía Nam"),
        ("Cho khu vực ", "phía Nam", "LOC", ".", "phía Nam"),
        ("Ở thành phố ", "Hồ Chí Minh", "LOC", ".", "thành phố Hồ Chí Minh"),
        ("Ở thành phố ", "Huế", "LOC", ".", "Huế"),
        ("Ở thành phố ", "Hồ Chí Minh", "PER", ".", "Hồ Chí Minh"),
    ],
)
def test_a_place_and_a_stretch_of_time_are_whole(
    before: str, mark: str, label: str, behind: str, expected: str
) -> None:
    text = before + mark + behind
    (found,) = make_whole(text, [Span(start=len(before), end=len(before + mark), text=mark, label=label)])
    assert found.text == expected == text[found.start : found.end]


def test_what_is_marked_beside_is_not_marked_twice() -> None:
    text = "đồng bằng sông Cửu Long, ba nay Lào"
    spans = [
        Span(start=0, end=9, text="đồng bằng", label="LOC"),
        Span(start=10, end=23, text="sông Cửu Long", label="LOC"),
    ]
    assert [span.text for span in make_whole(text, spans)] == ["đồng bằng sông Cửu Long"]
    spans = [Span(start=0, end=9, text="đồng bằng", label="ORG"), spans[1]]
    assert make_whole(text, spans) == spans


def test_a_text_without_marks_has_none() -> None:
    assert make_whole("Không có gì.", []) == []
