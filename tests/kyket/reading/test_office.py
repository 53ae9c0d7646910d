"""Word and PDF documents, made here; broken, encrypted and hostile ones too."""

import contextlib
import io
import sys
import time
import zipfile

import docx
import pypdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading import pdf, read_bytes
from kyket.reading.legacy import CODECS


def _docx(build, title=""):
    document = docx.Document()
    document.core_properties.title = title
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(*pages, password=None, draw=None):
    """A PDF with one font, which says what its codes mean in Unicode, and one text line a line.

    `draw` may say in another way how a page is drawn, from its text and the codes of letters.
    """
    writer = pypdf.PdfWriter()
    codes = {letter: code for code, letter in enumerate(sorted(set("".join(pages)) - {"\n"}), 0x30)}
    to_unicode = DecodedStreamObject()
    mapping = "".join(f"<{c:02X}> <{letter.encode('utf-16-be').hex()}>\n" for letter, c in codes.items())
    to_unicode.set_data(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        + f"{len(codes)} beginbfchar\n{mapping}endbfchar endcmap".encode()
    )
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    font[NameObject("/ToUnicode")] = writer._add_object(to_unicode)
    font[NameObject("/FirstChar")] = NumberObject(0)
    font[NameObject("/LastChar")] = NumberObject(255)
    font[NameObject("/Widths")] = ArrayObject([NumberObject(500)] * 256)
    fonts = DictionaryObject({NameObject("/F"): writer._add_object(font)})
    for text in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawing = DecodedStreamObject()
        drawing.set_data(f"BT /F 12 Tf {(draw or _line_by_line)(text, codes)} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(drawing)
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _line_by_line(text, codes):
    lines = ("".join(f"{codes[letter]:02X}" for letter in line) for line in text.split("\n"))
    return "14 TL 40 760 Td " + " ".join(f"<{line}> Tj T*" for line in lines)


def _run_by_run(text, codes):
    """As browsers print, each letter at a place of its own."""
    return " ".join(f"1 0 0 1 {40 + 6 * i} 760 Tm <{codes[letter]:02X}> Tj" for i, letter in enumerate(text))


def test_docx_keeps_paragraphs_and_tables_in_order():
    def build(document):
        document.add_paragraph("Hai trường kết nghĩa")
        document.add_paragraph("")
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Các bên"
        table.cell(1, 0).text = "Nậm Pung"
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Mường Lát"
        document.add_paragraph("Hai bên ").add_run("đã ký.").bold = True

    article = read_bytes(_docx(build, " Bản ghi nhớ "), source="a.docx", kind="docx")
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

    assert read_bytes(_docx(build), kind="docx").title == title


ROWS = [
    ["TT", "Văn bản", "Bên ta", "Bên bạn"],
    ["1", "Bản ghi nhớ", "Xã Nậm Pung", ""],
    ["", "", "", ""],
    ["2", "Quy ước", "Xã Cốc Mỳ", "Cụm bản Mường Lát"],
]
LINES = [
    "TT | Văn bản | Bên ta | Bên bạn",
    "1 | Bản ghi nhớ | Xã Nậm Pung | ",
    "2 | Quy ước | Xã Cốc Mỳ | Cụm bản Mường Lát",
]


def test_docx_rows_of_a_list_are_lines():
    def build(document):
        table = document.add_table(len(ROWS), 4)
        for row, texts in zip(table.rows, ROWS, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        cell = table.cell(0, 0)
        cell.add_paragraph("số")  # a cell of two paragraphs: no line
        table.cell(3, 3).add_paragraph("")

    lines = read_bytes(_docx(build), kind="docx").text.split("\n")
    assert lines == ["TT", "số", "Văn bản", "Bên ta", "Bên bạn", *LINES[1:]]


def test_docx_with_a_cell_merged_over_many_rows():
    def build(document):
        table = document.add_table(1200, 2)
        for i, row in enumerate(table._tbl.tr_lst):
            merged, beside = row.tc_lst
            merged.vMerge = "continue" if i else "restart"
            merged.p_lst[0].add_r().text = "Các bên"
            beside.p_lst[0].add_r().text = f"Dòng {i}"

    data = _docx(build)
    before = time.perf_counter()
    text = read_bytes(data, kind="docx").text
    assert time.perf_counter() - before < 5
    assert text.split("\n") == ["Các bên", *(f"Dòng {i}" for i in range(1200))]


def test_docx_without_text_or_title():
    assert read_bytes(_docx(lambda _: None), kind="docx") == Article(text="")


def _zip(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"Hai b\xc3\xaan",
        b"PK\x03\x04" + bytes(50),
        _zip(a="b"),
        _zip(**{"[Content_Types].xml": "<a"}),
        _docx(lambda document: document.add_paragraph("a" * 500))[:-200],
    ],
)
def test_broken_docx(data):
    with pytest.raises(ReadingError, match=r"^a.docx: not a Word document \(docx\), or damaged; ") as caught:
        read_bytes(data, source="a.docx", kind="docx")
    assert "\n" not in str(caught.value)


def test_docx_that_unpacks_without_end():
    with pytest.raises(ReadingError, match=r"^a.docx: unpacks to far more"):
        read_bytes(_zip(a=bytes(301_000_000)), source="a.docx", kind="docx")


def test_pdf_joins_lines_to_paragraphs():
    page = (
        "Hai trường kết nghĩa\n"
        "Sáng qua, tại xã Nậm Pung, hai trường tiểu học đã ký bản ghi\n"
        "nhớ kết nghĩa giai đoạn 2023-\n"
        "2026.\n"
        "Theo bản ghi nhớ, mỗi năm hai bên tổ chức một chuyến giao\n"
        "lưu với tỉnh Hủa Phăn."
    )
    article = read_bytes(_pdf(page, "Trang hai."), source="a.pdf", kind="pdf")
    assert article.text.split("\n") == [
        "Hai trường kết nghĩa",
        "Sáng qua, tại xã Nậm Pung, hai trường tiểu học đã ký bản ghi nhớ kết nghĩa giai đoạn 2023-",
        "2026.",
        "Theo bản ghi nhớ, mỗi năm hai bên tổ chức một chuyến giao lưu với tỉnh Hủa Phăn.",
        "Trang hai.",
    ]
    assert article.title is None


def test_pdf_letters_are_composed_and_soft_hyphens_gone():
    article = read_bytes(
        _pdf("ky\u0301 ke\u0302\u0301t ở Viêng Chăn và ở Xa-\nvẳn-na-khệt, co\xadoperation"), kind="pdf"
    )
    assert article.text == "ký kết ở Viêng Chăn và ở Xa-vẳn-na-khệt, cooperation"


def test_a_dash_is_no_hyphen_where_it_stands_apart():
    page = "Hai tỉnh ký hợp tác 2018-\n2023 với Nậm Pung cũ -\nmột huyện nay là xã"
    assert pdf.joined(page) == ["Hai tỉnh ký hợp tác 2018-2023 với Nậm Pung cũ - một huyện nay là xã"]
    assert pdf.joined("-\n-\n-") == ["- - -"]


def test_lines_of_a_pdf_are_joined_in_time():
    page = "\n".join(["Hai bên cùng nhau ký một thỏa thuận về hợp tác giữa các trường"] * 100_000)
    before = time.process_time()
    [paragraph] = pdf.joined(page)
    assert len(paragraph) == len(page) and time.process_time() - before < 15


def test_words_of_a_pdf_stay_whole_however_they_are_drawn():
    text = "Trường Đại học Vĩ Dạ và Sở Y tế ký bản ghi nhớ"
    assert read_bytes(_pdf(text, draw=_run_by_run), kind="pdf").text == text


@pytest.mark.parametrize(
    "data", [b"Hai b\xc3\xaan", b"%PDF-1.7\n", _pdf("Hai bên")[:300], b"%PDF-1.4\n" + b"[" * 100_000]
)
def test_broken_pdf(data):
    with pytest.raises(ReadingError, match=r"^a.pdf: not a PDF, or damaged; ") as caught:
        read_bytes(data, source="a.pdf", kind="pdf")
    assert "\n" not in str(caught.value)


def test_encrypted_pdf():
    with pytest.raises(ReadingError, match=r"^a.pdf: encrypted; save it without a password$"):
        read_bytes(_pdf("Hai bên", password="mật"), source="a.pdf", kind="pdf")
    assert read_bytes(_pdf("Hai bên đã ký.", password=""), kind="pdf").text == "Hai bên đã ký."


def test_nothing_is_printed(capfd):
    for data in (b"%PDF-1.7\n", _pdf("Hai bên")[:-40], _pdf("Hai bên")):
        with contextlib.suppress(ReadingError):
            read_bytes(data, kind="pdf")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("kind", "package"), [("docx", "docx"), ("pdf", "pypdfium2")])
