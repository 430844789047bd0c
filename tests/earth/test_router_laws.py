"""Laws that every sea distance keeps, wherever on earth: the open ocean, the polar seas, the coasts, narrow waters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.router.router import NoRoute, SeaRoute, SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
from tests.earth.sea_chart import Chart

# Waters that a draw over the whole earth seldom meets: seas entered through straits, inner leads, polar seas.
WATERS = (
    (36.0, 18.0),
    (43.5, 34.0),
    (46.0, 36.8),
    (40.7, 28.2),
    (58.5, 20.0),
    (65.0, 22.5),
    (59.9, 26.0),
    (56.0, 3.0),
    (72.0, 35.0),
    (66.0, 38.5),
    (84.0, 10.0),
    (89.5, 120.0),
    (76.0, 130.0),
    (71.0, -165.0),
    (74.0, -95.0),
    (20.0, 64.0),
    (26.5, 52.0),
    (21.0, 38.0),
    (5.0, 90.0),
    (-5.0, 112.0),
    (12.0, 114.0),
    (40.0, 134.0),
    (34.2, 133.3),
    (35.0, 123.0),
    (55.0, 150.0),
    (58.0, -178.0),
    (-20.0, 179.5),
    (25.0, -90.0),
    (15.0, -72.0),
    (60.0, -85.0),
    (47.6, -122.42),
    (-44.0, -73.2),
    (-53.3, -70.6),
    (-65.0, 0.0),
    (-76.0, 175.0),
    (75.0, -70.0),
)
# What a route loses against the distance that was promised, or against a way by a third place.
ROOM = 1e-3
ROOM_NM = 0.05

seeds = st.integers(0, 2**32 - 1)
places = st.one_of(
    st.tuples(st.just("ocean"), seeds),
    st.tuples(st.just("coast"), seeds),
    st.tuples(st.just("water"), seeds),
)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Place = tuple[str, int]


def _position(chart: Chart, place: Place) -> Position:
    kind, seed = place
    rng = np.random.default_rng(seed)
    if kind == "ocean":
        return chart.waters(rng, 1)[0]
    if kind == "coast":
        return chart.near_coast(rng, 1)[0]
    lat, lon = WATERS[rng.integers(len(WATERS))]
    for _ in range(100):
        near_lat, near_lon = np.clip(lat + rng.uniform(-0.3, 0.3), -90, 90), lon + rng.uniform(-0.3, 0.3)
        if not chart.is_land([near_lat], [near_lon])[0] and not chart.is_lake([near_lat], [near_lon])[0]:
            break
    return Position(lat_deg=float(near_lat), lon_deg=float((near_lon + 180) % 360 - 180))


def _far(router: SeaRouter, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> float:
    """Distance by sea; nan where there is no way, from whichever end."""
    try:
        return float(router.distances_nm(a, np.array([b.lat_deg]), np.array([b.lon_deg]), closed)[0])
    except NoRoute:
        return np.nan


def _route(router: SeaRouter, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> SeaRoute | None:
    try:
        return router.route(a, b, closed)
    except NoRoute:
        return None


@quick
@given(one=places, two=places)
def test_there_is_as_far_as_back(router: SeaRouter, chart: Chart, one: Place, two: Place) -> None:
    a, b = _position(chart, one), _position(chart, two)
    there, back = _far(router, a, b), _far(router, b, a)
    assert there == pytest.approx(back, rel=1e-6, abs=1e-3, nan_ok=True)
    route, returned = _route(router, a, b), _route(router, b, a)
    assert (route is None) == (returned is None) == np.isnan(there)
    if route is not None and returned is not None:
        assert route.distance_nm == pytest.approx(returned.distance_nm, rel=1e-6, abs=1e-3)
        assert (route.start_gap_nm, route.end_gap_nm) == pytest.approx((returned.end_gap_nm, returned.start_gap_nm))


@quick
@given(one=places, two=places)
def test_a_route_is_as_long_as_the_distance_that_was_promised(
    router: SeaRouter, chart: Chart, one: Place, two: Place
) -> None:
    a, b = _position(chart, one), _position(chart, two)
    route = _route(router, a, b)
    assume(route is not None)
    assert route is not None
    assert route.distance_nm == pytest.approx(_far(router, a, b), rel=ROOM, abs=ROOM_NM)
    # And as long as the line that is drawn, which starts and ends at the water of the places asked for, and the links.
    points = route.points
    drawn = float(distance_nm(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1]).sum())
    assert route.distance_nm == pytest.approx(drawn + route.start_gap_nm + route.end_gap_nm, rel=ROOM, abs=ROOM_NM)
    assert distance_nm(*points[0], a.lat_deg, a.lon_deg) == pytest.approx(route.start_gap_nm, abs=0.01)
    assert distance_nm(*points[-1], b.lat_deg, b.lon_deg) == pytest.approx(route.end_gap_nm, abs=0.01)


@quick
@given(one=places, two=places)
def test_no_route_is_shorter_than_the_geodesic_and_none_between_two_places_is_nothing(
    router: SeaRouter, chart: Chart, one: Place, two: Place
) -> None:
    a, b = _position(chart, one), _position(chart, two)
    straight = distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
    far, route = _far(router, a, b), _route(router, a, b)
    # A place is known to a metre.
    assert np.isnan(far) or far >= straight - 2e-3
    assert route is None or route.distance_nm >= straight - 2e-3
    assert straight < 0.01 or far != 0


@quick
@given(one=places, two=places, three=places)
def test_no_detour_is_shorter_than_the_way(
    router: SeaRouter, chart: Chart, one: Place, two: Place, three: Place
) -> None:
    a, b, c = (_position(chart, place) for place in (one, two, three))
    first, second, whole = _far(router, a, b), _far(router, b, c), _far(router, a, c)
    assume(np.isfinite(first + second + whole))
    assert whole <= (first + second) * (1 + ROOM) + ROOM_NM


@quick
@given(one=places, two=places, share=st.floats(0.1, 0.9))
def test_a_place_on_the_way_is_no_detour(router: SeaRouter, chart: Chart, one: Place, two: Place, share: float) -> None:
    # The sharpest case of the triangle: by a point of the route itself it is as far as without it.
    a, b = _position(chart, one), _position(chart, two)
    route = _route(router, a, b)
    assume(route is not None and len(route.points) > 2)
    assert route is not None
    lat, lon = route.points[int(share * (len(route.points) - 1))]
    on_the_way = Position(lat_deg=float(lat), lon_deg=float(lon))
    by_it = _far(router, a, on_the_way) + _far(router, on_the_way, b)
    assume(np.isfinite(by_it))
    assert route.distance_nm <= by_it * (1 + ROOM) + ROOM_NM


@quick
@given(one=places, two=places, number=st.integers(0, 10_000))
def test_closing_a_passage_never_shortens(router: SeaRouter, chart: Chart, one: Place, two: Place, number: int) -> None:
    a, b = _position(chart, one), _position(chart, two)
    before = _route(router, a, b)
    assume(before is not None)
    assert before is not None
    # A passage of the way itself wherever there is one: any other closure changes nothing.
    name = (before.passages or tuple(p.id for p in router.passages))[
        number % (len(before.passages) or len(router.passages))
    ]
    closed = _far(router, a, b, frozenset({name}))
    assert np.isnan(closed) or closed >= before.distance_nm * (1 - 1e-6) - 1e-3
    after = _route(router, a, b, frozenset({name}))
    assert after is None or name not in after.passages
    assert after is None or after.distance_nm == pytest.approx(closed, rel=ROOM, abs=ROOM_NM)
    if name not in before.passages:
        assert closed == pytest.approx(before.distance_nm, rel=ROOM, abs=ROOM_NM)


@quick
@given(one=places, others=st.lists(places, min_size=1, max_size=6))
def test_many_at_once_are_as_far_as_one_by_one(
    router: SeaRouter, chart: Chart, one: Place, others: list[Place]
) -> None:
    a, ends = _position(chart, one), [_position(chart, place) for place in others]
    try:
        together = router.distances_nm(a, [p.lat_deg for p in ends], [p.lon_deg for p in ends])
    except NoRoute:
        assume(False)
        return
    assert together == pytest.approx(np.array([_far(router, a, p) for p in ends]), rel=1e-6, abs=1e-3, nan_ok=True)
