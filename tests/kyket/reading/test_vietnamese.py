"""A text in the wrong encoding, or in another language, is warned of."""

import unicodedata

import pytest

from kyket.reading import doubts
from kyket.reading.encodings import decode
from kyket.reading.legacy import CODECS
from kyket.reading.vietnamese import TYPED_IN

TEXT = (
    "Liên đoàn Lao động tỉnh Đồng Mây và Hội Làm vườn huyện Yên Giang đã ký thỏa thuận hợp tác năm năm. "
    "Hai bên thống nhất tổ chức nhiều lớp học cho người dân, với sự giúp đỡ của các trường trên địa bàn. "
    "Tại lễ ký, đại diện của hội cho biết việc này sẽ được thực hiện từ tháng sau.\n"
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_is_not_doubted(form):
    assert doubts(unicodedata.normalize(form, TEXT)) == []
    assert doubts(TEXT.upper()) == []


@pytest.mark.parametrize("text", ["", "The two sides signed.", "\n", "1 2 3 " * 100, "两市签署"])
def test_a_short_text_is_not_doubted(text):
    assert doubts(text) == []


@pytest.mark.parametrize("right", ["tcvn3", "vni", "viscii", "utf-8"])
@pytest.mark.parametrize("wrong", ["tcvn3", "vni", "viscii", "cp1258", "latin-1"])
def test_what_was_decoded_wrongly_is(right, wrong):
    data = CODECS[right].encode(TEXT)[0] if right in CODECS else TEXT.encode(right)
    try:
        text = decode(data, wrong)
    except Exception:  # then it is said at once
        return
    rightly = right == wrong or (right == "utf-8" and wrong in CODECS)  # where it is seen to be Unicode
    assert bool(doubts(text)) != rightly


@pytest.mark.parametrize("font", sorted(TYPED_IN))
def test_the_font_in_which_it_was_typed_is_named(font):
    pasted = CODECS[font].encode(TEXT)[0].decode("cp1252")
    assert doubts(pasted)[0].message.endswith(f"try --encoding {font}")
    assert doubts(decode(pasted.encode(), font)) == []


def test_windows_1258_read_as_tcvn3_is():
    composed = "".join(
        c if c in "ăâđêôơưĂÂĐÊÔƠƯ" else unicodedata.normalize("NFD", c)
        for c in TEXT.replace("ấ", "â\u0301").replace("ế", "ê\u0301").replace("ệ", "ê\u0323")
    )
    data = composed.encode("cp1258", "replace")
    assert doubts(decode(data, "cp1258")) == []
    assert doubts(decode(data, "tcvn3"))


def test_it_points_at_the_beginning():
    text = "\n\nThe two sides signed a memorandum.\n" + "They will work together. " * 30
    [doubt] = doubts(text)
    assert text[doubt.start : doubt.end] == "The two sides signed a memorandum."


def test_a_long_text_in_another_language_is_told_of_in_time(linear):
    linear(doubts, lambda count: "The quick brown fox jumps over the lazy dog. " * count, 2_500)
