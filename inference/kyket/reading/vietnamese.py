"""Whether a text is Vietnamese that was decoded rightly: it is full of a few short words with diacritics."""

from __future__ import annotations

from itertools import islice

import regex

from kyket.document import Warning
from kyket.orthography import canonical
from kyket.reading.legacy import from_font

HARDLY_ANY = (
    "hardly any Vietnamese with its diacritics here, so hardly anything is found; "
    "is it in another encoding (--encoding)?"
)
"""What is said of a text that is not."""
TYPED_IN = {
    "tcvn3": "hardly any Vietnamese with its diacritics here: it was typed in a font of TCVN3 (.VnTime); "
    "try --encoding tcvn3",
    "vni": "hardly any Vietnamese with its diacritics here: it was typed in a font of VNI (VNI-Times); "
    "try --encoding vni",
}
"""What is said of a text that is the bytes of such a font, taken for letters."""
DOUBTS = frozenset({HARDLY_ANY, *TYPED_IN.values()})

_SHOWN = 60  # characters of the text
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_ENOUGH, _MOST = 60, 5000  # words from which on there is an answer, and after which no more are looked at
# Of the words. Of 1,335 press articles none has fewer than 0.07; decoded wrongly none has more than 0.02.
LEAST = 0.03
# Each has a letter that Windows-1252 has not, so that what was decoded wrongly has none of them.
_COMMON_WORDS = (
    "của được với một những để ở về tại đến từ người đã đó việc hội tỉnh phố hợp nước động triển kết "
    "đoàn chủ tịch thỏa thuận giữa đồng thực hiện quyền ương phương sự địa điểm đây đang sẽ lễ nghị "
    "bộ thị huyện cơ sở kỳ đầu cấp vụ trường học nghiệp chương dự"
)
_COMMON = frozenset(_COMMON_WORDS.split(" "))


def is_hardly_vietnamese(text: str) -> bool:
    """Whether a text of some length has hardly any common word of Vietnamese.

    Example:
        >>> is_hardly_vietnamese("Hai bªn ®· ký. " * 20), is_hardly_vietnamese("Hai bên đã ký. " * 20)
        (True, False)
    """
    # In nearly any article enough of them stand between blanks, which is quick to see.
    most = min(_MOST, (len(text) + 1) // 2)  # words of at least one letter, with something between each two
    if sum(map(_COMMON.__contains__, text[: 2 * _MOST].split()[:-1])) >= LEAST * most:
        return False
    words = _words(text)
    return len(words) >= _ENOUGH and _share(words) < LEAST


def is_vietnamese(text: str) -> bool:
    """Whether a text, however short, has as many common words of Vietnamese as any in it must have.

    Example:
        >>> is_vietnamese("Hai bªn ®· ký kÕt."), is_vietnamese("Hai bên đã ký kết.")
        (False, True)
    """
    return share_of_vietnamese(text) >= LEAST


def share_of_vietnamese(text: str) -> float:
    """How many of its words, from 0 to 1, are common ones of Vietnamese: `LEAST` or more where it is that."""
    return _share(_words(text))


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in islice(_WORD.finditer(text), _MOST)]


def _share(words: list[str]) -> float:
    """How many of the words are common ones of Vietnamese, from 0 to 1."""
    common = sum(word in _COMMON for word in canonical(" ".join(words)).text.split(" "))
    return common / len(words) if words else 0.0


def doubts(text: str) -> list[Warning]:
    """What a document warns of where its text is hardly Vietnamese, at the beginning of that."""
    if not is_hardly_vietnamese(text):
        return []
    start = len(text) - len(text.lstrip())
    end = start + len(text[start : start + _SHOWN].partition("\n")[0].rstrip())
    fonts = (name for name in TYPED_IN if is_vietnamese(from_font(text, name)))
    message = next((TYPED_IN[name] for name in fonts), HARDLY_ANY)
    return [Warning(start=start, end=end, message=message)]
