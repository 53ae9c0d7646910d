"""PDF documents: lines joined to paragraphs; broken and encrypted ones too."""

import contextlib

import pytest

from kyket.errors import ReadingError
from kyket.reading import pdf, read_bytes

from .office import pdf_of, run_by_run, typed


def test_pdf_joins_lines_to_paragraphs():
    page = (
        "Hai trường kết nghĩa\n"
        "Sáng qua, tại xã Nậm Pung, hai trường tiểu học đã ký bản ghi\n"
        "nhớ kết nghĩa giai đoạn 2023-\n"
        "2026.\n"
        "Theo bản ghi nhớ, mỗi năm hai bên tổ chức một chuyến giao\n"
        "lưu với tỉnh Hủa Phăn."
    )
    article = read_bytes(pdf_of(page, "Trang hai."), source="a.pdf", kind="pdf")
    assert article.text.split("\n") == [
        "Hai trường kết nghĩa",
        "Sáng qua, tại xã Nậm Pung, hai trường tiểu học đã ký bản ghi nhớ kết nghĩa giai đoạn 2023-",
        "2026.",
        "Theo bản ghi nhớ, mỗi năm hai bên tổ chức một chuyến giao lưu với tỉnh Hủa Phăn.",
        "Trang hai.",
    ]
    assert article.title is None


@pytest.mark.parametrize("pages", [[""], ["", " "]])
def test_a_pdf_without_text_says_so(pages):
    with pytest.raises(ReadingError, match=r"^a\.pdf: a PDF without text, as scans are; .*\(OCR\)"):
        read_bytes(pdf_of(*pages), source="a.pdf", kind="pdf")


def test_pdf_letters_are_composed_and_soft_hyphens_gone():
    article = read_bytes(
        pdf_of("ky\u0301 ke\u0302\u0301t ở Viêng Chăn và ở Xa-\nvẳn-na-khệt, co\xadoperation"), kind="pdf"
    )
    assert article.text == "ký kết ở Viêng Chăn và ở Xa-vẳn-na-khệt, cooperation"


def test_a_dash_is_no_hyphen_where_it_stands_apart():
    page = "Hai tỉnh ký hợp tác 2018-\n2023 với Nậm Pung cũ -\nmột huyện nay là xã"
    assert pdf.joined(page) == ["Hai tỉnh ký hợp tác 2018-2023 với Nậm Pung cũ - một huyện nay là xã"]
    assert pdf.joined("-\n-\n-") == ["- - -"]


def test_lines_of_a_pdf_are_joined_in_time(linear):
    def join(page):
        [paragraph] = pdf.joined(page)
        assert len(paragraph) == len(page)

    line = "Hai bên cùng nhau ký một thỏa thuận về hợp tác giữa các trường"
    linear(join, lambda count: "\n".join([line] * count), 5_000)


def test_words_of_a_pdf_stay_whole_however_they_are_drawn():
    text = "Trường Đại học Vĩ Dạ và Sở Y tế ký bản ghi nhớ"
    assert read_bytes(pdf_of(text, draw=run_by_run), kind="pdf").text == text


@pytest.mark.parametrize(
    "data", [b"Hai b\xc3\xaan", b"%PDF-1.7\n", pdf_of("Hai bên")[:300], b"%PDF-1.4\n" + b"[" * 100_000]
)
def test_broken_pdf(data):
    with pytest.raises(ReadingError, match=r"^a.pdf: not a PDF, or damaged; ") as caught:
        read_bytes(data, source="a.pdf", kind="pdf")
    assert "\n" not in str(caught.value)


def test_encrypted_pdf():
    with pytest.raises(ReadingError, match=r"^a.pdf: encrypted; save it without a password$"):
        read_bytes(pdf_of("Hai bên", password="mật"), source="a.pdf", kind="pdf")
    assert read_bytes(pdf_of("Hai bên đã ký.", password=""), kind="pdf").text == "Hai bên đã ký."


def test_nothing_is_printed(capfd):
    for data in (b"%PDF-1.7\n", pdf_of("Hai bên")[:-40], pdf_of("Hai bên")):
        with contextlib.suppress(ReadingError):
            read_bytes(data, kind="pdf")
    assert capfd.readouterr() == ("", "")


def test_an_encoding_of_fonts_holds():
    page = pdf_of(typed("Hai trường tư đã ký", "tcvn3"))
    assert read_bytes(page, kind="pdf", encoding="tcvn3").text == "Hai trường tư đã ký"
