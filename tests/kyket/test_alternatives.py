from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from kyket.alternatives import any_of

FORMS = st.lists(st.text("ab .(", min_size=1, max_size=6), min_size=1, max_size=12)


@given(FORMS, st.text("ab .(", max_size=12))
def test_it_matches_what_plain_alternatives_match_longest_first(forms: list[str], text: str) -> None:
    plain = "|".join(regex.escape(form) for form in sorted(set(forms), key=len, reverse=True))
    for end in ("", "(?![ab])", "$"):
        tree, listed = regex.compile(any_of(forms) + end), regex.compile(f"(?:{plain}){end}")
        assert [m.span() for m in tree.finditer(text)] == [m.span() for m in listed.finditer(text)]


def test_of_nothing_it_matches_nothing_long() -> None:
    assert any_of([]) == "(?:)"
