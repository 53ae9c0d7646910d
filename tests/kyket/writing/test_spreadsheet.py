import csv
import io
import unicodedata

import pytest
import regex

from kyket import Extractor, writing
from kyket.document import Agreement, Document, Span
from kyket.orthography import canonical


def rows(*documents):
    out = io.BytesIO()
    writing.csv(documents, out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_one_row_an_agreement(document):
    first, second = rows(document, Document(id="none", text=""))
    assert first == {
        "id": "le-ky",
        "source": "tin/le-ky.txt",
        "published": "2022-04-06",
        "instrument": "agreement",
        "title": "Thỏa thuận",
        "parties": "Hội <A>; Trường Đại học B",
        "period": "2022/2025",
        "status": "signed",
        "signed_on": "2022-04-05",
        "evidence": "Hội <A> & Trường B ký Thỏa thuận giai đoạn 2022-2025 ngày 5/4, ông Lê C nói.",
    }
    assert second["evidence"] == ""
    assert (second["title"], second["status"], second["period"]) == ("", "proposed", "")


def test_evidence_is_the_sentences_of_the_text_in_their_order():
    text = "Lan và Mai ký\nHôm qua mưa. Lan gặp Mai. Mai ký thỏa thuận\nvới Lan."
    spans = [
        Span(start=text.index(words), end=text.index(words) + len(words), text=words, label="SIGNING")
        for words in ("Lan và Mai ký", "gặp", "thỏa thuận", "với Lan")
    ]
    agreements = [
        Agreement(id="agreement-1", instrument="other", evidence=[2, 0]),
        Agreement(id="agreement-2", instrument="other", evidence=[1, 3]),
    ]
    first, second = rows(Document(id="x", text=text, spans=spans, agreements=agreements))
    assert first["evidence"] == "Lan và Mai ký … Mai ký thỏa thuận"
    assert second["evidence"] == "Lan gặp Mai. … với Lan."


FOUND = regex.compile(r"(?P<ORG>Hội \p{Lu}\w+)|(?P<SIGNING>ký)|(?P<AGREEMENT>(?i:bản ghi nhớ))")


def tagged(text):
    view = canonical(text)
    places = [
        (view.origin(one.start()), view.origin(one.end()), one.lastgroup) for one in FOUND.finditer(view.text)
    ]
    return [Span(start=start, end=end, text=text[start:end], label=label) for start, end, label in places]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_evidence_is_what_explanations_quote(form):
    """Also where one could cut otherwise: at an abbreviation, at brackets, and where a space is lost."""
    text = (
        "Hội Chè ở TP. Vinh và Hội Ong (TP. Huế) ký bản ghi nhớ. (Ảnh: T. Na) Họ thăm nhau."
        "Bản ghi nhớ có 3 điều. [Còn nữa]"
    )
    extractor = Extractor(tagged)
    [row] = rows(extractor(unicodedata.normalize(form, text)))
    [record] = extractor.explain(unicodedata.normalize(form, text)).agreements
    quoted = dict.fromkeys(ground.sentence.text for ground in record.mentions)
    assert row["evidence"] == " … ".join(quoted)
    assert len(quoted) == 2


def test_no_cell_is_longer_than_excel_takes():
    text = "ký" * 20_000
    span = Span(start=0, end=2, text="ký", label="SIGNING")
    agreement = Agreement(id="agreement-1", instrument="other", evidence=[0])
    [row] = rows(Document(id="x", text=text, spans=[span], agreements=[agreement]))
    assert 30_000 < len(row["evidence"]) <= 32_767


def test_no_agreement_leaves_the_column_names():
    out = io.BytesIO()
    writing.csv([], out)
    assert out.getvalue().decode("utf-8-sig").strip().split(",")[0] == "id"


@pytest.mark.parametrize(
    "title", ["=1+1", "+84", "-3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(title):
    agreement = Agreement(id="agreement-1", instrument="other", title=title, signed_on="2020")
    [row] = rows(Document(id="=x", text="", agreements=[agreement]))
    assert row["title"].startswith("'") and row["id"] == "'=x"
    assert row["title"][1:] == title and row["signed_on"] == "2020"


def test_cells_may_hold_quotes_commas_lines_and_nul():
    agreement = Agreement(id="agreement-1", instrument="other", title='Bản "A",\nđiểm\0 1')
    [row] = rows(Document(id="x", text="", agreements=[agreement]))
    assert row["title"] == 'Bản "A",\nđiểm␀ 1'
