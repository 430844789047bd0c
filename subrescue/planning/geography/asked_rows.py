"""A table with a row for each airfield that somebody asked for: of all the world's airfields it would be too large."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

# Room is made for so many rows at least, and by so much more than there was: pages without a row take none.
_FEWEST, _MORE = 128, 1.5


class AskedRows:
    """(rows, columns) numbers. Safe to use from several threads.

    fields: how many airfields there are. fill: writes the rows of airfields, by their numbers, where there stand
    zeros. at_once: all are written with the first.
    """

    def __init__(
        self,
        fields: int,
        columns: int,
        kind: npt.DTypeLike,
        fill: Callable[[npt.NDArray[np.int64], npt.NDArray[Any]], None],
        *,
        at_once: bool = False,
    ) -> None:
        self._fields, self._columns, self._kind = fields, columns, kind
        self._fill, self._at_once = fill, at_once
        self._lock = threading.Lock()
        self.let_go()

    def let_go(self) -> None:
        """Keep none: who asks has them written again."""
        with self._lock:
            # (fields,) where each stands, -1 for nowhere.
            self._row = np.full(self._fields, -1, np.int64)
            self._table: npt.NDArray[Any] = np.zeros((0, self._columns), self._kind)
            self.count = 0

    @property
    def bytes(self) -> int:
        """What its rows take."""
        return self.count * self._columns * self._table.itemsize

    def of(self, fields: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
        """(fields,) the rows of these airfields in the table, and it. What was given out stays as it is."""
        with self._lock:
            new = np.flatnonzero(self._row < 0) if self._at_once else np.unique(fields[self._row[fields] < 0])
            if len(new):
                self._add(new)
            return self._row[fields], self._table

    def _add(self, fields: npt.NDArray[np.int64]) -> None:
        end = self.count + len(fields)
        if end > len(self._table):
            room = end if self._at_once else max(end, _FEWEST, int(len(self._table) * _MORE))
            grown = np.zeros((room, self._columns), self._kind)
            grown[: self.count] = self._table[: self.count]
            self._table = grown
        self._fill(fields, self._table[self.count : end])
        self._row[fields] = np.arange(self.count, end)
        self.count = end
