"""Tables of a user's own: a folder of TSV files of the same form as those that ship."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

from kyket.errors import TablesError
from kyket.names.tables import TABLES, Own, active, columns_of, parse, shipped
from kyket.orthography import canonical

# What a cell must look like, by table and column; a first cell is never empty.
_CELLS = {
    ("abbreviations", "full"): r".+",
    ("abbreviations", "scope"): r"part|kept|whole|same",
    ("aliases", "kind"): r"ORG|PER",
    ("aliases", "name"): r".+",
    ("aliases", "variants"): r".+",
    ("countries", "code"): r"[A-Z]{2}",
    ("countries", "name"): r".+",
    ("districts", "kind"): r"quận|huyện|thị xã|thành phố",
    ("districts", "province"): r".+",
    ("exonyms", "country"): r"[A-Z]{2}",
    ("exonyms", "name"): r".+",
    ("fields", "use"): r"begin|stop|pair|people",
    ("honorifics", "gender"): r"[mf-]",
    ("titles", "kind"): r"post|delegation|membership|rank|degree|occupation",
}


def read_tables(folder: str | Path) -> Own:
    """The tables in a folder, for `using` or `kyket.load(tables=…)`.

    Args:
        folder: With one or more of abbreviations.tsv, aliases.tsv, exonyms.tsv (places) and the others of
            `kyket.names.tables.TABLES`, each with the header row of the one that ships.

    Raises:
        TablesError: There is no table, or one cannot be read; the message names file and line.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TablesError("{folder}: no folder of tables there", folder=folder)
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise TablesError(
            "{folder}: no table there; a table is called one of {names}", folder=folder, names=_known()
        )
    return Own({file.stem: tuple(_rows(file)) for file in files})


def _known() -> str:
    return ", ".join(f"{table}.tsv" for table in TABLES)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    table = file.stem
    if table not in TABLES:
        raise TablesError("{file}: no table is called so; there are {names}", file=file, names=_known())
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        text = canonical(text).text
        header, rows = columns_of(text), parse(text, str(file))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TablesError("{file}, line {line}: not UTF-8", file=file, line=line) from None
    except OSError as error:
        raise TablesError(f"{file}: {error.strerror or error}") from None
    columns = list(shipped(table)[0])
    if header != columns:
        raise TablesError(
            "{file}: the header must be {columns}, with tabs between", file=file, columns=", ".join(columns)
        )
    for number, row in rows:
        for column, cell in row.items():
            wanted = _CELLS.get((table, column), ".+" if column == columns[0] else ".*")
            if not regex.fullmatch(wanted, cell):
                place = {"file": file, "line": number, "column": column}
                if not cell:
                    raise TablesError("{file}, line {line}: {column} is empty", **place)
                raise TablesError(
                    "{file}, line {line}: {column} is {cell} and must be like {wanted}",
                    **place,
                    cell=repr(cell),
                    wanted=wanted,
                )
        yield row


@contextmanager
def using(own: Own | None) -> Iterator[None]:
    """Inside, the functions of `kyket.names` know these tables too; elsewhere and in other threads not."""
    token = active.set(own)
    try:
        yield
    finally:
        active.reset(token)
