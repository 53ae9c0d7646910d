"""RTF as word processors write it; fonts from before Unicode; broken and hostile files."""

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import read_bytes
from kyket.reading.legacy import CODECS

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f1\fnil\fcharset0 .VnTime;}{\f2\fnil\fcharset0 .VnTimeH;}{\f3\fswiss\fcharset0 VNI-Times;}"
    r"{\f4\froman\fcharset163{\*\falt Times New Roman}Times New Roman (Vietnamese);}"
    r"{\f5\fswiss\fcharset204 Arial;}}"
)


HELD = "Hô\u0323i nghi\u0323"  # as Windows-1258 has it


def rtf(body, head=""):
    return read_bytes((r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + head + body + "}").encode(), kind="rtf")


def typed(text, encoding):
    """Text as Word saves it: letters beyond ASCII by their bytes."""
    data = CODECS[encoding].encode(text)[0] if encoding in CODECS else text.encode(encoding)
    return "".join(chr(byte) if byte < 128 else rf"\'{byte:02x}" for byte in data)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"Hai b\u234?n \u273?\u227? k\u253? th\u7887?a thu\u7853?n.", "Hai bên đã ký thỏa thuận."),
        (r"\uc0 Hai b\u234 n \uc1\u273?\u227\'3f k\u253\'fd.", "Hai bên đã ký."),
        (r"{\uc2 th\u7887 oo}a", "thỏa"),
        (r"\u-10179?\u-8704? k\u253?", "😀 ký"),
        (r"H\'e0 N\'f4i", "Hà Nôi"),
        (rf"\f4 {typed(HELD, 'cp1258')}", unicodedata.normalize("NFC", HELD)),
        (r"\f5\'cc\'ee\'f1\'ea\'e2\'e0\plain  \'f4", "Москва ô"),
        (r"{\f5\'cc}\'f4", "Мô"),
        (r"a\~b\_c\-d\{e\}\\f\emdash g\endash\lquote h\rquote\tab i\line j", "a\xa0b-cd{e}\\f—g–‘h’\ti\nj"),
        ("a\r\nb\\\nc\\par d", "ab\nc\nd"),
        (r"a\sect b\page c{\par}\par d", "a\nb\nc\nd"),
        (r"a\bin4 }}{{b", "ab"),
        (r"a{\pict{\*\blipuid 01}\bin3 }}}}b{\*\shppict{\pict 0102}}{\nonshppict{\pict 03}}c", "abc"),
        (r"{\header Trang}{\footerr 1}a{\footnote \chftn b}{\*\annotation c}{\listtext\tab 1.}d", "ad"),
        (r"a{\v giấu}{\deleted b\par}c\v d\v0 e", "a\nce"),
        (r"Xem {\field{\*\fldinst{HYPERLINK \"http://vi.du/a\"}}{\fldrslt{\ul trang}}}.", "Xem trang."),
        (r"{\*\bkmkstart a}{\*\unknown b {c}}d{\unknownword e}", "de"),
    ],
)
def test_text(written, text):
    assert rtf(written).text == text


def test_what_the_code_pages_are():
    held = rf"{{\rtf1\ansi\ansicpg1258 {typed(HELD, 'cp1258')}{{\f9\'fd}}}}"
    assert read_bytes(held.encode(), kind="rtf").text == "Hội nghịư"
    assert read_bytes(rb"{\rtf1\mac\'8e}", kind="rtf").text == "é"
    assert read_bytes(rb"{\rtf1\ansi\ansicpg9999\'e9}", kind="rtf").text == "é"
    assert read_bytes("{\\rtf1\\ansi é}".encode("cp1252"), kind="rtf").text == "é"
    assert read_bytes(b"\xef\xbb\xbf\r\n{\\rtf1 a}\0\0", kind="rtf").text == "a"


def test_fonts_of_tcvn3_and_vni_become_unicode():
    told = "Liên đoàn Lao động tỉnh đã ký bản ghi nhớ"
    body = rf"{{\f1 {typed(told, 'tcvn3')}}}\par\plain\f3 {typed(told, 'vni')}\par\pard\plain caf\'e9"
    assert rtf(body).text == f"{told}\n{told}\ncafé"
    assert rtf(rf"\f2 {typed('liên đoàn', 'tcvn3')}").text == "LIÊN ĐOÀN"
    vowel, mark = CODECS["vni"].encode("ộ")[0]
    parted = rf"{{\f3\b \'{vowel:02x}}}{{\f3 \'{mark:02x}}}"
    assert rtf(parted).text == rtf(rf"\f3 \'{vowel:02x}\'{mark:02x}").text == "ộ"
    letters = "".join(rf"\u{byte}?" for byte in CODECS["tcvn3"].encode("đã ký")[0])
    assert rtf(rf"\f1 {letters}").text == "đã ký"


def test_an_encoding_holds_where_the_fonts_have_other_names():
    told = "Hai bên đã ký thỏa thuận"
    data = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\title %s}}\f0 %s}" % ((typed(told, "tcvn3"),) * 2)
    assert read_bytes(data.encode(), kind="rtf", encoding="tcvn3") == Article(text=told, title=told)
    assert read_bytes(data.encode(), kind="rtf", encoding="utf-16").text != told


CELLS = r"\trowd\cellx1\cellx2\cellx3\cellx4"


