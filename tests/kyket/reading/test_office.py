"""Word and PDF documents, made here; broken, encrypted and hostile ones too."""

import contextlib
import io
import subprocess
import sys
import zipfile

import docx
import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading import read_bytes


def _docx(build, title=""):
    document = docx.Document()
    document.core_properties.title = title
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(*pages, password=None):
    """A PDF with one font, which says what its codes mean in Unicode, and one text line a line."""
    writer = pypdf.PdfWriter()
    codes = {letter: code for code, letter in enumerate(sorted(set("".join(pages)) - {"\n"}), 1)}
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
        lines = ("".join(f"{codes[letter]:02X}" for letter in line) for line in text.split("\n"))
        drawing.set_data(
            ("BT /F 12 Tf 14 TL 40 760 Td " + " ".join(f"<{s}> Tj T*" for s in lines) + " ET").encode()
        )
        page[NameObject("/Contents")] = writer._add_object(drawing)
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


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
        _pdf("ky\u0301 ke\u0302\u0301t ở Viêng Chăn và ở Xa-\nvẳn-na-khệt, co\xad\noperation"), kind="pdf"
    )
    assert article.text == "ký kết ở Viêng Chăn và ở Xa-vẳn-na-khệt, cooperation"


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


@pytest.mark.parametrize(("kind", "package"), [("docx", "docx"), ("pdf", "pypdf")])
def test_missing_extra(kind, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r'pip install "kyket\[docs\]"'):
        read_bytes(b"", kind=kind)


def test_log_handlers_of_the_caller_still_hear():
    code = (
        "import logging, sys; logging.basicConfig(stream=sys.stdout, format='%(name)s');"
        "from kyket.reading import read_bytes\n"
        "try: read_bytes(b'%PDF-1.7\\n', kind='pdf')\n"
        "except Exception: pass"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pypdf" in done.stdout
    assert done.stderr == ""
