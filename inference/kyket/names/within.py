"""Short names within other names: `Hội đồng thành viên VDM`."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from kyket.names import places
from kyket.names.abbreviations import expand, initials
from kyket.names.organizations import MARKED, STATE_HEAD, SYLLABLE
from kyket.orthography import fold

_LONGEST_HEAD = 8  # words
_JOINT = regex.compile(r"\s*[–-]\s*|\s+")


def may_stand(short: str, full: str) -> bool:
    """Whether a short name may be written out inside other names, and is not by chance a part of its own.

    Example:
        >>> may_stand("VDM", "Tổng công ty Ví Dụ Mẫu"), may_stand("Bộ", "Bộ Mẫu")
        (True, False)
    """
    return len(short) > 1 and short not in full and not STATE_HEAD.match(fold(short))


def meaning(name: str, short: str, full: str, definitions: Mapping[str, str]) -> str:
    """What a short name stands for within a name that may say a part of it already.

    Args:
        name: The name that holds it.
        short: The short name.
        full: The body that it is short for.
        definitions: What the article defines short names as.

    Example:
        >>> meaning("Ban VDM", "VDM", "Tổng công ty Ví Dụ Mẫu", {})
        'Tổng công ty Ví Dụ Mẫu'
        >>> meaning("Tổng công ty VDM", "VDM", "Tổng công ty Ví Dụ Mẫu", {"VDM": "Ví Dụ Mẫu"})
        'Ví Dụ Mẫu'
        >>> meaning("Hội đồng quản trị VDM", "VDM", "Hội đồng quản trị Ví Dụ Mẫu", {})
        'Ví Dụ Mẫu'
    """
    defined = definitions.get(short, full)
    named = name.partition(short)[0].split()
    if unsaid := _unsaid(expand(" ".join(named)), full):
        return unsaid
    if named and initials(full) == f"B{short}" and full.startswith("Bộ "):  # `Sở YT`, of `Bộ Y tế (YT)`
        return full.removeprefix("Bộ ")
    missing = full.removesuffix(defined).split()
    same = named and missing and fold(named[-1]) == fold(missing[-1])
    return defined if same and full.endswith(defined) else full


def _unsaid(named: str, full: str) -> str | None:
    """What `full` says beyond the words that stand before it already, or None where they say none of it."""
    head, words = named.split(), full.split()
    said = [fold(word) for word in head[-_LONGEST_HEAD:]]
    for n in range(min(len(said), len(words) - 1), 0, -1):
        begins = n == len(head) or head[-n][0].isupper()  # not the `bộ` of `Đảng bộ BYT`
        if begins and said[-n:] == [fold(word) for word in words[:n]]:
            return " ".join(words[n:])
    return None


def opens_brand(name: str, shorts: Mapping[str, str]) -> bool:
    """Whether a name is a brand that opens with a short name, which stays as it is there.

    Example:
        >>> shorts = {"VDM": "Tổng công ty Ví Dụ Mẫu"}
        >>> opens_brand("VDM Telecom", shorts), opens_brand("VDM Hà Nội", shorts)
        (True, False)
    """
    lead, *rest = _JOINT.split(name, maxsplit=1)
    first = rest[0].split()[0] if lead in shorts and rest else ""
    foreign = first[:1].isupper() and not MARKED.search(first) and not SYLLABLE.fullmatch(fold(first))
    return foreign and places.find(rest[0]) is None