def test_missing_extra(kind, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r'pip install "kyket\[docs\]"'):
        read_bytes(b"", kind=kind)


def _run(paragraph, text, font=None, style=None):
    run = paragraph.add_run(text, style)
    if font:
        run.font.name = font
    return run


def _typed(text, codec):
    """What a document holds that was typed in a font of this encoding."""
    return CODECS[codec].encode(text)[0].decode("latin-1")


def test_docx_in_a_font_of_tcvn3_is_read_without_an_option():
    def build(document):
        _run(document.add_paragraph(), _typed("liên đoàn lao động tỉnh", "tcvn3"), ".VnTimeH")
        paragraph = document.add_paragraph()
        _run(paragraph, _typed("Hai bên đã ", "tcvn3"), ".VnTime")
        _run(paragraph, "ký thỏa thuận", "Times New Roman")
        _run(paragraph, _typed(" tư", "tcvn3"), ".VnArial").bold = True
        _run(document.add_paragraph(), "Café à la carte")

    text = "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nHai bên đã ký thỏa thuận tư\nCafé à la carte"
    assert read_bytes(_docx(build), kind="docx").text == text


def test_docx_in_a_font_of_vni_with_a_vowel_and_its_mark_in_two_runs():
    def build(document):
        paragraph = document.add_paragraph()
        typed = _typed("Hội Làm vườn ký kết", "vni")
        for part in (typed[:2], typed[2:]):
            _run(paragraph, part, "VNI-Times")

    assert read_bytes(_docx(build), kind="docx").text == "Hội Làm vườn ký kết"


