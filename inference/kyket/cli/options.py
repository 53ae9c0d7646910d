"""Options that several commands have, each with the same name, help and parser."""

from __future__ import annotations

import datetime
import re
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kyket.language import gettext as _

MEGABYTE = 1_000_000


class Kind(str, Enum):
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


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise typer.BadParameter(_("{value} is not a day as YYYY-MM-DD").format(value=value))
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(_("there is no day {value}").format(value=value)) from None
    return value


class DeviceName(str, Enum):
    """What `--device` takes."""

    CPU = "cpu"
    CUDA = "cuda"


def _encoding(value: str) -> str:
    from kyket.reading import check_encoding

    try:
        check_encoding(value)
    except ValueError:
        from kyket.reading.encodings import VIETNAMESE

        message = _("{value} is not a known encoding; for Vietnamese text it is one of {names}")
        raise typer.BadParameter(message.format(value=value, names=", ".join(VIETNAMESE))) from None
    return value


Encoding = Annotated[
    str | None,
    typer.Option(
        parser=_encoding,
        metavar="NAME",
        help=_("Encoding of the files, such as windows-1258 or tcvn3. By default UTF-8."),
    ),
]
Model = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help=_("Model bundle. By default the one that comes with kyket.")),
]
Tables = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help=_("Folder of your own abbreviations, aliases and places (TSV).")),
]
Device = Annotated[
    DeviceName,
    typer.Option(help=_("What computes the network; cuda needs it in floats (docs/cuda.md).")),
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help=_("Files to read; - is standard input."))]
Published = Annotated[
    str | None,
    typer.Option(
        parser=_day,
        metavar="YYYY-MM-DD",
        help=_("Day of publication; relative dates are counted from it. By default as the file says."),
    ),
]
Input = Annotated[
    Kind | None,
    typer.Option(help=_("What the files are. By default what their suffix says; standard input is txt.")),
]
MaxSize = Annotated[
    int, typer.Option(min=1, max=100_000, metavar="MB", help=_("Refuse files larger than this."))
]
Output = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help=_("Write to this file. By default to standard output.")),
]


def check_output(output: Path | None, files: list[Path]) -> None:
    """See to it that no file is written over that is also read.

    Raises:
        typer.BadParameter: One would be.
    """
    if output is not None and any(
        file.exists() and output.exists() and file.samefile(output) for file in files
    ):
        raise typer.BadParameter(_("this file is also to be read"), param_hint="--output")
