"""The most detailed source that knows a depth answers, and each before it says why it did not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.depth.depth import DepthGrid
from subrescue.earth.depth.depth_answers import DepthAnswer, DepthSource, Silence, SourceKind
from subrescue.earth.depth.depth_sources import Depths, open_depth_source
from subrescue.earth.shape.land import Land
from subrescue.earth.world import World, load_world
from tests.earth.grids import write_grid
from tests.earth.s57_files import Area, box, s57_cell

LAND = Land()
SHIPPED = DepthGrid(land=LAND)
UP = {"positive": "up"}


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def grid(folder: Path, name: str, depth_m: float, cells: int, half: float = 2.0) -> DepthSource:
    """A level floor about 64 N 3 E."""
    lats, lons = np.linspace(64 - half, 64 + half, cells), np.linspace(3 - half, 3 + half, cells)
    return open_depth_source(
        write_grid(folder / name, np.full((cells, cells), -depth_m), lats, lons, attributes=UP), LAND
    )


def chart(folder: Path, name: str, depth_m: float, scale: int, half: float = 1.0) -> DepthSource:
    corners = box(64 - half, 3 - half, 64 + half, 3 + half)
    areas = [Area("M_COVR", corners, {"CATCOV": "1"}), Area("DEPARE", corners, {"DRVAL1": "10", "DRVAL2": "5000"})]
    path = folder / name
    path.write_bytes(s57_cell(areas, [(64.0, 3.0, depth_m)], scale=scale))
    return open_depth_source(path, LAND)


def told(answer: DepthAnswer) -> list[tuple[str, str]]:
    return [(passed.source.name, passed.why.value) for passed in answer.passed]


def test_charts_come_before_grids_large_scales_first_and_the_shipped_grid_last(tmp_path: Path) -> None:
    own = [grid(tmp_path, "coarse.nc", 1, 9), chart(tmp_path, "general.000", 2, 350_000),
           grid(tmp_path, "fine.nc", 3, 99), chart(tmp_path, "approach.000", 4, 22_000)]  # fmt: skip
    names = [facts.name for facts in Depths(SHIPPED, own).sources]
    assert names == ["approach.000", "general.000", "fine.nc", "coarse.nc", "ETOPO5, 5 arc minutes (NOAA)"]


def test_the_first_that_knows_answers_and_the_others_are_told(tmp_path: Path) -> None:
    own = [chart(tmp_path, "chart.000", 400, 50_000, half=0.1), grid(tmp_path, "grid.nc", 700, 99, half=1.0)]
    depths = Depths(SHIPPED, own)
    here, near, far = (depths.ask(at(lat, 3.0)) for lat in (64.0, 64.5, 66.0))
    assert here.estimate is not None
    assert (here.estimate.depth_m, here.estimate.source.name, told(here)) == (400, "chart.000", [])
    assert near.estimate is not None
    assert (near.estimate.depth_m, near.estimate.source.name) == (700, "grid.nc")
    assert told(near) == [("chart.000", "outside")]
    assert far.estimate is not None
    assert far.estimate.source.kind is SourceKind.SHIPPED
    assert told(far) == [("chart.000", "outside"), ("grid.nc", "outside")]
    assert far.estimate == SHIPPED.estimate(at(66.0, 3.0))


def test_the_slope_is_that_of_the_first_grid_that_knows_it(tmp_path: Path) -> None:
    depths = Depths(SHIPPED, [chart(tmp_path, "chart.000", 400, 50_000), grid(tmp_path, "grid.nc", 700, 99)])
    slope = depths.slope(at(64.0, 3.0))
    assert slope is not None
    assert (slope.source.name, slope.slope_deg) == ("grid.nc", 0)
    far = depths.slope(at(70.0, 3.0))
    assert far is not None
    assert far.source.kind is SourceKind.SHIPPED
    assert depths.slope(at(48.85, 2.35)) is None


def test_land_of_a_chart_ends_the_question_and_land_of_a_grid_does_not(tmp_path: Path) -> None:
    corners = box(63, 2, 65, 4)
    path = tmp_path / "island.000"
    path.write_bytes(s57_cell([Area("LNDARE", corners), Area("DEPARE", box(65, 2, 66, 4), {"DRVAL1": "5"})]))
    lats, lons = np.linspace(62, 66, 99), np.linspace(1, 5, 99)
    dry = open_depth_source(write_grid(tmp_path / "dry.nc", np.full((99, 99), 5), lats, lons, attributes=UP), LAND)
    by_grid = Depths(SHIPPED, [dry]).ask(at(64, 3))
    assert by_grid.estimate is not None
    assert told(by_grid) == [("dry.nc", "land")]
    by_chart = Depths(SHIPPED, [open_depth_source(path), dry]).ask(at(64, 3))
    assert by_chart.estimate is None
    assert told(by_chart) == [("island.000", "land")]


def test_on_land_and_on_lakes_no_source_answers() -> None:
    depths = Depths(SHIPPED)
    assert depths.ask(at(48.85, 2.35)).passed[-1].why is Silence.LAND
    assert depths.ask(at(42.0, 50.5)).passed[-1].why is Silence.LAKE
    assert depths.estimate(at(42.0, 50.5)) is None


@pytest.mark.parametrize("name, lat, lon, true_m", [
    ("Mariana trench, Challenger deep", 11.3733, 142.5917, 10_935), ("the Kursk's wreck", 69.617, 37.56, 108),
    ("San Juan", -45.99889, -59.77278, 907),
])  # fmt: skip
def test_the_band_of_the_shipped_grid_holds_known_depths(name: str, lat: float, lon: float, true_m: float) -> None:
    found = Depths(SHIPPED).estimate(at(lat, lon))
    assert found is not None
    assert found.high_m is not None
    assert found.low_m <= true_m <= found.high_m, name


def test_a_world_with_other_depths_shares_the_rest(tmp_path: Path) -> None:
    grid(tmp_path, "grid.nc", 700, 99)
    world = load_world()
    own = load_world(depth_files=[tmp_path / "grid.nc"])
    other = world.with_depths(own.depth)
    assert isinstance(other, World)
    assert (other.land, other.gazetteer, other.airspace) == (world.land, world.gazetteer, world.airspace)
    assert [facts.name for facts in other.depth.sources] == ["grid.nc", "ETOPO5, 5 arc minutes (NOAA)"]
    assert [facts.name for facts in world.depth.sources] == ["ETOPO5, 5 arc minutes (NOAA)"]


@pytest.mark.parametrize("content, found", [
    (b"", "an empty file"), (b"PK\x03\x04 and more", "a packed file"), (b"II*\0 and more", "a GeoTIFF"),
    (b"lat,lon,z\n", "another kind of file"), (b"\x89HDF\r\n\x1a\n and no more", "a broken netCDF file"),
    (b"CDF\x01", "a broken netCDF file"), (b"00100 3LE1 DSID" + b" " * 90, "another kind of file"),
    (b"001003LE1 0900073 ! 3404" + b"DSID" * 20, "a broken chart cell"),
])  # fmt: skip
def test_wrong_files_are_told_with_what_was_found(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "file.nc"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_depth_source(path)
    assert str(caught.value).startswith(f"{path}: found {found}")


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found a folder"):
        open_depth_source(tmp_path)
    with pytest.raises(InputError, match="found no such file"):
        open_depth_source(tmp_path / "none.nc")
