"""What one process keeps of each article it has read: nothing. With the model: benchmarks/memory_slope.py."""

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from benchmarks import memory_slope
from kyket import Extractor
from kyket.document import Span

NAMES = re.compile(
    r"(?P<ORG>Hội Nuôi ong tỉnh \w+ \w+|Công ty \w+ \w+ \w+)|(?<=Ông )(?P<PER>\w+ \w+ \w+)|(?P<SIGNING>ký)"
)


def tagged(text):
    """What a model would find in one of the benchmark's articles, for next to nothing."""
    found = NAMES.finditer(text)
    return [Span(start=m.start(), end=m.end(), text=m[0], label=m.lastgroup) for m in found]


def measured():
    """Memory while articles are read a second time: the caches, which have an end, are filled by then."""
    extractor = Extractor(tagged)
    memory_slope.measure(extractor, 3000)
    return memory_slope.measure(extractor, 3000)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_rise_with_articles():
    # In a process of its own: what tests before this one have left free would hide or blur what is kept here.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        read, memory = process.submit(measured).result()
    # Over the last 2,400: 0.7 to 1.5 MB, as the heap settles; their documents would be more than 12.
    assert memory_slope.slope(read, memory) * 2400 / 50_000 < 3.0
    assert Extractor(tagged)(next(memory_slope.articles(1))).agreements


def test_what_is_kept_is_found():
    read = np.arange(100, 3001, 100)
    assert memory_slope.slope(read, 100 + read * 0.001) == pytest.approx(50)
