"""What ends a batch run before all its articles are done."""

from kyket.errors import KyketError


class BatchError(KyketError):
    """A run that is refused: the output folder, the input or the workers are not fit for it."""


class OutputError(KyketError):
    """The output cannot be written; what is committed stays, and the same run can go on from there.

    Attributes:
        is_full: The disk, the quota or the longest file is reached.
    """

    def __init__(self, reason: str, *, is_full: bool = False) -> None:
        super().__init__(reason)
        self.is_full = is_full
