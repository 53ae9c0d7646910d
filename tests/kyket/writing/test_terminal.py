import io

import pytest

from kyket import writing
from kyket.document import Agreement, Date, Document, Entity, Span, Warning
from kyket.timevalues import parse_value


def shown(monkeypatch, *documents, columns="80"):
    monkeypatch.setenv("COLUMNS", columns)
    out = io.BytesIO()
    writing.table(documents, out)
    return out.getvalue().decode("utf-8")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("LANGUAGE", raising=False)


def test_everything_is_there(document, monkeypatch):
    text = " ".join(shown(monkeypatch, document).split())
    for part in (
        "Lễ ký thỏa thuận",
        "tin/le-ky.txt · 2022-04-06 · le-ky",
        "• Hội <A> Thỏa thuận 2022 – 2025 signed 2022-04-05 • Trường Đại học B",
        "• Hội <A> memorandum proposed",
        "Lê C Chủ tịch Hội <A>",
        "ngày 5/4 2022-04-05",
        "signing ký 2022-04-05 • Hội <A>",
        "! “Lễ”: not <clear>",
    ):
        assert part in text


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_it_keeps_to_the_width_and_cuts_nothing(monkeypatch, columns):
    name = "Trung ương Liên hiệp Công đoàn nước Cộng hòa Dân chủ Nhân dân Lào"
    agreement = Agreement(
        id="agreement-1",
        instrument="agreement",
        title="Bản Thỏa thuận hợp tác song phương về đào tạo cán bộ",
        parties=["org-1"],
        period="2022-04-05/2025-04-04",
        signed_on="2022-04-05",
    )
    entity = Entity(id="org-1", type="ORG", name=name)
    text = shown(
        monkeypatch, Document(id="x", text="", entities=[entity], agreements=[agreement]), columns=columns
    )
    assert max(map(len, text.splitlines())) <= int(columns)
    letters = "".join(text.split())
    if columns != "40":
        assert all(word in letters for word in name.split() + agreement.title.split() + ["2025-04-04"])
    assert "…" not in text


def test_headings_in_vietnamese(document, monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    text = shown(monkeypatch, document)
    assert all(word in text for word in ("Ai với ai", "Thời hạn", "đã ký", "dự kiến", "Nhân vật", "Sự kiện"))


def test_an_article_without_anything(monkeypatch):
    assert "Nothing found." in shown(monkeypatch, Document(id="x", text=""))


def test_the_text_cannot_command_the_terminal(document, monkeypatch):
    document.title = "\x1b[31mđỏ\x1b[0m \x9b2J [bold]đậm[/bold]"
    document.entities[0].name = "Hội\x1b]0;tên\x07"
    text = shown(monkeypatch, document)
    assert "\x1b" not in text and "\x9b" not in text and "\x07" not in text
    assert "[bold]đậm[/bold]" in text and "␛" in text


def test_spans_with_labels_of_another_bundle_are_listed(document, monkeypatch):
    assert "Marked" not in shown(monkeypatch, document)
    document.spans.append(Span(start=0, end=5, text="Lễ ký", label="BỆNH", score=0.5))
    assert "BỆNH Lễ ký 0.50" in " ".join(shown(monkeypatch, document).split())
    alone = Document(id="x", text="Huế", spans=[Span(start=0, end=3, text="Huế", label="LOC", score=0.25)])
    text = " ".join(shown(monkeypatch, alone).split())
    assert "place Huế 0.25" in text and "Nothing found." not in text


@pytest.mark.parametrize("published", [None, "2024-03-12"])
def test_a_day_without_its_year_says_what_to_do(monkeypatch, published):
    day = Date(start=0, end=4, text="12/3", type="DATE", value=parse_value("XXXX-03-12"))
    document = Document(id="a", text="12/3, hai bên ký.", published=published, dates=[day])
    out = " ".join(shown(monkeypatch, document).split())
    hint = "! “12/3”: the year is unknown (XXXX); --published, the day of publication, tells it"
    assert (hint in out) == (published is None)


def test_a_warning_says_of_which_words_and_what_to_do(monkeypatch):
    text = "Hôm nay, hai bên ký. Hôm qua, họ gặp nhau. Hôm nay vui."
    unknown = "the day of writing is unknown"
    starts = [(0, 7), (21, 28), (43, 50)]
    document = Document(
        id="a", text=text, warnings=[Warning(start=s, end=e, message=unknown) for s, e in starts]
    )
    out = " ".join(shown(monkeypatch, document).split())
    assert out.count("!") == 1
    assert "! “Hôm nay”, “Hôm qua”: the day of writing is unknown; give it with --published" in out
