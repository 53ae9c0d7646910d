"""What ends a batch run before all its articles are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyket.errors import KyketError

if TYPE_CHECKING:
    from kyket.batch.store import Progress


class BatchError(KyketError):
    """A run that is refused: the output folder, the input or the workers are not fit for it."""


class OutputError(KyketError):
    """The output cannot be written; what is committed stays, and the same run can go on from there.

    Attributes:
        is_full: The disk, the quota or the longest file is reached.
        committed: How far the run is, where it came to its first article.
    """

    def __init__(self, reason: str, *, is_full: bool = False) -> None:
        super().__init__(reason)
        self.is_full = is_full
        self.committed: Progress | None = None


class UnreachableError(BatchError):
    """An address of the input that does not answer, which says nothing of the file there."""
