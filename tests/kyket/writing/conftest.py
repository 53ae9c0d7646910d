import pytest

from kyket.document import Agreement, Date, Document, Entity, Event, Span, Warning
from kyket.timevalues import parse_value

TEXT = "Lễ ký thỏa thuận\n\nHội <A> & Trường B ký Thỏa thuận giai đoạn 2022-2025 ngày 5/4, ông Lê C nói."


def span(text: str, label: str, entity: str | None = None, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Span(start=start, end=start + len(text), text=text, label=label, score=0.9, entity=entity)


def date(text: str, type: str, value: str | None) -> Date:
    start = TEXT.index(text)
    return Date(start=start, end=start + len(text), text=text, type=type, value=value and parse_value(value))


@pytest.fixture
def document() -> Document:
    """A small article that uses every part of the contract."""
    return Document(
        id="le-ky",
        source="tin/le-ky.txt",
        title="Lễ ký thỏa thuận",
        published="2022-04-06",
        text=TEXT,
        spans=[
            span("ký", "SIGNING"),
            span("Hội <A>", "ORG", "org-1"),
            span("Trường B", "ORG", "org-2"),
            span("ký", "SIGNING", nth=1),
            span("Thỏa thuận", "AGREEMENT"),
            span("giai đoạn 2022-2025", "PERIOD"),
            span("Lê C", "PER", "per-1"),
        ],
        dates=[date("giai đoạn 2022-2025", "PERIOD", "2022/2025"), date("ngày 5/4", "DATE", "2022-04-05")],
        entities=[
            Entity(id="org-1", type="ORG", name="Hội <A>", mentions=[1]),
            Entity(id="org-2", type="ORG", name="Trường Đại học B", aliases=["Trường B"], mentions=[2]),
            Entity(id="per-1", type="PER", name="Lê C", mentions=[6], role="Chủ tịch", organization="org-1"),
        ],
        events=[
            Event(id="event-1", type="SIGNING", trigger=3, date="2022-04-05", participants=["org-1", "org-2"])
        ],
        agreements=[
            Agreement(
                id="agreement-1",
                instrument="agreement",
                title="Thỏa thuận",
                parties=["org-1", "org-2"],
                period="2022/2025",
                signed_on="2022-04-05",
                evidence=[3, 4],
            ),
            Agreement(id="agreement-2", instrument="memorandum", parties=["org-1"], status="proposed"),
        ],
        warnings=[Warning(start=0, end=2, message="not <clear>")],
    )
