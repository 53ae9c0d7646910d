"""A model's suggestions for texts, the least certain first, as a project for people to correct.

How certain a model is of an article is the probability of the least certain thing it decided there: the
score of each span that its decoder finds, also of those below the bundle's threshold, which are not
suggested; and for each unit outside of all of them, the probability that it is in none (least confidence,
Culotta & McCallum 2005, Reducing labeling effort for structured prediction tasks). Among equals the lower
mean margin comes first: the mean over units of what the best tag's probability is ahead of the second's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kyket.document import Article
from kyket.tagging import Tagger
from kyket_training.corpus import AnnotatedArticle, GoldSpan
from kyket_training.formats import FormatError, Ledger, doccano, label_studio
from kyket_training.formats.registry import writing


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model suggests for one article.

    Attributes:
        article: The text with the suggested spans.
        scores: Of those spans, calibrated probabilities.
        certainty: Probability of the least certain decision.
        margin: Mean lead of the best tag, a probability.
    """

    article: AnnotatedArticle
    scores: list[float]
    certainty: float
    margin: float


def suggest(tagger: Tagger, article: Article) -> Suggestion | None:
    """The suggestion for one article with an id; None for a text without a word in it."""
    tokens = tagger.tokenizer(article.text)
    if not article.text.strip() or not len(tokens.ids):
        return None
    logits = tagger.unit_logits(tokens)
    spans = tagger.spans(article.text, tokens, logits)
    probabilities = tagger.decoder.probabilities(logits)
    second, best = np.sort(probabilities, axis=1)[:, -2:].T
    decisions = []
    outside = np.ones(len(probabilities), dtype=bool)
    for found in tagger.decoder(logits):
        decisions.append(found.score)
        outside[found.first : found.last] = False
    decisions += probabilities[outside, 0].tolist()
    return Suggestion(
        article=AnnotatedArticle(
            id=article.id or "",
            text=article.text,
            spans=[GoldSpan(span.start, span.end, span.label) for span in spans],
            published=article.published,
            meta={"source": article.source} if article.source else {},
        ),
        scores=[span.score for span in spans],
        certainty=min(decisions),
        margin=float((best - second).mean()),
    )


def least_certain_first(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """The order in which people's time is best spent."""
    return sorted(suggestions, key=lambda one: (one.certainty, one.margin, one.article.id))


def check_project(out: Path, format: str) -> None:
    """Sees, before a model reads for an hour, that its suggestions can be written.

    Args:
        out: The file to import.
        format: With options of writing.

    Raises:
        FormatError: another format than `label-studio` or `doccano`, an option it does not have, or an `out`
            that is a folder or named like a file that goes beside it.
    """
    found, _ = writing(format)
    if found.name not in {"label-studio", "doccano"}:
        raise FormatError(f"{found.name} holds no project to correct; use label-studio or doccano")
    if out.is_dir():
        raise FormatError(f"{out}: is a folder; name the file to write")
    if found.name == "label-studio":
        label_studio.check_out(out)


def write_project(
    suggestions: Sequence[Suggestion], out: Path, format: str, model: str, ledger: Ledger
) -> None:
    """Writes the suggestions in the order given.

    Args:
        suggestions: One an article.
        out: The file to import; what makes its labels goes beside it.
        format: `label-studio` or `doccano`, with options of writing.
        model: Name and version of the model, which Label Studio shows.
        ledger: Its `labels` become those of the project.

    Raises:
        FormatError: as `check_project` does, or `out` cannot be written.
    """
    check_project(out, format)
    found, options = writing(format)
    articles = [suggestion.article for suggestion in suggestions]
    if found.name == "label-studio":
        label_studio.write_tasks(
            articles, lambda i, regions: _prediction(suggestions[i], regions, model), out, options, ledger
        )
    else:  # doccano, which knows no suggestions: they are labels that nobody has confirmed
        for suggestion in suggestions:
            suggestion.article.meta["certainty"] = round(suggestion.certainty, 4)
        doccano.write(articles, out, options, ledger)


def _prediction(suggestion: Suggestion, regions: list[dict[str, Any]], model: str) -> dict[str, Any]:
    scored = [
        {**region, "score": round(score, 4)} for region, score in zip(regions, suggestion.scores, strict=True)
    ]
    score = round(suggestion.certainty, 4)
    return {"predictions": [{"model_version": model, "score": score, "result": scored}]}
