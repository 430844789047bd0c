"""One hour for one event: sorties and other ways are told by the same medians as the phases of an option."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from subrescue.domain.airlift import Airlift, FleetShare, Place, Sortie
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PhaseName, PhaseSpan, Verdict
from subrescue.exchange.airlift_plan import as_told, timetable_rows
from subrescue.exchange.response_json import response_to_dict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, at, registry, small_world

ALL_OF_SORTIE = ("load_from_h", "airborne_h", "landed_h", "offload_from_h", "offloaded_h")


def sure(hours: float) -> Band:
    return Band(p10=hours, p50=hours, p90=hours)


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


def test_of_two_fleets_that_are_cleared_at_other_times_no_flight_is_squeezed() -> None:
    """One is held by a clearance for hours after it is loaded, the other not: each flight keeps its length."""
    here, there = Place(name="Home", position=at(55.5, -4.6)), Place(name="There", position=at(60.0, 5.0))

    def sortie(number: int, fleet: str, load: float, airborne: float) -> Sortie:
        hours = {"load_from_h": load, "airborne_h": airborne, "landed_h": airborne + 1.4}
        hours |= {"offload_from_h": airborne + 1.4, "offloaded_h": airborne + 3.5}
        return Sortie(number=number, fleet_id=fleet, fleet=fleet, aircraft=1, origin=here, destination=there, **hours)

    def phases(fleet: str, *bounds: float) -> list[PhaseSpan]:
        names = (PhaseName.LOAD_AIRCRAFT, PhaseName.FLIGHT, PhaseName.FURTHER_SORTIES)
        pairs = zip(names, bounds[::2], bounds[1::2], strict=True)
        return [PhaseSpan(phase=name, start_h=sure(a), end_h=sure(b), carrier=fleet) for name, a, b in pairs]

    rows = (sortie(1, "free", 12.1, 15.3), sortie(2, "free", 14.2, 17.5), sortie(3, "held", 19.0, 22.2))
    shares = tuple(
        FleetShare(fleet_id=one, fleet=one, aircraft="C-17", aircraft_count=1, sorties=1, payload_t=20.0)
        for one in ("free", "held")
    )
    lift = Airlift(
        fleet_id="free", aircraft="C-17", aircraft_count=1, sorties=3, flight_nm=462.0, flight_h=1.4, fleets=shares,
        timetable=rows,
    )  # fmt: skip
    spans = [*phases("free", 9.7, 17.7, 17.7, 19.1, 19.1, 24.0), *phases("held", 15.7, 23.0, 26.4, 27.8, 27.8, 31.0)]
    option = Option(asset_id="x", name="X", nations=("GB",), kind="rescue_system", verdict=Verdict.AMBER,
                    airlift=lift, phases=tuple(spans))  # fmt: skip
    told = as_told(option)
    assert told is not None
    for one in told.timetable:
        assert one.landed_h - one.airborne_h >= 1.4 - 1e-6
        assert one.load_from_h <= one.airborne_h - 2.0
    assert [one.load_from_h for one in told.timetable if one.number != 2] == [9.7, 15.7]


def test_of_fleets_that_take_turns_on_one_ramp_no_flight_and_no_unloading_is_told_shorter_than_it_is() -> None:
    """The phases have each fleet's first flight and last load at hours that are later by unlike amounts."""
    here, there = Place(name="Home", position=at(55.5, -4.6)), Place(name="There", position=at(35.5, 24.1))
    flight_h, unload_h = 4.3, 2.1

    def sortie(number: int, fleet: str, load: float, landed: float) -> Sortie:
        hours = {"load_from_h": load, "airborne_h": landed - flight_h, "landed_h": landed, "offload_from_h": landed}
        hours |= {"offloaded_h": landed + unload_h}
        return Sortie(
            number=number, fleet_id=fleet, fleet=fleet, aircraft=number, origin=here, destination=there, **hours
        )

    def phases(fleet: str, flight: tuple[float, float], last_h: float) -> list[PhaseSpan]:
        spans = {PhaseName.FLIGHT: flight, PhaseName.FURTHER_SORTIES: (flight[1] + unload_h, last_h)}
        return [PhaseSpan(phase=name, start_h=sure(a), end_h=sure(b), carrier=fleet) for name, (a, b) in spans.items()]

    rows = (
        sortie(1, "a", 15.1, 22.6),
        sortie(2, "b", 15.1, 24.8),
        sortie(3, "a", 17.2, 26.9),
        sortie(4, "b", 19.4, 29.1),
    )
    shares = tuple(
        FleetShare(fleet_id=one, fleet=one, aircraft="C-17", aircraft_count=2, sorties=2, payload_t=20.0)
        for one in "ab"
    )
    lift = Airlift(
        fleet_id="a", aircraft="C-17", aircraft_count=4, sorties=4, flight_nm=1680.0, flight_h=flight_h, fleets=shares,
        timetable=rows,
    )  # fmt: skip
    spans = [*phases("a", (22.7, 27.0), 35.2), *phases("b", (22.8, 27.1), 35.8)]
    option = Option(asset_id="x", name="X", nations=("GB",), kind="rescue_system", verdict=Verdict.AMBER,
                    airlift=lift, phases=tuple(spans))  # fmt: skip
    told = as_told(option)
    assert told is not None
    table = told.timetable
    for one in table:
        assert one.landed_h - one.airborne_h == pytest.approx(flight_h)
        assert one.offloaded_h - one.offload_from_h == pytest.approx(unload_h)
    for one, following in pairwise(table):
        assert following.offload_from_h >= one.offloaded_h - 1e-6
    assert [(one.airborne_h, one.landed_h) for one in table[:2]] == [(22.7, 27.0), (22.8, 27.1)]
    assert told.last_item_h == pytest.approx(35.8)


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
