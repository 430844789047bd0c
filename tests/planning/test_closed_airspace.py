"""A lift that is chosen flies round airspace that nobody opens to it, and its phases follow one another in the air."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, Option, PhaseName, PhaseSpan, Verdict
from subrescue.earth.router.kept import Kept
from subrescue.earth.world import load_world
from subrescue.planning.airlift import landings
from subrescue.planning.airlift.closed_airspace import Flown, flown
from subrescue.planning.airlift.lifts import Carrier
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.no_landing import no_flight_over, no_way_over
from subrescue.planning.geography.places import places_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.registry import load_registry

CASES = Path(__file__).resolve().parent.parent / "cases" / "unseen"
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "cases"
SUVA = {"lat_deg": -18.0, "lon_deg": 179.8}


@cache
def the_rov() -> Registry:
    whole = load_registry()
    rov = whole.intervention_systems["nsrs-irov"]
    return whole.model_copy(update={"rescue_systems": {}, "intervention_systems": {rov.id: rov}, "ships": {}})


def answer(case: Case) -> Option:
    """How the ROV of the NSRS is flown there."""
    found = plan(case, the_rov(), load_assumptions(), load_world(), samples=100, paths=False).options
    return next(option for option in found if option.asset_id == "nsrs-irov")


def a_case(nation: str, at: dict[str, float], alert: str = "2026-06-10T06:00:00Z", **more: Any) -> Case:
    dissub = {"name": "Exercise boat", "nation": nation, "depth_m": 300, "survivors": 30, "fix": {"position": at}}
    return Case.model_validate({"id": "x", "title": "X", "kind": "exercise", "alert": alert, "dissub": dissub, **more})


def flights(option: Option) -> list[PhaseSpan]:
    return [one for one in option.phases if one.phase is PhaseName.FLIGHT]


def nations_under(option: Option) -> set[str]:
    airspace, found = load_world().airspace, set[str]()
    for one in flights(option):
        assert one.origin is not None
        assert one.destination is not None
        path = one.path or (one.origin.position, one.destination.position)
        found |= set(airspace.over(tuple(path)))
    return found


def lift_reasons(option: Option) -> set[str]:
    gate = next(gate for gate in option.gates if gate.gate is Gate.LIFT)
    assert gate.verdict is Verdict.AMBER
    return {why.id for why in gate.reasons}


def test_a_british_aircraft_flies_to_pakistan_round_russia_ukraine_and_iran() -> None:
    option = answer(read_case(CASES / "pakistan-makran.toml"))
    straight_nm, flown_nm = 3395.0, sum(one.distance_nm or 0.0 for one in flights(option))
    assert straight_nm + 100.0 < flown_nm < straight_nm + 500.0
    assert not nations_under(option) & {"RU", "IR", "SY", "AF"}
    assert "lift.flies_round_closed" in lift_reasons(option)
    assert "lift.airspace_closed" not in lift_reasons(option)


HUALIEN = {"lat_deg": 24.0, "lon_deg": 122.6}


@pytest.mark.parametrize("asset", ["gb-elss-pods", "gb-spag"])
def test_where_one_more_stop_leads_round_it_nobody_is_asked_for_an_exception(asset: str) -> None:
    """Of the ways round for the pods the first found is half a mile too long; the jumpers looked at none at all."""
    whole = load_registry()
    alone = {"rescue_systems": {}, "intervention_systems": {asset: whole.intervention_systems[asset]}, "ships": {}}
    fleets = {"gb-c17": whole.aircraft_fleets["gb-c17"]}
    assets = whole.model_copy(update={**alone, "aircraft_fleets": fleets})
    found = plan(a_case("TW", HUALIEN), assets, load_assumptions(), load_world(), samples=100, paths=False).options
    option = next(one for one in found if one.asset_id == asset)
    told = lift_reasons(option)
    assert "lift.airspace_closed" not in told
    assert "lift.flies_round_closed" in told


@pytest.mark.parametrize(("year", "round_"), [(1975, "RU"), (2011, "IR"), (2026, "IR, RU, UA")])
def test_it_flies_round_what_was_closed_then(year: int, round_: str) -> None:
    """In 2011 Russia and Ukraine were open to it, in 1975 Iran."""
    case = read_case(CASES / "pakistan-makran.toml")
    then = answer(case.model_copy(update={"alert": case.alert.replace(year=year)}))
    told = [why for gate in then.gates for why in gate.reasons if why.id == "lift.flies_round_closed"]
    assert [why.values["nations"] for why in told] == [round_]
    assert nations_under(then).isdisjoint(round_.split(", "))


def test_a_case_that_opens_an_airspace_has_it_flown_through() -> None:
    shut = no_way_over(the_rov().aircraft_fleets["gb-c17"], a_case("PK", SUVA), places_of(load_world()))
    opened = a_case("PK", SUVA, clearances=[{"nation": nation, "overflight_refused": False} for nation in ("RU", "UA")])
    through = no_way_over(the_rov().aircraft_fleets["gb-c17"], opened, places_of(load_world()))
    assert {"RU", "UA", "IR"} <= shut
    assert shut - through == {"RU", "UA"}


IN_THE_AIR = (PhaseName.FLIGHT, PhaseName.FUEL_STOP, PhaseName.CREW_CHANGE)


@pytest.mark.parametrize("alert", ["2026-04-01T06:00:00Z", "2011-04-01T06:00:00Z"])
def test_each_leg_begins_where_the_one_before_ended_and_stops_lie_between_them(alert: str) -> None:
    """Half round the world a crew's duty ends on the way: it changes at a stop before that, not after the landing."""
    option = answer(a_case("NZ", SUVA, alert))
    air = [one for one in option.phases if one.phase in IN_THE_AIR]
    assert air[-1].phase is PhaseName.FLIGHT
    assert [one.phase for one in air].count(PhaseName.CREW_CHANGE) == 1
    relieved = next(one for one in air if one.phase is PhaseName.CREW_CHANGE)
    duty_h = median(load_assumptions()["airlift.crew_duty_h"])
    assert relieved.start_h.p50 - air[0].start_h.p50 < duty_h
    assert air[-1].end_h.p50 - relieved.end_h.p50 < duty_h
    here = air[0].origin
    for before, after in pairwise(air):
        assert after.start_h.p50 == pytest.approx(before.end_h.p50, abs=0.01)
    for one in air:
        assert here is not None
        assert (one.origin if one.phase is PhaseName.FLIGHT else one.destination) == here
        here = one.destination


