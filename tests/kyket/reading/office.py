"""Word, OpenDocument and PDF documents, made for the tests."""

import io
import zipfile

import docx
import pypdf
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from kyket.reading.legacy import CODECS


def docx_of(build, title=""):
    document = docx.Document()
    document.core_properties.title = title
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_of(*pages, password=None, draw=None):
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


def run_by_run(text, codes):
    """As browsers print, each letter at a place of its own."""
    return " ".join(f"1 0 0 1 {40 + 6 * i} 760 Tm <{codes[letter]:02X}> Tj" for i, letter in enumerate(text))


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt_of(body, title="", styles=""):
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


def zip_of(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def typed(text, codec):
    """What a document holds that was typed in a font of this encoding."""
    return CODECS[codec].encode(text)[0].decode("latin-1")


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
