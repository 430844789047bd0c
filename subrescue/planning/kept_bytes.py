"""What was worked out is kept up to so many bytes: arrays of whole areas differ a hundredfold in size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, Protocol, TypeVar


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


P = ParamSpec("P")
R = TypeVar("R", bound=_Sized)


class KeptBytes(Generic[P, R]):
    """A function whose results are kept, those asked for last, while they hold no more than `most_bytes` together.

    A result says its bytes by `nbytes`; one that is larger than that by itself is kept alone. Arguments are hashable
    and given by their place.
    """

    def __init__(self, make: Callable[P, R], most_bytes: int) -> None:
        self._make, self._most_bytes = make, most_bytes
        self._kept: OrderedDict[Hashable, R] = OrderedDict()
        self._held_bytes, self._lock = 0, Lock()
        update_wrapper(self, make)

    @property
    def held_bytes(self) -> int:
        """What is kept now, in bytes."""
        return self._held_bytes

    @property
    def most_bytes(self) -> int:
        """What is kept at most, in bytes."""
        return self._most_bytes

    def cache_clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._held_bytes = 0

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result, made now where it is not kept."""
        key: Any = (*args, *kwargs.items()) if kwargs else args
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = self._make(*args, **kwargs)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._held_bytes += made.nbytes
            while self._held_bytes > self._most_bytes and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._held_bytes -= oldest.nbytes
            return self._kept[key]


def kept_within(most_bytes: int) -> Callable[[Callable[P, R]], KeptBytes[P, R]]:
    """Keep the results of a function while they hold no more than so many bytes together; see `KeptBytes`."""

    def keep(make: Callable[P, R]) -> KeptBytes[P, R]:
        return KeptBytes(make, most_bytes)

    return keep
