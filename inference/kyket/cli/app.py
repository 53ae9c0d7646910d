"""The application: the commands of kyket itself."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Annotated

from kyket.language import follow_windows, translate_libraries
from kyket.language import gettext as _

follow_windows()
translate_libraries()  # before typer is imported: it translates its headings once

import typer  # noqa: E402

from kyket.cli.batch import batch  # noqa: E402
from kyket.cli.commands import Command, Commands  # noqa: E402
from kyket.cli.explain import explain  # noqa: E402
from kyket.cli.extract import extract  # noqa: E402

app = typer.Typer(
    cls=Commands,
    help=_("Reads Vietnamese news about co-operation: who agreed what with whom, and for which years."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"kyket {installed_version('kyket')}")
    except PackageNotFoundError:
        typer.echo(_("kyket, run from its source"))
    raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help=_("Show the version and exit.")
        ),
    ] = False,
) -> None:
    pass


app.command(name="extract", cls=Command, help=_("Read articles and write what they say."))(extract)
app.command(name="batch", cls=Command, help=_("Read many articles and write what they say, in shards."))(
    batch
)
app.command(
    name="explain",
    cls=Command,
    help=_("Say where each value of the agreement records comes from: the sentence and the rule."),
)(explain)
