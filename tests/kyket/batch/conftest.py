import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kyket.cli.app import app

pytest.importorskip("datasketch", reason="the extra batch is not installed")
pytest.importorskip("warcio", reason="the extra batch is not installed")

ROOT = Path(__file__).parents[3]
FAKE = Path(__file__).with_name("fake_kyket.py")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for the disk: what ends here are processes, not the machine."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr("kyket.batch.duplicates._SYNCHRONOUS", "OFF")


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start `kyket batch` with the fake extractor, in the locale C, in the test's folder."""

    def start_kyket(*args: str, slowly: float = 0, **options: Any) -> "subprocess.Popen[bytes]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        env = {"PYTHONPATH": str(ROOT / "inference"), "LC_ALL": "C", "KYKET_FAKE_SECONDS": str(slowly)}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            [sys.executable, str(FAKE), "batch", *args],
            env={**kept, **env},
            cwd=tmp_path,
            **{
                "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
                **pipes,
                **options,
            },
        )

    return start_kyket


@pytest.fixture
def run(start: Start) -> Callable[..., tuple[int, str]]:
    """Run `kyket batch` to its end; gives exit status and standard error. Nothing is on standard output."""

    def run_kyket(*args: str, stdin: bytes | None = None, **options: Any) -> tuple[int, str]:
        if stdin is not None:
            options["stdin"] = subprocess.PIPE
        with start(*args, **options) as process:
            out, err = process.communicate(stdin, timeout=300)
        assert out == b""
        return process.returncode, err.decode()

    return run_kyket


@pytest.fixture
def again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, list[str]]]:
    """Give `kyket batch` for a run that is finished or refused: in this process, as it needs no worker."""
    monkeypatch.chdir(tmp_path)

    def give(*args: str, stdin: bytes = b"") -> tuple[int, list[str]]:
        result = CliRunner().invoke(app, ["batch", *args], input=stdin)
        return result.exit_code, result.stderr.splitlines()

    return give
