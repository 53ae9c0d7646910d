from __future__ import annotations

import pytest

from kyket import dates
from kyket.document import Span
from kyket.tagging.rules import (
    cut_topics,
    end_names,
    mark_periods,
    name_again,
    name_agencies,
    part_states,
    relabel,
)


def span(text: str, mention: str, label: str) -> Span:
    start = text.index(mention)
    return Span(start=start, end=start + len(mention), text=mention, label=label, score=0.9)


def marked(text: str, *spans: Span) -> list[tuple[str, str]]:
    return [(s.text, s.by) for s in mark_periods(list(spans), dates.find(text, None))]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Hai hội hợp tác giai đoạn 2031-2035.", "2031-2035"),
        ("Lớp học mở từ ngày 4/6 đến 8/6 tại Mai Hạ.", "4/6 đến 8/6"),
        ("Kế hoạch nhiệm kỳ 2031 – 2036 đã xong.", "2031 – 2036"),
    ],
)
def test_a_stretch_with_both_ends_in_figures_is_a_period(text: str, mention: str) -> None:
    (found,) = mark_periods([], dates.find(text, None))
    assert found.label == "PERIOD"
    assert found.by == "rule"
    assert found.score == 1.0
    assert mention in found.text
    assert found.text == text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "Hiệu lực trong 5 năm.",
        "Họ gặp nhau ngày 12/3/2031.",
        "Từ năm 2031 đến nay, hai hội đi lại.",
        "Không có gì.",
    ],
)
def test_what_is_not_certain_is_left_to_the_model(text: str) -> None:
    assert marked(text) == []


def test_the_models_own_period_stays_alone() -> None:
    text = "Hai hội hợp tác giai đoạn 2031-2035."
    own = span(text, "2031-2035", "PERIOD")
    assert mark_periods([own], dates.find(text, None)) == [own]


def test_nothing_is_marked_inside_a_name() -> None:
    text = "Ký Chương trình phối hợp giai đoạn 2031-2035 ở Mai Hạ."
    name = span(text, "Chương trình phối hợp giai đoạn 2031-2035", "AGREEMENT")
    assert mark_periods([name], dates.find(text, None)) == [name]


def test_all_spans_come_sorted() -> None:
    text = "Hội Làm vườn: kế hoạch 2031-2035, do ông Bến trình."
    spans = [span(text, "Hội Làm vườn", "ORG"), span(text, "Bến", "PER")]
    result = mark_periods(spans, dates.find(text, None))
    assert [s.start for s in result] == sorted(s.start for s in result)
    assert [s.by for s in result] == ["model", "rule", "model"]


