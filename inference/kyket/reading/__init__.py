"""The reading room: a file or bytes in, an `Article` out.

What kind of file it is comes from its extension or from the caller, never from its content.
"""

from kyket.reading.complete import complete, published_day
from kyket.reading.files import KINDS, check_encoding, kind_of, read_bytes, read_file

__all__ = ["KINDS", "check_encoding", "complete", "kind_of", "published_day", "read_bytes", "read_file"]
