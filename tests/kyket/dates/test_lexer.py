from __future__ import annotations

import pytest

from kyket.dates.lexer import _FIGURES, _KINDS_OF, _OPENING, ATOMS, _pattern, atoms

from .cases import read_cases, read_negatives

TEXTS = [*(case.text for case in read_cases()), *read_negatives()]


@pytest.mark.parametrize("text", TEXTS)
def test_no_kind_lacks_an_opening(text: str) -> None:
    """Where an atom may open, trying all kinds finds what trying those of its opening finds."""
    for opening in _OPENING.finditer(text.lower()):
        kinds = _KINDS_OF.get(opening.group(), _FIGURES)
        all_kinds, its_own = (
            next((kind for kind in tried if _pattern(kind).match(text, opening.start())), None)
            for tried in (ATOMS, kinds)
        )
        assert all_kinds == its_own, opening


def test_every_kind_opens_somewhere() -> None:
    assert {*_FIGURES, *"".join(_KINDS_OF.values())} == ATOMS.keys()


def test_the_longer_of_two_openings_goes_first() -> None:
    assert [(atom.kind, atom.start, atom.end) for atom in atoms("vào lúc 9h và")] == [
        ("g", 0, 7),
        ("c", 8, 11),
        ("&", 11, 13),
    ]


def test_letters_that_change_their_length_or_their_case_move_nothing() -> None:
    assert [(atom.kind, atom.start, atom.end) for atom in atoms("İİ, haı năm")] == [(",", 2, 3), ("l", 4, 11)]
