"""`kyket extract`: files in, documents out."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kyket.cli.commands import discard_stdout, message
from kyket.cli.options import MEGABYTE, Encoding, Model, Tables
from kyket.errors import KyketError, ReadingError
from kyket.language import gettext as _

if TYPE_CHECKING:
    from kyket.document import Article, Document
    from kyket.extractor import Extractor

STDIN = Path("-")


class Format(str, Enum):
    """What `--format` takes."""

    JSON = "json"
    TABLE = "table"
    HTML = "html"
    CSV = "csv"


class Kind(str, Enum):
    """What `--input` takes."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Device(str, Enum):
    """What `--device` takes."""

    CPU = "cpu"
    CUDA = "cuda"


def _day(value: str) -> str:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        datetime.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(_("{value} is not a day as YYYY-MM-DD").format(value=value)) from None
    return value


def extract(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=_("Files to read; - is standard input."))
    ],
    published: Annotated[
        str | None,
        typer.Option(
            parser=_day,
            metavar="YYYY-MM-DD",
            help=_("Day of publication; relative dates are counted from it. By default as the file says."),
        ),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            help=_(
                "json: one object a line; table: for reading here; html: one page for all files; "
                "csv: one row an agreement."
            )
        ),
    ] = Format.JSON,
    input: Annotated[
        Kind | None,
        typer.Option(help=_("What the files are. By default what their suffix says; standard input is txt.")),
    ] = None,
    encoding: Encoding = None,
    model: Model = None,
    tables: Tables = None,
    max_size: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="MB", help=_("Refuse files larger than this."))
    ] = 20,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Write to this file. By default to standard output.")),
    ] = None,
    device: Annotated[
        Device, typer.Option(help=_("What computes the network; cuda needs it in floats (docs/cuda.md)."))
    ] = Device.CPU,
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

    if output is not None and any(
        file.exists() and output.exists() and file.samefile(output) for file in files
    ):
        raise typer.BadParameter(_("this file is also to be read"), param_hint="--output")
    extractor = kyket.load(model, tables=tables, device=device.value)
    run = Run(extractor, published, input and input.value, encoding, max_size * MEGABYTE)
    try:
        opened = _open(output)
    except OSError as error:
        raise typer.BadParameter(error.strerror or str(error), param_hint="--output") from None
    try:
        with opened as out:
            writing.WRITERS[format.value](run.documents(_progress(files, output)), out)
            out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if output is None:
            discard_stdout()
        _say(_("cannot write: {reason}").format(reason=error.strerror or error))
        run.failed += 1
    raise typer.Exit(1 if run.failed else 0)


@dataclass
class Run:
    """Reads files one after the other; one that fails is named on standard error, and counted.

    Attributes:
        kind: What the files are; None to go by their suffix.
        max_bytes: Size of a file above which it fails.
        failed: How many have failed so far.
    """

    extractor: Extractor
    published: str | None
    kind: str | None
    encoding: str | None
    max_bytes: int
    failed: int = 0

    def documents(self, files: Iterable[Path]) -> Iterator[Document]:
        """Documents of the files that could be read, in order."""
        for file in files:
            try:
                document = self.extractor.read(self._article(file))
            except Exception as error:  # whatever it is, the other files are still to be done
                self.failed += 1
                _say(_reason(file, error))
            else:
                yield document

    def _article(self, file: Path) -> Article:
        from msgspec.structs import replace

        from kyket import reading

        if file == STDIN:
            data = sys.stdin.buffer.read(self.max_bytes + 1)
            if len(data) > self.max_bytes:
                size = self.max_bytes // MEGABYTE
                raise ReadingError(_("standard input: larger than the limit of {size} MB").format(size=size))
            article = reading.read_bytes(data, kind=self.kind or "txt", encoding=self.encoding)
        else:
            article = reading.read_file(
                file, kind=self.kind, encoding=self.encoding, max_bytes=self.max_bytes
            )
        return replace(article, published=self.published) if self.published else article


def _reason(file: Path, error: Exception) -> str:
    if isinstance(error, ReadingError):  # names the file itself
        return str(error)
    name = _("standard input") if file == STDIN else file
    if isinstance(error, KyketError):
        return f"{name}: {message(error)}"
    fault = _("this is a fault of kyket, please report it: {error}").format(error=repr(error))
    return f"{name}: {fault}"


def _say(text: str) -> None:
    print(f"kyket: {text}", file=sys.stderr)


def _open(output: Path | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if output is None else output.open("wb")


def _progress(files: list[Path], output: Path | None) -> Iterable[Path]:
    """The files; with a bar on standard error, where a person waits there for many and sees nothing else."""
    if len(files) == 1 or not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description=_("Reading"), console=Console(stderr=True), transient=True)
