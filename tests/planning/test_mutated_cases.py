"""A case file with anything changed in it is refused with its fields, or planned; it never ends in a traceback."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.response_json import response_to_json
from subrescue.exchange.response_table import response_table
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import case_from_tables, shipped_cases
from subrescue.store.checks import check_case, refuse
from subrescue.store.registry import load_registry
from subrescue.store.tables import read_tables
from subrescue.store.validation import Origin
from tests.planning.worlds import a_case, fleet, registry, rescue_system, small_world

ALERT = datetime(2026, 11, 23, 6, tzinfo=UTC)
FULL: dict[str, Any] = {
    "id": "full-1",
    "title": "Everything known",
    "kind": "exercise",
    "alert": ALERT,
    "dissub": {
        "name": "EXSUB",
        "nation": "NO",
        "class_id": "ula",
        "depth_m": 120,
        "list_deg": 8,
        "trim_deg": 5,
        "pressure_bar": 2.2,
        "people_aboard": 21,
        "survivors": 21,
        "fire": True,
        "escape_gear": "suit_and_raft",
        "entangled": True,
        "last_proof_of_life": ALERT,
        "sunk_at": ALERT - timedelta(hours=4),
        "fix": {"position": "64°30.0'N 007°30.0'E"},
        "stores": {"soda_lime_kg": 100},
        "compartments": [
            {
                "name": "forward",
                "people": 12,
                "free_volume_m3": 190,
                "pressure_bar": 1.2,
                "co2_percent": 0.8,
                "o2_percent": 20.5,
                "carbon_monoxide_ppm": 400,
                "temperature_c": 12,
                "wet": True,
                "flooding_m3_h": 0.5,
                "measured_at": ALERT,
                "source": "underwater telephone",
                "stores": {
                    "soda_lime_kg": 190,
                    "lioh_kg": 10,
                    "superoxide_kg": 50,
                    "absorbent_canisters": 10,
                    "canister_person_h": 24,
                    "canister_source": "owner",
                    "oxygen_candles": 8,
                    "candle_oxygen_m3": 2.5,
                    "oxygen_bottles_m3": 3,
                    "water_l": 150,
                    "power_h": 30,
                    "absorbent_needs_power": True,
                },
            },
            {
                "name": "after",
                "people": 9,
                "stores": {"soda_lime_kg": 145, "oxygen_candles": 6},
                "survival_override": {"p10_h": 50, "p50_h": 60, "p90_h": 70, "source": "crew"},
            },
        ],
    },
    "environment": {
        "wave_height_m": 4,
        "wind_kn": 18,
        "water_temperature_c": 9,
        "bottom_temperature_c": 7,
        "forecast": [
            {"at": ALERT, "wave_height_m": 4, "wind_kn": 30},
            {"at": ALERT + timedelta(hours=24), "wave_height_m": 3},
            {"at": ALERT + timedelta(hours=72), "wave_height_m": 1, "wind_kn": 8},
        ],
    },
}
FILES = [FULL, *(read_tables(path.read_text(encoding="utf-8"), path.name) for path in shipped_cases())]
REGISTRY, NUMBERS, WORLD, SMALL = load_registry(), load_assumptions(), small_world(), registry()

ODD: list[Any] = [
    *(0, -1, 1, 1.5, 90, 120, 300, 500, 10**30, 1e9, 1e-300, 5e-324, -0.0, float("nan"), float("inf"), True),
    *("", "x", "69°N", "bottomed", "surfaced", "unknown", "\x00", [], {}, [3, 2, 1], [1, 2, 3]),
    *(datetime.min.replace(tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC), ALERT.replace(tzinfo=None)),
    *(date(2026, 1, 1), {"min": 1, "mode": 2, "max": 3}),
]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in the tables."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, value in parts for found in ((*path, key), *places(value, (*path, key)))]


def near(value: Any) -> list[Any]:
    """What a tired hand might write instead."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value * 10, value / 10, -value, value + 1, 0, value * 3]
    if isinstance(value, datetime):
        return [value.replace(year=year) for year in (1, 1999, 2025, 9999)] + [value.replace(day=1, hour=0)]
    if isinstance(value, list):
        return [value * 2, value[:1], value[::-1], []]
    return [{}] if isinstance(value, dict) else [f"{value} ", ""]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    data = copy.deepcopy(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(data)))
        parent = data
        for key in path[:-1]:
            parent = parent[key]
        if draw(st.integers(0, 4)) == 0:
            del parent[path[-1]]
        else:
            choices = [*near(parent[path[-1]]), *ODD]
            parent[path[-1]] = copy.deepcopy(draw(st.sampled_from(choices)))
        if not data:
            break
    return data


def read(data: dict[str, Any]) -> Case | None:
    """The case as the command line reads it; None where it is refused, each fault in full."""
    refused: tuple[Problem, ...] = ()
    try:
        case = case_from_tables(data, Origin("mutated"))
        refuse(check_case(case, REGISTRY, assumptions=NUMBERS))
    except InputError as error:
        refused = error.problems
    else:
        return case
    assert all(problem.found and problem.allowed for problem in refused)
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_a_mutated_case_is_refused_or_planned(data: dict[str, Any]) -> None:
    case = read(data)
    if case is None:
        return
    response = plan(case, SMALL, NUMBERS, WORLD, samples=20)
    assert response_to_json(response, case)
    assert response_table(response, case)


# Three loads of one fleet that brings no K-loader to a field without one, and one that comes later.
BUSY = registry(
    systems=[rescue_system(shipment={"mass_t": 300, "outsize_pieces": 1})],
    fleets=[fleet(usable_count=3), fleet(id="other", wait_h=None, usable_count=1)],
)


@pytest.mark.parametrize("key", sorted(NUMBERS.items))
def test_every_assumption_may_stand_at_either_end_of_its_range(key: str) -> None:
    for value in {NUMBERS.items[key].low, NUMBERS.items[key].high}:
        case = a_case(assumptions={key: value}, airfields=[{"icao": "ENBR", "has_loader": False}])
        assert response_to_json(plan(case, BUSY, NUMBERS, WORLD, samples=20), case)


def test_the_case_with_everything_known_is_planned_as_it_is() -> None:
    case = case_from_tables(copy.deepcopy(FULL), Origin("full"))
    found = plan(case, SMALL, NUMBERS, WORLD, samples=20).survival
    assert [space.name for space in found.compartments] == ["forward", "after"]
    assert {one.name for one in found.compartments[0].limits} == {
        "carbon_dioxide",
        "oxygen",
        "water",
        "wet_cold",
        "fire_gases",
        "flooding",
        "power",
    }
