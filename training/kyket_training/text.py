"""Plain text to learn from: documents, and the windows that a run over text sees."""

from __future__ import annotations

import bz2
import gzip
import itertools
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import regex
import yaml

from kyket.errors import KyketError
from kyket.tagging.tokens import TextTokenizer
from kyket_training.corpus import CorpusError, parse_marks

_OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}


def read_documents(paths: Sequence[Path]) -> Iterator[str]:
    """The documents of text files, one at a time; a blank line ends a document.

    Args:
        paths: Files (`.txt`, also with `.gz`, `.xz` or `.bz2` behind it) and folders of such files. Annotated
            articles lose their front matter and inline marks.

    Raises:
        KyketError: there is no such path, no text in a folder, a file is not UTF-8, or an annotated article
            has a malformed mark.

    Example:
        >>> from pathlib import Path
        >>> len(list(read_documents([Path("data/samples")]))) > 0
        True
    """
    for path in paths:
        files = sorted(p for p in path.rglob("*.txt*") if p.is_file()) if path.is_dir() else [path]
        if not files:
            raise KyketError(f"{path}: no .txt file in this folder")
        for file in files:
            try:
                with _opened(file) as lines:
                    yield from _documents(lines)
            except (OSError, EOFError, lzma.LZMAError) as error:
                raise KyketError(f"{file}: cannot be read: {error}") from None
            except UnicodeDecodeError as error:
                raise KyketError(f"{file}: not UTF-8, from byte {error.start}") from None
            except CorpusError as error:
                raise KyketError(f"{file}: {error}") from None


def _opened(file: Path) -> IO[str]:
    opener: Callable[..., IO[str]] = _OPENERS.get(file.suffix, open)
    return opener(file, "rt", encoding="utf-8-sig")  # without the mark that some editors put first


def _documents(lines: Iterator[str]) -> Iterator[str]:
    start = list(itertools.islice(lines, 1))
    if _is_rule(start):
        for line in lines:
            start.append(line)
            if _is_rule([line]):
                break
        if _is_front_matter(start):  # an annotated article: one document, blank lines and all
            yield parse_marks("".join(lines))[0].strip()
            return
    document: list[str] = []
    for line in itertools.chain(start, lines):
        if line.strip():
            document.append(line)
        elif document:
            yield "".join(document).strip()
            document = []
    if document:
        yield "".join(document).strip()


def _is_rule(lines: list[str]) -> bool:
    return [line.rstrip() for line in lines] == ["---"]


def _is_front_matter(lines: list[str]) -> bool:
    """Whether lines from one `---` to the next are front matter; in a plain text such a line is a rule."""
    if len(lines) < 2 or not _is_rule(lines[-1:]):
        return False
    try:
        return isinstance(yaml.safe_load("".join(lines[1:-1])), dict)
    except (yaml.YAMLError, ValueError):  # the latter of a day that the calendar does not have
        return False


def nearest_first(documents: Iterable[str], words: Sequence[str]) -> Iterator[str]:
    """Documents that contain one of `words` before all others, each group in its order.

    The others wait in memory.
    """
    if not words:
        yield from documents
        return
    wanted = regex.compile(r"\L<words>", words=list(words))
    others = []
    for document in documents:
        if wanted.search(document):
            yield document
        else:
            others.append(document)
    yield from others


_SPECIAL = ("<s>", "</s>", "<pad>", "<unk>", "[CLS]", "[SEP]", "[PAD]", "[UNK]")


