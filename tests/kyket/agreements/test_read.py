import time
from collections.abc import Callable

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket.agreements import Findings, read
from kyket.agreements.headwords import kind_of
from kyket.document import Date, Entity, Span
from kyket.labels import LABELS
from kyket.timevalues import parse_value

from .agreement_cases import cases, unmark

WORDS = [
    *(
        "ký",
        "hai bên",
        "giữa",
        "và",
        "với",
        "bản ghi nhớ",
        "Thỏa thuận",
        "giai đoạn",
        "đề nghị",
        "đến",
        "năm",
        "2020",
    ),
    *("Hà Nội", "Bộ Y tế", "hai nước", "Công đoàn hai tỉnh", "ba trường", "TIN LIÊN QUAN"),
    *("(", ")", ".", ";", "-", "\n", "\r\n", "\x00", "🙂", "e\u0302\u0301"),
]
VALUES = [
    "2018/2023",
    "P5Y",
    "2020",
    "2020-05-01",
    "XXXX-07-18",
    "../2027",
    "2024/..",
    "P3W",
    "2024-08-12/2024-08-16",
    None,
]


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Span], list[Date], list[Entity]]:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
    spans, dates, text = [], [], ""
    for word in words:
        start, text = len(text), text + word
        label = draw(st.sampled_from([None, "DATE", *LABELS]))
        if label == "DATE" or (label == "PERIOD" and draw(st.booleans())):
            value = draw(st.sampled_from(VALUES))
            parsed = parse_value(value) if value else None
            dates.append(Date(start=start, end=len(text), text=word, type=label, value=parsed))
        if label in LABELS:
            spans.append(Span(start=start, end=len(text), text=word, label=label))
        text += draw(st.sampled_from([" ", "", ", "]))
    entities: list[Entity] = []
    for index, span in enumerate(spans):
        if span.label in ("ORG", "PER", "LOC") and draw(st.integers(0, 9)):
            same = [entity for entity in entities if entity.type == span.label and entity.name == span.text]
            if not same:
                number = sum(entity.type == span.label for entity in entities) + 1
                same = [Entity(id=f"{span.label.lower()}-{number}", type=span.label, name=span.text)]
                entities += same
            same[0].mentions.append(index)
    return text, spans, dates, entities


def check(found: Findings, spans: list[Span], entities: list[Entity]) -> None:
    ids = [entity.id for entity in [*entities, *found.implied]]
    assert len(ids) == len(set(ids))
    assert not any(entity.mentions for entity in found.implied)
    for number, record in enumerate(found.agreements, 1):
        assert record.id == f"agreement-{number}"
        assert (
            record.parties
            and len(set(record.parties)) == len(record.parties)
            and set(record.parties) <= set(ids)
        )
        assert record.status in ("signed", "proposed")
        assert record.evidence == sorted(set(record.evidence))
        assert all(0 <= index < len(spans) for index in record.evidence)
        assert record.evidence
        assert record.title is None or record.title in [spans[index].text for index in record.evidence]
        assert record.renews is None or record.renews in {other.id for other in found.agreements} - {
            record.id
        }
        for value in (record.period, record.signed_on):
            assert value is None or str(parse_value(value)) == value
        assert record.period is None or "/" in record.period
    events = [spans[event.trigger] for event in found.events]
    assert [event.type for event in found.events] == [span.label for span in events]
    assert all(set(event.participants) <= set(ids) for event in found.events)


@settings(max_examples=150, deadline=None)
@given(articles(), st.sampled_from([None, "2022-07-18"]))
def test_whatever_the_spans_the_result_points_into_them(
    article: tuple[str, list[Span], list[Date], list[Entity]], published: str | None
) -> None:
    text, spans, dates, entities = article
    found = read(text, spans, dates, entities, published)
    check(found, spans, entities)
    assert found == read(text, spans, dates, entities, published)
    triggers = [i for i, span in enumerate(spans) if span.label in LABELS[5:]]
    assert [event.trigger for event in found.events] == triggers


def test_decomposed_letters_change_nothing() -> None:
    import unicodedata

    for case in cases("records.txt"):
        composed, decomposed = (unmark(unicodedata.normalize(form, case.marked)) for form in ("NFC", "NFD"))
        one, two = read(*composed, case.published), read(*decomposed, case.published)
        assert [(r.instrument, r.status, r.period, r.evidence) for r in one.agreements] == [
            (r.instrument, r.status, r.period, r.evidence) for r in two.agreements
        ]


def test_an_event_has_its_day_and_participants() -> None:
    text, spans, dates, entities = unmark(
        "[[DATE 2024-09-09:Chiều 9/9]], [[ORG:Thành ủy Cổ Loa]] [[MEETING:tiếp]] đoàn "
        "[[ORG:Công đoàn Viêng Thoong]]. "
        "Sau đó khách [[VISIT:thăm]] nhà máy."
    )
    meeting, visit = read(text, spans, dates, entities).events
    assert (meeting.id, meeting.type, meeting.date) == ("event-1", "MEETING", "2024-09-09")
    assert meeting.participants == ["org-1", "org-2"]
    assert (visit.date, visit.participants) == (None, [])


