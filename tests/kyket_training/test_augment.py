from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from kyket_training.augment import Augmenter
from kyket_training.config import Augment
from kyket_training.corpus import AnnotatedArticle, parse_marks, read_articles

DATA = Path(__file__).parents[2] / "data" / "articles" / "dev"
OPTIONS = Augment.__struct_fields__
EVERYTHING = Augment(**dict.fromkeys(OPTIONS, 0.5))


@pytest.fixture(scope="module")
def corpus() -> list[AnnotatedArticle]:
    return list(read_articles(DATA))


def only(option: str) -> Augment:
    return msgspec.structs.replace(Augment(), **{option: 1.0})


def around(article: AnnotatedArticle, labels: set[str]) -> list[str]:
    """The text between the spans that have one of `labels`."""
    parts, position = [], 0
    for span in article.spans:
        if span.label in labels:
            parts.append(article.text[position : span.start])
            position = span.end
    return [*parts, article.text[position:]]


def variants(corpus: list[AnnotatedArticle], chances: Augment, seed: str = "1") -> list[AnnotatedArticle]:
    augment = Augmenter(chances, corpus)
    return [augment(article, random.Random(f"{seed}/{i}")) for i, article in enumerate(corpus)]


@pytest.mark.parametrize("chances", [EVERYTHING, *map(only, OPTIONS)], ids=["everything", *OPTIONS])
def test_spans_stay_right(corpus: list[AnnotatedArticle], chances: Augment) -> None:
    for before, after in zip(corpus, variants(corpus, chances), strict=True):
        assert [span.label for span in after.spans] == [span.label for span in before.spans]
        position = 0
        for span in after.spans:
            assert position <= span.start < span.end <= len(after.text)
            mention = after.text[span.start : span.end]
            assert mention == mention.strip()
            position = span.end


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_has_an_effect(corpus: list[AnnotatedArticle], option: str) -> None:
    changed = sum(
        before.text != after.text
        for before, after in zip(corpus, variants(corpus, only(option)), strict=True)
    )
    assert changed > len(corpus) / 4


def test_no_chance_changes_nothing(corpus: list[AnnotatedArticle]) -> None:
    assert variants(corpus, Augment()) == corpus


def test_a_seed_decides_all(corpus: list[AnnotatedArticle]) -> None:
    assert variants(corpus, EVERYTHING) == variants(corpus, EVERYTHING)
    assert variants(corpus, EVERYTHING) != variants(corpus, EVERYTHING, seed="2")


def test_the_article_itself_stays_as_it_is(corpus: list[AnnotatedArticle]) -> None:
    before = [(article.text, list(article.spans)) for article in corpus]
    variants(corpus, EVERYTHING)
    assert [(article.text, article.spans) for article in corpus] == before


def test_other_people_change_nothing_around_them(corpus: list[AnnotatedArticle]) -> None:
    for before, after in zip(corpus, variants(corpus, only("people")), strict=True):
        assert around(before, {"PER"}) == around(after, {"PER"})


def test_other_places_change_no_text_outside_places_and_organisations(corpus: list[AnnotatedArticle]) -> None:
    for before, after in zip(corpus, variants(corpus, only("places")), strict=True):
        assert around(before, {"LOC", "ORG"}) == around(after, {"LOC", "ORG"})


def test_a_person_has_one_new_name_in_all_mentions(corpus: list[AnnotatedArticle]) -> None:
    for before, after in zip(corpus, variants(corpus, only("people")), strict=True):
        names: dict[str, set[str]] = {}
        for old, new in zip(before.spans, after.spans, strict=True):
            if old.label == "PER":
                name = before.text[old.start : old.end]
                names.setdefault(name, set()).add(after.text[new.start : new.end])
        assert all(len(new) == 1 for new in names.values())


def article(marked: str) -> AnnotatedArticle:
    text, spans = parse_marks(marked)
    return AnnotatedArticle("a", text, spans)


def changed(marked: str, option: str, seed: int = 1) -> AnnotatedArticle:
    given = article(marked)
    return Augmenter(only(option), [given])(given, random.Random(seed))


def test_abbreviations_go_both_ways() -> None:
    assert (
        changed("[[ORG:Liên đoàn Lao động huyện Yên Giang]]", "abbreviations").text == "LĐLĐ huyện Yên Giang"
    )
    assert changed("[[ORG:UBND huyện]]", "abbreviations").text.startswith(("Ủy ban nhân dân", "UBND"))


def test_the_first_line_in_capitals() -> None:
    marked = "[[ORG:Hội Chè]] họp\nÔng [[PER:Bến]] dự.\n"
    assert changed(marked, "upper_title").text == "HỘI CHÈ HỌP\nÔng Bến dự.\n"


def test_lines_are_joined() -> None:
    assert changed("[[ORG:Hội Chè]] họp\n\nÔng [[PER:Bến]]", "join_lines").text == "Hội Chè họp Ông Bến"


def test_case() -> None:
    texts = {changed("[[ORG:Hội Chè]] họp", "case", seed).text for seed in range(20)}
    assert texts == {"HỘI CHÈ HỌP", "hội chè họp"}


def test_dashes() -> None:
    texts = {changed("[[PERIOD:2031-2035]]", "dashes", seed).text for seed in range(40)}
    assert texts == {f"2031{dash}2035" for dash in ("-", " - ", "–", " – ", "- ")}


def test_dashes_between_two_names() -> None:
    texts = {changed("tình bạn [[LOC:Phú Mỹ]] - [[LOC:Paksan]]", "dashes", seed).text for seed in range(40)}
    assert texts == {f"tình bạn Phú Mỹ{dash}Paksan" for dash in ("-", " - ", "–", " – ", "- ")}


def test_dashes_of_a_list_stay() -> None:
    text = "Đoàn đã làm:\n[[SUPPORT:tặng]] quà\n- [[TRAINING:tập huấn]] cho cán bộ\n- [[VISIT:thăm]] chợ"
    assert all(changed(text, "dashes", seed).text.count("\n- ") == 2 for seed in range(10))
