"""Articles written differently, and what that costs."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from kyket.document import Document, Span
from kyket.orthography import canonical
from kyket_training.corpus import AnnotatedArticle, read_articles
from kyket_training.robustness import VARIANTS, newer_tone_marks, robustness

DEV = Path(__file__).parents[2] / "data" / "articles" / "dev"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("TÒA ÁN", "TOÀ ÁN"),
        ("khỏe, họa, lòe", "khoẻ, hoạ, loè"),
        ("ủy viên, thủy, Thúy", "uỷ viên, thuỷ, Thuý"),
        ("quý, qủy, hoài, toàn, thuyền, của", "quý, qủy, hoài, toàn, thuyền, của"),
        ("hoa, huy", "hoa, huy"),
    ],
)
def test_the_other_style_of_tone_marks(old: str, new: str) -> None:
    assert newer_tone_marks(old) == new


def test_both_styles_have_one_canonical_form() -> None:
    for article in read_articles(DEV):
        assert canonical(newer_tone_marks(article.text)).text == canonical(article.text).text


def test_spans_stay_on_their_words(articles: Path) -> None:
    seen = {}

    def remember(article: AnnotatedArticle) -> Document:
        seen.setdefault(article.id, []).append(article)
        spans = [
            Span(start=s.start, end=s.end, text=article.text[s.start : s.end], label=s.label)
            for s in article.spans
        ]
        return Document(id=article.id, text=article.text, spans=spans)

    given = list(read_articles(articles))
    figures = robustness(remember, given)
    assert list(figures) == ["as written", *VARIANTS]
    assert all(figure.f1 == 1.0 for groups in figures.values() for figure in groups.values())
    for article in given:
        plain, decomposed, _, capitals, mistyped = seen[article.id]
        for one, other in zip(plain.spans, decomposed.spans, strict=True):
            mention = unicodedata.normalize("NFC", decomposed.text[other.start : other.end])
            assert mention == plain.text[one.start : one.end]
        assert capitals.text == plain.text.upper()
        assert len(mistyped.spans) == len(plain.spans)


def test_about_one_letter_in_fifty_is_mistyped() -> None:
    text = "".join(article.text for article in read_articles(DEV))
    mistyped = VARIANTS["mistyped"](text, random.Random(1))
    assert mistyped != text
    assert abs(len(mistyped) - len(text)) < 0.01 * len(text)
    same = sum(a == b for a, b in zip(text.split(), mistyped.split(), strict=False)) / len(text.split())
    assert 0.85 < same < 0.99
