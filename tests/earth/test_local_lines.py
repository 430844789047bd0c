"""Places close together are joined by the water between them, not by way of the open sea; and what bars that way."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.router import NoRoute, SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
from tests.earth.sea_chart import FAULT_NM, Chart, total_nm

PORTS = Gazetteer().ports


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def of(port: str) -> Position:
    return PORTS[PORTS.number_of[port]].position


# Ports a few miles apart; ways that went out to sea and back were 25 to 205 nm. What is written is the most that the
# way can be: a little more than along the shore between them.
@pytest.mark.parametrize(
    "start, end, most_nm",
    [
        ("cnsha", "shanghai_wusong", 3),
        ("mypen", "mybwh", 6),
        ("idbju", "idgil", 7),
        ("idlbm", "idtub", 7),
        ("jpmjr", "jpnan", 8),
        ("gbgsy", "gbimm", 6),
        ("jpama", "jphan", 6),
        ("phmnl", "phmns", 6),
    ],
)
def test_ports_close_together_are_reached_along_the_shore(
    router: SeaRouter, chart: Chart, start: str, end: str, most_nm: float
) -> None:
    there, back = router.route(of(start), of(end)), router.route(of(end), of(start))
    assert there.distance_nm <= most_nm
    assert back.distance_nm == pytest.approx(there.distance_nm)
    by_table = router.distances_nm(of(start), [of(end).lat_deg], [of(end).lon_deg])[0]
    assert by_table == pytest.approx(there.distance_nm, abs=0.02)
    way = router.ways(of(start), [of(end).lat_deg], [of(end).lon_deg])[0]
    assert way is not None
    assert way.distance_nm == pytest.approx(there.distance_nm, abs=0.02)
    # A port that the chart has ashore is left by its own way out.
    assert total_nm(chart.crossings(there.points)) <= FAULT_NM + there.over_land_nm


def test_of_two_ways_down_one_river_the_shorter_crosses_over_where_the_other_has_no_bend(router: SeaRouter) -> None:
    # Haldia lies 104 km down the Hooghly from Kolkata; its way out met that of Kolkata at sea only, 79 nm.
    assert router.route(of("inccu"), of("inhal")).distance_nm == pytest.approx(104 / 1.852, rel=0.06)


@pytest.mark.parametrize(
    "start, end, shoal",
    [
        ((33.72, -77.78), (33.67, -77.85), "Frying Pan Shoals"),
        ((35.22, -75.40), (35.17, -75.48), "Diamond Shoals"),
        ((55.30, 12.72), (55.36, 12.70), "Falsterbo Reef"),
    ],
)
def test_fine_cells_lead_over_no_shoal(
    router: SeaRouter, start: tuple[float, float], end: tuple[float, float], shoal: str
) -> None:
    assert router.route(at(*start), at(*end)).distance_nm > 1.8 * distance_nm(*start, *end), shoal


def test_fine_cells_lead_through_no_closed_passage(router: SeaRouter) -> None:
    west, east = at(33.93, 130.93), at(33.97, 130.98)
    assert router.route(west, east).distance_nm < 4
    assert router.route(west, east, frozenset({"kanmon"})).distance_nm > 300
    above, below = at(41.16, 29.06), at(41.03, 29.02)
    with pytest.raises(NoRoute) as refused:
        router.route(above, below, frozenset({"bosporus"}))
    assert refused.value.passages == ("bosporus",)


def test_ports_close_together_with_water_between_take_no_way_round(router: SeaRouter, chart: Chart) -> None:
    """Of all pairs of seaports within 4 nm, those whose line between their waters meets no land, one in five."""
    sea = np.flatnonzero(PORTS.is_seaport)
    lat, lon = PORTS.lat_deg[sea], PORTS.lon_deg[sea]
    found = []
    for number in range(0, len(sea), 5):
        near = np.flatnonzero(distance_nm(lat[number], lon[number], lat, lon) < 4.0)
        for other in near[near > number].tolist():
            pair = [PORTS[int(sea[k])] for k in (number, other)]
            start, end = (router._berth(round(p.position.lat_deg * 1e5), round(p.position.lon_deg * 1e5)) for p in pair)
            waters = np.array([[b.water_lat, b.water_lon] for b in (start, end)])
            if total_nm(chart.crossings(waters)) > 0.05:
                continue
            straight = float(distance_nm(*waters[0], *waters[1]))
            nm = router.route(pair[0].position, pair[1].position).distance_nm - start.gap_nm - end.gap_nm
            if nm > 3 * straight + 1:
                found.append(f"{pair[0].name} - {pair[1].name}: {nm:.1f} for {straight:.1f}")
    assert found == []
