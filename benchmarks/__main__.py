"""The command: measures, prints a page and writes JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.articles import one_of, take
from benchmarks.figures import floor_figures, row_figures, to_json
from benchmarks.machine import machine
from benchmarks.rounds import run
from benchmarks.rows import ROWS
from benchmarks.table import page
from benchmarks.worker import FLOOR
from benchmarks.workload import Workload
from kyket.bundle import default_bundle

_NAMES = (*ROWS, FLOOR)
_ROOT = Path(__file__).parents[1]


def main(
    only: Annotated[
        list[str] | None, typer.Option(metavar="ROW", help=f"One of {', '.join(_NAMES)}; can be repeated.")
    ] = None,
    articles: Annotated[int, typer.Option(min=2, help="How many articles each row reads.")] = 12,
    rounds: Annotated[int, typer.Option(min=1, help="How often each row runs.")] = 3,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, metavar="DIR", help="Where the articles are.")
    ] = _ROOT / "data" / "articles" / "train",
    model: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Bundle with its checkpoint. By default our own.")
    ] = None,
    underthesea: Annotated[
        str, typer.Option(metavar="PYTHON", help="A Python that has underthesea. By default this one.")
    ] = sys.executable,
    json_file: Annotated[Path, typer.Option("--json", metavar="FILE", help="Where the figures go.")] = _ROOT
    / "runs"
    / "benchmarks.json",
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Two articles, one round and a tiny large network: to see that it runs."
        ),
    ] = False,
) -> None:
    """Measures kyket, what else one would take, and the arithmetic floor, on the same articles."""
    unknown = set(only or ()).difference(_NAMES)
    if unknown:
        raise typer.BadParameter(f"no row {', '.join(sorted(unknown))}", param_hint="--only")
    names = [name for name in _NAMES if only is None or name in only]
    taken = take(data, 2 if quick else articles)
    work = Workload(
        articles=taken,
        one=one_of(taken),
        model=str((model or default_bundle()).resolve()),
        calls=1 if quick else 5,
        is_tiny=quick,
    )
    known = machine()
    runs = run(work, names, 1 if quick else rounds, underthesea, lambda said: print(said, file=sys.stderr))
    print(page(known, runs, work))
    figures = row_figures(runs, work)
    told = {
        "machine": known,
        "articles": len(work.articles),
        "syllables": work.syllables,
        "runs": {name: asdict(one) for name, one in runs.items()},
        "figures": {name: to_json(one) for name, one in figures.items()},
        "floor": to_json(floor_figures(runs)),
    }
    json_file.parent.mkdir(parents=True, exist_ok=True)
    json_file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
