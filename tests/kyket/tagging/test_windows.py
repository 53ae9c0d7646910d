from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from kyket.tagging.tokens import Tokens
from kyket.tagging.windows import Window, cut, joined, passes

PREFIX, SUFFIX = np.array([0]), np.array([2])
NOWHERE = np.zeros(0, dtype=np.int64)


@st.composite
def texts(draw: st.DrawFn, longest_unit: int = 4) -> Tokens:
    """Tokens of a text whose units have 1 to `longest_unit` pieces; some begin a line or a sentence."""
    lengths = draw(st.lists(st.integers(1, longest_unit), max_size=80))
    firsts = np.cumsum([0, *lengths])[:-1] if lengths else np.zeros(0, dtype=np.int64)
    total = sum(lengths)
    ids = np.array(draw(st.lists(st.integers(5, 60), min_size=total, max_size=total)), dtype=np.int64)
    starts = np.arange(len(lengths), dtype=np.int64)
    begun = [firsts[1:][draw(masks(len(lengths) - 1))] if lengths else firsts for _ in range(2)]
    return Tokens(
        ids, firsts.astype(np.int64), starts, starts + 1, *(some.astype(np.int64) for some in begun)
    )


def masks(length: int) -> st.SearchStrategy[npt.NDArray[np.bool_]]:
    """Which of `length` there are: none, some or all."""
    some = st.lists(st.booleans(), min_size=length, max_size=length)
    none_or_all = st.booleans().map(lambda every: [every] * length)
    return st.one_of(some, none_or_all).map(lambda drawn: np.array(drawn, dtype=np.bool_))


def plain(units: int, lines: Sequence[int] = (), sentences: Sequence[int] = ()) -> Tokens:
    """A text whose units have a piece each."""
    pieces = np.arange(units, dtype=np.int64)
    return Tokens(
        pieces, pieces, pieces, pieces + 1, *(np.array(w, dtype=np.int64) for w in (lines, sentences))
    )


def spans(windows: Sequence[Window]) -> list[tuple[int, int]]:
    return [(window.start, window.end) for window in windows]


@st.composite
def sizes(draw: st.DrawFn, least: int = 6) -> tuple[int, int]:
    size = draw(st.integers(least, 40))
    return size, draw(st.integers(0, (size - 1) // 2))


def network(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Logits that depend on each id alone, as no window border could change."""
    return np.stack([np.sin(ids), np.cos(ids * 3), np.sin(ids * 7)], axis=1).astype(np.float32)


@given(texts(), sizes())
def test_every_token_is_read_exactly_once(tokens: Tokens, size: tuple[int, int]) -> None:
    windows = cut(tokens, *size)
    position = 0
    for window in windows:
        assert window.read_from == position
        assert window.start <= window.read_from <= window.read_to <= window.end
        assert window.end - window.start <= size[0]
        position = window.read_to
    assert position == len(tokens.ids)


@given(texts(), sizes(least=16))
def test_windows_begin_and_end_between_units(tokens: Tokens, size: tuple[int, int]) -> None:
    borders = {*tokens.firsts.tolist(), len(tokens.ids)}
    for window in cut(tokens, *size):
        assert {window.start, window.end} <= borders


@given(texts(longest_unit=30), sizes())
def test_a_unit_longer_than_a_window_is_no_harm(tokens: Tokens, size: tuple[int, int]) -> None:
    windows = cut(tokens, *size)
    assert sum(window.read_to - window.read_from for window in windows) == len(tokens.ids)
    assert all(0 < window.end - window.start <= size[0] for window in windows)


@given(texts(), sizes())
def test_the_windows_of_a_long_sentence_share_what_was_asked(tokens: Tokens, size: tuple[int, int]) -> None:
    windows = cut(replace(tokens, lines=NOWHERE, sentences=NOWHERE), *size)
    for before, after in itertools.pairwise(windows):
        assert before.start < after.start
        assert before.end - after.start >= min(size[1], before.end - before.start - 4)


@given(texts(), sizes())
def test_only_a_sentence_longer_than_a_window_is_read_in_parts(tokens: Tokens, size: tuple[int, int]) -> None:
    borders = sorted({0, *tokens.lines.tolist(), *tokens.sentences.tolist(), len(tokens.ids)})
    long = [(start, end) for start, end in itertools.pairwise(borders) if end - start > size[0]]
    for window in cut(tokens, *size):
        if not {window.start, window.end} <= set(borders):
            assert any(start <= window.start < window.end <= end for start, end in long)
        elif (window.start, window.end) not in long:
            assert (window.start, window.end) == (window.read_from, window.read_to)


def test_a_short_text_is_one_window_and_an_empty_one_none() -> None:
    assert len(cut(plain(5), 5, 2)) == 1
    assert len(cut(plain(5), 4, 1)) == 2
    assert cut(plain(0), 5, 2) == []


def test_windows_are_about_even_and_end_with_lines() -> None:
    text = plain(30, lines=[2, 9, 16, 19, 28], sentences=[2, 5, 9, 15, 16, 19, 23, 28])
    assert spans(cut(text, 20, 5)) == [(0, 16), (16, 30)]


def test_several_windows_are_an_even_number_of_like_length() -> None:
    every = range(1, 100)
    for units, size in ((30, 20), (45, 20), (90, 20), (97, 31)):
        windows = cut(plain(units, lines=[at for at in every if at < units]), size, 2)
        lengths = [window.end - window.start for window in windows]
        assert len(lengths) % 2 == 0
        assert max(lengths) - min(lengths) <= 1


def test_a_text_that_one_window_holds_is_parted_only_where_that_is_about_even() -> None:
    assert spans(cut(plain(45, lines=[15, 30]), 20, 2)) == [(0, 15), (15, 30), (30, 45)]
    assert spans(cut(plain(26, lines=[12, 25], sentences=[12, 19, 25]), 14, 2)) == [(0, 12), (12, 26)]


def test_a_long_line_is_cut_between_sentences_and_a_long_sentence_anywhere() -> None:
    text = plain(30, lines=[25], sentences=[4, 8, 21, 25])
    assert spans(cut(text, 10, 2)) == [(0, 8), (8, 18), (16, 21), (21, 30)]


@given(texts(longest_unit=12), sizes(least=8))
def test_windows_change_nothing_for_a_network_that_looks_at_one_token(
    tokens: Tokens, size: tuple[int, int]
) -> None:
    found = passes(tokens, prefix=PREFIX, suffix=SUFFIX, size=size[0], overlap=size[1] // 2)
    scores = joined([network(one.ids)[one.rows] for one in found])
    if len(tokens.ids):
        np.testing.assert_array_equal(scores, network(tokens.ids)[tokens.firsts])
    else:
        assert scores.shape == (0, 0)


@given(texts(), sizes(least=10))
def test_each_window_comes_with_its_special_tokens_and_in_its_size(
    tokens: Tokens, size: tuple[int, int]
) -> None:
    found = passes(tokens, prefix=PREFIX, suffix=SUFFIX, size=size[0], overlap=size[1] // 2)
    assert all(len(one.ids) <= size[0] and one.ids[0] == 0 and one.ids[-1] == 2 for one in found)
