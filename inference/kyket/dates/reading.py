"""A text as the rules of the grammar read it: its row of atoms, and what a match over it caught."""

from __future__ import annotations

import regex

from kyket.dates.ends import Ends
from kyket.dates.guards import Surroundings
from kyket.dates.lexer import Atom
from kyket.dates.row import row_of
from kyket.dates.singles import Singles


class Reading:
    """One canonical text, its atoms and the words around them.

    Args:
        alone: Whether the text is a phrase that is meant as one expression; then nothing around it has to
            show that it is a date.
    """

    def __init__(self, text: str, *, alone: bool = False) -> None:
        self.text = text
        self.alone = alone
        self.around = Surroundings(text)
        self.ends = Ends(text, self.around)
        self.singles = Singles(self.around, alone=alone)
        self.atoms, self.kinds = row_of(text)

    def atom(self, match: regex.Match[str], group: str) -> Atom | None:
        """The atom that a group of a match begins with, if it caught any."""
        place = match.start(group)
        return None if place < 0 else self.atoms[place]

    def need(self, match: regex.Match[str], group: str) -> Atom:
        """The atom of a group that always catches one."""
        atom = self.atom(match, group)
        assert atom is not None
        return atom

    def said(self, atom: Atom) -> str:
        """The words of an atom in small letters."""
        return self.text[atom.start : atom.end].lower()

    def slice(self, match: regex.Match[str], group: str = "") -> list[Atom]:
        """All atoms of a group, or of the whole match."""
        start, end = match.span(group) if group else match.span()
        return [atom for atom in self.atoms[start:end] if atom is not None]
