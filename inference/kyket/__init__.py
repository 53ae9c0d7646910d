"""Reads Vietnamese news about co-operation between organisations.

Example:
    >>> import kyket
    >>> extractor = kyket.load()
    >>> doc = extractor("Hai bên ký Thỏa thuận hợp tác giai đoạn 2022-2025.", published="2022-07-18")
    >>> str(doc.periods[0].value)
    '2022/2025'
"""

import importlib
from typing import TYPE_CHECKING, Any

from kyket.document import Article, Document
from kyket.errors import KyketError

if TYPE_CHECKING:
    from kyket import agreements, dates, names, reading, schema, writing
    from kyket import batch as batch
    from kyket.extractor import Extractor, load

__all__ = [
    "Article",
    "Document",
    "Extractor",
    "KyketError",
    "agreements",
    "dates",
    "load",
    "names",
    "reading",
    "schema",
    "writing",
]  # not `batch`, which needs an extra

_ROOMS = frozenset({"agreements", "batch", "dates", "names", "reading", "schema", "writing"})


def __getattr__(name: str) -> Any:
    """Rooms and the extractor load when they are first asked for, so that `import kyket` is cheap."""
    if name in _ROOMS:
        return importlib.import_module(f"kyket.{name}")
    if name in {"Extractor", "load"}:
        return getattr(importlib.import_module("kyket.extractor"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