def test_an_agency_is_no_photographer() -> None:
    text = "Tàu rời bến - Ảnh: REUTERS. Ảnh: Minh Họa"
    spans = [span(text, "REUTERS", "PER"), span(text, "Minh Họa", "PER")]
    assert [s.label for s in name_agencies(spans)] == ["ORG", "PER"]


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("Thủ tướng Pháp Muster đến.", "Pháp Muster", ["Pháp", "Muster"]),
        ("Cựu Ngoại trưởng Hàn Quốc Kim Soo-jin nói.", "Hàn Quốc Kim Soo-jin", ["Hàn Quốc", "Kim Soo-jin"]),
        ("Tổng thống Pháp de Muster đến.", "Pháp de Muster", ["Pháp", "de Muster"]),
        ("Giáo sư Anh Johnson nói.", "Anh Johnson", ["Anh Johnson"]),
        ("Anh Muster đến.", "Anh Muster", ["Anh Muster"]),
        ("Giám đốc Mỹ Ví Dụ nói.", "Mỹ Ví Dụ", ["Mỹ Ví Dụ"]),
        ("Bộ trưởng Han Dong-mau đến.", "Han Dong-mau", ["Han Dong-mau"]),
        ("Bộ trưởng Israel Muster đến.", "Israel Muster", ["Israel Muster"]),
        ("Tổng thống Pháp đến.", "Pháp", ["Pháp"]),
    ],
)
def test_a_state_between_an_office_and_a_foreign_name_is_a_place(
    text: str, name: str, parts: list[str]
) -> None:
    found = part_states(text, [span(text, name, "PER")])
    assert [s.text for s in found] == parts
    assert [s.label for s in found] == ["LOC"] * (len(parts) - 1) + ["PER"]
    assert all(text[s.start : s.end] == s.text for s in found)


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("Bờ Biển Ngà", "PER", ("Bờ Biển Ngà", "LOC")),
        ("Bê-la-rút", "PER", ("Bê-la-rút", "LOC")),
        ("Vương Quốc Anh", "PER", ("Vương Quốc Anh", "LOC")),
        ("Hà Lan", "PER", ("Hà Lan", "PER")),
        ("Cộng hòa Bắc Macedonia", "ORG", ("Cộng hòa Bắc Macedonia", "LOC")),
        ("LB Nga", "ORG", ("LB Nga", "LOC")),
        ("Liên Hiệp Quốc", "LOC", ("Liên Hiệp Quốc", "ORG")),
        ("ASEAN", "LOC", ("ASEAN", "ORG")),
        ("trụ sở Liên hợp quốc", "LOC", ("trụ sở Liên hợp quốc", "LOC")),
        ("Hạ viện Ba Lan", "ORG", ("Hạ viện Ba Lan", "ORG")),
        ("Vietnam+", "ORG", ("Vietnam+", "ORG")),
        ("Việt", "PER", ("Việt", "PER")),
        ("Chủ tịch Trần Văn Ví", "LOC", ("Trần Văn Ví", "PER")),
        ("Lăng viếng Chủ tịch Trần Văn Ví", "LOC", ("Trần Văn Ví", "PER")),
        ("Lăng Chủ tịch Trần Văn Ví", "LOC", ("Lăng Chủ tịch Trần Văn Ví", "LOC")),
        ("Chủ tịch Hồ Chí Minh", "LOC", ("Hồ Chí Minh", "PER")),
        ("Bí thư Hà Nội", "LOC", ("Bí thư Hà Nội", "LOC")),
        ("Quảng trường Trần Văn Ví", "LOC", ("Quảng trường Trần Văn Ví", "LOC")),
    ],
)
def test_a_state_is_no_person_and_no_body_and_who_holds_an_office_no_place(
    name: str, label: str, expected: tuple[str, str]
) -> None:
    text = f"Đoàn vào {name} sáng nay."
    (found,) = relabel(text, [span(text, name, label)])
    assert (found.text, found.label) == expected
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông Muster tới. Hôm qua, Tổng thống Muster lui.", ["Muster"]),
        ("Ông Muster tới. Phó Giám đốc Muster và Giám đốc Muster lui.", ["Muster", "Muster"]),
        ("Ông Muster tới. Tổng thống Muster Kandar lui.", []),  # somebody else, or more of the name
        ("Ông Muster tới. Tổng thống Kandar Muster lui.", []),
        ("Ông Muster tới. Nhà máy Muster lui.", []),
        ("Ông Ba tới. Giám đốc Ba lui.", []),  # a name as short may be a word
    ],
)
def test_who_is_named_elsewhere_is_named_behind_an_office(text: str, found: list[str]) -> None:
    own = span(text, "Ba" if "Ba " in text else "Muster", "PER")
    first, *others = name_again(text, [own])
    assert first == own
    assert [other.text for other in others] == found
    assert all(other.text == text[other.start : other.end] and other.by == "rule" for other in others)


def test_a_state_is_nobody_who_is_called_so() -> None:
    text = "Bà Nga tới. Hôm qua, Tổng thống Nga lui."
    spans = [span(text, "Nga", "PER")]
    assert name_again(text, spans) == spans


def test_nobody_is_named_again_within_a_name() -> None:
    text = "Ông Muster tới. Quỹ Tổng thống Muster lui."
    spans = [span(text, "Muster", "PER"), span(text, "Quỹ Tổng thống Muster", "ORG")]
    assert name_again(text, spans) == spans


