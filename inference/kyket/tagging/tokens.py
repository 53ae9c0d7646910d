"""Text to sub-word tokens and back to exact offsets.

A *unit* is what a label can begin or end at: a syllable, a run of digits, a punctuation mark, a line break.
The tokenizer of a bundle never lets a piece straddle two units (`prepare`), so a label on the first piece
of each unit loses no span, and plain `transformers` sees the same pieces of a text in canonical spelling
whose headlines are not in capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regex
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers

from kyket.orthography import Canonical, canonical

# A page often loses the space between two words (`ảnh 1Chủ tịch`, `2018-2023của`, `hợp tácĐoàn`,
# `TTXVNChiều`): letters and digits are different units, and so are words that only their capitals part.
_INNER_CAPITAL = r"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})"
_UNIT = regex.compile(
    r"\p{Lu}?\p{Ll}++(?![\p{L}\p{M}])|"  # most syllables; what follows would find the same in twice the time
    rf"[\p{{L}}\p{{M}}](?:(?!{_INNER_CAPITAL})[\p{{L}}\p{{M}}])*|\p{{N}}+|\s*\n\s*|[^\s\p{{L}}\p{{M}}\p{{N}}]"
)
_MISSING_SPACE = (
    r"(?<=[^\s\p{L}\p{M}\p{N}])(?=[\p{L}\p{N}])|(?<=\p{N})(?=\p{L})|(?<=[\p{L}\p{M}])(?=\p{N})|"
    + _INNER_CAPITAL
)
_LINE_END = regex.compile(r"\n\s*+")
# Of a sentence whose last word is no abbreviation or name, as in `TP. Hồ Chí Minh`: some ends are missed.
_SENTENCE_END = regex.compile(
    r"(?<![\p{L}\p{N}])(?:\p{Ll}++|\p{N}++)[.!?…]++[\"”’'»)\]]*+\s++(?=[\"“‘'«(]?\p{Lu})"
)
_PIECE_GROUP = r"▁?[\p{L}\p{M}]+|▁?\p{N}+|▁?[^\p{L}\p{M}\p{N}▁]"
_LINE_BREAK = "•"
_LEAST_LETTERS = 24
"""Letters of a line in capitals that is read in small ones: a headline, not a name."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenized text.

    *Shape:* `ids` (tokens,); `firsts`, `starts`, `ends` (units,); `lines` (lines,);
    `sentences` (sentences,).

    Attributes:
        ids: Vocabulary indices, without special tokens.
        firsts: For each unit, the index in `ids` of its first piece; ascending.
        starts: Offset of each unit in the text as it was given.
        ends: Offset behind each unit.
        lines: The indices in `ids` at which a line begins; ascending, without the first.
        sentences: And at which a sentence plainly does.
    """

    ids: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]


def prepare(tokenizer: Tokenizer) -> Tokenizer:
    """Makes a fast tokenizer split where labels may change; called once, when a base model is taken in.

    Line breaks become a piece of their own where the vocabulary has one for it: the end of a headline or a
    caption often ends a name too.

    Args:
        tokenizer: Of a SentencePiece kind (with a Metaspace pre-tokenizer), one that splits at white space
            only, or any other; changed in place.
    """
    steps: list[normalizers.Normalizer] = [normalizers.NFC()]
    if {f"▁{_LINE_BREAK}", f"{_LINE_BREAK}</w>"} & tokenizer.get_vocab().keys():
        steps.append(normalizers.Replace(Regex(r"\s*\n\s*"), f" {_LINE_BREAK} "))
    steps.append(normalizers.Replace(Regex(_MISSING_SPACE), " "))
    if tokenizer.normalizer is not None:
        steps.append(tokenizer.normalizer)
    tokenizer.normalizer = normalizers.Sequence(steps)
    split = pre_tokenizers.Split(Regex(_PIECE_GROUP), "isolated")
    if isinstance(tokenizer.pre_tokenizer, pre_tokenizers.Metaspace | pre_tokenizers.WhitespaceSplit):
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([tokenizer.pre_tokenizer, split])
    return tokenizer


def is_prepared(tokenizer: Tokenizer) -> bool:
    """Whether `prepare` has seen it, as it has the tokenizer of every bundle."""
    return _MISSING_SPACE in repr(tokenizer.normalizer)


def without_capital_lines(text: str) -> str:
    """`text` with lines that are set in capitals in small letters, of the same length.

    Capitals say nothing there: a name looks like any other word, and pieces in capitals are rare.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        letters = [c for c in line if c.isalpha()]
        if len(letters) >= _LEAST_LETTERS and sum(c.isupper() for c in letters) >= 0.9 * len(letters):
            lines[number] = "".join(small if len(small := c.lower()) == 1 else c for c in line)
    return "\n".join(lines)


class TextTokenizer:
    """The tokenizer of a bundle, with offsets into the text as it was given.

    Args:
        tokenizer: One that `prepare` has seen.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # `</s>` in a text is four characters, not the end of it
        self._tokenizer = tokenizer
        self.vocabulary: dict[str, int] = tokenizer.get_vocab()
        prefix_and_suffix = tokenizer.post_process(tokenizer.encode("", add_special_tokens=False)).ids
        self.prefix = np.array(prefix_and_suffix[:1], dtype=np.int64)
        self.suffix = np.array(prefix_and_suffix[1:], dtype=np.int64)

    @classmethod
    def from_file(cls, path: Path) -> TextTokenizer:
        """Loads `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)))

    def __call__(self, text: str) -> Tokens:
        """Tokenizes `text`; the units cover all of it but white space and what the tokenizer drops."""
        view = canonical(text)
        # A lone surrogate is no character that the tokenizer can take; `?` is as long.
        readable = without_capital_lines(view.text.encode("utf-8", "replace").decode("utf-8"))
        encoding = self._tokenizer.encode(readable, add_special_tokens=False)
        bounds = [match.span() for match in _UNIT.finditer(readable)]
        if not bounds or not encoding.ids:
            empty = np.zeros(0, dtype=np.int64)
            return Tokens(empty, empty, empty, empty, empty, empty)
        begins, ends = np.array(bounds, dtype=np.int64).T
        piece_ends = np.array([end for _, end in encoding.offsets], dtype=np.int64)
        # A piece belongs to the unit it ends in; it may seem to start before, at an inserted space.
        unit_of = np.searchsorted(ends, np.minimum(piece_ends, ends[-1]))
        firsts = np.flatnonzero(np.diff(unit_of, prepend=-1) > 0)
        begins, ends = begins[unit_of[firsts]], ends[unit_of[firsts]]

        def begun(end: regex.Pattern[str]) -> npt.NDArray[np.int64]:
            units = np.searchsorted(begins, [match.end() for match in end.finditer(readable)])
            return firsts[np.unique(units[(units > 0) & (units < len(firsts))])]

        return Tokens(
            ids=np.array(encoding.ids, dtype=np.int64),
            firsts=firsts,
            starts=_origins(view, begins),
            ends=_origins(view, ends),
            lines=begun(_LINE_END),
            sentences=begun(_SENTENCE_END),
        )


def _origins(view: Canonical, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where offsets in the canonical text are in the original."""
    if not view.moved:
        return offsets
    return np.array([view.origin(offset) for offset in offsets.tolist()], dtype=np.int64)
