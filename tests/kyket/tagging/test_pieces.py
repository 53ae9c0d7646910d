from __future__ import annotations

import pytest
import regex

from kyket.document import Span
from kyket.tagging.pieces import join_names


def read(case: str) -> tuple[str, list[Span]]:
    text, spans, done = "", [], 0
    for match in regex.finditer(r"\[(\w+):(.*?)\]", case):
        text += case[done : match.start()]
        spans.append(Span(start=len(text), end=len(text) + len(match[2]), text=match[2], label=match[1]))
        text += match[2]
        done = match.end()
    return text + case[done:], spans


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("Bộ trưởng [PER:Ada] [PER:Muster Probe] đến", ["PER Ada Muster Probe"]),
        ("bà [PER:Ada Muster] [PER:Probe] đến", ["PER Ada Muster Probe"]),
        ("Chủ tịch [ORG:Hội Mẫu] [PER:Ông] [PER:Trần Văn Ví] nói", ["ORG Hội Mẫu", "PER Trần Văn Ví"]),
        ("Tổng thống [PER:Nga] [PER:Muster] đến", ["LOC Nga", "PER Muster"]),
        ("Giám đốc [ORG:công ty] [ORG:Kestrel]", ["ORG công ty Kestrel"]),
        ("theo [ORG:đài] [ORG:Kestrel]", ["ORG đài", "ORG Kestrel"]),
        ("trong [ORG:công ty], [ORG:Kestrel]", ["ORG công ty", "ORG Kestrel"]),
        # two full names may be a body that was taken for a person, or a caption and who took the picture
        ("Chủ tịch [PER:Probe Muster] [PER:Ada Kestrel] đến", ["PER Probe Muster", "PER Ada Kestrel"]),
        ("Thủ tướng [PER:Ví] [PER:Lê An]", ["PER Ví", "PER Lê An"]),
        ("Ảnh: [PER:Anh] [PER:Dụ]", ["PER Anh", "PER Dụ"]),
        ("Ảnh: [PER:Ada] [PER:Muster Probe]", ["PER Ada", "PER Muster Probe"]),
        ("bà [PER:Nga] [PER:Muster] đến", ["PER Nga Muster"]),
        ("Bộ trưởng [PER:Ada], [PER:Muster Probe]", ["PER Ada", "PER Muster Probe"]),
        ("Bộ trưởng [PER:Ada]\n[PER:Muster Probe]", ["PER Ada", "PER Muster Probe"]),
        ("Bộ trưởng [LOC:Kestrel] [PER:Muster Probe]", ["LOC Kestrel", "PER Muster Probe"]),
    ],
)
def test_a_name_in_two_pieces_is_one(case: str, expected: list[str]) -> None:
    text, spans = read(case)
    found = join_names(text, spans)
    assert [f"{span.label} {span.text}" for span in found] == expected
    assert all(span.text == text[span.start : span.end] for span in found)
