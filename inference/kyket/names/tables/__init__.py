"""Tables of names as data files, `NAME.tsv`: `#` comments (the source among them), a header row, rows."""

from __future__ import annotations

from functools import cache
from importlib import resources

TABLES = (
    "abbreviations", "countries", "exonyms", "fields", "honorifics", "provinces", "surnames", "titles",
)  # fmt: skip


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, each a dict of column name to cell; an empty cell is an empty string.

    Args:
        table: One of `TABLES`.

    Raises:
        ValueError: A row has more or fewer cells than the header; the message names file and row.

    Example:
        >>> rows("countries")[0]["code"]
        'VN'
    """
    text = resources.files(__package__).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    return parse(text, f"{table}.tsv")


def parse(text: str, source: str) -> tuple[dict[str, str], ...]:
    """The rows of the text of a table; `source` names it in errors."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise ValueError(f"{source}: no header row")
    header = lines[0].split("\t")
    found = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{source}: {len(cells)} cells instead of {len(header)} in row: {line}")
        found.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    return tuple(found)


def variants(cell: str) -> list[str]:
    """The forms in a cell that holds several, separated by `|`."""
    return [form for form in cell.split("|") if form]
