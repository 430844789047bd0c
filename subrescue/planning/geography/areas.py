"""The ports about a datum and the airfields with roads to them: of the whole world a plan looks at these first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.map_files.on_disk import parts_on_disk
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_nm

# Areas are made for the middle of squares of this many degrees, so that a datum that is moved a little keeps its own.
_SQUARE_DEG = 5.0
# From the middle of such a square to a corner it is no farther.
_TO_CORNER_NM = 213.0
# How far the ports lie from the middle of the square: the first area, and those that are asked when it may not do.
RADII_NM = (1500.0, 4000.0, float("inf"))
# So many ports of the first area are routed together: for each alone the router takes nearly as long.
_GROUP = 512


@dataclass(frozen=True, eq=False)
class Area:
    """Ports and airfields by their numbers among all places, and the road pairs between them.

    pair_field: for each pair the row in `fields`; pairs are sorted by port, `pair_first` is where those of a port
    begin. within_nm: every port of the world nearer to any datum of the square than this is in the area.
    """

    fields: IntArray
    ports: IntArray
    pair_field: IntArray
    pair_nm: FloatArray
    pair_first: IntArray
    within_nm: float

    def row(self, field: int) -> int | None:
        """The row of an airfield, or None where it is not in the area."""
        row = int(np.searchsorted(self.fields, field))
        return row if row < len(self.fields) and self.fields[row] == field else None

    def pairs_of(self, port_row: int) -> slice:
        """The pairs of the port in this row."""
        is_last = port_row + 1 == len(self.pair_first)
        end = len(self.pair_field) if is_last else int(self.pair_first[port_row + 1])
        return slice(int(self.pair_first[port_row]), end)


def area_about(places: Places, datum: Position, radius_nm: float) -> Area:
    """The area about a datum, kept for its square; the whole world is one for all."""
    lat, lon = _middle(datum) if np.isfinite(radius_nm) else (0.0, 0.0)
    return _area(places, lat, lon, radius_nm)


def ports_in_groups(places: Places, datum: Position) -> IntArray:
    """(ports,) the group of each port of the first area about a datum, 0 for those nearest to its middle; else -1.

    The groups are the same for every datum of a square.
    """
    lat, lon = _middle(datum)
    return _ports_in_groups(places, lat, lon)


@lru_cache(maxsize=8)
def _ports_in_groups(places: Places, lat: float, lon: float) -> IntArray:
    ports = _area(places, lat, lon, RADII_NM[0]).ports
    nm = sphere_nm(np.asarray(lat), np.asarray(lon), places.port_lat[ports], places.port_lon[ports])
    found = np.full(len(places.port_lat), -1, np.int64)
    found[ports[np.argsort(nm, kind="stable")]] = np.arange(len(ports)) // _GROUP
    return found


def _middle(datum: Position) -> tuple[float, float]:
    """The middle of the square of a datum, in degrees."""
    lat, lon = (np.floor(one / _SQUARE_DEG) * _SQUARE_DEG + _SQUARE_DEG / 2 for one in (datum.lat_deg, datum.lon_deg))
    return float(lat), float(lon)


@lru_cache(maxsize=6)  # up to 3 MB each; a plan looks at three at most, and the next one may be where the last was
def _area(places: Places, lat: float, lon: float, radius_nm: float) -> Area:
    served = places.served_ports
    nm = sphere_nm(np.asarray(lat), np.asarray(lon), places.port_lat[served], places.port_lon[served])
    near = nm <= radius_nm
    count = np.diff(np.append(places.pair_first, len(places.pair_field)))
    chosen = np.repeat(near, count)
    fields, rows = np.unique(places.pair_field[chosen], return_inverse=True)
    kept = count[near]
    found = Area(
        fields=fields.astype(np.int64),
        ports=served[near],
        pair_field=rows.astype(np.int64),
        pair_nm=places.pair_nm[chosen],
        pair_first=(np.cumsum(kept) - kept).astype(np.int64),
        within_nm=radius_nm - _TO_CORNER_NM,
    )
    return parts_on_disk(found)


@lru_cache(maxsize=64)
def area_of(places: Places, field: int) -> Area:
    """One airfield and every port to which a road leads from it."""
    pairs = np.flatnonzero(places.pair_field == field)
    port_row = np.searchsorted(places.pair_first, pairs, side="right") - 1
    return Area(
        fields=np.array([field], np.int64),
        ports=places.served_ports[port_row],
        pair_field=np.zeros(len(pairs), np.int64),
        pair_nm=places.pair_nm[pairs],
        pair_first=np.arange(len(pairs), dtype=np.int64),
        within_nm=np.inf,
    )


@lru_cache(maxsize=4)
def every_stop(places: Places) -> Area:
    """All airfields for fuel stops, and no port."""
    none = np.zeros(0, np.int64)
    return Area(places.stop_fields, none, none, np.zeros(0), none, 0.0)
