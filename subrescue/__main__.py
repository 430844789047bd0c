"""Starts the program: the commands `subrescue` and `python -m subrescue`."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""As a shell has it for what Ctrl+C ended."""


def run() -> None:
    """Read the commands and run the one that is called. Ctrl+C while they are read ends it without a traceback."""
    try:
        from subrescue.cli.main import run as run_command
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    run_command()


if __name__ == "__main__":
    run()
