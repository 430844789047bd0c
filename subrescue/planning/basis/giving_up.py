"""Lets a plan be given up between two steps: whoever asked for it may want another one before it is done.

The question is asked of the thread's context, and stands in no situation: much of what a plan works out is kept for
later plans, which somebody else waits for. What is kept is whole at every step, so a plan that was given up leaves the
next one nothing but work that need not be done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_unwanted: ContextVar[Callable[[], bool] | None] = ContextVar("unwanted", default=None)


class GivenUpError(Exception):
    """Nobody waits for this plan any more; it has no answer."""


@contextmanager
def unless(unwanted: Callable[[], bool]) -> Iterator[None]:
    """Within the block every plan of this thread asks before each step whether it is unwanted, and then gives up.

    Raises GivenUpError there.
    """
    before = _unwanted.set(unwanted)
    try:
        yield
    finally:
        _unwanted.reset(before)


def go_on() -> None:
    """Between two steps of a plan. Raises GivenUpError where it is unwanted."""
    unwanted = _unwanted.get()
    if unwanted is not None and unwanted():
        raise GivenUpError
