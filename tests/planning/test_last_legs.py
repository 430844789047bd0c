"""The nearest airfield to a place at sea is found by a few, and is that which a look at all of them finds."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.ways.last_legs import nearest_nm, to_place_nm
from tests.planning.test_one_way import round_asia, the_places

# Off Kamchatka, Ceylon and Iceland, in the Caspian, at the pole, on the date line: some within what is barred.
DATUMS = [(51.0, 162.0), (5.5, 78.0), (66.0, -25.0), (42.0, 50.5), (90.0, 0.0), (-12.0, 180.0), (25.0, 57.5)]


def hops(leg_nm: float, *, barred: bool) -> Hops:
    return Hops(leg_nm, 700.0, 1500.0, frozenset(), round=round_asia() if barred else None)


@pytest.mark.parametrize("barred", [False, True])
@pytest.mark.parametrize("datum", DATUMS)
def test_the_nearest_is_the_nearest_of_all(datum: tuple[float, float], *, barred: bool) -> None:
    here = Position(lat_deg=datum[0], lon_deg=datum[1])
    every = np.flatnonzero(the_places().field_landing_m >= 1500.0)
    for some, leg_nm in ((every, 4000.0), (every[::7], 700.0), (every[::311], 2500.0)):
        found = nearest_nm(the_places(), some, hops(leg_nm, barred=barred), here)
        assert found == to_place_nm(the_places(), some, hops(leg_nm, barred=barred), here).min()


def test_some_nearest_lie_behind_what_is_barred() -> None:
    every = np.flatnonzero(the_places().field_landing_m >= 1500.0)
    here = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in DATUMS]
    straight, round_ = (
        np.array([nearest_nm(the_places(), every, hops(4000.0, barred=b), one) for one in here]) for b in (0, 1)
    )
    assert (round_ > straight).any()
    assert (round_ == straight).any()
