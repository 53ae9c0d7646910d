"""Tables of names as data files, `NAME.tsv`: `#` comments (the source among them), a header row, rows.

A user's own rows (`kyket.names.own`) go before those that ship, inside `with own.using(…)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from importlib import resources
from typing import ParamSpec, TypeVar

from kyket.errors import TablesError

TABLES = (
    "abbreviations", "agencies", "aliases", "countries", "districts", "exonyms", "fields", "honorifics",
    "provinces", "surnames", "titles",
)  # fmt: skip

Row = dict[str, str]
P = ParamSpec("P")
T = TypeVar("T")


class Own:
    """Rows that a user adds, by table. No two are equal, so that what is made of them is kept apart."""

    def __init__(self, rows: Mapping[str, tuple[Row, ...]]) -> None:
        self.rows = rows


active: ContextVar[Own | None] = ContextVar("kyket_names_own_tables", default=None)


def remembered(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """An `lru_cache` for what depends on the tables: one result for each set of tables in use."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=size)
        def of(own: Own | None, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            return of(active.get(), *args, **kwargs)  # type: ignore[arg-type]  # P cannot say: hashable

        return call

    return decorate


def rows(table: str) -> tuple[Row, ...]:
    """The rows of a table, each a dict of column name to cell; an empty cell is an empty string.

    Args:
        table: One of `TABLES`.

    Example:
        >>> rows("countries")[0]["code"]
        'VN'
    """
    return (*own_rows(table), *shipped(table))


def own_rows(table: str) -> tuple[Row, ...]:
    """The rows of a table that the user has added."""
    own = active.get()
    return own.rows.get(table, ()) if own else ()


@cache
def shipped(table: str) -> tuple[Row, ...]:
    """The rows of a table as kyket brings it."""
    text = resources.files(__package__).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    return tuple(row for _, row in parse(text, f"{table}.tsv"))


@remembered(8)
def fields(use: str) -> frozenset[str]:
    """The words behind a title that the table `fields` has for one use, such as `ministry`."""
    return frozenset(row["word"] for row in rows("fields") if row["use"] == use)


def columns_of(text: str) -> list[str]:
    """What the header row of the text of a table says; nothing where there is none."""
    return next((_cells(line) for _, line in _lines(text)), [])


def parse(text: str, source: str) -> tuple[tuple[int, Row], ...]:
    """The rows of the text of a table, each with its line; `source` names it in errors.

    Raises:
        TablesError: There is no header, or a row has more or fewer cells than it.
    """
    lines = list(_lines(text))
    if not lines:
        raise TablesError("{file}: no header row", file=source)
    header = _cells(lines[0][1])
    found = []
    for number, line in lines[1:]:
        cells = _cells(line)
        if len(cells) != len(header):
            raise TablesError(
                "{file}, line {line}: {count} cells instead of {wanted}",
                file=source,
                line=number,
                count=len(cells),
                wanted=len(header),
            )
        found.append((number, dict(zip(header, cells, strict=True))))
    return tuple(found)


def variants(cell: str) -> list[str]:
    """The forms in a cell that holds several, separated by `|`."""
    return [form for form in cell.split("|") if form]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]
