"""A user's chart answers by its soundings and depth areas, below its own datum, and says what it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.depth.depth_answers import Basis, DepthDatum, DepthEstimate, Silence
from subrescue.earth.depth.depth_sources import open_depth_source
from subrescue.earth.depth.s57_chart import S57Chart, open_s57
from tests.earth.s57_files import Area, box, s57_cell

COVERAGE = Area("M_COVR", box(60, 5, 60.2, 5.4), {"CATCOV": "1"})
SHALLOW = Area("DEPARE", box(60, 5.1, 60.2, 5.2), {"DRVAL1": "0", "DRVAL2": "20"})
DEEP = Area("DEPARE", box(60, 5.2, 60.2, 5.3), {"DRVAL1": "50", "DRVAL2": "100"})
ISLAND = Area("LNDARE", box(60, 5, 60.2, 5.1))
BLANK = Area("UNSARE", box(60, 5.3, 60.1, 5.4))
AREAS = [COVERAGE, SHALLOW, DEEP, ISLAND, BLANK]
SOUNDINGS = [(60.10, 5.25, 62.0), (60.11, 5.25, 88.0), (60.10, 5.15, 12.5)]


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def written(tmp_path: Path, areas: Any = AREAS, soundings: Any = SOUNDINGS, **more: Any) -> Path:
    path = tmp_path / "XX5TEST.000"
    path.write_bytes(s57_cell(areas, soundings, **more))
    return path


def answer(chart: S57Chart, lat: float, lon: float) -> DepthEstimate:
    found = chart.ask(at(lat, lon))
    assert isinstance(found, DepthEstimate), found
    return found


def test_on_a_sounding_the_depth_is_that_of_the_sounding(tmp_path: Path) -> None:
    found = answer(open_s57(written(tmp_path)), 60.10, 5.25)
    assert found.depth_m == pytest.approx(62, abs=0.1)
    assert found.basis is Basis.SOUNDINGS


def test_the_band_is_that_of_the_depth_area_and_the_survey(tmp_path: Path) -> None:
    """Zone of confidence B: 1 m and 2 % of the depth. Area of 50 to 100 m: 50 - 1 - 1 and 100 + 1 + 2."""
    chart = open_s57(written(tmp_path, [*AREAS, Area("M_QUAL", box(60, 5, 60.2, 5.4), {"CATZOC": "3"})]))
    found = answer(chart, 60.10, 5.25)
    assert (found.low_m, found.high_m) == (48.0, 103.0)


def test_where_nobody_assessed_the_survey_it_counts_as_poor(tmp_path: Path) -> None:
    """4 m and 10 %: 50 - 4 - 5 and 100 + 4 + 10."""
    found = answer(open_s57(written(tmp_path)), 60.10, 5.25)
    assert (found.low_m, found.high_m) == (41.0, 114.0)


def test_far_from_soundings_the_depth_area_alone_answers(tmp_path: Path) -> None:
    found = answer(open_s57(written(tmp_path)), 60.02, 5.25)
    assert (found.depth_m, found.low_m, found.high_m, found.basis) == (None, 41.0, 114.0, Basis.DEPTH_AREA)


def test_a_sounding_across_the_depth_contour_does_not_count(tmp_path: Path) -> None:
    chart = open_s57(written(tmp_path, soundings=[(60.1, 5.199, 19.0), (60.1, 5.204, 70.0)]))
    assert answer(chart, 60.1, 5.2005).depth_m == pytest.approx(70)
    assert answer(chart, 60.1, 5.1995).depth_m == pytest.approx(19)


def test_land_blank_and_outside_are_told_apart(tmp_path: Path) -> None:
    chart = open_s57(written(tmp_path))
    assert chart.ask(at(60.1, 5.05)) is Silence.LAND
    assert chart.ask(at(60.05, 5.35)) is Silence.UNSURVEYED
    assert chart.ask(at(60.15, 5.35)) is Silence.NO_DATA
    assert chart.ask(at(61.0, 5.05)) is Silence.OUTSIDE


def test_a_chart_without_a_coverage_covers_its_depth_areas(tmp_path: Path) -> None:
    chart = open_s57(written(tmp_path, [DEEP]))
    assert answer(chart, 60.10, 5.25).depth_m == pytest.approx(62, abs=0.1)
    assert chart.ask(at(60.1, 5.05)) is Silence.OUTSIDE


def test_a_depth_area_open_downwards_has_no_greatest_depth(tmp_path: Path) -> None:
    found = answer(open_s57(written(tmp_path, [Area("DEPARE", DEEP.corners, {"DRVAL1": "200"})], ())), 60.1, 5.25)
    assert (found.depth_m, found.low_m, found.high_m) == (None, 176.0, None)


def test_the_chart_says_its_scale_edition_datum_and_that_no_update_is_applied(tmp_path: Path) -> None:
    path = written(tmp_path, scale=22_000, sounding_datum=23, edition="4", update="0")
    for number in (1, 2):
        (tmp_path / f"XX5TEST.{number:03}").write_bytes(b"an update")
    facts = open_s57(path).facts
    assert (facts.name, facts.scale, facts.edition, facts.datum_code) == ("XX5TEST.000", 22_000, "4.0", 23)
    assert facts.datum is DepthDatum.CHART_DATUM
    assert facts.updates_beside == 2
    assert facts.resolution_m == 220


def test_any_place_has_a_depth_inside_its_band(tmp_path: Path) -> None:
    chart = open_s57(written(tmp_path))
    rng = np.random.default_rng(1)
    for lat, lon in zip(rng.uniform(59.9, 60.3, 200), rng.uniform(4.9, 5.5, 200), strict=True):
        found = chart.ask(at(float(lat), float(lon)))
        if isinstance(found, DepthEstimate) and found.depth_m is not None:
            assert found.high_m is not None
            assert 0 <= found.low_m <= found.depth_m <= found.high_m


def asked(path: Path) -> DepthEstimate | Silence | str:
    """What a chart says of a place, or the words with which it is refused."""
    try:
        return open_depth_source(path).ask(at(60.1, 5.25))
    except InputError as error:
        return str(error)


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_depth_source(path)
    assert str(caught.value).startswith(str(path))
    return str(caught.value)


def test_depths_in_feet_are_refused(tmp_path: Path) -> None:
    assert "DSPM.DUNI: found depths in the unit 3; metres (1)" in refusal(written(tmp_path, depth_unit=3))


def test_a_chart_without_depths_is_refused(tmp_path: Path) -> None:
    assert "found no depth area and no sounding" in refusal(written(tmp_path, [COVERAGE, ISLAND], ()))


def test_an_update_is_no_chart(tmp_path: Path) -> None:
    path = tmp_path / "XX5TEST.001"
    content = bytearray(s57_cell(AREAS, SOUNDINGS))
    mark = content.index(b"\x0a\x01\x00\x00\x00\x01\x05XX5TEST.000")  # RCNM, RCID, EXPP: new
    content[mark + 5] = 2
    path.write_bytes(content)
    assert "DSID: found an update of a chart" in refusal(path)


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subrescue.earth.depth.s57_chart.LARGEST_BYTES", 1000)
    assert "a chart cell has at most" in refusal(written(tmp_path))


def test_a_chart_cut_off_or_spoilt_gives_an_error_or_an_answer_and_never_a_traceback(tmp_path: Path) -> None:
    whole = s57_cell(AREAS, SOUNDINGS)
    rng = np.random.default_rng(7)
    for number in range(60):
        content = bytearray(whole)
        if number % 2:
            content = content[: int(rng.integers(30, len(whole)))]
        else:
            for place in rng.integers(24, len(whole), 10):
                content[place] = int(rng.integers(0, 256))
        path = tmp_path / f"{number}.000"
        path.write_bytes(content)
        found = asked(path)
        assert str(path) in found if isinstance(found, str) else isinstance(found, DepthEstimate | Silence)
