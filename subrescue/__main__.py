"""Starts the program: the commands `subrescue` and `python -m subrescue`."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130
"""As a shell has it for what Ctrl+C ended."""
_THREADS_OF_BLAS = "OPENBLAS_NUM_THREADS"


def run() -> None:
    """Read the commands and run the one that is called. Ctrl+C at any moment ends it without a traceback."""
    # Our products are small, and what numpy's library shares out among threads lets these spin for 20 ms afterwards:
    # that takes a core from the window. It is read when numpy is loaded; who wants it otherwise sets it.
    os.environ.setdefault(_THREADS_OF_BLAS, "1")
    try:
        from subrescue.cli.main import run as run_command

        run_command()
    except KeyboardInterrupt:  # while modules are read, or typer puts the commands together
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run()
