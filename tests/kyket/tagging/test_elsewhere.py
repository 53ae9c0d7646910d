from __future__ import annotations

import pytest

from kyket.document import Span
from kyket.tagging.elsewhere import go_on
from kyket.tagging.reporters import without_reporters


def read(marked: str) -> tuple[str, list[Span]]:
    """`[Hội Mía|ORG] ký` as a text and its spans."""
    text, spans = "", []
    for part in marked.split("["):
        if "]" in part:
            inside, _, rest = part.partition("]")
            name, _, label = inside.partition("|")
            spans.append(Span(start=len(text), end=len(text + name), text=name, label=label or "ORG"))
            part = name + rest
        text += part
    return text, spans


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Cục Lào về trồng mía] ký. [cục Lào] về trồng mía vui",
            ["Cục Lào về trồng mía", "cục Lào về trồng mía"],
        ),
        ("[Hội Mía Muster] ký. [Hội Mía] [Muster|PER] vui", ["Hội Mía Muster", "Hội Mía Muster"]),
        ("[Hội] Mía Mẫu ký. [Hội Mía Mẫu] vui", ["Hội Mía Mẫu", "Hội Mía Mẫu"]),
        ("[Hội Mía Mẫu] ký. [Hội Mía] dự", ["Hội Mía Mẫu", "Hội Mía"]),
        ("[Hội Mía và Hội Mận] ký. [Hội Mía] và [Hội Mận] dự", ["Hội Mía và Hội Mận", "Hội Mía", "Hội Mận"]),
        ("[Hội Mía Lào] ký. [Hội Mía] [Lào Cai|LOC] dự", ["Hội Mía Lào", "Hội Mía", "Lào Cai"]),
        ("[Mía 2031] họp. [Mía] 2031 vui. [Mía] ký", ["Mía 2031", "Mía", "Mía"]),
        ("[Hội Mía Mẫu] ký. [Hội Mía|LOC] Mẫu dự", ["Hội Mía Mẫu", "Hội Mía"]),
        ("[Quỹ Đầu tư] ký. [Quỹ] đầu tư", ["Quỹ Đầu tư", "Quỹ"]),
    ],
)
def test_a_body_is_as_long_as_it_is_elsewhere(marked: str, expected: list[str]) -> None:
    text, spans = read(marked)
    found = go_on(text, spans)
    assert [span.text for span in found] == expected
    assert all(text[span.start : span.end] == span.text for span in found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PV báo Tin Mía", "báo Tin Mía"),
        ("PV Tin Mía", "Tin Mía"),
        ("phóng viên Đài Ví Dụ", "Đài Ví Dụ"),
        ("PV Kestrel", "PV Kestrel"),
        ("PV Mía", "PV Mía"),
        ("PV", "PV"),
        ("Phóng viên Không biên giới", "Phóng viên Không biên giới"),
    ],
)
def test_a_reporter_is_no_part_of_the_newspaper(name: str, expected: str) -> None:
    text = f"nói với {name}."
    span = Span(start=8, end=8 + len(name), text=name, label="ORG")
    (found,) = without_reporters([span])
    assert found.text == expected == text[found.start : found.end]
