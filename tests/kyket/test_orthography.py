from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.orthography import canonical, fold

SYLLABLES = st.sampled_from(
    [
        "hoà",
        "hòa",
        "HOÀ",
        "Hoà",
        "thuỷ",
        "ủy",
        "quý",
        "quỹ",
        "toàn",
        "tiếng",
        "xoè",
        "khoẻ",
        "Đồng",
        "2031",
        " ",
        "-",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.tuples(st.lists(SYLLABLES, max_size=15), st.sampled_from(["NFC", "NFD"])).map(
        lambda pair: unicodedata.normalize(pair[1], "".join(pair[0]))
    ),
    st.text(st.characters(categories=["Mn", "Mc", "Ll", "Lo"]), max_size=30),
)


@given(TEXTS)
def test_origin_runs_from_end_to_end_and_never_back(text: str) -> None:
    view = canonical(text)
    offsets = [view.origin(i) for i in range(len(view.text) + 1)]
    assert offsets[0] == 0
    assert offsets[-1] == len(text)
    assert offsets == sorted(offsets)


@given(TEXTS)
def test_canonical_is_composed_and_stays_as_it_is(text: str) -> None:
    view = canonical(text)
    assert unicodedata.is_normalized("NFC", view.text)
    assert canonical(view.text).text == view.text


@given(TEXTS)
def test_every_form_of_a_text_has_one_canonical_form(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert canonical(composed).text == canonical(decomposed).text == canonical(text).text


@given(TEXTS)
def test_a_letter_stands_where_origin_says(text: str) -> None:
    view = canonical(text)
    for i, letter in enumerate(view.text):
        if (letter.isascii() and letter.isdigit()) or letter in " -Đ":
            assert text[view.origin(i)] in unicodedata.normalize("NFD", letter)


@given(st.lists(st.sampled_from(["hoà", "tiếng", "Đồng", "ủy", "\r\n", "😀", "\x00", "\ufeff"]), max_size=20))
def test_words_of_a_decomposed_text_come_back_whole(words: list[str]) -> None:
    decomposed = [unicodedata.normalize("NFD", word) for word in words]
    view = canonical(" ".join(decomposed))
    position = 0
    for word, given_word in zip(words, decomposed, strict=True):
        end = position + len(word)
        assert " ".join(decomposed)[view.origin(position) : view.origin(end)] == given_word
        position = end + 1


@pytest.mark.parametrize(
    ("given_form", "expected"),
    [
        ("hoà", "hòa"),
        ("Hoà", "Hòa"),
        ("HOÀ", "HÒA"),
        ("xoè", "xòe"),
        ("uỷ", "ủy"),
        ("UỶ", "ỦY"),
        ("thuý", "thúy"),
        ("quý", "quý"),
        ("QUÝ", "QUÝ"),
        ("quỹ", "quỹ"),
        ("toàn", "toàn"),
        ("hoạch", "hoạch"),
        ("hoài", "hoài"),
        ("khuyến", "khuyến"),
        ("luỹ tre", "lũy tre"),
        ("hoà.", "hòa."),
    ],
)
def test_tone_marks_in_the_older_style(given_form: str, expected: str) -> None:
    assert canonical(given_form).text == expected
    assert canonical(unicodedata.normalize("NFD", given_form)).text == expected


@given(TEXTS)
def test_fold_knows_no_case_no_diacritics_and_no_spelling(text: str) -> None:
    folded = fold(text)
    assert "  " not in folded
    assert folded == folded.strip()
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LĐLĐ  TP. Mai Hạ", "ldld tp mai ha"),
        ("GD&ĐT", "gd dt"),
        ("«Đồng Mây»", "dong may"),
        ("hoà\tHÒA", "hoa hoa"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", ["hoàđ", "toàǹ", "quý", "Quý"])
def test_a_tone_mark_stays_where_more_letters_follow_or_the_u_is_of_the_onset(text: str) -> None:
    assert canonical(text).text == text
