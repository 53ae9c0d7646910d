from __future__ import annotations

import pytest
import regex

from kyket.dates.kinds import ATOMS, FIGURES
from kyket.dates.lexer import _KINDS_OF, _OPENING, _of_figures, _pattern, atoms

from .cases import read_cases, read_negatives

TEXTS = [*(case.text for case in read_cases()), *read_negatives()]
# Numbers do not begin with `mươi` and `tư`, though a pattern alone would take them.
_PLACE = regex.compile(r"(?<![\p{L}\p{N}])(?!mươi|tư)[\p{L}\p{N}]|[^\s\p{L}\p{N}]", regex.IGNORECASE)


@pytest.mark.parametrize("text", TEXTS)
def test_no_kind_lacks_an_opening(text: str) -> None:
    """At each word, figure and mark, trying all kinds finds what trying those of its opening finds."""
    openings = {opening.start(): opening.group() for opening in _OPENING.finditer(text.lower())}
    for at in sorted(openings.keys() | {place.start() for place in _PLACE.finditer(text)}):
        kinds = (_KINDS_OF.get(openings[at]) or _of_figures(text, at)) if at in openings else ""
        all_kinds, its_own = (
            next((kind for kind in tried if _pattern(kind).match(text, at)), None) for tried in (ATOMS, kinds)
        )
        assert all_kinds == its_own, text[at : at + 20]


def test_every_kind_opens_somewhere() -> None:
    assert {*FIGURES, *"".join(_KINDS_OF.values())} == ATOMS.keys()


def test_the_longer_of_two_openings_goes_first() -> None:
    assert [(atom.kind, atom.start, atom.end) for atom in atoms("vào lúc 9h và")] == [
        ("g", 0, 7),
        ("c", 8, 11),
        ("&", 11, 13),
    ]


def test_letters_that_change_their_length_or_their_case_move_nothing() -> None:
    assert [(atom.kind, atom.start, atom.end) for atom in atoms("İİ, haı năm")] == [("l", 4, 11)]


def test_commas_and_brackets_count_only_right_behind_an_atom() -> None:
    assert [(atom.kind, atom.start) for atom in atoms("Vinh, (Huế) năm 2019, (2020)")] == [
        ("Y", 12),
        (",", 20),
        ("(", 22),
        ("W", 23),
        (")", 27),
    ]
