"""Builds land in three levels and the border lines from the Natural Earth shapefiles of Debian's Magics
data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from subrescue.earth.map_files.rings import pack_rings
from tools.maps_common import lines_of, read_parts, read_shapes, rings_of, write_arrays
from tools.maps_fairways import Polygons, landmass_after, read_fairways, water_cuts, without_cuts

STEP_DEG = {"110m": 1e-3, "50m": 1e-3, "10m": 1e-4}
# Debian's Magics adds two lines of its own to the borders; Natural Earth's are kept.
NOT_BORDERS = {"ForgetMagics", "Overlay limit", "Lease limit"}
DISPUTED = ("Disputed", "Indefinite", "Line of control", "Indeterminant")


def land_parts(magics: Path, level: str) -> Polygons:
    """Return the land of one level as Natural Earth has it, minor islands in and lakes cut out."""
    land, _ = read_shapes(magics / level / f"ne_{level}_land.shp")
    water, kind = read_shapes(magics / level / f"ne_{level}_ocean.shp", "featurecla")
    solid = shapely.union_all(shapely.make_valid(land))
    wet = shapely.union_all(shapely.make_valid(water[kind != "Ocean"]))
    parts = shapely.get_parts(shapely.difference(solid, wet))
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON], dtype=object)


def rounded(parts: Polygons, level: str) -> Polygons:
    """Return polygons rounded to the level's step, valid, largest first."""
    snapped = shapely.make_valid(shapely.set_precision(parts, STEP_DEG[level], mode="valid_output"))
    parts = shapely.get_parts(snapped)
    parts = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)]
    parts = shapely.normalize(parts)
    order = np.lexsort((shapely.get_num_coordinates(parts), *shapely.bounds(parts).T, -shapely.area(parts)))
    return np.asarray(parts[order], dtype=object)


def charted_land(parts: Polygons, links: Path, fairways: Path) -> tuple[Polygons, npt.NDArray[np.int32]]:
    """Return the 1:10m polygons less the fairways, and the landmass of each, which a fairway does not part.

    Each fairway is cut as its line and 0.2 nm on both sides, a nominal width: see `maps_fairways`.
    """
    cuts = water_cuts(read_fairways(fairways), parts)
    whole, polygons = rounded(parts, "10m"), rounded(without_cuts(parts, cuts), "10m")
    return polygons, landmass_after(polygons, whole, join_landmasses(whole, links))


def write_uncut(magics: Path, links: Path, folder: Path) -> None:
    """Write land_10m.npz without the cuts of fairways into a folder: what lies at the sea, and what up a river."""
    whole = rounded(land_parts(magics, "10m"), "10m")
    arrays = {**pack_rings(rings_of(whole), STEP_DEG["10m"]), "landmass": join_landmasses(whole, links)}
    write_arrays(folder / "land_10m.npz", arrays)


def join_landmasses(polygons: Polygons, links: Path) -> npt.NDArray[np.int32]:
    """Number the landmasses: polygons joined across the date line and by the fixed links for road
    vehicles."""
    group = np.arange(len(polygons))

    def join(a: int, b: int) -> None:
        low, high = sorted((int(group[a]), int(group[b])))
        group[group == high] = low

    bounds = shapely.bounds(polygons)
    east = np.flatnonzero(bounds[:, 2] >= 180)
    west = np.flatnonzero(bounds[:, 0] <= -180)
    edge = shapely.linestrings([[-180, -90], [-180, 90]])
    for e in east:
        on_edge = shapely.intersection(shapely.transform(polygons[e], lambda xy: xy - [360, 0]), edge)
        for w in west:
            if shapely.length(shapely.intersection(on_edge, polygons[w])) > 0:
                join(int(e), int(w))
    tree = shapely.STRtree(polygons)
    for link in tomllib.loads(links.read_text(encoding="utf-8"))["link"]:
        ends = [int(tree.nearest(shapely.points(lon, lat))) for lat, lon in (link["a"], link["b"])]
        for (lat, lon), polygon in zip((link["a"], link["b"]), ends, strict=True):
            gap = shapely.distance(polygons[polygon], shapely.points(lon, lat))
            if gap > 0.05:
                raise ValueError(f"fixed link {link['name']}: {lat}, {lon} is {gap:.2f} degrees from land")
        join(*ends)
    return group.astype(np.int32)


def border_lines(magics: Path, level: str) -> dict[str, npt.NDArray[Any]]:
    """Return packed border lines with a flag for those that are disputed or not settled."""
    lines, kind = read_parts(magics / level / f"ne_{level}_admin_0_boundary_lines_land.shp", "featurecla")
    is_border = np.array([name not in NOT_BORDERS for name in kind])
    disputed = np.array([name.startswith(DISPUTED) for name in kind[is_border]], dtype=bool)
    packed = pack_rings(lines_of(lines[is_border]), STEP_DEG["50m"])
    return {**packed, "is_disputed": np.packbits(disputed)}


def build(magics: Path, links: Path, fairways: Path, out: Path) -> dict[str, dict[str, str]]:
    """Write land_*.npz and borders_*.npz; return their manifest entries."""
    origin = "Natural Earth, from Debian package libmagics++-data 4.13.0-1"
    entries = {}
    for level, step in STEP_DEG.items():
        parts = land_parts(magics, level)
        if level == "10m":
            polygons, landmass = charted_land(parts, links, fairways)
            arrays = {**pack_rings(rings_of(polygons), step), "landmass": landmass}
        else:
            arrays = pack_rings(rings_of(rounded(parts, level)), step)
        write_arrays(out / f"land_{level}.npz", arrays)
        write_arrays(out / f"borders_{level}.npz", border_lines(magics, level))
        for kind in ("land", "borders"):
            entries[f"{kind}_{level}.npz"] = {
                "origin": f"{origin}, 1:{level}",
                "licence": "public domain",
                "date": "2022-11-23",
            }
    entries["land_10m.npz"]["origin"] += (
        "; less the rivers and harbour entrances of tools/fairways.toml, each cut "
        "to a nominal width of 0.2 nm on both sides of its line"
    )
    return entries
