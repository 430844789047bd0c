"""Laws that every sea distance keeps, whatever the places."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.geodesy import distance_nm
from subrescue.earth.router import SeaRouter

# Open water of every ocean and of seas that are entered through straits.
WATERS = (
    (45.0, -30.0), (-35.0, -20.0), (36.0, 18.0), (43.5, 34.0), (58.5, 20.0), (56.0, 3.0), (72.0, 35.0), (84.0, 10.0),
    (20.0, 64.0), (26.5, 52.0), (21.0, 38.0), (-10.0, 80.0), (5.0, 90.0), (-5.0, 112.0), (12.0, 114.0), (40.0, 134.0),
    (35.0, 123.0), (52.0, 160.0), (58.0, -178.0), (-20.0, 179.5), (10.0, -150.0), (-45.0, -120.0), (25.0, -90.0),
    (15.0, -72.0), (60.0, -85.0), (-65.0, 0.0), (75.0, -70.0), (66.0, 38.5),
)
places = st.sampled_from(WATERS).flatmap(
    lambda at: st.builds(
        lambda north, east: Position(lat_deg=at[0] + north, lon_deg=(at[1] + east + 180) % 360 - 180),
        st.floats(-0.5, 0.5), st.floats(-0.5, 0.5),
    )
)
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _far(router: SeaRouter, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> float:
    return float(router.distances_nm(a, np.array([b.lat_deg]), np.array([b.lon_deg]), closed)[0])


@quick
@given(a=places, b=places)
def test_there_is_as_far_as_back(router: SeaRouter, a: Position, b: Position) -> None:
    assert router.route(a, b).distance_nm == pytest.approx(router.route(b, a).distance_nm, rel=1e-9)
    assert _far(router, a, b) == pytest.approx(_far(router, b, a), rel=1e-6, abs=0.01)


@quick
@given(a=places, b=places)
def test_a_route_is_as_long_as_the_distance_that_was_promised(router: SeaRouter, a: Position, b: Position) -> None:
    assert router.route(a, b).distance_nm == pytest.approx(_far(router, a, b), rel=1e-5, abs=0.02)


@quick
@given(a=places, b=places)
def test_no_route_is_shorter_than_the_geodesic(router: SeaRouter, a: Position, b: Position) -> None:
    straight = distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
    assert _far(router, a, b) >= straight - 1e-6
    assert router.route(a, b).distance_nm >= straight - 1e-6


@quick
@given(a=places, b=places, c=places)
def test_no_detour_is_shorter_than_the_way(router: SeaRouter, a: Position, b: Position, c: Position) -> None:
    # Corners stand a little off the coast, so a place between may cut a corner by a hair.
    assert _far(router, a, c) <= (_far(router, a, b) + _far(router, b, c)) * 1.005 + 1.0


@quick
@given(a=places, b=places, name=st.sampled_from(("suez", "panama", "kiel", "gibraltar", "dover", "malacca", "bering")))
def test_closing_a_passage_never_shortens(router: SeaRouter, a: Position, b: Position, name: str) -> None:
    closed = _far(router, a, b, frozenset({name}))
    assert np.isnan(closed) or closed >= _far(router, a, b) - 1e-3
