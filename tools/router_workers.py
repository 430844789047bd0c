"""The processes in which the builders of the sea router work: forked, so that what is in memory is not sent to them."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.pool import Pool

_COUNT = 2


def workers() -> Pool:
    """A pool of them; what they make does not hang on how many they are."""
    return get_context("fork").Pool(_COUNT)
