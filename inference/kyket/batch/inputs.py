"""From what the command line names (files, folders, patterns) to files, in an order that stays the same."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from kyket import reading
from kyket.batch import places
from kyket.batch.files import PACKINGS

_MANY = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc"}


class Found(msgspec.Struct, frozen=True):
    """A file to read.

    Attributes:
        path: As given, or below a folder as given; also an address. Bytes that are no text are escaped as
            Python has them.
        kind: One of `kyket.batch.KINDS`.
        packing: `gz`, `zst`, or empty.
        fault: Why a folder cannot be read; empty for files.
    """

    path: str
    kind: str
    packing: str = ""
    fault: str = ""


def find(
    inputs: Iterable[str],
    kind: str | None,
    leave_out: str | Path,
    passed_over: Counter[str] | None = None,
) -> Iterator[Found]:
    """The files that `inputs` name: a file, a folder with all below it, a pattern such as `news/**/*.txt`.

    Each may be an address of fsspec, such as `s3://bucket/news`.

    Below a folder only files with a known suffix are taken, or all when `kind` is given; hidden ones and
    links to folders never. A name that is nothing of all this is given as a file, for whoever opens it to
    complain.

    Args:
        inputs: As the command line has them.
        kind: What the files are; None goes by the suffix.
        leave_out: A folder that is not looked into: the output, where it lies in a folder of the input.
        passed_over: Counts the suffixes of files below folders that are passed over for their suffix.
    """
    leave_out = str(leave_out)
    passed_over = Counter() if passed_over is None else passed_over
    for name in inputs:
        if places.is_address(name):
            yield from _at_address(name, kind, leave_out, passed_over)
        elif os.path.isdir(name):  # noqa: PTH112 - a Path would drop the ./ that the user gave
            yield from _below(name, kind, leave_out, passed_over)
        elif glob.has_magic(name) and not os.path.lexists(name):
            found = sorted(_matches(name), key=os.fsencode)
            for path in found or [name]:
                if not _is_below(path, leave_out):
                    yield _file(path, kind)
        else:
            yield _file(name, kind)


def is_there(name: str) -> bool:
    """Whether a file, a folder or a match of a pattern is there; of an address it is not asked here."""
    return (
        name == "-"
        or places.is_address(name)
        or os.path.lexists(name)
        or (glob.has_magic(name) and next(_matches(name), None) is not None)
    )


def _matches(pattern: str) -> Iterator[str]:
    """The files that a pattern names, except hidden ones; `**` does not follow links."""
    parts = Path(pattern).parts
    plain = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:plain])
    for path in base.glob(str(Path(*parts[plain:]))):
        hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
        if not hidden and path.is_file():
            yield str(path)


def _file(path: str, kind: str | None) -> Found:
    by_suffix, packing = _kind_and_packing(path)
    return Found(path, kind or by_suffix or "txt", packing)


def _kind_and_packing(path: str) -> tuple[str | None, str]:
    """What the suffixes of a name say: `a.jsonl.gz` is (`jsonl`, `gz`); None for one that says nothing."""
    name = Path(path)
    packing = PACKINGS.get(name.suffix.casefold(), "")
    if packing:
        name = name.with_suffix("")
    suffix = name.suffix.casefold()
    kind = reading.kind_of(name) if suffix in reading.EXTENSIONS else _MANY.get(suffix)
    return kind, packing


def _below(folder: str, kind: str | None, leave_out: str, passed_over: Counter[str]) -> Iterator[Found]:
    waiting: list[Iterator[os.DirEntry[str] | Found]] = [_entries(folder)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Found):
            yield entry
        elif entry.name.startswith("."):
            continue
        elif entry.is_dir(follow_symlinks=False):
            if not _is_same(entry.path, leave_out):
                waiting.append(_entries(entry.path))
        elif entry.is_file():
            if kind or _kind_and_packing(entry.name)[0]:
                yield _file(entry.path, kind)
            else:
                passed_over[Path(entry.name).suffix.casefold()] += 1


def _entries(folder: str) -> Iterator[os.DirEntry[str] | Found]:
    """What a folder holds, by name; or that it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            in_order = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(folder, "", fault=f"a folder that cannot be read ({error.strerror})")
    else:
        yield from in_order


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False


def _is_below(path: str, folder: str) -> bool:
    return Path(folder).resolve() in Path(path).resolve().parents


def _at_address(address: str, kind: str | None, leave_out: str, passed_over: Counter[str]) -> Iterator[Found]:
    """The same for what fsspec opens; files keep the beginning of their address as it was given."""
    system, root = places.filesystem(address)
    with places.reaching(address, but=()):
        if system.isdir(root):
            for path in _walk(system, root):
                place = address.rstrip("/") + path[len(root.rstrip("/")) :]
                if _is_in(place, leave_out):
                    continue
                if kind or _kind_and_packing(place)[0]:
                    yield _file(place, kind)
                else:
                    passed_over[Path(place).suffix.casefold()] += 1
        elif glob.has_magic(root) and not system.exists(root):
            given = re.split(r"[*?\[]", address, maxsplit=1)[0].rpartition("/")[0]
            base = re.split(r"[*?\[]", root, maxsplit=1)[0].rpartition("/")[0]
            matches = sorted(
                path[len(base) :]
                for path, entry in system.glob(root, detail=True).items()
                if entry["type"] != "directory"
            )
            found = [given + path for path in matches if "/." not in path]
            for place in found or [address]:
                if not _is_in(place, leave_out):
                    yield _file(place, kind)
        else:
            yield _file(address, kind)


def _walk(system: Any, folder: str) -> Iterator[str]:
    """The files below a folder by their names, one folder's listing at a time."""
    for entry in sorted(system.ls(folder, detail=True), key=lambda entry: str(entry["name"]).rstrip("/")):
        path = str(entry["name"]).rstrip("/")
        if path == folder.rstrip("/") or path.rpartition("/")[2].startswith("."):
            continue  # of a bucket, the mark of an empty folder
        if entry["type"] == "directory":
            yield from _walk(system, path)
        else:
            yield path


def _is_in(place: str, folder: str) -> bool:
    return place.startswith(folder.rstrip("/") + "/")
