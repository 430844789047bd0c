"""Cuts the rivers, harbour entrances and narrow straits of fairways.toml out of the 1:10m land, which closes them
though sea ships use them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

# A nominal width on each side of the line, not the river's: enough for the chart to show water and for the router's
# corners 0.15 nm off the shore to leave a way.
HALF_WIDTH_NM = 0.2
NM_PER_DEGREE = 60.0
# Longer lines would be cut too narrow at one end: the width in longitude is that of the line's middle latitude.
MOST_LATITUDE_DEG = 4.0
# What a cut leaves of a shore below this size (about 0.1 by 0.2 nm) is no land, only the two outlines crossing.
CRUMB_NM2 = 0.02
CONFIDENCES = ("high", "medium", "low")

Polygons = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Fairway:
    """One line of fairways.toml; through: (n, 2) latitude and longitude in degrees, from the sea inwards."""

    name: str
    through: npt.NDArray[np.float64]


def read_fairways(path: Path) -> tuple[Fairway, ...]:
    """Read fairways.toml; ValueError names the fairway that lacks something or is named twice."""
    found: dict[str, Fairway] = {}
    for number, entry in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["fairway"], 1):
        name = entry.get("name", f"number {number}")
        missing = {"name", "through", "source", "confidence"} - set(entry)
        if missing:
            raise ValueError(f"{path.name}: fairway {name}: {', '.join(sorted(missing))} missing")
        if name in found:
            raise ValueError(f"{path.name}: fairway {name} is there twice")
        if entry["confidence"] not in CONFIDENCES:
            raise ValueError(
                f"{path.name}: fairway {name}: confidence {entry['confidence']!r} is not one of "
                f"{', '.join(CONFIDENCES)}"
            )
        through = np.array(entry["through"], dtype=np.float64)
        if through.ndim != 2 or through.shape[1] != 2 or len(through) < 2:
            raise ValueError(f"{path.name}: fairway {name}: through needs two or more pairs of latitude and longitude")
        if np.any(np.abs(through) > [90, 180]) or np.ptp(through[:, 0]) > MOST_LATITUDE_DEG:
            raise ValueError(
                f"{path.name}: fairway {name}: off the globe, or over {MOST_LATITUDE_DEG:g} degrees of "
                "latitude: check the points, or make it two fairways"
            )
        found[name] = Fairway(name, through)
    return tuple(found.values())


def widened(fairway: Fairway) -> shapely.Geometry:
    """Return the water of a fairway in longitude and latitude: its line and 0.2 nm on both sides, ends rounded.

    The width is nominal: the river may be narrower or wider. Longitude is scaled by the cosine of the
    middle latitude.
    """
    shrink = float(np.cos(np.radians((fairway.through[:, 0].min() + fairway.through[:, 0].max()) / 2)))
    line = shapely.LineString(fairway.through[:, ::-1] * [shrink, 1.0])
    area = line.buffer(HALF_WIDTH_NM / NM_PER_DEGREE, quad_segs=2)
    return shapely.Polygon(
        area.exterior.coords / np.array([shrink, 1.0]),
        [ring.coords / np.array([shrink, 1.0]) for ring in area.interiors],
    )


def water_cuts(fairways: tuple[Fairway, ...], land: Polygons) -> Polygons:
    """Return what to cut for each fairway; ValueError names the one that does not begin in water of the ocean.

    land: the polygons before any cut. A fairway begins in the charted sea outside every polygon's outer
    ring, or in the water of a fairway that stands before it.
    """
    solid = shapely.STRtree([shapely.Polygon(polygon.exterior) for polygon in land])
    cuts: list[shapely.Geometry] = []
    for fairway in fairways:
        lat, lon = (float(value) for value in fairway.through[0])
        start = shapely.points(lon, lat)
        if len(solid.query(start, predicate="intersects")) and not np.any(shapely.contains_xy(cuts, lon, lat)):
            raise ValueError(f"fairway {fairway.name}: its first point {lat:g}, {lon:g} is not in the charted sea")
        cuts.append(widened(fairway))
    return np.array(cuts, dtype=object)


def without_cuts(land: Polygons, cuts: Polygons) -> Polygons:
    """Return the land with the cuts taken out, in parts; crumbs that a cut leaves of a shore are dropped."""
    tree = shapely.STRtree(cuts)
    cut_polygon, cut_number = tree.query(land, predicate="intersects")
    parts = [land[np.setdiff1d(np.arange(len(land)), cut_polygon)]]
    for number in np.unique(cut_polygon):
        water = shapely.union_all(cuts[cut_number[cut_polygon == number]])
        pieces = shapely.get_parts(shapely.difference(land[number], water))
        pieces = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON]
        middle = np.radians(shapely.bounds(pieces).reshape(-1, 4)[:, [1, 3]].mean(axis=1))
        parts.append(pieces[shapely.area(pieces) * np.cos(middle) * NM_PER_DEGREE**2 >= CRUMB_NM2])
    return np.concatenate(parts)


def landmass_after(pieces: Polygons, land: Polygons, landmass: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the landmass of each piece: that of the whole polygon that it is left of, as roads cross a cut.

    landmass: that of each polygon of `land`. A landmass is called by its lowest number of `pieces`.
    """
    inside = shapely.point_on_surface(pieces)
    of_land, of_piece = shapely.STRtree(inside).query(land, predicate="contains")
    whole = np.full(len(pieces), -1, dtype=np.int64)
    whole[of_piece] = landmass[of_land]
    # Rounding can put the middle of a small rock just outside the rock that it was.
    lost = np.flatnonzero(whole < 0)
    whole[lost] = landmass[shapely.STRtree(land).nearest(inside[lost])]
    _, first, number = np.unique(whole, return_index=True, return_inverse=True)
    return first[number].astype(np.int32)
