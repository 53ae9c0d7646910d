"""News and picture agencies: whom the press names as the source of what it tells and shows."""

from __future__ import annotations

from kyket.names import tables
from kyket.orthography import fold


def is_agency(name: str) -> bool:
    """Whether a name is that of a news or picture agency.

    Example:
        >>> is_agency("REUTERS"), is_agency("Reuters Hotel")
        (True, False)
    """
    return fold(name) in _agencies()


@tables.remembered(1)
def _agencies() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in tables.rows("agencies"))
