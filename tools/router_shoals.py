"""Blocks the router's raster along shoals, bars and ice-choked straits that the 1:10m land does not show."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np

from tools.router_raster import COLS, ROWS, BoolGrid

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
