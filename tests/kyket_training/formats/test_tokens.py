from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.errors import KyketError
from kyket_training.corpus import AnnotatedArticle, GoldSpan
from kyket_training.formats.tokens import Level, MisalignedError, align, join, spelled, split

WORDS = st.lists(
    st.sampled_from(["Hà_Nội", "Lò_Thị_Na", "_", "__", "_a", "b_", "a", ".", "Tie\u0302\u0301n_Sĩ", "😀"])
)
LEVELS = ("syllable", "word")


@pytest.mark.parametrize("level", LEVELS)
@given(tokens=WORDS)
def test_tokens_have_a_text_and_are_found_in_it_again(level: Level, tokens: list[str]) -> None:
    text, bounds = join(tokens, level)
    assert align(tokens, text, level) == bounds
    article = AnnotatedArticle("a", text, [], tokens=bounds, words=level == "word")
    assert split(article, level) == bounds
    back = [spelled(text, bound, level) for bound in bounds]
    assert back == tokens


@given(tokens=WORDS)
def test_words_are_syllables_too(tokens: list[str]) -> None:
    text, bounds = join(tokens, "word")
    article = AnnotatedArticle("a", text, [], tokens=bounds, words=True)
    assert [spelled(text, bound, "syllable") for bound in split(article, "syllable")] == text.split()


@given(st.text("Hà Nội\n\t😀.,"), st.sets(st.integers(0, 20)))
def test_tokens_end_where_spans_do_and_cover_all_but_white_space(text: str, cuts: set[int]) -> None:
    edges = sorted(cut for cut in cuts if cut <= len(text))
    spans = [GoldSpan(a, b, "X") for a, b in zip(edges[::2], edges[1::2], strict=False) if text[a:b].strip()]
    spans = [GoldSpan(s.end - len(text[s.start : s.end].lstrip()), s.end, "X") for s in spans]
    bounds = split(AnnotatedArticle("a", text, spans), "syllable")
    assert "".join(text[a:b] for a, b in bounds) == "".join(text.split())
    for span in spans:
        stripped = span.start + len(text[span.start : span.end].rstrip())
        assert span.start in {a for a, _ in bounds}
        assert stripped in {b for _, b in bounds}


@pytest.mark.parametrize(
    ("tokens", "text", "token", "message"),
    [
        (["a", "b"], "a c", 1, "“b” does not stand in the text at character 2"),
        (["a"], "a b", 1, "goes on after the last token, at character 2"),
        (["a", "b"], "a", 1, "“b” does not stand"),
        (["Hà_Nội"], "Hà-Nội", 0, "“Hà_Nội” does not stand"),
    ],
)
def test_tokens_of_another_text(tokens: list[str], text: str, token: int, message: str) -> None:
    with pytest.raises(MisalignedError, match=message) as caught:
        align(tokens, text, "word")
    assert caught.value.token == token


def test_a_word_may_be_spelled_either_way_in_its_text() -> None:
    assert align(["Hà_Nội", "tên_tệp"], "Hà  Nội tên_tệp", "word") == [(0, 7), (8, 15)]


@pytest.mark.parametrize("tokens", [None, [(0, 2), (3, 6)]])
def test_words_are_not_made_up(tokens: list[tuple[int, int]] | None) -> None:
    with pytest.raises(KyketError, match="kyket does not segment words"):
        split(AnnotatedArticle("a", "Hà Nội", [], tokens=tokens), "word")
