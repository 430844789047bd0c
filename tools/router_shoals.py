"""Blocks the router's raster where the 1:10m land shows no bar to ships: shoals, ice-choked straits, ice shelves."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np

from subrescue.earth.map_files.rings import Rings
from tools.router_raster import COLS, ROWS, BoolGrid, inside_raster

# Places along a line, in cells: no cell that it runs through is left out.
_STEP_CELLS = 0.25


def shoal_cells(shoals: Path) -> BoolGrid:
    """Cells along the lines of a list of shoals, two thick, so that no line slips through between two of them."""
    found = np.zeros((ROWS, COLS), dtype=bool)
    for entry in tomllib.loads(shoals.read_text(encoding="utf-8"))["shoal"]:
        line = np.array(entry["line"], dtype=np.float64)
        for a, b in pairwise(line):
            steps = int(np.abs(b - a).max() * 60 / _STEP_CELLS) + 2
            track = a + (b - a) * np.linspace(0, 1, steps)[:, None]
            row = ((track[:, 0] + 90) * 60).astype(int)
            col = ((track[:, 1] + 180) * 60).astype(int)
            for down, right in ((0, 0), (1, 0), (0, 1)):
                found[np.minimum(row + down, ROWS - 1), (col + right) % COLS] = True
    return found


def ice_shelf_cells(shelves: Path) -> BoolGrid:
    """Cells in the outlines of a list of ice shelves, which run over the land behind them."""
    found = tomllib.loads(shelves.read_text(encoding="utf-8"))["shelf"]
    outlines = [np.array([*entry["outline"], entry["outline"][0]], dtype=np.float64)[:, ::-1] for entry in found]
    offsets = np.cumsum([0, *map(len, outlines)], dtype=np.int32)
    number = np.arange(len(outlines), dtype=np.int32)
    return inside_raster(Rings(np.concatenate(outlines), offsets, number, np.zeros(len(outlines), dtype=bool)))
