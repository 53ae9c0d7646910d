"""OpenDocument texts: paragraphs, tables and titles; broken and hostile ones too."""

import io
import zipfile

import pytest

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import read_bytes

from .office import LINES, ODF, ROWS, odt_of, typed


def test_odt_paragraphs_tables_spaces_and_what_is_left():
    body = (
        '<t:h t:outline-level="1">Hai <t:span>trường</t:span> kết nghĩa</t:h><t:p/>'
        "<b:table><b:table-row><b:table-cell><t:p>Các bên</t:p></b:table-cell></b:table-row></b:table>"
        '<t:p>Hai<t:s t:c="2"/>bên<t:tab/>đã\n   ký<t:line-break/>xong'
        "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Chú</t:p></t:note-body></t:note>.</t:p>"
        "<t:tracked-changes><t:p>cũ</t:p></t:tracked-changes>"
    )
    article = read_bytes(odt_of(body), source="a.odt", kind="odt")
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
    assert read_bytes(odt_of(f"<b:table>{covered}</b:table>"), kind="odt").text.split("\n") == [
        "Trên",
        *LINES,
    ]
    body = f"<b:table>{rows}<b:table-row>{two * 4}</b:table-row></b:table><t:p>Hết.</t:p>"
    assert read_bytes(odt_of(body), kind="odt").text.split("\n") == [*LINES, *["Một", "Hai"] * 4, "Hết."]


def test_odt_title_and_legacy_encoding():
    styles = '<s:style s:name="P1" s:parent-style-name="Title"/>'
    body = '<t:p>Một</t:p><t:p t:style-name="P1">Hai</t:p>'
    assert read_bytes(odt_of(body, styles=styles), kind="odt").title == "Hai"
    assert read_bytes(odt_of(body, "Kho", styles), kind="odt").title == "Kho"
    assert read_bytes(odt_of("<t:p>Một</t:p>"), kind="odt").title is None
    written = f"<t:p>{typed('Hai bên đã ký', 'tcvn3')}</t:p>"
    assert read_bytes(odt_of(written), kind="odt", encoding="tcvn3").text == "Hai bên đã ký"


@pytest.mark.parametrize("data", [b"abc", b"PK\x03\x04", odt_of("<t:p>")])
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