@pytest.mark.parametrize(
    ("people", "places", "left"),
    [
        (["Ada Muster", "Muster"], ["Muster"], 0),
        (["Probe Ji-a", "Probe"], ["Probe", "Probe"], 0),
        (["Ada Muster", "Muster"], ["Muster"] * 3, 3),  # more often a place
        (["Muster", "Muster"], ["Muster"], 1),  # who is named so nowhere in full may be none
        (["Ada Muster"], ["Muster"], 1),  # a town may be called as somebody is
        (["Việt Anh", "Anh"], ["Anh"], 1),
        (["Ada Muster", "Muster"], ["Muster City"], 1),
        (["Ada Muster"], ["Ada Muster"], 0),
        (["Hồ Chí Minh", "Hồ Chí Minh"], ["Hồ Chí Minh"], 1),
    ],
)
def test_who_is_named_as_a_person_is_no_place(people: list[str], places: list[str], left: int) -> None:
    text = ". ".join([*people, *places])
    spans, at = [], 0
    for name in [*people, *places]:
        label = "PER" if len(spans) < len(people) else "LOC"
        spans.append(Span(start=at, end=at + len(name), text=name, label=label))
        at += len(name) + 2
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert [s.label for s in relabel(text, spans)].count("LOC") == left


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        ("Kestrel/ORG Kestrel/ORG Kestrel/LOC", "ORG ORG ORG"),
        ("Kestrel/ORG Kestrel/LOC", "ORG LOC"),
        ("Hoa/ORG Hoa/ORG Hoa/LOC", "ORG ORG LOC"),  # a word of Vietnamese may be both
        ("QPTM/AGREEMENT QPTM/AGREEMENT QPTM/AGREEMENT QPTM/ORG", "AGREEMENT AGREEMENT AGREEMENT AGREEMENT"),
        ("QPTM/AGREEMENT QPTM/AGREEMENT QPTM/ORG", "AGREEMENT AGREEMENT ORG"),
        ("Mia/AGREEMENT Mia/AGREEMENT Mia/AGREEMENT Mia/ORG", "AGREEMENT AGREEMENT AGREEMENT ORG"),
        ("QPTM/ORG QPTM/ORG QPTM/AGREEMENT", "ORG ORG AGREEMENT"),  # an instrument may be called as its body
        ("Ada_Muster/PER Muster/PER Muster/ORG", "PER PER PER"),
        ("Ada_Muster/PER Muster/PER Muster/ORG Muster/ORG", "PER PER ORG ORG"),
        # but not behind the word for what it is
        ("Kestrel/ORG Kestrel/ORG thành_phố/ Kestrel/LOC", "ORG ORG LOC"),
        ("Ada_Muster/PER Ada_Muster/PER phường/ Ada_Muster/LOC", "PER PER LOC"),
        ("Ada_Muster/PER Muster/PER công_ty/ Muster/ORG", "PER PER ORG"),
        ("Tập_đoàn_Muster/ORG Ada_Muster/PER Muster/PER Muster/ORG", "ORG PER PER ORG"),
    ],
)
def test_what_the_article_names_otherwise_more_often_is_that(names: str, labels: str) -> None:
    spans, text = [], ""
    for mark in names.split():
        name, _, label = mark.replace("_", " ").partition("/")
        if label:
            spans.append(Span(start=len(text), end=len(text + name), text=name, label=label))
        text += name + " "
    assert [span.label for span in relabel(text, spans)] == labels.split()


