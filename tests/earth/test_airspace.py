"""National airspace: land and 12 nm of sea; above the high sea nobody is asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.places.airspace import FILE, Airspace, great_circle, sovereign_of
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.geodesy import distance_nm

AIRSPACE = Airspace()
COUNTRIES = Countries()


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def code(lat_deg: float, lon_deg: float) -> str:
    return AIRSPACE.codes[int(AIRSPACE.at(lat_deg, lon_deg))]


# Places read off a chart: towns, the middle of straits and seas, islands smaller than a cell of the grid.
@pytest.mark.parametrize(
    "lat_deg, lon_deg, nation",
    [
        (51.5, -0.1, "GB"),
        (48.85, 2.35, "FR"),
        (-33.9, 151.2, "AU"),
        (57.8, 4.0, ""),  # North Sea, 60 nm from any coast
        (0.0, -30.0, ""),
        (-80.0, 0.0, ""),  # Antarctica is nobody's
        (63.42, -20.27, "IS"),  # Vestmannaeyjar
        (60.1, 19.9, "FI"),  # Aland
        (62.0, -6.8, "DK"),  # Faroes
        (13.5, 144.8, "US"),  # Guam
    ],
)
def test_a_place_is_of_the_nation_of_its_land(lat_deg: float, lon_deg: float, nation: str) -> None:
    assert code(lat_deg, lon_deg) == nation


def test_the_territorial_sea_is_twelve_miles_wide_within_a_cell() -> None:
    """West of Cape St Vincent, 37.02 N 9.00 W: a minute of longitude is 0.8 nm there."""
    minute_nm = np.cos(np.radians(37.02))
    inside = [code(37.02, -9.0 - nm / 60.0 / minute_nm) for nm in (1.0, 5.0, 8.0)]
    outside = [code(37.02, -9.0 - nm / 60.0 / minute_nm) for nm in (17.0, 25.0, 60.0)]
    assert inside == ["PT"] * 3
    assert outside == [""] * 3


def test_a_flight_over_the_high_sea_goes_over_nobody() -> None:
    assert AIRSPACE.over((at(45.0, -40.0), at(35.0, -20.0))) == ()


def test_flights_name_the_nations_in_the_order_of_the_map() -> None:
    assert AIRSPACE.over((at(51.0, 3.3), at(51.0, 10.0))) == ("BE", "NL", "DE")
    assert AIRSPACE.over((at(56.27, 15.27), at(40.6, 14.3)))[0] == "SE"
    assert AIRSPACE.over((at(56.27, 15.27), at(40.6, 14.3)))[-1] == "IT"


def test_the_date_line_is_an_ordinary_place() -> None:
    west, east = at(-17.5, 177.0), at(-17.5, -178.0)
    assert AIRSPACE.over((west, east)) == AIRSPACE.over((east, west)) == ("FJ",)


def test_a_turn_changes_the_nations() -> None:
    straight = AIRSPACE.over((at(50.3, -4.1), at(43.4, -8.4)))
    by_sea = AIRSPACE.over((at(50.0, -6.5), at(46.0, -9.5), at(44.5, -10.0)))
    assert "FR" not in by_sea
    assert "GB" in straight


@given(st.floats(-78.0, 83.0), st.floats(-180.0, 180.0))
def test_inland_the_grid_says_what_the_outlines_say(lat_deg: float, lon_deg: float) -> None:
    """A cell of 0.1 degree: where all about a place is one country, the grid has that country."""
    steps = (-0.1, 0.0, 0.1)
    beside = [at(lat_deg + dy, max(min(lon_deg + dx, 180.0), -180.0)) for dx in steps for dy in steps]
    about = {COUNTRIES.at(place) for place in beside}
    if len(about) == 1 and (country := about.pop()) is not None and country.iso not in (None, "AQ"):
        # The outlines answer for places at sea as well, up to half a degree off: those may be the high sea.
        assert code(lat_deg, lon_deg) in (sovereign_of(country.iso), "")


@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(-85, 85), st.floats(-180, 180))
def test_a_great_circle_keeps_its_ends_and_its_steps(a: float, b: float, c: float, d: float) -> None:
    start, end = at(a, b), at(c, d)
    lat, lon = great_circle(start, end)
    assert (lat[0], lon[0]) == pytest.approx((a, b), abs=1e-6) or abs(abs(b) - 180.0) < 1e-6
    if len(lat) > 1:
        steps = distance_nm(lat[:-1], lon[:-1], lat[1:], lon[1:])
        assert float(np.max(steps)) <= 16.5


def test_the_grid_stays_packed_and_holds_the_nations_of_the_file() -> None:
    stored = open_arrays(FILE)["cells"]
    assert AIRSPACE.cells.shape == stored.shape
    assert np.array_equal(AIRSPACE.cells.whole(), np.cumsum(stored, axis=0, dtype=np.uint8))
    assert {"EH", "PS"}.isdisjoint(AIRSPACE.codes)  # of whom another clears the sky
    held = [part for part in vars(AIRSPACE.cells).values() if isinstance(part, np.ndarray)]
    assert sum(part.nbytes for part in held) < stored.nbytes / 4
