"""The examples of the docstrings, as their readers would type them."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kyket
import kyket_training
from kyket.errors import KyketError

MODULES = [
    found.name
    for package in (kyket, kyket_training)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.name.endswith("__main__")
]


def test_every_module_is_looked_at() -> None:
    assert {"kyket.dates", "kyket.names.places", "kyket_training.config"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except (ImportError, KyketError) as error:
        pytest.skip(f"needs an extra: {error}")
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
