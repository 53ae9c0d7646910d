"""Label Studio: a JSON list of tasks with `data` and the regions of `labels` controls over a `Text`.

Label Studio counts code points since 1.2; where the words that an older version noted with a region stand at
the same numbers of UTF-16 code units instead, those are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from xml.sax.saxutils import quoteattr

import msgspec
import regex
from msgspec import Meta

from kyket_training.corpus import AnnotatedArticle, CorpusError
from kyket_training.formats.files import FormatError, compact, files_of, read_json, write_file
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.metadata import describe, described, label_set
from kyket_training.formats.offsets import Utf16
from kyket_training.formats.palette import colours
from kyket_training.formats.settle import Mark, settle

SUFFIXES = (".json",)

_BREAKS = regex.compile(r"\\n|\s+")  # Label Studio notes a line break as a backslash and an n

Task = dict[str, Any]


class ReadOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the tasks are to be read."""

    text: Annotated[str, Meta(description="key of the text in a task's data")] = "text"
    use: Annotated[
        Literal["annotations", "predictions"],
        Meta(description="annotations: what people marked; predictions: what a model suggested"),
    ] = "annotations"


class WriteOptions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """How the tasks are to be written; the names are those of the labelling interface."""

    text: Annotated[str, Meta(description="key of the text in a task's data")] = "text"
    from_name: Annotated[str, Meta(description="name of the <Labels> control")] = "label"
    to_name: Annotated[str, Meta(description="name of the <Text> object")] = "text"


def read(location: str, options: ReadOptions, ledger: Ledger) -> Iterator[AnnotatedArticle]:
    """The articles of an export (JSON, not JSON-MIN), or of all in a folder.

    Of several annotations of a task the last that was not cancelled counts, or the ground truth; a task
    without any is left out. What else a task's data holds goes into the article's metadata.

    Raises:
        CorpusError: a task that is not of the form, or words that are not at their offsets; names the task.
    """
    for path, name in files_of(location, SUFFIXES).items():
        tasks = read_json(path)
        if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
            raise CorpusError(f"{path}: not a list of tasks, as Label Studio exports them as JSON")
        for number, task in enumerate(tasks, start=1):
            place = f"{path}, task {task.get('id', number)}"
            data = _data(task, options, place)
            results = _results(task, options, ledger, place)
            if results is None:
                continue
            text = data.pop(options.text)
            own = data.pop("id", None)
            id = own if own is not None else task.get("id", f"{name}-{number}")
            marks = [mark for result in results for mark in _marks(text, result, ledger, place)]
            yield described(data, id=str(id), text=text, spans=settle(text, marks, ledger), path=path)


def _data(task: Task, options: ReadOptions, place: str) -> Task:
    data = task.get("data")
    if not isinstance(data, dict):
        raise CorpusError(f"{place}: no `data`; export as JSON (not JSON-MIN) from Label Studio")
    if not isinstance(data.get(options.text), str):
        if options.text in data:
            given = compact(data[options.text])[:40]
            raise CorpusError(
                f"{place}: `{options.text}` in its data is {given}, not a text; mend the task or leave it out"
            )
        names = ", ".join(data) or "nothing"
        raise CorpusError(
            f"{place}: no text under `{options.text}` in its data, which has {names}; set text=KEY"
        )
    return dict(data)


def _results(task: Task, options: ReadOptions, ledger: Ledger, place: str) -> list[Any] | None:
    """The regions that count, or None where nobody has marked the task."""
    given = [one for one in task.get(options.use) or () if isinstance(one, dict)]
    valid = [one for one in given if not one.get("was_cancelled")]
    if not valid:
        why = "skipped by the annotator" if given else f"no {options.use}"
        ledger.leave_out_article(why, place, "label it, or leave it out of the export")
        return None
    chosen = next((one for one in reversed(valid) if one.get("ground_truth")), valid[-1])
    if len(valid) > 1:
        ledger.change(f"one of several {options.use} taken", place, f"of {len(valid)}, {chosen.get('id')}")
    results = chosen.get("result")
    if not isinstance(results, list):
        raise CorpusError(f"{place}: its {options.use} have no list `result`")
    return results


