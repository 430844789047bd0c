"""Work of the window's thread that no other thread of Python interrupts.

Python hands its lock to whoever has waited for it for the switch interval. That is short, so that the window has it
soon when an event comes; but a plan that is made beside the window has it back as soon, and a frame took twice its
time. Work that is marked keeps the lock to its end. It pays where Qt does not let go of the lock meanwhile: painting
does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

_Act = TypeVar("_Act", bound=Callable[..., Any])

_MOST_S = 0.03
"""Who waits for the lock has it after so long in any case."""


def uninterrupted(act: _Act) -> _Act:
    """Work of the window's thread that keeps Python's lock to its end, if that comes soon."""

    @wraps(act)
    def acted(*args: Any, **more: Any) -> Any:
        usual_s = sys.getswitchinterval()
        sys.setswitchinterval(_MOST_S)
        try:
            return act(*args, **more)
        finally:
            sys.setswitchinterval(usual_s)

    return cast("_Act", acted)
