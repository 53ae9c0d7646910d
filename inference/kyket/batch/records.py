"""From a file of the plan to items: one for a page or a text, many for JSONL, Parquet and WARC.

The same file gives the same items in the same order, damaged places included: they are items with a fault. A
place in a file is therefore the number of items before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO

import msgspec

from kyket import reading
from kyket.batch import places
from kyket.batch.errors import BatchError
from kyket.batch.files import DAMAGED, digest, unpacked
from kyket.batch.items import Item
from kyket.batch.plan import Planned
from kyket.batch.settings import Settings
from kyket.errors import ReadingError

_LEFT = "the rest of the file was left"
_MOST_SKIPPED = 1_000_000_000  # bytes of one line that are passed over in search of its end
_PIECE = 1 << 20  # bytes
_ROWS = 64  # of Parquet at once
_UNFIT = (ValueError, OverflowError, LookupError)  # bytes that are no UTF-8, the year 10000, an unknown zone
_PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt"}


def items(file: Planned, place: str, settings: Settings, skip: int = 0) -> Iterator[tuple[Item, int]]:
    """The items of a file from the one after `skip` on, each with the bytes of the file read so far.

    Args:
        file: Of the plan.
        settings: Of the run.
        skip: How many items to leave out, because they are done.
        place: Where the file lies; that of the plan but for standard input.
    """
    if file.fault:
        whole = iter([(Item(file.source, fault=file.fault), file.size)])
    elif file.kind == "jsonl":
        whole = _streamed(file, place, settings, _rows)
    elif file.kind == "warc":
        whole = _streamed(file, place, settings, _pages)
    elif file.kind == "parquet":
        yield from _table(file, place, settings, skip)
        return
    else:
        item = Item(
            file.source,
            file.kind,
            path=os.fsencode(place),
            packing=file.packing,
            sha256=file.sha256,
            encoding=settings.encoding,
        )
        if places.is_private(place) and skip == 0:
            item = _at_hand(item, settings)
        whole = iter([(item, file.size)])
    yield from islice(whole, skip, None)


def _streamed(
    file: Planned,
    place: str,
    settings: Settings,
    read: Callable[[BinaryIO, Planned, Settings], Iterator[Item]],
) -> Iterator[tuple[Item, int]]:
    """What `read` finds in a file; where the file is damaged, an item that says so and nothing after it."""
    number = 0
    try:
        with places.opened(place) as raw:
            for item in read(raw, file, settings):
                yield item, raw.tell()
                number += 1
    except BatchError:  # says nothing of the file
        raise
    except Exception as error:  # a damaged file makes warcio raise whatever its parts do
        said = " ".join(str(error).encode("utf-8", "replace").decode().split())[:200]
        known = said and isinstance(error, DAMAGED)
        reason = said if known else f"{type(error).__name__}: {said}".strip(": ")
        yield Item(file.source, fault=f"damaged after its article {number} ({reason}); {_LEFT}"), file.size


def content(item: Item, limit: int) -> bytes:
    """The content of a file that is one article.

    Raises:
        ReadingError: it cannot be read, is larger than `limit` bytes, or is not what it was when the run was
            planned.
        BatchError: the way to its address is broken, or nothing is installed for it.
    """
    assert item.path is not None
    try:
        with places.opened(os.fsdecode(item.path)) as raw:
            data = unpacked(raw, item.packing).read(limit + 1)
            if len(data) > limit:
                raise ReadingError(too_large(limit))
            raw.seek(0)
            unchanged = digest(raw) == item.sha256
    except DAMAGED as error:
        raise ReadingError(f"cannot be read ({error})") from None
    if not unchanged:
        raise ReadingError("changed while the run was going")
    return data


def _at_hand(item: Item, settings: Settings) -> Item:
    """An item with its content in it, for workers that cannot open its place."""
    try:
        data = content(item, settings.max_bytes)
    except ReadingError as error:
        return Item(item.source, fault=str(error))
    return Item(item.source, item.kind, data=data, encoding=item.encoding)


def _rows(raw: BinaryIO, file: Planned, settings: Settings) -> Iterator[Item]:
    stem = _stem(file)
    lines = _lines(unpacked(raw, file.packing), settings.max_bytes)
    for number, line in enumerate(lines, 1):
        source, id = f"{file.source}:{number}", f"{stem}-{number}"
        if line is None:
            yield Item(source, id=id, fault=too_large(settings.max_bytes))
        elif line.strip():
            yield Item(source, "row", data=line, id=id)


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one of more than `limit` bytes, which is passed over in pieces."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        yield None
        skipped = 0
        while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            skipped += len(rest)
            if skipped > _MOST_SKIPPED:
                raise EOFError(f"a line of more than {_MOST_SKIPPED // 1_000_000_000} GB")


def _pages(raw: BinaryIO, file: Planned, settings: Settings) -> Iterator[Item]:
    """The pages and texts that a WARC holds; what is neither, or was not found (404), is no article."""
    from warcio.archiveiterator import ArchiveIterator

    stream = raw if file.packing == "gz" else unpacked(raw, file.packing)  # warcio unpacks record by record
    for record in ArchiveIterator(stream):
        if record.rec_type == "response":
            headers = record.http_headers
            if headers is None or headers.get_statuscode() != "200":
                continue
        elif record.rec_type in ("resource", "conversion"):
            headers = record.rec_headers
        else:
            continue
        type, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
        kind = _PAGES.get(type.strip().casefold())
        if kind is None:
            continue
        source = record.rec_headers.get_header("WARC-Target-URI") or file.source
        id = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
        data = _at_most(record.content_stream(), settings.max_bytes)
        if data is None:
            yield Item(source, id=id or None, fault=too_large(settings.max_bytes))
        else:
            encoding = settings.encoding or _charset(parameters)
            yield Item(source, kind, data=data, id=id or None, encoding=encoding)


def _at_most(stream: Any, limit: int) -> bytes | None:
    """What is left of a stream that gives less at a time than it is asked for; None if that is too much."""
    data = bytearray()
    while piece := stream.read(_PIECE):
        data += piece
        if len(data) > limit:
            return None
    return bytes(data)


def _charset(parameters: str) -> str | None:
    """The charset of a Content-Type, where it is one that we know."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "charset":
            try:
                return reading.check_encoding(value.strip(" \t\"'"))
            except ValueError:
                return None
    return None


