"""Shards: files of documents, as JSON lines or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kyket.batch.files import sync
from kyket.document import Document

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 200  # documents that Parquet holds in memory and writes together


class Shard(Protocol):
    """A shard that is being written."""

    def add(self, document: bytes) -> None:
        """Write one document, the JSON of the contract."""

    def finish(self) -> None:
        """Have all of it on disk."""

    def abandon(self) -> None:
        """Let go of the file as it is."""


class JsonLines:
    """One document a line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def add(self, document: bytes) -> None:
        """Write one document."""
        self._file.write(document + b"\n")

    def finish(self) -> None:
        """Have all of it on disk."""
        with self._file:
            sync(self._file)

    def abandon(self) -> None:
        """Let go of the file as it is; what it still holds is of no use."""
        self._file.raw.close()


class Parquet:
    """One document a row, with the columns of the contract; `Document.from_dict` takes a row."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._file = path.open("wb")
        self._schema = schema()
        self._writer: Any = pq.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, document: bytes) -> None:
        """Take one document; written with those beside it."""
        self._rows.append(msgspec.json.decode(document))
        if len(self._rows) == _GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def finish(self) -> None:
        """Have all of it on disk."""
        with self._file:
            if self._rows:
                self._write()
            self._writer.close()
            sync(self._file)

    def abandon(self) -> None:
        """Let go of the file as it is."""
        self._file.raw.close()


FORMATS: dict[str, type[JsonLines] | type[Parquet]] = {"jsonl": JsonLines, "parquet": Parquet}


def schema() -> pa.Schema:
    """The columns of the contract, from the types of `Document`; dates are strings, as in its JSON."""
    import pyarrow as pa

    fields = msgspec.inspect.type_info(Document).fields  # type: ignore[attr-defined]
    return pa.schema([(field.encode_name, _arrow_type(field.type)) for field in fields])


def _arrow_type(type: msgspec.inspect.Type) -> pa.DataType:
    import pyarrow as pa

    if isinstance(type, msgspec.inspect.UnionType):
        [type] = [member for member in type.types if not isinstance(member, msgspec.inspect.NoneType)]
    if isinstance(type, msgspec.inspect.ListType):
        return pa.list_(_arrow_type(type.item_type))
    if isinstance(type, msgspec.inspect.StructType):
        return pa.struct([(field.encode_name, _arrow_type(field.type)) for field in type.fields])
    simple = {
        msgspec.inspect.StrType: pa.string(),
        msgspec.inspect.IntType: pa.int64(),
        msgspec.inspect.FloatType: pa.float64(),
        msgspec.inspect.BoolType: pa.bool_(),
        msgspec.inspect.CustomType: pa.string(),
    }
    return simple[type.__class__]