def test_docx_with_the_font_in_a_style_or_in_its_defaults():
    def build(document):
        document.styles["Normal"].font.name = ".VnTime"
        style = document.styles.add_style("Lời", WD_STYLE_TYPE.PARAGRAPH)
        style.font.name = "Times New Roman"
        small = document.styles.add_style("Nhỏ", WD_STYLE_TYPE.CHARACTER)
        small.font.name = "VNI-Times"
        document.add_paragraph(_typed("Hai bên đã ký", "tcvn3"))
        document.add_paragraph("Hai bên đã ký", style)
        _run(document.add_paragraph(), _typed("Hai bên đã ký", "vni"), style=small)
        document.add_paragraph("Hai bên đã ký")  # Unicode, whatever its font is called

    assert read_bytes(_docx(build), kind="docx").text == "\n".join(["Hai bên đã ký"] * 4)


def test_docx_where_word_has_made_a_letter_a_soft_hyphen():
    def build(document):
        run = _run(document.add_paragraph(), "", ".VnTime")
        for name, text in (("w:t", "th"), ("w:softHyphen", None), ("w:t", _typed("ờng", "tcvn3"))):
            element = OxmlElement(name)
            element.text = text
            run._r.append(element)

    assert read_bytes(_docx(build), kind="docx").text == "thường"