def test_of_a_pool_only_those_that_land_there_fly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The An-124 of SALIS lands not at all where the C-17s bring the NSRS first: it flew there from no airfield."""
    from_: dict[str, set[int]] = {}

    def noted(carrier: Carrier, apoe: int, *more: Any) -> Flown:
        from_.setdefault(carrier.fleet.id, set()).add(apoe)
        return flown(carrier, apoe, *more)

    monkeypatch.setattr(landings, "flown", noted)
    monkeypatch.setattr(landings, "_flights", Kept(8))
    whole = load_registry()
    nsrs = {"nsrs": whole.rescue_systems["nsrs"]}
    only = whole.model_copy(update={"rescue_systems": nsrs, "intervention_systems": {}, "ships": {}})
    plan(read_case(SHIPPED / "demo-norwegian-sea.toml"), only, load_assumptions(), load_world(), samples=100)
    # Those of the SAC fly as far from there as those of Great Britain: their way is the same.
    assert "gb-c17" in from_
    assert min(min(fields) for fields in from_.values()) >= 0


def test_who_is_at_odds_with_the_owner_is_not_counted_on_for_its_airspace() -> None:
    """China lets no foreign transport aircraft over it to a rescue off Taiwan."""
    case = read_case(CASES / "taiwan-suao.toml")
    places = places_of(load_world())
    british = load_registry().aircraft_fleets["gb-c17"]
    assert "HK" in no_way_over(british, case, places)
    assert "CN" in no_way_over(british, case, places)
    assert "CN" not in no_flight_over(british, case)
    opened = Case.model_validate({**case.model_dump(), "clearances": [{"nation": "CN", "overflight_h": 24}]})
    assert "CN" not in no_way_over(british, opened, places)
