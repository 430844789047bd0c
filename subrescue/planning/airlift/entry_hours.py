"""How soon a flight from an airfield can be over a nation at all: airspace need not be open before."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from subrescue.earth.places.airspace import COLS, ROWS, Airspace, sovereign_of
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm

# Nations are looked at in squares of so many cells, one degree: from its middle to a corner it is no farther.
_CELLS, _TO_CORNER_NM = 10, 43.0


def entry_nm(places: Places, fields: IntArray, nations: frozenset[str]) -> FloatArray:
    """(fields,) miles that no flight from these airfields to the airspace of one of these nations undercuts."""
    found = np.full(len(fields), np.inf)
    for nation in nations:
        towards = _squares_of(places.airspace, sovereign_of(nation))
        if len(towards):
            nm = sphere_apart_nm(places.towards[fields], towards).min(axis=1)
            found = np.minimum(found, np.maximum(nm - _TO_CORNER_NM, 0.0))
    return np.where(np.isinf(found), 0.0, found)


@lru_cache(maxsize=64)
def _squares_of(airspace: Airspace, nation: str) -> FloatArray:
    """(squares, 3) unit vectors of the middles of the squares in which a nation has airspace; for reading only."""
    numbers = [number for code, number in airspace.number_of.items() if sovereign_of(code) == nation]
    cells = np.isin(airspace.cells.whole(), numbers).reshape(ROWS // _CELLS, _CELLS, COLS // _CELLS, _CELLS)
    rows, squares = np.nonzero(cells.any(axis=(1, 3)))
    found = unit_vectors(rows - 89.5, squares - 179.5)
    found.setflags(write=False)
    return found
