"""E-mail as it is saved."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import read_bytes

TEXT = "Hai trường đã ký bản ghi nhớ.\n"


def _mail(build=None, subject="Hai trường kết nghĩa ở Nậm Pung", date="Thu, 04 May 2023 23:30:00 +0700"):
    message = EmailMessage()
    message["From"], message["To"] = "a@x.vn", "b@x.vn"
    if subject:
        message["Subject"] = subject
    if date:
        message["Date"] = date
    if build is None:
        message.set_content(TEXT)
    else:
        build(message)
    return message.as_bytes()


def _read(data, encoding=None):
    return read_bytes(data, source="a.eml", kind="eml", encoding=encoding)


def test_text_subject_and_day():
    title = "Hai trường kết nghĩa ở Nậm Pung"
    assert _read(_mail()) == Article(text=TEXT, source="a.eml", title=title, published="2023-05-04")


def test_text_is_taken_before_html_and_attachments_are_left():
    def build(message):
        message.set_content(TEXT)
        message.add_alternative("<p>Khác</p>", subtype="html")
        message.add_attachment(b"PK", maintype="application", subtype="zip", filename="a.zip")

    assert _read(_mail(build)).text == TEXT


def test_html_alone_is_a_page():
    page = "<html><head><title>Trang</title></head><body><p>Hai trường đã ký.</p></body></html>"
    article = _read(_mail(lambda message: message.set_content(page, subtype="html"), subject=None))
    assert (article.text, article.title) == ("Hai trường đã ký.", "Trang")


def test_an_encoding_that_it_names_and_one_that_is_given():
    def build(message):
        message.set_content("café\n", charset="windows-1252")

    assert _read(_mail(build)).text == "café\n"
    raw = b"Subject: a\nDate: never\n\nLi\xaan \xaeo\xb5n\n"
    assert _read(raw, "tcvn3") == Article(text="Liên đoàn\n", source="a.eml", title="a")
    with pytest.raises(ReadingError, match="declares an unknown encoding, x-khong-co"):
        _read(b"Content-Type: text/plain; charset=x-khong-co\n\na")


def test_an_encoding_that_a_relay_did_not_know():
    raw = f"Content-Type: text/plain; charset=Unknown-8bit\nContent-Transfer-Encoding: 8bit\n\n{TEXT}"
    assert _read(raw.encode()).text == TEXT


def test_raw_bytes_in_the_subject():
    assert _read(f"Subject: Lễ ký\n\n{TEXT}".encode()).title == "Lễ ký"


def test_mail_without_text():
    def build(message):
        message.add_attachment(b"PK", maintype="application", subtype="zip", filename="a.zip")

    with pytest.raises(ReadingError, match=r"^a\.eml: an e-mail without text"):
        _read(_mail(build))
    assert _read(b"").text == ""


@pytest.mark.parametrize(
    "start",
    [
        "Content-Type: text/plain; ",
        "Subject: ",
        "Date: ",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: ",
    ],
)
def test_an_endless_header_is_refused_at_once(start):
    before = time.process_time()
    with pytest.raises(ReadingError, match=r"^a\.eml: an e-mail with a header of over 10 kB"):
        _read(f"{start}{'Từ: ' * 25_000}\n\n{TEXT}".encode())
    assert time.process_time() - before < 5  # 0.005 measured; to parse them takes 0.01 to 29


def test_a_long_header_that_is_not_needed_does_no_harm():
    to = ", ".join(f"a{n}@x.vn" for n in range(10_000))
    assert _read(f"To: {to}\nSubject: a\n\n{TEXT}".encode()).text == TEXT


@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_one_line(data):
    try:
        _read(b"Subject: =?utf-8?q?" + data)
        _read(data)
    except ReadingError as error:
        assert str(error).isprintable()


PAGE = (
    "<html><head><title>Hai trường kết nghĩa - Báo Nậm Pung</title>"
    '<meta property="article:published_time" content="2023-05-02T08:00:00+07:00"></head>'
    "<body><h1>Hai trường kết nghĩa</h1><p>Hai trường đã ký.</p><img src='cid:a'></body></html>"
)


def _saved(page):
    """As browsers save a page: first the page, then its parts."""
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Hai trường kết nghĩa - Báo Nậm Pung"
    message["Date"] = "Thu, 04 Jan 2024 23:30:00 +0700"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.add_related(b"GIF", "image", "gif", cid="<a>")
    return message.as_bytes()


def test_a_saved_page_is_read_as_the_page():
    saved = read_bytes(_saved(PAGE), source="a.mhtml", kind="mhtml")
    assert saved == read_bytes(PAGE.encode(), source="a.mhtml", kind="html")
    assert (saved.title, saved.published) == ("Hai trường kết nghĩa", "2023-05-02")
    undated = PAGE.replace("article:published_time", "other")
    assert read_bytes(_saved(undated), kind="mhtml").published is None
    assert read_bytes(b" ", kind="mhtml").text == ""


@pytest.mark.parametrize("data", [_mail(), b"Hai b\xc3\xaan", b"\0" * 100])
def test_what_is_no_saved_page(data):
    with pytest.raises(ReadingError, match=r"^the input: not a page that a browser saved"):
        read_bytes(data, kind="mhtml")
