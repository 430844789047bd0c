"""Each compartment by itself: what ends life in it, worked out by hand, and its air over time."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.response import CompartmentWindow, Limit
from subrescue.planning.basis.asked import asked_at
from subrescue.planning.survival.survival import survival_window
from tests.planning.test_survival import BOAT, KNOWN, a_case

# Ten people breathe out 0.209 m3 of CO2 an hour; 100 m3 of air take 2.5 m3 between 0.5 and 3 %.
LIVED_IN = {
    "name": "forward",
    "people": 10,
    "free_volume_m3": 100,
    "stores": {"soda_lime_kg": 100, "oxygen_candles": 90},
}

ALERT = "2026-11-01T12:00:00Z"


def window(environment: dict[str, Any] | None = None, depth_m: float = 200.0, **space: Any) -> CompartmentWindow:
    case = a_case(survivors=10, depth_m=depth_m, compartments=[{**LIVED_IN, **space}])
    if environment is not None:
        case = Case.model_validate({**case.model_dump(), "environment": environment})
    (found,) = survival_window(case, BOAT, KNOWN, samples=20).window.compartments
    return found


def limit(found: CompartmentWindow, name: str) -> Limit:
    return next(one for one in found.limits if one.name == name)


def test_superoxide_takes_up_co2_and_gives_oxygen() -> None:
    found = window(stores={"superoxide_kg": 50})
    # (2.5 + 50 * 0.11) / 0.209 = 38.3 h; (100 * 4.9 % + 50 * 0.165) / (10 * 0.0246) = 53.5 h
    assert limit(found, "carbon_dioxide").p50_h == pytest.approx(38.28, abs=0.01)
    assert limit(found, "oxygen").p50_h == pytest.approx(53.46, abs=0.01)
    assert found.limiting == "carbon_dioxide"


def test_canisters_last_as_long_as_their_source_says() -> None:
    # 12 canisters of 20 h for one are 24 h for ten; the air alone lasts 2.5 / 0.209 = 11.96 h.
    stated = {"absorbent_canisters": 12, "canister_person_h": 20, "canister_source": "owner"}
    assert limit(window(stores=stated), "carbon_dioxide").p50_h == pytest.approx(35.96, abs=0.01)
    # Where nobody says so the assumption of 24 h stands: 28.8 + 11.96 h.
    unsaid = {"absorbent_canisters": 12}
    assert limit(window(stores=unsaid), "carbon_dioxide").p50_h == pytest.approx(40.76, abs=0.01)


def test_a_flooded_boat_has_less_room_for_co2_and_more_oxygen_to_breathe() -> None:
    # The class has 150 m3 dry; at two atmospheres 75 m3 are left, with CO2 at 1 % and oxygen at 41.8 kPa.
    case = a_case(pressure_bar=2.0265, stores={"soda_lime_kg": 0, "oxygen_candles": 0})
    (found,) = survival_window(case, BOAT, KNOWN, samples=20).window.compartments
    assert limit(found, "carbon_dioxide").p50_h == pytest.approx(75 * 0.02 / (44 * 0.0209), abs=0.01)
    assert limit(found, "oxygen").p50_h == pytest.approx(75 * 0.258 / (44 * 0.0246), abs=0.01)


def test_carbon_monoxide_disables_where_its_equilibrium_lies_above_the_limit() -> None:
    # 400 ppm: 218 * 400e-6 * 101.325 / 13.3 = 0.664, so 39.9 % in the end; 30 % after 4.5 / ln 2 * ln(38.9 / 9.9) h.
    found = window(carbon_monoxide_ppm=400)
    assert limit(found, "fire_gases").p50_h == pytest.approx(4.5 / log(2) * log(38.915 / 9.915), abs=0.01)
    assert found.limiting == "fire_gases"
    # 200 ppm end at 24.9 %: nobody is disabled.
    assert limit(window(carbon_monoxide_ppm=200), "fire_gases").p50_h is None


def test_a_fire_without_a_measurement_is_an_unknown_that_is_told() -> None:
    case = a_case(fire=True, sunk_at=ALERT, stores={"soda_lime_kg": 100, "oxygen_candles": 10})
    told = [why.id for why in survival_window(case, BOAT, KNOWN, samples=20).window.reasons]
    assert told == ["survival.fire_gases_unknown"]


def test_flooding_ends_beyond_the_pressure_limit_and_only_where_the_sea_has_it() -> None:
    # P = P0 V / (V - q t) is 6 bar after 100 / 2 * (1 - 1.01325 / 6) = 41.56 h, and five more are lived beyond it.
    assert limit(window(flooding_m3_h=2), "flooding").p50_h == pytest.approx(46.56, abs=0.01)
    # At 40 m the sea has 5.04 bar: the water stops before.
    assert limit(window(flooding_m3_h=2, depth_m=40), "flooding").p50_h is None


@pytest.mark.parametrize("drops_m3_h", [None, 1e-6, 3.0])
def test_pressure_beyond_the_limit_ends_life_within_hours_whether_or_not_water_comes_in(
    drops_m3_h: float | None,
) -> None:
    found = window(pressure_bar=10, flooding_m3_h=drops_m3_h)
    assert (found.limiting, found.p50_h) == ("pressure", 5.0)
    assert window(pressure_bar=5.9).limiting == "carbon_dioxide"


def test_water_that_comes_into_nobody_knows_how_much_air_is_told_and_ends_nothing() -> None:
    case = a_case(depth_m=200, compartments=[{"name": "forward", "people": 10, "flooding_m3_h": 2}])
    (found,) = survival_window(case, None, KNOWN, samples=20).window.compartments
    assert "flooding" not in {one.name for one in found.limits}
    assert "survival.flooding_unknown" in {why.id for why in found.reasons}
    assert found.p50_h == 96.0


@pytest.mark.parametrize(("hot_c", "limiting", "hours"), [(34, "carbon_dioxide", 75.12), (35, "heat", 6.0)])
def test_heat_that_no_body_can_shed_ends_life(hot_c: float, limiting: str, hours: float) -> None:
    found = window(temperature_c=hot_c)
    assert (found.limiting, found.p50_h) == (limiting, pytest.approx(hours, abs=0.01))


@pytest.mark.parametrize("danger", [{"temperature_c": 70}, {"pressure_bar": 10}])
def test_heat_and_pressure_spare_nobody_of_an_unknown_number(danger: dict[str, float]) -> None:
    case = a_case(depth_m=200, compartments=[{"name": "forward", **danger}])
    (found,) = survival_window(case, BOAT, KNOWN, samples=20).window.compartments
    assert found.limiting in ("heat", "pressure")


def test_spaces_of_unknown_volume_have_the_air_of_one_boat_among_them() -> None:
    """The boat has 150 m3 for 40 people: 150 * 0.025 / (40 * 0.0209) h, in however many spaces they live."""
    none = {"soda_lime_kg": 0, "oxygen_candles": 0}
    for people in ([40], [30, 10], [10, 10, 10, 10]):
        spaces = [{"name": f"{k}", "people": count, "stores": none} for k, count in enumerate(people)]
        found = survival_window(a_case(survivors=40, compartments=spaces), BOAT, KNOWN, samples=20).window
        assert [space.p50_h for space in found.compartments] == [pytest.approx(4.486, abs=0.001)] * len(people)
        told = [why for why in found.reasons if why.id == "survival.volume_of_boat"]
        assert [why.values["percent"] for why in told] == pytest.approx([100.0 * count / 40 for count in people])


def test_absorbent_that_needs_power_ends_with_it() -> None:
    stores = {"soda_lime_kg": 100, "oxygen_candles": 90, "power_h": 30}
    found = window(stores={**stores, "absorbent_needs_power": True})
    assert limit(found, "power").p50_h == pytest.approx(30 + 11.96, abs=0.01)
    assert found.limiting == "power"
    unsaid = window(stores=stores)
    assert [why.id for why in unsaid.reasons] == ["survival.power_unknown"]
    assert "power" not in {one.name for one in unsaid.limits}
    passive = window(stores={**stores, "absorbent_needs_power": False})
    assert (passive.reasons, passive.limiting) == ((), "carbon_dioxide")


@pytest.mark.parametrize(
    ("space", "bottom_c", "name", "hours"),
    [
        ({"temperature_c": 12, "wet": True}, None, "wet_cold", 24.0),
        ({"temperature_c": 12}, 7, "cold", 168.0),  # the hull takes the temperature of the water
        ({"temperature_c": 8}, None, "cold", 168.0),
        ({"wet": True}, 4, "wet_cold", 24.0),
        ({"temperature_c": 12}, 11, None, None),
        ({"wet": True}, None, None, None),  # how cold it is nobody knows
    ],
)
def test_cold_counts_where_it_is_known_and_soonest_for_the_wet(
    space: dict[str, Any], bottom_c: float | None, name: str | None, hours: float | None
) -> None:
    found = window({"bottom_temperature_c": bottom_c}, **space)
    colds = {one.name: one.p50_h for one in found.limits if "cold" in one.name}
    assert colds == ({} if name is None else {name: hours})


def test_a_measurement_starts_the_clock_of_its_compartment_anew() -> None:
    # (2.5 + 100 * 0.132) / 0.209 = 75.12 h from the alert; measured four hours after it, 79.12 h.
    assert window().p50_h == pytest.approx(75.12, abs=0.01)
    assert window(measured_at="2026-11-01T16:00:00Z").p50_h == pytest.approx(79.12, abs=0.01)


def test_what_a_crew_reports_replaces_what_is_computed_for_its_compartment_alone() -> None:
    stated = {"p10_h": 40, "p50_h": 50, "p90_h": 60, "source": "underwater telephone"}
    spaces = [LIVED_IN, {**LIVED_IN, "name": "after", "survival_override": stated}]
    found = survival_window(
        a_case(survivors=20, sunk_at=ALERT, compartments=spaces), BOAT, KNOWN, samples=20_001
    ).window
    worst, other = found.compartments
    assert (worst.name, worst.limiting, worst.p50_h) == ("after", "stated", pytest.approx(50.0, abs=0.1))
    assert other.p50_h == pytest.approx(75.12, abs=0.01)
    assert (found.limiting, found.p50_h) == ("stated", pytest.approx(50.0, abs=0.1))
    assert [why.id for why in found.reasons] == ["survival.stated_in"]


def test_asked_at_another_hour_a_reported_end_stays_at_its_instant() -> None:
    stated = {"p10_h": 40, "p50_h": 50, "p90_h": 60, "source": "crew"}
    case = a_case(survivors=10, compartments=[{**LIVED_IN, "survival_override": stated}])
    later = asked_at(case, case.alert.replace(hour=22))
    found = later.dissub.compartments[0].survival_override
    assert found is not None
    assert (found.p10_h, found.p50_h, found.p90_h) == (30, 40, 50)


def test_stores_of_the_boat_are_shared_by_people_where_no_compartment_has_its_own() -> None:
    spaces = [
        {"name": "forward", "people": 20, "free_volume_m3": 200},
        {"name": "after", "people": 10, "free_volume_m3": 100},
    ]
    stores = {"soda_lime_kg": 300, "oxygen_candles": 90}
    found = survival_window(a_case(survivors=30, compartments=spaces, stores=stores), BOAT, KNOWN, samples=20).window
    # 100 kg and 30 candles fall to each ten, in 100 m3 each: (2.5 + 13.2) / 0.209 h in both.
    assert [space.p50_h for space in found.compartments] == pytest.approx([75.12, 75.12], abs=0.01)
    assert "survival.stores_shared" in [why.id for why in found.reasons]


def test_a_compartment_without_known_stores_has_a_prior_of_its_own() -> None:
    spaces = [{**LIVED_IN, "stores": {"soda_lime_kg": 1000, "oxygen_candles": 900}}, {"name": "after", "people": 5}]
    found = survival_window(a_case(survivors=15, compartments=spaces), BOAT, KNOWN, samples=20).window
    assert (found.limiting, found.p50_h) == ("prior", 96.0)
    assert [space.name for space in found.compartments] == ["after", "forward"]
    assert [why.id for why in found.reasons if why.id == "survival.stores_unknown"] == ["survival.stores_unknown"]


def test_co2_rises_is_held_by_absorbents_and_rises_to_the_limit() -> None:
    # 0.5 to 2.5 % takes 2.0 / 0.209 h, 13.2 m3 of absorption hold it for 63.16 h, 0.5 % more takes 2.39 h.
    corners = [(point.at_h, point.value) for point in window().co2_percent]
    assert corners == [
        pytest.approx((0.0, 0.5)),
        pytest.approx((9.569, 2.5), abs=0.001),
        pytest.approx((72.727, 2.5), abs=0.001),
        pytest.approx((75.120, 3.0), abs=0.001),
    ]


def test_oxygen_falls_is_held_by_candles_and_falls_to_the_limit() -> None:
    # 20.9 to 17 kPa: 3.9 m3 / 0.246; 90 candles of 3.3 m3 hold it; 1 kPa more is 1 m3.
    corners = [(point.at_h, point.value) for point in window().o2_kpa]
    assert corners == [
        pytest.approx((0.0, 20.9)),
        pytest.approx((15.854, 17.0), abs=0.001),
        pytest.approx((1223.171, 17.0), abs=0.001),
        pytest.approx((1227.236, 16.0), abs=0.001),
    ]


def test_air_past_its_limit_lasts_as_long_as_stores_hold_it() -> None:
    found = window(co2_percent=4.0, stores={"soda_lime_kg": 10, "oxygen_candles": 90})
    assert limit(found, "carbon_dioxide").p50_h == pytest.approx(1.32 / 0.209, abs=0.01)
    assert [point.value for point in found.co2_percent] == [4.0, 4.0]


def test_no_trace_is_drawn_of_what_is_not_known() -> None:
    found = window(stores={"oxygen_candles": 9})
    assert found.co2_percent == ()
    assert found.o2_kpa != ()


def test_people_out_of_pressure_have_to_be_decompressed() -> None:
    assert window(pressure_bar=1.5).decompression_h is None
    found = window(pressure_bar=2.4)
    assert found.decompression_h is not None
    assert found.decompression_h.p50 == 14.0


def test_high_oxygen_under_pressure_is_told() -> None:
    # Air at 2.6 bar has 20.9 % * 2.6 = 54 kPa of oxygen.
    case = a_case(pressure_bar=2.6, stores={"soda_lime_kg": 10, "oxygen_candles": 1})
    why = survival_window(case, BOAT, KNOWN, samples=20).window.reasons[0]
    assert why.id == "survival.oxygen_high"
    assert why.values["o2_kpa"] == pytest.approx(54.3, abs=0.1)


def test_more_people_than_a_compartment_may_hold_still_have_a_window() -> None:
    # A boat may have 500 aboard, a compartment 300.
    case = a_case(survivors=400, stores={"soda_lime_kg": 0, "oxygen_candles": 0})
    assert survival_window(case, BOAT, KNOWN, samples=20).window.p50_h == pytest.approx(0.449, abs=0.001)
