"""The README says what is so: its commands, examples, links and figures."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kyket_training import commands

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "models/kyket-small"
READMES = ("README.md", "README.vi.md")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
MEASURED = ("entities", "events", "dates", "agreements", "people", "roles")

with_bundle = pytest.mark.skipif(
    not (BUNDLE / "model.onnx").is_file(), reason="models/kyket-small is missing"
)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", READMES)
def test_there_are_two_commands_of_one_line(page: str) -> None:
    first, second = blocks(page, "sh")
    assert first.count("\n") == second.count("\n") == 1
    assert first.startswith("python -m venv .venv && .venv/bin/pip install . && .venv/bin/kyket extract ")
    assert second == '.venv/bin/pip install ".[dev]" && .venv/bin/python -m pytest -n 2\n'


@with_bundle
def test_first_command_extracts() -> None:
    extract = shlex.split(blocks("README.md", "sh")[0].split(" && ")[-1])
    done = subprocess.run(
        [sys.executable, "-m", "kyket", *extract[1:]],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "120"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "2022 – 2025" in done.stdout.decode()


@with_bundle
@pytest.mark.parametrize("page", READMES)
def test_python_examples_print_what_stands_below_them(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for code, output in zip(blocks(page, "python"), blocks(page, "text"), strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, page, "exec"), {})
        assert printed.getvalue() == output


@pytest.mark.parametrize("page", READMES)
def test_examples_are_the_same_in_both_languages(page: str) -> None:
    for language in ("sh", "text"):
        assert blocks(page, language) == blocks("README.md", language)


@pytest.mark.parametrize("page", READMES)
def test_commands_exist(page: str) -> None:
    named = set(re.findall(r"^kyket (\w+)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    assert named >= {"extract", "train"}
    assert [name for name in sorted(named - {"extract"}) if not hasattr(commands, name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not target.startswith(("http", "#")):
            assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.skipif(not (BUNDLE / "metrics.json").is_file(), reason="models/kyket-small is not measured")
@pytest.mark.parametrize("page", READMES)
def test_figures_are_those_of_the_bundle(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    table = text.partition("<!-- figures -->")[2].partition("<!-- end of figures -->")[0]
    figures: dict[str, Any] = json.loads((BUNDLE / "metrics.json").read_bytes())["figures"]
    assert dict(re.findall(r"^\| (\w+) \| (\S+) \|$", table, re.MULTILINE)) == {
        name: f"{figures[name]['f1']:.3f}" for name in MEASURED if name in figures
    }
