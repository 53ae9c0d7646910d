"""Pages: main text, headline, day of publication, declared encoding; and pages that mean harm."""

import pytest

from kyket.errors import ReadingError
from kyket.reading import complete, read_bytes
from kyket.reading.legacy import CODECS

SENTENCES = [
    "Sáng 3/5/2023, tại xã Nậm Pung, hai trường tiểu học đã ký bản ghi nhớ kết nghĩa giai đoạn 2023-2026.",
    "Theo bản ghi nhớ, mỗi năm hai bên tổ chức một chuyến giao lưu cho học sinh và một lớp tập huấn.",
    "Hiệu trưởng Lò Văn Panh cho biết nhà trường sẽ đón đoàn đầu tiên vào tháng 9, ngay sau lễ khai giảng.",
    "Phụ huynh hai xã góp công dựng lại sân chơi và trồng năm mươi cây ban quanh hàng rào của trường.",
]
MAIN = "\n".join(SENTENCES)


def _page(head="", before="", after="", body=None):
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES) if body is None else body
    return (
        f"<!DOCTYPE html><html><head>{head}<title>Hai trường kết nghĩa</title></head><body>"
        f"<nav><a href='/'>Trang chủ</a> <a href='/gd'>Giáo dục</a></nav><article>"
        f"<h1>Hai trường kết nghĩa</h1>{before}{paragraphs}{after}</article>"
        "<footer>Bản quyền 2019</footer></body></html>"
    )


def _read(html, encoding=None):
    data = html if isinstance(html, bytes) else html.encode()
    return read_bytes(data, source="a.html", kind="html", encoding=encoding)


def test_main_text_and_headline():
    article = _read(_page())
    assert article.text.removeprefix("Hai trường kết nghĩa\n") == MAIN
    assert article.title == "Hai trường kết nghĩa"
    assert article.published is None


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Hai bên <b>đã</b> ký.</p>", "Hai bên đã ký."),
        ("<div>một</div><div>hai <b>ba</b>bốn</div>", "một\nhai babốn"),
        ("một<br>hai<script>var a = 1</script><style>b {}</style>", "một\nhai"),
        ("Hai bên &amp; <i>ba</i> bên", "Hai bên & ba bên"),
        ("<ul><li>một<li>hai</ul>", "một\nhai"),
        ("chữ trần", "chữ trần"),
        ("<p>k\0ý</p>", "ký"),
        ("<!-- ghi chú -->", ""),
        (" \n", ""),
        ("<", "<"),
    ],
)
def test_small_fragments(fragment, text):
    assert _read(fragment).text == text


@pytest.mark.parametrize(
    ("head", "before", "day"),
    [
        ('<meta property="article:published_time" content="2023-05-04T23:10:00+07:00">', "", "2023-05-04"),
        ('<meta name="pubdate" content="2023-05-04">', "", "2023-05-04"),
        ('<meta itemprop="datePublished" content="04/05/2023 23:10">', "", "2023-05-04"),
        ('<meta property="article:modified_time" content="2023-05-04T23:10:00+07:00">', "", None),
        (
            '<script type="application/ld+json">{"@graph": ['
            '{"@type": "WebSite", "datePublished": "2001-01-01"}, '
            '{"@type": ["NewsArticle"], "datePublished": "2023-05-04T08:00:00Z"}]}</script>',
            "",
            "2023-05-04",
        ),
        ('<script type="application/ld+json">{"@type": </script>', "", None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "", None),
        ("", '<span class="post-date">Thứ Năm, 04/05/2023 | 23:10</span>', "2023-05-04"),
        ("", '<time pubdate datetime="2023-05-04T23:10">hôm qua</time>', "2023-05-04"),
        ("", '<i class="date">4/5/2023</i><i class="date">5/5/2023</i>', None),
        ("", "<p>Ngày 4/5/2023, hai bên gặp nhau.</p>", None),
        ("", '<p class="update">Ngày 4/5/2023, hai bên gặp nhau.</p>', None),
        ('<link rel="canonical" href="https://a.vn/2023/05/04/hai-truong">', "", None),
    ],
)
def test_day_of_publication(head, before, day):
    assert _read(_page(head, before)).published == day


def test_a_page_laid_out_by_a_table_is_read_without_its_menu_and_links():
    cells = [
        "<a href='/'>Trang chủ</a><br><a href='/gd'>Giáo dục</a>",
        "<b>Hai trường kết nghĩa</b><br><i>Ngày 4/5/2023</i><br>"
        + "".join(f"<p>{line}</p>" for line in MAIN.split("\n")),
        "Liên kết<br>Bộ Giáo dục<br>Lượt truy cập: 1.234.567",
    ]
    article = _read(
        "<html><body><table><tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</table></body></html>"
    )
    assert article.text == MAIN
    assert article.published == "2023-05-04"
    page = _read(
        "<html><body><table><tr>" + "".join(f"<td>{c}</td>" for c in cells).replace("4/5/2023", "2/9/1945")
    )
    assert page.published is None  # the day of a document, as that of which the article tells


