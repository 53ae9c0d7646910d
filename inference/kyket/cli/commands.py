"""The group of commands: our own, those of other packages, and one way to end for all."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from kyket.errors import KyketError, MissingExtraError
from kyket.language import gettext as _

GROUP = "kyket.commands"

# Typer brings click along or takes the installed one, by version; either way this is the base of its own.
_UsageError: Any = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """Commands of the application and of the entry points in the group `kyket.commands`.

    An entry point names a function or a Typer application, and the extra that brings what it imports:
    `train = "package.module:function [train]"`. It is loaded only when it is run or listed. An import that
    fails, then or while it runs, gives one line that says what to install.
    """

    @cached_property
    def _others(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=GROUP)}

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of our own commands in their order, then of the others."""
        return [*self.commands, *sorted(self._others.keys() - self.commands.keys())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in self.commands and cmd_name in self._others:
            return _command(self._others[cmd_name])
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises becomes one line and an exit status."""
        try:
            return super().invoke(ctx)
        except KyketError as error:
            _end(error)
        except _UsageError as error:
            if type(error).__name__ == "NoArgsIsHelpError":  # which only shows the help
                raise
            path = error.ctx.command_path if error.ctx else "kyket"
            typer.echo(f"kyket: {' '.join(error.format_message().split())} ({path} --help)", err=True)
            raise typer.Exit(2) from None
        except ImportError:
            entry = self._others.get(ctx.invoked_subcommand)
            if entry is None:
                raise
            _end(_missing_extra(entry))
        except BrokenPipeError:
            discard_stdout()
            raise typer.Exit(141) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


def discard_stdout() -> None:
    """Send what is still buffered for standard output nowhere, so that Python's last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def message(error: KyketError) -> str:
    """What went wrong, in the reader's language where we have it."""
    if isinstance(error, MissingExtraError):
        return _('this needs more packages: pip install "kyket[{extra}]"').format(extra=error.extra)
    return str(error)


def _end(error: KyketError) -> NoReturn:
    typer.echo(f"kyket: {message(error)}", err=True)
    raise typer.Exit(2) from None


def _command(entry: EntryPoint) -> Any:
    try:
        target = entry.load()
    except ImportError:
        target = _unavailable(entry)
    if not isinstance(target, typer.Typer):
        app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        app.command(name=entry.name, help=_(inspect.getdoc(target) or ""))(target)
        target = app
    command = typer.main.get_command(target)
    command.name = entry.name
    return command


def _missing_extra(entry: EntryPoint) -> MissingExtraError:
    return MissingExtraError(",".join(entry.extras) or "all")


def _unavailable(entry: EntryPoint) -> Callable[..., None]:
    error = _missing_extra(entry)

    def command(ctx: typer.Context) -> None:
        raise error

    command.__doc__ = message(error)
    return command
