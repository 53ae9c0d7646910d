"""What a run left, for tests to look at."""

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def documents(folder: Path) -> list[dict[str, Any]]:
    """The documents of all shards, in order."""
    return [row for path in sorted(folder.glob("shard-*.jsonl")) for row in rows(path)]


def outcome(folder: Path) -> dict[str, bytes]:
    """All files that a run leaves but for those in which its own folder or time shows."""
    own = {".lock", "manifest.json", "duplicates.sqlite"}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in own}


def write_rows(path: Path, texts: list[str]) -> None:
    """A file of JSON lines with these texts, and nothing else known of them."""
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")


def wait_for(path: Path, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a run has written a file; fails where it ended before."""
    while not path.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


def lives(group: int) -> bool:
    """Whether a process group has a process that has not ended; one that nobody waited for has."""
    if not shutil.which("ps"):
        pytest.skip("needs ps")
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, check=True, text=True)
    states = [line.split() for line in listed.stdout.splitlines()]
    return any(int(of) == group and not state.startswith("Z") for of, state in states)