def _marks(text: str, result: Any, ledger: Ledger, place: str) -> Iterator[Mark]:
    kind = result.get("type") if isinstance(result, dict) else None
    value = result.get("value") if isinstance(result, dict) else None
    if kind != "labels" or not isinstance(value, dict):
        ledger.ignore(f"results of type {kind}")
        return
    start, end, labels = (value.get(name) for name in ("start", "end", "labels"))
    if not (type(start) is int and type(end) is int and isinstance(labels, list)):
        raise CorpusError(f"{place}: a region without start, end and labels: {compact(value)[:80]}")
    if not labels:
        ledger.ignore("regions without a label")
    words = value.get("text")
    if isinstance(words, str) and not _stands(words, text[start:end]):
        start, end = _in_points(text, start, end, words, place)
    for label in labels:
        yield Mark(start, end, str(label), place)


def _stands(words: str, marked: str) -> bool:
    return _BREAKS.sub("", words) == _BREAKS.sub("", marked)


def _in_points(text: str, start: int, end: int, words: str, place: str) -> tuple[int, int]:
    offsets = Utf16(text)
    first, last = offsets.to_points(start), offsets.to_points(end)
    if first is None or last is None or not _stands(words, text[first:last]):
        raise CorpusError(f"{place}: “{words}” does not stand at {start}–{end} of its text")
    return first, last


def write(articles: Sequence[AnnotatedArticle], out: Path, options: WriteOptions, ledger: Ledger) -> None:
    """Writes tasks with annotations, and beside them NAME.xml, the labelling interface of such a project.

    Raises:
        FormatError: the files cannot be written, or `out` is called as the interface would be.
    """
    write_tasks(articles, lambda i, result: {"annotations": [{"result": result}]}, out, options, ledger)


def check_out(out: Path) -> None:
    """Sees that the tasks have another name than the interface beside them.

    Raises:
        FormatError: they would be overwritten by it.
    """
    if out.suffix.casefold() == ".xml":
        raise FormatError(f"{out}: the labelling interface gets this name; call the tasks {out.stem}.json")


def write_tasks(
    articles: Sequence[AnnotatedArticle],
    marked: Callable[[int, list[Task]], Task],
    out: Path,
    options: WriteOptions,
    ledger: Ledger,
) -> None:
    """Writes tasks and the labelling interface.

    Args:
        articles: One a task.
        marked: From the number of an article and its regions to what its task has beside `data`.
        out: The JSON file.
        options: Names and keys.
        ledger: Counts what was written.

    Raises:
        FormatError: as `write` does.
    """
    check_out(out)
    tasks = []
    for number, article in enumerate(articles):
        result = [
            {
                "id": f"{number}-{i}",
                "from_name": options.from_name,
                "to_name": options.to_name,
                "type": "labels",
                "value": {
                    "start": span.start,
                    "end": span.end,
                    "text": article.text[span.start : span.end],
                    "labels": [span.label],
                },
            }
            for i, span in enumerate(article.spans)
        ]
        known = describe(article, ledger, taken=("id", options.text))
        data = {"id": article.id, options.text: article.text, **known}
        tasks.append({"data": data, **marked(number, result)})
    write_file(out, "[\n" + ",\n".join(map(compact, tasks)) + "\n]\n")
    write_file(out.with_suffix(".xml"), _interface(label_set(articles, ledger.labels), options))
    ledger.articles_written += len(articles)
    ledger.spans_written += sum(len(article.spans) for article in articles)


def _interface(labels: Sequence[str], options: WriteOptions) -> str:
    choices = "".join(
        f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>\n"
        for label, colour in zip(labels, colours(len(labels)), strict=True)
    )
    return (
        "<View>\n"
        f"  <Labels name={quoteattr(options.from_name)} toName={quoteattr(options.to_name)}>\n{choices}"
        "  </Labels>\n"
        f"  <Text name={quoteattr(options.to_name)} value={quoteattr('$' + options.text)}/>\n"
        "</View>\n"
    )