def test_the_new_record_names_the_one_it_renews() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội A]] và [[ORG:Hội B]] [[REVIEW:tổng kết]] [[AGREEMENT:thỏa thuận]] "
        "[[PERIOD 2015/2020:giai đoạn 2015-2020]]. "
        "Hai bên [[SIGNING:tái ký]] [[AGREEMENT:thỏa thuận]] [[PERIOD 2020/2025:giai đoạn 2020-2025]]."
    )
    old, new = read(text, spans, dates, entities).agreements
    assert (new.renews, old.renews) == (old.id, None)


def test_the_title_is_the_fullest_mention() -> None:
    text, spans, dates, entities = unmark(
        "[[ORG:Hội A]] và [[ORG:Hội B]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]]. "
        "[[AGREEMENT:Thỏa thuận hợp tác toàn diện]] này gồm 7 điều."
    )
    (record,) = read(text, spans, dates, entities).agreements
    assert record.title == "Thỏa thuận hợp tác toàn diện"
    assert [spans[index].label for index in record.evidence] == ["SIGNING", "AGREEMENT", "AGREEMENT"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Biên bản ghi nhớ hợp tác", "memorandum"),
        ("MoU", "memorandum"),
        ("Bản thoả thuận", None),
        ("biên bản hợp tác", "agreement"),
        ("Chương trình phối hợp", "programme"),
        ("thỏa thuận thực hiện chương trình hợp tác", "agreement"),
        ("Kế hoạch hợp tác hằng năm", "programme"),
        ("Hiệp định tránh đánh thuế hai lần", "treaty"),
        ("hợp đồng mua bán điện", "contract"),
        ("ý định thư", "other"),
        ("quy chế phối hợp", "other"),
        ("tuyên bố chung", "other"),
        ("văn kiện", None),
        ("biên bản", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    from kyket.orthography import canonical

    assert kind_of(canonical(text).text) == (kind if text != "Bản thoả thuận" else "agreement")


_WORD = regex.compile(r"\w+")

# What an article tells besides: most of its sentences speak of no instrument.
_PROSE = """\
Con đường từ bến đò lên xã năm nay đã trải nhựa, hai bên trồng xoan, mùa hoa tím cả một quãng dài. Bà con đi
chợ sớm, gánh măng và chè, đến trưa thì về hết. Lớp học dưới chân đồi có ba mươi hai em, em nào cũng có áo ấm,
bàn ghế do thợ mộc trong làng đóng, chắc chắn và vừa tầm. Buổi chiều, các thầy cô ở lại kèm thêm những em còn
đọc chậm; tối đến, nhà văn hóa sáng đèn, người già ngồi uống nước, trẻ con tập múa."""


def test_speed_and_linear_time(linear: Callable[..., None]) -> None:
    case = next(case for case in cases("records.txt") if case.name.startswith("headline"))

    def article(copies: int) -> tuple[str, list[Span], list[Date], list[Entity]]:
        return unmark("\n".join([case.marked, _PROSE] * copies))

    def reading(given: tuple[str, list[Span], list[Date], list[Entity]]) -> Findings:
        return read(*given, case.published)

    def splitting(given: tuple[str, list[Span], list[Date], list[Entity]]) -> list[str]:
        return [match[0].casefold() for match in _WORD.finditer(given[0])]

    def seconds(work: Callable[..., object], given: object) -> float:
        start = time.process_time()
        work(given)
        return time.process_time() - start

    linear(reading, article, 15)
    # By turns with what any reader of words has to do: the machine counts for both.
    given = article(25)
    ours, least = zip(*((seconds(reading, given), seconds(splitting, given)) for _ in range(9)), strict=True)
    assert min(ours) < 80 * min(least)  # 20 to 25 measured


@pytest.mark.parametrize(
    "unit", ["năm ", "0", "-", "hai bên ký ", "(", "Bộ A ", "đến hết ", "các ", "GS TS "]
)
def test_much_of_anything_is_read_in_time(linear: Callable[..., None], unit: str) -> None:
    def article(size: int) -> tuple[str, list[Span], list[Entity]]:
        text = unit * (size // len(unit))
        step = 2_500
        labels = ("AGREEMENT", "SIGNING", "ORG", "PERIOD")
        spans = [
            Span(start=at, end=at + 2, text=text[at : at + 2], label=labels[at // step % 4])
            for at in range(0, len(text) - 100, step)
        ]
        mentions = [i for i, span in enumerate(spans) if span.label == "ORG"]
        return text, spans, [Entity(id="org-1", type="ORG", name="A", mentions=mentions)]

    def reading(given: tuple[str, list[Span], list[Entity]]) -> None:
        text, spans, entities = given
        check(read(text, spans, [], entities), spans, entities)

    linear(reading, article, 30_000)


@pytest.mark.parametrize("published", ["5/7", "2022-02-30", ""])
def test_a_day_that_is_none_is_refused(published):
    with pytest.raises(ValueError, match=r"^published: "):
        read("Hai bên ký.", [], [], [], published)
