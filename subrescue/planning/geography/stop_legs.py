"""Great circles from airfields to all fuel stops, kept for those airfields that somebody asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.sphere import EARTH_RADIUS_NM
from subrescue.planning.geography.asked_rows import AskedRows

Miles = npt.NDArray[np.float32]


class StopLegs(AskedRows):
    """(rows, all stops) nm in single precision: 57 MB from all of the world's airfields, of which a plan asks for every
    third. Let go, the same are worked out again in 30 µs for an airfield.

    towards: (fields, 3) unit vectors; stop_fields: the numbers of those that are stops.
    """

    def __init__(self, towards: npt.NDArray[np.float64], stop_fields: npt.NDArray[np.int64]) -> None:
        self._towards, self._stop_fields = towards, stop_fields
        super().__init__(len(towards), len(stop_fields), np.float32, self._measure)

    def legs(self, fields: npt.NDArray[np.int64]) -> tuple[Miles, npt.NDArray[np.int64]]:
        """The table and the rows of these airfields, as `cheapest_of` takes them."""
        rows, nm = self.of(fields)
        return nm, rows

    def between(self, fields: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> Miles:
        """(fields, stops) nm between these airfields and these stops."""
        rows, nm = self.of(fields)
        return np.asarray(nm[np.ix_(rows, stops)])

    def _measure(self, fields: npt.NDArray[np.int64], nm: npt.NDArray[Any]) -> None:
        x, y, z = self._towards[self._stop_fields].T
        for row, field in enumerate(fields.tolist()):
            # By single numbers, not as a product of matrices: they are the same whatever is asked for together, and
            # the same there and back.
            east, north, up = self._towards[field].tolist()
            cosine = east * x + north * y + up * z
            nm[row] = EARTH_RADIUS_NM * np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0))
