"""What the grammar finds, before it has a value."""

from __future__ import annotations

from msgspec import Struct

from kyket.dates.meanings import Meaning


class Expression(Struct, frozen=True):
    """An expression found in a canonical text, with what it says."""

    start: int
    end: int
    meaning: Meaning
    is_period: bool = False
    time: str | None = None
