"""Where the dates of front matter stand in the text.

Front matter gives the words of a date, not its offsets, so that a person can write and read it; the order of
the list and the words find the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

# Characters between which a text is not cut: `9/9` does not stand in `19/9`, nor `quý I` in `quý II`. A page
# may glue words to figures (`2023của`) and to one another (`TTXVNSáng nay`); there the cut is right.
_ONE_PIECE = regex.compile(r"\p{N}\p{N}|[\p{L}\p{M}](?:\p{M}|\p{Ll})|\p{Lu}\p{Lu}(?!\p{Ll})")


def place(text: str, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same dates with `start` and `end`, each found after the end of the one before it.

    Args:
        text: The plain text of the article.
        records: Dates in the order of the text, each with its words as `text`; one that has a `start` is
            believed.

    Raises:
        ValueError: Words that do not stand there; the message names them all.

    Example:
        >>> place("Ngày 19/9 và 9/9", [{"text": "9/9", "type": "DATE", "value": "2022-09-09"}])
        [{'text': '9/9', 'type': 'DATE', 'value': '2022-09-09', 'start': 13, 'end': 16}]
    """
    placed, missing = [], []
    after = 0
    for number, record in enumerate(records, 1):
        if "start" in record:
            placed.append(dict(record))
            continue
        words = record.get("text")
        start = _find(text, words, after) if isinstance(words, str) and words else -1
        if start < 0:
            missing.append(f"{number} (“{words}”)")
            continue
        after = start + len(str(words))
        placed.append({**record, "start": start, "end": after})
    if missing:
        raise ValueError(f"not in the text after the date before: {', '.join(missing)}")
    return placed


def _find(text: str, words: str, after: int) -> int:
    start = text.find(words, after)
    while start >= 0 and (_in_one_piece(text, start) or _in_one_piece(text, start + len(words))):
        start = text.find(words, start + 1)
    return start


def _in_one_piece(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and _ONE_PIECE.match(text, edge - 1) is not None
