"""How memory grows with the number of articles: `python -m benchmarks.memory_slope [ARTICLES]`.

One process reads short articles, none like another, by `Extractor.pipe`, with the model that ships; a line is
fitted to resident memory over articles, the first fifth left out, in which caches fill. Ends with status 1
where the line rises by more than 2 MB for 50,000 articles.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

import kyket

LEFT_OUT = 0.2  # of the articles
MOST = 2.0  # MB for 50,000 articles
_Points = npt.NDArray[np.float64]
_EVERY = 100  # articles from one look at memory to the next
_SYLLABLES = (
    "an",
    "bình",
    "cường",
    "dũng",
    "hà",
    "khánh",
    "lâm",
    "minh",
    "phong",
    "sơn",
    "tân",
    "vinh",
    "yên",
)


def articles(count: int) -> Iterator[str]:
    """Short articles with names, days and periods, each with others."""
    chance = random.Random(5)

    def name(syllables: int) -> str:
        return " ".join(chance.choice(_SYLLABLES).capitalize() for _ in range(syllables))

    for _ in range(count):
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2005, 2025)
        yield (
            f"Ngày {day}/{month}/{year}, Hội Nuôi ong tỉnh {name(2)} và Công ty {name(3)} ký bản ghi nhớ "
            f"giai đoạn {year}-{year + chance.randint(2, 6)}. Ông {name(3)}, Chủ tịch Hội, dự lễ ký."
        )


def slope(read: _Points, resident: _Points) -> float:
    """By how much memory rises over articles read, for 50,000 of them, in the unit of `resident`."""
    late = read >= LEFT_OUT * read[-1]
    return float(np.polyfit(read[late], resident[late], 1)[0]) * 50_000


def measure(extractor: kyket.Extractor, count: int) -> tuple[_Points, _Points]:
    """Numbers of articles read, and resident memory in MB there."""
    points = []
    for number, _document in enumerate(extractor.pipe(articles(count)), 1):
        if number % _EVERY == 0:
            points.append((number, resident()))
    read, memory = zip(*points, strict=True)
    return np.array(read, float), np.array(memory)


def resident() -> float:
    """Of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main() -> int:
    """Measure, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=50_000)
    count = parser.parse_args().articles
    begun = time.monotonic()
    read, memory = measure(kyket.load(), count)
    grows = slope(read, memory)
    print(f"{count:,} articles in {time.monotonic() - begun:.0f} s; resident, in MB: {memory[0]:.0f} after")
    print(f"{read[0]:g} articles, {memory[-1]:.0f} at the end, {memory.max():.0f} at most")
    print(f"slope {grows:+.2f} MB for 50,000 articles (at most {MOST:g})")
    return 1 if grows > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
