"""Every encoding gives back the text that was written in it, or says where it does not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyket.errors import ReadingError
from kyket.reading.encodings import VIETNAMESE, check_encoding, decode
from kyket.reading.legacy import CODECS

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
LETTERS = SMALL + [letter.upper() for letter in SMALL]
BEYOND_ASCII = [letter for letter in LETTERS if not letter.isascii()]
MOTTO = "Độc lập – Tự do – Hạnh phúc: “Xã Nậm Pung ký kết”, Ỷ Ỵ ỷ ỵ"


def test_the_alphabet_is_whole():
    assert len(BEYOND_ASCII) == len(set(BEYOND_ASCII)) == 134


@pytest.mark.parametrize("name", sorted(CODECS))
@pytest.mark.parametrize("letter", BEYOND_ASCII)
def test_each_letter_alone_and_in_a_syllable(name, letter):
    for text in (letter, f"th{letter}ng", f"{letter}{letter}", f"Qu{letter} A{letter}"):
        data, length = CODECS[name].encode(text)
        assert decode(data, name) == text
        assert length == len(text)
        assert CODECS[name].encode(unicodedata.normalize("NFD", text))[0] == data


# Written out by hand, so that a table that is wrong both ways is found.
@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("tcvn3", b"T\xe6ng", "Tổng"),
        ("tcvn3", b"Li\xaan \xaeo\xb5n Lao \xae\xe9ng", "Liên đoàn Lao động"),
        ("tcvn3", b"Vi\xd6t Nam, \xa7\xb5 N\xbdng", "Việt Nam, Đà Nẵng"),
        ("tcvn3", b"C\xb8n b\xe9 k\xfd k\xd5t th\xe1a thu\xcbn", "Cán bộ ký kết thỏa thuận"),
        ("tcvn3", b"\x93H\xe9i ngh\xde\x94 \x96 A\xb3, O\xb4", "“Hội nghị” – Á, Ọ"),
        ("vni", b"To\xe5ng Lie\xe2n \xf1oa\xf8n Lao \xf1o\xe4ng", "Tổng Liên đoàn Lao động"),
        ("vni", b"Vie\xe4t Nam, \xd1a\xf8 Na\xfcng", "Việt Nam, Đà Nẵng"),
        ("vni", b"C\xf4 quan, th\xf6\xf4ng l\xf6\xf4\xefng", "Cơ quan, thương lượng"),
        ("vni", b"H\xf2ch s\xf3, k\xe6 l\xf3, t\xecm m\xedt, k\xee ky\xf9", "Hịch sĩ, kỉ lĩ, tìm mít, kỵ ký"),
        ("vni", b"U\xdbY BAN, U\xfb ban, A\xc1", "ỦY BAN, Ủ ban, Ấ"),
        ("viscii", b"Li\xean \xf0o\xe0n Lao \xf0\xb5ng", "Liên đoàn Lao động"),
        (
            "viscii",
            b"k\xfd k\xaat th\xf6a thu\xa7n h\xfep t\xe1c, T\x91NG",
            "ký kết thỏa thuận hợp tác, TỔNG",
        ),
        ("windows-1258", b"ky\xec k\xea\xect \xf0oa\xccn", "ky\u0301 kê\u0301t đoa\u0300n"),
    ],
)
def test_known_bytes(name, data, text):
    assert decode(data, name) == text


@given(st.text(alphabet=[*LETTERS, *"\r\n\t\0 bcdghklmnpqrstvx.,;:!?()/-0123456789“”‘’–—…"]))
@pytest.mark.parametrize("name", sorted(CODECS))
def test_round_trip(name, text):
    if name == "viscii":  # has no other quotes and dashes than ASCII
        text = text.translate(dict.fromkeys(map(ord, "“”‘’–—…"), "-"))
    assert decode(CODECS[name].encode(text)[0], name) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_round_trip(name, text):
    expected = text if name != "utf-8" else text.removeprefix("\ufeff")
    assert decode(text.encode(name), name) == expected


@given(st.binary(max_size=60))
@example(b"0")  # of which the codec of punycode says that a byte behind it is wrong, since Python 3.13
@pytest.mark.parametrize("name", [*VIETNAMESE, "utf-7", "gb18030", "unicode_escape", "idna", "punycode"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_bytes_are_text_or_one_line(name, data):
    try:
        text = decode(data, name)
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        text.encode()  # no lone surrogates


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("\ufeffký".encode(), "utf-8"),
        ("\ufeffký".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffký".encode("utf-16-le"), "utf-16"),
        ("\ufeffký".encode("utf-16-be"), "utf-16"),
    ],
)
def test_byte_order_mark_is_not_text(data, name):
    assert decode(data, name) == "ký"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"k\xc3\xbd k\xe9t", "utf-8", ["0xE9", "offset 5", "--encoding", "tcvn3"]),
        ("ký".encode("utf-16"), "utf-8", ["0xFF", "offset 0", "--encoding utf-16"]),
        ("ký".encode("utf-16-le"), "utf-16", ["byte-order mark", "utf-16-le"]),
        (b"\x81", "vni", ["VNI", "0x81", "offset 0"]),
        (b"ab\xd8\x00", "utf-16-be", ["offset 2"]),
        (b"k\xc3", "utf-8", ["offset 1"]),
        (rb"\ud800", "unicode_escape", ["half characters"]),
    ],
)
def test_not_in_this_encoding(data, name, says):
    with pytest.raises(ReadingError) as caught:
        decode(data, name)
    assert all(part in str(caught.value) for part in says)


@pytest.mark.parametrize("name", ["tcvn4", "", "hex", "base64", "rot13", "../etc", "utf-8\0", "ký"])
def test_unknown_encoding(name):
    with pytest.raises(ValueError, match=r"unknown encoding.*utf-8, utf-16.*windows-1258, tcvn3, vni"):
        check_encoding(name)


@pytest.mark.parametrize("name", sorted(CODECS))
def test_what_cannot_be_written_is_refused(name):
    with pytest.raises(UnicodeEncodeError):
        CODECS[name].encode("Viêng Chăn ວຽງຈັນ")
    assert decode(CODECS[name].encode("ký ✓", "replace")[0], name) == "ký ?"


def test_vni_refuses_letters_that_would_read_as_marks():
    with pytest.raises(UnicodeEncodeError):
        CODECS["vni"].encode("Malmö")


@pytest.mark.parametrize("name", ["tcvn3", "vni", "utf-8", "utf-16"])
def test_motto(name):
    codec = CODECS.get(name)
    data = codec.encode(MOTTO)[0] if codec else MOTTO.encode(name)
    assert decode(data, name.upper()) == MOTTO


TOLD = "Sáng nay, hai tỉnh đã ký kết thỏa thuận hợp tác giữa các trường học của huyện Nậm Pung."


@pytest.mark.parametrize("name", sorted(CODECS))
def test_what_was_typed_in_a_font_and_pasted_into_unicode(name):
    pasted = CODECS[name].encode(TOLD)[0].decode("cp1252").encode()
    assert decode(pasted, name) == decode(TOLD.encode(), name) == TOLD
    assert decode("Tin vắn: 12".encode(), "utf-8") == "Tin vắn: 12"


@pytest.mark.parametrize("name", ["windows-1258", "tcvn3", "vni", "viscii", "utf-16-le", "utf-16-be"])
def test_the_right_encoding_is_suggested(name):
    codec = CODECS.get(name)
    text = _as_windows(TOLD) if name == "windows-1258" else TOLD
    with pytest.raises(ReadingError, match=rf"it seems to be in {name}: try --encoding {name}$"):
        decode(codec.encode(text)[0] if codec else text.encode(name), "utf-8")


def _as_windows(text):
    """Vowels with their own marks composed, and tone marks behind them, as Windows-1258 has them."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES[1:])
        letters += [unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES[1:])), tone]
    return "".join(letters)
