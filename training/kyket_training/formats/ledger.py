"""What a conversion read, wrote, changed and left out, so that nothing is lost in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """One thing to tell: its kind, where it stands (`FILE` or `FILE:LINE`), and what happened."""

    kind: str
    place: str
    message: str


@dataclass(slots=True)
class Ledger:
    """The books of one reading or one conversion; `spans_read` less `spans_left_out` is what was kept.

    Attributes:
        labels: The label set, in order, where the source declares one.
        spans_left_out: By kind, spans that were read and are not in the result.
        articles_left_out: By kind, articles of the source that are not in the result.
        changed: By kind, what is in the result otherwise than in the source.
        ignored: By kind, what else the source holds that is no span.
        unreadable: Files of the source that could not be read, and are not among the articles.
        notes: One for each span, article or file left out, and for each change.
    """

    articles_read: int = 0
    spans_read: int = 0
    articles_written: int = 0
    spans_written: int = 0
    labels: tuple[str, ...] | None = None
    spans_left_out: Counter[str] = field(default_factory=Counter)
    articles_left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    notes: list[Note] = field(default_factory=list)

    def leave_out_span(self, kind: str, place: str, message: str) -> None:
        """Counts a span that was read and will not be in the result."""
        self.spans_left_out[kind] += 1
        self.notes.append(Note(f"{kind} span left out", place, message))

    def leave_out_article(self, kind: str, place: str, message: str) -> None:
        """Counts an article that will not be in the result."""
        self.articles_left_out[kind] += 1
        self.notes.append(Note(f"article left out, {kind}", place, message))

    def change(self, kind: str, place: str, message: str) -> None:
        """Counts something that is kept, but not as it stood."""
        self.changed[kind] += 1
        self.notes.append(Note(kind, place, message))

    def miss(self, place: str, message: str) -> None:
        """Counts a file that cannot be read."""
        self.unreadable += 1
        self.notes.append(Note("unreadable", place, message))

    def hint(self, place: str, message: str) -> None:
        """Notes what may have been meant otherwise."""
        self.notes.append(Note("hint", place, message))

    def ignore(self, kind: str, count: int = 1) -> None:
        """Counts what is no span and has no place in the result."""
        if count:
            self.ignored[kind] += count

    def details(self, most: int = 10) -> list[str]:
        """The notes, one line each, at most `most` of a kind and a line that counts the rest."""
        kinds: defaultdict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            kinds[note.kind].append(note)
        lines = []
        for kind, notes in kinds.items():
            lines += [f"{note.place}: {kind}: {note.message}" for note in notes[:most]]
            if len(notes) > most:
                lines.append(f"… and {len(notes) - most:,} more: {kind}")
        return lines

    def summary(self) -> str:
        """One line: what was read, written, left out, changed and ignored.

        Example:
            >>> Ledger(articles_read=2, spans_read=9, articles_written=2, spans_written=9).summary()
            'read 2 articles, 9 spans; wrote 2 articles, 9 spans; left out nothing'
        """
        left_out = [
            *_counted("spans", self.spans_left_out),
            *_counted("articles", self.articles_left_out),
        ]
        parts = [
            f"read {self.articles_read:,} articles, {self.spans_read:,} spans",
            f"wrote {self.articles_written:,} articles, {self.spans_written:,} spans",
            f"left out {', '.join(left_out) or 'nothing'}",
            *(f"{name}: {_listed(counts)}" for name, counts in self._others() if counts),
            *([f"could not be read: {self.unreadable:,} files"] if self.unreadable else ()),
        ]
        return "; ".join(parts)

    def _others(self) -> list[tuple[str, Counter[str]]]:
        return [("changed", self.changed), ("not taken along", self.ignored)]


def _counted(what: str, counts: Counter[str]) -> list[str]:
    return [f"{counts.total():,} {what} ({_listed(counts)})"] if counts else []


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items()))
