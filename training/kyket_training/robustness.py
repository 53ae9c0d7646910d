"""How far a model's figures fall when the same articles are written differently."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

import regex

from kyket.document import Document
from kyket_training.augment import change_text, mistype
from kyket_training.corpus import AnnotatedArticle
from kyket_training.evaluate import Figure, evaluate
from kyket_training.scoring import GROUPS

_OPEN_PAIR = regex.compile(r"([oòóõỏọOÒÓÕỎỌ])([aeAE])(?!\p{L})|(?<![qQ])([uùúũủụUÙÚŨỦỤ])([yY])(?!\p{L})")


def newer_tone_marks(text: str) -> str:
    """`text` with tone marks on the second vowel of `oa`, `oe`, `uy` (`hoà`, `khoẻ`, `thuỷ`), not the first.

    Example:
        >>> newer_tone_marks("Hòa Bình khỏe, ủy quyền, của")
        'Hoà Bình khoẻ, uỷ quyền, của'
    """
    return _OPEN_PAIR.sub(_mark_on_second, text)


def _mark_on_second(match: regex.Match[str]) -> str:
    first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
    letters = unicodedata.normalize("NFD", first)
    return letters[0] + unicodedata.normalize("NFC", second + letters[1:])


VARIANTS: dict[str, Callable[[str, random.Random], str]] = {
    "decomposed": lambda text, _: unicodedata.normalize("NFD", text),
    "tone marks": lambda text, _: newer_tone_marks(text),
    "capitals": lambda text, _: text.upper(),
    "mistyped": mistype,
}
"""Ways to write an article: decomposed letters (NFD), the other style of tone marks, capitals, and 2 % of the
letters mistyped."""


def to_json(figures: dict[str, dict[str, Figure]]) -> dict[str, dict[str, float]]:
    """The F1 of each group of each variant, rounded."""
    return {
        variant: {group: round(figure.f1, 4) for group, figure in groups.items()}
        for variant, groups in figures.items()
    }


def robustness(
    extract: Callable[[AnnotatedArticle], Document], articles: Sequence[AnnotatedArticle]
) -> dict[str, dict[str, Figure]]:
    """Scores a reader on the articles as they are and in each of `VARIANTS`.

    Args:
        extract: As `kyket_training.evaluate.evaluate` takes it.
        articles: With gold spans, which move along.

    Returns:
        By variant, `as written` first: the figures of entities and of events, or of all where there are
        not both in each.
    """
    rewritten = {"as written": list(articles)}
    for name, change in VARIANTS.items():
        rewritten[name] = [
            change_text(article, change, random.Random(f"{name}/{article.id}")) for article in articles
        ]
    found = {name: evaluate(extract, variant, records=False).figures for name, variant in rewritten.items()}
    common = set.intersection(*(set(figures) for figures in found.values()))
    groups = [group for group in GROUPS if group in common] or sorted(common & {"all"})
    return {name: {group: figures[group] for group in groups} for name, figures in found.items()}
