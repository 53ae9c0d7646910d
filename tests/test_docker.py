"""The Dockerfile, as far as it shows without Docker."""

from __future__ import annotations

import fnmatch
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def stages() -> list[list[tuple[str, str]]]:
    """The instructions before the first stage and of each stage, with what follows them."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found: list[list[tuple[str, str]]] = [[]]
    for line in lines:
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    tomllib = pytest.importorskip("tomllib")
    known: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return known


def test_it_runs_as_nobody_special_and_installs_only_what_was_built() -> None:
    before, build, run = stages()
    assert before == [("ARG", "EXTRAS=docs,batch")]
    assert build[0] == ("FROM", "python:3.12-slim AS build")
    assert run[0] == ("FROM", "python:3.12-slim")
    names = [name for name, _ in run]
    user = dict(run)["USER"]
    assert user not in {"root", "0"}
    assert names.index("USER") < names.index("ENTRYPOINT")
    (installs,) = (rest for name, rest in run if name == "RUN")
    assert f"--uid 10001 {user}" in installs
    assert "--no-index --find-links /wheels" in installs
    assert installs.split(" && ")[0].rstrip().endswith('"kyket[${EXTRAS}]"')
    for stage in (build, run):  # a stage knows no argument that it does not name
        assert ("ARG", "EXTRAS") in stage
    assert "from=build,source=/wheels,target=/wheels" in installs


@pytest.mark.parametrize("extras", ["docs,batch", "docs,batch,ray"])
def test_the_list_of_requirements_is_that_of_the_project(project: dict[str, Any], extras: str) -> None:
    command = next(rest for name, rest in stages()[1] if name == "RUN" and rest.startswith("python "))
    words = shlex.split(command)
    printed = subprocess.run(
        [sys.executable, *words[1 : words.index(">")]],
        env=os.environ | {"EXTRAS": extras},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    known = project["project"]["optional-dependencies"]
    wanted = [
        *project["project"]["dependencies"],
        *(line for name in extras.split(",") for line in known[name]),
    ]
    assert printed == [line for line in wanted if Requirement(line).name != "kyket"]
    assert all(Requirement(line).name for line in printed)
    assert not {Requirement(line).name for line in printed} & {"torch", "transformers", "kyket"}


def test_what_the_wheel_is_made_of_reaches_the_build(project: dict[str, Any]) -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    let_in = [line[1:] for line in lines if line.startswith("!")]
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    about = project["project"]
    needed = [*wheel["packages"], *wheel["force-include"], about["readme"], *about["license-files"]]
    for path in [*needed, "pyproject.toml"]:
        assert any(fnmatch.fnmatch(path, one) or path.startswith(f"{one}/") for one in let_in), path
    for one in let_in:
        assert (ROOT / one).exists()
