from pathlib import Path

import pytest

import kyket


@pytest.fixture(scope="session")
def sources() -> Path:
    """For the PYTHONPATH of processes: the kyket of these tests, which need not be compiled for each."""
    return Path(kyket.__file__).parents[1]
