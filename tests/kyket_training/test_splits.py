from __future__ import annotations

import logging
from pathlib import Path

import msgspec
import pytest
from tokenizers import Tokenizer

from kyket.labels import LABELS
from kyket.tagging.tokens import TextTokenizer, prepare
from kyket_training.config import ConfigError, TrainConfig, read_config
from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.encode import ArticleEncoder
from kyket_training.formats import Ledger, write_data
from kyket_training.splits import read_split, tell_absent, tell_losses, with_labels

ARTICLE = AnnotatedArticle("a", "Sở Y tế Huế", [GoldSpan(0, 7, "Z"), GoldSpan(8, 11, "A")])


def config(train: Path | str, **more: object) -> TrainConfig:
    fields = {"name": "n", "base": "b", "train": str(train), "dev": "d", "labels": "auto", **more}
    return msgspec.convert(fields, TrainConfig)


def test_labels_are_read_off_the_training_data(tmp_path: Path) -> None:
    write_data([ARTICLE], tmp_path / "t.conll", "conll", Ledger())
    assert with_labels(config(tmp_path / "t.conll")).labels == ("A", "Z")
    named = config(tmp_path / "t.conll", labels=["Z"])
    assert with_labels(named) is named
    write_data([AnnotatedArticle("a", "Huế", [])], tmp_path / "none.conll", "conll", Ledger())
    with pytest.raises(CorpusError, match=r"none\.conll: no span is marked there"):
        with_labels(config(tmp_path / "none.conll"))


def test_declared_labels_keep_their_order(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    write_data([ARTICLE], tmp_path / "t", "datasets", Ledger(labels=("Z", "B")))
    resolved = with_labels(config(tmp_path / "t", format="datasets"))
    assert resolved.labels == ("Z", "B", "A")
    assert msgspec.yaml.decode(msgspec.yaml.encode(resolved), type=TrainConfig) == resolved


def test_what_a_split_loses_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.txt").write_text("Sở Y tế Huế", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tORG 0 11\tSở Y tế Huế\nT2\tLOC 8 11\tHuế\n", "utf-8")
    with caplog.at_level(logging.WARNING):
        (article,) = read_split(str(tmp_path), "brat")
    assert len(article.spans) == 1
    message = "overlapping span left out: LOC “Huế” overlaps ORG “Sở Y tế Huế”, which stays"
    assert caplog.messages == [f"{tmp_path / 'a.ann'}:2: {message}"]
    caplog.clear()
    read_split(str(tmp_path), "brat", quiet=True)
    assert caplog.messages == []


def test_a_split_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.conll").write_text("")
    with pytest.raises(CorpusError, match=r"t\.conll: no annotated article there"):
        read_split(str(tmp_path / "t.conll"), None)


def test_spans_that_cannot_be_learned_are_told(tokenizer_json: str, caplog: pytest.LogCaptureFixture) -> None:
    tokenizer = TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))
    encoder = ArticleEncoder(tokenizer, ["A", "Z"], window=32, overlap=8)
    inside = AnnotatedArticle("b", "Huế", [GoldSpan(0, 2, "A")])
    other = AnnotatedArticle("c", "Huế", [GoldSpan(0, 3, "X")])
    with caplog.at_level(logging.WARNING):
        tell_losses("t", [ARTICLE], encoder)
        assert caplog.messages == []
        tell_losses("t", [ARTICLE, inside, other], encoder)
    assert caplog.messages == [
        "t: spans with a label that is not to be learned: X 1",
        "t: 1 of 4 spans begin or end inside a word, so they cannot be learned; the first is b: A “Hu”",
    ]


def test_a_split_without_a_span_to_learn_is_refused(
    tokenizer_json: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokenizer = TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))
    encoder = ArticleEncoder(tokenizer, ["A", "Z"], window=32, overlap=8)
    for spans, message in (
        ([], "t: no span is marked there"),
        ([GoldSpan(0, 3, "X")], r"t: no span has a label that is to be learned \(A, Z\); there are X; name"),
        ([GoldSpan(0, 2, "A"), GoldSpan(4, 7, "X")], "t: all spans begin or end inside a word"),
    ):
        with pytest.raises(CorpusError, match=message):
            tell_losses("t", [AnnotatedArticle("a", "Huế Huế", spans)], encoder)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        tell_absent("t", [ARTICLE], ["A", "Z"])
        assert caplog.messages == []
        tell_absent("t", [ARTICLE], ["A", "B", "C", "Z"])
    assert caplog.messages == ["t: no span has the label B, C, so it will not be learned"]


def test_a_recipe_names_a_format_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    least = "name: n\nbase: b\ntrain: t\ndev: d\n"
    path.write_text(least + "format: conll:scheme=BIOES\nlabels: auto\n")
    read = read_config(path)
    assert (read.format, read.labels) == ("conll:scheme=BIOES", "auto")
    path.write_text(least)
    read = read_config(path)
    assert (read.format, read.labels) == (None, LABELS)
    for format, message in (("conl", "unknown format “conl”"), ("conll:x=1", "the options of reading are")):
        path.write_text(least + f"format: {format}\n")
        with pytest.raises(ConfigError, match=message) as caught:
            read_config(path)
        assert str(path) in str(caught.value) and "\n" not in str(caught.value)
