"""The extractor: the corridor through the rooms, and nothing else."""

from __future__ import annotations

import datetime
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec.structs import replace

from kyket import agreements, dates, names, reading
from kyket.bundle import Layout, default_bundle, network_file, read_manifest
from kyket.document import Article, Document, Span, Warning
from kyket.errors import BundleError
from kyket.explanation import Explanation
from kyket.labels import LABELS
from kyket.tagging import Device, OnnxNetwork, Tagger, TextTokenizer, provider_of
from kyket.tagging.elsewhere import go_on
from kyket.tagging.pieces import join_names
from kyket.tagging.reporters import without_reporters
from kyket.tagging.rules import (
    cut_topics,
    end_names,
    mark_periods,
    name_again,
    name_agencies,
    part_states,
    relabel,
)
from kyket.tagging.unmark import unmark
from kyket.tagging.whole import make_whole

# Read once while a model loads, so that the first article finds the patterns of the rules made: dates of each
# sort, a person with a title, bodies, an instrument.
_SAMPLE = (
    "Ngày 5/7/2024, tại Vinh, ông Lê Văn Mẫu, Phó Chủ tịch phụ trách hợp tác của Hội Ví Dụ tỉnh Nghệ An,"
    " và Hội Mẫu ký Bản ghi nhớ hợp tác giai đoạn 2024-2029."
    " Hai bên đã hợp tác 5 năm qua, từ tháng 3 năm 2019 đến đầu năm nay."
)
_SAMPLE_SPANS = [
    Span(text=text, label=label, start=_SAMPLE.index(text), end=_SAMPLE.index(text) + len(text))
    for text, label in (
        ("Vinh", "LOC"),
        ("Lê Văn Mẫu", "PER"),
        ("Hội Ví Dụ tỉnh Nghệ An", "ORG"),
        ("Hội Mẫu", "ORG"),
        ("ký", "SIGNING"),
        ("Bản ghi nhớ hợp tác", "AGREEMENT"),
        ("giai đoạn 2024-2029", "PERIOD"),
    )
]


