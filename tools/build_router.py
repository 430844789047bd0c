"""Builds the sea router's files from the shipped 1:10m land and the passages: raster, graph and what goes by it.

    python -m tools.build_router [--land FILE] [--out DIR] [--samples N] [--from approaches|ports|grid|sweeps]

All of it takes some 29 minutes of processor time; --from begins with a later step, on what is there.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import packed, unpacked
from subrescue.earth.map_files.rings import Rings, unpack_rings
from subrescue.earth.passages.passages import FILE as PASSAGES_FILE
from subrescue.earth.passages.passages import load_passages
from subrescue.earth.router.approaches import FILE as APPROACHES_FILE
from subrescue.earth.router.graph import FILE
from subrescue.earth.router.ports import FILE as PORTS_FILE
from subrescue.earth.router.sea_grid import FILE as GRID_FILE
from subrescue.earth.router.sweeps import FILE as SWEEPS_FILE
from subrescue.earth.shape.geodesy import METRES_PER_NM, distance_nm
from subrescue.earth.shape.off_shore import FILE as WATER_FILE
from subrescue.earth.shape.water import NM_PER_RADIAN, Water, cell_middle, cells, unit_vectors
from tools.maps_common import update_manifest, write_arrays
from tools.passage_facts import merge
from tools.router_approaches import NO_SEA, approaches, fairway_cells, open_water, sea_points
from tools.router_corners import Corners, contour_corners
from tools.router_graph import visible_edges, wedge_headings
from tools.router_grid import sea_grid
from tools.router_passages import Line, between, land_polygons, meetings, read_leads, read_passages
from tools.router_ports import port_moorings
from tools.router_prune import sailed_corners, spread, useful_edges
from tools.router_raster import CLOSED_SEAS, clearance, land_raster, shore_distance, water_labels
from tools.router_shoals import ice_shelf_cells, shoal_cells
from tools.router_sweeps import sea_sweeps

# Distances off the shore, in tenths of a nautical mile: in open water, and in water too narrow for that.
OPEN_OFF, NARROW_OFF = 30, 15
OPEN_TOLERANCE_NM, NARROW_TOLERANCE_NM = 0.7, 0.4
LEAST_TURN_DEG = 5.0
# A corner of the inner contour is in narrow water where open water is farther than along a straight coast.
NARROW_FROM_OPEN_NM = 1.8
# Points of an inner lead are not farther apart than this: harbours beside it join it there.
JOIN_NM = 2.0
_STEPS = ("approaches", "ports", "grid", "sweeps")
ORIGIN = (
    "derived from land_10m.npz (Natural Earth 1:10m, Debian libmagics++-data 4.13.0-1); "
    "shoals, inner leads and ice shelves from tools/shoals.toml, tools/leads.toml and tools/ice_shelves.toml"
)


@dataclass(frozen=True)
class Lists:
    """The files that are kept by hand: passages that can be closed, inner leads that cannot, shoals and shelf ice."""

    passages: Path
    leads: Path
    shoals: Path
    ice: Path


def _write_passages(path: Path, lines: list[Line]) -> None:
    features = []
    for line in lines:
        a, b = line.points[:-1], line.points[1:]
        length = float(distance_nm(a[:, 0], a[:, 1], b[:, 0], b[:, 1]).sum())
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "id": line.id,
                    "name": line.name,
                    "kind": line.kind,
                    "length_nm": round(length, 1),
                    "gate": line.gate[:, ::-1].tolist(),
                },
                "geometry": {"type": "LineString", "coordinates": np.round(line.points[:, ::-1], 5).tolist()},
            }
        )
    rows = ",\n".join(json.dumps(feature) for feature in features)
    path.write_text('{"type": "FeatureCollection", "features": [\n' + rows + "\n]}\n", encoding="utf-8")


def _closed_basins(land: npt.NDArray[np.bool_], lines: list[Line]) -> npt.NDArray[np.bool_]:
    """Water that is joined neither to the ocean, by itself or by a passage, nor to a closed sea that ships sail."""
    labels, group = water_labels(~land)
    is_open = np.zeros(len(group), dtype=bool)
    ends = np.concatenate([np.array([[0.0, -30.0], *CLOSED_SEAS]), *(line.points[[0, -1]] for line in lines)])
    row, col = cells(ends[:, 0], ends[:, 1])
    is_open[group[labels[row, col]]] = True
    is_open[0] = True
    return np.asarray(~is_open[group][labels])


def _corners(distance: npt.NDArray[np.uint8]) -> tuple[Corners, npt.NDArray[np.bool_]]:
    """Corners of open and of narrow water, and which are narrow."""
    from scipy.spatial import cKDTree

    wide = contour_corners(distance < OPEN_OFF, OPEN_TOLERANCE_NM, LEAST_TURN_DEG)
    inner = contour_corners(distance < NARROW_OFF, NARROW_TOLERANCE_NM, LEAST_TURN_DEG)
    row, col = np.nonzero((distance >= OPEN_OFF) & (distance < OPEN_OFF + 12))
    chord, _ = cKDTree(unit_vectors(*cell_middle(row, col))).query(unit_vectors(inner.at[:, 0], inner.at[:, 1]))
    inner = inner.take(np.asarray(chord * NM_PER_RADIAN > NARROW_FROM_OPEN_NM))
    return wide + inner, np.arange(len(wide) + len(inner)) >= len(wide)


def _loose(places: npt.NDArray[np.float64]) -> Corners:
    """Points of lines, (n, 2) degrees, at which ways may turn in any direction."""
    return Corners(places, places + np.array([1e-3, 0]), places + np.array([0, 1e-3]))


def _along(
    leads: list[npt.NDArray[np.float64]], first: int, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The points between those of leads, which see nothing but their neighbours, and the links along each lead.

    first: the number of the corner that the first lead begins with. count: of the corners, which the added ones follow.
    """
    places, links = [np.zeros((0, 2))], [np.zeros((0, 2), dtype=np.int64)]
    for lead in leads:
        for start, added in enumerate(between(lead, JOIN_NM), first):
            number = np.array([start, *range(count, count + len(added)), start + 1])
            links.append(np.sort(np.column_stack((number[:-1], number[1:])), axis=1))
            places.append(added)
            count += len(added)
        first += len(lead)
    return np.concatenate(places), np.concatenate(links)


