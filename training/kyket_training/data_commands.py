"""The commands of `kyket data`: check annotated articles, convert them, list formats, suggest marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args, get_type_hints

import typer

from kyket.cli.options import Device, DeviceName, Encoding
from kyket.errors import KyketError
from kyket.language import gettext as _

if TYPE_CHECKING:
    import msgspec

    from kyket_training.corpus import AnnotatedArticle
    from kyket_training.formats import Ledger

Most = Annotated[int, typer.Option(metavar="N", min=0, help=_("Show at most so many findings of a kind."))]

data = typer.Typer(
    help=_("Look after annotated articles."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@data.callback()
def _data() -> None:
    pass


@data.command(help=_("Check annotated articles; exit status 1 if something must be mended."))
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR")] = Path("data/articles"),
    tokenizer: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=_(
                "Bundle or base model, to count the gold spans that encoding would lose. "
                "By default the model that comes with kyket."
            ),
        ),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False, help=_("Rewrite the figures in this data card.")
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FORMAT", help=_("What DIR is, as `kyket data formats` lists it; files too.")
        ),
    ] = None,
    labels: Annotated[
        str | None, typer.Option(metavar="A,B,…", help=_("The labels there may be. By default kyket's own."))
    ] = None,
    any_labels: Annotated[
        bool, typer.Option("--any-labels", help=_("Take whatever labels there are."))
    ] = False,
    most: Most = 20,
) -> None:
    """Behind `kyket data check`."""
    from kyket.labels import LABELS
    from kyket_training.check import check as check_articles
    from kyket_training.display import console, show_report
    from kyket_training.formats.registry import DEFAULT, by_suffix
    from kyket_training.tables import write_figures

    if labels is not None and any_labels:
        raise typer.BadParameter(_("--labels and --any-labels exclude each other"))
    allowed = None if any_labels else [label.strip() for label in labels.split(",")] if labels else LABELS
    format = format or by_suffix(str(folder)) or DEFAULT
    report = check_articles(folder, _lost_spans(tokenizer), labels=allowed, format=format)
    if card is not None:
        write_figures(report, card)
    show_report(report, console(), most=most)
    raise typer.Exit(1 if report.errors else 0)


def _lost_spans(folder: Path | None) -> Callable[[AnnotatedArticle], int]:
    """Counts the spans that encoding with the tokenizer of a folder loses."""
    from tokenizers import Tokenizer

    from kyket.bundle import Layout, default_bundle, read_manifest
    from kyket.labels import LABELS
    from kyket.tagging import TextTokenizer
    from kyket.tagging.tokens import is_prepared, prepare
    from kyket_training.encode import ArticleEncoder

    folder = default_bundle() if folder is None else folder
    try:
        tokenizer = Tokenizer.from_file(str(folder / Layout.TOKENIZER))
    except Exception as error:  # the tokenizers library raises nothing narrower
        raise KyketError(f"{folder}: {Layout.TOKENIZER} cannot be read: {error}") from None
    if not is_prepared(tokenizer):
        prepare(tokenizer)
    window, overlap = 510, 128  # of a base model, which has none yet
    if (folder / Layout.MANIFEST).is_file():
        manifest = read_manifest(folder)
        window, overlap = manifest.window, manifest.overlap
    encoder = ArticleEncoder(TextTokenizer(tokenizer), LABELS, window, overlap)
    return lambda article: len(encoder.lost_spans(article))


def _names(value: str) -> tuple[str, str]:
    old, equals, new = value.partition("=")
    if not (old and equals and new):
        raise typer.BadParameter(_("{value} is not OLD=NEW").format(value=value))
    return old, new


@data.command(help=_("Convert annotated data from one format to another."))
def convert(
    source: Annotated[
        str, typer.Argument(metavar="IN", help=_("File, folder or dataset with annotated articles."))
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("File or new folder to write."))],
    from_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=_("What IN is: NAME or NAME:OPTION=VALUE,…, as `kyket data formats` lists them."),
        ),
    ] = None,
    to_format: Annotated[
        str | None, typer.Option("--to", metavar="FORMAT", help=_("What OUT is to be, likewise."))
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help=_("Give a label another name; may be given several times.")),
    ] = None,
    most: Most = 10,
) -> None:
    """Behind `kyket data convert`."""
    from kyket_training.corpus import CorpusError
    from kyket_training.formats import Ledger, read_data, write_data
    from kyket_training.formats.registry import check_new, reading, writing

    reading(from_format := _format(from_format, source, "--from"))
    writing(to_format := _format(to_format, str(out), "--to"))
    if Path(source.partition("#")[0]).resolve() == out.resolve():
        raise typer.BadParameter(_("this file is also to be read"), param_hint="OUT")
    check_new(out, to_format)
    names = dict(map(_names, rename or ()))
    ledger = Ledger()
    articles = read_data(source, from_format, ledger)
    if not articles:
        _tell(ledger, most)
        raise CorpusError(f"{source}: no annotated article there")
    _rename(articles, names, ledger)
    write_data(articles, out, to_format, ledger)
    _tell(ledger, most)


def _format(named: str | None, location: str, option: str) -> str:
    from kyket_training.formats import FORMATS, by_suffix

    if (found := named or by_suffix(location)) is None:
        raise typer.BadParameter(
            _("no suffix of {path} says what it is; name one of {formats}").format(
                path=location, formats=", ".join(FORMATS)
            ),
            param_hint=option,
        )
    return found


def _rename(articles: Iterable[AnnotatedArticle], names: dict[str, str], ledger: Ledger) -> None:
    from kyket_training.corpus import GoldSpan

    unused = set(names)
    for article in articles:
        unused -= {span.label for span in article.spans}
        article.spans = [GoldSpan(s.start, s.end, names.get(s.label, s.label)) for s in article.spans]
    if ledger.labels is not None:
        unused -= set(ledger.labels)
        ledger.labels = tuple(dict.fromkeys(names.get(label, label) for label in ledger.labels))
    if unused:
        raise KyketError(f"no span has the label {' or '.join(sorted(unused))}, so it cannot be renamed")


def _tell(ledger: Ledger, most: int) -> None:
    for line in ledger.details(most):
        typer.echo(line, err=True)
    typer.echo(ledger.summary(), err=True)


@data.command(help=_("List the formats of annotated data and their options."))
def formats() -> None:
    """Behind `kyket data formats`."""
    from kyket_training.formats import FORMATS

    for found in FORMATS.values():
        suffixes = f" ({', '.join(found.suffixes)})" if found.suffixes else ""
        typer.echo(f"{found.name}: {found.what}{suffixes}")
        for doing, options in (("--from", found.read_options), ("--to", found.write_options)):
            for name, default, what in _described(options):
                typer.echo(f"  {doing:6}  {name}={default}: {what}")


def _described(options: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    """Name, default and description of each option; the choices are part of the description."""
    import msgspec

    for name, hint in get_type_hints(options, include_extras=True).items():
        kind, *notes = get_args(hint)
        choices = [str(choice) for choice in get_args(kind)]
        texts = [note.description or "" for note in notes if isinstance(note, msgspec.Meta)]
        default = getattr(options(), name)
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        yield name, shown, " ".join([*texts, f"({' | '.join(choices)})" if choices else ""]).strip()


@data.command(
    help=_("Write a model's suggestions as a project to correct, the least certain articles first.")
)
def preannotate(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help=_("Folder of a bundle."))],
    texts: Annotated[
        Path,
        typer.Argument(metavar="TEXTS", help=_("A file, or a folder of what kyket extract reads.")),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("File of the project, to be imported."))],
    to_format: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help=_("label-studio or doccano, with options as `kyket data formats` lists them."),
        ),
    ],
    encoding: Encoding = None,
    device: Device = DeviceName.CPU,
    most: Most = 10,
) -> None:
    """Behind `kyket data preannotate`."""
    from msgspec.structs import replace
    from rich.console import Console
    from rich.progress import track

    import kyket
    from kyket import reading
    from kyket.bundle import read_manifest
    from kyket.tagging import Tagger
    from kyket_training.corpus import CorpusError
    from kyket_training.formats import Ledger
    from kyket_training.formats.files import files_of
    from kyket_training.formats.registry import check_new
    from kyket_training.formats.schemes import labels_of
    from kyket_training.preannotate import check_project, least_certain_first, suggest, write_project

    check_project(out, to_format)
    check_new(out, to_format)
    ids = files_of(str(texts), reading.EXTENSIONS)
    manifest = read_manifest(bundle)
    tagger = kyket.load(bundle, device=device.value).tagger
    assert isinstance(tagger, Tagger)  # as of every bundle
    ledger = Ledger(labels=tuple(labels_of(manifest.tags)))
    for other in texts.rglob("*") if texts.is_dir() else ():
        hidden = any(part.startswith(".") for part in other.relative_to(texts).parts)
        if other.is_file() and other not in ids and not hidden:
            ledger.ignore(f"{other.suffix} files" if other.suffix else "files without suffix")
    errors = Console(stderr=True)
    shown = track(list(ids), _("Reading"), console=errors, transient=True, disable=not errors.is_terminal)
    suggestions = []
    for file in shown:
        try:
            article = replace(reading.read_file(file, encoding=encoding), id=ids[file])
        except KyketError as error:
            ledger.miss(str(file), str(error).removeprefix(f"{file}: "))
            continue
        ledger.articles_read += 1
        if (suggestion := suggest(tagger, article)) is None:
            ledger.leave_out_article("empty", str(file), "no word to mark")
        else:
            suggestions.append(suggestion)
            ledger.spans_read += len(suggestion.article.spans)
    if not suggestions:
        _tell(ledger, most)
        raise CorpusError(f"{texts}: no text there that could be read, so there is nothing to suggest")
    write_project(
        least_certain_first(suggestions), out, to_format, f"{manifest.name} {manifest.version}", ledger
    )
    _tell(ledger, most)
    raise typer.Exit(1 if ledger.unreadable else 0)
