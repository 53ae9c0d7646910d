"""The output folder: on this machine, or at an address of fsspec with a copy of what is needed at hand.

What a commit needs of either: a file appears whole or not at all, in the order of the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from kyket.batch import files


class Folder:
    """A folder of this machine.

    Attributes:
        name: As the user gave it.
        path: Where files are made before they get their names.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.path = path

    def place(self, name: str) -> str:
        """What any process opens to read a file."""
        return str(self.path / name)

    def local(self, name: str) -> Path:
        """A file, on this machine.

        Raises:
            FileNotFoundError: there is none.
        """
        return self.path / name

    def names(self) -> list[str]:
        """What lies in the folder, sorted."""
        return sorted(path.name for path in self.path.iterdir())

    def size(self, name: str) -> int | None:
        """Of a file, in bytes; None where there is none."""
        path = self.path / name
        return path.stat().st_size if path.is_file() else None

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """A file to write that appears under its name whole, or not at all."""
        with files.replacing(self.path / name) as file:
            yield file

    def publish(self, temporary: str, name: str) -> None:
        """Give a file its name that lies, written and synced, in `path`."""
        files.publish(self.path / temporary, self.path / name)

    def append(self, name: str, length: int, data: bytes) -> None:
        """Write to a log behind its first `length` bytes."""
        with (self.path / name).open("r+b") as file:
            file.seek(length)
            file.write(data)
            files.sync(file)

    def cut(self, name: str, length: int) -> None:
        """Leave no more than the first `length` bytes of a log, which is made where it is missing."""
        path = self.path / name
        path.touch()
        with path.open("r+b") as file:
            file.truncate(length)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.path / name).unlink(missing_ok=True)


class RemoteFolder(Folder):
    """A folder at an address. Logs are kept here too and are sent whole, as stores of objects append nothing.

    Args:
        address: As the user gave it.
        system: Of fsspec, on which the address lies.
        root: The path there.
        scratch: An empty folder of this machine.
        check: Called before anything is sent; raises where another run has taken the folder.
    """

    def __init__(
        self, address: str, system: Any, root: str, scratch: Path, check: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(scratch)
        self.name = address
        self._system = system
        self._root = root.rstrip("/")
        self._check = check

    def place(self, name: str) -> str:
        """The address of a file."""
        return f"{self.name.rstrip('/')}/{name}"

    def local(self, name: str) -> Path:
        """A copy of a file, which is fetched the first time."""
        path = self.path / name
        if not path.exists():
            with failing(), files.replacing(path) as copy:
                self._system.get_file(self._at(name), copy.name)
        return path

    def names(self) -> list[str]:
        """What lies at the address, sorted."""
        with failing():
            if not self._system.isdir(self._root):
                return []
            found = self._system.ls(self._root, detail=False)
        return sorted(filter(None, (str(path).rstrip("/").rpartition("/")[2] for path in found)))

    def size(self, name: str) -> int | None:
        """Of a file, in bytes; None where there is none."""
        with failing():
            try:
                return int(self._system.info(self._at(name))["size"])
            except FileNotFoundError:
                return None

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """A file to write that is sent when it is whole."""
        with super().write(name) as file:
            yield file
        self._send(name)

    def publish(self, temporary: str, name: str) -> None:
        """Send a file under its name, and let go of it here."""
        self._send(name, temporary)
        (self.path / temporary).unlink()

    def append(self, name: str, length: int, data: bytes) -> None:
        """Write to a log and send it."""
        super().append(name, length, data)
        self._send(name)

    def cut(self, name: str, length: int) -> None:
        """Leave no more than so much of a log, there and here."""
        size = self.size(name)
        if size is not None:
            self.local(name)
        super().cut(name, length)
        if size != length:
            self._send(name)

    def remove(self, name: str) -> None:
        """Remove a file there and here."""
        super().remove(name)
        if self.size(name) is not None:
            with failing():
                self._system.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _send(self, name: str, temporary: str = "") -> None:
        self._check()
        with failing():
            self._system.put_file(str(self.path / (temporary or name)), self._at(name))


@contextmanager
def failing() -> Iterator[None]:
    """Raise whatever fsspec and what lies below it raise as `OSError`."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(" ".join(str(error).split())[:200] or type(error).__name__) from None
