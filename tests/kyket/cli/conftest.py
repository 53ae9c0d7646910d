import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kyket
from kyket.cli.app import app

from . import fake_kyket

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def start(tmp_path: Path, sources: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Start kyket with the fake extractor, in the locale C unless told, in an empty folder."""

    def start_kyket(*args: str, env: dict[str, str] | None = None, **pipes: Any) -> "subprocess.Popen[bytes]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        paths = os.pathsep.join([str(tmp_path), str(sources)])
        return subprocess.Popen(
            [sys.executable, fake_kyket.__file__, *args],
            env={**kept, "PYTHONPATH": paths, "LC_ALL": "C", **(env or {})},
            cwd=tmp_path,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes},
        )

    return start_kyket


@pytest.fixture
def run(start: Callable[..., "subprocess.Popen[bytes]"]) -> Run:
    """Run kyket to its end, as a process; gives exit status, standard output and standard error."""

    def run_kyket(*args: str, stdin: bytes = b"", **options: Any) -> tuple[int, bytes, str]:
        with start(*args, **options) as process:
            out, err = process.communicate(stdin, timeout=300)
        return process.returncode, out, (err or b"").decode()

    return run_kyket


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Do what `run` does, in this process, at a hundredth of the cost: where no process is the point."""
    monkeypatch.setattr(kyket, "load", fake_kyket.load)
    monkeypatch.chdir(tmp_path)

    def invoke_kyket(
        *args: str, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        with monkeypatch.context() as patch:
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            result = CliRunner().invoke(app, args, input=stdin, prog_name="kyket")
        return result.exit_code, result.stdout_bytes, result.stderr

    return invoke_kyket


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    """Two articles in the folder that kyket runs in."""
    (tmp_path / "một.txt").write_bytes("Hai bên ký kết.\r\nHọ ký xong.\r\n".encode())
    (tmp_path / "hai.md").write_text("---\ntitle: Lễ ký\npublished: 2020-02-03\n---\nHọ không ký.\n", "utf-8")
    return ["một.txt", "hai.md"]
