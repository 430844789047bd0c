"""What the readers of a user's grids, charts and layers share: how they bear what the libraries behind them say."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


def first_line(error: BaseException) -> str:
    """What a library says of a file that it cannot read, short enough for a message to a person."""
    lines = str(error).strip().splitlines()
    return lines[0][:120] if lines else type(error).__name__


@contextmanager
def quiet_reader() -> Iterator[None]:
    """Keep pyogrio's own remarks out of log and standard error: what matters is raised."""
    log = logging.getLogger("pyogrio")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
