"""What decides the result of a run: the same settings and the same input give the same output."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from kyket import reading
from kyket.batch.files import fingerprint
from kyket.bundle import Layout, default_bundle, network_file, read_manifest

KINDS = (*reading.KINDS, "jsonl", "parquet", "warc")
"""The kinds of input: one article a file, or `jsonl`, `parquet` and `warc` with many in one."""

Count = Annotated[int, msgspec.Meta(ge=1)]


class Columns(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The names under which rows of JSONL and Parquet have what an article has."""

    id: str = "id"
    source: str = "source"
    title: str = "title"
    published: str = "published"
    text: str = "text"


class Settings(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Settings of a run; a folder that was started with other ones is refused.

    Attributes:
        model: Fingerprint of the bundle (`model_fingerprint`).
        version: Of kyket.
        format: Of the shards.
        shard_size: Articles a shard; those in errors.jsonl count.
        kind: One of `KINDS`; None goes by each file's suffix.
        encoding: Of txt, md and html.
        max_bytes: A larger article (file, line, page or text) is refused, before and after unpacking.
        time_limit: Seconds for one article.
        dedup: Fold exact and near duplicates.
        device: What computes the network, as `kyket.load` takes it: each has weights of its own.
        tables: Fingerprint of one's own names (`tables_fingerprint`); empty for none.
    """

    model: str = ""
    version: str = ""
    format: Literal["jsonl", "parquet"] = "jsonl"
    shard_size: Count = 1000
    kind: str | None = None
    encoding: str | None = None
    columns: Columns = Columns()
    max_bytes: Count = 20_000_000
    time_limit: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    dedup: bool = False
    device: Literal["cpu", "cuda"] = "cpu"
    tables: str = ""


class Resources(msgspec.Struct, frozen=True):
    """What a worker loads, by paths that are the same wherever workers run.

    Attributes:
        model: Folder of the bundle; None for the one that ships.
        tables: Folder of the user's own names; None for none.
    """

    model: str | None = None
    tables: str | None = None


OPTIONS = {
    "model": "--model",
    "version": "version of kyket",
    "format": "--format",
    "shard_size": "--shard-size",
    "kind": "--input",
    "encoding": "--encoding",
    "columns": "--column",
    "max_bytes": "--max-size",
    "time_limit": "--time-limit",
    "dedup": "--dedup",
    "device": "--device",
    "tables": "--tables",
}
"""What the fields of `Settings` are called on the command line."""


def tables_fingerprint(folder: Path) -> str:
    """SHA-256 of the tables in a folder, in hex.

    Raises:
        TablesError: there is none, or one cannot be read.
    """
    from kyket.names import read_tables  # which is slow to load, and needed only here

    read_tables(folder)
    files = "".join(f"{file.name} {fingerprint(file)} " for file in sorted(folder.glob("*.tsv")))
    return hashlib.sha256(files.encode()).hexdigest()


def model_fingerprint(folder: Path | None, device: str = "cpu") -> str:
    """Name and SHA-256 of what inference on a device reads of a bundle; None is the bundle that ships.

    Raises:
        BundleError: there is none, it is damaged, or it has no network for the device.
    """
    folder = default_bundle() if folder is None else folder
    manifest = read_manifest(folder)
    files = (network_file(folder, device), folder / Layout.TOKENIZER, folder / Layout.MANIFEST)
    together = hashlib.sha256("".join(map(fingerprint, files)).encode())
    return f"{manifest.name} {together.hexdigest()}"
