"""The command line: `kyket extract`, and the commands that other packages add."""

import sys


def main() -> None:
    """Run the `kyket` command and exit with its status."""
    try:
        from kyket.cli.app import app

        app(prog_name="kyket")
    except KeyboardInterrupt:
        sys.exit(130)
