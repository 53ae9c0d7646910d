"""Names that differ by a blank or a full stop alone: `Uni Mẫu`, `UniMẫu`; `Công ty V.D. M`, `Công ty VDM`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import regex

from kyket.names.organizations import OrgName

_Core = tuple[str, ...]
_BLANK = regex.compile(r" (?<!\d )| (?!\d)")


def one_spelling(parsed: Mapping[int, OrgName]) -> dict[int, OrgName]:
    """The names of the bodies of an article, those of the same letters in one spelling.

    It is that with the fewest single letters, of equal ones the most frequent, then the one with most words.
    Those with as many words are other names (`Hoa Ngân`, `Hoàng Ân`).

    Args:
        parsed: The names by the number of their mention.
    """
    often = Counter(name.core for name in parsed.values())
    spelled: defaultdict[tuple[str, str | None], set[_Core]] = defaultdict(set)
    first: dict[tuple[_Core, str | None], OrgName] = {}
    for name in parsed.values():
        spelled[_letters(name.core), name.level].add(name.core)
        first.setdefault((name.core, name.level), name)
    better: dict[tuple[_Core, str | None], OrgName] = {}
    for (letters, level), cores in spelled.items():
        if letters and len(set(map(len, cores))) == len(cores) > 1:
            best = min(sorted(cores), key=lambda core: (_single(core), -often[core], -len(core)))
            better.update({(core, level): first[best, level] for core in cores - {best}})
    return {at: better.get((name.core, name.level), name) for at, name in parsed.items()}


def _letters(core: _Core) -> str:
    """The words without blanks, but for those between numbers: `30-4` is not `304`."""
    return _BLANK.sub("", " ".join(core))


def _single(core: _Core) -> int:
    return sum(len(word) == 1 for word in core)
