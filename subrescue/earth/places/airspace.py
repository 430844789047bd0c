"""National airspace: over which nations' land and territorial sea a flight goes; above the high sea nobody asks.

Source: Chicago Convention, articles 1 to 3 (a state's airspace is that above its land and territorial waters; a state
aircraft needs its leave), and UNCLOS article 3 (territorial sea up to 12 nm, taken here as 12 nm everywhere). Whose
land is whose is as Natural Earth draws it: lines on a map, no statement on anybody's claim.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.map_arrays import unpack_text
from subrescue.earth.map_files.map_tiles import TileGrid
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors

FILE = "airspace.npz"
CELL_DEG = 0.1
ROWS, COLS = 1800, 3600
# Territories of which another state clears the airspace: from memory, after ISO 3166; a code not named is its own. Who
# controls the sky is asked, whatever anybody claims: Morocco over the Western Sahara, Israel over the West Bank.
SOVEREIGN = {
    **dict.fromkeys(("AX",), "FI"),
    **dict.fromkeys(("FO", "GL"), "DK"),
    **dict.fromkeys(("BV", "SJ"), "NO"),
    **dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL"),
    **dict.fromkeys(("CC", "CX", "HM", "NF"), "AU"),
    **dict.fromkeys(("CK", "NU", "TK"), "NZ"),
    **dict.fromkeys(("HK", "MO"), "CN"),
    "EH": "MA",
    "PS": "IL",
    **dict.fromkeys(("AS", "GU", "MP", "PR", "UM", "VI"), "US"),
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"),
    **dict.fromkeys(("AI", "BM", "FK", "GG", "GI", "GS", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"), "GB"),
}
# A flight is looked at every so many miles: whoever grazes a corner for less needs no leave here. Territorial sea alone
# is 24 nm across.
STEP_NM = 8.0

Numbers = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def cell_of(lat_deg: FloatArray, lon_deg: FloatArray) -> tuple[IntArray, IntArray]:
    """Row and column in the grid of nations of places in degrees."""
    row = ((lat_deg + 90.0) / CELL_DEG).astype(np.int64)
    return np.minimum(row, ROWS - 1), ((lon_deg + 180.0) / CELL_DEG).astype(np.int64) % COLS


def sovereign_of(code: str) -> str:
    """The nation that clears the airspace of a country or territory, both as ISO codes."""
    return SOVEREIGN.get(code, code)


class Airspace:
    """The grid of nations, read at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def _read(self) -> tuple[TileGrid, tuple[str, ...]]:
        arrays = open_arrays(FILE, self._folder)
        cells = np.cumsum(arrays["cells"], axis=0, dtype=np.uint8)
        return TileGrid.of(cells), tuple(unpack_text(arrays["iso"]))

    @property
    def cells(self) -> TileGrid:
        """(ROWS, COLS) number of the nation of each cell, from 90 S and 180 W; 0 for none. Packed: a fifth of 6 MB."""
        return self._read[0]

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO 3166 code by the number of a cell; "" for nobody's."""
        return self._read[1]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Number by ISO code."""
        return {code: number for number, code in enumerate(self.codes) if code}

    def at(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> Numbers:
        """Numbers of the nations above whose land or territorial sea these places in degrees lie; 0 for none."""
        return np.asarray(self.cells.at(*cell_of(np.asarray(lat_deg, float), np.asarray(lon_deg, float))))

    def over(self, way: tuple[Position, ...]) -> tuple[str, ...]:
        """Codes of the nations that a flight through these places goes over, in order, each once; ends included.

        Legs are great circles on the sphere: within some miles of the geodesic. Kept.
        """
        return _over(self, way)


@lru_cache(maxsize=4096)  # half a kilobyte each; a plan far from help asks for 200, more of a larger registry
def _over(airspace: Airspace, way: tuple[Position, ...]) -> tuple[str, ...]:
    found: dict[int, None] = {}
    for a, b in pairwise(way):
        numbers = airspace.at(*great_circle(a, b))
        change = np.flatnonzero(np.diff(numbers, prepend=np.uint8(0)))
        found.update(dict.fromkeys(numbers[change].tolist()))
    return tuple(airspace.codes[number] for number in found if number)


def counted_back(here: FloatArray, there: FloatArray) -> npt.NDArray[np.bool_]:
    """(n,) whether the looks along flights between unit vectors, (n, 3), are counted from `there`: its southern end.

    Begun at the other end they would fall on other points, and what merely grazes a shore would be open there and shut
    back, or flown round by one account and over by another.
    """
    back = here[:, 2] > there[:, 2]
    for axis, before in ((0, (2,)), (1, (2, 0))):
        even = (here[:, before] == there[:, before]).all(axis=1)
        back |= even & (here[:, axis] > there[:, axis])
    return np.asarray(back)


def great_circle(a: Position, b: Position) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes in degrees along the great circle between two places, both included, by `STEP_NM`.

    They are the same there and back: steps are counted from one end, see `counted_back`.
    """
    here, there = unit_vectors([a.lat_deg, b.lat_deg], [a.lon_deg, b.lon_deg])
    if back := bool(counted_back(here[None], there[None])[0]):
        here, there = there, here
    cosine = float(np.clip(here @ there, -1.0, 1.0))
    across = there - cosine * here
    length = float(np.linalg.norm(across))
    if length < 1e-9:
        return np.array([a.lat_deg]), np.array([a.lon_deg])
    far, step = float(np.arccos(cosine)), STEP_NM / EARTH_RADIUS_NM
    angle = np.append(np.arange(0.0, far, step), far)[:: -1 if back else 1]
    points = np.cos(angle)[:, None] * here + np.sin(angle)[:, None] * (across / length)
    lat_deg = np.degrees(np.arcsin(np.clip(points[:, 2], -1.0, 1.0)))
    return lat_deg, np.degrees(np.arctan2(points[:, 1], points[:, 0]))
