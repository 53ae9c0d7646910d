"""Files of word processors under other names: one line that says what they are and what to do."""

import io
import zipfile

import pytest

from kyket.errors import ReadingError
from kyket.reading import read_bytes, read_file

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1000)


def _zip(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


ODT = _zip(mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>")
ODS = _zip(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<a/>")
XLSX = _zip(xl__workbook_xml="<a/>")
DOCX = _zip(word__document_xml="<a/>")


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"{\\rtf1\\ansi Hai b\\'ean}", "txt", "of the kind rtf, not txt; name it .rtf, or say --input rtf"),
        (b"{\\rtf1}", "docx", "of the kind rtf, not docx"),
        (OLE, "rtf", "an old Word document"),
        (DOCX, "rtf", "of the kind docx, not rtf"),
        (OLE, "txt", r"an old Word document \(\.doc\), .*; save it as .docx or .txt"),
        (OLE, "docx", ".* or one with a password"),
        (OLE, "md", "an old Word document"),
        (ODT, "txt", "of the kind odt, not txt; name it .odt, or say --input odt"),
        (ODT, "docx", "of the kind odt, not docx"),
        (DOCX, "txt", "of the kind docx, not txt; name it .docx, or say --input docx"),
        (DOCX, "odt", "of the kind docx, not odt"),
        (ODS, "txt", "a spreadsheet, not txt; copy its table into a Word document"),
        (ODS, "odt", "a spreadsheet, not odt"),
        (XLSX, "docx", "a spreadsheet, not docx"),
        (OLE + "Workbook".encode("utf-16-le"), "txt", "a spreadsheet, not txt"),
        (_zip(a="b"), "html", "an archive, not html; unpack it"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<p>", "txt", "of the kind html, not txt; name it .html"),
        (b"<?xml version='1.0'?><HTML xmlns='a'>", "txt", "of the kind html"),
        (b"PK\x03\x04", "txt", "an archive"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "txt", r"a picture, not txt; have its text recognised \(OCR\)"),
        (b"\x89PNG\r\n\x1a\n", "pdf", "a picture, not pdf"),
        (b"II*\0abc", "docx", "a picture, not docx"),
        (b"\0\0\0\x18ftypheic", "txt", "a picture, not txt"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "txt", "a picture, not txt"),
        (b"%PDF-1.7\n", "txt", "a PDF, not txt; name it .pdf, or say --input pdf"),
    ],
)
def test_what_is_of_another_kind_says_what_it_is(data, kind, said):
    with pytest.raises(ReadingError, match=f"^a.x: {said}"):
        read_bytes(data, source="a.x", kind=kind)


@pytest.mark.parametrize("name", ["a.doc", "a.DOC", "a"])
def test_an_old_word_file_does_not_ask_for_an_encoding(tmp_path, name):
    (tmp_path / name).write_bytes(OLE)
    with pytest.raises(ReadingError, match=r"save it as \.docx") as caught:
        read_file(tmp_path / name)
    assert "--encoding" not in str(caught.value)


@pytest.mark.parametrize("text", ["{rtf", "PK là tên tắt", "% PDF", ""])
def test_text_that_only_looks_alike_is_text(text):
    assert read_bytes(text.encode()).text == text