def write_water(out: Path, water: Water, basins: npt.NDArray[np.uint8]) -> None:
    """Write the rasters, (rows, columns) bytes each; basins: a bit a cell, as `Water.blocked`."""
    write_arrays(
        out / WATER_FILE,
        {
            **packed("blocked", water.blocked.whole()),
            **packed("clearance_nm", water.clearance_nm.whole()),
            **packed("basins", basins),
        },
    )


def write_graph(out: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write corners and edges. The ends of edges take as few bytes as the number of corners allows."""
    end = arrays["edge_end"].astype(np.min_scalar_type(len(arrays["lat"])))
    write_arrays(out / FILE, {**arrays, "edge_end": end}, plain=("edge_end", "edge_m"))


def build_graph(rings: Rings, lists: Lists, out: Path, samples: int) -> None:
    """Write passages, raster and graph."""
    polygons = land_polygons(rings)
    lines = read_passages(lists.passages, polygons)
    _write_passages(out / PASSAGES_FILE, lines)
    land = land_raster(rings)
    ice = ice_shelf_cells(lists.ice)
    basins = _closed_basins(land | ice, lines) | (ice & ~land)
    blocked = land | basins | shoal_cells(lists.shoals)
    distance = shore_distance(blocked)
    water = Water.of(np.packbits(blocked, axis=1), clearance(distance))
    write_water(out, water, np.packbits(basins, axis=1))
    _say("raster written")
    corners, is_narrow = _corners(distance)
    lines = [line for line in lines if line.kind != "sea"]  # which has a gate alone
    leads = read_leads(lists.leads, polygons)
    ways = [line.points for line in lines] + leads
    chains = np.concatenate(ways)
    chain_number = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
    is_free = np.arange(len(corners) + len(chains)) >= len(corners)
    first_chain, first_lead = len(corners), len(corners) + sum(len(line.points) for line in lines)
    own = len(corners) + np.flatnonzero((np.diff(chain_number) == 0) & (chain_number[1:] < len(lines)))
    corners = corners + _loose(chains)
    is_narrow = np.concatenate((is_narrow, np.ones(len(chains), dtype=bool)))
    _say(f"{len(corners)} corners, {int(is_narrow.sum())} of them in narrow water")
    step = np.diff(chain_number, prepend=-1, append=-1) == 0
    is_inside = np.concatenate((np.zeros(len(corners) - len(chains), dtype=bool), step[:-1] & step[1:]))
    i, j = visible_edges(water, corners, is_narrow, is_free, is_inside)
    added, links = _along(leads, first_lead, len(corners))
    corners = corners + _loose(added)
    is_free = np.concatenate((is_free, np.ones(len(added), dtype=bool)))
    first, last = np.concatenate(
        (
            np.column_stack((i, j)),
            np.column_stack((own, own + 1)),
            links,
            np.sort(first_chain + meetings(lines, leads, polygons), axis=1),
        )
    ).T
    code = np.unique(first * len(corners) + last)
    _say(f"{len(code)} edges")
    _write_graph(out, corners, is_free, code // len(corners), code % len(corners), samples)
    _say("graph written")
    entry = {"origin": ORIGIN, "licence": "public domain", "date": "2022-11-23"}
    update_manifest(
        out,
        {
            FILE: entry,
            WATER_FILE: entry,
            PASSAGES_FILE: {
                "origin": "tools/passages.toml, from memory; lines of straits laid through the water of land_10m.npz",
                "licence": "Apache-2.0",
                "date": "2026-11-26",
            },
        },
    )
    _say(f"facts of {merge(out)} passages written")


def build_approaches(rings: Rings, fairways_file: Path, lists: Lists, out: Path) -> None:
    """Write the approaches, from the raster and graph that are there."""
    blocked = np.unpackbits(unpacked("blocked", read_arrays(out / WATER_FILE)), axis=1).astype(bool)
    with np.load(out / FILE, allow_pickle=False) as graph:
        lat, lon = graph["lat"] / 1e5, graph["lon"] / 1e5
        is_free = np.unpackbits(graph["is_free"], count=len(lat)).astype(bool)
    leads = np.column_stack((lat, lon))[is_free]
    distance = shore_distance(blocked)
    is_open = open_water(blocked, distance, OPEN_OFF, lat, lon)
    point = np.where(ice_shelf_cells(lists.ice), NO_SEA, sea_points(rings))
    write_arrays(
        out / APPROACHES_FILE,
        approaches(
            rings,
            point,
            fairway_cells(fairways_file),
            blocked,
            distance,
            is_open,
            OPEN_OFF,
            leads,
            shoal_cells(lists.shoals),
        ),
    )
    _say("approaches written")
    update_manifest(
        out,
        {
            APPROACHES_FILE: {
                "origin": ORIGIN + "; fairways from tools/fairways.toml",
                "licence": "public domain",
                "date": "2026-11-23",
            }
        },
    )


def build_ports(out: Path, places: Path) -> None:
    """Write the moorings of the ports of the gazetteer in a folder, from raster, graph and approaches."""
    write_arrays(out / PORTS_FILE, port_moorings(out, places))
    _say("ports written")
    update_manifest(
        out,
        {
            PORTS_FILE: {
                "origin": "ports.npz and resources/registry, joined to router.npz",
                "licence": "public domain",
                "date": "2026-11-23",
            }
        },
    )


def build_grid(out: Path) -> None:
    """Write the corners that ways to the cells of the sea grid end at, from raster, graph and approaches."""
    write_arrays(out / GRID_FILE, sea_grid(out))
    _say("grid written")
    update_manifest(
        out,
        {
            GRID_FILE: {
                "origin": "cells of half a degree, joined to router.npz",
                "licence": "public domain",
                "date": "2022-11-23",
            }
        },
    )


def build_sweeps(out: Path) -> None:
    """Write the short cuts by which shortest ways are found, from graph and approaches."""
    write_arrays(out / SWEEPS_FILE, sea_sweeps(out))
    _say("sweeps written")
    update_manifest(
        out,
        {SWEEPS_FILE: {"origin": "shortest ways over router.npz", "licence": "public domain", "date": "2026-11-27"}},
    )


def _say(text: str) -> None:
    print(f"{time.process_time():6.0f} s  {text}", flush=True)


def _write_graph(
    out: Path,
    corners: Corners,
    is_free: npt.NDArray[np.bool_],
    i: npt.NDArray[np.int64],
    j: npt.NDArray[np.int64],
    samples: int,
) -> None:
    """Keep the corners of the world ocean and of closed seas, prune the edges, tag those that use passages."""
    seas = [int(np.argmin(distance_nm(*place, corners.at[:, 0], corners.at[:, 1]))) for place in CLOSED_SEAS]
    keep = sailed_corners(i, j, len(corners), np.array(seas))
    number = np.cumsum(keep) - 1
    inside = keep[i]
    i, j = number[i[inside]], number[j[inside]]
    corners, is_free = corners.take(keep), is_free[keep]
    # Neighbours in space get neighbouring numbers, along a line from pole to pole and round the earth: small steps.
    stored = np.round(corners.at * 1e5).astype(np.int32)
    lat, lon = stored[:, 0] / 1e5, stored[:, 1] / 1e5
    # Rounded up to the metre: a route is never shorter than the geodesic.
    metres = np.ceil(distance_nm(lat[i], lon[i], lat[j], lon[j]) * METRES_PER_NM).astype(np.uint32)
    useful = useful_edges(i, j, metres / METRES_PER_NM, len(corners), spread(lat, lon, samples))
    i, j, metres = i[useful], j[useful], metres[useful]
    at = unit_vectors(lat, lon)
    tags: list[npt.NDArray[Any]] = []
    for k, passage in enumerate(load_passages(out)):
        edge = np.flatnonzero(passage.crossed_by(at[i], at[j]))
        tags.append(np.column_stack((edge, np.full(len(edge), k))))
    tag = np.concatenate(tags)
    first, second = wedge_headings(corners)
    write_graph(
        out,
        {
            "lat": stored[:, 0],
            "lon": stored[:, 1],
            "wedge_first": first,
            "wedge_second": second,
            "is_free": np.packbits(is_free),
            "edge_count": np.bincount(i, minlength=len(corners)).astype(np.uint16),
            "edge_end": j,
            "edge_m": metres,
            "tag_edge": tag[:, 0].astype(np.int32),
            "tag_passage": tag[:, 1].astype(np.uint8),
        },
    )
    print(f"{len(corners)} corners, {len(i)} edges kept, {len(tag)} tagged")


def main() -> None:
    """Read the command line and build."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--land", type=Path, default=root / "maps" / "land_10m.npz")
    parser.add_argument("--passages", type=Path, default=root / "tools" / "passages.toml")
    parser.add_argument("--leads", type=Path, default=root / "tools" / "leads.toml")
    parser.add_argument("--shoals", type=Path, default=root / "tools" / "shoals.toml")
    parser.add_argument("--fairways", type=Path, default=root / "tools" / "fairways.toml")
    parser.add_argument("--out", type=Path, default=root / "maps")
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--from", dest="first", choices=_STEPS, help="begin with this step")
    parser.add_argument("--ice", type=Path, default=root / "tools" / "ice_shelves.toml")
    chosen = parser.parse_args()
    with np.load(chosen.land, allow_pickle=False) as stored:
        rings = unpack_rings({key: stored[key] for key in stored.files})
    lists = Lists(chosen.passages, chosen.leads, chosen.shoals, chosen.ice)
    if chosen.first is None:
        build_graph(rings, lists, chosen.out, chosen.samples)
    if chosen.first in (None, "approaches"):
        build_approaches(rings, chosen.fairways, lists, chosen.out)
    if chosen.first not in ("grid", "sweeps"):
        build_ports(chosen.out, root / "maps")
    if chosen.first != "sweeps":
        build_grid(chosen.out)
    build_sweeps(chosen.out)


if __name__ == "__main__":
    main()
