"""One run a folder: the kernel's lock on this machine, a lease at an address."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import filelock

from kyket.batch.errors import BatchError
from kyket.batch.folder import Folder, RemoteFolder, failing
from kyket.batch.places import filesystem, is_address
from kyket.batch.store import BEFORE_MANIFEST, LOCK, MANIFEST, writing
from kyket.language import gettext as _

_BEAT = 5.0  # seconds from one sign of life of a lease to the next
_PATIENCE = 4 * _BEAT  # seconds without one after which its run is taken for dead


@contextmanager
def locked(output: str | Path) -> Iterator[Folder]:
    """The output folder, made where it is missing, for this process alone.

    Raises:
        BatchError: another run has it, or it is not a folder that a run began.
        OutputError: it cannot be made.
    """
    with _leased(str(output)) if is_address(str(output)) else _of_this_machine(Path(output)) as folder:
        with writing():
            others = [name for name in folder.names() if name not in BEFORE_MANIFEST]
            if others and MANIFEST not in others:
                folder.remove(LOCK)
                message = _("{folder}: has other files in it ({name}); name another OUTPUT")
                raise BatchError(message.format(folder=folder.name, name=others[0]))
        yield folder


@contextmanager
def _of_this_machine(path: Path) -> Iterator[Folder]:
    """Locked by the kernel, which a kill ends too."""
    with writing():
        for above in (path, *path.parents):
            if above.exists() and not above.is_dir():
                message = _("{folder}: is a file; the last argument is the folder for the shards")
                raise BatchError(message.format(folder=above))
        path.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(path / LOCK, timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise _in_use(str(path)) from None
    try:
        yield Folder(path)
    finally:
        lock.release()


@contextmanager
def _leased(address: str) -> Iterator[Folder]:
    with writing():
        system, root = filesystem(address)
        lease = _Lease(system, f"{root.rstrip('/')}/{LOCK}", address)
    try:
        with TemporaryDirectory(prefix="kyket-") as scratch:
            yield RemoteFolder(address, system, root, Path(scratch), lease.check)
    finally:
        lease.end()


class _Lease:
    """A file that its holder writes anew every few seconds: where it stays the same, the holder is dead.

    No clock is compared with another machine's. As not every store has a write on condition, two runs that
    begin at one moment may both do so; the one that finds the other's mark ends at its next commit.
    """

    def __init__(self, system: Any, path: str, name: str) -> None:
        self._system, self._path, self._name = system, path, name
        self._mark = secrets.token_hex(8)
        self._beats = 0
        self._is_lost = False
        self._ended = threading.Event()
        self._wait_for_the_dead()
        with failing():
            self._beat()
        self._heard = time.monotonic()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """See that this run still has the folder.

        Raises:
            BatchError: it has not, or has shown no sign of life for so long that another may have taken it.
        """
        if self._is_lost or time.monotonic() - self._heard > _PATIENCE:
            raise _in_use(self._name)

    def end(self) -> None:
        """Give the folder back."""
        self._ended.set()
        self._thread.join()
        with suppress(Exception):
            if self._is_ours():  # where no sign of life came through, another may have it by now
                self._system.rm_file(self._path)

    def _wait_for_the_dead(self) -> None:
        found = first = self._read()
        deadline = time.monotonic() + _PATIENCE
        while found is not None and time.monotonic() < deadline:
            time.sleep(_BEAT / 5)
            found = self._read()
            if found is not None and found != first:
                raise _in_use(self._name)

    def _read(self) -> bytes | None:
        with failing():
            try:
                return bytes(self._system.cat_file(self._path))
            except FileNotFoundError:
                return None

    def _is_ours(self) -> bool:
        found = self._read()
        return found is not None and found.startswith(self._mark.encode())

    def _beat(self) -> None:
        self._beats += 1
        self._system.pipe_file(self._path, f"{self._mark} {self._beats}".encode())

    def _live(self) -> None:
        while not self._ended.wait(_BEAT):
            with suppress(Exception):  # of a moment; `check` sees one that stays
                if not self._is_ours():
                    self._is_lost = True
                    return
                self._beat()
                self._heard = time.monotonic()


def _in_use(folder: str) -> BatchError:
    message = _("{folder}: another run is writing there; let it end, or name another OUTPUT")
    return BatchError(message.format(folder=folder))
