"""What kyket raises, `ValueError` and `OSError` apart."""


class KyketError(Exception):
    """Base of the errors that kyket raises; its message is one line for a person to read."""


class BundleError(KyketError):
    """A model bundle that is missing a file, is damaged, or was made for another version."""


class TablesError(KyketError):
    """A table of the user's own that cannot be read; the message names file and line."""


class ReadingError(KyketError):
    """An input that cannot be read or decoded; the message names it and says why."""


class DeviceError(KyketError):
    """A device that this machine, or the ONNX Runtime that is installed, does not have."""


class MissingExtraError(KyketError):
    """A feature whose packages are not installed.

    Args:
        extra: The extra of the distribution that brings them, such as `docs`.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(f'this needs more packages: pip install "kyket[{extra}]"')
        self.extra = extra
