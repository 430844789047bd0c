"""Builds the grid of national airspace from the countries' outlines: `python -m tools.maps_airspace`.

A cell is of the nation that holds its middle, or of the nearest whose land lies within 12 nm, the breadth of the
territorial sea (UNCLOS article 3; above it is the coastal state's airspace, article 2). Antarctica is nobody's.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.map_arrays import pack_text
from subrescue.earth.map_files.rings import Rings
from subrescue.earth.places.airspace import CELL_DEG, COLS, FILE, ROWS, sovereign_of
from subrescue.earth.shape.countries import Countries
from tools.maps_common import update_manifest, write_arrays

IntArray = npt.NDArray[np.int64]
Cells = npt.NDArray[np.uint8]

TERRITORIAL_SEA_NM = 12.0
CELL_NM = 60.0 * CELL_DEG
NOBODYS = {"AQ"}
# Near the poles a cell is narrower than any number would do.
LEAST_COSINE = 0.02


def land_cells(rings: Rings, number: IntArray) -> Cells:
    """(ROWS, COLS) number of the country on whose land the middle of a cell lies, 0 for none.

    `number` is that of each ring. Cells with a corner of an outline count too: small islands have no middle inside.
    """
    x, y = rings.coords[:, 0], rings.coords[:, 1]
    last = np.zeros(len(x), bool)
    last[rings.offsets[1:] - 1] = True
    owner = np.repeat(number, np.diff(rings.offsets))
    edge = np.flatnonzero(~last)
    low = np.where(y[edge] <= y[edge + 1], edge, edge + 1)
    high = 2 * edge + 1 - low
    first = np.ceil((y[low] + 90.0) / CELL_DEG - 0.5).astype(np.int64)
    count = np.ceil((y[high] + 90.0) / CELL_DEG - 0.5).astype(np.int64) - first
    which, step = repeated(count)
    row = first[which] + step
    lat = (row + 0.5) * CELL_DEG - 90.0
    a, b = low[which], high[which]
    cross = x[a] + (lat - y[a]) * (x[b] - x[a]) / (y[b] - y[a])
    order = np.lexsort((cross, row, owner[a]))
    enter, leave = order[::2], order[1::2]
    begin = np.ceil((cross[enter] + 180.0) / CELL_DEG - 0.5).astype(np.int64)
    width = np.maximum(np.ceil((cross[leave] + 180.0) / CELL_DEG - 0.5).astype(np.int64) - begin, 0)
    which, step = repeated(width)
    cells = np.zeros((ROWS, COLS), np.uint8)
    cells.ravel()[row[enter][which] * COLS + begin[which] + step] = owner[a][enter][which]
    r = np.clip(((y + 90.0) / CELL_DEG).astype(np.int64), 0, ROWS - 1)
    c = ((x + 180.0) / CELL_DEG).astype(np.int64) % COLS
    free = cells[r, c] == 0
    cells[r[free], c[free]] = owner[free]
    return cells


def repeated(count: IntArray) -> tuple[IntArray, IntArray]:
    """The number of each of `count` things as often as it says, and how many of its own came before."""
    which = np.repeat(np.arange(len(count)), count)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)


def with_territorial_sea(land: Cells) -> Cells:
    """Give each cell at sea within 12 nm of a coast to the nearest country."""
    sea = land == 0
    shore = ~sea & (np.roll(sea, 1, 0) | np.roll(sea, -1, 0) | np.roll(sea, 1, 1) | np.roll(sea, -1, 1))
    row, col = np.nonzero(shore)
    found: list[tuple[IntArray, Cells, npt.NDArray[np.float64]]] = []
    reach = int(TERRITORIAL_SEA_NM / CELL_NM)
    for up in range(-reach, reach + 1):
        inside = (row + up >= 0) & (row + up < ROWS)
        there, near, mine = row[inside] + up, col[inside], land[row[inside], col[inside]]
        cosine = np.maximum(np.cos(np.radians((there + 0.5) * CELL_DEG - 90.0)), LEAST_COSINE)
        half = (np.sqrt(TERRITORIAL_SEA_NM**2 - (up * CELL_NM) ** 2) / (CELL_NM * cosine)).astype(np.int64)
        which, step = repeated(2 * half + 1)
        along = step - half[which]
        cell = there[which] * COLS + (near[which] + along) % COLS
        wet = sea.ravel()[cell]
        nm = np.hypot(up * CELL_NM, along * CELL_NM * cosine[which])
        found.append((cell[wet], mine[which][wet], nm[wet]))
    cell, mine, nm = (np.concatenate([one[n] for one in found]) for n in range(3))
    order = np.argsort(-nm, kind="stable")  # the nearest is written last
    near_land = land.copy()
    near_land.ravel()[cell[order]] = mine[order]
    return near_land


def build(out: Path) -> dict[str, dict[str, str]]:
    """Write airspace.npz; countries.npz must be there."""
    countries = Countries(out)
    nations = [sovereign_of(one.iso or "") for one in countries.all]
    codes = ["", *sorted(set(nations) - NOBODYS - {""})]
    number = np.array([codes.index(nation) if nation in codes else 0 for nation in nations])
    rings = countries.rings
    cells = with_territorial_sea(land_cells(rings, number[countries.owner[rings.polygon]]))
    # Rows are alike: what differs from the row below packs well.
    write_arrays(out / FILE, {"cells": np.diff(cells, axis=0, prepend=np.uint8(0)), "iso": pack_text(codes)})
    return {
        FILE: {
            "origin": "countries.npz on a grid of 0.1 degrees, with 12 NM of territorial sea",
            "licence": "ISC (world-atlas), public domain (Natural Earth)",
            "date": "2019-11-26",
        }
    }


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "maps")
    out: Path = parser.parse_args().out
    update_manifest(out, build(out))


if __name__ == "__main__":
    main()
