"""What is published of airlifts, the tool says by itself: from the shipped registry, with nothing fitted to it."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from subrescue.domain.assets import InterventionSystem
from subrescue.domain.case import Case, Offer
from subrescue.domain.response import Option
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.world import load_world
from subrescue.exchange.wording import say
from subrescue.planning.airlift.payloads import range_nm, sortie_load_t
from subrescue.planning.answer.goals import goal_notes
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.durations import median
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

RAF_C17, RAF_A400M, SALIS = "gb-c17", "gb-a400m", "ua-antonov-an124-salis"


def an_exercise(
    *, nsrs: dict[str, Any], without: tuple[str, ...] = (), fleets: list[dict[str, Any]] | None = None
) -> Case:
    """The NSRS called at once to a boat off the Vesteralen, near Evenes and the ships that are fitted for it."""
    return Case.model_validate(
        {
            "id": "northern-sun",
            "title": "Exercise off the Vesteralen",
            "kind": "exercise",
            "alert": datetime(2026, 6, 1, 8, tzinfo=UTC),
            "dissub": {
                "name": "Exercise boat",
                "nation": "NO",
                "class_id": "ula",
                "fix": {"position": {"lat_deg": 68.9, "lon_deg": 13.5}},
                "depth_m": 150.0,
                "people_aboard": 21,
                "survival_override": {"p10_h": 150, "p50_h": 160, "p90_h": 170, "source": "exercise"},
            },
            "environment": {"wave_height_m": 1.0, "current_kn": 0.3, "visibility_m": 8, "ice": False},
            "offers": [{"asset": "nsrs", "state": "accepted", **nsrs}],
            "assets": {"without": without, "aircraft_fleets": fleets or []},
        }
    )


@functools.cache
def northern_sun() -> Option:
    """The exercise with the aircraft of the published one: 7 C-17, 2 An-124 and 2 A400M, by Prestwick and Evenes."""
    registry = load_registry()
    those = {RAF_C17: 7, SALIS: 2, RAF_A400M: 2}
    fleets = [
        registry.aircraft_fleets[fleet].model_copy(update={"usable_count": count, "wait_h": None, "charter": False})
        for fleet, count in those.items()
    ]
    others = tuple(fleet for fleet in registry.aircraft_fleets if fleet not in those)
    case = an_exercise(nsrs={"apod": "ENEV"}, without=others)
    case = case.model_copy(update={"assets": case.assets.model_copy(update={"aircraft_fleets": tuple(fleets)})})
    response = plan(case, registry, load_assumptions(), load_world(), samples=500, paths=False)
    return next(option for option in response.options if option.asset_id == "nsrs")


def test_350_t_of_the_nsrs_go_from_prestwick_to_evenes_with_7_c17_2_an124_and_2_a400m() -> None:
    option = northern_sun()
    assert option.airlift is not None
    assert option.via.apoe is not None
    assert option.via.apod is not None
    assert (option.via.apoe.code, option.via.apod.code) == ("EGPK", "ENEV")
    # The planner may leave the two small ones out: with them or with C-17 more, about eleven loads.
    sorties = {share.fleet_id: share.sorties for share in option.airlift.fleets}
    assert sorties[SALIS] >= 2
    assert sum(sorties.values()) == pytest.approx(11, abs=1)
    assert sum(one.load_t or 0.0 for one in option.airlift.timetable) == pytest.approx(350.0)


def test_the_eleven_published_loads_are_350_t_by_the_load_factors_to_five_per_cent() -> None:
    # 7 x 77.5 t + 2 x 120 t + 2 x 37 t, each by the median of its load factor: 336 t.
    registry = load_registry()
    carried = 0.0
    for fleet, count in {RAF_C17: 7, SALIS: 2, RAF_A400M: 2}.items():
        aircraft = registry.aircraft_types[registry.aircraft_fleets[fleet].aircraft_type]
        assert aircraft.load_factor is not None
        carried += count * sortie_load_t(aircraft, median(aircraft.load_factor))
    assert carried == pytest.approx(350.0, rel=0.05)


def test_every_item_is_on_the_ground_in_the_order_of_the_timetable() -> None:
    lift = northern_sun().airlift
    assert lift is not None
    assert lift.timetable[0].pieces == ("SRV Nemo",)
    assert lift.first_item_h is not None
    assert lift.critical_item_h is not None
    assert lift.last_item_h is not None
    assert lift.first_item_h <= lift.critical_item_h < lift.last_item_h
    assert lift.last_item_h == max(one.offloaded_h for one in lift.timetable)


def test_the_72_h_goal_of_the_nsrs_holds_for_a_well_placed_case() -> None:
    option = northern_sun()
    assert option.time_to_first_rescue_h is not None
    assert option.time_to_first_rescue_h.p50 < 72.0


def test_and_the_answer_says_so_by_itself() -> None:
    goal = next(note for note in northern_sun().notes if note.id == "goal.rescue")
    assert goal.values["goal_h"] == 72.0
    assert goal.values["chance"] >= 0.5
    assert "published goal: first rescue within 72 h of the order; kept with" in say(goal)


def test_the_goal_counts_from_the_order_where_that_is_known() -> None:
    """An ROV that is told to go 20 h after the alert and is there 60 h after it took 40 h, less than its 52."""
    case = read_case(resources_dir() / "cases" / "san-juan-2017.toml")
    order = case.alert + timedelta(hours=20)
    case = case.model_copy(update={"offers": (Offer(asset="rov", told_to_go=order),)})
    sit = situation_of(case, load_registry(), load_assumptions(), load_world(), 0, 100)
    rov = InterventionSystem.model_validate(
        {"id": "rov", "name": "ROV", "nations": ["GB"], "intervention_kind": "rov", "goal_h": 52}
    )
    (note,) = goal_notes(rov, np.full(100, 60.0), sit)
    assert (note.id, note.values["chance"], note.values["hours"]) == ("goal.intervention", 1.0, 40.0)
    (late,) = goal_notes(rov, np.full(100, 73.0), sit)
    assert late.values["chance"] == 0
    assert goal_notes(rov.model_copy(update={"goal_h": None}), np.full(100, 60.0), sit) == ()


def test_and_it_fails_for_the_san_juan() -> None:
    case = read_case(resources_dir() / "cases" / "san-juan-2017.toml")
    response = plan(case, load_registry(), load_assumptions(), load_world(), samples=200, paths=False)
    times = [one.time_to_first_rescue_h.p10 for one in response.options if one.time_to_first_rescue_h is not None]
    assert times
    assert min(times) > 72.0
    module = next(one for one in response.options if one.asset_id == "us-prm")
    goal = next(note for note in module.notes if note.id == "goal.rescue")
    assert (goal.values["goal_h"], goal.values["chance"]) == (72.0, 0.0)


def test_of_two_systems_by_the_same_aircraft_the_second_is_flown_when_they_are_back() -> None:
    """In 2017 the module came by the aircraft that had brought the chamber, two days after it."""
    case = read_case(resources_dir() / "cases" / "san-juan-2017.toml")
    response = plan(case, load_registry(), load_assumptions(), load_world(), samples=200, paths=False)
    found = {option.asset_id: option for option in response.options}
    told = {asset: [note for note in option.notes if note.id == "sent.aircraft"] for asset, option in found.items()}
    assert {asset for asset, notes in told.items() if notes} == {"us-prm"}
    assert {note.values["others"] for note in told["us-prm"]} == {found["us-src"].name}
    # Where one of them is not counted on, nobody waits.
    alone = case.model_copy(update={"offers": tuple(one for one in case.offers if one.asset != "us-src")})
    again = plan(alone, load_registry(), load_assumptions(), load_world(), samples=200, paths=False)
    assert not [note for option in again.options for note in option.notes if note.id == "sent.aircraft"]
    by_itself = next(option for option in again.options if option.asset_id == "us-prm").airlift
    after_it = found["us-prm"].airlift
    assert by_itself is not None
    assert after_it is not None
    assert (after_it.last_item_h or 0.0) > (by_itself.last_item_h or 0.0) + 24.0


def test_a_c17_flies_4229_nm_to_petropavlovsk_with_19_t_without_a_stop() -> None:
    # Prestwick to Petropavlovsk, August 2005.
    assert distance_nm(55.509, -4.594, 53.168, 158.454) == pytest.approx(4229.0, abs=15.0)
    c17 = load_registry().aircraft_types["c-17a"]
    reserve = median(load_assumptions()["airlift.range_reserve"])
    assert range_nm(c17.payload_range, 19.0) * (1.0 - reserve) > 4229.0
    case = read_case(resources_dir() / "cases" / "as-28-2005.toml")
    response = plan(case, load_registry(), load_assumptions(), load_world(), samples=200, paths=False)
    scorpio = next(one for one in response.options if one.name.startswith("Scorpio 45"))
    assert scorpio.airlift is not None
    assert scorpio.via.stops == ()
    assert scorpio.airlift.sorties == 1
    assert scorpio.airlift.flight_nm == pytest.approx(4229.0, abs=15.0)
