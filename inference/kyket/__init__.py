"""Reads Vietnamese news about co-operation between organisations.

Example:
    >>> import kyket
    >>> extractor = kyket.load()
    >>> doc = extractor("Hai bên ký Thỏa thuận hợp tác giai đoạn 2022-2025.", published="2022-07-18")
    >>> str(doc.periods[0].value)
    '2022/2025'
"""

from kyket.errors import KyketError

__all__ = ["KyketError"]
