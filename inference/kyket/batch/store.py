"""The output folder: what is in it after a crash, and how a run goes on from there.

    manifest.json      settings and fingerprint of the input; its appearance is the beginning of the run
    inputs.jsonl       the plan: every input file with its fingerprint
    shard-000000.jsonl documents of articles 0 to shard_size - 1, and so on
    shards.jsonl       a line for each shard
    errors.jsonl       a line for each article without a document, with the reason
    duplicates.jsonl   a line for each article that was folded into an earlier one
    progress.json      how far the run is; its replacement is the commit

A commit takes four steps, each on disk before the next begins: the shard gets its name; lines are added to
the logs; the index of duplicates is committed; progress.json, with the place in the input and the lengths
of the logs, is replaced. Killed before the last step, the run is where it was: `recover` cuts the logs to
the lengths that progress.json has, removes a shard that it does not count, and the index forgets articles
that it does not count. Killed after it, the step is done. Nothing else decides what comes next, and
articles are committed in the order of the input, so that each is in exactly one of a shard, errors.jsonl
and duplicates.jsonl.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import msgspec

from kyket.batch.duplicates import NAME as INDEX
from kyket.batch.duplicates import Duplicates
from kyket.batch.errors import BatchError, OutputError
from kyket.batch.files import fingerprint
from kyket.batch.folder import Folder
from kyket.batch.items import Head, Item, Position, Result
from kyket.batch.settings import Settings
from kyket.batch.shards import FORMATS, Shard
from kyket.language import gettext as _

MANIFEST = "manifest.json"
PLAN = "inputs.jsonl"
PROGRESS = "progress.json"
STDIN = "stdin"
LOCK = ".lock"
SHARDS, ERRORS, DUPLICATES = LOGS = ("shards.jsonl", "errors.jsonl", "duplicates.jsonl")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL = 13  # of its C interface
TEMPORARY = "shard.tmp"
BEFORE_MANIFEST = {LOCK, PLAN, STDIN, f"{PLAN}.tmp", f"{STDIN}.tmp", f"{MANIFEST}.tmp"}

_T = TypeVar("_T")


class Manifest(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a folder was started with.

    Attributes:
        inputs: As the command line named them.
        plan: SHA-256 of inputs.jsonl, in hex.
        bytes: Size of the input.
    """

    settings: Settings
    inputs: tuple[str, ...]
    plan: str
    bytes: int


class Progress(msgspec.Struct, kw_only=True, frozen=True):
    """How far a run is, in committed articles of the input.

    Attributes:
        articles: All; the sum of `documents`, `errors` and `duplicates`.
        after: The place in the input behind them.
        lengths: Of the logs, in bytes.
    """

    articles: int = 0
    documents: int = 0
    errors: int = 0
    duplicates: int = 0
    shards: int = 0
    after: Position = Position()
    lengths: dict[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(LOGS, 0))
    finished: bool = False


@contextmanager
def writing() -> Iterator[None]:
    """Raise what the disk refuses as `OutputError`."""
    try:
        yield
    except sqlite3.Error as error:
        is_full = getattr(error, "sqlite_errorcode", None) == _SQLITE_FULL
        raise OutputError(str(error), is_full=is_full) from None
    except OSError as error:
        raise OutputError(error.strerror or str(error), is_full=error.errno in _FULL) from None


def read_manifest(folder: Folder) -> Manifest | None:
    """What a folder was started with; None where no run has begun.

    Raises:
        BatchError: it is damaged, or of another version of kyket.
        OutputError: it cannot be read.
    """
    return _read(folder, MANIFEST, Manifest)


def read_progress(folder: Folder) -> Progress:
    """How far the run of a folder is.

    Raises:
        BatchError: it is damaged.
        OutputError: it cannot be read.
    """
    return _read(folder, PROGRESS, Progress) or Progress()


