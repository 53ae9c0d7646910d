"""Near duplicates are found, others are not, and the index forgets what was not committed."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket.batch.duplicates import Duplicates
from kyket.batch.items import Head
from kyket.batch.signatures import signature, similarity


def text(seed: int, syllables: int = 400) -> list[str]:
    words = random.Random(seed)
    return [f"tiếng{words.randrange(5000)}" for _ in range(syllables)]


def changed(words: list[str], changes: int, seed: int) -> list[str]:
    places = random.Random(seed).sample(range(len(words)), changes)
    return ["khác" if number in places else word for number, word in enumerate(words)]


@pytest.fixture
def index(tmp_path):
    made = Duplicates(tmp_path, 0)
    yield made
    made.close()


def test_reprints_are_found_and_others_are_not(index):
    originals = [text(seed) for seed in range(40)]
    for number, words in enumerate(originals):
        assert index.find(signature(" ".join(words))) is None
        index.add(number, Head(f"a-{number}", None), signature(" ".join(words)))
    for number, words in enumerate(originals):
        reprint = index.find(signature(" ".join(changed(words, 4, number))))
        assert reprint is not None and (reprint.article, reprint.id) == (number, f"a-{number}")
        assert index.find(signature(" ".join(changed(words, 80, number)))) is None


def test_what_was_not_committed_is_forgotten(tmp_path):
    one = Duplicates(tmp_path, 0)
    signatures = [signature(" ".join(text(seed))) for seed in range(3)]
    one.add(0, Head("a"), signatures[0])
    one.commit()
    one.add(5, Head("b"), signatures[1])
    one.commit()
    one.add(6, Head("c"), signatures[2])
    one.close()
    other = Duplicates(tmp_path, 5)  # the commit of article 5 did not come to its end
    assert [other.find(one) is None for one in signatures] == [False, True, True]
    other.close()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_case_and_white_space_do_not_matter(words):
    first, second = signature(words.lower()), signature("  ".join(words.lower().split()))
    assert first == second and len(first) in (0, 512)
    assert not first or similarity(first, second) == 1
