"""Files of every kind, good and bad: an article or one line that says what to do."""

import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Article
from kyket.errors import MissingExtraError, ReadingError
from kyket.reading import KINDS, complete, kind_of, read_bytes, read_file

TEXT = "Hai trường kết nghĩa ở Nậm Pung\n\nHai bên đã ký kết bản ghi nhớ giai đoạn 2022-2025.\n"


def _reason(path, **options):
    with pytest.raises(ReadingError) as caught:
        read_file(path, **options)
    message = str(caught.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        " \n",
        TEXT.replace("\n", "\r\n"),
        "một\rhai\u2028ba\x85bốn\n\r",
        "ký\0kết\0",
        unicodedata.normalize("NFD", TEXT),
        "The two cities signed nothing. 两市签署 🤝🏽",
        "giữa \ufeff câu",
    ],
)
def test_plain_text_is_unchanged(tmp_path, text):
    path = tmp_path / "bài báo.txt"
    path.write_bytes(text.encode())
    assert read_file(path) == Article(text=text, source=str(path))
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_file(str(path)).text == text
    assert read_bytes(text.encode("utf-16"), encoding="utf-16") == Article(text=text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_plain_text_is_unchanged(text):
    assert read_bytes(b"\xef\xbb\xbf" + text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "txt"),
        ("a.text", "txt"),
        ("a", "txt"),
        ("a.md.bak", "txt"),
        (".html", "txt"),
        ("a.json", "txt"),
        ("a.MD", "md"),
        ("a.markdown", "md"),
        ("a.html", "html"),
        ("A.HTM", "html"),
        ("a.xhtml", "html"),
        ("x.y/a.docx", "docx"),
        ("a.PDF", "pdf"),
        ("a.MHT", "mhtml"),
        ("a.eml", "eml"),
        ("a.odt", "odt"),
        ("a.rtf", "rtf"),
    ],
)
def test_kind_is_by_extension(name, kind):
    assert kind_of(name) == kind
    assert kind in KINDS


def test_kind_is_never_by_content(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("<p>Hai bên.</p>", "utf-8")
    assert read_file(path).text == "<p>Hai bên.</p>"
    assert read_file(path, kind="html").text == "Hai bên."


def test_missing(tmp_path):
    path = tmp_path / "thiếu.txt"
    assert _reason(path) == f"{path}: no such file; check the path"


def test_directory(tmp_path):
    assert (
        _reason(tmp_path)
        == f"{tmp_path}: a directory, not a file; name the files in it, or give it to kyket batch"
    )


def test_below_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert "cannot be read" in _reason(tmp_path / "a" / "b.txt")


@pytest.mark.parametrize("path", ["a\0b.txt", "a\nb.txt", "x" * 5000, "\udce9.txt"])
def test_odd_paths(path):
    _reason(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    path.chmod(0)
    assert _reason(path) == f"{path}: no permission to read it"


def test_no_permission_as_the_system_says_it(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert _reason(tmp_path / "a.txt").endswith(": no permission to read it")
    assert _reason(tmp_path).endswith(
        ": a directory, not a file; name the files in it, or give it to kyket batch"
    )


def test_too_large(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2_500_001)
    assert "larger than the limit of 2.5 MB" in _reason(path, max_bytes=2_500_000)
    assert len(read_file(path).text) == 2_500_001


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless device here")  # noqa: PTH110
def test_endless():
    assert "larger than the limit" in _reason("/dev/zero", max_bytes=1000)


def test_invalid_utf8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Hội nghị".encode()[:-1] + b"\xff")
    message = _reason(path)
    assert message.startswith(f"{path}: not valid UTF-8: byte 0xE1 at offset 9")
    assert "--encoding" in message


def test_wrong_options_name_no_file():
    with pytest.raises(
        ValueError,
        match="unknown kind of input 'doc'; it is one of txt, md, html, mhtml, eml, docx, odt, rtf, pdf",
    ):
        read_bytes(b"", kind="doc")
    for kind in KINDS:
        with pytest.raises(ValueError, match="unknown encoding 'abc'"):
            read_bytes(b"", kind=kind, encoding="abc")


def test_bytes_without_a_name():
    with pytest.raises(ReadingError, match=r"^the input: not valid UTF-8"):
        read_bytes(b"\xff")


@pytest.mark.parametrize(("kind", "package"), [("docx", "docx"), ("pdf", "pypdfium2")])
def test_a_missing_extra_is_named(kind, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r'pip install "kyket\[docs\]"'):
        read_bytes(b"", kind=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_empty(kind):
    assert read_bytes(b"", kind=kind) == Article(text="")


@given(st.binary(max_size=200))
@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes_are_an_article_or_one_line(kind, data):
    try:
        article = read_bytes(data, kind=kind)
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        complete(article)


@pytest.mark.parametrize("encoding", ["utf-8", "tcvn3", "vni"])
def test_megabytes(linear, encoding):
    from kyket.reading.legacy import CODECS

    def encoded(size):
        text = TEXT * (size // len(TEXT))
        return text, CODECS[encoding].encode(text)[0] if encoding in CODECS else text.encode()

    def read(given):
        text, data = given
        assert complete(read_bytes(data, encoding=encoding)).text == text

    linear(read, encoded, 500_000)


@pytest.mark.parametrize("unit", ["năm ", "\n", "\0", "---\n", "# ", "<div>", "<!--", "18/7/2022\n"])
@pytest.mark.parametrize("kind", ["txt", "md", "html"])
def test_repetition_is_read_in_time(linear, kind, unit):
    def read(data):
        try:
            complete(read_bytes(data, kind=kind))
        except ReadingError as error:
            assert "nested too deeply" in str(error)

    linear(read, lambda size: unit.encode() * (size // len(unit)), 100_000)


def test_the_room_is_imported_cheaply():
    code = (
        "import sys, kyket.reading; heavy = {'trafilatura', 'lxml', 'docx', 'pypdfium2', 'yaml', 'torch'};"
        "kyket.reading.read_bytes(b'a');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
