"""Medians with ranges, of what the rounds measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.rounds import Runs
from benchmarks.rows import ROWS
from benchmarks.worker import FLOOR
from benchmarks.workload import Workload

Figures = dict[str, "Figure"]


@dataclass(frozen=True)
class Figure:
    """A figure of several rounds."""

    median: float
    low: float
    high: float

    def scaled(self, factor: float) -> Figure:
        """In another unit."""
        return Figure(self.median * factor, self.low * factor, self.high * factor)

    def shown(self, digits: int) -> str:
        """`12.3 (11.9–12.8)`, with so many digits behind the point."""
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f}–{self.high:,.{digits}f})"


def figure(values: Iterable[float]) -> Figure:
    """Median and range."""
    known = sorted(values)
    return Figure(median(known), known[0], known[-1])


def row_figures(runs: dict[str, Runs], work: Workload) -> dict[str, Figures]:
    """The figures of each row that was measured.

    `times` is how many times as long a row takes as the first of `ROWS`, and `share` its part of the
    processor time of that; both compare processes of the same round, by the syllable.
    """
    found = {}
    base = runs[next(iter(ROWS))].rounds if next(iter(ROWS)) in runs else []
    for name, row in ROWS.items():
        if name not in runs or not runs[name].rounds:
            continue
        rounds, read = runs[name].rounds, work.every(row.part)
        figures = {
            "articles": figure(len(read.articles) / one["seconds"] for one in rounds),
            "syllables": figure(read.syllables / one["seconds"] for one in rounds),
        }
        if base:
            pairs, whole = list(zip(rounds, base, strict=True)), work.syllables / read.syllables
            figures["times"] = figure(whole * one["seconds"] / first["seconds"] for one, first in pairs)
            figures["share"] = figure(
                whole * one["cpu_seconds"] / first["cpu_seconds"] for one, first in pairs
            )
        if row.is_whole:
            figures["latency"] = figure(one["latency"] for one in rounds)
            figures["start"] = figure(one["start"] for one in rounds)
            figures["memory"] = figure(one["memory"] for one in rounds)
        found[name] = figures
    return found


def floor_figures(runs: dict[str, Runs]) -> Figures:
    """The figures of the floor; none where it was not measured.

    For `one` thread and for `all` cores: `rate`, operations a second of the plain products with weights;
    `floor`, seconds for all operations of a token at that rate; `encoder`, seconds a token; and what part
    of a floor the encoder reaches: `share` of that one, `share_weights` of the products with weights alone,
    `share_floats` of these and attention's products as they are, in floats.
    """
    rounds = runs[FLOOR].rounds if FLOOR in runs else []
    figures: Figures = {}
    for threads in ("one", "all") if rounds else ():
        tokens, operations = rounds[0]["tokens"], rounds[0]["operations"]
        whole = (operations + rounds[0]["attention"]) / operations

        def per(part: str, threads: str = threads) -> list[float]:
            return [one[part][threads] for one in rounds]

        figures |= {
            f"rate_{threads}": figure(windows * tokens * operations for windows in per("integer")),
            f"floor_{threads}": figure(whole / (windows * tokens) for windows in per("integer")),
            f"encoder_{threads}": figure(1 / (windows * tokens) for windows in per("encoder")),
        }
        for name, part, factor in (
            ("share", "integer", whole),
            ("share_weights", "integer", 1.0),
            ("share_floats", "both", 1.0),
        ):
            pairs = zip(per("encoder"), per(part), strict=True)
            figures[f"{name}_{threads}"] = figure(factor * ours / plain for ours, plain in pairs)
    return figures


def to_json(figures: Figures) -> dict[str, Any]:
    """Figures as lists of median, least and most."""
    return {name: [one.median, one.low, one.high] for name, one in figures.items()}
