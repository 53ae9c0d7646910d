"""Reports on a terminal: tables in colour there, plain lines of at most 100 columns elsewhere."""

from __future__ import annotations

from collections import defaultdict

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kyket_training.check import Finding, Report
from kyket_training.evaluate import Evaluation
from kyket_training.tables import label_rows, share_rows, split_rows

_WIDTH = 100
_STYLE = {"error": "red", "warning": "yellow"}


def console() -> Console:
    """Standard output, as wide as the terminal but at most 100 columns."""
    out = Console(highlight=False, markup=False, emoji=False)
    out.width = min(out.width, _WIDTH) if out.is_terminal else _WIDTH
    return out


def show_report(report: Report, out: Console, *, most: int) -> None:
    """Prints the figures of a check and `most` findings of a kind, errors last, near the prompt."""
    out.print(_table("Splits", split_rows(report)))
    out.print(_table("Labels", label_rows(report)))
    if report.shared:
        out.print(_table("Names shared with train", share_rows(report)))
    kinds: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in [*report.warnings, *report.errors]:
        kinds[finding.severity, finding.kind].append(finding)
    for (severity, kind), findings in kinds.items():
        out.print(Text(f"{severity}: {kind} ({len(findings)})", f"bold {_STYLE[severity]}"))
        for finding in findings[:most]:
            out.print(Padding(Text(f"{finding.place}: {finding.message}"), (0, 0, 0, 2), expand=False))
        if kind == "unknown label":
            out.print(Text("  labels of your own: name them by --labels, or take all by --any-labels", "dim"))
        if len(findings) > most:
            out.print(Text(f"  … and {len(findings) - most} more", "dim"))
    if report.lost is None:
        out.print(Text("Spans that encoding loses were not counted: no tokenizer was given.", "dim"))
    else:
        out.print(f"Encoding loses {report.lost} gold spans.")
    style = "red" if report.errors else "green"
    out.print(Text(f"{len(report.errors)} errors, {len(report.warnings)} warnings.", f"bold {style}"))


def show_evaluation(evaluation: Evaluation, out: Console) -> None:
    """Prints the figures of an evaluation, in per cent."""
    rows = [["", "precision", "recall", "F1", "95 % interval", "gold", "read"]]
    for name, figure in evaluation.figures.items():
        parts = (figure.precision, figure.recall, figure.f1)
        interval = f"{100 * figure.low:.1f} – {100 * figure.high:.1f}"
        numbers = [f"{100 * part:.1f}" for part in parts]
        rows.append([name.replace("_", " "), *numbers, interval, str(figure.gold), str(figure.predicted)])
    out.print(_table(f"{len(evaluation.readings)} articles", rows))
    out.print(f"Expected calibration error {evaluation.calibration.error:.3f}")
    if evaluation.offsets_broken:
        out.print(Text(f"{evaluation.offsets_broken} offsets are broken.", "bold red"))


def _table(title: str, rows: list[list[str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold cyan", box=SIMPLE_HEAD)
    for i, heading in enumerate(rows[0]):
        table.add_column(heading, justify="right" if i else "left", header_style="dim")
    for row in rows[1:]:
        table.add_row(*row)
    return table
