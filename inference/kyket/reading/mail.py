"""E-mail as it is saved (`.eml`), and the form of it in which browsers save a page in one file (`.mhtml`)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Any, cast

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import html
from kyket.reading.encodings import check_encoding, decode

_NAMELESS = "unknown-8bit"  # what RFC 1428 has a relay declare that knows no better
_LONGEST_HEADER = 10_000  # letters; the parser takes time by the square of them


class _Policy(EmailPolicy):
    """Parses the headers that are asked for, of the message or of a part, where they are not endless."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        if len(value) > _LONGEST_HEADER:
            size = _LONGEST_HEADER // 1000
            raise ReadingError("an e-mail with a header of over {size} kB; save its text as .txt", size=size)
        return super().header_fetch_parse(name, value)


def read(data: bytes, encoding: str | None) -> Article:
    """The text of a message, as text where it has both that and HTML; attachments are left.

    Title is the subject; day of publication that of `Date`, as written there.

    Raises:
        ReadingError: it is damaged, has no text or an endless header, or is not in this encoding.
    """
    if not data.strip():
        return Article(text="")
    damaged = ReadingError("not an e-mail, or damaged; save its text as .txt")
    mail = _Mail(data, ("plain", "html"), damaged)
    if mail.body is None:
        raise ReadingError("an e-mail without text; save what it has attached, and read that")
    encoding = encoding or _known(mail.charset)
    if mail.is_html:
        page = html.read(mail.body, encoding)
        return Article(text=page.text, title=mail.title or page.title, published=mail.day or page.published)
    return Article(text=decode(mail.body, encoding or "utf-8"), title=mail.title, published=mail.day)


def read_page(data: bytes, encoding: str | None) -> Article:
    """The article of a page that a browser saved in one file, as of the page alone.

    What stands beside the page is left: the day is that of saving, and the subject names the site too.

    Raises:
        ReadingError: it is damaged, has no page, or is not in this encoding.
    """
    if not data.strip():
        return Article(text="")
    damaged = ReadingError(
        "not a page that a browser saved (MHTML), or damaged; save it again, or its text as .txt"
    )
    mail = _Mail(data, ("html",), damaged)
    if mail.body is None:
        raise damaged
    return html.read(mail.body, encoding or _known(mail.charset))


class _Mail:
    """What is asked of a message.

    Args:
        data: The message.
        preferred: The kinds of text that are taken for its body, the best first.
        damaged: What is raised where it cannot be read.

    Attributes:
        body: None where it has none of these kinds.
    """

    def __init__(self, data: bytes, preferred: tuple[str, ...], damaged: ReadingError) -> None:
        try:
            message = cast(EmailMessage, message_from_bytes(data, policy=_Policy()))
            body = message.get_body(preferred)
            content = body.get_payload(decode=True) if body is not None else None
            self.title, self.day = _subject(message), _day(message)
            self.charset = body.get_content_charset() if body is not None else None
            self.is_html = body is not None and body.get_content_type() == "text/html"
        except ReadingError:
            raise
        except Exception:  # the parser passes on whatever a hostile header makes its parts raise
            raise damaged from None
        self.body = content if isinstance(content, bytes) else None


def _known(charset: str | None) -> str | None:
    """An encoding that a message names, where it is one and says more than ASCII."""
    try:
        name = check_encoding("ascii" if charset in (None, "", _NAMELESS) else charset)
    except ValueError:
        raise ReadingError(
            "declares an unknown encoding, {name}; name the right one with --encoding", name=charset
        ) from None
    return None if name == "ascii" else name


def _subject(message: EmailMessage) -> str | None:
    subject = str(message.get("Subject") or "")
    # A header of raw bytes has them as half characters.
    whole = subject.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(whole.split()) or None


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
