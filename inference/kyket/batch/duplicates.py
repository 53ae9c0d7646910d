"""Which articles came before: an index on disk of the signatures of those that were kept.

Memory is that of SQLite's cache, whatever the number of articles; the file grows with each article kept.
A signature is cut into bands; two texts that share a band are compared in full. Each band leads to the first
article that had it, so that a sentence that thousands share does not lead to thousands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kyket.batch.items import Head
from kyket.batch.signatures import PERMUTATIONS, similarity

NAME = "duplicates.sqlite"
LEAST_SIMILARITY = 0.8
_BANDS = 16  # two texts with 0.8 in common share one of 16 with a chance of 95 %, those with 0.9 always
_BAND_BYTES = 4 * PERMUTATIONS // _BANDS
_CACHE = 64_000  # KiB
_SYNCHRONOUS = "FULL"  # a commit is on disk before the next step


class Earlier(msgspec.Struct, frozen=True):
    """An article that was kept, and how much a later one has in common with it."""

    article: int
    id: str
    source: str | None
    similarity: float


class Duplicates:
    """The index of a run, as it was before article number `articles`; what came later is forgotten.

    Args:
        folder: The output.
        articles: How many articles of the input are committed.
    """

    def __init__(self, folder: Path, articles: int) -> None:
        self._database = sqlite3.connect(folder / NAME, isolation_level=None)
        self._database.executescript(
            f"""
            PRAGMA cache_size = -{_CACHE};
            PRAGMA synchronous = {_SYNCHRONOUS};
            CREATE TABLE IF NOT EXISTS kept
                (article INTEGER PRIMARY KEY, id TEXT, source TEXT, signature BLOB);
            CREATE TABLE IF NOT EXISTS bands (band BLOB PRIMARY KEY, article INTEGER) WITHOUT ROWID;
            """
        )
        self._database.execute("BEGIN")
        self._database.execute("DELETE FROM kept WHERE article >= ?", (articles,))
        self._database.execute("DELETE FROM bands WHERE article >= ?", (articles,))

    def find(self, signature: bytes) -> Earlier | None:
        """The first article kept that has `LEAST_SIMILARITY` in common, so far as the bands show it."""
        bands = list(_bands(signature))
        marks = ",".join("?" * len(bands))
        candidates = self._database.execute(
            "SELECT article, id, source, signature FROM kept WHERE article IN"
            f" (SELECT article FROM bands WHERE band IN ({marks})) ORDER BY article",
            bands,
        )
        for article, id, source, other in candidates:
            in_common = similarity(signature, other)
            if in_common >= LEAST_SIMILARITY:
                return Earlier(article, id, source, round(in_common, 3))
        return None

    def add(self, article: int, head: Head, signature: bytes) -> None:
        """Keep an article, the latest so far."""
        self._database.execute(
            "INSERT INTO kept VALUES (?, ?, ?, ?)", (article, head.id, head.source, signature)
        )
        rows = [(band, article) for band in _bands(signature)]
        self._database.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)

    def commit(self) -> None:
        """Have all that was added on disk."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file; what was not committed is forgotten."""
        self._database.close()


def _bands(signature: bytes) -> Iterator[bytes]:
    """The bands, each with its number in front; nothing for an empty signature."""
    for number, start in enumerate(range(0, len(signature), _BAND_BYTES)):
        yield bytes([number]) + signature[start : start + _BAND_BYTES]
