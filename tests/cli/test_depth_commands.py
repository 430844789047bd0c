"""`depth`, `depth-sources` and `plan --depth-source`: who answered, what was silent, and errors that name the file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from subrescue.store.depth_files import remembered
from tests.cli.calls import run
from tests.earth.grids import write_grid
from tests.earth.s57_files import Area, box, s57_cell

DRILL = """
id = "drill"
title = "Drill"
kind = "exercise"
alert = 2026-11-23T06:00:00Z

[dissub]
name = "Boat"
fix = { position = { lat_deg = 64.5, lon_deg = 7.5 } }
"""
LATS, LONS = np.linspace(60, 68, 33), np.linspace(0, 12, 49)


@pytest.fixture
def grid(tmp_path: Path) -> str:
    """A level floor at 700 m about the datum of the demonstration exercise."""
    heights = np.full((33, 49), -700.0)
    return str(write_grid(tmp_path / "grid.nc", heights, LATS, LONS, attributes={"positive": "up"}))


@pytest.fixture
def unclear(tmp_path: Path) -> str:
    return str(write_grid(tmp_path / "depth.nc", np.full((33, 49), 700.0), LATS, LONS, name="depth"))


def test_the_shipped_grid_answers_with_band_slope_shore_and_source() -> None:
    code, out, err = run("depth", "69.617", "37.56")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "Depth     about 142 m, 87 m to 282 m",
        "Below     mean sea level",
        "Slope     0.1° down towards 254°, the mean over 19 km: the grid smooths, in places it is steeper",
        "Shore     41 NM at 223°, at 69°06.660'N 036°14.970'E",
        "Source    ETOPO5, 5 arc minutes (NOAA); an estimate, never a sounding",
    ]


def test_a_named_grid_answers_inside_its_area_and_says_so_outside(grid: str) -> None:
    _, out, _ = run("depth", "64.5", "7.5", "--source", grid)
    assert "Depth     about 700 m, 467 m to 1,050 m" in out
    assert "Source    grid.nc, cells of 28 km; an estimate, never a sounding" in out
    _, out, _ = run("depth", "69.617", "37.56", "--source", grid)
    assert "Source    ETOPO5" in out
    assert "Passed    grid.nc: outside its area" in out


def test_a_chart_says_its_datum_and_that_updates_are_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "XX5TEST.000"
    corners = box(64, 7, 65, 8)
    path.write_bytes(s57_cell([Area("DEPARE", corners, {"DRVAL1": "200", "DRVAL2": "300"})], [(64.5, 7.5, 250.0)]))
    _, out, _ = run("depth", "64.5", "7.5", "--source", str(path))
    assert "Depth     about 250 m, 176 m to 334 m" in out
    assert "Below     chart datum (lowest astronomical tide): the water is deeper by the tide" in out
    assert "Source    XX5TEST.000, 1:50,000, edition 3.0; updates are not applied" in out


def test_json_has_the_same_numbers_and_null_for_what_is_not_known(grid: str) -> None:
    _, out, _ = run("depth", "64.5", "7.5", "--source", grid, "--format", "json")
    data = json.loads(out)
    assert (data["depth_m"], data["low_m"], data["high_m"]) == (700, 467, 1050)
    assert (data["source"]["name"], data["source"]["kind"]) == ("grid.nc", "grid")
    assert (data["slope"]["slope_deg"], data["slope"]["downhill_deg"]) == (0, None)
    assert data["shore"]["seen_from"] == "sea"
    code, out, err = run("depth", "48N 10E", "--format", "json")
    data = json.loads(out)
    assert code == 1
    assert (data["depth_m"], data["source"], data["slope"], data["shore"]["seen_from"]) == (None, None, None, "land")
    assert data["shore"]["distance_nm"] == pytest.approx(178, abs=1)
    assert "on land; the sea is 178 NM at 145°" in err


def test_loaded_sources_are_asked_until_they_are_forgotten(grid: str) -> None:
    code, out, _ = run("depth-sources", "add", grid)
    assert code == 0
    assert out.splitlines()[:2] == ["1  grid.nc, cells of 28 km; an estimate, never a sounding", f"   {grid}"]
    assert out.splitlines()[2].startswith("2  ETOPO5")
    assert "about 700 m" in run("depth", "64.5", "7.5")[1]
    assert "ETOPO5" in run("depth", "64.5", "7.5", "--source", "shipped")[1]
    run("depth-sources", "add", grid)
    assert len(remembered()) == 1
    code, out, _ = run("depth-sources", "forget", grid)
    assert (code, remembered()) == (0, ())
    assert "Source    ETOPO5" in run("depth", "64.5", "7.5")[1]


def test_a_loaded_file_that_is_gone_is_a_warning(grid: str) -> None:
    run("depth-sources", "add", grid)
    Path(grid).unlink()
    code, out, err = run("depth", "64.5", "7.5")
    assert code == 0
    assert "Source    ETOPO5" in out
    assert err.startswith(f"warning: {grid}: found no such file")
    assert run("depth-sources", "forget")[0] == 0
    assert run("depth", "64.5", "7.5")[2] == ""


def test_which_way_is_up_is_asked_and_can_be_said(unclear: str) -> None:
    code, _, err = run("depth", "64.5", "7.5", "--source", unclear)
    assert code == 2
    assert "which way is up" in err
    assert "about 700 m" in run("depth", "64.5", "7.5", "--source", unclear, "--positive", "down")[1]
    assert run("depth-sources", "add", unclear, "--positive", "down")[0] == 0
    assert "about 700 m" in run("depth", "64.5", "7.5")[1]


@pytest.mark.parametrize("words, part", [
    (("--source", "none.nc"), "none.nc: found no such file"), (("--source", "."), ".: found a folder"),
    (("--positive", "down"), "--positive: found 'down' without a grid; a grid is named with --source"),
    (("--source", "shipped", "--source", "none.nc"), "--source: found 'shipped' beside other sources"),
])  # fmt: skip
def test_wrong_use_is_told_with_exit_code_2(words: tuple[str, ...], part: str) -> None:
    code, out, err = run("depth", "64.5", "7.5", *words)
    assert (code, out) == (2, "")
    assert part in err
    assert "Traceback" not in err


def test_a_source_that_is_not_loaded_cannot_be_forgotten(grid: str) -> None:
    code, _, err = run("depth-sources", "forget", grid)
    assert code == 2
    assert f"FILE: found '{grid}', which is not loaded; loaded: none" in err


def test_a_plan_holds_the_depth_against_the_named_source_and_names_it(grid: str) -> None:
    code, _, err = run("plan", "demo-norwegian-sea", "--depth-source", grid, "--set", "dissub.depth_m=30")
    assert code == 0
    assert "30 m; the chart has about 700 m here (467 to 1,050 m) by grid.nc: check the position and the depth" in err


def test_an_unknown_depth_stays_unknown_and_the_plan_says_what_the_source_has(
    grid: str, small_workspace: None, tmp_path: Path
) -> None:
    case = tmp_path / "drill.toml"
    case.write_text(DRILL, "utf-8")
    words = "plan", str(case)
    out = run(*words, "--depth-source", grid)[1]
    assert "depth of the DISSUB is unknown; at the datum it is 467 to 1,050 m by grid.nc: enter the depth" in out
    data = json.loads(run(*words, "--depth-source", grid, "--format", "json")[1])
    assert [found["values"]["source"] for found in data["findings"] if found["id"] == "finding.depth_by_chart"] == [
        "grid.nc"
    ]
