"""The quick look-up of cells gives the cells of the slow one, everywhere."""

import numpy as np

from subrescue.earth.shape.water_cells import COLS, ROWS, cells, lat_lon, sure_cells

RNG = np.random.default_rng(3)
OFF = 2.9e-7  # and half of 1.2e-7 by rounding


def _agree(lat: np.ndarray, lon: np.ndarray) -> bool:
    phi, lam = np.radians(lat), np.radians(lon)
    at = np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1)
    # What sums and products of single precision are off by along a line.
    rough = (at + RNG.uniform(-OFF, OFF, at.shape)).astype(np.float32)
    row, col, near = sure_cells(*np.ascontiguousarray(rough.T))
    slow_row, slow_col = cells(*lat_lon(at))
    row[near], col[near] = slow_row[near], slow_col[near]
    return bool((row == slow_row).all() and (col == slow_col).all())


def test_places_all_over_the_world_lie_in_the_same_cells() -> None:
    assert _agree(np.degrees(np.arcsin(RNG.uniform(-1, 1, 300_000))), RNG.uniform(-180, 180, 300_000))


def test_places_on_the_edges_of_cells_lie_in_the_same_cells() -> None:
    lat, lon = RNG.integers(0, ROWS + 1, 200_000) / 60 - 90, RNG.integers(0, COLS + 1, 200_000) / 60 - 180
    off = RNG.uniform(-2e-5, 2e-5, 200_000)
    assert _agree(np.clip(lat + off, -90, 90), RNG.uniform(-180, 180, 200_000))
    assert _agree(RNG.uniform(-90, 90, 200_000), lon + off)


def test_poles_date_line_and_axes_lie_in_the_same_cells() -> None:
    polar = RNG.uniform(0, 0.3, 50_000)
    lon = RNG.uniform(-180, 180, 50_000)
    assert _agree(90 - polar, lon)
    assert _agree(polar - 90, lon)
    assert _agree(np.array([0.0, 0, 0, 0, 90, -90, 0, 0]), np.array([0.0, 90, -90, 180, 0, 0, -180, -179.9999999]))
    signed = np.array([[-1, -0.0, 0], [-1, 0.0, 0], [-0.0, 0.0, 1], [0, -0.0, -1]], dtype=np.float32)
    row, col, near = sure_cells(*np.ascontiguousarray(signed.T))
    slow_row, slow_col = cells(*lat_lon(signed))
    row[near], col[near] = slow_row[near], slow_col[near]
    assert row.tolist() == slow_row.tolist()
    assert col.tolist() == slow_col.tolist()


def test_few_places_need_a_second_look() -> None:
    lat, lon = np.radians(RNG.uniform(-75, 75, 100_000)), np.radians(RNG.uniform(-180, 180, 100_000))
    at = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))).astype(np.float32)
    assert len(sure_cells(*at)[2]) < 10_000


def test_the_middle_of_a_cell_lies_in_it() -> None:
    # 12 degrees 34.5' N, 4 degrees 5.5' W: row (90 + 12) * 60 + 34, column (180 - 4) * 60 - 6.
    phi, lam = np.radians(12 + 34.5 / 60), np.radians(-(4 + 5.5 / 60))
    at = np.array([[np.cos(phi) * np.cos(lam)], [np.cos(phi) * np.sin(lam)], [np.sin(phi)]], dtype=np.float32)
    row, col, near = sure_cells(*at)
    assert (row.item(), col.item(), len(near)) == (6154, 10554, 0)
