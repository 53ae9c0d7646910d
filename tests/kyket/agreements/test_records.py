import pytest

from kyket.agreements import read

from .agreement_cases import Case, cases, unmark


@pytest.mark.parametrize("case", cases("records.txt"), ids=lambda case: case.name)
def test_records(case: Case) -> None:
    text, spans, dates, entities = unmark(case.marked)
    found = read(text, spans, dates, entities, case.published)
    names = {entity.id: entity.name for entity in [*entities, *found.implied]}
    given = [
        " | ".join(
            (
                record.instrument,
                record.status,
                record.period or "-",
                record.signed_on or "-",
                " + ".join(sorted(names[id] for id in record.parties)),
            )
        )
        for record in found.agreements
    ]
    assert sorted(given or ["none"]) == sorted(map(_ordered, case.expected))


def _ordered(line: str) -> str:
    *fields, parties = line.split(" | ")
    return " | ".join([*fields, " + ".join(sorted(parties.split(" + ")))])


def test_there_are_enough_cases() -> None:
    assert len(cases("records.txt")) >= 40
    assert sum(case.expected == ["none"] for case in cases("records.txt")) >= 6


def ids(marked: str, published: str | None = None) -> list[str]:
    text, spans, dates, entities = unmark(marked)
    return [event.id for event in read(text, spans, dates, entities, published).events]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (  # the headline and the lead tell of one signing
            "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký kết]] [[AGREEMENT:thỏa thuận]]\n"
            "[[DATE 2020-05-06:Ngày 6/5]], [[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký]] "
            "[[AGREEMENT:thỏa thuận]] [[PERIOD 2020/2025:giai đoạn 2020-2025]].",
            ["event-1", "event-1"],
        ),
        (  # two instruments, two signings
            "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]] "
            "[[DATE 2015:năm 2015]]. Hai bên [[SIGNING:ký]] [[AGREEMENT:hợp đồng]] [[DATE 2018:năm 2018]].",
            ["event-1", "event-2"],
        ),
        (  # signed, and to be signed anew
            "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]]. "
            "Hai bên sẽ [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]] mới.",
            ["event-1", "event-2"],
        ),
        (  # one meeting of one day
            "[[DATE 2020-05-06:Ngày 6/5]], [[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[MEETING:hội đàm]]. "
            "[[ORG:Hội Mận]] và [[ORG:Hội Mơ]] [[MEETING:hội đàm]] [[DATE 2020-05-06:hôm 6/5]].",
            ["event-1", "event-1"],
        ),
        (  # two meetings of two days
            "[[DATE 2020-05-06:Ngày 6/5]], [[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[MEETING:hội đàm]]. "
            "[[DATE 2021:Năm 2021]], [[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[MEETING:hội đàm]].",
            ["event-1", "event-2"],
        ),
        (  # one body alone may meet anybody
            "[[ORG:Hội Mơ]] [[MEETING:họp]]\n[[DATE 2020-05-06:Ngày 6/5]], [[ORG:Hội Mơ]] [[MEETING:họp]].",
            ["event-1", "event-2"],
        ),
        (  # not the events of other articles
            "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[MEETING:hội đàm]]\nTIN LIÊN QUAN\n"
            "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[MEETING:hội đàm]]",
            ["event-1", "event-2"],
        ),
    ],
)
def test_triggers_of_one_event_share_its_id(marked: str, expected: list[str]) -> None:
    assert ids(marked) == expected


def test_tellings_of_one_event_say_the_same() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký kết]] [[AGREEMENT:thỏa thuận]]\n"
        "[[DATE 2020-05-06:Ngày 6/5]], hai hội [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]]."
    )
    one, two = read(text, spans, dates, entities).events
    assert (one.id, one.date, one.participants) == (two.id, two.date, two.participants)
    assert (one.date, one.trigger != two.trigger) == ("2020-05-06", True)


def test_each_round_renews_the_one_before_it() -> None:
    text, spans, dates, entities = unmark(
        "[[DATE 2020-05-06:Ngày 6/5]], [[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:tái ký]] "
        "[[AGREEMENT:bản ghi nhớ]] [[PERIOD 2020/2025:giai đoạn 2020-2025]]. "
        "Hai bản trước: [[PERIOD 2010/2015:2010-2015]], [[PERIOD 2015/2020:2015-2020]]."
    )
    found = read(text, spans, dates, entities).agreements
    by_period = {record.period: record for record in found}
    assert by_period["2010/2015"].renews is None
    assert by_period["2015/2020"].renews == by_period["2010/2015"].id
    assert by_period["2020/2025"].renews == by_period["2015/2020"].id


def test_the_new_one_renews_the_one_it_takes_the_place_of() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội Mơ]] và [[ORG:Hội Mận]] [[SIGNING:ký]] [[AGREEMENT:bản ghi nhớ]] mới, "
        "thay cho [[AGREEMENT:bản ghi nhớ]] cũ [[SIGNING:ký]] [[DATE 2017:năm 2017]]."
    )
    new, old = read(text, spans, dates, entities, "2022-07-05").agreements
    assert (old.signed_on, old.renews, new.renews) == ("2017", None, old.id)


def test_two_records_never_renew_each_other() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội A]] và [[ORG:Hội B]] [[SIGNING:ký]] [[AGREEMENT:bản ghi nhớ]] "
        "[[PERIOD 2020/2025:2020-2025]]. "
        "[[ORG:Hội A]] và [[ORG:Hội B]] từng [[SIGNING:gia hạn]] [[AGREEMENT:bản ghi nhớ]] "
        "[[PERIOD 2015/2020:giai đoạn 2015-2020]]."
    )
    new, old = read(text, spans, dates, entities, "2020-07-05").agreements
    assert (new.period, new.renews, old.renews) == ("2020/2025", old.id, None)


def test_more_years_than_have_been_give_no_date() -> None:
    text, spans, dates, entities = unmark(
        "Nhân 99 năm ngày [[ORG:Hội A]] và [[ORG:Hội B]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]]."
    )
    [record] = read(text, spans, dates, entities, "0050-01-01").agreements
    assert record.signed_on is None
