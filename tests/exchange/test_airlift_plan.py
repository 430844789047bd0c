"""One hour for one event: sorties and other ways are told by the same medians as the phases of an option."""

from __future__ import annotations

import re

import pytest

from subrescue.domain.response import Option, PhaseName
from subrescue.exchange.airlift_plan import as_told, timetable_rows
from subrescue.exchange.response_json import response_to_dict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world

ALL_OF_SORTIE = ("load_from_h", "airborne_h", "landed_h", "offload_from_h", "offloaded_h")


@pytest.fixture(scope="module")
def response() -> dict[str, object]:
    return response_to_dict(plan(a_case(), registry(), load_assumptions(), small_world(), samples=400), a_case())


@pytest.fixture(scope="module")
def flown() -> Option:
    options = plan(a_case(), registry(), load_assumptions(), small_world(), samples=400).options
    return next(option for option in options if option.asset_id == "nsrs")


def test_the_first_sortie_is_loaded_and_the_last_unloaded_when_the_phases_say_so(flown: Option) -> None:
    lift = as_told(flown)
    assert lift is not None
    assert flown.airlift is not None
    loading = next(one for one in flown.phases if one.phase is PhaseName.LOAD_AIRCRAFT)
    last = [one for one in flown.phases if one.phase in (PhaseName.OFFLOAD, PhaseName.FURTHER_SORTIES)][-1]
    assert lift.timetable[0].load_from_h == pytest.approx(loading.start_h.p50)
    assert lift.last_item_h == pytest.approx(last.end_h.p50)
    # What waits for several is later than each of their medians: a schedule by medians alone is sooner.
    assert flown.airlift.timetable[0].load_from_h < loading.start_h.p50 - 0.1


def test_no_sortie_that_is_told_goes_backwards(flown: Option) -> None:
    lift = as_told(flown)
    assert lift is not None
    for one in lift.timetable:
        hours = [getattr(one, name) for name in ALL_OF_SORTIE]
        assert hours == sorted(hours)
    begun = [one.load_from_h for one in lift.timetable]
    assert begun == sorted(begun)


def test_instants_of_an_airlift_are_told_to_the_hour(flown: Option) -> None:
    lift = as_told(flown)
    assert lift is not None
    for row in timetable_rows(lift, a_case().alert):
        assert all(re.fullmatch(r"\d\d \d\dZ", cell) for cell in row[4:])


def test_another_way_that_costs_hours_is_not_told_to_be_sooner(response: dict[str, object]) -> None:
    options = response["options"]
    assert isinstance(options, list)
    found = [
        (option["time_to_first_rescue_h"]["p50"], other)
        for option in options
        for other in option["alternatives"]
        if option["time_to_first_rescue_h"] is not None
    ]
    assert found
    for first_h, other in found:
        assert other["time_h"] == pytest.approx(first_h + other["costs_h"], abs=0.11)
