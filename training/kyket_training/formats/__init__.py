"""Annotated data in the forms that other tools have: reading, writing, and keeping the books of both.

One module a format, each with `read` and `write`; `registry` knows them by name. What a format cannot hold is
counted by a `Ledger`, never dropped in silence.
"""

from kyket_training.formats.files import FormatError
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.registry import DEFAULT, FORMATS, by_suffix, read_data, write_data

__all__ = ["DEFAULT", "FORMATS", "FormatError", "Ledger", "by_suffix", "read_data", "write_data"]
