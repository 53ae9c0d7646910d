"""Time expressions of Vietnamese news: where they stand and what they mean, as ISO 8601 values.

`find` reads a text, `parse` one phrase, `to_timex3` writes the result in TimeML. There is no clock: whatever
depends on the day of writing is counted from `reference`, and stays unknown without it.
"""

from __future__ import annotations

from kyket.dates.finder import find, parse
from kyket.dates.timex import to_timex3

__all__ = ["find", "parse", "to_timex3"]
