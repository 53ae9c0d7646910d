"""A run from its beginning, or from where an earlier one stopped, to its end."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Literal

import msgspec

from kyket.batch import plan, pool
from kyket.batch.chunks import chunks
from kyket.batch.errors import BatchError, OutputError
from kyket.batch.files import fingerprint
from kyket.batch.folder import Folder
from kyket.batch.inputs import Found, find, is_there
from kyket.batch.items import Chunk, Result
from kyket.batch.locks import locked
from kyket.batch.places import is_address
from kyket.batch.plan import Planned
from kyket.batch.report import Report
from kyket.batch.settings import OPTIONS, Resources, Settings
from kyket.batch.store import (
    MANIFEST,
    PLAN,
    STDIN,
    Manifest,
    Progress,
    Store,
    read_manifest,
    write_json,
    writing,
)
from kyket.language import gettext as _

_PIECE = 1 << 20


class Job(msgspec.Struct, frozen=True):
    """What to read and where to write.

    Attributes:
        inputs: Files, folders and patterns, also at addresses of fsspec; `-` is standard input.
        output: A folder, or the address of one; new, empty, or of an earlier run of the same job.
        model: Folder of the bundle; None for the one that ships.
        workers: Processes; None for as many as there are processors to use.
        tables: Folder of the user's own names; None for none.
        engine: `local` for processes of this machine, `ray` for actors of a cluster.
        address: Of the cluster; None for the one that RAY_ADDRESS names, else one of this machine alone.
    """

    inputs: tuple[str, ...]
    output: Path | str
    settings: Settings
    model: Path | None = None
    workers: int | None = None
    tables: Path | None = None
    engine: Literal["local", "ray"] = "local"
    address: str | None = None

    @property
    def resources(self) -> Resources:
        """What its workers load."""
        model, tables = (str(path.absolute()) if path else None for path in (self.model, self.tables))
        return Resources(model, tables)


def run(job: Job) -> Progress:
    """Read all articles of the input that the output folder does not have yet.

    Killed at any moment and run again, it leaves the same files as if nothing had happened.

    Raises:
        BatchError: the folder is in use, or was started with other settings or another input;
            standard input is named twice, or nothing of the input is there.
        DeviceError: this machine has no such device.
        OutputError: the disk is full or broken; what was committed stays, and the same job goes on there.
    """
    if job.inputs.count("-") > 1:
        raise BatchError(_("-: standard input can be read only once; name it once"))
    if _is_new(job.output):
        _check_input(job)
    if job.settings.dedup and is_address(str(job.output)):
        raise BatchError(_("--dedup keeps an index that grows; it needs an OUTPUT on this machine"))
    engine = _engine(job)
    with locked(job.output) as folder:
        passed_over: Counter[str] = Counter()
        manifest = _begin(job, folder, passed_over)
        with closing(Store(folder, job.settings)) as store, Report(manifest.bytes) as report:
            report.passed_over(passed_over)
            try:
                if not store.progress.finished:
                    _work(job, folder, store, report, engine)
            except OutputError as error:
                error.committed = store.progress
                raise
            return store.progress


def _is_new(output: Path | str) -> bool:
    """Whether a folder of this machine is not there or empty; else its own check comes first."""
    if is_address(str(output)):
        return False
    try:
        return not any(Path(output).iterdir())
    except OSError as error:
        return isinstance(error, FileNotFoundError)


def _check_input(job: Job) -> None:
    if not any(map(is_there, job.inputs)):
        message = _("{names}: no such file or folder; check the path")
        raise BatchError(message.format(names=", ".join(job.inputs)))


_Results = Generator[tuple[Chunk, list[Result]], None, None]
_Engine = Callable[[Iterator[Chunk], Callable[[], None]], _Results]


def _engine(job: Job) -> _Engine:
    """What has the chunks read, and gives them back in their order with their results."""
    settings, resources = job.settings, job.resources
    if job.engine == "ray":
        from kyket.batch import cluster

        return lambda work, tick: cluster.results(work, settings, resources, job.workers, job.address, tick)
    if settings.device != "cpu":
        from kyket.tagging import provider_of  # with the runtime, which otherwise only the workers load

        provider_of(settings.device)  # found out before the folder is begun
    workers = job.workers or pool.processors()
    return lambda work, tick: pool.results(work, settings, resources, workers, tick)


def _work(job: Job, folder: Folder, store: Store, report: Report, engine: _Engine) -> None:
    start = store.progress
    planned = plan.read(folder.local(PLAN))
    work = chunks(planned, job.settings, start.after, start.articles, lambda file: _located(folder, file))
    after = start.after
    bytes_read: int | None = None  # until the first chunk says how much of it was read by an earlier run

    def tick() -> None:
        if bytes_read is not None:
            report.show(store.articles, store.errors, bytes_read)

    with closing(engine(work, tick)) as results:
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


def _begin(job: Job, folder: Folder, passed_over: Counter[str]) -> Manifest:
    """The manifest of the folder: written now, or compared with the job; counts what is passed over."""
    manifest = read_manifest(folder)
    if manifest is not None:
        _check_settings(job, folder, manifest)
        plan.check(plan.read(folder.local(PLAN)), _look(job, folder, passed_over, keep=False))
        return manifest
    _check_input(job)
    with writing(), folder.write(PLAN) as file:
        total = plan.write(_look(job, folder, passed_over, keep=True), file)
    manifest = Manifest(
        settings=job.settings, inputs=job.inputs, plan=fingerprint(folder.local(PLAN)), bytes=total
    )
    with writing():
        write_json(folder, MANIFEST, manifest)
    return manifest


def _check_settings(job: Job, folder: Folder, manifest: Manifest) -> None:
    ours, theirs = msgspec.to_builtins(job.settings), msgspec.to_builtins(manifest.settings)
    different = [OPTIONS[name] for name in ours if ours[name] != theirs[name]]
    if job.inputs != manifest.inputs:
        different.append("INPUT")
    if different:
        message = _("{folder}: was started with another {names}; say the same, or name another OUTPUT")
        raise BatchError(message.format(folder=folder.name, names=", ".join(different)))
    if fingerprint(folder.local(PLAN)) != manifest.plan:
        message = _("{name}: missing or damaged since the run wrote it; put it back, or name another OUTPUT")
        raise BatchError(message.format(name=folder.place(PLAN)))


def _look(job: Job, folder: Folder, passed_over: Counter[str], *, keep: bool) -> Iterator[Found | Planned]:
    """The input as it is now; standard input is kept in a file where nothing of it is there yet."""
    for name in job.inputs:
        if name == "-":
            yield _standard_input(job, folder, keep)
        else:
            yield from find([name], job.settings.kind, job.output, passed_over)


def _standard_input(job: Job, folder: Folder, keep: bool) -> Planned:
    """What standard input holds, copied to the output as it is hashed where it is to be kept."""
    sha256, size = hashlib.sha256(), 0
    with folder.write(STDIN) if keep else nullcontext() as copy:
        while piece := sys.stdin.buffer.read(_PIECE):
            sha256.update(piece)
            size += len(piece)
            if copy is not None:
                copy.write(piece)
    return Planned("-", job.settings.kind or "txt", size=size, sha256=sha256.hexdigest())


def _located(folder: Folder, file: Planned) -> str:
    """What a process in any folder of any machine opens, where that has the same files."""
    place = folder.place(STDIN) if file.path == "-" else file.path
    return place if is_address(place) else str(Path(place).absolute())