class Extractor:
    """Reads articles: `extractor(text)` gives a `Document`.

    It holds nothing from one article to the next, and threads may share it.

    Args:
        tagger: Finds the spans; a trained one, or any function from a text to its spans.
        labels: What it looks for; rules add no span of another label.
        tables: Names of the user's own, as `kyket.names.read_tables` gives them.
    """

    def __init__(
        self,
        tagger: Callable[[str], list[Span]],
        labels: Collection[str] = LABELS,
        tables: names.OwnTables | None = None,
    ) -> None:
        self.tagger = tagger
        self._marks_periods = "PERIOD" in labels
        self._marks_places = "LOC" in labels
        self._tables = tables

    @classmethod
    def from_bundle(
        cls,
        folder: Path,
        threads: int | None = None,
        tables: names.OwnTables | None = None,
        device: Device = "cpu",
    ) -> Extractor:
        """Loads a model bundle; nothing is asked of the network.

        Args:
            folder: The bundle.
            threads: How many windows the model reads side by side; None for as many as there are cores.
            tables: Names of the user's own.
            device: What computes the network; see `load`.

        Raises:
            BundleError: the folder is none, or it is damaged.
            DeviceError: there is no such device here.
        """
        provider = provider_of(device)
        manifest = read_manifest(folder)
        with ThreadPoolExecutor(1) as beside:
            # ONNX Runtime prepares the network without Python, which meanwhile makes the rules' patterns.
            made = beside.submit(OnnxNetwork, network_file(folder, device), len(manifest.tags), provider)
            try:
                tokenizer = TextTokenizer.from_file(folder / Layout.TOKENIZER)
            except Exception as error:  # the tokenizers library raises nothing narrower
                raise BundleError.of_damage(folder, Layout.TOKENIZER, error) from None
            rules = cls(lambda _: _SAMPLE_SPANS, tables=tables)
            rules(_SAMPLE)
            network = made.result()
        return cls(
            Tagger(
                tokenizer,
                network,
                manifest.tags,
                window=manifest.window,
                overlap=manifest.overlap,
                temperature=manifest.temperature,
                threshold=manifest.threshold,
                threads=threads or _cores(),
            ),
            labels={tag[2:] for tag in manifest.tags[1:]},
            tables=tables,
        )

    def __call__(self, text: str | Article, published: str | datetime.date | None = None) -> Document:
        """Reads one text, or an article with what is known about it.

        Args:
            text: Any text; the document's offsets count its code points.
            published: Day of publication, from which relative dates are counted; None for that of the
                article.

        Raises:
            ValueError: `published` is no day.
            TypeError: `text` is neither a string nor an `Article`.

        Example:
            >>> import kyket
            >>> doc = kyket.load()("Hai bên ký bản ghi nhớ giai đoạn 2022-2025.")
            >>> [str(period.value) for period in doc.periods]
            ['2022/2025']
        """
        return self.read(_article(text, published))

    def pipe(self, articles: Iterable[Article | str]) -> Iterator[Document]:
        """Reads many articles, one document for each, in order.

        While the rules read an article, the model is at the next ones; only a few are held at a time.

        Raises:
            TypeError: one is neither a string nor an `Article`; the message says which, counted from 0.
        """
        waiting: deque[Article] = deque()

        def texts() -> Iterator[str]:
            for number, article in enumerate(articles):
                waiting.append(_article(article, name=f"article {number}"))
                yield waiting[-1].text

        tagged = self.tagger.pipe(texts()) if isinstance(self.tagger, Tagger) else map(self.tagger, texts())
        for spans in tagged:
            yield self.link(waiting.popleft(), spans)

    def read(self, article: Article | str) -> Document:
        """Reads one article with what is known about it.

        Raises:
            ValueError: `article.published` is no day.
            TypeError: `article` is neither a string nor an `Article`.
        """
        article = _article(article)
        return self.link(article, self.tagger(article.text))

    def link(self, article: Article, spans: list[Span]) -> Document:
        """What `read` does once the spans are found, for spans from elsewhere.

        Args:
            article: The article.
            spans: Sorted by start, not overlapping, with offsets into `article.text`.
        """
        return self._link(article, spans)[0]

    def explain(self, article: Article | str, published: str | datetime.date | None = None) -> Explanation:
        """Reads one article and says where each value of its agreement records comes from.

        Args:
            article: As for a call of the extractor; also `published`.
            published: Day of publication.

        Raises:
            ValueError: `published` is no day.
            TypeError: `article` is neither a string nor an `Article`.

        Example:
            >>> import kyket
            >>> article = kyket.Article(text="Báo Vàm Cỏ và Báo Mekong Xanh ký bản ghi nhớ.")
            >>> record = kyket.load().explain(article).agreements[0]
            >>> record.status.value, record.status.grounds[0].rule, record.status.grounds[0].words.text
            ('signed', 'signing', 'ký')
        """
        article = _article(article, published)
        document, reasons = self._link(article, self.tagger(article.text))
        return Explanation.of(document, reasons.explain())

    def _link(self, article: Article, spans: list[Span]) -> tuple[Document, agreements.Reasons]:
        article = reading.complete(article)
        text = article.text
        found = dates.find(text, article.published)
        spans = make_whole(text, [replace(span, entity=None) for span in spans])
        if self._marks_periods:
            spans = name_agencies(mark_periods(spans, found))
        if self._marks_places:
            spans = relabel(text, part_states(text, cut_topics(end_names(text, spans))))
            spans = name_again(text, join_names(text, go_on(text, without_reporters(spans))))
        spans = unmark(text, spans)
        with names.using(self._tables):
            entities = names.link(text, spans)
            findings = agreements.read(text, spans, found, entities, article.published)
        for entity in entities:
            for mention in entity.mentions:
                spans[mention].entity = entity.id
        assert article.id is not None  # `complete` has seen to it
        document = Document(
            id=article.id,
            source=article.source,
            title=article.title,
            published=article.published,
            text=text,
            spans=spans,
            dates=found,
            entities=[*entities, *findings.implied],
            events=findings.events,
            agreements=findings.agreements,
            warnings=[
                *reading.doubts(text),
                *(Warning(start=date.start, end=date.end, message=date.note) for date in found if date.note),
            ],
        )
        return document, findings.reasons


def _article(
    given: Article | str, published: str | datetime.date | None = None, name: str = "text"
) -> Article:
    """What a caller gave, as an article."""
    if isinstance(given, str):
        given = Article(text=given)
    if not isinstance(given, Article) or not isinstance(given.text, str):
        found = type(given.text if isinstance(given, Article) else given).__name__
        raise TypeError(f"{name} is to be a str or a kyket.Article with a str as its text, not {found}")
    return given if published is None else replace(given, published=reading.published_day(published))


def load(
    path: str | Path | None = None,
    threads: int | None = None,
    tables: str | Path | None = None,
    device: Device = "cpu",
) -> Extractor:
    """Loads a model.

    Args:
        path: Folder of a bundle; None for the model that ships with kyket.
        threads: How many windows of text the model reads side by side; None for as many as there are cores.
            Where several processes share a machine, 1 is right.
        tables: Folder of your own abbreviations, aliases and places, as docs/names.md says.
        device: `cpu`, or `cuda` with a bundle that has its network in floats, as docs/cuda.md says.

    Raises:
        BundleError: there is none, or it is damaged.
        DeviceError: there is no such device here.
        TablesError: a table cannot be read; the message names file and line.
    """
    own = None if tables is None else names.read_tables(tables)
    return Extractor.from_bundle(default_bundle() if path is None else Path(path), threads, own, device)


def _cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
