"""Files of annotated data: reading them with errors that name the line, and naming and writing them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kyket.errors import KyketError
from kyket_training.corpus import AnnotatedArticle, CorpusError

_UNSAFE = frozenset('\\/:*?"<>|%')  # what one file system or another has a use of its own for


class FormatError(KyketError):
    """Data that a format cannot hold, a format that is not known, or an option it does not have."""


def files_of(location: str, suffixes: Sequence[str]) -> dict[Path, str]:
    """The file at `location`, or all files with one of the suffixes in that folder and below, sorted.

    Each has a name that no other has: its path in the folder without suffix, or with it where two differ in
    nothing else.

    Raises:
        CorpusError: there is nothing there, or no such file in the folder.
    """
    path = Path(location)
    if path.is_dir():
        found = sorted(f for f in path.rglob("*") if f.suffix.casefold() in suffixes and f.is_file())
        if not found:
            raise CorpusError(f"{location}: no files there that end in {', '.join(suffixes)}")
        alike = Counter(file.with_suffix("") for file in found)
        names = [file.with_suffix("") if alike[file.with_suffix("")] == 1 else file for file in found]
        return {file: name.relative_to(path).as_posix() for file, name in zip(found, names, strict=True)}
    if not path.exists():
        raise CorpusError(f"{location}: no such file or folder; check the path")
    return {path: path.stem}


def read_text(path: Path) -> str:
    """A UTF-8 file, its line ends as they are.

    Raises:
        CorpusError: it cannot be read, or is not UTF-8; names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(f"{path}:{line}: not UTF-8; save it as UTF-8") from None


def read_json(path: Path) -> Any:
    """A JSON file.

    Raises:
        CorpusError: it cannot be read, or is not JSON; names the line.
    """
    try:
        return json.loads(read_text(path).removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}:{error.lineno}: not JSON: {error.msg}") from None


def read_json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with its place; blank lines are passed over.

    Raises:
        CorpusError: it cannot be read, or a line is no JSON object; names the line.
    """
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{place}: not JSON: {error.msg}; is it one object a line?") from None
        if not isinstance(row, dict):
            raise CorpusError(f"{place}: not a JSON object")
        yield place, row


def compact(value: Any) -> str:
    """JSON on one line, its letters readable; what JSON has no form for (a day, say) as text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def article_names(articles: Sequence[AnnotatedArticle]) -> list[Path]:
    """A relative path without suffix for each article, after its id; what no file name can hold is escaped.

    Raises:
        FormatError: two articles would have the same file.
    """
    names = [Path(*(_file_name(part) for part in article.id.split("/"))) for article in articles]
    first: dict[str, str] = {}
    for name, article in zip(names, articles, strict=True):
        key = str(name).casefold()  # as file systems without regard to case see it
        if key in first:
            raise FormatError(
                f"{article.id}: another article with the id {first[key]} has the same file name; "
                "give each article an id of its own"
            )
        first[key] = article.id
    return names


def _file_name(part: str) -> str:
    if part in {"", ".", ".."}:
        return f"%{part}"
    return "".join(c if c.isprintable() and c not in _UNSAFE else quote(c, safe="") for c in part)


def write_file(path: Path, text: str) -> None:
    """Writes a UTF-8 file, its line ends as they are, and the folders above it.

    Raises:
        FormatError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise FormatError(f"{path}: cannot be written ({error.strerror})") from None
    except UnicodeEncodeError:
        raise FormatError(f"{path}: the text has half a surrogate pair, which UTF-8 cannot hold") from None


def check_new(out: Path) -> None:
    """Sees that there is nothing yet at `out` but an empty folder.

    Raises:
        FormatError: there is.
    """
    if out.is_dir():
        check_new_folder(out)
    elif out.exists():
        raise FormatError(f"{out}: is there already; name another file, or remove it")


def check_new_folder(folder: Path) -> None:
    """Sees that a folder is new or empty, so that no old articles get among the new ones.

    Raises:
        FormatError: it is neither.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise FormatError(f"{folder}: is there and not an empty folder; name a new one, or remove it")
