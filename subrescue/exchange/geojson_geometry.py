"""Geometries of GeoJSON (RFC 7946): longitude first, lines and areas cut at the date line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from subrescue.domain.position import Position

Point = tuple[float, float]
"""Latitude and longitude in degrees, as everywhere but in the file."""

DECIMALS = 5
"""About a metre: finer than any position here is known."""


def point(position: Position) -> dict[str, Any]:
    """A point."""
    return {"type": "Point", "coordinates": _pair(position.lat_deg, position.lon_deg)}


def line(points: Iterable[Point]) -> dict[str, Any]:
    """A line through points, given as latitude and longitude; cut where it crosses the date line (RFC 7946, 3.1.9)."""
    parts = _cut(list(points))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def ring(points: Iterable[Point]) -> dict[str, Any]:
    """The area inside a closed ring, given clockwise or not, as latitude and longitude; cut at the date line.

    A ring that goes round a pole holds the pole.
    """
    from shapely import MultiPolygon, Polygon, box, union_all
    from shapely.affinity import translate
    from shapely.geometry import mapping
    from shapely.geometry.polygon import orient

    rows = list(points)
    unwrapped = _unwrapped([*rows, rows[0]])
    turn = unwrapped[-1][1] - unwrapped[0][1]
    if abs(turn) > 180.0:
        pole = 90.0 if sum(lat for lat, _ in rows) > 0 else -90.0
        corners = [(lon, lat) for lat, lon in unwrapped]
        corners += [(corners[-1][0], pole), (corners[0][0], pole)]
    else:
        corners = [(lon, lat) for lat, lon in unwrapped[:-1]]
    whole = Polygon(corners).buffer(0)
    world = box(-180, -90, 180, 90)
    turns = (-720.0, -360.0, 0.0, 360.0, 720.0)
    joined = union_all([translate(whole, xoff=turn).intersection(world) for turn in turns])
    pieces = [orient(shape) for shape in getattr(joined, "geoms", [joined]) if isinstance(shape, Polygon)]
    area = pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)
    return {"type": area.geom_type, "coordinates": _rounded(mapping(area)["coordinates"])}


def _rounded(value: Any) -> Any:
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else round(value, DECIMALS)


def _pair(lat: float, lon: float) -> list[float]:
    return [round(lon, DECIMALS), round(lat, DECIMALS)]


def _unwrapped(points: list[Point]) -> list[Point]:
    """The same points with longitudes that do not jump, beyond 180 where need be."""
    rows: list[Point] = []
    for lat, lon in points:
        if rows:
            lon += 360.0 * round((rows[-1][1] - lon) / 360.0)
        rows.append((lat, lon))
    return rows


def _cut(points: list[Point]) -> list[list[list[float]]]:
    if len(points) == 1:
        points = points * 2  # a line has two points at least
    parts: list[list[list[float]]] = [[_pair(*points[0])]]
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        step = lon2 - lon1
        if abs(step) > 180.0:
            side = 180.0 if step < 0 else -180.0
            along = lon2 + 2 * side - lon1  # the short way round
            share = (side - lon1) / along if along else 0.0
            lat = lat1 + (lat2 - lat1) * share
            if parts[-1][-1] != _pair(lat, side):
                parts[-1].append(_pair(lat, side))
            parts.append([_pair(lat, -side)])
            if _pair(lat2, lon2) != parts[-1][-1]:
                parts[-1].append(_pair(lat2, lon2))
        else:
            parts[-1].append(_pair(lat2, lon2))
    return [part for part in parts if len(part) > 1] or [parts[0] * 2]
