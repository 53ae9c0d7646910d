"""Word documents: paragraphs, tables and titles; broken and hostile ones too."""

import pytest

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import read_bytes

from .office import LINES, ROWS, docx_of, zip_of


def test_docx_keeps_paragraphs_and_tables_in_order():
    def build(document):
        document.add_paragraph("Hai trường kết nghĩa")
        document.add_paragraph("")
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Các bên"
        table.cell(1, 0).text = "Nậm Pung"
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Mường Lát"
        document.add_paragraph("Hai bên ").add_run("đã ký.").bold = True

    article = read_bytes(docx_of(build, " Bản ghi nhớ "), source="a.docx", kind="docx")
    text = "Hai trường kết nghĩa\nCác bên\nNậm Pung\nMường Lát\nHai bên đã ký."
    assert article == Article(text=text, source="a.docx", title="Bản ghi nhớ")


HEADLINE = "Hai trường ở Nậm Pung kết nghĩa"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([f"*{HEADLINE}", "Hai bên đã ký."], HEADLINE),
        ([f"*{HEADLINE}", "*Sáng 5/3, hai trường đã ký bản ghi nhớ.", "Hai bên"], HEADLINE),
        ([f"*{HEADLINE}", "*Độc lập – Tự do – Hạnh phúc", "Hai bên đã ký."], None),
        ([HEADLINE, "Hai bên đã ký."], None),
        (["*Sáng 5/3, hai trường đã ký.", "Hai bên đã ký."], None),
        (["*Tin trong tỉnh", "Hai bên đã ký."], None),
        ([f"|*{HEADLINE}", "Hai bên đã ký."], None),
        ([f"*{HEADLINE}"], None),
    ],
)
def test_a_bold_first_paragraph_is_the_title_of_a_docx(lines, title):
    """`*` is for a bold line, `|` for one in a table."""

    def build(document):
        for line in lines:
            place = document.add_table(1, 1).cell(0, 0) if line.startswith("|") else document
            run = place.add_paragraph().add_run(line.lstrip("|*"))
            run.bold = "*" in line or None

    assert read_bytes(docx_of(build), kind="docx").title == title


@pytest.mark.parametrize(
    ("styles", "title"),
    [
        (["Normal", "Title"], "Hai"),
        (["Heading 1", "Normal"], "Một"),
        (["Heading 1", "Title"], "Hai"),
        (["Normal", "Heading 1"], None),
        (["Normal", "Normal"], None),
    ],
)
def test_docx_title_by_its_style(styles, title):
    def build(document):
        for text, style in zip(["Một", "Hai"], styles, strict=True):
            document.add_paragraph(text, style)

    assert read_bytes(docx_of(build), kind="docx").title == title
    assert read_bytes(docx_of(build, "Kho"), kind="docx").title == "Kho"


def test_docx_rows_of_a_list_are_lines():
    def build(document):
        table = document.add_table(len(ROWS), 4)
        for row, texts in zip(table.rows, ROWS, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        cell = table.cell(0, 0)
        cell.add_paragraph("số")  # a cell of two paragraphs: no line
        table.cell(3, 3).add_paragraph("")

    lines = read_bytes(docx_of(build), kind="docx").text.split("\n")
    assert lines == ["TT", "số", "Văn bản", "Bên ta", "Bên bạn", *LINES[1:]]


def merged_over(rows):
    """A document with a table, whose first column is one cell."""

    def build(document):
        table = document.add_table(rows, 2)
        for i, row in enumerate(table._tbl.tr_lst):
            merged, beside = row.tc_lst
            merged.vMerge = "continue" if i else "restart"
            merged.p_lst[0].add_r().text = "Các bên"
            beside.p_lst[0].add_r().text = f"Dòng {i}"

    return docx_of(build)


def test_docx_with_a_cell_merged_over_many_rows(linear):
    linear(lambda data: read_bytes(data, kind="docx"), merged_over, 125)
    text = read_bytes(merged_over(100), kind="docx").text
    assert text.split("\n") == ["Các bên", *(f"Dòng {i}" for i in range(100))]


def test_docx_without_text_or_title():
    assert read_bytes(docx_of(lambda _: None), kind="docx") == Article(text="")


@pytest.mark.parametrize(
    "data",
    [
        b"Hai b\xc3\xaan",
        b"PK\x03\x04" + bytes(50),
        zip_of(a="b"),
        zip_of(**{"[Content_Types].xml": "<a"}),
        docx_of(lambda document: document.add_paragraph("a" * 500))[:-200],
    ],
)
def test_broken_docx(data):
    with pytest.raises(ReadingError, match=r"^a.docx: not a Word document \(docx\), or damaged; ") as caught:
        read_bytes(data, source="a.docx", kind="docx")
    assert "\n" not in str(caught.value)


def test_docx_that_unpacks_without_end():
    with pytest.raises(ReadingError, match=r"^a.docx: unpacks to far more"):
        read_bytes(zip_of(a=bytes(301_000_000)), source="a.docx", kind="docx")
