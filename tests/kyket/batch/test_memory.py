"""Memory does not grow with the number of articles."""

import re
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from .outputs import documents, write_rows

MEGABYTE = 1024  # in the kB of /proc


def resident(pid: int) -> int:
    return int(re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)[1])


def family(pid: int) -> list[int]:
    """A process and its workers, without those that ended meanwhile."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        pid,
        *(int(child) for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_neither_the_command_nor_its_workers_grow(start, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["Hai bên ký kết thỏa thuận hợp tác. " * 40] * 12_000)
    measured: list[int] = []
    settled: list[int] = []
    with start("a.jsonl", "out", "--workers", "2", "--shard-size", "400") as process:
        while process.poll() is None:
            with suppress(OSError, TypeError):  # one has just ended
                members = family(process.pid)
                measured.append(sum(map(resident, members)))
                # Of 30 shards: all is loaded, and neither worker has ended.
                if len(members) == 3 and len(list((tmp_path / "out").glob("shard-*"))) >= 10:
                    settled.append(measured[-1])
            time.sleep(0.02)
    assert process.returncode == 0 and len(documents(tmp_path / "out")) == 12_000
    assert len(settled) > 10
    early, late = settled[: len(settled) // 4], settled[-len(settled) // 4 :]
    assert sorted(late)[len(late) // 2] - sorted(early)[len(early) // 2] < 3 * MEGABYTE
    assert max(measured) < 600 * MEGABYTE
