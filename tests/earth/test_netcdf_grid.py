"""A user's grid of heights is read whatever its names, order, storage and sign, or refused with the reason."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.depth.depth_answers import DepthEstimate, Silence
from subrescue.earth.depth.depth_sources import open_depth_source
from subrescue.earth.depth.netcdf_grid import NetcdfGrid, open_netcdf
from subrescue.earth.shape.land import Land
from tests.earth.grids import plane, write_grid

LATS, LONS = np.linspace(-5, 15, 81), np.linspace(-30, -10, 81)
UP = {"standard_name": "height_above_mean_sea_level", "units": "m"}
PLACE = Position(lat_deg=5.1, lon_deg=-20.3)
TRUE_M = 1000 + 20 * 5.1 - 5 * 20.3


def depth_m(grid: NetcdfGrid, place: Position = PLACE) -> float | None:
    found = grid.ask(place)
    assert isinstance(found, DepthEstimate), found
    assert found.high_m is not None
    assert found.depth_m is not None
    assert found.low_m <= found.depth_m <= found.high_m
    return found.depth_m


def refusal(path: Path, positive: Any = None) -> str:
    with pytest.raises(InputError) as caught:
        open_depth_source(path, positive=positive)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message


def asked(path: Path) -> DepthEstimate | Silence | str:
    """What a file says of the place, or the words with which it is refused."""
    try:
        grid = open_netcdf(path)
    except InputError as error:
        return str(error)
    grid.slope(PLACE)
    return grid.ask(PLACE)


VARIANTS: dict[str, dict[str, Any]] = {
    "GEBCO": {"attributes": UP},
    "ETOPO 1 by GMT": {"name": "z", "axes": ("y", "x"), "axis_units": ("", ""), "kind": "i4"},
    "ETOPO 2022": {"name": "z", "kind": "f4", "attributes": {"positive": "up"}, "zlib": True, "chunksizes": (16, 16)},
    "GDAL": {"name": "Band1", "kind": "f4"},
    "the classic form": {"form": "NETCDF3_CLASSIC", "attributes": UP},
    "64-bit offsets": {"form": "NETCDF3_64BIT_OFFSET", "attributes": UP},
    "CDF-5": {"form": "NETCDF3_64BIT_DATA", "attributes": UP},
    "axes in single precision": {"axis_kind": "f4", "attributes": UP},
    "longitude first": {"lon_first": True, "attributes": UP},
    "long names": {"axes": ("latitude", "longitude"), "attributes": UP},
    "an odd name, the only grid": {"name": "seabed", "kind": "f8", "attributes": UP},
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_grid_is_read_in_each_way_of_writing(tmp_path: Path, name: str) -> None:
    kind = VARIANTS[name].get("kind", "i2")
    heights = np.rint(plane(LATS, LONS)) if kind.startswith("i") else plane(LATS, LONS)
    grid = open_netcdf(write_grid(tmp_path / "grid.nc", heights, LATS, LONS, **VARIANTS[name]))
    assert depth_m(grid) == pytest.approx(TRUE_M, abs=1)
    assert grid.facts.name == "grid.nc"
    assert grid.facts.resolution_m == pytest.approx(0.25 * 111_195)


def test_rows_from_the_north_are_the_same(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS[::-1], LONS), LATS[::-1], LONS, attributes=UP))
    assert depth_m(grid) == pytest.approx(TRUE_M, abs=1)


def test_longitudes_from_0_to_360_are_the_same(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS + 360, attributes=UP))
    assert depth_m(grid) == pytest.approx(TRUE_M, abs=1)


@pytest.mark.parametrize("first", [-180.0, 0.0, -179.5, 0.5])
def test_a_grid_round_the_earth_has_no_seam(tmp_path: Path, first: float) -> None:
    lats = np.arange(-89.5, 90)
    lons = first + np.arange(360.0 if first % 1 else 361.0)  # pixels, or grid points with the last as the first
    heights = -2000 - 500 * np.cos(np.radians(lons))[None, :] + 0 * lats[:, None]
    grid = open_netcdf(write_grid(tmp_path / "g.nc", heights, lats, lons, kind="f4", attributes=UP))
    for lon, true_m in ((0.0, 2500), (-180.0, 1500), (179.99, 1500), (-0.01, 2500), (0.01, 2500), (90.0, 2000)):
        assert depth_m(grid, Position(lat_deg=10.2, lon_deg=lon)) == pytest.approx(true_m, abs=1)
    assert depth_m(grid, Position(lat_deg=90, lon_deg=0)) == pytest.approx(2500, abs=1)


def test_scale_offset_and_fill_are_obeyed(tmp_path: Path) -> None:
    raw = np.rint((plane(LATS, LONS) + 900) / 0.5)
    raw[:, -20:] = -9999
    path = write_grid(tmp_path / "g.nc", raw, LATS, LONS, fill=-9999,
                      attributes={**UP, "scale_factor": 0.5, "add_offset": -900.0})  # fmt: skip
    grid = open_netcdf(path)
    assert depth_m(grid) == pytest.approx(TRUE_M, abs=1)
    assert grid.ask(Position(lat_deg=5, lon_deg=-11)) is Silence.NO_DATA


def test_outside_its_area_a_grid_says_so(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, attributes=UP))
    assert grid.ask(Position(lat_deg=20, lon_deg=-20)) is Silence.OUTSIDE
    assert grid.ask(Position(lat_deg=5, lon_deg=160)) is Silence.OUTSIDE
    assert grid.slope(Position(lat_deg=20, lon_deg=-20)) is None


def test_the_slope_of_a_made_plane_is_exact(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, kind="f8", attributes=UP))
    found = grid.slope(Position(lat_deg=0, lon_deg=-20))
    assert found is not None
    assert np.tan(np.radians(found.slope_deg)) == pytest.approx(np.hypot(20 / 110_574.4, 5 / 111_319.5), rel=1e-4)
    assert found.downhill_deg == pytest.approx(np.degrees(np.arctan2(5 / 111_319.5, 20 / 110_574.4)), abs=0.05)
    assert found.source == grid.facts


@pytest.mark.parametrize("attributes", [{"positive": "down"}, {"standard_name": "sea_floor_depth_below_geoid"}])
def test_depths_that_say_so_are_positive_down(tmp_path: Path, attributes: dict[str, str]) -> None:
    path = write_grid(tmp_path / "g.nc", -plane(LATS, LONS), LATS, LONS, name="depth", attributes=attributes)
    grid = open_netcdf(path)
    assert depth_m(grid) == pytest.approx(TRUE_M, abs=1)


def test_depths_that_do_not_say_which_way_is_up_are_refused_with_the_question(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g.nc", -plane(LATS, LONS), LATS, LONS, name="depth")
    message = refusal(path)
    assert "depth: found a variable 'depth' that does not say which way is up, values from" in message
    assert "is a sea floor at 100 m +100 or -100 in it? Say --positive down (+100) or --positive up (-100)" in message
    assert depth_m(open_netcdf(path, positive="down")) == pytest.approx(TRUE_M, abs=1)


def test_heights_without_a_negative_one_are_refused_with_the_question(tmp_path: Path) -> None:
    assert "which way is up" in refusal(write_grid(tmp_path / "g.nc", -plane(LATS, LONS), LATS, LONS, name="z"))


def test_what_the_user_says_goes_before_what_the_file_says(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g.nc", -plane(LATS, LONS), LATS, LONS, attributes=UP)
    assert depth_m(open_netcdf(path, positive="down")) == pytest.approx(TRUE_M, abs=1)


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "feet": ({"attributes": {**UP, "units": "feet"}}, "elevation: found the unit 'feet'; metres are needed"),
    "a projection": ({"axes": ("y", "x"), "axis_units": ("m", "m")}, "a grid in degrees of latitude and longitude"),
    "strange axes": ({"axes": ("a", "b"), "axis_units": ("", "")}, "found the dimensions a, b; latitude and longitude"),
    "a scale that is text": ({"attributes": {**UP, "scale_factor": "two"}}, "scale_factor: found 'two'; one number"),
    "a scale of nothing": ({"attributes": {**UP, "scale_factor": 0.0}}, "scale_factor: found 0"),
    "no heights": ({"kind": "f4", "attributes": {**UP, "scale_factor": 1e6}}, "heights from -12,000 to 9,000 m"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_grid_that_cannot_be_meant_is_refused_with_reason(tmp_path: Path, name: str) -> None:
    more, words = BROKEN[name]
    assert words in refusal(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, **more))


def test_uneven_axes_and_axes_off_the_earth_are_refused(tmp_path: Path) -> None:
    uneven = np.sort(np.random.default_rng(1).uniform(-5, 15, 81))
    heights = plane(LATS, LONS)
    assert "lat: found steps that are not even" in refusal(write_grid(tmp_path / "a.nc", heights, uneven, LONS))
    assert "lat: found values from -95" in refusal(write_grid(tmp_path / "b.nc", heights, LATS - 90, LONS))
    assert "longitudes grow eastward" in refusal(write_grid(tmp_path / "c.nc", heights, LATS, LONS[::-1]))
    assert "1 points; 2 to" in refusal(write_grid(tmp_path / "d.nc", heights[:1], LATS[:1], LONS))


def test_a_file_with_no_grid_or_with_several_is_refused_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "none.nc"
    with netCDF4.Dataset(path, "w") as data:
        data.createDimension("n", 3)
        data.createVariable("speed", "f4", ("n",))
    assert "found no grid; variables: speed(n)" in refusal(path)
    path = write_grid(tmp_path / "two.nc", plane(LATS, LONS), LATS, LONS, name="first")
    with netCDF4.Dataset(path, "a") as data:
        data.createVariable("second", "f4", ("lat", "lon"))
    assert "several grids: 'first', 'second'; which one holds the heights?" in refusal(path)


def test_the_one_dimensional_grids_of_old_gmt_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.grd"
    with netCDF4.Dataset(path, "w", format="NETCDF3_CLASSIC") as data:
        data.createDimension("xysize", 100)
        data.createVariable("z", "i2", ("xysize",))
    assert "z: found a variable 'z' of 1 dimensions" in refusal(path)


def test_one_huge_compressed_piece_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.nc"
    with netCDF4.Dataset(path, "w") as data:
        for axis, side in (("lat", 10_800), ("lon", 21_600)):
            data.createDimension(axis, side)
            data.createVariable(axis, "f8", (axis,))[:] = np.linspace(-80, 80, side)
        data.createVariable("z", "f4", ("lat", "lon"), zlib=True, chunksizes=(10_800, 21_600))
    assert "z: found compressed pieces of 933 MB; at most 256 MB" in refusal(path)


@pytest.mark.parametrize("form", ["NETCDF4", "NETCDF3_CLASSIC"])
def test_a_file_that_was_cut_off_or_spoilt_gives_an_error_or_an_answer_and_never_a_traceback(
    tmp_path: Path, form: str
) -> None:
    whole = write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, form=form, attributes=UP).read_bytes()
    rng = np.random.default_rng(5)
    for number in range(60):
        content = bytearray(whole)
        if number % 2:
            content = content[: int(rng.integers(4, len(whole)))]
        else:
            for place in rng.integers(4, min(len(whole), 8000), 12):
                content[place] = int(rng.integers(0, 256))
        path = tmp_path / f"{number}.nc"
        path.write_bytes(content)
        found = asked(path)
        assert isinstance(found, DepthEstimate | Silence) or str(path) in found


@pytest.mark.parametrize("form", ["NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA"])
def test_an_old_file_that_lost_its_end_is_refused_and_not_taken_for_land(tmp_path: Path, form: str) -> None:
    path = write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, form=form, attributes=UP)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert f"found a file that was cut off: {len(whole) // 2:,} bytes; its grids take" in refusal(path)


@pytest.mark.parametrize("form", ["NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA"])
@pytest.mark.parametrize("mark", ["dimensions", "attributes", "variables"])
def test_an_old_header_that_declares_more_than_the_file_holds_is_refused_unread(
    tmp_path: Path, form: str, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, form=form, attributes=UP)
    content = bytearray(path.read_bytes())
    # A list begins with its tag; the first byte of the count that follows is the highest.
    tag = {"dimensions": b"\0\0\0\x0a", "attributes": b"\0\0\0\x0c", "variables": b"\0\0\0\x0b"}[mark]
    content[content.index(tag, 4) + 4] = 0x55
    path.write_bytes(content)
    monkeypatch.setattr(netCDF4, "Dataset", lambda *_: pytest.fail("the library was asked"))
    assert "its header declares" in refusal(path)


def test_only_small_windows_are_read(tmp_path: Path) -> None:
    """A file of 2.4 GB that holds nothing but holes: opening and asking reads some kilobytes of it."""
    path = tmp_path / "large.nc"
    with netCDF4.Dataset(path, "w") as data:
        for axis, side, first in (("lat", 21_600, -90.0), ("lon", 43_200, -180.0)):
            data.createDimension(axis, side)
            data.createVariable(axis, "f8", (axis,))[:] = first + (np.arange(side) + 0.5) / 120
        heights = data.createVariable("elevation", "i2", ("lat", "lon"), chunksizes=(240, 240), zlib=True)
        heights.setncatts(UP)
        heights[12_000:12_240, 20_000:20_240] = -3000
    grid = open_netcdf(path)
    lat, lon = -90 + 12_100.5 / 120, -180 + 20_100.5 / 120
    assert depth_m(grid, Position(lat_deg=lat, lon_deg=lon)) == 3000
    assert len(grid._tiles) <= 4


def test_a_wet_cell_far_inland_is_no_sea_and_a_lake_has_no_depth(tmp_path: Path) -> None:
    lats, lons = np.linspace(40, 60, 41), np.linspace(-10, 60, 141)
    heights = np.full((41, 141), -30.0)
    grid = open_netcdf(write_grid(tmp_path / "g.nc", heights, lats, lons, attributes=UP), Land())
    assert grid.ask(Position(lat_deg=48.85, lon_deg=2.35)) is Silence.LAND
    assert grid.ask(Position(lat_deg=42.0, lon_deg=50.5)) is Silence.LAKE
    assert depth_m(grid, Position(lat_deg=55.0, lon_deg=4.0)) == 30


def test_a_file_that_goes_bad_later_is_silent_and_not_fatal(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, attributes=UP))
    grid._data.close()
    assert grid.ask(PLACE) is Silence.UNREADABLE
    assert grid.slope(PLACE) is None


def test_threads_may_ask_at_once(tmp_path: Path) -> None:
    grid = open_netcdf(write_grid(tmp_path / "g.nc", plane(LATS, LONS), LATS, LONS, attributes=UP, zlib=True))
    answers: list[object] = []

    def ask() -> None:
        rng = np.random.default_rng(3)
        for _ in range(50):
            lat, lon = float(rng.uniform(-4, 14)), float(rng.uniform(-29, -11))
            found = grid.ask(Position(lat_deg=lat, lon_deg=lon))
            assert isinstance(found, DepthEstimate)
            assert found.depth_m is not None
            answers.append(abs(found.depth_m - (1000 + 20 * lat + 5 * lon)) <= 2)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 200
