"""The examples of docs/ run as they are pasted, and print what stands below them."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BUNDLE = ROOT / "models/kyket-small"
NEED_MORE = {"batch.md", "cuda.md"}  # a folder of articles, a GPU
WITH_MODEL = {"output.md"}

with_bundle = pytest.mark.skipif(
    not (BUNDLE / "model.onnx").is_file(), reason="models/kyket-small is missing"
)


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def pages() -> list[object]:
    names = sorted(path.name for path in DOCS.glob("*.md"))
    return [
        pytest.param(name, marks=with_bundle) if name in WITH_MODEL else name
        for name in names
        if name not in NEED_MORE and blocks(name, "python")
    ]


@pytest.mark.parametrize("page", pages())
def test_python_examples_run_and_print_what_they_say(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for code in blocks(page, "python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, page, "exec"), {})
        assert printed.getvalue().splitlines() == re.findall(r"^# (.+)$", code, re.MULTILINE)