def test_a_mark_of_nothing_but_space_is_left_alone() -> None:
    spans = [Span(start=0, end=1, text="\x1f", label="PER")]
    assert relabel("\x1f", spans) == spans


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bộ Mía đường Lào về hợp tác trồng mía", "Bộ Mía đường Lào"),
        ("Công ty Gỗ Hàn Quốc về việc xây kho", "Công ty Gỗ Hàn Quốc"),
        ("Ủy ban Lào về hợp tác trồng mía", "Ủy ban Lào về hợp tác trồng mía"),
        ("Viện Nghiên cứu về hợp tác Lào", "Viện Nghiên cứu về hợp tác Lào"),
        ("Trường Ba Vì về hợp tác", "Trường Ba Vì về hợp tác"),
        ("Bộ Mía đường Lào", "Bộ Mía đường Lào"),
        ("Chính phủ Lào về cây mía", "Chính phủ Lào"),
        ("Cơ quan Mía đường Lào về cây mía", "Cơ quan Mía đường Lào"),
        ("Cơ quan Lào về cây mía", "Cơ quan Lào về cây mía"),
        ("Cơ quan Hàn Quốc về cây mía", "Cơ quan Hàn Quốc về cây mía"),
        ("Cơ quan Liên bang Nga về cây mía", "Cơ quan Liên bang Nga về cây mía"),
        ("LHQ về cây mía 1982", "LHQ"),
        ("LHQ tại Muster", "LHQ"),
        ("Liên minh châu Âu (EU) tại Lào", "Liên minh châu Âu (EU)"),
        ("Cơ quan Liên hợp quốc về cây mía", "Cơ quan Liên hợp quốc về cây mía"),
        ("Liên hợp quốc", "Liên hợp quốc"),
    ],
)
def test_what_is_agreed_upon_is_no_part_of_a_name(name: str, expected: str) -> None:
    text = f"giữa Hội Mía và {name}."
    found = cut_topics([span(text, name, "ORG")])[0]
    assert found.text == expected
    assert text[found.start : found.end] == found.text


