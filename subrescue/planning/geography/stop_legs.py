"""Great circles from airfields to all fuel stops, kept for those airfields that somebody asked for."""

from __future__ import annotations

import threading

import numpy as np
import numpy.typing as npt

Miles = npt.NDArray[np.float32]

EARTH_RADIUS_NM = 3440.065
# Room is made for so many airfields at least, and by so much more than there was: pages without a row take none.
_FEWEST, _MORE = 128, 1.5


class StopLegs:
    """From all of the world's airfields they would take 57 MB; a plan asks for every third.

    towards: (fields, 3) unit vectors; stop_fields: the numbers of those that are stops. Safe to use from several
    threads.
    """

    def __init__(self, towards: npt.NDArray[np.float64], stop_fields: npt.NDArray[np.int64]) -> None:
        self._towards, self._stop_fields = towards, stop_fields
        self._lock = threading.Lock()
        self.let_go()

    def let_go(self) -> None:
        """Keep none: the same are worked out again when they are asked for, in 30 µs for an airfield."""
        with self._lock:
            self._row = np.full(len(self._towards), -1, np.int64)
            self._nm: Miles = np.empty((0, len(self._stop_fields)), np.float32)
            self.count = 0

    def legs(self, fields: npt.NDArray[np.int64]) -> tuple[Miles, npt.NDArray[np.int64]]:
        """(rows, all stops) nm in single precision, and the row of each of these airfields.

        What was given out stays as it is.
        """
        with self._lock:
            new = np.unique(fields[self._row[fields] < 0])
            if len(new):
                self._add(new)
            return self._nm, self._row[fields]

    def between(self, fields: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> Miles:
        """(fields, stops) nm between these airfields and these stops."""
        nm, rows = self.legs(fields)
        return nm[np.ix_(rows, stops)]

    def _add(self, fields: npt.NDArray[np.int64]) -> None:
        end = self.count + len(fields)
        if end > len(self._nm):
            room = max(end, _FEWEST, int(len(self._nm) * _MORE))
            grown = np.empty((room, self._nm.shape[1]), np.float32)
            grown[: self.count] = self._nm[: self.count]
            self._nm = grown
        x, y, z = self._towards[self._stop_fields].T
        for row, field in enumerate(fields.tolist(), self.count):
            # By single numbers, not as a product of matrices: they are the same whatever is asked for together, and
            # the same there and back.
            east, north, up = self._towards[field].tolist()
            cosine = east * x + north * y + up * z
            self._nm[row] = EARTH_RADIUS_NM * np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0))
        self._row[fields] = np.arange(self.count, end)
        self.count = end
