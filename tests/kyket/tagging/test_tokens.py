from __future__ import annotations

import itertools
import unicodedata

import numpy as np
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kyket.tagging.tokens import TextTokenizer, is_prepared, prepare

VIETNAMESE = ["Hội", "hoà", "thủy", "Đồng Mây", "2031", "ảnh 1Chủ", "TTXVNChiều", "tácĐoàn", "2031-2035của"]
AWKWARD = [
    "\n",
    "\r\n\r\n",
    " ",
    "\t",
    "\u00a0",
    "•",
    "▁",
    "</s>",
    "😀",
    "\x00",
    "ﬁ",
    "①",
    "\u200b",
    "\u0301",
]
WORDS = st.sampled_from([*VIETNAMESE, *AWKWARD, "12/3"])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=20).map("".join)
)


def units(tokenizer: TextTokenizer, text: str) -> list[str]:
    tokens = tokenizer(text)
    return [text[s:e] for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


@given(TEXTS)
def test_units_stand_in_order_at_their_offsets(tokenizer: TextTokenizer, text: str) -> None:
    tokens = tokenizer(text)
    assert len(tokens.firsts) == len(tokens.starts) == len(tokens.ends)
    position = 0
    for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True):
        assert position <= start < end <= len(text)
        unit = unicodedata.normalize("NFC", text[start:end])
        assert regex.fullmatch(r"[\p{L}\p{M}]+|\p{N}+|\s*\n\s*|[^\s\p{L}\p{M}\p{N}]\p{M}*", unit), unit
        position = end
    firsts = tokens.firsts.tolist()
    assert firsts == sorted(set(firsts))
    assert all(0 <= first < len(tokens.ids) for first in firsts)
    assert not firsts or firsts[0] == 0


@given(TEXTS)
def test_no_letter_or_digit_of_our_alphabet_is_outside_the_units(tokenizer: TextTokenizer, text: str) -> None:
    tokens = tokenizer(text)
    covered = {i for s, e in zip(tokens.starts, tokens.ends, strict=True) for i in range(s, e)}
    missing = [c for i, c in enumerate(text) if i not in covered and regex.match(r"[\p{Latin}0-9,.()/-]", c)]
    assert not missing


@given(TEXTS)
@example("À🏻")
def test_composed_and_decomposed_text_have_the_same_units(tokenizer: TextTokenizer, text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert tokenizer(composed).ids.tolist() == tokenizer(decomposed).ids.tolist()
    assert units(tokenizer, composed) == [
        unicodedata.normalize("NFC", unit) for unit in units(tokenizer, decomposed)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội Làm vườn", ["Hội", "Làm", "vườn"]),
        ("ảnh 1Chủ tịch", ["ảnh", "1", "Chủ", "tịch"]),
        ("2031-2035của", ["2031", "-", "2035", "của"]),
        ("hợp tácĐoàn", ["hợp", "tác", "Đoàn"]),
        ("TTXVNChiều 3", ["TTXVN", "Chiều", "3"]),
        ("LĐLĐ (GBT)", ["LĐLĐ", "(", "GBT", ")"]),
        ("Mai\n\nHạ", ["Mai", "\n\n", "Hạ"]),
        ("Mai \r\n Hạ", ["Mai", " \r\n ", "Hạ"]),
        ("“Mai”", ["“", "Mai", "”"]),
        ("12/3/2031", ["12", "/", "3", "/", "2031"]),
        ("", []),
        (" \t ", []),
    ],
)
def test_units(tokenizer: TextTokenizer, text: str, expected: list[str]) -> None:
    assert units(tokenizer, text) == expected


def test_tone_style_changes_no_token(tokenizer: TextTokenizer) -> None:
    assert tokenizer("hoà thuận, uỷ ban").ids.tolist() == tokenizer("hòa thuận, ủy ban").ids.tolist()


