"""At each hour the carriers of an option stand on their legs where an even pace brings them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PhaseName, PhaseSpan, Verdict
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.exchange.whereabouts import Carrier, along, carriers


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def place(name: str, lat: float, lon: float) -> Place:
    return Place(name=name, position=at(lat, lon))


BASE, FIELD, APOD, PORT = place("b", 0, 0), place("f", 0, 1), place("a", 0, 21), place("p", 0, 22)
HOME, DATUM = place("h", 10, 22), place("d", -4, 22)


def span(phase: PhaseName, start: float, end: float, a: Place, b: Place, carrier: str | None = None) -> PhaseSpan:
    first, last = (Band(p10=hour, p50=hour, p90=hour) for hour in (start, end))
    return PhaseSpan(phase=phase, start_h=first, end_h=last, origin=a, destination=b, carrier=carrier)


def option(*phases: PhaseSpan) -> Option:
    return Option(
        asset_id="x", name="System", nations=("GB",), kind="rescue_system", verdict=Verdict.GREEN, phases=phases
    )


CHAIN = option(
    span(PhaseName.ROAD_TO_APOE, 2, 4, BASE, FIELD, "27"),
    span(PhaseName.FLIGHT, 10, 15, FIELD, APOD, "C-17"),
    span(PhaseName.ROAD_TO_PORT, 20, 22, APOD, PORT),
    span(PhaseName.SHIP_TO_PORT, 3, 13, HOME, PORT, "Ship"),
    span(PhaseName.TRANSIT, 30, 34, PORT, DATUM, "Ship"),
)


def told(hour: float) -> list[tuple[str, str, float, float, bool]]:
    return [
        (c.kind, c.label, round(c.position.lat_deg, 6), round(c.position.lon_deg, 6), c.moving)
        for c in carriers(CHAIN, hour)
    ]


# On the equator a geodesic is an arc of constant degrees an hour: half of the hours are half of the degrees.
@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (0, [("sea", "Ship", 10, 22, False), ("gear", "System", 0, 0, False)]),
        (3, [("sea", "Ship", 10, 22, True), ("road", "System", 0, 0.5, True)]),
        (20.5, [("sea", "Ship", 0, 22, False), ("road", "System", 0, 21.25, True)]),
        (25, [("sea", "Ship", 0, 22, False), ("gear", "System", 0, 22, False)]),
        (30, [("sea", "Ship", 0, 22, True)]),
        (34, [("sea", "Ship", -4, 22, False)]),
        (99, [("sea", "Ship", -4, 22, False)]),
    ],
)
def test_each_carrier_is_on_its_leg_or_waits_at_its_end(hour: float, expected: list[tuple[object, ...]]) -> None:
    assert told(hour) == expected


def test_an_aircraft_is_where_its_share_of_the_great_circle_ends() -> None:
    ship, aircraft = carriers(CHAIN, 11.25)
    assert (aircraft.kind, aircraft.label, aircraft.moving) == ("air", "C-17", True)
    assert aircraft.position.lon_deg == pytest.approx(1 + 20 * 1.25 / 5, abs=1e-9)
    # the ship has 1.75 of its 10 hours left along the meridian
    assert distance_nm(ship.position.lat_deg, 22, 0, 22) == pytest.approx(0.175 * distance_nm(10, 22, 0, 22), abs=1e-6)


def test_a_sea_route_is_followed_from_point_to_point_over_the_date_line() -> None:
    route = (at(0, 178), at(0, 179), at(0, -177))  # 1 and 4 degrees of the equator
    assert along(route, 0.1).lon_deg == pytest.approx(178.5, abs=1e-9)
    assert along(route, 0.8).lon_deg == pytest.approx(-178, abs=1e-9)
    assert along(route, 0.2).lon_deg == pytest.approx(179, abs=1e-9)


def test_beyond_its_ends_and_without_length_a_line_is_its_ends() -> None:
    assert along((BASE.position, FIELD.position), -1) == BASE.position
    assert along((BASE.position, FIELD.position), 2) == FIELD.position
    assert along((BASE.position, BASE.position), 0.5) == BASE.position
    with pytest.raises(ValueError, match="at least one"):
        along((), 0.5)


def test_an_asset_on_its_own_ship_is_the_ship_alone() -> None:
    own = option(span(PhaseName.TRANSIT, 5, 9, HOME, DATUM, "Belos"))
    assert carriers(own, 1) == (Carrier("sea", "Belos", HOME.position, False),)
    assert carriers(own, 9) == (Carrier("sea", "Belos", DATUM.position, False),)


def test_an_option_that_goes_nowhere_has_no_carriers() -> None:
    assert carriers(option(), 5) == ()


def test_a_leg_that_takes_no_time_is_over_when_it_begins() -> None:
    moved = option(span(PhaseName.ROAD_TO_PORT, 5, 5, APOD, PORT))
    assert carriers(moved, 4.9)[0].position == APOD.position
    assert carriers(moved, 5)[0].position == PORT.position


@given(first=st.floats(0, 1), second=st.floats(0, 1))
def test_a_later_share_is_never_nearer_to_the_start_of_a_straight_leg(first: float, second: float) -> None:
    near, far = sorted((first, second))
    a, b = at(55.5, -4.6), at(63.1, 7.8)
    nm = [distance_nm(55.5, -4.6, p.lat_deg, p.lon_deg) for p in (along((a, b), near), along((a, b), far))]
    assert nm[0] <= nm[1] + 1e-6
