"""The articles that all rows read."""

from __future__ import annotations

from pathlib import Path

from benchmarks.workload import Text
from kyket_training.corpus import read_articles

LEAST = 250
"""Syllables of the shortest article that counts as one of the press."""

LENGTH = 400
"""Syllables of the text that is read alone."""


def take(folder: Path, count: int) -> tuple[Text, ...]:
    """Articles of real length from all over a folder, always the same ones.

    Raises:
        ValueError: there are not so many.
    """
    long = [article for article in read_articles(folder) if len(article.text.split()) >= LEAST]
    if len(long) < count:
        raise ValueError(f"{folder}: {len(long)} articles of {LEAST} syllables, {count} are wanted")
    chosen = [long[i * len(long) // count] for i in range(count)]
    return tuple(Text(article.text, article.published) for article in chosen)


def one_of(articles: tuple[Text, ...], length: int = LENGTH) -> str:
    """The beginning of an article, `length` syllables; of several, if the longest has fewer."""
    longest_first = sorted(articles, key=lambda article: -len(article.text))
    text = "\n\n".join(article.text for article in longest_first)
    place = 0
    for _ in range(length):
        while place < len(text) and text[place].isspace():
            place += 1
        while place < len(text) and not text[place].isspace():
            place += 1
    return text[:place]
