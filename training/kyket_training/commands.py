"""The commands that training adds to `kyket`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kyket.cli.options import Device, DeviceName
from kyket.document import Article, Document, Span
from kyket.errors import KyketError
from kyket.language import gettext as _
from kyket_training.data_commands import data as data  # an entry point, as all here

if TYPE_CHECKING:
    from kyket import Extractor
    from kyket_training.config import Recipe
    from kyket_training.corpus import AnnotatedArticle

RecipeFile = Annotated[Path, typer.Argument(metavar="CONFIG", help=_("Recipe, a YAML file."))]
Base = Annotated[
    str | None,
    typer.Option(metavar="DIR", help=_("Encoder to start from: a folder or a name on the Hub.")),
]
Texts = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="PATH",
        help=_("Text file, or folder of them, instead of the recipe's; may be given several times."),
    ),
]
Tokens = Annotated[
    int | None, typer.Option(min=1, metavar="N", help=_("Another length than the recipe's, in tokens."))
]
Seed = Annotated[int | None, typer.Option(metavar="N", help=_("Another seed than the recipe's."))]


def _setting(value: str) -> str:
    if not value.partition("=")[0].strip() or "=" not in value:
        raise typer.BadParameter(_("{value} is not KEY=VALUE").format(value=value))
    return value


Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        parser=_setting,
        help=_("Another value than the recipe's for any key; may be given several times."),
    ),
]


def _in_a_folder(path: Path | None) -> Path | None:
    """Found out before the work, not after it."""
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        raise typer.BadParameter(_("{path} cannot be written").format(path=path))
    return path


def evaluate(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help=_("Folder of a bundle."))],
    data_set: Annotated[
        str, typer.Argument(metavar="DATA", help=_("File, folder or dataset with annotated articles."))
    ],
    format: Annotated[
        str | None, typer.Option(metavar="FORMAT", help=_("What DATA is, as `kyket data formats` lists it."))
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", callback=_in_a_folder, help=_("Write a page with the errors in colour.")
        ),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", callback=_in_a_folder, help=_("Write the figures as JSON.")),
    ] = None,
    gold_spans: Annotated[
        bool, typer.Option("--gold-spans", help=_("Give the rules the gold spans, to score them alone."))
    ] = False,
    tagger_only: Annotated[
        bool, typer.Option("--tagger-only", help=_("Score the spans of the model alone, without rules."))
    ] = False,
    device: Device = DeviceName.CPU,
) -> None:
    """Score a model on annotated articles it has not seen."""
    from rich.console import Console
    from rich.progress import track

    import kyket
    from kyket_training.display import console, show_evaluation
    from kyket_training.evaluate import evaluate as evaluate_articles
    from kyket_training.records import has_records
    from kyket_training.report import write_report
    from kyket_training.splits import read_split

    if gold_spans and tagger_only:
        raise typer.BadParameter(_("--gold-spans and --tagger-only exclude each other"))
    articles = read_split(data_set, format)
    if gold_spans and not any(has_records(article) for article in articles):
        raise KyketError(
            f"{data_set}: no article there has gold dates, agreements or people, which are all that "
            "--gold-spans scores"
        )
    extract = _reader(kyket.load(model, device=device.value), gold_spans=gold_spans, tagger_only=tagger_only)
    errors = Console(stderr=True)
    if faults := [fault for article in articles for fault in _faults(article)]:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        typer.echo(f"kyket: {faults[0]}{more}; `kyket data check` tells all", err=True)
    shown = track(articles, _("Reading"), console=errors, transient=True, disable=not errors.is_terminal)
    evaluation = evaluate_articles(extract, shown, records=not tagger_only, spans=not gold_spans)
    if json_file is not None:
        json_file.write_text(json.dumps(evaluation.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if report is not None:
        write_report(evaluation, report, title=f"{model.resolve().name} · {data_set}")
    show_evaluation(evaluation, console())


def train(
    recipe: RecipeFile,
    base: Base = None,
    run: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=_("Folder of the run. By default runs/NAME of the recipe.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=_("Write the finished bundle here. By default RUN/bundle.")),
    ] = None,
    seed: Seed = None,
    train_set: Annotated[
        str | None, typer.Option("--train", metavar="DATA", help=_("Other data to learn from."))
    ] = None,
    dev_set: Annotated[
        str | None, typer.Option("--dev", metavar="DATA", help=_("Other data to choose the epoch on."))
    ] = None,
    test_set: Annotated[
        str | None, typer.Option("--test", metavar="DATA", help=_("Other data to measure the model on."))
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help=_("What these data are, as `kyket data formats` lists it.")),
    ] = None,
    settings: Settings = None,
) -> None:
    """Train a model and write its bundle; goes on where an earlier run of the same recipe stopped."""
    from accelerate import PartialState

    from kyket_training.config import changed, parse_settings, read_config
    from kyket_training.formats.registry import reading
    from kyket_training.train import train as train_model

    if format is not None:
        reading(format)  # an unknown one ends the command here
    own = read_config(recipe)
    values = parse_settings(settings or ())
    config = _changed(
        changed(own, values), base=base, seed=seed, train=train_set, dev=dev_set, test=test_set, format=format
    )
    if (config.base, config.train) != (own.base, own.train) and "notes" not in values:
        config = _changed(config, notes="")  # they tell of the recipe's own base and articles
    run = run or Path("runs") / config.name
    _hush_libraries()
    train_model(config, run)
    if PartialState().is_main_process:
        _finish(run, out or run / "bundle")


def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=_("Folder of a finished run."))],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("Folder for the bundle."))],
) -> None:
    """Write the bundle of a trained model, measure it and write its card."""
    _finish(run, out)


def _finish(run: Path, out: Path) -> None:
    """Bundle, figures and card of a run."""
    from kyket_training.export import export as export_bundle
    from kyket_training.measure import final_figures, measure

    _hush_libraries()
    export_bundle(run, out)
    measure(out)
    typer.echo(final_figures(run, out), err=True)
    typer.echo(_("The bundle is in {folder}").format(folder=out), err=True)


def _hush_libraries() -> None:
    """Leaves standard error to what concerns the user: losses, scores and our own words."""
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    set_verbosity_error()  # type: ignore[no-untyped-call]  # that the classifier begins anew is no news
    disable_progress_bar()  # type: ignore[no-untyped-call]  # of files that are read and written in a moment
    logging.getLogger("torch.onnx._internal.exporter._registration").setLevel(logging.ERROR)  # torchvision


def pretrain(
    recipe: RecipeFile,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("Folder for the encoder."))],
    base: Base = None,
    text: Texts = None,
    tokens: Tokens = None,
    seed: Seed = None,
) -> None:
    """Train an encoder further on plain text; goes on where an earlier run of the same recipe stopped."""
    from kyket_training.config import read_pretrain_config
    from kyket_training.pretrain import pretrain as pretrain_encoder

    config = _changed(
        read_pretrain_config(recipe),
        base=base,
        text=tuple(map(str, text)) if text else None,
        tokens=tokens,
        seed=seed,
    )
    pretrain_encoder(config, out)
    typer.echo(_("The encoder is in {folder}").format(folder=out), err=True)


def average(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help=_("Folders of finished runs."))],
    out: Annotated[Path, typer.Option(metavar="DIR", help=_("Folder for the averaged run."))],
    start: Annotated[
        float, typer.Option(min=0, max=0.99, help=_("Share of the checkpoint that they began at."))
    ] = 0.0,
) -> None:
    """Average the weights of runs that began at the same checkpoint; `export` then takes the result."""
    from kyket_training.averaging import average as average_runs

    average_runs(runs, out, start)
    typer.echo(_("The average is in {folder}").format(folder=out), err=True)


def distil(
    recipe: RecipeFile,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("Folder for the student."))],
    teacher: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            help=_("Checkpoint of a trained model, instead of the recipe's; may be given several times."),
        ),
    ] = None,
    student: Annotated[
        str | None,
        typer.Option(metavar="DIR", help=_("Checkpoint to start from: a folder or a name on the Hub.")),
    ] = None,
    text: Texts = None,
    tokens: Tokens = None,
    seed: Seed = None,
) -> None:
    """Teach a model what others say of a text; goes on where an earlier run of the same recipe stopped."""
    from kyket_training.config import read_distil_config
    from kyket_training.distil import distil as distil_student

    config = _changed(
        read_distil_config(recipe),
        teachers=tuple(map(str, teacher)) if teacher else None,
        student=student,
        text=tuple(map(str, text)) if text else None,
        tokens=tokens,
        seed=seed,
    )
    distil_student(config, out)
    typer.echo(_("The student is in {folder}").format(folder=out), err=True)


def trim(
    base: Annotated[str, typer.Argument(metavar="BASE", help=_("Encoder: a folder or a name on the Hub."))],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("Folder for the smaller encoder."))],
    vocab: Annotated[
        Path, typer.Option(metavar="FILE", exists=True, dir_okay=False, help=_("Pieces to keep, one a line."))
    ],
) -> None:
    """Cut an encoder down to the vocabulary of one language."""
    from kyket_training.trim import trim as trim_encoder

    kept = trim_encoder(base, vocab, out)
    typer.echo(_("{count} pieces kept, in {folder}").format(count=kept, folder=out), err=True)


def _changed(recipe: Recipe, **options: object) -> Recipe:
    """The recipe with what the command line gives instead of its own."""
    from kyket_training.config import changed

    return changed(recipe, {name: value for name, value in options.items() if value is not None})


def _faults(article: AnnotatedArticle) -> Iterator[str]:
    from kyket_training.frontmatter import check_front_matter

    for severity, message in check_front_matter(article):
        if severity == "error":
            yield f"{article.id}: {message}"


def _reader(
    extractor: Extractor, *, gold_spans: bool, tagger_only: bool
) -> Callable[[AnnotatedArticle], Document]:
    from kyket_training.evaluate import tagged_by

    def whole(article: AnnotatedArticle) -> Document:
        return extractor(article.text, published=article.published)

    def linked(article: AnnotatedArticle) -> Document:
        text = article.text
        spans = [
            Span(start=s.start, end=s.end, text=text[s.start : s.end], label=s.label) for s in article.spans
        ]
        return extractor.link(Article(id=article.id, text=text, published=article.published), spans)

    return linked if gold_spans else tagged_by(extractor.tagger) if tagger_only else whole
