"""Tokens and text: a text from tokens with exact offsets, tokens found in a text, a text cut into tokens.

At word level the syllables of a word are joined by `_`, as Vietnamese word segmenters write them; in the
text there is a space instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import regex

from kyket.errors import KyketError
from kyket_training.corpus import AnnotatedArticle

Level = Literal["syllable", "word"]
Bound = tuple[int, int]
"""Half-open offsets of a token."""

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")
_BLANK = regex.compile(r"\s*")
_BLANKS = regex.compile(r"\s+")
_EDGES = regex.compile(r"\A\s+|\s+\Z")
_FILLED = regex.compile(r"\S+")
_JOINT = regex.compile(r"(?<=[^_])_(?=[^_])")


class MisalignedError(KyketError):
    """Tokens that are not those of the text.

    Attributes:
        token: Index of the first that is not there; the number of tokens where text is left over.
    """

    def __init__(self, token: int, message: str) -> None:
        super().__init__(message)
        self.token = token


def join(tokens: Sequence[str], level: Level) -> tuple[str, list[Bound]]:
    """The text of tokens with a space between them, and the offsets of each.

    Example:
        >>> join(["Bà", "Lò_Thị", "đến", "."], "word")
        ('Bà Lò Thị đến .', [(0, 2), (3, 9), (10, 13), (14, 15)])
    """
    spelled = [_JOINT.sub(" ", token) if level == "word" else token for token in tokens]
    bounds: list[Bound] = []
    position = 0
    for token in spelled:
        bounds.append((position, position + len(token)))
        position += len(token) + 1
    return " ".join(spelled), bounds


def align(tokens: Sequence[str], text: str, level: Level) -> list[Bound]:
    """Where each token stands in a text that has nothing but them and white space.

    Raises:
        MisalignedError: they are not the tokens of this text.

    Example:
        >>> align(["18", "/", "7"], "18/7", "syllable")
        [(0, 2), (2, 3), (3, 4)]
    """
    bounds: list[Bound] = []
    position = 0
    for i, token in enumerate(tokens):
        start = _skip_blank(text, position)
        end = _end_of(token, text, start, level)
        if end is None:
            raise MisalignedError(i, f"the token “{token}” does not stand in the text at character {start}")
        bounds.append((start, end))
        position = end
    if (rest := _skip_blank(text, position)) < len(text):
        message = f"the text goes on after the last token, at character {rest}"
        raise MisalignedError(len(tokens), message)
    return bounds


def _skip_blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _end_of(token: str, text: str, start: int, level: Level) -> int | None:
    token = _EDGES.sub("", token)  # white space before it has just been passed over
    if text.startswith(token, start):
        return start + len(token)
    if level == "word":
        pattern = r"(?:_|\s+)".join(map(regex.escape, _JOINT.split(token)))
        if match := regex.compile(pattern).match(text, start):
            return match.end()
    return None


def split(article: AnnotatedArticle, level: Level) -> list[Bound]:
    """The tokens of an article, with an edge wherever a span has one, and no white space at their own edges.

    They are the tokens it was read with, or runs of letters and digits and single other characters. At
    syllable level none holds white space.

    Raises:
        KyketError: words are asked for, and the article was not read with any.
    """
    text = article.text
    if level == "word" and not article.words:
        raise KyketError(
            f"{article.id}: its words are not known: kyket does not segment words, so level=word can only be "
            "written from data that was read with level=word"
        )
    bounds = article.tokens if article.tokens is not None else [m.span() for m in _TOKEN.finditer(text)]
    edges = iter(sorted({edge for span in article.spans for edge in (span.start, span.end)}))
    edge = next(edges, None)
    pieces: list[Bound] = []
    for start, end in bounds:
        while edge is not None and edge <= start:
            edge = next(edges, None)
        while edge is not None and edge < end:
            pieces.append((start, edge))
            start, edge = edge, next(edges, None)
        pieces.append((start, end))
    if level == "syllable":
        return [match.span() for start, end in pieces for match in _FILLED.finditer(text, start, end)]
    return [bound for bound in (_stripped(text, *piece) for piece in pieces) if bound[0] < bound[1]]


def _stripped(text: str, start: int, end: int) -> Bound:
    start = min(_skip_blank(text, start), end)
    return start, start + len(_EDGES.sub("", text[start:end]))


def spelled(text: str, bound: Bound, level: Level) -> str:
    """A token as it is written: at word level with `_` for the white space in it.

    Example:
        >>> spelled("Bà Lò Thị đến", (3, 9), "word")
        'Lò_Thị'
    """
    token = text[bound[0] : bound[1]]
    return _BLANKS.sub("_", token) if level == "word" else token
