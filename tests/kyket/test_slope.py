"""What one process keeps of each article it has read: nothing. With the model: benchmarks/memory_slope.py."""

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from kyket import Extractor
from kyket.document import Span

PATH = Path(__file__).parents[2] / "benchmarks" / "memory_slope.py"
NAMES = re.compile(
    r"(?P<ORG>Hội Nuôi ong tỉnh \w+ \w+|Công ty \w+ \w+ \w+)|(?<=Ông )(?P<PER>\w+ \w+ \w+)|(?P<SIGNING>ký)"
)


@pytest.fixture
def benchmark():
    spec = importlib.util.spec_from_file_location("memory_slope", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tagged(text):
    """What a model would find in one of the benchmark's articles, for next to nothing."""
    found = NAMES.finditer(text)
    return [Span(start=m.start(), end=m.end(), text=m[0], label=m.lastgroup) for m in found]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_rise_with_articles(benchmark):
    read, memory = benchmark.measure(Extractor(tagged), 3000)
    # Over the last 2,400, in which caches still fill by 1.0 to 1.4 MB; their documents would be more than 12.
    assert benchmark.slope(read, memory) * 2400 / 50_000 < 3.0
    assert Extractor(tagged)(next(benchmark.articles(1))).agreements


def test_what_is_kept_is_found(benchmark):
    read = np.arange(100, 3001, 100)
    assert benchmark.slope(read, 100 + read * 0.001) == pytest.approx(50)
