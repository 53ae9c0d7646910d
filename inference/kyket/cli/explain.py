"""`kyket explain`: files in, out where each value of their agreement records comes from."""

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

    TEXT = "text"
    JSON = "json"


def explain(
    files: Files,
    published: Published = None,
    format: Annotated[
        Format, typer.Option(help=_("text: for reading here; json: one object a line."))
    ] = Format.TEXT,
    input: Input = None,
    encoding: Encoding = None,
    model: Model = None,
    tables: Tables = None,
    max_size: MaxSize = 20,
    output: Output = None,
    device: Device = DeviceName.CPU,
) -> None:
    """Read articles and say where each value of their agreement records comes from.

    Raises:
        typer.Exit: Always: 0 when every file was read, 1 when one was not.
        typer.BadParameter: An option is wrong; nothing has been read.
        BundleError: The model bundle is damaged; nothing has been read.
        DeviceError: There is no such device here; nothing has been read.
        TablesError: A table of one's own is wrong; nothing has been read.
    """
    import kyket
    from kyket.writing import reasons

    check_output(output, files)
    extractor = kyket.load(model, tables=tables, device=device.value)
    run = Run(extractor.explain, published, input and input.value, encoding, max_size * MEGABYTE)
    run.write(files, reasons.json_lines if format is Format.JSON else reasons.text, output)
    raise typer.Exit(1 if run.failed else 0)
