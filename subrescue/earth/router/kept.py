"""Keeps what was found last, so much and no more, for several threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """The `most` values that were used last, by key, that together take no more than `most_bytes` of memory.

    bytes_of: the memory that a value takes; without it only their number counts. One value may take more than all may.
    """

    def __init__(self, most: int, most_bytes: int = 0, bytes_of: Callable[[Value], int] | None = None) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._bytes_of: Callable[[Value], int] = bytes_of or (lambda _value: 0)
        self._bytes = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: Key) -> bool:
        """Say whether there is a value; does not count as use."""
        return key in self._values

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, None where there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Key, value: Value) -> Value:
        """Keep a value and return it; what was not used for longest goes."""
        with self._lock:
            if key in self._values:
                self._bytes -= self._bytes_of(self._values.pop(key))
            self._values[key] = value
            self._bytes += self._bytes_of(value)
            while len(self._values) > 1 and (len(self._values) > self._most or self._bytes > self._most_bytes):
                self._bytes -= self._bytes_of(self._values.popitem(last=False)[1])
        return value

    def or_made(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made and kept where there is none; two who ask at once may both make it."""
        found = self.get(key)
        return self.put(key, make()) if found is None else found

    def keep_last(self, count: int) -> None:
        """Let all go but so many that were used last."""
        with self._lock:
            while len(self._values) > count:
                self._bytes -= self._bytes_of(self._values.popitem(last=False)[1])
