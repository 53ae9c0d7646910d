"""The figures as a page: a table in Markdown, and a few lines under it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.articles import LENGTH
from benchmarks.figures import Figures, floor_figures, row_figures
from benchmarks.machine import in_words
from benchmarks.rounds import Runs
from benchmarks.rows import ROWS
from benchmarks.worker import FLOOR
from benchmarks.workload import Workload

_COLUMNS = (
    ("articles/s", "articles", 1, 2),
    ("syllables/s", "syllables", 1, 0),
    ("times as long", "times", 1, 2),
    ("processor time", "share", 1, 2),
    (f"{LENGTH} syllables, ms", "latency", 1e3, 0),
    ("start, s", "start", 1, 2),
    ("memory, MB", "memory", 1e-6, 0),
)
"""Heading, figure, factor, digits."""


def page(known: dict[str, object], runs: dict[str, Runs], work: Workload) -> str:
    """All that is printed.

    Args:
        known: The machine, as `benchmarks.machine.machine` gives it.
        runs: Of the rows and the floor.
        work: What was read.
    """
    rounds = max(len(one.rounds) for one in runs.values())
    return "\n".join(
        [
            in_words(known),
            f"{len(work.articles)} articles, {work.syllables:,} syllables; {rounds} rounds, each row in a "
            "process of its own; median (least–most)",
            "",
            *_table(row_figures(runs, work), runs),
            "",
            *_floor(floor_figures(runs), runs),
        ]
    )


def _table(figures: dict[str, Figures], runs: dict[str, Runs]) -> Iterator[str]:
    yield _line(["", *(heading for heading, *_ in _COLUMNS)])
    yield _line(["---", *("---:" for _ in _COLUMNS)])
    for name, row in ROWS.items():
        if name not in runs:
            continue
        title = row.title + (f", batches of {runs[name].batch}" if runs[name].searched else "")
        if name not in figures:
            yield _line([title, f"not available: {runs[name].unavailable}", *("" for _ in _COLUMNS[1:])])
            continue
        cells = [
            figures[name][key].scaled(factor).shown(digits) if key in figures[name] else ""
            for _, key, factor, digits in _COLUMNS
        ]
        yield _line([title, *cells])


def _floor(figures: Figures, runs: dict[str, Runs]) -> Iterator[str]:
    if FLOOR not in runs:
        return
    if not figures:
        yield f"The arithmetic floor is not available: {runs[FLOOR].unavailable}"
        return
    first = runs[FLOOR].rounds[0]
    yield (
        f"The arithmetic floor, in windows of {first['tokens']} tokens: {first['operations'] / 1e6:.1f} "
        f"million operations with 8-bit weights a token and {first['attention'] / 1e6:.1f} million of "
        "attention."
    )
    yield ""
    yield _line(["", "one thread", "one a core, side by side"])
    yield _line(["---", "---:", "---:"])
    for title, key, factor, digits in (
        ("plain 8-bit products of these shapes, 10⁹ operations/s", "rate", 1e-9, 0),
        ("floor: all operations at that rate, µs a token", "floor", 1e6, 1),
        ("encoder, µs a token", "encoder", 1e6, 1),
        ("the encoder's share of the floor, %", "share", 100, 1),
        ("of the products with weights alone, %", "share_weights", 100, 1),
        ("of these and attention's in floats, %", "share_floats", 100, 1),
    ):
        yield _line(
            [title, *(figures[f"{key}_{threads}"].scaled(factor).shown(digits) for threads in ("one", "all"))]
        )


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
