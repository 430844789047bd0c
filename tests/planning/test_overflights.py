"""Overflight: who is asked, what the wait costs, and the way round a nation that refuses."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Gate, Option, PhaseName, Verdict
from subrescue.earth.places.airspace import Airspace
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.detours import Around, around
from subrescue.store.assumptions import load_assumptions
from subrescue.store.case_settings import changed
from tests.planning.worlds import a_case, a_field, a_port, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
AIRSPACE, COUNTRIES = Airspace(), Countries()


# Neighbours of the way, and a reserve with which a C-17 with 20 t has legs of some 2,300 nm.
ALL = ("NO", "SE", "DK", "DE", "PL", "NL", "BE", "FR", "RU", "CH", "IT", "ES")
SHORT = {"airlift.range_reserve": 0.5}


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def option(**case: Any) -> Option:
    """A British system on its way to the Baltic: straight over Denmark and Sweden to a Finnish field and port."""
    world = small_world(
        [a_field("EGPK", 55.5, -4.6, 3000, "GB"), a_field("EFTU", 60.5, 22.3, 2900, "FI")],
        [a_port("turku", 60.4, 22.2)],
    )
    berth = {"name": "Turku", "position": {"lat_deg": 60.4, "lon_deg": 22.2}}
    assets = registry(
        systems=[rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})],
        interventions=[],
        ships=[ship(nations=["FI"], base=berth)],
    )
    dissub = {"nation": "FI", "fix": {"position": {"lat_deg": 59.5, "lon_deg": 21.0}}}
    return plan(a_case(dissub=dissub, **case), assets, NUMBERS, world, samples=100).options[0]


def reasons(found: Option) -> dict[str, dict[str, Any]]:
    return {why.id: dict(why.values) for gate in found.gates for why in gate.reasons}


def flown_nm(found: Option) -> float:
    return sum(span.distance_nm or 0.0 for span in found.phases if span.phase is PhaseName.FLIGHT)


def test_the_nations_on_the_way_are_named_and_asked_for_from_the_order() -> None:
    found = option()
    assert reasons(found)["lift.overflight_unknown"]["nations"] == "NO, SE"
    asked = next(span for span in found.phases if span.phase is PhaseName.OVERFLIGHT)
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert asked.start_h.p50 == pytest.approx(order, abs=1.0)


def test_who_is_asked_in_good_time_costs_nothing() -> None:
    quick = [{"nation": nation, "overflight_h": 0} for nation in ("NO", "SE", "DK")]
    assert option(clearances=quick).phases[-1].end_h.p50 == pytest.approx(option().phases[-1].end_h.p50, abs=0.2)


def test_a_nation_that_refuses_is_flown_round() -> None:
    straight, round_ = option(), option(clearances=[{"nation": "SE", "overflight_refused": True}])
    told = reasons(round_)
    assert told["lift.overflight_refused"]["nations"] == "SE"
    assert told["lift.flies_round"]["nations"] == "SE"  # who refuses here may think again, and is asked
    assert flown_nm(round_) > flown_nm(straight) + 5.0
    assert "SE" not in told.get("lift.overflight_unknown", {}).get("nations", "")
    flight = next(span for span in round_.phases if span.phase is PhaseName.FLIGHT)
    assert len(flight.path) > 2
    assert "SE" not in AIRSPACE.over(flight.path)


def test_a_nations_own_aircraft_need_no_leave_of_it() -> None:
    assert flown_nm(option(clearances=[{"nation": "GB", "overflight_refused": True}])) == flown_nm(option())


def test_a_refusal_to_others_does_not_concern_a_fleet() -> None:
    other = [{"nation": "SE", "aircraft_of": ["RU"], "overflight_refused": True}]
    assert flown_nm(option(clearances=other)) == flown_nm(option())


def test_a_long_wait_is_flown_round_and_a_short_one_is_waited_for() -> None:
    slow = option(clearances=[{"nation": "SE", "overflight_h": 90}])
    assert "SE" not in reasons(slow).get("lift.overflight_unknown", {}).get("nations", "")
    assert flown_nm(slow) > flown_nm(option())
    quick = option(clearances=[{"nation": "SE", "overflight_h": 3}])
    assert flown_nm(quick) == flown_nm(option())
    assert reasons(quick)["lift.overflight_lead"] == {"fleet": "RAF C-17", "nation": "SE", "hours": 3.0}


def test_where_there_is_no_way_round_take_off_waits_for_the_last_clearance() -> None:
    """All on the way take long, and the aircraft does not go round Africa."""
    late = option(clearances=[{"nation": nation, "overflight_h": 80} for nation in ALL], assumptions=SHORT)
    assert late.airlift is not None
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert late.airlift.timetable[0].airborne_h == pytest.approx(order + 80.0, abs=1e-3)


def test_no_way_at_all_says_who_would_have_to_let_it_through() -> None:
    shut = option(clearances=[{"nation": nation, "overflight_refused": True} for nation in ALL], assumptions=SHORT)
    lift = next(gate for gate in shut.gates if gate.gate is Gate.LIFT)
    assert lift.verdict is Verdict.RED
    assert lift.reasons[0].id == "lift.no_way_cleared"
    assert lift.reasons[0].remedy is not None


def test_a_refusal_can_be_set_by_the_name_of_the_nation() -> None:
    case = changed(a_case(), ["clearances.SE.overflight_refused=true", "clearances.NO.overflight_h=2/6/48"], NUMBERS)
    refused, slow = case.clearances
    assert (refused.nation, refused.overflight_refused, refused.refused) == ("SE", True, None)
    assert (slow.nation, slow.overflight_h) == ("NO", Pert(min=2, mode=6, max=48))


@pytest.mark.parametrize(
    "setting, words",
    [
        ("clearances.se.overflight_h=5", "two capital letters are needed: NO"),
        ("clearances.SE.overflight_refused=maybe", "allowed are true and false"),
        ("clearances.SE.overfligt_h=5", "unknown key"),
    ],
)
def test_a_wrong_setting_is_refused_in_words(setting: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        changed(a_case(), [setting], NUMBERS)
    assert words in str(refused.value)


WORLD = st.tuples(st.floats(30.0, 70.0), st.floats(-20.0, 60.0))


def length_nm(way: tuple[Position, ...]) -> float:
    return sum(float(distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)) for a, b in pairwise(way))


def number(code: str) -> int:
    return AIRSPACE.number_of[code]


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD, st.sampled_from([("DE",), ("FR", "ES"), ("TR",), ("NO", "SE")]))
def test_a_way_round_avoids_whom_it_goes_round_and_is_no_shorter(
    a: tuple[float, float], b: tuple[float, float], nations: tuple[str, ...]
) -> None:
    this: Around = around(AIRSPACE, COUNTRIES, frozenset(nations))
    start, end = at(*a), at(*b)
    points = unit_vectors(np.array([a[0], b[0]]), np.array([a[1], b[1]]))
    own = AIRSPACE.at([a[0], b[0]], [a[1], b[1]])
    nm = float(this.from_nm(points[0], int(own[0]), points[1:], own[1:], 9000.0)[0])
    turns = this.turns(start, end)
    if not np.isfinite(nm):
        assert turns == ()
        return
    way = (start, *turns, end)
    assert nm == pytest.approx(length_nm(way), rel=0.007, abs=1e-3)  # arc cosines know a place to some centimetres
    assert length_nm(way) >= length_nm((start, end)) - 1e-6
    if turns:
        free = {AIRSPACE.codes[int(one)] for one in own}
        assert _grazed_nm(way, set(nations) - free) <= 20.0


def _grazed_nm(way: tuple[Position, ...], nations: set[str]) -> float:
    """Longest stretch of a way over these nations, nm: corners are cut by less than a step of the search."""
    from subrescue.earth.places.airspace import STEP_NM, great_circle

    longest = run = 0
    for a, b in pairwise(way):
        for one in AIRSPACE.at(*great_circle(a, b)):
            run = run + 1 if AIRSPACE.codes[int(one)] in nations else 0
            longest = max(longest, run)
    return longest * STEP_NM


def test_what_only_waits_for_others_is_no_phase_of_the_plan() -> None:
    """Take-off waits for loading and clearances: nothing is done in between, and the path names what it waits for."""
    found = option()
    assert all(span.length_h.p90 > 0.0 for span in found.phases if span.phase is PhaseName.OVERFLIGHT)
    assert sum(span.phase is PhaseName.OVERFLIGHT for span in found.phases) == 1
    assert PhaseName.OVERFLIGHT not in found.critical_path
    late = option(clearances=[{"nation": nation, "overflight_h": 80} for nation in ALL], assumptions=SHORT)
    assert PhaseName.OVERFLIGHT in late.critical_path
