from __future__ import annotations

import pytest

from kyket.document import Span
from kyket.tagging.unmark import unmark


@pytest.mark.parametrize(
    ("before", "mark", "label", "behind", "kept"),
    [
        ("Trong ", "những năm qua", "PERIOD", ", hai hội đi lại.", False),
        ("", "Nhiều tháng gần đây", "PERIOD", " trời khô.", False),
        ("Trong ", "những năm 90", "PERIOD", " trời khô.", False),
        ("Ký cho ", "các năm 2031, 2032", "PERIOD", ".", True),
        ("Trong ", "những năm 1964 - 1973", "PERIOD", " ông ở Mai Hạ.", True),
        ("Trong ", "những năm 2031 đến nay", "PERIOD", " ông ở Mai Hạ.", True),
        ("Trong ", "các quý II và III/2031", "PERIOD", ", trời khô.", True),
        ("Trong ", "các quý gần đây", "PERIOD", ", trời khô.", False),
        ("Trong ", "ba năm qua", "PERIOD", ", hai hội đi lại.", True),
        ("Nghị định của ", "Chính phủ", "ORG", " về mía.", False),
        ("Trụ sở ", "Chính", "ORG", " phủ ở đây.", False),
        ("Ngân sách ", "Trung ương", "ORG", " trả.", False),
        ("Quy chế giữa ", "Chính phủ", "ORG", " và Hội Mía.", True),
        ("Quy chế của Hội Mía với ", "Chính phủ", "ORG", ".", True),
        ("Thỏa thuận giữa ", "Quốc hội", "ORG", " và Chính phủ.", True),
        ("Thỏa thuận giữa Hội Mía và ", "Quốc hội", "ORG", ".", True),
        ("Luật của Đảng và ", "Quốc hội", "ORG", " và Chính phủ.", False),
        ("Họ đến ", "Chính phủ Lào", "ORG", ".", True),
        ("Họ đến ", "Trung ương Đoàn", "ORG", ".", True),
        ("Họ đến ", "tập", "ORG", " đoàn Muster.", False),
        ("Theo ", "đài", "ORG", " Muster, trời khô.", False),
        ("Họ đến ", "Tập đoàn", "ORG", " hôm qua.", True),
        ("Họ đến ", "báo Mía", "ORG", ".", True),
        ("Theo ", "muster", "ORG", ", trời khô.", True),
        ("Hãng sẽ ", "cung cấp", "SUPPORT", " máy cày cho Lào.", False),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " 40 máy cày miễn phí cho Lào.", True),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " 1.000 suất học bổng.", True),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " 40 tỷ đồng không hoàn lại.", True),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " gạo cứu trợ.", True),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " cơm từ thiện.", True),
        ("Hội sẽ ", "cung cấp", "SUPPORT", " 40 máy cày. Ai trồng mía được miễn phí.", False),
        ("Họ ", "hỗ trợ", "SUPPORT", " Lào.", True),
        ("Tăng ", "trao đổi", "EXCHANGE", " thương mại hai chiều.", False),
        ("Tăng ", "trao đổi", "EXCHANGE", " đoàn và thông tin.", True),
        ("Tăng ", "trao đổi", "EXCHANGE", " thông tin, kinh nghiệm.", True),
        ("Tăng ", "trao đổi", "EXCHANGE", " ý kiến và chuyên gia.", True),
        ("Tăng ", "trao đổi", "EXCHANGE", " ý kiến. Sau đó, đoàn về.", False),
        ("Hai hội ký ", "hợp tác trồng mía", "AGREEMENT", ".", False),
        ("Hai hội ký ", "Hợp tác xã Mía", "ORG", ".", True),
        ("Hai hội ký ", "thỏa thuận hợp tác", "AGREEMENT", ".", True),
    ],
)
def test_what_the_guidelines_never_mark_is_left_out(
    before: str, mark: str, label: str, behind: str, kept: bool
) -> None:
    span = Span(start=len(before), end=len(before + mark), text=mark, label=label)
    assert unmark(before + mark + behind, [span]) == ([span] if kept else [])


@pytest.mark.parametrize(
    ("word", "behind", "label", "kept"),
    [
        ("tập đoàn", "Muster", "ORG", True),
        ("tập đoàn", "Muster", "LOC", True),
        ("tập đoàn", "ký", "SIGNING", False),
        ("Đảng", "Mía Lào", "ORG", True),
        ("Nhà nước", "Lào", "LOC", False),
    ],
)
def test_the_word_for_a_body_stays_right_before_its_name(
    word: str, behind: str, label: str, kept: bool
) -> None:
    text = f"{word} {behind}."
    one = Span(start=0, end=len(word), text=word, label="ORG")
    other = Span(start=len(word) + 1, end=len(text) - 1, text=behind, label=label)
    assert unmark(text, [one, other]) == ([one, other] if kept else [other])


def test_a_text_without_marks_has_none() -> None:
    assert unmark("Không có gì.", []) == []
