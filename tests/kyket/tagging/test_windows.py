from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from kyket.tagging.tokens import Tokens
from kyket.tagging.windows import cut, joined, passes

PREFIX, SUFFIX = np.array([0]), np.array([2])


@st.composite
def texts(draw: st.DrawFn, longest_unit: int = 4) -> Tokens:
    """Tokens of a text whose units have 1 to `longest_unit` pieces."""
    lengths = draw(st.lists(st.integers(1, longest_unit), max_size=80))
    firsts = np.cumsum([0, *lengths])[:-1] if lengths else np.zeros(0, dtype=np.int64)
    total = sum(lengths)
    ids = np.array(draw(st.lists(st.integers(5, 60), min_size=total, max_size=total)), dtype=np.int64)
    starts = np.arange(len(lengths), dtype=np.int64)
    return Tokens(ids=ids, firsts=firsts.astype(np.int64), starts=starts, ends=starts + 1)


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
def test_neighbours_share_what_was_asked(tokens: Tokens, size: tuple[int, int]) -> None:
    windows = cut(tokens, *size)
    for before, after in itertools.pairwise(windows):
        assert before.start < after.start
        assert before.end - after.start >= min(size[1], before.end - before.start - 4)


def test_a_short_text_is_one_window_and_an_empty_one_none() -> None:
    tokens = Tokens(*(np.arange(5, dtype=np.int64) for _ in range(4)))
    assert len(cut(tokens, 5, 2)) == 1
    assert len(cut(tokens, 4, 1)) == 2
    empty = np.zeros(0, dtype=np.int64)
    assert cut(Tokens(empty, empty, empty, empty), 5, 2) == []


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
