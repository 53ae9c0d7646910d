"""Options that several commands have, each with the same name, help and parser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kyket.language import gettext as _

MEGABYTE = 1_000_000


def _encoding(value: str) -> str:
    from kyket.reading import check_encoding

    try:
        check_encoding(value)
    except ValueError:
        raise typer.BadParameter(_("{value} is not a known encoding").format(value=value)) from None
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