def _table(file: Planned, place: str, settings: Settings, skip: int) -> Iterator[tuple[Item, int]]:
    """The rows of a Parquet file; groups of rows before the one after `skip` are not read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns, stem = settings.columns, _stem(file)
    row = 0
    try:
        with places.opened(place) as raw, pq.ParquetFile(raw) as table:
            names = set(table.schema_arrow.names)
            if columns.text not in names:
                has = ", ".join(sorted(names))
                fault = f"no column {columns.text!r}; it has {has}: name one by --column text=NAME"
                if skip == 0:
                    yield Item(file.source, fault=fault), file.size
                return
            wanted = [name for name in msgspec.structs.astuple(columns) if name in names]
            for group in range(table.num_row_groups):
                rows = table.metadata.row_group(group).num_rows
                if (
                    row + rows < skip
                ):  # the group of the last one done is read, in case it is damaged behind it
                    row += rows
                    continue
                for batch in table.iter_batches(_ROWS, row_groups=[group], columns=wanted):
                    for fields in _fields(batch):
                        row += 1
                        if row > skip:
                            item = _row(f"{file.source}:{row}", f"{stem}-{row}", fields, settings.max_bytes)
                            yield item, file.size * row // table.metadata.num_rows
    except (pa.ArrowException, OSError, MemoryError) as error:
        if row >= skip:
            reason = " ".join(str(error).split())[:200]
            yield Item(file.source, fault=f"damaged after row {row} ({reason}); {_LEFT}"), file.size


def _fields(batch: Any) -> Iterator[dict[str, Any] | str]:
    """The rows of a record batch; for one with a value that Python does not take, the reason instead."""
    import pyarrow as pa

    for index, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":  # too fine for Python
            values = batch.column(index).cast(pa.timestamp("us", field.type.tz), safe=False)
            batch = batch.set_column(index, field.name, values)
    try:
        yield from batch.to_pylist()
    except _UNFIT:
        for row in range(batch.num_rows):
            try:
                yield from batch.slice(row, 1).to_pylist()
            except _UNFIT as error:
                yield " ".join(str(error).split())[:200]


def _row(source: str, id: str, fields: dict[str, Any] | str, limit: int) -> Item:
    if isinstance(fields, str):
        return Item(source, id=id, fault=f"a value that cannot be read ({fields})")
    try:
        data = msgspec.json.encode(
            {name: value.decode() if isinstance(value, bytes) else value for name, value in fields.items()}
        )
    except (UnicodeError, TypeError, ValueError):
        return Item(source, id=id, fault="a row with other than text in it")
    return (
        Item(source, id=id, fault=too_large(limit))
        if len(data) > limit
        else Item(source, "row", data=data, id=id)
    )


def _stem(file: Planned) -> str:
    """The name of a file without its suffixes, for the ids of its rows."""
    name = "stdin" if file.path == "-" else PurePath(file.source).name
    return name.split(".")[0] or name


def too_large(limit: int) -> str:
    """Why an article of more than `limit` bytes is not read."""
    return f"larger than the limit of {limit / 1_000_000:g} MB; split it or raise the limit"
