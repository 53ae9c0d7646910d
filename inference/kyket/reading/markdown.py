"""Markdown: front matter is about the text, the rest is the text."""

from __future__ import annotations

import regex

from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import dateline
from kyket.reading.encodings import decode

# At most 64 kB: what is longer is no front matter.
_FRONT_MATTER = regex.compile(
    r"---[ \t]*\r?\n(?P<yaml>(?s:.{0,65536}?))^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", regex.M
)


def read(data: bytes, encoding: str | None) -> Article:
    """The article of a Markdown file.

    Title and day (`published`, else `date`) come from YAML front matter, the title else from a heading on
    the first line; the text is all that follows the front matter, unchanged.

    Raises:
        ReadingError: it is not in this encoding, or its front matter is not YAML or holds half characters.
    """
    text = decode(data, encoding or "utf-8")
    fields: dict[str, object] = {}
    if (match := _FRONT_MATTER.match(text)) and (known := _fields(match["yaml"])) is not None:
        fields, text = known, text[match.end() :]
    title = _string(fields, "title")
    first_line = text.lstrip().partition("\n")[0]
    if title is None and first_line.startswith("# "):
        title = first_line.strip("# \t\r") or None
    day = _string(fields, "published") or _string(fields, "date")
    return Article(text=text, title=title, published=day and dateline.stated_day(day))


def _fields(front_matter: str) -> dict[str, object] | None:
    """The fields of front matter; None where it is prose between two rules."""
    import yaml

    try:
        # BaseLoader leaves dates as they are written, without a time zone's shift.
        fields = yaml.load(front_matter, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        raise ReadingError(
            "front matter is not YAML at line {line} ({problem}); mend it, or read the file as txt",
            line=line,
            problem=error.problem,
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise ReadingError("front matter is not YAML; mend it, or read the file as txt") from None
    if fields is None:
        return {}
    return fields if isinstance(fields, dict) else None


def _string(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if not isinstance(value, str):
        return None
    if any("\ud800" <= char <= "\udfff" for char in value):  # as YAML's \ud800 says them
        raise ReadingError(
            "front matter: {name} holds half characters; mend it, or read the file as txt", name=name
        )
    return value.strip() or None
