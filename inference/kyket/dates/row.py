"""The atoms of a text in a row: a letter for each, and `|` wherever something other than space parts two."""

from __future__ import annotations

from typing import NamedTuple

from kyket.dates.lexer import Atom, atoms, is_parted

_NO_NEW_LINE = frozenset("-,()&g")


class Row(NamedTuple):
    """Both are as long: at each place an atom and the letter of its kind, or None and `|`."""

    atoms: list[Atom | None]
    kinds: str


def row_of(text: str) -> Row:
    """The row of a canonical text: of `từ ngày 10 đến 15/5` it is `fNtD`."""
    placed: list[Atom | None] = []
    kinds: list[str] = []
    last: Atom | None = None
    for atom in atoms(text):
        if last is not None and (
            is_parted(text, last.end, atom.start)
            or ("\n" in text[last.end : atom.start] and not _NO_NEW_LINE.isdisjoint((last.kind, atom.kind)))
        ):
            kinds.append("|")
            placed.append(None)
        kinds.append(atom.kind)
        placed.append(atom)
        last = atom
    return Row(placed, "".join(kinds))
