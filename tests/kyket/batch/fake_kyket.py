"""The `kyket` command with an extractor that needs no model: `python fake_kyket.py batch …`.

It marks every `ký` as SIGNING, as slowly as KYKET_FAKE_SECONDS says. `BUG` in a text makes it fail, `HANG`
hang, `CRASH` end its process.
"""

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import kyket
from kyket.document import Article, Document, Span

SECONDS = float(os.environ.get("KYKET_FAKE_SECONDS", "0"))


def spans(text: str) -> list[Span]:
    time.sleep(SECONDS)
    if "BUG" in text:
        raise RuntimeError("seen a bug")
    if "HANG" in text:
        time.sleep(600)
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    found = re.finditer("ký", text[:10_000])
    return [Span(start=one.start(), end=one.end(), text="ký", label="SIGNING") for one in found]


class FakeExtractor:
    """Takes articles in advance, as one that batches does."""

    def pipe(self, articles: Iterable[Article | str]) -> Iterator[Document]:
        taken = [article for article in articles if isinstance(article, Article)]
        for article in taken:
            yield Document(
                id=article.id or Path(article.source or "none").stem,
                source=article.source,
                title=article.title,
                published=article.published,
                text=article.text,
                spans=spans(article.text),
            )


def load(
    path: Path | str | None = None,
    threads: int | None = None,
    tables: Path | str | None = None,
    device: str = "cpu",
) -> FakeExtractor:
    return FakeExtractor()


def install() -> None:
    """Have this process use it; and not wait for the disk, as tests end processes, not the machine."""
    kyket.load = load
    os.fsync = lambda _: None


if __name__ in ("__main__", "__mp_main__"):  # the command, and its worker processes
    install()

if __name__ == "__main__":
    from kyket.cli import main

    main()
