"""What third-party readers log is for the caller's handlers, not for standard error."""

from __future__ import annotations

import logging


def leave_to_caller(*names: str) -> None:
    """Keep Python's handler of last resort from printing what these loggers say."""
    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
