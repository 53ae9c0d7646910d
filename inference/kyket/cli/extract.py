"""`kyket extract`: files in, documents out."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from kyket.cli.options import (
    MEGABYTE,
    Device,
    DeviceName,
    Encoding,
    Files,
    Input,
    MaxSize,
    Model,
    Output,
    Published,
    Tables,
    check_output,
)
from kyket.cli.reading import Run
from kyket.language import gettext as _


class Format(str, Enum):
    """What `--format` takes."""

    JSON = "json"
    TABLE = "table"
    HTML = "html"
    CSV = "csv"


def extract(
    files: Files,
    published: Published = None,
    format: Annotated[
        Format,
        typer.Option(
            help=_(
                "json: one object a line; table: for reading here; html: one page for all files; "
                "csv: one row an agreement."
            )
        ),
    ] = Format.JSON,
    input: Input = None,
    encoding: Encoding = None,
    model: Model = None,
    tables: Tables = None,
    max_size: MaxSize = 20,
    output: Output = None,
    device: Device = DeviceName.CPU,
) -> None:
    """Read articles and write what they say.

    Raises:
        typer.Exit: Always: 0 when every file was read, 1 when one was not.
        typer.BadParameter: An option is wrong; nothing has been read.
        BundleError: The model bundle is damaged; nothing has been read.
        DeviceError: There is no such device here; nothing has been read.
        TablesError: A table of one's own is wrong; nothing has been read.
    """
    import kyket
    from kyket import writing

    check_output(output, files)
    extractor = kyket.load(model, tables=tables, device=device.value)
    run = Run(extractor.read, published, input and input.value, encoding, max_size * MEGABYTE)
    run.write(files, writing.WRITERS[format.value], output)
    raise typer.Exit(1 if run.failed else 0)
