"""Files: fingerprints, unpacking as a stream, and writing that a crash cannot leave half done."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard

from kyket.batch import places

PACKINGS = {".gz": "gz", ".zst": "zst"}
"""Suffixes of packed files, and what they are called here."""

DAMAGED = (EOFError, OSError, zlib.error, zstandard.ZstdError)
"""What reading a packed file raises when it is damaged, cut short or unreadable."""

_BLOCK = 1 << 20


def fingerprint(place: str | Path) -> str:
    """The SHA-256 of a file, in hex.

    Raises:
        OSError: it cannot be read.
        UnreachableError: the way to its address is broken.
    """
    with places.opened(str(place)) as file:
        return digest(file)


def digest(file: BinaryIO) -> str:
    """The SHA-256 of what is left of an open file, in hex."""
    sha256 = hashlib.sha256()
    while block := file.read(_BLOCK):
        sha256.update(block)
    return sha256.hexdigest()


def unpacked(raw: BinaryIO, packing: str) -> BinaryIO:
    """A stream of what `raw` holds; memory stays small however much that is.

    Args:
        raw: The file as it lies on disk.
        packing: A value of `PACKINGS`, or empty for a file that is not packed.
    """
    if packing == "gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if packing == "zst":
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return io.BufferedReader(reader)
    return raw


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears under its name whole and on disk, or not at all.

    Raises:
        OSError: it cannot be written.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            sync(file)
        publish(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)  # where the disk is full, every byte helps
        raise


def publish(temporary: Path, path: Path) -> None:
    """Give a synced file its name, and have the name on disk too."""
    temporary.replace(path)
    sync_folder(path.parent)


def sync(file: BinaryIO) -> None:
    """Have all that was written on disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    if os.name == "nt":  # which has no such call, and needs none
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
