"""Coast and border lines cut into short runs, so that a view takes only the runs that it can see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import FloatArray, angular_distance_deg
from subrescue.earth.map_files.rings import Coordinates

RUN_POINTS = 96


@dataclass(frozen=True)
class Runs:
    """Runs of a line. coords: (n, 2) longitude, latitude; first, last: (r,) points of each run, both included.

    lat, lon, radius: (r,) the cap in degrees that holds each run.
    """

    coords: Coordinates
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]
    lat: FloatArray
    lon: FloatArray
    radius: FloatArray

    def in_sight(self, lat: float, lon: float, reach_deg: float) -> npt.NDArray[np.intp]:
        """Numbers of the runs that may lie within `reach_deg` of a place."""
        if reach_deg >= 180:
            return np.arange(len(self.first))
        off = angular_distance_deg(self.lat, self.lon, lat, lon)
        return np.flatnonzero(off <= reach_deg + self.radius)

    def points(self, chosen: npt.NDArray[np.intp]) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
        """Points of the chosen runs one behind the other, and where a new line starts."""
        if not len(chosen):
            return np.empty((0, 2)), np.zeros(0, dtype=bool)
        first, lengths = self.first[chosen], self.last[chosen] - self.first[chosen] + 1
        ends = np.cumsum(lengths)
        starts = ends - lengths
        index = np.repeat(first - starts, lengths) + np.arange(ends[-1])
        begins = np.zeros(len(index), dtype=bool)
        begins[starts] = True
        return self.coords[index], begins


def runs_of(coords: FloatArray, offsets: npt.NDArray[np.integer], *, seams: bool = False) -> Runs:
    """Cut lines into runs; edges along the date line and at the south pole, where the flat map ends, are no coast.

    seams: such edges are lines as all others.
    """
    a, b = coords[:-1], coords[1:]
    seam = (np.abs(a[:, 0]) >= 179.9999) & (np.abs(b[:, 0]) >= 179.9999)
    seam |= (np.abs(a[:, 1]) >= 89.99) & (np.abs(b[:, 1]) >= 89.99)
    drawn = np.ones(len(seam), dtype=bool) if seams else ~seam
    drawn[offsets[1:-1] - 1] = False
    # A run starts where an edge is drawn and the one before is not, and after every RUN_POINTS edges.
    before = np.concatenate(([False], drawn[:-1]))
    starts = drawn & ~before
    number = np.arange(len(drawn))
    since = number - np.maximum.accumulate(np.where(starts, number, 0))
    first = np.flatnonzero(drawn & (starts | (since % RUN_POINTS == 0)))
    after = np.concatenate((drawn[1:], [False]))
    ends_here = drawn & (~after | (since % RUN_POINTS == RUN_POINTS - 1))
    last = np.flatnonzero(ends_here) + 1
    lon, lat = np.radians(coords[:, 0]), np.radians(coords[:, 1])
    unit = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    total = np.concatenate((np.zeros((1, 3)), np.cumsum(unit, axis=0)))
    mean = total[last + 1] - total[first]
    mid_lat = np.degrees(np.arctan2(mean[:, 2], np.hypot(mean[:, 0], mean[:, 1])))
    mid_lon = np.degrees(np.arctan2(mean[:, 1], mean[:, 0]))
    run_of_edge = np.cumsum(np.isin(np.arange(len(drawn)), first)) - 1
    edge = np.flatnonzero(drawn)
    run = run_of_edge[edge]
    reach = np.maximum(
        angular_distance_deg(coords[edge, 1], coords[edge, 0], mid_lat[run], mid_lon[run]),
        angular_distance_deg(coords[edge + 1, 1], coords[edge + 1, 0], mid_lat[run], mid_lon[run]),
    )
    radius = np.zeros(len(first))
    np.maximum.at(radius, run, reach)
    return Runs(coords, first, last, mid_lat, mid_lon, radius)
