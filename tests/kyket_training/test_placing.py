from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket_training.placing import place

WORDS = st.sampled_from(["9/9", "19/9", "quý I", "quý II", "năm 2022", "năm 2022-2025", "2023", "hôm nay"])


def starts(text: str, *words: str) -> list[int]:
    return [record["start"] for record in place(text, [{"text": each} for each in words])]


@given(st.lists(WORDS, max_size=9))
def test_all_dates_of_a_text_are_found_where_they_stand(words: list[str]) -> None:
    text, expected = "Tin: ", []
    for each in words:
        expected.append(len(text))
        text += f"{each}, rồi "
    assert starts(text, *words) == expected


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("Ngày 19/9 và 9/9", "9/9", 13),
        ("trong quý II, quý I", "quý I", 14),
        ("từ 2018-2023của hai bên", "2018-2023", 3),
        ("ký năm 2022Ảnh: An", "năm 2022", 3),
        ("TTXVNSáng nay họp", "Sáng nay", 5),
    ],
)
def test_words_are_not_cut_out_of_longer_ones_unless_a_page_glued_them(
    text: str, words: str, start: int
) -> None:
    assert starts(text, words) == [start]


def test_each_date_stands_after_the_one_before() -> None:
    assert starts("năm 2022 và năm 2022", "năm 2022", "năm 2022") == [0, 12]
    with pytest.raises(ValueError, match=r"2 \(“9/9”\)"):
        starts("9/9 rồi 10/9", "10/9", "9/9")


def test_all_that_are_missing_are_named() -> None:
    with pytest.raises(ValueError, match=r"1 \(“9/9”\), 3 \(“”\), 4 \(“2022”\)"):
        place("hôm nay, 2022", [{"text": "9/9"}, {"text": "hôm nay"}, {"text": ""}, {"text": 2022}])


def test_a_record_that_has_offsets_keeps_them() -> None:
    record = {"start": 0, "end": 3, "type": "DATE", "value": "XXXX-09-09"}
    assert place("9/9 và 9/9", [record, {"text": "9/9"}]) == [record, {"text": "9/9", "start": 0, "end": 3}]
