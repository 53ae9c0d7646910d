"""From a row of JSONL or Parquet to an article."""

from __future__ import annotations

import msgspec

from kyket.batch.items import Item
from kyket.batch.settings import Settings
from kyket.document import Article
from kyket.errors import ReadingError
from kyket.reading import dateline

_MOST_NAMES, _LONGEST_NAME = 8, 40  # of fields, in a message


def article_of_row(item: Item, settings: Settings) -> Article:
    """The article that a row describes, under the names that `settings.columns` gives.

    A number as id is taken as it is written; a day of publication may be any that a page would state, such as
    `2022-07-18T17:43:00+07:00` or `18/7/2022`, the day first.

    Raises:
        ReadingError: the row is no JSON object, has no text, or a field is not of its kind.
    """
    try:
        row = msgspec.json.decode(item.data or b"")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadingError(f"not JSON ({error})") from None
    if not isinstance(row, dict):
        raise ReadingError("not a JSON object")
    fields = {name: _field(row, name, settings) for name in settings.columns.__struct_fields__}
    text, published = fields["text"], fields["published"]
    if text is None:
        is_null = settings.columns.text in row
        reason = "is null" if is_null else f"is not in the row{_others(row)}"
        raise ReadingError(f"no text: {_column('text', settings)} {reason}")
    day = dateline.stated_day(published) if published else None
    if published and day is None:
        raise ReadingError(f"published: {published[:40]!r} is not a day as YYYY-MM-DD")
    return Article(
        text=text,
        id=fields["id"] or item.id,
        source=fields["source"] or item.source,
        title=fields["title"] or None,
        published=day,
    )


def _field(row: dict[str, object], name: str, settings: Settings) -> str | None:
    value = row.get(getattr(settings.columns, name))
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ReadingError(f"{name}: {_column(name, settings)} is not a string")
    if value and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise ReadingError(f"{name}: holds half characters")
    return value


def _others(row: dict[str, object]) -> str:
    """What fields a row has instead, those that may hold a text; empty where it has none."""
    texts = [name for name, value in row.items() if isinstance(value, str)]
    if not texts:
        return ""
    shown = ", ".join(repr(name[:_LONGEST_NAME]) for name in texts[:_MOST_NAMES])
    more = ", …" if len(texts) > _MOST_NAMES else ""
    return f", which has {shown}{more}; name the one that holds it with --column text=NAME"


def _column(name: str, settings: Settings) -> str:
    return f"field {getattr(settings.columns, name)!r}"
