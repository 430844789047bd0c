"""Shapes of a map layer as plain arrays: points, lines and outlines of areas in degrees, with a place for each name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Edges are cut so that none is longer: straight in degrees on every projection. Not where that makes too many points.
_STEP_DEG = 1.0
_MOST_CUTS = 500_000
_GAP_STEP_DEG = 0.25
# An edge over more than half a turn goes the short way; one of a whole turn is meant so: a frame around the world.
_WHOLE_TURN_DEG = 359.99


@dataclass(frozen=True, eq=False)
class Strokes:
    """Lines one behind the other. coords: (n, 2) longitude, latitude without jumps; offsets: (k + 1,) beginnings.

    is_area: (k,) the line is the outline of an area: closed, the outer ones counter-clockwise, holes clockwise.
    """

    coords: FloatArray
    offsets: IntArray
    is_area: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Shapes:
    """All shapes of a layer. points: (n, 2) longitude, latitude; places: (f, 2) where the name of a feature stands.

    numbers: (f,) which feature each place belongs to.
    """

    points: FloatArray
    strokes: Strokes
    places: FloatArray
    numbers: IntArray

    @property
    def count(self) -> int:
        """How many points there are in all shapes together."""
        return len(self.points) + len(self.strokes.coords)

    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the narrowest box that holds all; None where there is nothing.

        East is beyond 180 where the box lies over the date line.
        """
        coords = np.concatenate((self.points, self.strokes.coords))
        if not len(coords):
            return None
        lon, lat = coords[:, 0], coords[:, 1]
        taken = np.unique(np.floor(lon % 360.0 / _GAP_STEP_DEG))
        gaps = np.diff(np.append(taken, taken[0] + 360.0 / _GAP_STEP_DEG))
        start = float(taken[(int(gaps.argmax()) + 1) % len(taken)]) * _GAP_STEP_DEG
        along = (lon - start) % 360.0
        west = (start + float(along.min()) + 180.0) % 360.0 - 180.0
        return west, float(lat.min()), west + float(np.ptp(along)), float(lat.max())


def shapes_of(geometry: Any) -> Shapes:
    """Take geometries of any kind apart; coordinates are longitude and latitude in degrees. geometry: (f,) of shapely.

    Curves, solids and missing geometries are left out.
    """
    import shapely

    parts, feature = _plain_parts(geometry)
    kind = shapely.get_type_id(parts)
    points = shapely.get_coordinates(parts[kind == 0])
    line_coords, line_of = shapely.get_coordinates(parts[(kind == 1) | (kind == 2)], return_index=True)
    areas = shapely.orient_polygons(parts[kind == 3])
    ring_coords, ring_of = shapely.get_coordinates(shapely.get_rings(areas), return_index=True)
    lines = (line_coords, _offsets(line_of), False)
    rings = (ring_coords, _offsets(ring_of), True)
    strokes = _joined([_cut(_short_way(coords, offsets), offsets, area) for coords, offsets, area in (lines, rings)])
    first = np.unique(feature, return_index=True)[1] if len(feature) else np.empty(0, dtype=np.int64)
    places = shapely.get_coordinates(shapely.point_on_surface(parts[first]))
    return Shapes(points, strokes, places, feature[first])


def _plain_parts(geometry: Any) -> tuple[Any, IntArray]:
    """Points, lines and areas, and the number of the feature that each is part of."""
    import shapely

    parts = np.asarray(geometry, dtype=object)
    feature = np.arange(len(parts), dtype=np.int64)
    while np.isin(shapely.get_type_id(parts), (4, 5, 6, 7)).any():  # collections hold collections
        parts, index = shapely.get_parts(parts, return_index=True)
        feature = feature[index]
    kept = np.isin(shapely.get_type_id(parts), (0, 1, 2, 3)) & ~shapely.is_empty(parts)
    return parts[kept], feature[kept]


def _offsets(owner: IntArray) -> IntArray:
    """Where each line begins, from the number of the line that each point belongs to."""
    if not len(owner):
        return np.zeros(1, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    return np.append(starts, len(owner)).astype(np.int64)


def _short_way(coords: FloatArray, offsets: IntArray) -> FloatArray:
    """Lines that go over the date line run on to 181, 182 ..."""
    if len(coords) < 2:
        return coords
    step = np.diff(coords[:, 0])
    turns = np.where((np.abs(step) > 180.0) & (np.abs(step) < _WHOLE_TURN_DEG), -np.round(step / 360.0), 0.0)
    turns[offsets[1:-1] - 1] = 0.0
    total = np.concatenate(([0.0], np.cumsum(turns)))
    total = total - np.repeat(total[offsets[:-1]], np.diff(offsets))
    return np.column_stack((coords[:, 0] + 360.0 * total, coords[:, 1]))


def _cut(coords: FloatArray, offsets: IntArray, area: bool) -> Strokes:
    """Cut long edges."""
    is_area = np.full(len(offsets) - 1, area)
    if len(coords) < 2:
        return Strokes(coords, offsets, is_area)
    step = np.diff(coords, axis=0)
    step[offsets[1:-1] - 1] = 0.0
    pieces = np.maximum(np.ceil(np.hypot(step[:, 0], step[:, 1]) / _STEP_DEG), 1).astype(np.int64)
    if pieces.sum() > len(pieces) + _MOST_CUTS or (pieces == 1).all():
        return Strokes(coords, offsets, is_area)
    count = np.append(pieces, 1)
    begin = np.cumsum(count) - count
    edge = np.repeat(np.arange(len(coords)), count)
    share = (np.arange(len(edge)) - begin[edge]) / count[edge]
    step = np.concatenate((step, np.zeros((1, 2))))
    return Strokes(coords[edge] + share[:, None] * step[edge], np.append(begin, len(edge))[offsets], is_area)


def _joined(parts: list[Strokes]) -> Strokes:
    shift, offsets = 0, [np.zeros(1, dtype=np.int64)]
    for part in parts:
        offsets.append(part.offsets[1:] + shift)
        shift += len(part.coords)
    coords = np.concatenate([part.coords.reshape(-1, 2) for part in parts])
    return Strokes(coords, np.concatenate(offsets), np.concatenate([part.is_area for part in parts]))


def joined_shapes(parts: list[tuple[Shapes, int]]) -> Shapes:
    """Shapes of several layers as one. parts: at least one; the shapes of each and the number of its first feature."""
    return Shapes(
        np.concatenate([one.points for one, _ in parts]),
        _joined([one.strokes for one, _ in parts]),
        np.concatenate([one.places for one, _ in parts]),
        np.concatenate([one.numbers + first for one, first in parts]),
    )
