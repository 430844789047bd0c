"""No route runs over land that the 1:10m chart shows, but in berths and rivers that it closes; and there it says so."""

import csv
import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely

from subrescue.domain.position import Position
from subrescue.earth.router.router import SeaRoute, SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
from tests.earth.sea_chart import Chart

TABLE = Path(__file__).parent.parent / "data" / "pub151.csv"
# Ports up rivers that the chart closes for more than five miles, and the end of a canal.
RIVERS = {"New Orleans", "Murmansk", "Bangkok", "Hamburg", "Brisbane", "Shanghai", "Port Said"}
BERTH_NM = 5.0


def _sample() -> list[tuple[str, Position, Position]]:
    with TABLE.open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if RIVERS.isdisjoint(name.split(",")[0] for name in (row["from"], row["to"]))
        ]
    return [
        (
            f"{row['from']} - {row['to']}",
            Position(lat_deg=float(row["lat1"]), lon_deg=float(row["lon1"])),
            Position(lat_deg=float(row["lat2"]), lon_deg=float(row["lon2"])),
        )
        for row in rows[::4]
    ]


@pytest.fixture(scope="module")
def land(chart: Chart) -> shapely.STRtree:
    """The land in small pieces: what of a line lies in a whole continent takes a second to find out."""
    return chart.tree


def _over_land(land: shapely.STRtree, route: SeaRoute) -> tuple[float, float]:
    """Nautical miles over land in all, and farther than a berth's width from either end."""
    ends = route.points[[0, -1]]
    whole = beyond = 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(route.points):
        if abs(lon2 - lon1) > 180:
            continue
        line = shapely.LineString([(lon1, lat1), (lon2, lat2)])
        for number in land.query(line, predicate="intersects"):
            for part in shapely.get_parts(shapely.intersection(line, land.geometries[number])):
                lon, lat = shapely.get_coordinates(part).T
                nm = distance_nm(lat[0], lon[0], lat[-1], lon[-1])
                away = distance_nm(ends[:, 0], ends[:, 1], lat.mean(), lon.mean())
                whole += nm
                beyond += nm if np.min(away) > BERTH_NM else 0
    return whole, beyond


def _linked(start: Position, route: SeaRoute, end: Position) -> SeaRoute:
    """The route with its links: from the one place asked for to the other."""
    points = [[start.lat_deg, start.lon_deg]], route.points, [[end.lat_deg, end.lon_deg]]
    return dataclasses.replace(route, points=np.concatenate(points))


@pytest.mark.parametrize("name, start, end", _sample())
def test_a_route_keeps_off_the_land_and_says_where_its_berths_do_not(
    router: SeaRouter, land: shapely.STRtree, name: str, start: Position, end: Position
) -> None:
    # The canals are drawn over the land; the others are the routes to be held to the chart.
    canals = frozenset(p.id for p in router.passages if p.kind == "canal")
    route = router.route(start, end, canals)
    assert _over_land(land, route)[1] <= 0.2
    assert route.over_land_nm == pytest.approx(_over_land(land, _linked(start, route, end))[0], abs=0.2)


def test_a_berth_inland_of_the_charted_water_is_counted_as_over_land(router: SeaRouter, land: shapely.STRtree) -> None:
    # Three miles inland of the beach at Scheveningen, where no river is charted.
    inland, at_sea = Position(lat_deg=52.08, lon_deg=4.33), Position(lat_deg=56.0, lon_deg=3.0)
    route = router.route(inland, at_sea)
    assert route.start_gap_nm > 1
    assert route.over_land_nm == pytest.approx(_over_land(land, _linked(inland, route, at_sea))[0], abs=0.2)
    assert route.over_land_nm > 1


# The chart has them ashore, in a cell of the raster that has water too; the way out began on land, for 0.2 to 1.4 nm.
@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Mayang-do", 39.996, 128.196),
        ("Pago Pago", -14.27563, -170.70204),
        ("Sarande", 39.88333, 20.0),
        ("Mocamedes", -15.18333, 12.11667),
        ("Waterford", 52.25, -7.1),
        ("Europoort", 51.93408, 4.17434),
    ],
)
def test_a_port_ashore_is_left_from_where_a_ship_floats(
    router: SeaRouter, land: shapely.STRtree, name: str, lat: float, lon: float
) -> None:
    canals = frozenset(p.id for p in router.passages if p.kind == "canal")
    route = router.route(Position(lat_deg=lat, lon_deg=lon), Position(lat_deg=0.0, lon_deg=-30.0), canals)
    link = dataclasses.replace(route, points=np.array([[lat, lon], route.points[0]]))
    assert _over_land(land, route)[0] <= 0.2
    assert 0.2 < _over_land(land, link)[0] <= route.start_gap_nm + 0.01
    assert distance_nm(lat, lon, *route.points[0]) == pytest.approx(route.start_gap_nm, abs=0.01)


def test_a_river_in_the_chart_is_no_land(router: SeaRouter, land: shapely.STRtree) -> None:
    # Hamburg lies 60 nm up the Elbe, which is cut out of the land.
    route = router.route(Position(lat_deg=53.54, lon_deg=9.98), Position(lat_deg=56.0, lon_deg=3.0))
    assert _over_land(land, route)[0] < 0.2
    assert route.over_land_nm < 0.2


def test_open_water_is_never_over_land(router: SeaRouter) -> None:
    assert router.route(Position(lat_deg=45, lon_deg=-30), Position(lat_deg=-33, lon_deg=5)).over_land_nm == 0


def test_a_canal_is_not_counted_as_over_land(router: SeaRouter) -> None:
    route = router.route(Position(lat_deg=33, lon_deg=31), Position(lat_deg=25, lon_deg=36))
    assert route.passages == ("suez",)
    assert route.over_land_nm == 0


def test_brisbane_is_entered_by_water(router: SeaRouter, land: shapely.STRtree) -> None:
    # From Sydney 529 nm by the book round Moreton Island; the islands south of it may not be crossed.
    route = router.route(Position(lat_deg=-33.858, lon_deg=151.217), Position(lat_deg=-27.467, lon_deg=153.058))
    off_the_river = route.points[route.points[:, 1] > 153.25]
    a, b = off_the_river[:-1], off_the_river[1:]
    lat = (a[:, None, 0] + (b - a)[:, None, 0] * np.linspace(0, 1, 200)).ravel()
    lon = (a[:, None, 1] + (b - a)[:, None, 1] * np.linspace(0, 1, 200)).ravel()
    assert not land.query(shapely.points(lon, lat), predicate="intersects").size
