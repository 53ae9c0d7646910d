"""The data that a recipe names: its splits in any format, its labels, and what of them cannot be learned."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from kyket_training.config import TrainConfig
from kyket_training.corpus import AnnotatedArticle, CorpusError
from kyket_training.encode import ArticleEncoder
from kyket_training.formats import Ledger, read_data
from kyket_training.formats.metadata import label_set

_log = logging.getLogger(__name__)


def read_split(location: str, format: str | None, *, quiet: bool = False) -> list[AnnotatedArticle]:
    """The articles of one split; what of it was left out or changed is told on standard error.

    Args:
        location: File, folder or dataset.
        format: As `kyket_training.formats.read_data` takes it.
        quiet: Tell nothing, as where several processes read the same.

    Raises:
        CorpusError: it cannot be read, or holds no annotated article; names the place.
        FormatError: there is no such format or option.
    """
    return _read(location, format, Ledger(), quiet=quiet)


def _read(location: str, format: str | None, ledger: Ledger, *, quiet: bool) -> list[AnnotatedArticle]:
    articles = read_data(location, format, ledger)
    if not quiet:
        for line in ledger.details(most=3):
            _log.warning("%s", line)
    if not articles:
        raise CorpusError(f"{location}: no annotated article there")
    return articles


def with_labels(config: TrainConfig) -> TrainConfig:
    """The recipe with the label set in place of `auto`: as its training data declares it, else as it has it.

    Raises:
        CorpusError: the training data cannot be read, or has no label.
        FormatError: there is no such format or option.
    """
    if config.labels != "auto":
        return config
    ledger = Ledger()
    labels = label_set(_read(config.train, config.format, ledger, quiet=True), ledger.labels)
    if not labels:
        raise CorpusError(f"{config.train}: no span is marked there, so there is no label to learn")
    return replace(config, labels=labels)


def tell_losses(
    location: str, articles: Sequence[AnnotatedArticle], encoder: ArticleEncoder, *, quiet: bool = False
) -> None:
    """Tells on standard error which spans of a split an encoder cannot learn or be scored on.

    Args:
        location: The split, for the message.
        articles: What was read there.
        encoder: Of the model to be trained.
        quiet: Tell nothing, as where several processes read the same.

    Raises:
        CorpusError: no span is left.
    """
    known = {tag[2:] for tag in encoder.tags[1:]}
    spans = [span for article in articles for span in article.spans]
    if not spans:
        raise CorpusError(f"{location}: no span is marked there, so there is nothing to learn or to score")
    unknown = Counter(span.label for span in spans if span.label not in known)
    if unknown.total() == len(spans):
        labels, found = ", ".join(sorted(known)), ", ".join(sorted(unknown))
        raise CorpusError(
            f"{location}: no span has a label that is to be learned ({labels}); there are {found}; "
            "name them in `labels`, or set it to auto"
        )
    if unknown and not quiet:
        named = ", ".join(f"{label} {count:,}" for label, count in sorted(unknown.items()))
        _log.warning("%s: spans with a label that is not to be learned: %s", location, named)
    lost = [(article, span) for article in articles for span in encoder.lost_spans(article)]
    if sum(span.label in known for _, span in lost) == len(spans) - unknown.total():
        raise CorpusError(f"{location}: all spans begin or end inside a word, so none can be learned")
    if lost and not quiet:
        article, span = lost[0]
        shown = f"{article.id}: {span.label} “{article.text[span.start : span.end]}”"
        message = "%s: %d of %d spans begin or end inside a word, so they cannot be learned; the first is %s"
        _log.warning(message, location, len(lost), len(spans), shown)


def tell_absent(location: str, articles: Sequence[AnnotatedArticle], labels: Sequence[str]) -> None:
    """Tells on standard error which labels are to be learned and have no span in the training data."""
    found = {span.label for article in articles for span in article.spans}
    if absent := [label for label in labels if label not in found]:
        _log.warning("%s: no span has the label %s, so it will not be learned", location, ", ".join(absent))
