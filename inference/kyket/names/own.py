"""Tables of a user's own: a folder of TSV files of the same form as those that ship."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

from kyket.errors import TablesError
from kyket.names.tables import TABLES, Own, active, parse, shipped
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
        raise TablesError(f"{folder}: no folder of tables there")
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise TablesError(f"{folder}: no table there; a table is called one of {_known()}")
    return Own({file.stem: tuple(_rows(file)) for file in files})


def _known() -> str:
    return ", ".join(f"{table}.tsv" for table in TABLES)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    table = file.stem
    if table not in TABLES:
        raise TablesError(f"{file}: no table is called so; there are {_known()}")
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        rows = parse(canonical(text).text, str(file))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TablesError(f"{file}, line {line}: not UTF-8") from None
    except OSError as error:
        raise TablesError(f"{file}: {error.strerror or error}") from None
    except ValueError as error:
        raise TablesError(str(error)) from None
    columns = list(shipped(table)[0])
    for number, row in rows:
        if list(row) != columns:
            raise TablesError(f"{file}: the header must be {', '.join(columns)}, with tabs between")
        for column, cell in row.items():
            wanted = _CELLS.get((table, column), ".+" if column == columns[0] else ".*")
            if not regex.fullmatch(wanted, cell):
                said = f"is {cell!r} and must be like {wanted}" if cell else "is empty"
                raise TablesError(f"{file}, line {number}: {column} {said}")
        yield row


@contextmanager
def using(own: Own | None) -> Iterator[None]:
    """Inside, the functions of `kyket.names` know these tables too; elsewhere and in other threads not."""
    token = active.set(own)
    try:
        yield
    finally:
        active.reset(token)
