"""Checks a folder of annotated articles: marks, front matter, duplicates, and what the splits share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import regex

from kyket.labels import LABELS
from kyket.orthography import canonical, fold
from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan, read_inline, read_standoff
from kyket_training.formats import Ledger, read_data
from kyket_training.formats.files import article_names
from kyket_training.formats.registry import DEFAULT
from kyket_training.frontmatter import check_front_matter
from kyket_training.near_duplicates import Alike, near_duplicates

_NAMES = ("ORG", "PER", "LOC")
_SYLLABLE = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# A page may glue two words (`1Chủ tịch`, `2023của`, `HoàLan`, `TTXVNChiều`): no syllable spans these.
_GLUE = regex.compile(r"\p{N}\p{L}|[\p{L}\p{M}]\p{N}|[\p{Ll}\p{M}]\p{Lu}|\p{Lu}\p{Lu}\p{Ll}")

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend (`error`) or to look at (`warning`).

    Attributes:
        kind: What sort of finding, in two or three words.
        place: `FILE` or `FILE:LINE`, relative to the folder that was checked.
    """

    severity: Severity
    kind: str
    place: str
    message: str


@dataclass(slots=True)
class SplitFigures:
    """What one split holds; syllables are runs of letters and digits."""

    articles: int = 0
    syllables: int = 0
    spans: int = 0
    agreements: int = 0
    people: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    blocks: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Shared:
    """Distinct names of `split`, and how many of them the training split has too."""

    split: str
    label: str
    shared: int
    distinct: int


