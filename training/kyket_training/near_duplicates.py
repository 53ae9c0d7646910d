"""Which texts of many have much in common: copies, and others by the runs of syllables that they share.

Pairs are found through an inverted index of shingles. One that more than `_COMMON` different texts have leads
to no pairs, for there would be millions. Each text that has such shingles is compared with the few texts that
had most of them first, so memory stays within that of the index, however many are made after one pattern.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from kyket.orthography import fold

NEAR_DUPLICATE = 0.2
"""Jaccard similarity of 5-syllable shingles from which two texts count as near-duplicates."""

IN_A_CROWD = 0.5
"""The same where more than 500 texts share much, which may be an imprint: they must be mostly that."""

_SHINGLE = 5
_COMMON = 500
_COMPARED = 3  # texts that may be the first of the crowd that a text belongs to

_Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Alike:
    """Texts that are near-duplicates of one another, by their numbers.

    Attributes:
        some: Copies of one text.
        others: What has so much in common with it: copies of another text, further copies of it, or a crowd.
        similarity: Jaccard similarity; of a crowd, the least.
        each: Whether to tell of each of the others; else they are copies, of which one stands for all.
    """

    some: list[int]
    others: list[int]
    similarity: float
    each: bool


def near_duplicates(texts: Sequence[str]) -> Iterator[Alike]:
    """Copies of one text, however many; pairs of different ones; crowds of more than 500 by their first."""
    copies: defaultdict[_Shingles, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        copies[_shingles(text)].append(number)
    copies.pop(frozenset(), None)
    different, numbers = list(copies), list(copies.values())
    for same in numbers:
        if len(same) > 1:
            yield Alike(same[:1], same[1:], 1, each=True)
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, shingles in enumerate(different):
        for shingle in shingles:
            index[shingle].append(i)
    found = set()
    for i, j, similarity in _pairs([holders for holders in index.values() if len(holders) <= _COMMON]):
        found.add((i, j))
        yield Alike(numbers[i], numbers[j], similarity, each=False)
    crowds: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for i, j, similarity in _crowded(
        different, [holders for holders in index.values() if len(holders) > _COMMON]
    ):
        if (i, j) not in found:
            crowds[i].append((j, similarity))
    for i, crowd in sorted(crowds.items()):
        others = [number for j, _ in crowd for number in numbers[j]]
        yield Alike(numbers[i], others, min(similarity for _, similarity in crowd), each=True)


def _pairs(telling: list[list[int]]) -> Iterator[tuple[int, int, float]]:
    """Near-duplicates among the holders of shingles, by these shingles alone."""
    sizes = Counter(chain.from_iterable(telling))
    common = Counter(chain.from_iterable(combinations(holders, 2) for holders in telling))
    for (i, j), count in sorted(common.items()):
        similarity = count / (sizes[i] + sizes[j] - count)
        if similarity >= NEAR_DUPLICATE:
            yield i, j, similarity


def _crowded(different: list[_Shingles], crowded: list[list[int]]) -> Iterator[tuple[int, int, float]]:
    """Each holder of crowded shingles with that of the first holders which it is most like, by all it has."""
    firsts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for first, *later in crowded:
        for j in later:
            firsts[j][first] += 1
    for j, counts in sorted(firsts.items()):
        likeness = [(_jaccard(different[i], different[j]), -i) for i, _ in counts.most_common(_COMPARED)]
        similarity, i = max(likeness)
        if similarity >= IN_A_CROWD:
            yield -i, j, similarity


def _jaccard(some: _Shingles, others: _Shingles) -> float:
    common = len(some & others)
    return common / (len(some) + len(others) - common)


def _shingles(text: str) -> _Shingles:
    words = fold(text).split()
    count = max(1, len(words) - _SHINGLE + 1) if words else 0
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(count))
