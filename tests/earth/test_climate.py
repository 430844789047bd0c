"""Estimates of sea, air and wind are what is usual there, inside their bands, with a source, or not known."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, special, stats

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.sea_and_sky.climate import (
    ANNUAL_SOURCE,
    DEEP_SOURCE,
    HALF_WIDTHS_DEG,
    RAYLEIGH_P10,
    RAYLEIGH_P90,
    SURFACE_SOURCE,
    Climate,
    Estimate,
    freezing_point_c,
    season_months,
)
from subrescue.earth.sea_and_sky.climate_grids import (
    DEEP,
    SURFACE,
    Cells,
    Grid,
    behind_land,
    pack_tenths,
    unpack_tenths,
)
from subrescue.earth.sea_and_sky.water_profile import fit_seasons
from subrescue.earth.shape.land import Land

LAND = Land()
CLIMATE = Climate(land=LAND)
OPEN = Climate()

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
times = st.integers(0, 30 * 365).map(lambda day: datetime(2000, 1, 1, 6, tzinfo=UTC) + timedelta(days=day))


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def month(number: int, day: int = 15) -> datetime:
    return datetime(2026, number, day, 12, tzinfo=UTC)


def known(estimate: Estimate | None) -> Estimate:
    assert estimate is not None
    assert estimate.low <= estimate.value <= estimate.high
    assert estimate.source
    return estimate


@pytest.mark.parametrize(
    "name, lat, lon, number, low, high",
    [
        ("Gulf of Bothnia in February", 62.0, 19.5, 2, -1.0, 1.5),
        ("Red Sea in August", 20.0, 38.5, 8, 30.0, 32.5),
        ("Persian Gulf in August", 26.5, 52.0, 8, 32.0, 34.0),
        ("Doldrums", 5.0, -25.0, 4, 26.5, 29.0),
        ("Weddell Sea in winter", -72.0, -40.0, 8, -1.93, -1.5),
        ("Norwegian Sea in November", 64.5, 7.5, 11, 7.5, 9.5),
        ("off Mar del Plata in November", -46.0, -59.8, 11, 7.0, 10.0),
    ],
)
def test_the_sea_is_as_warm_as_mariners_know_it(
    name: str, lat: float, lon: float, number: int, low: float, high: float
) -> None:
    assert low <= known(CLIMATE.sea_surface_c(at(lat, lon), month(number))).value <= high, name


def test_the_roaring_forties_blow_harder_than_the_doldrums_and_from_the_west() -> None:
    forties, doldrums = CLIMATE.wind(at(-47, 60), month(7)), CLIMATE.wind(at(5, -25), month(4))
    assert forties is not None
    assert doldrums is not None
    assert forties.speed_kn.value > 2 * doldrums.speed_kn.value
    assert 225 < forties.from_deg < 315


def test_the_trade_wind_is_steady_from_the_north_east_and_the_channel_s_wind_is_not() -> None:
    trade, channel = CLIMATE.wind(at(15, -40), month(1)), CLIMATE.wind(at(50, -2), month(2))
    assert trade is not None
    assert channel is not None
    assert 45 < trade.from_deg < 90
    assert trade.steadiness > 0.85
    assert not trade.is_variable
    assert channel.is_variable
    assert channel.speed_kn.value == pytest.approx(16.5, abs=1)


def test_the_monsoon_turns_the_wind_of_the_arabian_sea_about() -> None:
    winter, summer = CLIMATE.wind(at(12, 60), month(1)), CLIMATE.wind(at(12, 60), month(7))
    assert winter is not None
    assert summer is not None
    assert 20 < winter.from_deg < 80
    assert 200 < summer.from_deg < 260
    assert summer.speed_kn.value > winter.speed_kn.value


@pytest.mark.parametrize(
    "name, lat, lon, when, depth_m, stated_c",
    [
        ("Kursk", 69.617, 37.56, month(8), 108, 4),
        ("AS-28", 52.9, 159.9, month(8), 190, 3),
        ("Norwegian Sea", 64.5, 7.5, month(11), 255, 7),
        ("Strait of Sicily", 36.9, 11.5, month(1), 240, 14),
    ],
)
def test_the_bottom_water_of_the_shipped_cases_lies_in_the_band(
    name: str, lat: float, lon: float, when: datetime, depth_m: float, stated_c: float
) -> None:
    found = CLIMATE.water_c(at(lat, lon), when, depth_m)
    assert known(found).low <= stated_c <= known(found).high, name


def test_the_season_reaches_down_in_the_north_sea_and_not_to_the_floor_of_the_ocean() -> None:
    summer, winter = (known(CLIMATE.water_c(at(56, 3), month(number), 20)).value for number in (8, 2))
    assert summer - winter > 5
    deep = [known(CLIMATE.water_c(at(41.73, -49.95), month(number), 3800)).value for number in (2, 8)]
    assert deep[0] == deep[1] == pytest.approx(2.4, abs=0.3)


def test_a_stirred_shelf_sea_has_the_swing_of_its_surface_in_the_band() -> None:
    """The Channel is mixed from top to bottom in February, about 8.5 C (from memory)."""
    found = known(CLIMATE.water_c(at(50, -2), month(2), 60))
    assert found.low <= 8.5 <= found.high


def test_a_depth_below_the_data_is_held_and_said_and_far_below_is_not_known() -> None:
    found = CLIMATE.water_c(at(62, 19.5), month(2), 80)
    assert found is not None
    assert (found.depth_m, found.data_end_m) == (80, 50)
    assert CLIMATE.water_c(at(62, 19.5), month(2), 200) is None


def test_a_doubtful_depth_widens_the_band_of_the_temperature() -> None:
    sure = known(CLIMATE.water_c(at(18, 111), month(12), 1384))
    doubtful = known(CLIMATE.water_c(at(18, 111), month(12), 1384, 200, 2000))
    assert sure.value == doubtful.value
    assert doubtful.high > sure.high + 10
    assert doubtful.low <= sure.low


def test_where_no_ship_reports_under_winter_ice_the_atlas_answers_for_the_sea_and_nobody_for_the_air() -> None:
    sea = known(CLIMATE.sea_surface_c(at(-72, -40), month(8)))
    assert sea.source == DEEP_SOURCE
    assert CLIMATE.air_c(at(-72, -40), month(8)) is None
    assert CLIMATE.wind(at(-72, -40), month(8)) is None
    assert known(CLIMATE.sea_surface_c(at(56, 3), month(8))).source == SURFACE_SOURCE


def test_hudson_bay_under_its_ice_is_not_told_to_be_warm() -> None:
    for lat, lon, most_c in ((60, -85, 0.5), (58.8, -94, 3.5), (54, -80.5, 4.5)):
        winter, summer = (known(CLIMATE.sea_surface_c(at(lat, lon), month(number))) for number in (2, 8))
        assert winter.value < most_c
        assert winter.low == pytest.approx(freezing_point_c(35.0))
        assert winter.low < winter.value <= winter.high < summer.value
    tropics = known(CLIMATE.sea_surface_c(at(-15, -100), month(2)))
    assert tropics.low > 15


def test_land_and_waters_far_from_any_cell_have_no_estimate() -> None:
    for place in (at(48.85, 2.35), at(46.4, 6.5), at(50, 90)):
        assert CLIMATE.sea_surface_c(place, month(2)) is None
        assert CLIMATE.air_c(place, month(2)) is None
        assert CLIMATE.wind(place, month(2)) is None
        assert CLIMATE.water_c(place, month(2), 50) is None


def test_the_black_sea_takes_no_water_from_the_aegean() -> None:
    assert CLIMATE.water_c(at(41.5, 29.3), month(2), 50) is None


def test_colon_is_warmed_by_the_caribbean_and_not_by_the_pacific() -> None:
    cells = SURFACE.cells_near(9.5, -79.9, np.ones((90, 180), dtype=bool), LAND)
    south = SURFACE.lats[cells.rows] < 8.5
    assert len(cells.rows) > 3
    assert not south.any()
    assert behind_land(LAND, 9.5, -79.9, np.array([8.0, 11.0]), np.array([-79.5, -79.9])).tolist() == [True, False]


def test_an_estimate_at_the_middle_of_a_cell_and_month_is_the_value_of_the_source() -> None:
    """COADS at 5 N 25 W in the middle of April: 27.7 C sea, 4.9 m/s = 9.5 kn wind."""
    middle = datetime(2026, 4, 16, 21, tzinfo=UTC)  # 3.5/12 of 365 days is 106.46 days
    assert season_months(middle) == pytest.approx(3.0, abs=0.02)
    sea, wind = OPEN.sea_surface_c(at(5, -25), middle), OPEN.wind(at(5, -25), middle)
    assert known(sea).value == pytest.approx(27.7, abs=0.02)
    assert known(sea).nearest_nm == pytest.approx(0, abs=1e-6)
    assert wind is not None
    assert wind.speed_kn.value == pytest.approx(4.9 * 3600 / 1852, abs=0.1)


def test_between_the_middles_of_two_months_the_value_lies_between_theirs() -> None:
    values = [known(CLIMATE.sea_surface_c(at(40, -30), month(5, day))).value for day in (16, 21, 26, 31)]
    values.append(known(CLIMATE.sea_surface_c(at(40, -30), month(6, 15))).value)
    assert values == sorted(values)


@settings(max_examples=30)
@given(latitudes, times)
def test_both_sides_of_the_date_line_agree(lat: float, when: datetime) -> None:
    west, east = at(lat, -180 + 1e-7), at(lat, 180 - 1e-7)
    for a, b in (
        (OPEN.sea_surface_c(west, when), OPEN.sea_surface_c(east, when)),
        (OPEN.air_c(west, when), OPEN.air_c(east, when)),
        (OPEN.water_c(west, when, 150), OPEN.water_c(east, when, 150)),
    ):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert a.value == pytest.approx(b.value, abs=1e-3)


@settings(max_examples=20)
@given(longitudes, times)
def test_a_pole_is_one_place_whatever_its_longitude(lon: float, when: datetime) -> None:
    for lat in (90, -90):
        first, second = (OPEN.water_c(at(lat, degrees), when, 500) for degrees in (0, lon))
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert first.value == pytest.approx(second.value, abs=1e-6)


@settings(max_examples=60)
@given(latitudes, longitudes, times, st.floats(0, 6000))
def test_any_place_has_estimates_inside_their_bands_and_no_water_colder_than_ice(
    lat: float, lon: float, when: datetime, depth_m: float
) -> None:
    place = at(lat, lon)
    for estimate in (OPEN.sea_surface_c(place, when), OPEN.air_c(place, when), OPEN.water_c(place, when, depth_m)):
        if estimate is not None:
            known(estimate)
            assert 0 <= estimate.nearest_nm < 180
    sea, water, wind = OPEN.sea_surface_c(place, when), OPEN.water_c(place, when, depth_m), OPEN.wind(place, when)
    assert sea is None or freezing_point_c(35) <= sea.low <= sea.high < 40
    assert water is None or freezing_point_c(35, depth_m) <= water.low
    assert water is None or water.source in (DEEP_SOURCE, ANNUAL_SOURCE)
    if wind is not None:
        assert known(wind.speed_kn).low >= 0
        assert 0 <= wind.from_deg < 360
        assert 0 <= wind.steadiness <= 1


def test_sea_water_freezes_where_unesco_says() -> None:
    """UNESCO technical papers 44 (1983): S = 40, p = 500 dbar gives -2.588567 C; the usual figure for 35 is -1.92."""
    assert freezing_point_c(40, 500) == pytest.approx(-2.588567, abs=1e-6)
    assert freezing_point_c(35) == pytest.approx(-1.922, abs=0.001)
    assert freezing_point_c(0) == 0


def test_eight_winds_in_ten_lie_in_the_band_of_the_rayleigh_distribution() -> None:
    scale = math.sqrt(2 / math.pi)  # of a Rayleigh distribution with the mean 1
    assert stats.rayleigh.ppf([0.1, 0.9], scale=scale) == pytest.approx([RAYLEIGH_P10, RAYLEIGH_P90])
    assert pytest.approx(0.366, abs=0.001) == RAYLEIGH_P10
    assert pytest.approx(1.712, abs=0.001) == RAYLEIGH_P90


@pytest.mark.parametrize("tenth", range(1, 10))
def test_the_sector_of_a_steady_wind_holds_eight_winds_in_ten(tenth: int) -> None:
    """Winds scatter about their mean vector as a normal distribution of two equal components."""

    def mean_speed(vector: float) -> float:
        x = vector * vector / 4
        return float(math.sqrt(math.pi / 2) * ((1 + 2 * x) * special.ive(0, x) + 2 * x * special.ive(1, x)))

    vector = optimize.brentq(lambda v: v / mean_speed(v) - tenth / 10, 1e-6, 50)

    def density(angle: float) -> float:
        along, across = vector * math.cos(angle), vector * math.sin(angle)
        return float(
            math.exp(-vector * vector / 2) / math.tau
            + along / math.sqrt(math.tau) * stats.norm.cdf(along) * math.exp(-across * across / 2)
        )

    half_width = math.radians(HALF_WIDTHS_DEG[tenth])
    assert 2 * integrate.quad(density, 0, half_width)[0] == pytest.approx(0.8, abs=0.002)


def test_the_time_of_year_counts_from_the_middle_of_january_and_comes_round() -> None:
    assert season_months(datetime(2026, 1, 16, 5, tzinfo=UTC)) == pytest.approx(0, abs=0.01)
    assert season_months(datetime(2026, 1, 1, tzinfo=UTC)) == pytest.approx(11.5)
    assert season_months(datetime(2024, 12, 31, 23, 59, tzinfo=UTC)) == pytest.approx(11.5, abs=0.001)


def test_a_time_without_a_zone_is_refused_and_the_last_year_is_not() -> None:
    with pytest.raises(InputError, match="a time needs a zone"):
        CLIMATE.air_c(at(56, 3), month(5).replace(tzinfo=None))
    assert season_months(datetime(9999, 1, 1, tzinfo=UTC)) == pytest.approx(11.5)


def test_the_fit_of_the_seasons_finds_the_waves_and_leaves_the_mean_out() -> None:
    angle = np.arange(12) / 12 * math.tau
    monthly = 10 + 3 * np.cos(angle) - 2 * np.sin(angle) + 0.5 * np.sin(2 * angle)
    assert fit_seasons(monthly[:, None])[:, 0] == pytest.approx([3, -2, 0, 0.5])


def test_packed_values_come_back_to_a_tenth_with_their_gaps() -> None:
    values = np.array([[[1.24, np.nan, -1.96], [28.0, 0.0, np.nan]]])
    found = unpack_tenths(pack_tenths(values))
    assert found[...] == pytest.approx(np.array([[[1.2, np.nan, -2.0], [28, 0, np.nan]]]), nan_ok=True)
    assert found.filled.tolist() == [[[True, False, True], [True, True, False]]]
    assert found.tenths.itemsize == 2  # in numbers the fields would take four times the room


def test_the_weights_of_cells_sum_to_one_and_the_nearest_counts_most() -> None:
    cells = Cells(np.arange(3), np.arange(3), np.array([20.0, 60.0, 180.0]), reach_nm=180.0)
    weights = cells.weights(np.array([True, True, True]))
    # (160 / (180 * 20))**2 to (120 / (180 * 60))**2 is 16 to 1; a cell at the reach counts nothing
    assert weights == pytest.approx([16 / 17, 1 / 17, 0])
    assert cells.weights(np.array([False, False, False])).tolist() == [0, 0, 0]


def test_cells_near_the_pole_lie_on_all_sides_of_it() -> None:
    cells = Grid(-89.5, -179.5, 1.0, 180, 360, reach_nm=120.0).cells_near(89.9, 100, np.ones((180, 360), dtype=bool))
    assert np.ptp(DEEP.lons[cells.columns]) > 350
    assert np.all(np.diff(cells.distance_nm) >= 0)
    assert cells.distance_nm[0] < 40
