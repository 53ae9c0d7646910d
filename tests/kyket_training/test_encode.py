from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from kyket.labels import LABELS
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.tokens import TextTokenizer, prepare
from kyket.tagging.windows import cut
from kyket_training.corpus import AnnotatedArticle, GoldSpan, read_articles
from kyket_training.encode import IGNORED, ArticleEncoder

DATA = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture(scope="module")
def tokenizer(tokenizer_json: str) -> TextTokenizer:
    return TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))


@pytest.fixture(scope="module")
def encoder(tokenizer: TextTokenizer) -> ArticleEncoder:
    return ArticleEncoder(tokenizer, LABELS, window=64, overlap=16)


@pytest.fixture(scope="module")
def corpus() -> list[AnnotatedArticle]:
    return list(read_articles(DATA))


def test_no_span_of_our_articles_is_lost(encoder: ArticleEncoder, corpus: list[AnnotatedArticle]) -> None:
    """In some of them; that all have tags for their spans, and for no others, shows below."""
    lost = {
        f"{article.path}: {article.text[span.start : span.end]}"
        for article in corpus[::8]
        for span in encoder.lost_spans(article)
    }
    assert lost == set()


def test_tags_decode_back_to_the_gold_spans(encoder: ArticleEncoder, corpus: list[AnnotatedArticle]) -> None:
    decoder = BioDecoder(encoder.tags)
    for article in corpus:
        tokens = encoder.tokenizer(article.text)
        logits = np.eye(len(encoder.tags), dtype=np.float32)[encoder.unit_tags(article, tokens)]
        spans = [
            GoldSpan(int(tokens.starts[s.first]), int(tokens.ends[s.last - 1]), s.label)
            for s in decoder(logits)
        ]
        assert spans == article.spans, article.path


def test_the_tags_in_the_windows_are_those_of_the_article(
    encoder: ArticleEncoder, corpus: list[AnnotatedArticle]
) -> None:
    """A network that knew the labels of every window by heart would give the gold tags back."""
    for article in corpus[:40]:
        tokens = encoder.tokenizer(article.text)
        encoded = encoder.windows(article)
        read = []
        for features, window in zip(encoded, cut(tokens, 64 - 2, 16), strict=True):
            assert features["input_ids"][1:-1] == tokens.ids[window.start : window.end].tolist()
            read += features["labels"][1:-1][window.read_from - window.start : window.read_to - window.start]
        assert [read[first] for first in tokens.firsts.tolist()] == encoder.unit_tags(article, tokens), (
            article.path
        )


def test_only_first_pieces_have_tags(encoder: ArticleEncoder, corpus: list[AnnotatedArticle]) -> None:
    for article in corpus[:10]:
        for window in encoder.windows(article):
            assert len(window["input_ids"]) == len(window["labels"]) <= 64
            assert window["labels"][0] == window["labels"][-1] == IGNORED
            assert all(label == IGNORED or 0 <= label < len(encoder.tags) for label in window["labels"])


def test_a_span_inside_a_word_is_lost_and_said_so(encoder: ArticleEncoder) -> None:
    article = AnnotatedArticle("a", "Hội Làm vườn", [GoldSpan(0, 6, "ORG"), GoldSpan(8, 12, "LOC")])
    assert encoder.lost_spans(article) == [GoldSpan(0, 6, "ORG")]


def test_a_label_that_is_not_asked_for_is_left_out(tokenizer: TextTokenizer) -> None:
    encoder = ArticleEncoder(tokenizer, ["PER"], window=64, overlap=16)
    article = AnnotatedArticle("a", "Hội gặp Bến", [GoldSpan(0, 3, "ORG"), GoldSpan(8, 11, "PER")])
    assert encoder.unit_tags(article, tokenizer(article.text)) == [0, 0, 1]


def test_an_empty_article_has_no_windows(encoder: ArticleEncoder) -> None:
    assert encoder.windows(AnnotatedArticle("a", "", [])) == []