def test_an_encoding_of_fonts_holds_for_docx_and_pdf():
    def build(document):
        document.add_paragraph(_typed("Hai bên đã ký", "tcvn3"))
        document.add_paragraph("Hai bên đã ký")

    data = _docx(build, _typed("Lễ ký", "tcvn3"))
    article = read_bytes(data, kind="docx", encoding="tcvn3")
    assert (article.text, article.title) == ("Hai bên đã ký\nHai bên đã ký", "Lễ ký")
    assert read_bytes(data, kind="docx", encoding="windows-1258") == read_bytes(data, kind="docx")
    pdf = _pdf(_typed("Hai trường tư đã ký", "tcvn3"))
    assert read_bytes(pdf, kind="pdf", encoding="tcvn3").text == "Hai trường tư đã ký"


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

    assert read_bytes(_docx(build), kind="docx").title == title
    assert read_bytes(_docx(build, "Kho"), kind="docx").title == "Kho"


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _odt(body, title="", styles=""):
    content = (
        f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0" xmlns:s="{ODF}:style:1.0"'
        f' xmlns:b="{ODF}:table:1.0"><o:automatic-styles>{styles}</o:automatic-styles>'
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    meta = f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></m>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
    return buffer.getvalue()


def test_odt_paragraphs_tables_spaces_and_what_is_left():
    body = (
        '<t:h t:outline-level="1">Hai <t:span>trường</t:span> kết nghĩa</t:h><t:p/>'
        "<b:table><b:table-row><b:table-cell><t:p>Các bên</t:p></b:table-cell></b:table-row></b:table>"
        '<t:p>Hai<t:s t:c="2"/>bên<t:tab/>đã\n   ký<t:line-break/>xong'
        "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Chú</t:p></t:note-body></t:note>.</t:p>"
        "<t:tracked-changes><t:p>cũ</t:p></t:tracked-changes>"
    )
    article = read_bytes(_odt(body), source="a.odt", kind="odt")
    text = "Hai trường kết nghĩa\nCác bên\nHai  bên\tđã ký\nxong."
    assert article == Article(text=text, source="a.odt", title="Hai trường kết nghĩa")


def test_odt_rows_of_a_list_are_lines():
    rows = "".join(
        "<b:table-row>"
        + "".join(f"<b:table-cell><t:p>{text}</t:p></b:table-cell>" for text in row)
        + "</b:table-row>"
        for row in ROWS
    )
    two = "<b:table-cell><t:p>Một</t:p><t:p>Hai</t:p></b:table-cell>"
    covered = rows.replace(
        "<b:table-row>", "<b:table-row><b:covered-table-cell><t:p>Trên</t:p></b:covered-table-cell>", 1
    )
    assert read_bytes(_odt(f"<b:table>{covered}</b:table>"), kind="odt").text.split("\n") == ["Trên", *LINES]
    body = f"<b:table>{rows}<b:table-row>{two * 4}</b:table-row></b:table><t:p>Hết.</t:p>"
    assert read_bytes(_odt(body), kind="odt").text.split("\n") == [*LINES, *["Một", "Hai"] * 4, "Hết."]


def test_odt_title_and_legacy_encoding():
    styles = '<s:style s:name="P1" s:parent-style-name="Title"/>'
    body = '<t:p>Một</t:p><t:p t:style-name="P1">Hai</t:p>'
    assert read_bytes(_odt(body, styles=styles), kind="odt").title == "Hai"
    assert read_bytes(_odt(body, "Kho", styles), kind="odt").title == "Kho"
    assert read_bytes(_odt("<t:p>Một</t:p>"), kind="odt").title is None
    typed = f"<t:p>{_typed('Hai bên đã ký', 'tcvn3')}</t:p>"
    assert read_bytes(_odt(typed), kind="odt", encoding="tcvn3").text == "Hai bên đã ký"


@pytest.mark.parametrize("data", [b"abc", b"PK\x03\x04", _odt("<t:p>")])
def test_damaged_odt(data):
    with pytest.raises(ReadingError, match=r"not an OpenDocument text \(odt\), or damaged"):
        read_bytes(data, kind="odt")
    assert read_bytes(b"", kind="odt").text == ""


def test_odt_entities_name_no_file(tmp_path):
    (tmp_path / "secret").write_text("bí mật", "utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
            f'<o xmlns:t="{ODF}:text:1.0"><t:p>Hai &x; bên</t:p></o>',
        )
    try:
        text = read_bytes(buffer.getvalue(), kind="odt").text
    except ReadingError:
        return
    assert "bí mật" not in text
