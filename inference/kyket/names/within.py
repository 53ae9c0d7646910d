"""Short names within other names: `Hội đồng thành viên VDM`."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from kyket.names import places
from kyket.names.organizations import MARKED, STATE_HEAD, SYLLABLE
from kyket.orthography import fold

_JOINT = regex.compile(r"\s*[–-]\s*|\s+")


def may_stand(short: str, full: str) -> bool:
    """Whether a short name may be written out inside other names, and is not by chance a part of its own."""
    return len(short) > 1 and short not in full and not STATE_HEAD.match(fold(short))


def meaning(name: str, short: str, full: str, definitions: Mapping[str, str]) -> str:
    """What a short name stands for within a name: `Ủy ban [Hội Mẫu]` where `Ủy ban` is named before it."""
    defined = definitions.get(short, full)
    named = name.partition(short)[0].split()
    missing = full.removesuffix(defined).split()
    same = named and missing and fold(named[-1]) == fold(missing[-1])
    return defined if same and full.endswith(defined) else full


def is_brand(name: str, shorts: Mapping[str, str]) -> bool:
    """Whether a brand goes on with a short name, which stays as it is: `VDM Telecom`, `VDM–VinaPost`."""
    lead, *rest = _JOINT.split(name, maxsplit=1)
    first = rest[0].split()[0] if lead in shorts and rest else ""
    foreign = first[:1].isupper() and not MARKED.search(first) and not SYLLABLE.fullmatch(fold(first))
    return foreign and places.find(rest[0]) is None
