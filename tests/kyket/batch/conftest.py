import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("datasketch", reason="the extra batch is not installed")
pytest.importorskip("warcio", reason="the extra batch is not installed")

from kyket.batch import pool
from kyket.batch.worker import Reader
from kyket.cli.app import app

from . import fake_kyket

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for the disk: what ends here are processes, not the machine."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr("kyket.batch.duplicates._SYNCHRONOUS", "OFF")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the fake extractor read in this process, in place of workers."""

    def results(chunks: Any, settings: Any, resources: Any, workers: int, tick: Any) -> Any:
        reader = Reader(fake_kyket.FakeExtractor(), settings)
        for chunk in chunks:
            found = dict(reader.results(chunk.items))
            yield chunk, [found[index] for index in range(len(chunk.items))]

    monkeypatch.setattr(pool, "results", results)


@pytest.fixture
def start(tmp_path: Path, sources: Path) -> Start:
    """Start `kyket batch` with the fake extractor, in the locale C, in the test's folder."""

    def start_kyket(*args: str, slowly: float = 0, **options: Any) -> "subprocess.Popen[bytes]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        env = {"PYTHONPATH": str(sources), "LC_ALL": "C", "KYKET_FAKE_SECONDS": str(slowly)}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            [sys.executable, fake_kyket.__file__, "batch", *args],
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


@pytest.fixture
def invoke(quick: None, unsynced: None, again: Callable[..., Any]) -> Callable[..., tuple[int, str]]:
    """Do what `run` does in this process alone, at a hundredth of the cost: where no process is the point."""

    def invoke_kyket(*args: str, stdin: bytes = b"") -> tuple[int, str]:
        status, lines = again(*args, stdin=stdin)
        return status, "".join(f"{line}\n" for line in lines)

    return invoke_kyket
