import csv
import io

import pytest

from kyket import writing
from kyket.document import Agreement, Document


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
    }
    assert (second["title"], second["status"], second["period"]) == ("", "proposed", "")


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
