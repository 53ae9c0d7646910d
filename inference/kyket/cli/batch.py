"""`kyket batch`: many articles in, shards of documents out."""

from __future__ import annotations

import sys
from enum import Enum
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Annotated

import typer

from kyket.cli.options import MEGABYTE, Device, DeviceName, Encoding, Model, Tables
from kyket.language import gettext as _

if TYPE_CHECKING:
    from kyket.batch import Columns, Progress


class ShardFormat(str, Enum):
    """What `--format` takes."""

    JSONL = "jsonl"
    PARQUET = "parquet"


class Engine(str, Enum):
    """What `--engine` takes."""

    LOCAL = "local"
    RAY = "ray"


class InputKind(str, Enum):
    """What `--input` takes."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    MHTML = "mhtml"
    EML = "eml"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help=_("Files, folders with all below them, patterns in quotes; - is standard input."),
        ),
    ],
    output: Annotated[
        str,
        typer.Argument(
            metavar="OUTPUT", help=_("Folder for the shards. The same command goes on where it stopped.")
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=_("Processes. By default as many as there are processors.")),
    ] = None,
    format: Annotated[ShardFormat, typer.Option(help=_("Format of the shards."))] = ShardFormat.JSONL,
    shard_size: Annotated[
        int, typer.Option(min=1, metavar="N", help=_("Articles a shard; what a stop can cost at most."))
    ] = 1000,
    input: Annotated[
        InputKind | None,
        typer.Option(help=_("What the files are. By default what their suffix says; standard input is txt.")),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help=_(
                "Where rows of jsonl and parquet have id, source, title, published or text "
                "under another name: text=body. Can be repeated."
            ),
        ),
    ] = None,
    encoding: Encoding = None,
    dedup: Annotated[
        bool,
        typer.Option("--dedup", help=_("Fold articles with (nearly) the same text into the first of them.")),
    ] = False,
    model: Model = None,
    tables: Tables = None,
    device: Device = DeviceName.CPU,
    max_size: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="MB", help=_("Refuse articles larger than this."))
    ] = 20,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help=_("Give an article up after so long."))
    ] = 60.0,
    engine: Annotated[
        Engine, typer.Option(help=_("local: processes of this machine; ray: actors of a cluster."))
    ] = Engine.LOCAL,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help=_("Address of the Ray cluster. By default what RAY_ADDRESS says, or this machine alone."),
        ),
    ] = None,
) -> None:
    """Read many articles and write what they say, in shards.

    Raises:
        typer.Exit: Always: 0 when every article was read, 1 when one was not or OUTPUT cannot be written.
        typer.BadParameter: An option is wrong; nothing has been read.
        KyketError: The output folder, the input or the bundle is not fit for it; nothing has been read.
    """
    from kyket import batch as room
    from kyket.batch.settings import model_fingerprint, tables_fingerprint

    if address is not None and engine is Engine.LOCAL:
        raise typer.BadParameter(_("only with --engine ray"), param_hint="--address")
    if device is not DeviceName.CPU and engine is Engine.RAY:
        raise typer.BadParameter(_("only with --engine local"), param_hint="--device")
    settings = room.Settings(
        model=model_fingerprint(model, device.value),
        version=_version(),
        format=format.value,
        shard_size=shard_size,
        kind=input and input.value,
        encoding=encoding,
        columns=_columns(column or []),
        max_bytes=max_size * MEGABYTE,
        time_limit=time_limit,
        dedup=dedup,
        device=device.value,
        tables=tables_fingerprint(tables) if tables else "",
    )
    job = room.Job(tuple(inputs), output, settings, model, workers, tables, engine.value, address)
    try:
        done = room.run(job)
    except room.OutputError as error:
        message = (
            _("cannot write to {folder}: {reason}; make room and give the same command again")
            if error.is_full
            else _("cannot write to {folder}: {reason}; mend that and give the same command again")
        )
        _say(message.format(folder=output, reason=error))
        if error.committed is not None:
            _summary(error.committed, output)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say(_("stopped; the same command goes on after the last whole shard"))
        raise
    _summary(done, output)
    raise typer.Exit(1 if done.errors else 0)


def _columns(given: list[str]) -> Columns:
    import msgspec

    from kyket.batch import Columns

    try:
        return msgspec.convert(dict(pair.split("=", 1) for pair in given), Columns)
    except ValueError:
        fields = "id, source, title, published, text"
        message = _("say FIELD=NAME, with a field of {fields}").format(fields=fields)
        raise typer.BadParameter(message, param_hint="--column") from None


def _version() -> str:
    try:
        return installed_version("kyket")
    except PackageNotFoundError:
        return "source"


def _summary(done: Progress, folder: str) -> None:
    _say(
        _("in {folder}: articles {articles}, documents {documents}, shards {shards}").format(
            articles=f"{done.articles:,}",
            folder=folder,
            documents=f"{done.documents:,}",
            shards=f"{done.shards:,}",
        )
    )
    if done.duplicates:
        _say(_("{number} folded into others: duplicates.jsonl").format(number=f"{done.duplicates:,}"))
    if done.errors:
        _say(_("{number} could not be read: errors.jsonl says why").format(number=f"{done.errors:,}"))


def _say(text: str) -> None:
    print(f"kyket: {text}", file=sys.stderr)
