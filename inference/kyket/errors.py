"""What kyket raises, `ValueError` and `OSError` apart."""

from __future__ import annotations

from pathlib import Path


class KyketError(Exception):
    """Base of the errors that kyket raises; its message is one line for a person to read.

    Args:
        message: In English; what is in braces is filled in with `values`, where there are any. Whoever shows
            it can so translate it.
        values: What the error is about.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message, self.values = message, values


class BundleError(KyketError):
    """A model bundle that is missing a file, is damaged, or was made for another version."""

    @staticmethod
    def of_damage(folder: Path, name: str, reason: object) -> BundleError:
        """The error for a file that cannot be used; the reason stays in the words of who tells it."""
        return BundleError("{folder}: {name} is damaged: {reason}", folder=folder, name=name, reason=reason)


class TablesError(KyketError):
    """A table of the user's own that cannot be read; the message names file and line."""


class ReadingError(KyketError):
    """An input that cannot be read or decoded; the message names it and says why.

    Attributes:
        source: The name that the message begins with; None where it has none yet.
    """

    source: str | None = None

    def of(self, source: str) -> ReadingError:
        """The same with the name of the input before it."""
        named = ReadingError(f"{source}: {self}")
        named.source, named.message, named.values = source, self.message, self.values
        return named


class DeviceError(KyketError):
    """A device that this machine, or the ONNX Runtime that is installed, does not have."""


class MissingExtraError(KyketError):
    """A feature whose packages are not installed.

    Args:
        extra: The extra of the distribution that brings them, such as `docs`.
    """

    def __init__(self, extra: str) -> None:
        # Where kyket is installed, pip adds only what it lacks, from any folder and without asking for kyket.
        super().__init__('this needs more packages: pip install "kyket[{extra}]"', extra=extra)
        self.extra = extra
