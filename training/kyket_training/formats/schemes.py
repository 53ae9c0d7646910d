"""Tag schemes: spans of tokens to tags, and back.

`IOB2` begins every span with B-; `IOB1` only one that touches another of its label; `BIOES` (also `IOBES`)
and `BILOU` mark the last token of a span and spans of one token too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

SchemeName = Literal["IOB1", "IOB2", "BIOES", "IOBES", "BILOU"]

_CLOSING = {"IOB1": ("", ""), "IOB2": ("", ""), "BIOES": ("E", "S"), "IOBES": ("E", "S"), "BILOU": ("L", "U")}


class TokenSpan(NamedTuple):
    """Tokens `[first, last)` have `label`."""

    first: int
    last: int
    label: str


class Tagged(NamedTuple):
    """The spans of a sentence, and the indices of tags that stand out of sequence."""

    spans: list[TokenSpan]
    irregular: list[int]


def is_tag(tag: str, scheme: SchemeName) -> bool:
    """Whether `tag` can stand in the scheme: `O`, or one of its letters, a hyphen and a label.

    Example:
        >>> is_tag("B-PER", "IOB2"), is_tag("S-PER", "IOB2"), is_tag("B-", "IOB2")
        (True, False, False)
    """
    letter, hyphen, label = tag.partition("-")
    return tag == "O" or bool(hyphen and label and letter and letter in {"B", "I", *_CLOSING[scheme]})


def spans_of(tags: Sequence[str], scheme: SchemeName) -> Tagged:
    """The spans that tags stand for.

    A tag that cannot follow the one before it is read as conlleval reads it: an inner tag that follows no
    span of its label begins one, and a span that is not closed ends where another begins, or at `O`.

    Args:
        tags: Of one sentence; each satisfies `is_tag`.
        scheme: The scheme.

    Example:
        >>> spans_of(["I-PER", "I-PER", "B-PER", "O"], "IOB1").spans
        [TokenSpan(first=0, last=2, label='PER'), TokenSpan(first=2, last=3, label='PER')]
        >>> spans_of(["O", "I-PER"], "IOB2")
        Tagged(spans=[TokenSpan(first=1, last=2, label='PER')], irregular=[1])
    """
    end, single = _CLOSING[scheme]
    spans: list[TokenSpan] = []
    irregular: list[int] = []
    first, label = 0, ""  # of the span that is open; no label, no span

    def close(last: int, *, closed: bool = not end) -> None:
        nonlocal label
        if label:
            spans.append(TokenSpan(first, last, label))
            if not closed:
                irregular.append(last - 1)
            label = ""

    for i, tag in enumerate(tags):
        letter, _, named = tag.partition("-")
        goes_on = letter in ("I", end) and bool(label) and named == label
        if not goes_on:
            close(i)
            if tag != "O":
                first, label = i, named
                if letter == end or (letter == "I" and scheme != "IOB1"):
                    irregular.append(i)
        if letter and letter in (end, single):
            close(i + 1, closed=True)
    close(len(tags))
    return Tagged(spans, sorted(set(irregular)))


def tags_of(length: int, spans: Iterable[TokenSpan], scheme: SchemeName) -> list[str]:
    """The tags of a sentence of `length` tokens: the inverse of `spans_of`.

    Args:
        length: Number of tokens.
        spans: Sorted, not overlapping, none empty.
        scheme: The scheme.

    Example:
        >>> tags_of(4, [TokenSpan(0, 1, "LOC"), TokenSpan(1, 4, "PER")], "BILOU")
        ['U-LOC', 'B-PER', 'I-PER', 'L-PER']
    """
    end, single = _CLOSING[scheme]
    tags = ["O"] * length
    before = TokenSpan(0, 0, "")
    for span in spans:
        touches = before.label == span.label and before.last == span.first
        letters = ["I"] * (span.last - span.first)
        if scheme != "IOB1" or touches:
            letters[0] = "B"
        if end:
            letters[-1] = end if len(letters) > 1 else single
        tags[span.first : span.last] = [f"{letter}-{span.label}" for letter in letters]
        before = span
    return tags


def tag_set(labels: Iterable[str], scheme: SchemeName) -> list[str]:
    """All tags of a label set, `O` first.

    Example:
        >>> tag_set(["PER"], "BIOES")
        ['O', 'B-PER', 'I-PER', 'E-PER', 'S-PER']
    """
    letters = ["B", "I", *filter(None, _CLOSING[scheme])]
    return ["O", *(f"{letter}-{label}" for label in labels for letter in letters)]


def labels_of(tags: Iterable[str]) -> list[str]:
    """The labels of a tag set, each once, in order.

    Example:
        >>> labels_of(["O", "B-PER", "I-PER", "B-LOC"])
        ['PER', 'LOC']
    """
    return list(dict.fromkeys(tag.partition("-")[2] for tag in tags if tag != "O"))
