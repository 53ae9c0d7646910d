"""`python -m kyket` is the `kyket` command."""

from kyket.cli import main

main()
