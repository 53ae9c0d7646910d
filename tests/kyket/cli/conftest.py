import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FAKE = Path(__file__).with_name("fake_kyket.py")


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Start kyket with the fake extractor, in the locale C unless told, in an empty folder."""

    def start_kyket(*args: str, env: dict[str, str] | None = None, **pipes: Any) -> "subprocess.Popen[bytes]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        paths = os.pathsep.join([str(tmp_path), str(ROOT / "inference")])
        return subprocess.Popen(
            [sys.executable, str(FAKE), *args],
            env={**kept, "PYTHONPATH": paths, "LC_ALL": "C", **(env or {})},
            cwd=tmp_path,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes},
        )

    return start_kyket


@pytest.fixture
def run(start: Callable[..., "subprocess.Popen[bytes]"]) -> Callable[..., tuple[int, bytes, str]]:
    """Run kyket to its end; gives exit status, standard output and standard error."""

    def run_kyket(*args: str, stdin: bytes = b"", **options: Any) -> tuple[int, bytes, str]:
        with start(*args, **options) as process:
            out, err = process.communicate(stdin, timeout=60)
        return process.returncode, out, (err or b"").decode()

    return run_kyket


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    """Two articles in the folder that kyket runs in."""
    (tmp_path / "một.txt").write_bytes("Hai bên ký kết.\r\nHọ ký xong.\r\n".encode())
    (tmp_path / "hai.md").write_text("---\ntitle: Lễ ký\npublished: 2020-02-03\n---\nHọ không ký.\n", "utf-8")
    return ["một.txt", "hai.md"]
