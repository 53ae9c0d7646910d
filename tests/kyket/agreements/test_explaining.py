"""Where each value comes from: every rule has a case, and what it cites stands in the text."""

import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from kyket.agreements import read
from kyket.agreements.grounds import Rule
from kyket.explanation import ExplainedAgreement, Ground, Reason

from .agreement_cases import Case, cases, unmark


def explained(marked: str, published: str | None = None) -> list[ExplainedAgreement]:
    text, spans, dates, entities = unmark(marked)
    return read(text, spans, dates, entities, published).reasons.explain()


def reasons(record: ExplainedAgreement) -> Iterator[Reason]:
    values = (record.instrument, *record.parties, record.period, record.status, record.signed_on)
    return (value for value in (*values, record.renews) if value is not None)


def grounds(record: ExplainedAgreement) -> Iterator[Ground]:
    return chain(record.mentions, *(reason.grounds for reason in reasons(record)))


def test_every_rule_has_a_case() -> None:
    seen = {
        ground.rule
        for case in cases("records.txt")
        for record in explained(case.marked, case.published)
        for ground in grounds(record)
    }
    assert seen == {rule.title for rule in Rule}


def test_no_two_rules_have_one_name_or_meaning() -> None:
    assert len({rule.title for rule in Rule}) == len({rule.meaning for rule in Rule}) == len(Rule)


@pytest.mark.parametrize("case", cases("records.txt"), ids=lambda case: case.name)
def test_the_explanation_is_that_of_the_record(case: Case) -> None:
    text, spans, dates, entities = unmark(case.marked)
    found = read(text, spans, dates, entities, case.published)
    explanations = found.reasons.explain()
    assert [one.id for one in explanations] == [record.id for record in found.agreements]
    for record, why in zip(found.agreements, explanations, strict=True):
        assert why.instrument.value == record.instrument
        assert [party.value for party in why.parties] == record.parties
        for value, reason in (
            (record.period, why.period),
            (record.status, why.status),
            (record.signed_on, why.signed_on),
            (record.renews, why.renews),
        ):
            assert value == (None if reason is None else reason.value)
        assert all(reason.grounds for reason in reasons(why)) and why.mentions
        for ground in grounds(why):
            if ground.words and ground.sentence:
                for passage in (ground.words, ground.sentence):
                    assert passage.text and text[passage.start : passage.end] == passage.text
                assert ground.sentence.start <= ground.words.start
                assert ground.words.end <= ground.sentence.end


def rules(reason: Reason | None) -> list[tuple[str, str | None]]:
    assert reason is not None
    return [(ground.rule, ground.words and ground.words.text) for ground in reason.grounds]


def test_each_value_cites_the_words_that_decided() -> None:
    (record,) = explained(
        "[[DATE 2022-03-04:Ngày 4/3]], [[ORG:Hội Mơ]] đề nghị [[ORG:Hội Mận]] sẽ [[SIGNING:ký]] "
        "[[AGREEMENT:bản ghi nhớ]] [[PERIOD P5Y:5 năm]].",
        "2022-03-05",
    )
    assert rules(record.instrument) == [("kind by its noun", "bản ghi nhớ")]
    assert [rules(party) for party in record.parties] == [
        [("frame asker", "Hội Mơ")],
        [("frame subject", "Hội Mận")],
    ]
    assert rules(record.period) == [("validity", "5 năm"), ("length from the signing", None)]
    assert rules(record.status) == [("plan", "sẽ")]
    assert record.signed_on is None and record.renews is None


def test_a_record_cites_all_that_was_joined_to_it() -> None:
    (record,) = explained(
        "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký]] [[AGREEMENT:bản ghi nhớ]]. "
        "[[AGREEMENT:Văn bản]] này có giá trị [[PERIOD 2020/2025:từ năm 2020 đến năm 2025]]."
    )
    assert [(ground.rule, ground.words and ground.words.text) for ground in record.mentions] == [
        ("first mention", "bản ghi nhớ"),
        ("same instrument", "Văn bản"),
    ]


def test_offsets_are_those_of_the_text_as_it_was_given() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội Hoà]] và [[ORG:Hội Quý]] đã [[SIGNING:ký]] [[AGREEMENT:ghi nhớ]]."
    )
    apart = unicodedata.normalize("NFD", text)
    for span in spans:
        words = unicodedata.normalize("NFD", span.text)
        span.start = apart.index(words)
        span.end, span.text = span.start + len(words), words
    (record,) = read(apart, spans, dates, entities).reasons.explain()
    ground = record.status.grounds[0]
    assert ground.words and ground.sentence
    assert apart[ground.words.start : ground.words.end] == unicodedata.normalize("NFD", "ký")
    assert ground.sentence.text == apart


def test_the_documentation_lists_every_rule() -> None:
    page = (Path(__file__).parents[3] / "docs" / "agreements.md").read_text("utf-8")
    table = page.partition("| rule | what it says |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [f"| {rule.title} | {rule.meaning} |" for rule in Rule]


def test_the_plan_of_a_list_is_shown_where_it_stands() -> None:
    records = explained(
        "Mong muốn hợp tác, [[ORG:Báo A]] và [[ORG:Báo B]] dự kiến sẽ [[SIGNING:ký]] "
        "các [[AGREEMENT:văn kiện]] sau đây:\n"
        "- [[AGREEMENT:Bản ghi nhớ về báo in]]\n- [[AGREEMENT:Thỏa thuận về báo hình]]\n"
    )
    told = [
        (ground.rule, ground.words.text)
        for record in records
        for ground in record.status.grounds
        if ground.words
    ]
    assert told == [("plan", "sẽ")] * 2
