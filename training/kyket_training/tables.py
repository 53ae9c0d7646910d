"""The figures of a check as rows, and as the Markdown block that the data card carries."""

from __future__ import annotations

from pathlib import Path

import regex

from kyket.labels import LABELS
from kyket_training.check import Report
from kyket_training.corpus import CorpusError

_BLOCK = regex.compile(r"(?<=<!-- figures: [^\n]* -->\n).*?(?=<!-- end of figures -->)", regex.DOTALL)

Rows = list[list[str]]


def split_rows(report: Report) -> Rows:
    """Size of each split."""
    rows = [["", "articles", "syllables", "mean", "spans", "agreements", "people"]]
    for name, split in report.splits.items():
        mean = f"{split.syllables / split.articles:.0f}"
        counts = (split.articles, split.syllables, mean, split.spans, split.agreements, split.people)
        rows.append([name, *(f"{n:,}" if isinstance(n, int) else n for n in counts)])
    if len(report.splits) > 1:
        splits = report.splits.values()
        articles, syllables = (sum(getattr(s, part) for s in splits) for part in ("articles", "syllables"))
        others = [f"{sum(getattr(s, part) for s in splits):,}" for part in ("spans", "agreements", "people")]
        rows.append(["all", f"{articles:,}", f"{syllables:,}", f"{syllables / articles:.0f}", *others])
    return rows


def label_rows(report: Report) -> Rows:
    """Number of spans of each label in each split."""
    found = {label for split in report.splits.values() for label in split.labels}
    labels = [label for label in LABELS if label in found] + sorted(found.difference(LABELS))
    return [["", *report.splits]] + [
        [label, *(f"{split.labels[label]:,}" for split in report.splits.values())] for label in labels
    ]


def block_rows(report: Report) -> Rows:
    """Number of articles of each topic block in each split."""
    blocks = sorted({block for split in report.splits.values() for block in split.blocks})
    return [["", *report.splits]] + [
        [block or "(none)", *(f"{split.blocks[block]:,}" for split in report.splits.values())]
        for block in blocks
    ]


def share_rows(report: Report) -> Rows:
    """Distinct names of two syllables or more that a split shares with train."""
    return [["", "label", "names", "in train", "share"]] + [
        [s.split, s.label, f"{s.distinct:,}", f"{s.shared:,}", f"{s.shared / max(s.distinct, 1):.0%}"]
        for s in report.shared
    ]


def figures_block(report: Report) -> str:
    """All these rows as Markdown."""
    parts = (
        ("Splits (syllables are runs of letters and digits; `mean` is syllables an article)", split_rows),
        ("Spans by label", label_rows),
        ("Articles by topic block", block_rows),
        ("Distinct names of two syllables or more that also occur in `train`", share_rows),
    )
    return "\n" + "\n".join(f"**{title}**\n\n{_markdown(rows(report))}" for title, rows in parts) + "\n"


def write_figures(report: Report, card: Path) -> None:
    """Rewrites the block between `<!-- figures: … -->` and `<!-- end of figures -->` in a data card.

    Raises:
        CorpusError: the card has no such block.
    """
    text = card.read_text(encoding="utf-8")
    if _BLOCK.search(text) is None:
        raise CorpusError(f"{card}: no lines <!-- figures: … --> and <!-- end of figures -->")
    card.write_text(_BLOCK.sub(lambda _: figures_block(report), text), encoding="utf-8")


def _markdown(rows: Rows) -> str:
    heading, *body = rows
    lines = [heading, ["---", *("---:" for _ in heading[1:])], *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