@dataclass(slots=True)
class Report:
    """All that a check found.

    Attributes:
        splits: Figures by split, in the order train, dev, test, others.
        shared: Names that the other splits share with `train`.
        lost: Gold spans that windows and sub-words lose, or None where that was not tried.
    """

    findings: list[Finding]
    splits: dict[str, SplitFigures]
    shared: list[Shared]
    lost: int | None

    @property
    def errors(self) -> list[Finding]:
        """The findings that must be mended."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """The findings to look at."""
        return [finding for finding in self.findings if finding.severity == "warning"]


@dataclass(frozen=True, slots=True)
class _Source:
    """An article and where it stands in the folder; in a file of others its lines are not known."""

    article: AnnotatedArticle
    name: str
    split: str
    first_line: int | None

    def place(self, offset: int) -> str:
        if self.first_line is None:
            return self.name
        return f"{self.name}:{self.first_line + self.article.text.count(chr(10), 0, offset)}"

    def context(self, start: int, end: int, width: int = 24) -> str:
        """The stretch in ‹› with some text of its line on both sides."""
        text = self.article.text
        before = text[max(0, start - width) : start].rpartition("\n")[2]
        after = text[end : end + width].partition("\n")[0]
        return f"{before}‹{text[start:end]}›{after}"


def check(
    folder: Path,
    encode: Callable[[AnnotatedArticle], int] | None = None,
    *,
    labels: Collection[str] | None = LABELS,
    format: str = DEFAULT,
) -> Report:
    """Checks all annotated articles of a folder; subfolders are splits, and so are files of many articles.

    Args:
        folder: Holds the articles; in formats that have such, a file of them.
        encode: Gives the number of gold spans of an article that encoding loses; None leaves that out.
        labels: Those that a span may have; None for any.
        format: What the articles are, as `kyket_training.formats` names it.

    Raises:
        CorpusError: the folder is missing or holds no article; in another format than `inline` also what
            cannot be read.
        FormatError: there is no such format or option.
    """
    findings: list[Finding] = []
    if format == DEFAULT:
        sources = _read_inline(folder, findings)
        findings += _names_and_keys(sources)
    else:
        sources = _read_other(folder, format, findings)
    lost = 0
    for source in sources:
        findings += _span_findings(source, labels)
        findings += _unmarked_names(source)
        for severity, message in check_front_matter(source.article):
            findings.append(Finding(severity, "front matter", source.name, message))
        if encode is not None and (missing := encode(source.article)):
            lost += missing
            findings.append(
                Finding("error", "lost span", source.name, f"encoding loses {missing} gold spans")
            )
    findings += _duplicate_ids(sources)
    findings += _near_duplicates(sources)
    findings += _several_labels(sources)
    return Report(findings, _figures(sources), _shared_names(sources), None if encode is None else lost)


def _read_inline(folder: Path, findings: list[Finding]) -> list[_Source]:
    paths = sorted(folder.rglob("*.txt")) if folder.is_dir() else []
    if not paths:
        why = "data in other formats needs --from" if folder.exists() else "there is no such folder"
        raise CorpusError(f"{folder}: no annotated articles (*.txt) there; {why}")
    sources = []
    for path in paths:
        try:
            sources.append(_read(path, folder))
        except (CorpusError, ValueError) as error:
            message = str(error).removeprefix(f"{path}: ")
            findings.append(Finding("error", "unreadable", path.relative_to(folder).as_posix(), message))
    return sources


def _read_other(location: Path, format: str, findings: list[Finding]) -> list[_Source]:
    ledger = Ledger()
    articles = read_data(str(location), format, ledger)
    findings += [Finding("warning", note.kind, note.place, note.message) for note in ledger.notes]
    if not articles:
        raise CorpusError(f"{location}: no annotated article there")
    in_file = Counter(article.path for article in articles)
    sources = []
    for article in articles:
        path = article.path or location
        name = path.relative_to(location) if path != location and path.is_relative_to(location) else path
        if in_file[article.path] > 1:
            split = name.parts[0] if len(name.parts) > 1 and path != location else path.stem
            sources.append(_Source(article, f"{name.as_posix()}, {article.id}", split, None))
        else:
            split = name.parts[0] if len(name.parts) > 1 and path != location else location.name
            sources.append(_Source(article, name.as_posix(), split, 1 if path.suffix == ".txt" else None))
    return sources


def _names_and_keys(sources: list[_Source]) -> Iterator[Finding]:
    """Articles that are not called as their files, and keys of front matter that nothing reads."""
    keys: defaultdict[str, list[_Source]] = defaultdict(list)
    for source in sources:
        article = source.article
        if article.path is not None and article_names([article])[0].name != article.path.stem:
            yield Finding("warning", "id is not the file's name", source.name, f"“{article.id}”")
        for key in article.meta:
            keys[key].append(source)
    for key, holders in sorted(keys.items()):
        others = f", and {len(holders) - 1} others" if len(holders) > 1 else ""
        yield Finding("warning", "unknown key", holders[0].name, f"nothing reads “{key}”{others}")


def _read(path: Path, folder: Path) -> _Source:
    article = read_standoff(path) if path.with_suffix(".json").exists() else read_inline(path)
    name = path.relative_to(folder)
    split = name.parts[0] if len(name.parts) > 1 else folder.name
    front_matter_lines = path.read_bytes().count(b"\n") - article.text.count("\n")
    return _Source(article, name.as_posix(), split, front_matter_lines + 1)


def _span_findings(source: _Source, labels: Collection[str] | None) -> Iterator[Finding]:
    text = source.article.text
    previous = 0
    for span in source.article.spans:
        for kind, message in _span_errors(text, span, previous, labels):
            context = source.context(span.start, span.end)
            yield Finding("error", kind, source.place(span.start), f"{message}: {context}")
        previous = max(previous, span.end)


def _span_errors(
    text: str, span: GoldSpan, previous: int, labels: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    if labels is not None and span.label not in labels:
        yield "unknown label", f"“{span.label}”"
    if not 0 <= span.start <= span.end <= len(text):
        yield "outside the text", f"{span.start}–{span.end} of {len(text)}"
        return
    if span.start == span.end:
        yield "empty span", span.label
        return
    if span.start < previous:
        yield "nested span", f"{span.label} begins inside the span before it"
    if text[span.start].isspace() or text[span.end - 1].isspace():
        yield "blank edge", span.label
    if _inside_syllable(text, span.start) or _inside_syllable(text, span.end):
        yield "inside a syllable", span.label


def _inside_syllable(text: str, edge: int) -> bool:
    if not 0 < edge < len(text):
        return False
    pair = text[edge - 1 : edge + 1]
    return _SYLLABLE.fullmatch(pair) is not None and _GLUE.match(text[edge - 1 : edge + 2]) is None


def _unmarked_names(source: _Source) -> Iterator[Finding]:
    """Names of two syllables or more that are marked somewhere in the article and stand bare elsewhere."""
    article = source.article
    view = canonical(article.text)
    names: dict[str, str] = {}
    for span in article.spans:
        name = canonical(article.text[span.start : span.end]).text
        if (span.label in _NAMES or span.label not in LABELS) and len(_SYLLABLE.findall(name)) >= 2:
            names |= {name: span.label, name.upper(): span.label}
    if not names:
        return
    covered = {offset for span in article.spans for offset in range(span.start, span.end)}
    for start, end in _names_in(view.text, names):
        first, last = view.origin(start), view.origin(end)
        if covered.isdisjoint(range(first, last)):
            message = f"{names[view.text[start:end]]} elsewhere: {source.context(first, last)}"
            yield Finding("warning", "unmarked name", source.place(first), message)


def _names_in(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where names stand as whole words, the longest of those that begin at one place; none within another.

    They are looked for one by one: a pattern of all the names of an article takes longer to compile.
    """
    found = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not _SYLLABLE.match(text[start - 1 : start]) and not _SYLLABLE.match(text[end : end + 1]):
                found.append((start, -end))
            start = text.find(name, start + 1)
    done = 0
    for start, last in sorted(found):
        if start >= done:
            done = -last
            yield start, done


