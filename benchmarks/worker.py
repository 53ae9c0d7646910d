"""One row, or the floor, in a process of its own: `python -m benchmarks.worker NAME WORK [BATCH]`.

Without a batch size, those of the row are compared.

The last line on standard output is JSON: what was measured, or why the row is not available.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.rows import ROWS, Row
from benchmarks.workload import Workload, read_workload

FLOOR = "floor"
_PLAINLY = 1.1
"""How many times as long as the best batch size one takes behind which no larger one is tried."""


@dataclass(frozen=True)
class Measured:
    """One process of one row.

    Attributes:
        seconds: For all articles.
        cpu_seconds: Of all its threads, for the same.
        latency: Seconds for one text, the median of some calls.
        started: When the first article was read, in seconds since 1970.
        memory: Most bytes that were resident.
    """

    seconds: float
    cpu_seconds: float
    latency: float
    started: float
    memory: int


def measure(row: Row, work: Workload, batch: int = 1) -> Measured:
    """Loads a row and reads everything once, after two articles to warm up."""
    reader = row.load(work, batch)
    reader.one(work.articles[0].text)
    started = time.time()
    reader.many(work.articles[:2])
    wall, cpu = time.perf_counter(), time.process_time()
    reader.many(work.articles)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    calls = []
    for _ in range(work.calls):
        begun = time.perf_counter()
        reader.one(work.one)
        calls.append(time.perf_counter() - begun)
    return Measured(wall, cpu, median(calls), started, peak_memory())


def search(row: Row, work: Workload) -> dict[int, float]:
    """Seconds for all articles by batch size, up to the first size that is plainly slower than the best.

    One process for all sizes: to start one takes longer than to read a few articles.
    """
    found: dict[int, float] = {}
    for batch in row.batches[:2] if work.is_tiny else row.batches:
        reader = row.load(work, batch)
        reader.many(work.articles[:1])
        begun = time.perf_counter()
        reader.many(work.articles)
        found[batch] = time.perf_counter() - begun
        if found[batch] > _PLAINLY * min(found.values()):
            break
    return found


def peak_memory() -> int:
    """Most bytes that this process had resident so far."""
    status = Path("/proc/self/status")
    if status.is_file():  # of this program alone; `ru_maxrss` has what its parent had too
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(name: str, work_file: str, batch: str | None = None) -> None:
    """Measures and prints."""
    work = read_workload(Path(work_file))
    try:
        if name == FLOOR:
            from benchmarks.floor import measure_floor

            measured = asdict(measure_floor(work))
        elif batch is None:
            measured = {"searched": search(ROWS[name], work)}
        else:
            measured = asdict(measure(ROWS[name], work.every(ROWS[name].part), int(batch)))
    except Exception as error:  # whatever a library of others raises, the other rows are measured
        measured = {"unavailable": " ".join(str(error).split())[:200] or type(error).__name__}
    print(json.dumps(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