def write_json(folder: Folder, name: str, data: msgspec.Struct) -> None:
    """Write a small file that appears whole or not at all."""
    with folder.write(name) as file:
        file.write(msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n")


class _ShardLine(msgspec.Struct, frozen=True):
    name: str
    first: int
    articles: int
    documents: int
    bytes: int
    sha256: str


class Store:
    """Takes results in the order of the input and commits them, shard by shard. For one thread.

    Args:
        folder: The output, locked and with a manifest.
    """

    def __init__(self, folder: Folder, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self.progress = read_progress(folder)
        with writing():
            recover(folder, settings, self.progress)
            self._duplicates = Duplicates(folder.path, self.progress.articles) if settings.dedup else None
        self._shard: Shard | None = None
        self._lines: dict[str, list[bytes]] = {name: [] for name in LOGS}
        self._documents = 0

    @property
    def articles(self) -> int:
        """How many articles of the input are done, those included that are not committed yet."""
        return self.progress.articles + self._documents + sum(map(len, self._lines.values()))

    @property
    def errors(self) -> int:
        """How many of those have no document."""
        return self.progress.errors + len(self._lines[ERRORS])

    def add(self, item: Item, result: Result) -> None:
        """Take the result of the next article.

        Raises:
            OutputError: the disk is full or broken.
        """
        with writing():
            number = self.articles
            if result.reason:
                line = {"article": number, "id": item.id, "source": item.source, "reason": result.reason}
                self._lines[ERRORS].append(msgspec.json.encode(line))
            elif not self._is_duplicate(number, result):
                self._open_shard().add(result.document)
                self._documents += 1

    def _is_duplicate(self, number: int, result: Result) -> bool:
        """Fold an article into an earlier one that has the same text, or nearly."""
        if self._duplicates is None or not result.signature:
            return False
        head = msgspec.json.decode(result.document, type=Head)
        earlier = self._duplicates.find(result.signature)
        if earlier is None:
            self._duplicates.add(number, head, result.signature)
            return False
        line = {"article": number, **msgspec.structs.asdict(head), "of": earlier}
        self._lines[DUPLICATES].append(msgspec.json.encode(line))
        return True

    def _open_shard(self) -> Shard:
        if self._shard is None:
            self._shard = FORMATS[self._settings.format](self._folder.path / TEMPORARY)
        return self._shard

    def commit(self, after: Position) -> None:
        """Have all that was added in the folder, as one shard.

        Args:
            after: The place in the input behind it.

        Raises:
            OutputError: the disk is full or broken; the folder stays as it was at the last commit.
        """
        with writing():
            before, articles = self.progress, self.articles
            shard = self._open_shard()
            shard.finish()
            self._shard = None
            temporary = self._folder.path / TEMPORARY
            name = shard_name(before.shards, self._settings)
            line = _ShardLine(
                name,
                before.articles,
                articles - before.articles,
                self._documents,
                temporary.stat().st_size,
                fingerprint(temporary),
            )
            self._folder.publish(TEMPORARY, name)
            self._lines[SHARDS] = [msgspec.json.encode(line)]
            lengths = {name: self._append(name, before.lengths[name]) for name in LOGS}
            if self._duplicates:
                self._duplicates.commit()
            self._advance(
                articles=articles,
                documents=before.documents + self._documents,
                errors=before.errors + len(self._lines[ERRORS]),
                duplicates=before.duplicates + len(self._lines[DUPLICATES]),
                shards=before.shards + 1,
                after=after,
                lengths=lengths,
            )
            self._documents = 0
            self._lines = {name: [] for name in LOGS}

    def finish(self) -> None:
        """Say that there is no more to come."""
        with writing():
            self._advance(finished=True)

    def close(self) -> None:
        """Let go of all files; what is not committed is forgotten."""
        if self._shard is not None:
            self._shard.abandon()
        if self._duplicates is not None:
            self._duplicates.close()
        with suppress(OSError):
            (self._folder.path / TEMPORARY).unlink(missing_ok=True)

    def _append(self, name: str, length: int) -> int:
        """Add the waiting lines to a log; gives its new length."""
        lines = b"".join(line + b"\n" for line in self._lines[name])
        if lines:
            self._folder.append(name, length, lines)
        return length + len(lines)

    def _advance(self, **changes: object) -> None:
        progress = msgspec.structs.replace(self.progress, **changes)
        write_json(self._folder, PROGRESS, progress)
        self.progress = progress


def shard_name(number: int, settings: Settings) -> str:
    """The name of a shard by its number from 0."""
    return f"shard-{number:06d}.{settings.format}"


def recover(folder: Folder, settings: Settings, progress: Progress) -> None:
    """Take back whatever a run did after its last commit.

    Raises:
        BatchError: a file that is committed is missing or cut short.
    """
    folder.remove(shard_name(progress.shards, settings))
    for name in (TEMPORARY, f"{PROGRESS}.tmp"):
        (folder.path / name).unlink(missing_ok=True)
    for name, length in progress.lengths.items():
        if (folder.size(name) or 0) < length:
            raise _missing(folder, name)
        folder.cut(name, length)
    if progress.shards and settings.dedup and folder.size(INDEX) is None:
        raise _missing(folder, INDEX)
    with folder.local(SHARDS).open("rb") as lines:
        for line in map(msgspec.json.Decoder(_ShardLine).decode, lines):
            if folder.size(line.name) != line.bytes:
                raise _missing(folder, line.name)


def _missing(folder: Folder, name: str) -> BatchError:
    message = _("{name}: missing or damaged since the run wrote it; put it back, or name another OUTPUT")
    return BatchError(message.format(name=folder.place(name)))


def _read(folder: Folder, name: str, type: type[_T]) -> _T | None:
    try:
        data = folder.local(name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None
    try:
        return msgspec.json.decode(data, type=type)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _missing(folder, name) from None
