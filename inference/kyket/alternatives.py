"""Long lists of words as patterns."""

from __future__ import annotations

from collections.abc import Iterable

import regex


def any_of(forms: Iterable[str]) -> str:
    """A pattern for the longest of some forms; where that does not fit what follows, for the next longest.

    `regex` and `re` try alternatives one by one; so they become a tree, in which those that begin alike share
    their beginning. Where case is to be ignored, all are given in small letters.

    Example:
        >>> any_of(["phó", "phó ban", "trưởng ban"])
        '(?:trưởng ban|phó(?: ban)?)'
    """
    return _tree(sorted(set(forms), reverse=True))


def _tree(forms: list[str]) -> str:
    """*Shape:* forms in descending order, so that those that begin alike stand together."""
    branches: list[str] = []
    while forms and forms[0]:
        same = [form for form in forms if form.startswith(forms[0][0])]
        shared = len(_common(same[0], same[-1]))
        rest = [form[shared:] for form in same]
        branches.append(
            regex.escape(same[0][:shared], literal_spaces=True) + (_tree(rest) if any(rest) else "")
        )
        forms = forms[len(same) :]
    return f"(?:{'|'.join(branches)}){'?' if forms else ''}"


def _common(one: str, other: str) -> str:
    """The beginning that two forms share."""
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:length] if length is not None else min(one, other, key=len)