def test_a_state_that_a_union_is_in_is_a_place() -> None:
    text = "Đặc phái viên LHQ tại Lào"
    found = cut_topics([span(text, "LHQ tại Lào", "ORG")])
    assert [(s.text, s.label) for s in found] == [("LHQ", "ORG"), ("Lào", "LOC")]
    assert all(text[s.start : s.end] == s.text for s in found)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ([("Quỹ Mía của", "ORG"), (" Hội Ví Dụ", "ORG")], ["Quỹ Mía của Hội Ví Dụ"]),
        ([("Hội Mía tại", "ORG"), (" Lào", "LOC")], ["Hội Mía tại Lào"]),
        ([("Quỹ Mía của", "ORG"), (" ông Muster", "")], ["Quỹ Mía"]),
        ([("Quỹ Mía của", "ORG"), (" ông ", ""), ("Muster", "PER")], ["Quỹ Mía", "Muster"]),
        ([("Hội Mía về", "ORG"), (" Lào", "LOC")], ["Hội Mía", "Lào"]),
        (
            [("Trường Mía Mẫu trực", "ORG"), (" thuộc ", ""), ("Hội Mía", "ORG")],
            ["Trường Mía Mẫu", "Hội Mía"],
        ),
        ([("Trường Mía Mẫu trực thuộc", "ORG"), (" Hội", "")], ["Trường Mía Mẫu"]),
        ([("Ban Mía Thường trực", "ORG"), (" thuộc Hội", "")], ["Ban Mía Thường trực"]),
        ([("Ban Mía Thường trực thuộc", "ORG"), (" Hội", "")], ["Ban Mía Thường trực"]),
        ([("Cộng hòa", "LOC"), (" Cuba", "LOC")], ["Cộng hòa Cuba"]),
        (
            [("Cộng hòa", "LOC"), (" dân chủ nhân dân", ""), (" Lào", "LOC")],
            ["Cộng hòa dân chủ nhân dân Lào"],
        ),
        ([("đảng ", ""), ("Cộng hòa", "LOC"), (" Mỹ", "LOC")], ["Cộng hòa", "Mỹ"]),
        ([("Cộng hòa", "LOC"), (" và", ""), (" Mỹ", "LOC")], ["Cộng hòa", "Mỹ"]),
        ([("Cộng hòa", "LOC"), (",", ""), (" Lào", "LOC")], ["Cộng hòa", "Lào"]),
        ([("nghị sĩ ", ""), ("Cộng hòa", "LOC"), (" Mỹ", "LOC")], ["Cộng hòa", "Mỹ"]),
        ([("Cộng hòa", "LOC"), (" Huế", "LOC")], ["Cộng hòa", "Huế"]),
        ([("Hội Mía Tự do", "ORG"), (" Lào", "LOC")], ["Hội Mía Tự do", "Lào"]),
        ([("Chủ tịch Quốc hội ", ""), ("Lào", "LOC"), (" Muster", "")], ["Quốc hội Lào"]),
        ([("Chính phủ ", ""), ("Lào", "LOC"), (" và Bộ Mía", "")], ["Chính phủ Lào"]),
        ([("Quốc hội", "ORG"), (" Lào", "LOC")], ["Quốc hội Lào"]),
        ([("Hội Mía Quốc hội", "ORG"), (" Lào", "LOC")], ["Hội Mía Quốc hội", "Lào"]),
        ([("Chính phủ ", ""), ("Lào", "LOC"), (" - ", ""), ("Cuba", "LOC")], ["Lào", "Cuba"]),
        ([("Chính phủ ", ""), ("Lào", "LOC"), (" và ", ""), ("Cuba", "LOC")], ["Lào", "Cuba"]),
        ([("Nhà nước ", ""), ("Lào", "LOC")], ["Lào"]),
        ([("Quốc hội ", ""), ("Muster", "LOC")], ["Muster"]),
        ([("Chính quyền ", ""), ("Lào", "LOC")], ["Lào"]),
        ([("Công ước về Mía năm 1990", "AGREEMENT")], ["Công ước về Mía"]),
        ([("MIA 1990", "AGREEMENT")], ["MIA"]),
        ([("Chương trình Nghị sự 2090", "AGREEMENT")], ["Chương trình Nghị sự 2090"]),
        ([("Tuyên bố của các bên ở", "AGREEMENT"), (" Huế", "LOC")], ["Tuyên bố của các bên", "Huế"]),
        ([("bản ghi nhớ của", "AGREEMENT"), (" Hội Mía", "ORG")], ["bản ghi nhớ", "Hội Mía"]),
        ([("thỏa thuận về việc", "AGREEMENT")], ["thỏa thuận"]),
        ([("hiệp định thương mại tự do", "AGREEMENT")], ["hiệp định thương mại tự do"]),
        ([("Kế hoạch hợp tác đến năm 2040", "AGREEMENT")], ["Kế hoạch hợp tác đến năm 2040"]),
        ([("Thỏa thuận tháng 9 năm 2031", "AGREEMENT")], ["Thỏa thuận tháng 9 năm 2031"]),
        ([("Thỏa thuận giai đoạn 2031 - 2040", "AGREEMENT")], ["Thỏa thuận giai đoạn 2031 - 2040"]),
        ([("Thỏa thuận các năm 2031 và 2032", "AGREEMENT")], ["Thỏa thuận các năm 2031 và 2032"]),
        ([("Tầm nhìn Mía Mẫu 2040", "AGREEMENT")], ["Tầm nhìn Mía Mẫu 2040"]),
        ([("Thư viện Quốc hội ", ""), ("Lào", "LOC")], ["Lào"]),
        ([("Chính phủ ", ""), ("Cộng hòa", "LOC"), (" Lào", "LOC")], ["Chính phủ Cộng hòa Lào"]),
        ([("Chính phủ ", ""), ("Lào", "LOC"), (" cùng ", ""), ("Cuba", "LOC")], ["Lào", "Cuba"]),
    ],
)
def test_a_name_does_not_end_with_a_word_that_goes_on(
    marked: list[tuple[str, str]], expected: list[str]
) -> None:
    text = "".join(part for part, _ in marked)
    spans, at = [], 0
    for part, label in marked:
        lead = len(part) - len(part.lstrip())
        if label:
            spans.append(Span(start=at + lead, end=at + len(part), text=part.strip(), label=label))
        at += len(part)
    found = end_names(text, spans)
    assert [s.text for s in found] == expected
    assert all(text[s.start : s.end] == s.text for s in found)