def test_a_table_of_the_article_keeps_its_rows():
    note = "Hai trường trao đổi mỗi năm mười giáo viên và hai mươi sinh viên. " * 6
    row = "<tr><td>1</td><td>Bản ghi nhớ<br>về đào tạo</td><td>2018</td><td>{}</td></tr>"
    heading = "<tr><th>TT</th><th>Văn bản</th><th>Năm</th><th>Ghi chú</th></tr>"
    for rows in (
        row.format(note),
        heading + row.format(f"<p>{note}</p>" * 2),
        heading.replace("th>", "td>") + row.format(f"<p>{note}</p>" * 2),
        row.format(f"<p>{note}</p>" * 2) * 6,
    ):
        assert (
            "| 1 | Bản ghi nhớ về đào tạo | 2018 |"
            in _read(f"<p>Hai trường đã ký:</p><table>{rows}</table>").text
        )


def test_a_table_in_the_column_of_a_page_leaves_it_a_page():
    rows = "<tr><td>Bản ghi nhớ</td><td>2018</td></tr>" * 8
    column = f"<p>{MAIN}</p><p>{MAIN}</p><table>{rows}</table>"
    page = f"<table><tr><td>Trang chủ<br>Giáo dục</td><td>{column}</td></tr></table>"
    assert "Trang chủ" not in _read(f"<html><body>{page}</body></html>").text


def test_a_day_above_the_headline_is_none_of_publication():
    text = "".join(f"<p>{line}</p>" for line in MAIN.split("\n")) * 2
    page = f"<div>Thứ bảy, 28/11/2026</div><article><h1>Hai trường kết nghĩa</h1>{text}</article>"
    assert _read(f"<html><body>{page}</body></html>").published is None


def test_dateline_in_the_text_counts_when_completed():
    page = _page(after="<p>Ngày đăng: 4/5/2023</p>")
    assert complete(_read(page)).published == "2023-05-04"


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=utf-16>", "utf-8"),
        ("", "utf-8"),
        ('<!-- <meta charset="windows-1252"> -->', "utf-8"),
    ],
)
def test_declared_encoding(declaration, codec):
    data = _page(declaration).encode(codec)
    assert _read(data).text == _read(_page()).text


@pytest.mark.parametrize("declared", ["tcvn3", "vni"])
def test_declared_legacy_encoding(declared):
    page = _page(f"<META http-equiv='Content-Type' content='text/html; charset={declared}'>")
    data = CODECS[declared].encode(page)[0]
    assert _read(data).text == _read(_page()).text
    other = "vni" if declared == "tcvn3" else "tcvn3"
    assert _read(data, encoding=other).text != _read(_page()).text  # what the caller says goes first


def test_byte_order_mark_goes_before_the_declaration():
    page = _page('<meta charset="windows-1252">')
    for codec in ("utf-8-sig", "utf-16"):
        assert _read(page.encode(codec)).text == _read(_page()).text


def test_latin1_is_windows_1252_as_in_browsers():
    assert _read(b'<meta charset="iso-8859-1"><p>\x93caf\xe9\x94</p>').text == "“café”"


def test_xhtml_with_an_encoding_declaration():
    page = _page().replace("<!DOCTYPE html><html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    assert _read('<?xml version="1.0" encoding="UTF-8"?>' + page).text == _read(_page()).text


@pytest.mark.parametrize("charset", ["x-khong-co", "hex"])
def test_unknown_declared_encoding(charset):
    with pytest.raises(
        ReadingError, match=rf"^a.html: declares an unknown encoding, {charset}; .*--encoding"
    ):
        _read(f'<meta charset="{charset}"><p>a</p>')


def test_invalid_bytes():
    with pytest.raises(ReadingError, match=r"^a.html: not valid UTF-8: byte 0xE9 at offset 3"):
        _read(b"<p>\xe9</p>")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_deep_nesting_is_refused_and_never_cut(tag):
    deep = f"<{tag}>" * 5000 + "Hai bên đã ký."
    with pytest.raises(ReadingError, match=r"^a.html: nested too deeply"):
        _read(deep)
    assert "Hai bên đã ký." in _read(f"<{tag}>" * 400 + "Hai bên đã ký.").text


def test_huge_line():
    text = "Hai bên đã ký. " * 100_000
    assert _read(f"<p>{text}</p>").text == text.strip()


def test_nothing_is_printed(capfd):
    for html in ("x", "<", _page(), "<div>" * 1000 + MAIN, _page(body="")):
        _read(html)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("declared", ["windows-1258", "windows-1252", "iso-8859-1", "tcvn3"])
def test_a_page_that_is_utf8_is_read_as_that_whatever_it_declares(declared):
    page = f'<meta charset="{declared}"><p>Hai trường đã ký.</p>'.encode()
    assert _read(page).text == _read(b"\xef\xbb\xbf" + page).text == "Hai trường đã ký."


def test_an_encoding_that_is_given_goes_before_all():
    page = '<meta charset="windows-1258"><p>Hai trường</p>'.encode()
    assert "trường" not in _read(page, "latin-1").text


def test_a_page_that_is_not_what_it_declares_says_so():
    page = b'<meta charset="windows-1258"><p>\xd2\x90</p>'.replace(b"\x90", b"\x8a\x8e\x9a\x9e\xff")
    with pytest.raises(
        ReadingError, match=r"not valid CP1258, which the page declares; .*--encoding \(utf-8,"
    ):
        _read(page)
