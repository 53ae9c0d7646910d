"""Rounds of processes: in each round every row runs once, in a fresh process, one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.rows import ROWS
from benchmarks.worker import FLOOR
from benchmarks.workload import Workload

_ROOT = Path(__file__).parents[1]
_SEARCHED = 3
"""Articles on which batch sizes are compared."""


@dataclass
class Runs:
    """What the processes of a row gave.

    Attributes:
        rounds: What each of them measured, as `benchmarks.worker` prints it; `start` in place of `started`,
            seconds from the start of the process until the first article was read.
        batch: Texts a batch.
        searched: Seconds for the first few articles, by batch size.
        unavailable: Why there are none.
    """

    rounds: list[dict[str, Any]] = field(default_factory=list)
    batch: int = 1
    searched: dict[int, float] = field(default_factory=dict)
    unavailable: str | None = None


def run(
    work: Workload,
    names: Sequence[str],
    rounds: int,
    elsewhere: str = sys.executable,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Runs]:
    """Measures rows, and the floor where it is named.

    Args:
        work: What each row reads.
        names: Of `ROWS`, or `FLOOR`.
        rounds: How many.
        elsewhere: Python of the rows that run in another environment.
        tell: Is told what is being done.
    """
    measured = {name: Runs() for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for name, runs in measured.items():
            if name != FLOOR and len(ROWS[name].batches) > 1:
                tell(f"{name}: batch sizes")
                _search(name, runs, replace(work, articles=work.articles[:_SEARCHED], calls=1), Path(folder))
        work.write(Path(folder) / "work.json")
        for number in range(rounds):
            for name, runs in measured.items():
                if runs.unavailable is None:
                    tell(f"round {number + 1} of {rounds}: {name}")
                    _add(runs, _process(name, Path(folder) / "work.json", runs.batch, elsewhere))
    return measured


def _search(name: str, runs: Runs, work: Workload, folder: Path) -> None:
    work.write(folder / "few.json")
    found = _process(name, folder / "few.json", None, sys.executable)
    if "unavailable" in found:
        runs.unavailable = found["unavailable"]
        return
    runs.searched = {int(batch): seconds for batch, seconds in found["searched"].items()}
    runs.batch = min(runs.searched, key=runs.searched.__getitem__)


def _add(runs: Runs, found: dict[str, Any]) -> None:
    if "unavailable" in found:
        runs.unavailable, runs.rounds = found["unavailable"], []
    else:
        runs.rounds.append(found)


def _process(name: str, work: Path, batch: int | None, elsewhere: str) -> dict[str, Any]:
    """One row in a fresh process; without a batch size, the search for one."""
    python = elsewhere if name != FLOOR and ROWS[name].is_elsewhere else sys.executable
    begun = time.time()
    try:
        done = subprocess.run(
            [python, "-m", "benchmarks.worker", name, str(work), *([] if batch is None else [str(batch)])],
            cwd=_ROOT,
            env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        return {"unavailable": f"{python}: {error.strerror}"}
    if done.returncode or not done.stdout:
        reason = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        return {"unavailable": reason}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "started" in found:
        found["start"] = found.pop("started") - begun
    return found
