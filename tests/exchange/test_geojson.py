"""GeoJSON that any map reads: longitude first, cut at the date line, poles closed, EXERCISE on every feature."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import shape

from subrescue.domain.case import CaseKind
from subrescue.domain.position import Position
from subrescue.domain.response import PhaseName, PhaseSpan
from subrescue.earth.shape.geodesy import circle_points
from subrescue.exchange.geojson_geometry import line, ring
from subrescue.exchange.response_geojson import response_to_features, response_to_geojson
from tests.exchange import samples


def test_a_line_over_the_date_line_is_cut_there() -> None:
    assert line([(0.0, 178.0), (2.0, -178.0)]) == {
        "type": "MultiLineString",
        "coordinates": [[[178.0, 0.0], [180.0, 1.0]], [[-180.0, 1.0], [-178.0, 2.0]]],
    }
    assert line([(0.0, -178.0), (2.0, 178.0)])["coordinates"] == [
        [[-178.0, 0.0], [-180.0, 1.0]],
        [[180.0, 1.0], [178.0, 2.0]],
    ]


def test_a_line_that_ends_on_the_date_line_is_not_cut() -> None:
    assert line([(0.0, 178.0), (2.0, -180.0)]) == {
        "type": "LineString",
        "coordinates": [[178.0, 0.0], [180.0, 2.0]],
    }


def test_a_line_far_from_the_date_line_is_one() -> None:
    assert line([(60.0, 2.0), (61.0, 3.0)]) == {"type": "LineString", "coordinates": [[2.0, 60.0], [3.0, 61.0]]}


@pytest.mark.parametrize(
    ("lat", "lon", "pieces"),
    [(0, 10, 1), (0, 179.9, 2), (60, -179.99, 2), (89.9, 0, 1), (-89.9, 100, 1), (0, -180, 2)],
)
def test_an_error_ring_is_a_valid_area_anywhere(lat: float, lon: float, pieces: int) -> None:
    points = [(float(a), float(b)) for a, b in circle_points(Position(lat_deg=lat, lon_deg=lon), 30, 90)]
    area = ring(points)
    geometry = shape(area)
    assert geometry.is_valid
    assert len(getattr(geometry, "geoms", [geometry])) == pieces
    west, south, east, north = geometry.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert (north == 90) == (lat > 89)
    # a circle of 30 nm is 1 degree across; near a pole it is a strip all round
    assert (abs(lat) > 89) == (geometry.area > 10)


def test_features_carry_the_chain_and_the_banner() -> None:
    data = response_to_features(samples.RESPONSE, samples.case())
    roles = [feature["properties"]["role"] for feature in data["features"]]
    assert roles == ["datum", "error", "asset", "leg", "leg"]
    assert {feature["properties"]["banner"] for feature in data["features"]} == {"EXERCISE"}
    flight, transit = data["features"][3:]
    assert flight["geometry"]["coordinates"] == [[-4.594, 55.509], [5.218, 60.293]]
    assert flight["properties"]["by"] == "air"
    assert flight["properties"]["distance_nm"] == 412.3
    assert transit["properties"]["from"] == "Bergen"
    assert transit["geometry"]["coordinates"] == [[5.32, 60.39], [2.25, 60.5]]
    assert (transit["properties"]["start_gap_nm"], transit["properties"]["end_gap_nm"]) == (0.0, 0.0)
    assert data["alert"] == "2026-03-01T09:00:00Z"


def test_a_passage_is_drawn_on_water_and_says_how_far_its_port_lies_from_that() -> None:
    transit = samples.FLY.phases[-1]
    afloat = Position(lat_deg=60.40, lon_deg=5.32)
    from_water = transit.model_copy(update={"path": (afloat, samples.DATUM.position)})
    option = samples.FLY.model_copy(update={"phases": (from_water,)})
    data = response_to_features(samples.RESPONSE.model_copy(update={"options": (option,)}), samples.case())
    leg = data["features"][-1]
    assert leg["geometry"]["coordinates"][0] == [5.32, 60.40]
    # A hundredth of a degree of latitude.
    assert (leg["properties"]["start_gap_nm"], leg["properties"]["end_gap_nm"]) == (0.6, 0.0)


def test_a_ship_that_lies_at_the_port_already_draws_no_line() -> None:
    at_port = PhaseSpan(
        phase=PhaseName.SHIP_TO_PORT,
        start_h=samples.band(1),
        end_h=samples.band(2),
        origin=samples.SPOD.model_copy(update={"name": "Olympic Zeus"}),
        destination=samples.SPOD,
        path=(samples.SPOD.position, samples.SPOD.position),
    )
    option = samples.FLY.model_copy(update={"phases": (*samples.FLY.phases, at_port)})
    data = response_to_features(samples.RESPONSE.model_copy(update={"options": (option,)}), samples.case())
    assert [feature["properties"]["role"] for feature in data["features"]] == ["datum", "error", "asset", "leg", "leg"]


def test_a_real_case_says_so() -> None:
    real = samples.case(CaseKind.REAL)
    text = response_to_geojson(samples.RESPONSE, real)
    assert "EXERCISE" not in text
    assert json.loads(text)["banner"] == "REAL"
