"""What kind of instrument its name is of: the first head word tells."""

from __future__ import annotations

from functools import lru_cache

import regex

from kyket.agreements.vocabulary import (
    AGREEMENT_NOUN,
    ANY_INSTRUMENT,
    INSTRUMENTS,
    OF_STATES,
    PAPER,
    PROGRAMME_NOUN,
)

COOPERATION = regex.compile(r"hợp\s+tác(?!\p{L})", regex.IGNORECASE)
# `thỏa thuận EVFTA`, of what is a treaty by its own name.
_CALLED_TREATY = regex.compile(rf"^thỏa\s+thuận\s+{OF_STATES.pattern}", regex.IGNORECASE)


@lru_cache(maxsize=1024)  # most are called by the same few words
def kind_of(text: str) -> str | None:
    """The instrument kind of a mention in canonical spelling; None for words that stand for any.

    Example:
        >>> kind_of("Bản ghi nhớ hợp tác"), kind_of("Kế hoạch hợp tác"), kind_of("văn bản")
        ('memorandum', 'programme', None)
    """
    if ANY_INSTRUMENT.fullmatch(text.strip()) and not AGREEMENT_NOUN.search(text):
        return None
    if COOPERATION.match(text):
        return "agreement"
    if _CALLED_TREATY.search(text):
        return "treaty"
    # A programme or agreement is named first; what follows it is its topic.
    heads = [
        (m.start(), kind)
        for kind, pattern in (("agreement", AGREEMENT_NOUN), ("programme", PROGRAMME_NOUN))
        if (m := pattern.search(text))
    ]
    named = [
        (m.start(), kind)
        for kind, pattern in INSTRUMENTS
        if (m := pattern.search(text)) and m.group().lower() != "hợp tác"
    ]
    if found := heads + named:
        return min(found)[1]
    return "agreement" if "hợp tác" in text.lower() and not PAPER.match(text) else "other"
