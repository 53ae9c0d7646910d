"""Annotated articles to what a network learns from: windows of token ids with a tag on each unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from kyket.tagging.decoding import bio_tags
from kyket.tagging.tokens import TextTokenizer, Tokens
from kyket.tagging.windows import cut
from kyket_training.corpus import AnnotatedArticle, GoldSpan

IGNORED = -100
"""The tag index that the loss leaves out: special tokens, and all pieces of a unit but the first."""


class Features(TypedDict):
    """One window. *Shape:* both (tokens,), special tokens included."""

    input_ids: list[int]
    labels: list[int]


class ArticleEncoder:
    """Turns articles into windows for training.

    Args:
        tokenizer: The base model's, prepared.
        labels: What to tag.
        window: Most tokens of a window, special tokens included.
        overlap: Least tokens that the windows of a sentence longer than one share, about.
    """

    def __init__(self, tokenizer: TextTokenizer, labels: Sequence[str], window: int, overlap: int) -> None:
        self.tokenizer = tokenizer
        self.tags = bio_tags(labels)
        self._index = {tag: i for i, tag in enumerate(self.tags)}
        self._size = window - len(tokenizer.prefix) - len(tokenizer.suffix)
        self._overlap = overlap

    def unit_tags(self, article: AnnotatedArticle, tokens: Tokens) -> list[int]:
        """The index of the tag of each unit; spans that no units line up with are left out."""
        tags = [0] * len(tokens.firsts)
        for span, first, last in _aligned(article.spans, tokens):
            if f"B-{span.label}" in self._index:
                tags[first] = self._index[f"B-{span.label}"]
                for unit in range(first + 1, last):
                    tags[unit] = self._index[f"I-{span.label}"]
        return tags

    def windows(self, article: AnnotatedArticle) -> list[Features]:
        """The windows of one article, cut as for reading; a unit in two of them has its tag in both."""
        tokens = self.tokenizer(article.text)
        labels = [IGNORED] * len(tokens.ids)
        for first, tag in zip(tokens.firsts.tolist(), self.unit_tags(article, tokens), strict=True):
            labels[first] = tag
        before, after = self.tokenizer.prefix.tolist(), self.tokenizer.suffix.tolist()
        return [
            {
                "input_ids": before + tokens.ids[window.start : window.end].tolist() + after,
                "labels": [IGNORED] * len(before)
                + labels[window.start : window.end]
                + [IGNORED] * len(after),
            }
            for window in cut(tokens, self._size, self._overlap)
        ]

    def lost_spans(self, article: AnnotatedArticle) -> list[GoldSpan]:
        """The gold spans that units and windows together cannot give back; none, if all is well."""
        tokens = self.tokenizer(article.text)
        kept = {span for span, _, _ in _aligned(article.spans, tokens)}
        covered = [False] * len(tokens.ids)
        for window in cut(tokens, self._size, self._overlap):
            covered[window.read_from : window.read_to] = [True] * (window.read_to - window.read_from)
        lost = [span for span in article.spans if span not in kept]
        for span, first, last in _aligned(article.spans, tokens):
            if not all(covered[piece] for piece in tokens.firsts[first:last]):
                lost.append(span)
        return lost


def _aligned(spans: Sequence[GoldSpan], tokens: Tokens) -> list[tuple[GoldSpan, int, int]]:
    """Each span that begins and ends with units, with those units `[first, last)`."""
    starts = {start: unit for unit, start in enumerate(tokens.starts.tolist())}
    ends = {end: unit for unit, end in enumerate(tokens.ends.tolist())}
    return [
        (span, starts[span.start], ends[span.end] + 1)
        for span in spans
        if span.start in starts and span.end in ends and starts[span.start] <= ends[span.end]
    ]
