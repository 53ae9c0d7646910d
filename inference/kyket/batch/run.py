"""A run from its beginning, or from where an earlier one stopped, to its end."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import msgspec

from kyket.batch import plan, pool
from kyket.batch.chunks import chunks
from kyket.batch.errors import BatchError
from kyket.batch.files import fingerprint, replacing
from kyket.batch.inputs import Found, find
from kyket.batch.plan import Planned
from kyket.batch.report import Report
from kyket.batch.settings import OPTIONS, Settings
from kyket.batch.store import (
    MANIFEST,
    PLAN,
    STDIN,
    Manifest,
    Progress,
    Store,
    locked,
    read_manifest,
    write_json,
    writing,
)
from kyket.language import gettext as _

_PIECE = 1 << 20


class Job(msgspec.Struct, frozen=True):
    """What to read and where to write.

    Attributes:
        inputs: Files, folders and patterns; `-` is standard input.
        output: A folder; new, empty, or of an earlier run of the same job.
        model: Folder of the bundle; None for the one that ships.
        workers: Processes; None for as many as there are processors to use.
    """

    inputs: tuple[str, ...]
    output: Path
    settings: Settings
    model: Path | None = None
    workers: int | None = None


def run(job: Job) -> Progress:
    """Read all articles of the input that the output folder does not have yet.

    Killed at any moment and run again, it leaves the same files as if nothing had happened.

    Raises:
        BatchError: the folder is in use, or was started with other settings or another input;
            standard input is named twice.
        OutputError: the disk is full or broken; what was committed stays, and the same job goes on there.
    """
    if job.inputs.count("-") > 1:
        raise BatchError(_("-: standard input can be read only once; name it once"))
    with locked(job.output):
        manifest = _begin(job)
        with closing(Store(job.output, job.settings)) as store, Report(manifest.bytes) as report:
            if not store.progress.finished:
                _work(job, store, report)
            return store.progress


def _work(job: Job, store: Store, report: Report) -> None:
    start = store.progress
    planned = plan.read(job.output / PLAN)
    work = chunks(planned, job.settings, start.after, start.articles, lambda file: _located(job, file))
    after = start.after
    bytes_read: int | None = None  # until the first chunk says how much of it was read by an earlier run

    def tick() -> None:
        if bytes_read is not None:
            report.show(store.articles, store.errors, bytes_read)

    workers = job.workers or pool.processors()
    with closing(pool.results(work, job.settings, job.model, workers, tick)) as results:
        for chunk, of_chunk in results:
            for item, result in zip(chunk.items, of_chunk, strict=True):
                store.add(item, result)
            bytes_read, after = chunk.bytes_read, chunk.after
            if store.articles % job.settings.shard_size == 0:
                store.commit(after)
            tick()
    if store.articles > store.progress.articles or store.progress.shards == 0:
        store.commit(after)
    store.finish()


def _begin(job: Job) -> Manifest:
    """The manifest of the folder: written now, or compared with the job."""
    manifest = read_manifest(job.output)
    if manifest is not None:
        _check_settings(job, manifest)
        plan.check(plan.read(job.output / PLAN), _look(job, keep=False))
        return manifest
    with writing(), replacing(job.output / PLAN) as file:
        total = plan.write(_look(job, keep=True), file)
    manifest = Manifest(
        settings=job.settings, inputs=job.inputs, plan=fingerprint(job.output / PLAN), bytes=total
    )
    with writing():
        write_json(job.output / MANIFEST, manifest)
    return manifest


def _check_settings(job: Job, manifest: Manifest) -> None:
    ours, theirs = msgspec.to_builtins(job.settings), msgspec.to_builtins(manifest.settings)
    different = [OPTIONS[name] for name in ours if ours[name] != theirs[name]]
    if job.inputs != manifest.inputs:
        different.append("INPUT")
    if different:
        message = _("{folder}: was started with another {names}; say the same, or name another OUTPUT")
        raise BatchError(message.format(folder=job.output, names=", ".join(different)))
    if fingerprint(job.output / PLAN) != manifest.plan:
        message = _("{name}: missing or damaged since the run wrote it; put it back, or name another OUTPUT")
        raise BatchError(message.format(name=job.output / PLAN))


def _look(job: Job, *, keep: bool) -> Iterator[Found | Planned]:
    """The input as it is now; standard input is kept in a file where nothing of it is there yet."""
    for name in job.inputs:
        if name == "-":
            yield _standard_input(job, keep)
        else:
            yield from find([name], job.settings.kind, job.output)


def _standard_input(job: Job, keep: bool) -> Planned:
    """What standard input holds, copied to the output as it is hashed where it is to be kept."""
    sha256, size = hashlib.sha256(), 0
    with replacing(job.output / STDIN) if keep else nullcontext() as copy:
        while piece := sys.stdin.buffer.read(_PIECE):
            sha256.update(piece)
            size += len(piece)
            if copy is not None:
                copy.write(piece)
    return Planned("-", job.settings.kind or "txt", size=size, sha256=sha256.hexdigest())


def _located(job: Job, file: Planned) -> Path:
    return job.output / STDIN if file.path == "-" else Path(file.path)