class TokenStream:
    """Documents as one long row of tokens.

    *Shape:* `ids` and `firsts`, both (tokens,).

    Attributes:
        ids: Vocabulary indices, documents behind each other.
        firsts: Whether a unit (a syllable, a number, a punctuation mark) begins at the token.
    """

    def __init__(self, ids: npt.NDArray[np.int32], firsts: npt.NDArray[np.bool_]) -> None:
        self.ids, self.firsts = ids, firsts

    @classmethod
    def of(cls, documents: Iterable[str], tokenizer: TextTokenizer, most: int) -> TokenStream:
        """Tokenizes documents until there are `most` tokens, or no more documents."""
        ids: list[npt.NDArray[np.int32]] = []
        firsts: list[npt.NDArray[np.bool_]] = []
        total = 0
        for document in documents:
            tokens = tokenizer(document)
            starts = np.zeros(len(tokens.ids), dtype=np.bool_)
            starts[tokens.firsts] = True
            ids.append(tokens.ids.astype(np.int32))
            firsts.append(starts)
            total += len(tokens.ids)
            if total >= most:
                break
        if not total:
            return cls(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_))
        return cls(np.concatenate(ids)[:most], np.concatenate(firsts)[:most])

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """What `from_arrays` takes, under names that begin with `name`; a token takes 2 bytes and a bit."""
        narrow = np.uint16 if not len(self) or self.ids.max() < 2**16 else np.int32
        return {f"{name}_ids": self.ids.astype(narrow), f"{name}_firsts": np.packbits(self.firsts)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> TokenStream:
        """The stream that `arrays` was asked for."""
        ids = arrays[f"{name}_ids"].astype(np.int32)
        return cls(ids, np.unpackbits(arrays[f"{name}_firsts"], count=len(ids)).astype(np.bool_))

    def __len__(self) -> int:
        return len(self.ids)


class MaskedWindows:
    """Windows of a token stream with some words hidden: a sequence that `torch` data loaders take.

    Words are runs of one to three whole units, since a Vietnamese word is of one syllable to three and is not
    marked as such (whole-word masking, Cui et al. 2021; spans, Joshi et al. 2020, SpanBERT). Of the hidden
    tokens 80 % become the mask, 10 % any token but a special one, 10 % stay (Devlin et al. 2019, BERT).

    What item `i` looks like depends on `seed` and `i` alone, so a run that goes on after a kill sees what an
    undisturbed one would have seen. Passes over the stream cut it at different places.

    Args:
        stream: The text.
        tokenizer: Gives the special tokens and the size of the vocabulary.
        window: Tokens of a window, special tokens included.
        count: How many windows there are to be.
        share: Share of the tokens to hide.
        seed: Of the order and of what is hidden.

    Raises:
        KyketError: the vocabulary has no mask, or the text is shorter than two windows.
    """

    IGNORED = -100

    def __init__(
        self,
        stream: TokenStream,
        tokenizer: TextTokenizer,
        *,
        window: int,
        count: int,
        share: float,
        seed: int,
    ) -> None:
        vocabulary = tokenizer.vocabulary
        mask = vocabulary.get("<mask>", vocabulary.get("[MASK]"))
        if mask is None:
            raise KyketError("the vocabulary of this encoder has no mask token to hide words with")
        self._stream, self._count, self._share, self._seed = stream, count, share, seed
        self._prefix, self._suffix = tokenizer.prefix, tokenizer.suffix
        self._size = window - len(self._prefix) - len(self._suffix)
        self._a_pass = (len(stream) - self._size) // self._size  # one window less: passes begin shifted
        if self._a_pass < 1:
            raise KyketError(f"the text has {len(stream)} tokens only; two windows take {2 * self._size}")
        special = {mask, *self._prefix.tolist(), *self._suffix.tolist()}
        special |= {vocabulary[name] for name in _SPECIAL if name in vocabulary}
        self._mask = mask
        self._ordinary = np.array(sorted(set(vocabulary.values()) - special), dtype=np.int64)
        self._starts_of: tuple[int, npt.NDArray[np.int64]] = self._shuffled(0)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, item: int) -> dict[str, npt.NDArray[Any]]:
        """One window.

        *Shape:* all (window,): `input_ids`, words hidden; `labels`, what the hidden tokens are, else
        `IGNORED`; `firsts`, whether a unit begins at the token.
        """
        number, place = divmod(item, self._a_pass)
        if self._starts_of[0] != number:
            self._starts_of = self._shuffled(number)
        start = int(self._starts_of[1][place])
        ids = self._stream.ids[start : start + self._size].astype(np.int64)
        rng = np.random.default_rng([self._seed, number, place])
        firsts = self._stream.firsts[start : start + self._size]
        hidden = self._hidden(firsts, rng)
        labels = np.where(hidden, ids, self.IGNORED)
        fate = rng.random(len(ids))
        ids = np.where(hidden & (fate < 0.8), self._mask, ids)
        ids = np.where(hidden & (fate >= 0.9), rng.choice(self._ordinary, size=len(ids)), ids)
        around = (len(self._prefix), len(self._suffix))
        return {
            "input_ids": np.concatenate([self._prefix, ids, self._suffix]),
            "labels": np.pad(labels, around, constant_values=self.IGNORED),
            "firsts": np.pad(firsts, around, constant_values=False),
        }

    def _shuffled(self, number: int) -> tuple[int, npt.NDArray[np.int64]]:
        """A pass over the stream: its number, and where its windows begin, in their order."""
        rng = np.random.default_rng([self._seed, number])
        return number, rng.integers(self._size) + rng.permutation(self._a_pass) * self._size

    def _hidden(self, firsts: npt.NDArray[np.bool_], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
        """Which tokens to hide: whole units, one to three of them together."""
        unit_of = np.cumsum(firsts)
        units = int(unit_of[-1]) + 1
        wanted = np.zeros(units, dtype=np.bool_)
        # Runs have 1.7 units on average, and some fall on others' units.
        starts = np.flatnonzero(rng.random(units) < self._share / 1.6)
        lengths = rng.choice([1, 2, 3], size=len(starts), p=[0.45, 0.4, 0.15])
        for offset in range(3):
            wanted[np.minimum(starts[lengths > offset] + offset, units - 1)] = True
        return wanted[unit_of]
