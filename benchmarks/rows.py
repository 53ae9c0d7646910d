"""What is compared: one row of the table each. What a row needs is imported when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.workload import Text, Workload

if TYPE_CHECKING:
    from kyket import Document

BATCHES = (1, 2, 4, 8, 16)
"""Sizes that are tried for what takes texts in batches."""


@dataclass(frozen=True)
class Reader:
    """A loaded row.

    Attributes:
        many: Reads all of some articles.
        one: Reads one text.
    """

    many: Callable[[Sequence[Text]], object]
    one: Callable[[str], object]


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Attributes:
        title: What it is called there.
        load: Gives the reader, for some work and a batch size.
        batches: Batch sizes, the best of which is searched first.
        is_whole: Reads articles by itself, so that its start, its latency and its memory mean something.
        part: Reads every so manyth article, as it takes long; rates are compared by the syllable.
        is_elsewhere: Runs in the Python that `--underthesea` names.
    """

    title: str
    load: Callable[[Workload, int], Reader]
    batches: tuple[int, ...] = (1,)
    is_whole: bool = True
    part: int = 1
    is_elsewhere: bool = False


def _batch(work: Workload, _: int) -> Reader:
    import kyket
    from kyket import Article

    extractor = kyket.load(work.model)

    def many(articles: Sequence[Text]) -> None:
        for _document in extractor.pipe(Article(text=a.text, published=a.published) for a in articles):
            pass

    return Reader(many, extractor)


def _single(work: Workload, _: int) -> Reader:
    import kyket

    extractor = kyket.load(work.model)
    return Reader(lambda articles: [extractor(a.text, a.published) for a in articles], extractor)


def _tagger(work: Workload, _: int) -> Reader:
    import kyket
    from kyket.tagging import Tagger

    tagger = kyket.load(work.model).tagger
    assert isinstance(tagger, Tagger)
    return Reader(lambda articles: list(tagger.pipe(a.text for a in articles)), tagger)


def _rules(work: Workload, _: int) -> Reader:
    """The rules on spans that were found before the clock starts."""
    import kyket
    from kyket import Article

    extractor = kyket.load(work.model)
    spans = {article.text: extractor.tagger(article.text) for article in work.articles}

    def one(text: str, published: str | None = None) -> Document:
        return extractor.link(Article(text=text, published=published), spans.get(text, []))

    return Reader(lambda articles: [one(a.text, a.published) for a in articles], one)


def _checkpoint(work: Workload, batch: int) -> Reader:
    from benchmarks.pipelines import checkpoint, reader

    return reader(checkpoint(Path(work.model)), batch)


def _phobert_shaped(work: Workload, batch: int) -> Reader:
    from benchmarks.pipelines import phobert_shaped, reader

    return reader(phobert_shaped(Path(work.model), is_tiny=work.is_tiny), batch)


def _underthesea(work: Workload, _: int) -> Reader:
    from underthesea import ner

    return Reader(lambda articles: [ner(a.text) for a in articles], ner)


ROWS = {
    "batch": Row("kyket, batch (`pipe`)", _batch),
    "single": Row("kyket, one by one", _single),
    "tagger": Row("kyket without the rules", _tagger),
    "rules": Row("the rules alone", _rules, is_whole=False),
    "checkpoint": Row("transformers pipeline, the same checkpoint, fp32", _checkpoint, BATCHES, part=3),
    "phobert": Row("transformers pipeline, PhoBERT-base's shape, fp32", _phobert_shaped, BATCHES, part=3),
    "underthesea": Row("underthesea, `ner`", _underthesea, part=3, is_elsewhere=True),
}
"""All rows by name, in the order of the table; the others are compared with the first."""
