"""The bounds by which the field of the sea leaves out ways by corners hold for every line of the grid's blocks."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.sea_corners import BEND_NM, QUARTER_NM, Part, powers, shortest_by_corners
from subrescue.earth.router.sea_grid import BLOCK, BLOCK_COLS, PER_NM, SeaGrid
from subrescue.earth.shape.quick_geodesic import quick_geodesic_nm


@cache
def _grid() -> SeaGrid:
    return SeaGrid(SeaGraph())


def _part(part: slice) -> Part:
    """Some blocks, for a start from which every corner is no mile away: ways are lines."""
    grid = _grid()
    best = np.full((len(grid.entries.block), BLOCK**2), np.inf, dtype=np.float32)
    return Part(grid, np.zeros(grid.corners.shape[1], dtype=np.float32), grid.entries.bits, part, best)


@pytest.mark.parametrize("share", [0.0, 0.04, 0.2, 0.35, 0.5, 0.65, 0.8, 0.97])
def test_no_line_is_shorter_or_longer_than_its_estimate_allows(share: float) -> None:
    """Blocks from one pole to the other, with lines from 70 to 10,000 miles."""
    grid = _grid()
    first = int(share * len(grid.entries.block))
    part = _part(slice(first, first + 200))
    owner = np.repeat(np.arange(len(part.count)), part.count)
    ways = part.ways(np.arange(len(owner)), owner)
    nm = quick_geodesic_nm(grid.corners.take(ways.node, axis=1)[:, :, None], grid.reduced.take(owner + first, axis=1))
    least, off = part.estimates(ways)
    assert (least <= nm).all()
    assert (nm <= least + 2 * off[:, None]).all()
    # Most are known far better than a block is wide.
    assert np.median(off) < 0.5
    # The slope alone is a bound too.
    row = grid.entries.block[first + owner] // BLOCK_COLS
    slope = np.einsum("in,nic->nc", ways.terms, powers()[row, :3])
    is_short = ways.miles <= QUARTER_NM * PER_NM
    assert (nm[is_short] >= slope[is_short] - BEND_NM).all()


def test_the_ways_found_are_the_shortest_of_all_that_corners_see() -> None:
    grid, entries = _grid(), _grid().entries
    rng = np.random.default_rng(3)
    # Corners at random miles: no way goes on from another, and every block has its own best ones.
    reach = np.asarray(rng.uniform(0, 300, grid.corners.shape[1]), dtype=np.float32)
    best = np.full((len(entries.block), BLOCK**2), np.inf, dtype=np.float32)
    shortest_by_corners(grid, reach, entries.bits, best)
    wet = grid.is_wet.reshape(-1, BLOCK**2)
    for block in rng.choice(len(entries.block), 300, replace=False).tolist():
        some = slice(entries.first[block], entries.first[block] + entries.count[block])
        node = entries.node[some]
        ways = reach[node][:, None] + quick_geodesic_nm(grid.corners[:, node, None], grid.reduced[:, block, None, :])
        ways[(entries.bits[some][:, None] >> np.arange(BLOCK**2) & 1) == 0] = np.inf
        np.testing.assert_allclose(best[block][wet[block]], ways.min(axis=0)[wet[block]], rtol=1e-6, atol=1e-3)
