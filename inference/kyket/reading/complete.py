"""What the contract says of every article: an id, and title and day of publication where certain."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import PurePath

import msgspec
import regex

from kyket.document import Article
from kyket.orthography import canonical
from kyket.reading import dateline

_ISO_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_TITLE = 180  # characters; the longest headlines of the Vietnamese press have some 150
_FEWEST_SYLLABLES = 4  # below that it may be the name of a section
_FIRST_LINES = 8  # lines that are not blank, in which a headline is looked for
_LONGEST_OF_MENU = 4  # syllables of a line of a page's menu
_SUBJECT = regex.compile(r"(?:chủ đề|tiêu đề|subject) ?: ?(?P<title>.+)", regex.I)
_MAIL = regex.compile(r"(?:từ|người gửi|from|đến|tới|người nhận|to|gửi lúc|sent|date) ?: ?.+", regex.I)
_SENTENCE_ENDS = tuple(".…:;,")


def complete(article: Article) -> Article:
    r"""The article with all that is certain about it filled in; its text is never changed.

    - `id`: as given, else the stem of `source`, else the first 16 hex digits of the SHA-256 of the text.
    - `title`: as given, else a first line that stands alone like a headline, or is followed by a dateline,
      a headline between the menu of a page and a dateline, or the subject of a pasted e-mail.
    - `published`: as given, else the day of the text's own dateline (`dateline.posting_day`).

    Raises:
        ValueError: `published` is given and is not a day as `YYYY-MM-DD`.

    Example:
        >>> article = complete(Article(text="Hai tỉnh ký kết hợp tác\n\nHai bên đã ký.", source="tin/42.txt"))
        >>> article.id, article.title, article.published
        ('42', 'Hai tỉnh ký kết hợp tác', None)
    """
    published = published_day(article.published)
    return msgspec.structs.replace(
        article,
        id=article.id or _stem(article.source) or _fingerprint(article.text),
        title=article.title or _headline(article.text),
        published=published or dateline.posting_day(article.text),
    )


def published_day(value: str | datetime.date | None) -> str | None:
    """A day of publication as a caller gives it, as `YYYY-MM-DD`.

    Raises:
        ValueError: it is neither a date nor a day as `YYYY-MM-DD`.

    Example:
        >>> published_day(datetime.date(2021, 12, 7))
        '2021-12-07'
    """
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"published: there is no day {value}") from None
    raise ValueError(f"published: {value!r} is not a day as YYYY-MM-DD")


def _stem(source: str | None) -> str:
    return PurePath(source).stem if source else ""


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _headline(text: str) -> str | None:
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip():
        return None
    second = rest.partition("\n")[0].strip()
    if (not second or dateline.is_dateline(second)) and is_headline(first):
        return first.strip()
    lines = _first_lines(text)
    return _subject(lines) or _below_menu(lines)


def _first_lines(text: str) -> list[str]:
    start = text[: _FIRST_LINES * 2 * _LONGEST_TITLE].splitlines()
    return [line.strip() for line in start if line.strip()][:_FIRST_LINES]


def _subject(lines: list[str]) -> str | None:
    """The subject of an e-mail that was pasted with its header."""
    composed = [canonical(line).text for line in lines]
    for line, plain in zip(lines, composed, strict=True):
        if _SUBJECT.fullmatch(plain) and any(_MAIL.fullmatch(other) for other in composed):
            return line.partition(":")[2].strip()
    return None


def _below_menu(lines: list[str]) -> str | None:
    """The headline straight before a dateline, below nothing but short lines."""
    for above, line in enumerate(lines[:-1]):
        if _syllables(line) > _LONGEST_OF_MENU:
            sure = above and is_headline(line) and dateline.is_dateline(lines[above + 1])
            return line if sure else None
    return None


def is_headline(line: str) -> bool:
    """Whether a line may be a headline by itself: of some words, no sentence and no dateline."""
    title = line.strip()
    return (
        len(title) <= _LONGEST_TITLE
        and not title.endswith(_SENTENCE_ENDS)
        and _syllables(title) >= _FEWEST_SYLLABLES
        and not dateline.is_dateline(title)
    )


def _syllables(line: str) -> int:
    return sum(any(c.isalpha() for c in word) for word in line.split())
