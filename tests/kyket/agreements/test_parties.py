import pytest

from kyket.agreements import read
from kyket.agreements.parties import Cast
from kyket.agreements.scene import lay_out

from .agreement_cases import unmark


@pytest.mark.parametrize(
    ("body", "governs"),
    [
        ("Ủy ban nhân dân tỉnh Lam Hạ", True),
        ("Tỉnh ủy Lam Hạ", True),
        ("Tỉnh Lam Hạ", True),
        ("Tỉnh đoàn Lam Hạ", False),
        ("Chính quyền tỉnh Xalam Hạ", False),
    ],
)
def test_a_place_is_governed_by_its_government(body: str, governs: bool) -> None:
    text, spans, dates, entities = unmark(f"[[ORG:{body}]] ở [[LOC:Lam Hạ]].")
    cast = Cast(lay_out(text, spans, dates, entities, None))
    ids = {entity.name: entity.id for entity in entities}
    assert cast.acts_for(ids[body], ids["Lam Hạ"]) is governs


@pytest.mark.parametrize("unit", ["Ban Giám đốc ", "Phòng Hợp tác Đại học "])
def test_units_of_units_without_end_are_read(unit: str) -> None:
    text, spans, dates, entities = unmark(
        f"[[ORG:{unit * 1000}Hội Ong]] [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]] với [[ORG:Hội Chè]]."
    )
    assert len(read(text, spans, dates, entities).agreements) == 1
