"""Where files lie: paths of this machine, and addresses such as `s3://bucket/news` that fsspec opens."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from kyket.batch.errors import BatchError, UnreachableError
from kyket.language import gettext as _

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BUFFER = 1 << 20  # bytes


def is_address(place: str) -> bool:
    """Whether a place is an address, not a path of this machine."""
    return _ADDRESS.match(place) is not None


def is_private(place: str) -> bool:
    """Whether only this process can open a place."""
    return place.startswith("memory://")


def filesystem(address: str) -> tuple[Any, str]:
    """What fsspec opens an address with, and the path there.

    Raises:
        BatchError: nothing is installed for addresses of this kind.
    """
    if address.startswith(("file://", "local://")):
        raise BatchError(_("{name}: give a path of this machine as a path").format(name=address))
    import fsspec

    try:
        # Listings are not kept: what lies there is asked anew each time.
        system, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise BatchError(f"{address}: {error}") from None
    return system, path


@contextmanager
def reaching(
    place: str, *, but: tuple[type[OSError], ...] = (FileNotFoundError, PermissionError)
) -> Iterator[None]:
    """Raise whatever goes wrong on the way to an address as `UnreachableError`.

    Args:
        place: The address.
        but: What is raised as it is: it says something of the file there.
    """
    try:
        yield
    except BatchError:
        raise
    except Exception as error:
        if isinstance(error, but):
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        message = _("{name}: cannot be reached ({reason}); give the same command again")
        raise UnreachableError(message.format(name=place, reason=reason)) from None


def opened(place: str) -> BinaryIO:
    """A file to read.

    Raises:
        OSError: it cannot be opened.
        BatchError: nothing is installed for its address.
        UnreachableError: the way to its address is broken, now or while it is read.
    """
    if is_address(place):
        return io.BufferedReader(_Remote(place), _BUFFER)
    return Path(place).open("rb")


def stat(place: str) -> tuple[int, int]:
    """Size in bytes and a number that is another once the content is, 0 where nobody knows.

    It is the time of the last change in nanoseconds since 1970; on S3, whose times are whole seconds, it
    comes from the tag of the content.

    Raises:
        OSError: it cannot be found out.
        UnreachableError: the way to the address is broken.
    """
    if not is_address(place):
        found = Path(place).stat()
        return found.st_size, found.st_mtime_ns
    system, path = filesystem(place)
    with reaching(place):
        found = system.info(path)
        size = int(found["size"])
        if tag := found.get("ETag"):
            return size, int.from_bytes(sha256(str(tag).encode()).digest()[:7], "big")
        try:
            return size, round(system.modified(path).timestamp() * 1e9)
        except NotImplementedError:
            return size, 0


class _Remote(io.RawIOBase):
    """A file of fsspec that tells a broken way from a damaged file."""

    def __init__(self, address: str) -> None:
        self._file: Any = None  # so that it can be closed where it cannot be opened
        system, path = filesystem(address)
        self._address = address
        with reaching(address):
            self._file = system.open(path, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with reaching(self._address):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed and self._file is not None:
            self._file.close()
        super().close()
