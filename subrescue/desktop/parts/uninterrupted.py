"""Work of the window's thread that no other thread of Python interrupts.

Python hands its lock to whoever has waited for it for the switch interval. That is short, so that the window has it
soon when an event comes; but a plan that is made beside the window has it back as soon, and a frame took twice its
time. Marked work is not asked for the lock until its end. But it lets go of it by itself: Qt does for each pen, colour
and rectangle that is made, numpy for long arrays, and now and then the plan is faster to take it up, for as long. So a
plan waits between two of its steps until the marked work is done.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

_Act = TypeVar("_Act", bound=Callable[..., Any])

_MOST_S = 0.03
"""Who waits for the lock has it after so long in any case."""
_MOST_PATIENCE_S = 0.05
"""Work beside the window goes on after so long in any case."""

_is_done = threading.Event()
_is_done.set()
_usual_s: list[float] = []
"""The switch interval before each piece of marked work that is being done, the outermost first."""


def uninterrupted(act: _Act) -> _Act:
    """Work of the window's thread that keeps Python's lock, if its end comes soon, and holds up what gives way."""

    @wraps(act)
    def acted(*args: Any, **more: Any) -> Any:
        _usual_s.append(sys.getswitchinterval())
        sys.setswitchinterval(_MOST_S)
        _is_done.clear()
        try:
            return act(*args, **more)
        finally:
            sys.setswitchinterval(_usual_s.pop())
            if not _usual_s:
                _is_done.set()

    return cast("_Act", acted)


@contextmanager
def letting_others() -> Iterator[None]:
    """Within marked work, while it waits for work beside the window: nobody gives way, and the lock is shared."""
    if not _usual_s:
        yield
        return
    sys.setswitchinterval(_usual_s[0])
    _is_done.set()
    try:
        yield
    finally:
        _is_done.clear()
        sys.setswitchinterval(_MOST_S)


def give_way() -> None:
    """Between two steps of work beside the window: wait while the window's thread does what is marked."""
    if not _is_done.is_set():
        _is_done.wait(_MOST_PATIENCE_S)