def _duplicate_ids(sources: list[_Source]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for source in sources:
        if (other := first.setdefault(source.article.id, source.name)) != source.name:
            yield Finding("error", "duplicate id", source.name, f"“{source.article.id}” is also {other}")


def _near_duplicates(sources: list[_Source]) -> Iterator[Finding]:
    for found in near_duplicates([source.article.text for source in sources]):
        some, others = ([sources[number] for number in numbers] for numbers in (found.some, found.others))
        yield _near_duplicate(some, others, found)


def _near_duplicate(some: list[_Source], others: list[_Source], found: Alike) -> Finding:
    """The finding for two lists of articles: of the first in each, or the first that are of two splits."""
    pairs = [(some[0], other) for other in others] + [(one, others[0]) for one in some[1:]]
    first, second = next((pair for pair in pairs if pair[0].split != pair[1].split), pairs[0])
    across = first.split != second.split
    kind = "near-duplicate across splits" if across else "near-duplicate"
    message = f"{found.similarity:.0%} of the 5-syllable runs in common with {first.name}"
    if found.each and len(others) > 1:
        at_least = "at least " if found.similarity < 1 else ""
        message = f"{at_least}{message}, and so have {len(others) - 1} others"
    return Finding("error" if across else "warning", kind, second.name, message)


def _several_labels(sources: list[_Source]) -> Iterator[Finding]:
    """Surfaces that carry more than one label in the folder, shown where they have the rarest."""
    seen: defaultdict[str, defaultdict[str, list[tuple[_Source, GoldSpan]]]]
    seen = defaultdict(lambda: defaultdict(list))
    for source in sources:
        for span in source.article.spans:
            seen[source.article.text[span.start : span.end]][span.label].append((source, span))
    for surface, by_label in sorted(seen.items()):
        if len(by_label) > 1:
            ranked = sorted(by_label.items(), key=lambda item: (-len(item[1]), item[0]))
            counts = ", ".join(f"{label} {len(places)}" for label, places in ranked)
            source, span = ranked[-1][1][0]
            message = f"“{surface}”: {counts}: {source.context(span.start, span.end, 16)}"
            yield Finding("warning", "several labels", source.place(span.start), message)


def _figures(sources: list[_Source]) -> dict[str, SplitFigures]:
    splits: dict[str, SplitFigures] = {}
    order = {"train": 0, "dev": 1, "test": 2}
    for source in sorted(sources, key=lambda source: (order.get(source.split, 3), source.split)):
        article, figures = source.article, splits.setdefault(source.split, SplitFigures())
        figures.articles += 1
        figures.syllables += len(_SYLLABLE.findall(article.text))
        figures.spans += len(article.spans)
        figures.agreements += len(article.agreements or ())
        figures.people += len(article.people or ())
        figures.labels.update(span.label for span in article.spans)
        figures.blocks[article.id.rpartition("-")[0]] += 1
    return splits


def _shared_names(sources: list[_Source]) -> list[Shared]:
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source in sources:
        for label in ("PER", "ORG"):
            names[source.split, label] |= _full_names(source.article, label)
    others = [split for split in _figures(sources) if split != "train"]
    if not any(split == "train" for split, _ in names):
        return []
    return [
        Shared(split, label, len(names[split, label] & names["train", label]), len(names[split, label]))
        for split in others
        for label in ("PER", "ORG")
    ]


def _full_names(article: AnnotatedArticle, label: str) -> set[str]:
    """Names of two syllables or more, folded: a bare `Minh` or `Hội` is no evidence that a split leaks."""
    surfaces = (fold(article.text[s.start : s.end]) for s in article.spans if s.label == label)
    return {surface for surface in surfaces if " " in surface}
