"""How fast the earth is: run with `-m benchmark`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.depth.depth import DepthGrid
from subrescue.earth.depth.netcdf_grid import open_netcdf
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.rings import unpack_rings
from subrescue.earth.places.place_tables import AirfieldTable
from subrescue.earth.positions.coordinates import parse_position
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from tests.earth.grids import write_grid

pytestmark = pytest.mark.benchmark
RNG = np.random.default_rng(1)
LATS, LONS = np.degrees(np.arcsin(RNG.uniform(-1, 1, 10_000))), RNG.uniform(-180, 180, 10_000)


def test_is_land_for_ten_thousand_places(benchmark) -> None:  # type: ignore[no-untyped-def]
    land = Land()
    land.is_land(0.0, 0.0)
    benchmark(land.is_land, LATS, LONS)


@pytest.mark.parametrize("level", ["110m", "50m", "10m"])
def test_reading_the_land(benchmark, level: str) -> None:  # type: ignore[no-untyped-def]
    benchmark(lambda: unpack_rings(open_arrays(f"land_{level}.npz")))


def test_first_land_test_with_reading_and_indexing(benchmark) -> None:  # type: ignore[no-untyped-def]
    benchmark(lambda: Land().is_land(0.0, 0.0))


def test_reading_the_depths(benchmark) -> None:  # type: ignore[no-untyped-def]
    benchmark(lambda: DepthGrid().array())


def test_one_depth_estimate(benchmark) -> None:  # type: ignore[no-untyped-def]
    land = Land()
    grid = DepthGrid(land=land)
    place = Position(lat_deg=69.617, lon_deg=37.56)
    grid.estimate(place)
    benchmark(grid.estimate, place)


def test_one_distance_to_shore_with_bearing_and_place(benchmark) -> None:  # type: ignore[no-untyped-def]
    """Under 5 ms, wherever it is asked; the coast is read and indexed before."""
    land, places = Land(), iter(zip(LATS.tolist() * 20, LONS.tolist() * 20, strict=True))
    land.shore(Position(lat_deg=0, lon_deg=0))

    def ask() -> None:
        lat, lon = next(places)
        land.shore(Position(lat_deg=lat, lon_deg=lon))

    benchmark.pedantic(ask, rounds=500, iterations=1)


def test_one_depth_from_a_grid_of_the_user(benchmark, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Cells of 15 seconds as GEBCO's; every question goes to another part of the file."""
    lats, lons = 40 + np.arange(4800) / 240, -40 + np.arange(4800) / 240
    heights = np.full((4800, 4800), -3000, dtype=np.int16)
    grid = open_netcdf(write_grid(tmp_path / "grid.nc", heights, lats, lons, attributes={"positive": "up"}))
    rng = np.random.default_rng(2)

    def ask() -> None:
        grid.ask(Position(lat_deg=float(rng.uniform(41, 59)), lon_deg=float(rng.uniform(-39, -21))))

    benchmark.pedantic(ask, rounds=500, iterations=1)


def test_reading_the_airfields(benchmark) -> None:  # type: ignore[no-untyped-def]
    benchmark(lambda: AirfieldTable()[0])


def test_ten_thousand_geodesics(benchmark) -> None:  # type: ignore[no-untyped-def]
    benchmark(distance_nm, 69.6, 37.5, LATS, LONS)


def test_parsing_a_position(benchmark) -> None:  # type: ignore[no-untyped-def]
    benchmark(parse_position, "69°37.05'N 037°33.62'E")
