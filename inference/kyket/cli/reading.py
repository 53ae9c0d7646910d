"""What commands that read files have in common: files in, results out, what fails named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

import typer

from kyket.cli.commands import discard_stdout, message
from kyket.cli.options import MEGABYTE
from kyket.errors import KyketError, ReadingError
from kyket.language import gettext as _

if TYPE_CHECKING:
    from kyket.document import Article, Document
    from kyket.explanation import Explanation

STDIN = Path("-")
Result = TypeVar("Result", bound="Document | Explanation")


@dataclass
class Run(Generic[Result]):
    """Reads files one after the other; one that fails is named on standard error, and counted.

    Attributes:
        read: What is done with each article.
        kind: What the files are; None to go by their suffix.
        max_bytes: Size of a file above which it fails.
        failed: How many have failed so far.
    """

    read: Callable[[Article], Result]
    published: str | None
    kind: str | None
    encoding: str | None
    max_bytes: int
    failed: int = 0

    def write(
        self,
        files: list[Path],
        writer: Callable[[Iterable[Result], BinaryIO], None],
        output: Path | None,
    ) -> None:
        """Write the results of all files that can be read to a file, or to standard output.

        Raises:
            typer.BadParameter: The file cannot be written to; nothing has been read.
        """
        try:
            opened = _open(output)
        except OSError as error:
            raise typer.BadParameter(f"{output}: {_why_not(error, output)}", param_hint="--output") from None
        try:
            with opened as out:
                writer(self._results(_progress(files, output)), out)
                out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            if output is None:
                discard_stdout()
            _say(_("cannot write: {reason}").format(reason=error.strerror or error))
            self.failed += 1

    def _results(self, files: Iterable[Path]) -> Iterator[Result]:
        """Results of the files that could be read, in order."""
        for file in files:
            try:
                result = self.read(self._article(file))
            except Exception as error:  # whatever it is, the other files are still to be done
                self.failed += 1
                _say(_reason(file, error))
            else:
                from kyket.reading.vietnamese import DOUBTS

                for warning in result.warnings:
                    if warning.message in DOUBTS:
                        _say(f"{_name(file)}: {_(warning.message)}")
                yield result

    def _article(self, file: Path) -> Article:
        from msgspec.structs import replace

        from kyket import reading

        if file == STDIN:
            data = sys.stdin.buffer.read(self.max_bytes + 1)
            if len(data) > self.max_bytes:
                size = self.max_bytes // MEGABYTE
                raise ReadingError("standard input: larger than the limit of {size} MB", size=size)
            article = reading.read_bytes(data, kind=self.kind or "txt", encoding=self.encoding)
        else:
            article = reading.read_file(
                file, kind=self.kind, encoding=self.encoding, max_bytes=self.max_bytes
            )
        return replace(article, published=self.published) if self.published else article


def _reason(file: Path, error: Exception) -> str:
    if isinstance(error, ReadingError):  # names the file itself
        if file == STDIN and error.source:
            error.source = _name(file)
        return message(error)
    name = _name(file)
    if isinstance(error, KyketError):
        return f"{name}: {message(error)}"
    fault = _("this is a fault of kyket, please report it: {error}").format(error=repr(error))
    return f"{name}: {fault}"


def _name(file: Path) -> str:
    return _("standard input") if file == STDIN else str(file)


def _say(text: str) -> None:
    print(f"kyket: {text}", file=sys.stderr)


def _open(output: Path | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if output is None else output.open("wb")


def _why_not(error: OSError, output: Path | None) -> str:
    """Why a file cannot be opened for writing: what happens often in words of ours, else in the system's."""
    if isinstance(error, FileNotFoundError):
        return _("the folder for it is not there; make it first")
    if isinstance(error, IsADirectoryError) or (output and output.is_dir()):  # as Windows says it
        return _("a directory, not a file; name a file in it")
    if isinstance(error, PermissionError):
        return _("no permission to write it")
    return error.strerror or str(error)


def _progress(files: list[Path], output: Path | None) -> Iterable[Path]:
    """The files; with a bar on standard error, where a person waits there for many and sees nothing else."""
    if len(files) == 1 or not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description=_("Reading"), console=Console(stderr=True), transient=True)