def row(*cells, definition=CELLS):
    return (
        rf"{definition}\pard\intbl "
        + "".join(rf"{{{cell}\cell}}" for cell in cells)
        + rf"{{{definition}\row}}"
    )


def test_rows_of_a_list_are_lines():
    body = rf"Bảng\par {row('1', 'Bản ghi nhớ', 'A', ' B ')}{row('2', '', 'C', 'D')}\pard Hết.\par"
    lines = ["Bảng", "1 | Bản ghi nhớ | A | B", "2 |  | C | D", "Hết."]
    assert (
        rtf(body.replace("ả", r"\u7843?").replace("ế", r"\u7871?").replace("ớ", r"\u7899?")).text.split("\n")
        == lines
    )


def test_other_rows_are_paragraphs():
    layout = r"\trowd\cellx1\cellx2"
    body = row("a", "b", definition=layout) + row("c", r"d\par e", "f", "g") + r"\pard sau"
    assert rtf(body).text.split("\n") == ["a", "b", "c", "d", "e", "f", "g", "sau"]
    nested = row("a", r"b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}", "d", "e")
    assert rtf(nested).text.split("\n") == ["a", "b", "c", "d", "e"]
    assert rtf(r"\pard\intbl a\cell b\cell\pard c\par").text == "a\nb\nc"
    assert rtf(r"\pard\intbl a\cell b").text == "a\nb"


def test_what_is_merged_is_no_cell():
    definition = r"\trowd\clvmrg\cellx1\cellx2\cellx3\clmrg\cellx4\cellx5"
    assert rtf(row("", "b", "c", "", "d", definition=definition)).text == "b\nc\nd"
    five = r"\trowd\clvmrg\cellx1\cellx2\cellx3\cellx4\cellx5"
    assert rtf(row("", "b", "c", "d", "e", definition=five)).text == "b | c | d | e"


STYLES = r"{\stylesheet{\ql Normal;}{\s1\b heading 1;}{\*\cs10 Default;}{\s15\qc Title;}}"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (r"{\info{\title  L\u7877? k\u253?}{\author ai}{\creatim\yr2004}}a", "Lễ ký"),
        (r"{\info{\upr{\title L? k?}{\*\ud{\title L\u7877? k\u253?}}}}a", "Lễ ký"),
        (r"\pard Tin\par\pard\s15 Hai tr\u432?\u7901?ng\par\pard c", "Hai trường"),
        (r"\pard\s1 M\u7897?t\par\pard b", "Một"),
        (r"\pard a\par\pard\s1 b", None),
        (r"{\info{\title }}a", None),
    ],
)
def test_titles(body, title):
    assert rtf(body, head=STYLES).title == title


def test_a_stored_title_is_in_the_font_of_the_text():
    told = typed("Hai bên đã ký", "tcvn3")
    assert rtf(rf"{{\info{{\title {told}}}}}\f1 {told}").title == "Hai bên đã ký"


@pytest.mark.parametrize(
    "data",
    [
        b"abc",
        b"ab {\\rtf1 c}",
        b"{\\rtf1 abc",
        b"{\\rtf1 a\\bin99999999 b}",
        b"{\\rtf1 " + b"{" * 3000 + b"}" * 3001,
    ],
)
def test_damaged(data):
    with pytest.raises(ReadingError, match=r"^a\.rtf: not an RTF document, or damaged; save it again"):
        read_bytes(data, source="a.rtf", kind="rtf")
    assert read_bytes(b"", kind="rtf").text == ""


PIECES = [
    rb"{", rb"}", rb"\par ", rb"\u7877?", rb"\uc2", rb"\'f4", rb"\f1", rb"\f", rb"{\fonttbl{\f1 .VnTime;}}",
    rb"\*", rb"\ud", rb"\upr", rb"{\info{\title a}}", rb"\trowd", rb"\cellx1", rb"\cell", rb"\row", rb"\bin2",
    rb"\s15", rb"\ansicpg0", rb"k ", rb"\u-10179?", rb"\fcharset130", rb"\fcharset", rb"\deff",
    rb"{\stylesheet{\s1 a;}}", rb"\'", b"\\", b"\\\n", b"\0",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3)))
def test_any_bytes_are_text_or_one_line(pieces):
    try:
        article = read_bytes(b"{\\rtf1" + b"".join(pieces) + b"}", kind="rtf")
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        article.text.encode()


LONG = rb"\u7877?" + b"a" * 300


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", rb'{\field{\*\fldinst{ HYPERLINK "a"}} x '),
        (b"", rb"{\f1\fnil .VnTime"),
        (b"", rb"\u7877?"),
        (b"", rb"\pard\intbl a\cell "),
        (b"", rb"\'f4\f1 "),
        (b"", rb"}{\rtf1 "),
        (b"", b"\\"),
        (rb"{\info{\title ", LONG),
        (rb"{\fonttbl{\f1 ", LONG),
        (rb"{\stylesheet{\s1 ", LONG),
    ],
)
def test_time_grows_with_the_length(linear, start, piece):
    def read(data):
        for end in (b"", b"}}}"):
            with contextlib.suppress(ReadingError):
                read_bytes(data + end, kind="rtf")

    linear(read, lambda count: b"{\\rtf1" + start + piece * count, 1_500)
