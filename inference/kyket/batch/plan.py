"""The plan of a run: its input files and their fingerprints, as lines of JSON in the output folder.

The plan is written once, before the first article is read. Whoever goes on with the run looks the input up
again and compares, so that half of the output cannot come from other files than the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

import msgspec

from kyket.batch import places
from kyket.batch.errors import BatchError
from kyket.batch.files import fingerprint
from kyket.batch.inputs import Found
from kyket.language import gettext as _


class Planned(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of the input as it was when the run began.

    Attributes:
        path: As in `Found`; also `kind`, `packing` and `fault`.
        size: In bytes.
        modified: Nanoseconds since 1970; 0 where nobody knows.
        sha256: Of its content, in hex.
    """

    path: str
    kind: str
    packing: str = ""
    size: int = 0
    modified: int = 0
    sha256: str = ""
    fault: str = ""

    @property
    def source(self) -> str:
        """What it is called in documents and errors."""
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write(found: Iterable[Found | Planned], out: BinaryIO) -> int:
    """Write the plan, reading every file for its fingerprint; gives the size of the input in bytes."""
    total = 0
    for file in map(_look_up, found):
        # ASCII, in which paths that are no text survive too
        out.write(json.dumps(msgspec.to_builtins(file)).encode() + b"\n")
        total += file.size
    return total


def read(path: Path) -> Iterator[Planned]:
    """The files of a plan, in their order."""
    with path.open("rb") as lines:
        for line in lines:
            yield msgspec.convert(json.loads(line), Planned)


def check(planned: Iterable[Planned], found: Iterable[Found | Planned]) -> None:
    """Compare a plan with the input as it is now; a content is read only where size or time have changed.

    Raises:
        BatchError: a file has changed, is gone or is new; the message names the first.
    """
    for then, now in zip_longest(planned, found):
        if then is None or now is None or not _is_unchanged(then, now):
            name = (Planned(now.path, now.kind) if now else then).source
            raise BatchError(
                _("{name}: changed since this folder was started; name another OUTPUT").format(name=name)
            )


def _is_unchanged(then: Planned, found: Found | Planned) -> bool:
    if (then.path, then.kind, then.packing) != (found.path, found.kind, found.packing):
        return False
    now = found if isinstance(found, Planned) else _stat(found)
    if then.fault or now.fault:
        return then.fault == now.fault
    if then.size != now.size:
        return False
    if now.sha256:  # of standard input, which has no time
        return then.sha256 == now.sha256
    return then.modified == now.modified != 0 or then.sha256 == _look_up(found).sha256


def _look_up(found: Found | Planned) -> Planned:
    """A file as it is now, its content read for the fingerprint."""
    if isinstance(found, Planned):
        return found
    now = _stat(found)
    try:
        return now if now.fault else msgspec.structs.replace(now, sha256=fingerprint(found.path))
    except OSError as error:
        return _faulty(found, error)


def _stat(found: Found) -> Planned:
    if found.fault:
        return Planned(found.path, found.kind, found.packing, fault=found.fault)
    try:
        size, modified = places.stat(found.path)
    except (OSError, ValueError) as error:  # ValueError for a NUL in the path
        return _faulty(found, error)
    return Planned(found.path, found.kind, found.packing, size=size, modified=modified)


def _faulty(found: Found, error: OSError | ValueError) -> Planned:
    if isinstance(error, FileNotFoundError):
        fault = "no such file; check the path"
    elif isinstance(error, PermissionError):
        fault = "no permission to read it"
    else:
        fault = f"cannot be read ({getattr(error, 'strerror', None) or error})"
    return Planned(found.path, found.kind, found.packing, fault=fault)