@pytest.mark.parametrize("special", ["</s>", "<s>", "<pad>", "<mask>", "<unk>"])
def test_a_special_piece_in_a_text_is_text(tokenizer: TextTokenizer, special: str) -> None:
    text = f"Hội {special} vườn"
    index = tokenizer.vocabulary[special]
    assert special == "<unk>" or index not in tokenizer(text).ids
    assert "".join(units(tokenizer, text)) == text.replace(" ", "")


def test_special_tokens_surround_a_text(tokenizer: TextTokenizer) -> None:
    assert tokenizer.prefix.tolist() == [tokenizer.vocabulary["<s>"]]
    assert tokenizer.suffix.tolist() == [tokenizer.vocabulary["</s>"]]


def test_a_line_break_is_a_piece_of_its_own(tokenizer: TextTokenizer) -> None:
    tokens = tokenizer("Hội\nvườn")
    assert tokens.ids[tokens.firsts[1]] == tokenizer.vocabulary["▁•"]


def test_a_truncating_tokenizer_no_longer_truncates(tokenizer_json: str) -> None:
    raw = prepare(Tokenizer.from_str(tokenizer_json))
    raw.enable_truncation(8)
    raw.enable_padding(length=16)
    tokens = TextTokenizer(raw)("một hai " * 50)
    assert len(tokens.firsts) == 100


def test_prepare_shows_and_survives_saving(tokenizer_json: str) -> None:
    raw = Tokenizer.from_str(tokenizer_json)
    assert not is_prepared(raw)
    prepare(raw)
    assert is_prepared(raw)
    assert is_prepared(Tokenizer.from_str(raw.to_str()))


def test_a_headline_in_capitals_is_read_in_small_letters(tokenizer: TextTokenizer) -> None:
    headline, rest = "HỘI LÀM VƯỜN TỈNH ĐỒNG MÂY KÝ BẢN GHI NHỚ", "\nHội Làm vườn (HLV) ở MAI HẠ"
    capitals, small = tokenizer(headline + rest), tokenizer(headline.lower() + rest)
    for name in ("ids", "firsts", "starts", "ends"):
        assert getattr(capitals, name).tolist() == getattr(small, name).tolist()
    assert tokenizer("NGÔ ANH").ids.tolist() != tokenizer("ngô anh").ids.tolist()  # a byline stays a name


@given(st.text(alphabet=r"AĂĐƠỴİSSßﬁ ÁḾ\ń", min_size=30, max_size=60))
def test_capitals_keep_offsets(tokenizer: TextTokenizer, text: str) -> None:
    tokens = tokenizer(text)
    assert all(
        text[a:b].strip() for a, b in zip(tokens.starts, tokens.ends, strict=True) if "\n" not in text[a:b]
    )
    assert (tokens.ends <= len(text)).all()


def parts(tokenizer: TextTokenizer, text: str, where: str) -> list[str]:
    tokens = tokenizer(text)
    units = np.searchsorted(tokens.firsts, getattr(tokens, where))
    borders = [0, *tokens.starts[units].tolist(), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(borders)]


def test_lines_and_sentences_begin_at_pieces(tokenizer: TextTokenizer) -> None:
    text = "Hội hoà\u0300 gặp.\n \nÔng Bến: “Tốt lắm.” Năm 2031. Sau đó\n"
    assert parts(tokenizer, text, "lines") == ["Hội hoà\u0300 gặp.\n \n", text[text.index("Ông") :]]
    assert parts(tokenizer, text, "sentences") == [
        "Hội hoà\u0300 gặp.\n \n",
        "Ông Bến: “Tốt lắm.” ",
        "Năm 2031. ",
        "Sau đó\n",
    ]


@pytest.mark.parametrize(
    "text", ["tại TP. Hồ Chí Minh", "GS. Bến", "số 12.500 Hội", "gặp. sau đó", ". Hội", "\n"]
)
def test_no_sentence_begins_after_an_abbreviation_or_within_a_number(
    tokenizer: TextTokenizer, text: str
) -> None:
    assert parts(tokenizer, text, "sentences") == [text]
