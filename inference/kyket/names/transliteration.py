"""One key for a foreign personal name, however it was romanised.

Lao and Khmer names reach the Vietnamese press in French (`Thongloun`, `Phomvihane`), English
(`Thonglun`) and Vietnamese dress (`Thoong-lun`, `Phôm-vi-hản`). The key drops what the three disagree on:

1. no diacritics, no word boundaries (`A Loun` = `Aloun`), no hyphens;
2. silent and aspirate h: `ph` = `f`, `kh` = `k`, `th` = `t`, `ch`/`j` = `c`, any other h inside is dropped;
3. one letter for those that change places: `v` = `w`, `x` = `z` = `s`, `r` = `l`, `y` = `i`, `q` = `k`;
4. vowels: `ou`, `oo`, `u` are one (`u`), `ay`/`ai` one, doubled vowels are single;
5. doubled letters are single, a final `e` after a consonant is silent (`Aroune` = `Aloun`).

Two names are taken for one where their keys are at most one edit apart (`close`), both long enough.
Method: a phonetic key in the manner of Soundex and its followers, its classes chosen for these languages.
"""

from __future__ import annotations

import regex

from kyket.orthography import fold

_SILENT_E = regex.compile(r"(?<=[^aeiou])e$")
_STEPS = (
    (regex.compile(r"ph"), "f"),
    (regex.compile(r"ch|j|tch"), "c"),
    (regex.compile(r"(?<=[a-z])h"), ""),
    (regex.compile(r"w"), "v"),
    (regex.compile(r"[xz]"), "s"),
    (regex.compile(r"r"), "l"),
    (regex.compile(r"q"), "k"),
    (regex.compile(r"ou|oo|ow"), "u"),
    (regex.compile(r"y"), "i"),
    (regex.compile(r"(.)\1+"), r"\1"),
    (_SILENT_E, ""),
)
_SHORTEST_FOR_EDITS = 8
_LONGEST_FOR_EDITS = 80  # no name is longer; all that such a key becomes takes quadratic time


def person_key(name: str) -> str:
    """The transliteration-blind key of a personal name.

    Example:
        >>> person_key("Dao Phet A Loun") == person_key("Dao Phet Aroune")
        True
        >>> person_key("Somchai") == person_key("Somsai")
        False
    """
    words = fold(name).split()
    key = "".join(_SILENT_E.sub("", word) if len(word) > 3 else word for word in words)
    for pattern, replacement in _STEPS:
        key = pattern.sub(replacement, key)
    return key


def close(a: str, b: str) -> bool:
    """Whether two keys may be one name: equal, or one edit apart inside long keys that begin alike."""
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_FOR_EDITS or a[0] != b[0]:
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(a, b, score_cutoff=1) <= 1


def neighbours(key: str) -> set[str]:
    """`key` and all it becomes when one letter is left out: two keys one edit apart share one of these."""
    if not _SHORTEST_FOR_EDITS - 1 <= len(key) <= _LONGEST_FOR_EDITS:
        return {key}
    return {key} | {key[:i] + key[i + 1 :] for i in range(len(key))}
