"""The group of commands: our own, those of other packages, and one way to end for all."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from kyket.errors import KyketError, MissingExtraError, ReadingError
from kyket.language import gettext as _

GROUP = "kyket.commands"

# Typer brings click along or takes the installed one, by version; either way this is the base of its own.
_UsageError: Any = typer.BadParameter.__mro__[1]


class _Help:
    """Has the help say of itself in the reader's language what typer says in English."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class Command(_Help, TyperCommand):
    """A command of the application."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Arguments and options; the help has no type (`list[Path]`) behind the name of an argument."""
        parameters: list[Any] = super().get_params(ctx)
        for parameter in parameters:
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = lambda ctx: ""
        return parameters


class Group(_Help, TyperGroup):
    """Commands under one name."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called; one that there is not is named in the reader's language."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known and not ctx.resilient_parsing:
            text = _("there is no command {command}").format(command=args[0])
            near = get_close_matches(args[0], known)
            if not near and "extract" in known and _exists(args[0]):
                near = [f"extract {args[0]}"]
            if near:
                text = f"{text} ({_('is it {options}?').format(options=', '.join(near))})"
            raise _UsageError(text, ctx)
        return super().resolve_command(ctx, args)


class Commands(Group):
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
            if error.ctx:
                path = error.ctx.command_path
            else:  # an option without its value does not say whose it is
                path = " ".join(filter(None, (ctx.command_path, ctx.invoked_subcommand)))
            typer.echo(f"kyket: {' '.join(_wrong_call(error).split())} ({path} --help)", err=True)
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


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # longer than a name may be, as a text that was pasted is
        return False


def message(error: KyketError) -> str:
    """What went wrong, in the reader's language where we have it."""
    if not error.values and not (isinstance(error, ReadingError) and error.source):
        return _(str(error)) if str(error) else ""
    text = _(error.message)
    text = text.format(**error.values) if error.values else text
    return f"{error.source}: {text}" if isinstance(error, ReadingError) and error.source else text


def _wrong_call(error: Any) -> str:
    """What is wrong with a call: the option, and what it takes; typer's own words where we have none."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        text = _("there is no option {option}").format(option=error.option_name)
        if error.possibilities:
            near = ", ".join(sorted(error.possibilities))
            text = f"{text} ({_('is it {options}?').format(options=near)})"
        return text
    if kind == "BadOptionUsage":
        return _("{option} needs a value").format(option=error.option_name)
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return _("{name} is missing").format(name=_name(parameter))
    if parameter is not None and not error.param_hint and (takes := _takes(error.ctx, parameter.name)):
        return f"{_name(parameter)}: {takes}"
    if kind == "BadParameter":
        name = error.param_hint or (parameter is not None and _name(parameter))
        return f"{name}: {error.message}" if isinstance(name, str) and name else str(error.message)
    return str(error.format_message())


def _name(parameter: Any) -> str:
    """An option as it is typed, an argument as the help has it."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name.upper()).rstrip(".")


def _takes(context: Any, name: str) -> str | None:
    """What a parameter takes, by the annotation of its function: one of some words, or numbers."""
    function = inspect.unwrap(context.command.callback)
    annotation = get_type_hints(function, include_extras=True).get(name)
    least = most = None
    while get_origin(annotation) is Annotated or len(get_args(annotation)) > 1:
        for part in get_args(annotation)[1:]:
            least, most = getattr(part, "min", least), getattr(part, "max", most)
        annotation = get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _("it takes one of {values}").format(values=", ".join(str(one.value) for one in annotation))
    if annotation not in (int, float):
        return None
    if annotation is int:
        if least is not None and most is not None:
            return _("it takes a whole number from {least} to {most}").format(least=least, most=most)
        if least is not None:
            return _("it takes a whole number, {least} at the least").format(least=least)
        return _("it takes a whole number")
    if least is not None and most is not None:
        return _("it takes a number from {least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("it takes a number, {least} at the least").format(least=least)
    return _("it takes a number")


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
    _have_our_classes(target)
    command = typer.main.get_command(target)
    command.name = entry.name
    return command


def _have_our_classes(app: typer.Typer) -> None:
    """Has an application and all below it speak as ours do, but where it chose classes of its own."""
    if getattr(app.info.cls, "value", app.info.cls) in (None, TyperGroup):  # a default is wrapped
        app.info.cls = Group
    for command in app.registered_commands:
        if command.cls in (None, TyperCommand):
            command.cls = Command
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _have_our_classes(group.typer_instance)


def _missing_extra(entry: EntryPoint) -> MissingExtraError:
    return MissingExtraError(",".join(entry.extras) or "all")


def _unavailable(entry: EntryPoint) -> Callable[..., None]:
    error = _missing_extra(entry)

    def command(ctx: typer.Context) -> None:
        raise error

    command.__doc__ = message(error)
    return command
