"""The reading room: a file or bytes in, an `Article` out.

What kind of file it is comes from its extension or from the caller, never from its content.
"""

from kyket.reading.complete import complete, published_day
from kyket.reading.files import EXTENSIONS, KINDS, check_encoding, kind_of, read_bytes, read_file
from kyket.reading.vietnamese import doubts

__all__ = [
    "EXTENSIONS",
    "KINDS",
    "check_encoding",
    "complete",
    "doubts",
    "kind_of",
    "published_day",
    "read_bytes",
    "read_file",
]
