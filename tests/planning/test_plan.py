"""The planner in a small world: what a coordinator may rely on whatever the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case, CaseAssets
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, Mode, Option, PhaseName, Response, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.planning.ships.chains import worst
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import (
    DRAWN_H,
    a_case,
    fleet,
    own_ship_system,
    registry,
    rescue_ship,
    rescue_system,
    rov,
    ship,
    small_world,
)

NUMBERS = load_assumptions()
WORLD = small_world()
ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3}
LAWS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answer(case: Case | None = None, assets: Registry | None = None, seed: int = 0) -> Response:
    return plan(case or a_case(), assets or registry(), NUMBERS, WORLD, seed=seed, samples=300)


def option(response: Response, asset: str) -> Option:
    return next(found for found in response.options if found.asset_id == asset)


def gate(found: Option, name: Gate) -> Verdict:
    return next(result.verdict for result in found.gates if result.gate is name)


def ids(found: Option, name: Gate) -> set[str]:
    return {why.id for result in found.gates if result.gate is name for why in result.reasons}


def test_a_fly_away_system_goes_by_air_to_its_mother_ship() -> None:
    found = option(answer(), "nsrs")
    assert found.mode is Mode.FLY_AWAY
    assert found.via.apoe is not None
    assert found.via.apoe.code == "EGPK"
    assert found.via.apod is not None
    # The short runway of 1,600 m does for a C-17 (1,070 m) and lies nearer to the quay nearest the datum.
    assert found.via.apod.code == "ENSH"
    assert found.via.ship == "Mother ship"
    # 100 t at 27.125 t a sortie: four sorties, two aircraft at a time.
    assert found.airlift is not None
    assert (found.airlift.sorties, found.airlift.aircraft_count) == (4, 2)


def test_the_first_aircraft_and_the_further_sorties_are_told_apart() -> None:
    found = option(answer(), "nsrs")
    spans = {span.phase: span for span in found.phases}
    first, further = spans[PhaseName.OFFLOAD], spans[PhaseName.FURTHER_SORTIES]
    assert first.end_h == further.start_h
    assert further.origin is not None
    assert further.origin.code == "EGPK"
    # Four sorties of two aircraft are two turns: the second flies out and back again, some 330 nm each, and loads.
    assert 4.0 < further.end_h.p50 - further.start_h.p50 < 12.0
    assert PhaseName.FURTHER_SORTIES in found.critical_path or PhaseName.SHIP_CHARTER in found.critical_path


def test_one_sortie_has_no_further_ones() -> None:
    assert PhaseName.FURTHER_SORTIES not in {span.phase for span in option(answer(), "rov").phases}


def test_a_notice_of_one_number_is_the_most_that_is_allowed() -> None:
    only = rescue_ship(notice_h=10)
    found = option(answer(assets=registry(ships=[ship(), only])), "own")
    span = next(span for span in found.phases if span.phase is PhaseName.NOTICE)
    # PERT [0.5, 0.85, 1.1] of 10 h has its median at 8.4 h.
    assert span.end_h.p50 - span.start_h.p50 == pytest.approx(8.4, abs=0.3)
    assert span.assumption == "recall.notice_share"


def test_a_rescue_ship_steams_from_its_berth() -> None:
    found = option(answer(), "own")
    assert found.mode is Mode.OWN_SHIP
    assert [span.phase for span in found.phases] == [
        PhaseName.ALERT,
        PhaseName.ACCEPT,
        PhaseName.NOTICE,
        PhaseName.TRANSIT,
        PhaseName.SURVEY,
        PhaseName.FIRST_DIVE,
        PhaseName.CYCLES,
    ]


def test_phases_follow_one_another_and_end_with_the_first_rescue() -> None:
    for found in answer().options:
        if found.kind == "rescue_system":
            dive = next(span for span in found.phases if span.phase is PhaseName.FIRST_DIVE)
            assert found.time_to_first_rescue_h == dive.end_h
        for span in found.phases:
            assert span.start_h.p50 <= span.end_h.p50


def test_the_same_question_has_the_same_answer() -> None:
    assert answer(seed=4) == answer(seed=4)
    assert answer(seed=4) != answer(seed=5)


def test_another_asset_changes_nothing_for_the_others() -> None:
    alone = option(answer(assets=registry(interventions=[])), "nsrs")
    assert option(answer(), "nsrs") == alone


def test_a_surfaced_submarine_leaves_nothing_to_plan() -> None:
    response = answer(a_case(dissub={"plight": "surfaced"}))
    assert response.options == ()
    assert [why.id for why in response.findings] == ["finding.surfaced"]


def test_a_crushed_hull_has_no_feasible_rescue_asset() -> None:
    response = answer(a_case(dissub={"hull_crushed": True}))
    assert "finding.no_feasible_rescue" in {why.id for why in response.findings}
    assert all(found.verdict is Verdict.RED for found in response.options if found.kind == "rescue_system")


def test_a_red_gate_never_hides_the_chain() -> None:
    found = option(answer(a_case(dissub={"depth_m": 700})), "nsrs")
    assert found.verdict is Verdict.RED
    assert found.limiting_factor is not None
    assert found.limiting_factor.id == "depth.too_deep"
    assert found.time_to_first_rescue_h is not None


def test_those_that_cannot_stand_last() -> None:
    response = answer(assets=registry(systems=[rescue_system(max_depth_m=100), own_ship_system()]))
    assert response.options[-1].asset_id == "nsrs"
    assert response.options[0].asset_id == "own"


def test_shallow_water_puts_escape_before_every_asset() -> None:
    response = answer(a_case(dissub={"depth_m": 43}))
    assert response.findings[0].id == "finding.escape_first"


def test_an_order_at_a_known_hour_starts_the_chain_there() -> None:
    case = a_case(offers=[{"asset": "own", "state": "accepted", "told_to_go": "2026-11-01T17:00:00Z"}])
    found = option(answer(case), "own")
    assert found.phases[0].end_h.p50 == 5.0
    assert PhaseName.ACCEPT not in {span.phase for span in found.phases}


def test_a_settled_airfield_with_a_short_runway_is_red_and_names_a_longer_one() -> None:
    short = registry(fleets=[fleet()]).model_copy()
    heavy = short.aircraft_types["c-17a"].model_copy(update={"min_runway_m": 2000.0})
    assets = short.model_copy(update={"aircraft_types": {"c-17a": heavy}})
    case = a_case(offers=[{"asset": "nsrs", "apod": "ENSH", "spod": "North quay"}])
    found = option(answer(case, assets), "nsrs")
    assert gate(found, Gate.LIFT) is Verdict.RED
    why = next(result.reasons[0] for result in found.gates if result.gate is Gate.LIFT)
    assert why.id == "lift.runway_short"
    assert (why.values["runway_m"], why.values["needed_m"]) == (1600.0, 2000.0)
    assert why.remedy is not None
    assert why.remedy.values["airfield"] == "ENBR"


def test_a_field_without_a_k_loader_is_named_and_costs_hours() -> None:
    usual = option(answer(), "rov").time_to_intervention_h
    fields = [{"icao": one, "has_loader": False, "loader_delay_h": 20} for one in ("ENBR", "ENSH")]
    without = option(answer(a_case(airfields=fields)), "rov")
    assert usual is not None
    assert without.time_to_intervention_h is not None
    if without.mode is Mode.FLY_AWAY and without.via.apod is not None and without.via.apod.code in ("ENBR", "ENSH"):
        assert "lift.loader_missing" in ids(without, Gate.LIFT)
    assert without.time_to_intervention_h.p50 > usual.p50


def test_a_closed_airfield_is_not_used() -> None:
    found = option(answer(a_case(airfields=[{"icao": "ENBR", "closed": True}])), "nsrs")
    assert found.via.apod is None or found.via.apod.code != "ENBR"


def test_no_sea_route_is_a_red_gate_and_no_number() -> None:
    response = answer(a_case(closed_passages=["all"]))
    found = option(response, "own")
    assert gate(found, Gate.ROUTE) is Verdict.RED
    assert found.time_to_first_rescue_h is None
    assert "finding.no_way_by_sea" in {why.id for why in response.findings}


@pytest.mark.parametrize(("dissub", "told"), [({"plight": "missing"}, True), ({}, False)])
def test_hours_to_a_missing_submarine_are_said_to_leave_out_the_search(dissub: dict[str, Any], told: bool) -> None:
    assert ("finding.to_be_found" in {why.id for why in answer(a_case(dissub=dissub)).findings}) is told


def test_a_wide_circle_has_to_be_searched() -> None:
    wide = {"position": {"lat_deg": 64.0, "lon_deg": 3.0}, "error_radius_nm": 30}
    (why,) = (one for one in answer(a_case(dissub={"fix": wide})).findings if one.id == "finding.to_be_found")
    assert why.values == {"radius_nm": 30}


def test_an_empty_registry_says_nothing_of_what_vehicles_can() -> None:
    empty = registry(systems=[], interventions=[], ships=[], fleets=[])
    told = [why.id for why in answer(a_case(dissub={"depth_m": 300}), empty).findings]
    assert told == ["finding.no_feasible_rescue"]


def test_a_system_of_unknown_base_is_asked_for_it_and_not_refused() -> None:
    lost = rescue_system(id="lost", name="Lost", base=None)
    found = option(answer(assets=registry(systems=[lost])), "lost")
    assert (gate(found, Gate.LIFT), found.verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    assert "lift.base_unknown" in ids(found, Gate.LIFT)
    told = {why.id for why in answer(assets=registry(systems=[lost])).findings}
    assert "finding.no_known_rescue" in told
    assert "finding.no_feasible_rescue" not in told


def test_who_lies_nobody_knows_where_is_not_asked_where_all_of_that_nation_are_too_late() -> None:
    near = rescue_system(id="near", name="Near")
    lost = rescue_system(id="lost", name="Lost", base=None)
    dying = {"survival_override": {"p10_h": 3, "p50_h": 4, "p90_h": 5, "source": "crew"}}
    (why,) = (
        one
        for one in answer(a_case(dissub=dying), registry(systems=[near, lost])).findings
        if one.id in ("finding.no_feasible_rescue", "finding.no_known_rescue")
    )
    assert why.id == "finding.no_feasible_rescue"
    assert why.remedy is not None
    assert (why.remedy.id, why.remedy.values["name"]) == ("finding.soonest_too_late", "Near")
    strangers = registry(systems=[near, lost.model_copy(update={"nations": ("SE",)})])
    assert "finding.no_known_rescue" in {why.id for why in answer(a_case(dissub=dying), strangers).findings}


def test_a_ship_too_small_for_the_system_is_not_taken() -> None:
    tight = ship(
        id="tight", name="Tight", certified_for=[], civilian=True, deck_area_m2=100, role="vessel_of_opportunity"
    )
    assets = registry(systems=[rescue_system(needs_deck_area_m2=300)], ships=[tight])
    found = option(answer(assets=assets), "nsrs")
    assert found.via.ship_id != "tight"
    assert "ship.to_be_chartered" in ids(found, Gate.SHIP)


def test_a_fleet_of_another_nation_does_not_fly_for_nothing() -> None:
    assets = registry(fleets=[fleet(nations=["CN"])])
    found = option(answer(assets=assets), "nsrs")
    assert found.mode is not Mode.FLY_AWAY


def test_alternatives_differ_and_cost_hours() -> None:
    second = ship(
        id="second", name="Second ship", base={"name": "Home quay", "position": {"lat_deg": 55.9, "lon_deg": -4.9}}
    )
    found = option(answer(assets=registry(ships=[ship(), second, rescue_ship()])), "nsrs")
    assert found.alternatives
    keys = {
        (a.mode, a.via.ship_id, a.via.spod.name if a.via.spod else None, a.via.apod.code if a.via.apod else None)
        for a in found.alternatives
    }
    assert len(keys) == len(found.alternatives) <= 5
    assert all(a.costs_h >= -1e-6 for a in found.alternatives)


def test_an_air_dropped_group_needs_no_ship() -> None:
    group = rov(id="group", intervention_kind="parachute_group", air_drop=True, max_depth_m=None)
    found = option(answer(assets=registry(interventions=[group])), "group")
    assert found.mode is Mode.AIR_DROP
    assert found.sea_nm is None
    assert found.time_to_intervention_h is not None


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="samples"):
        plan(a_case(), registry(), NUMBERS, WORLD, samples=0)


@LAWS
@given(st.floats(0, 48), st.floats(0, 48))
def test_a_longer_notice_never_makes_an_asset_earlier(short: float, more: float) -> None:
    def first(notice: float) -> float:
        found = option(answer(assets=registry(systems=[rescue_system(notice_h=notice)])), "nsrs")
        assert found.time_to_first_rescue_h is not None
        return found.time_to_first_rescue_h.p50

    # Whole minutes: which of two equal chains is named may change with the last digit of a median.
    assert first(short + more) >= first(short) - 0.05


@LAWS
@given(st.floats(21, 900), st.floats(0, 900))
def test_a_deeper_submarine_never_makes_a_vehicle_more_able(depth_m: float, more: float) -> None:
    def verdict(depth: float) -> int:
        return ORDER[gate(option(answer(a_case(dissub={"depth_m": depth})), "own"), Gate.DEPTH)]

    assert verdict(depth_m + more) >= verdict(depth_m)


@LAWS
@given(st.floats(-10, 10), st.floats(60, 66))
def test_a_closed_strait_never_brings_anything_earlier(lon: float, lat: float) -> None:
    def first(closed: list[str]) -> dict[str, float]:
        case = a_case(dissub={"fix": {"position": {"lat_deg": lat, "lon_deg": lon}}}, closed_passages=closed)
        times = {found.asset_id: found.time_to_intervention_h for found in answer(case).options}
        return {asset: time.p50 for asset, time in times.items() if time is not None}

    open_, closed = first([]), first(["strait"])
    assert all(closed[asset] >= open_[asset] - 0.05 for asset in closed)


@LAWS
@given(st.floats(8, 20), st.floats(0, 8))
def test_a_slower_ship_never_comes_earlier(speed_kn: float, slower: float) -> None:
    def first(speed: float) -> float:
        found = option(answer(assets=registry(ships=[ship(), rescue_ship(speed_kn=speed)])), "own")
        assert found.time_to_first_rescue_h is not None
        return found.time_to_first_rescue_h.p50

    assert first(max(speed_kn - slower, 1.0)) >= first(speed_kn) - DRAWN_H


@given(st.lists(st.sampled_from(list(Verdict))), st.sampled_from(list(Verdict)))
def test_one_more_gate_never_betters_the_verdict(verdicts: list[Verdict], one_more: Verdict) -> None:
    assert ORDER[worst([*verdicts, one_more])] >= ORDER[worst(verdicts)]


def test_every_reason_that_a_plan_gives_has_its_words() -> None:
    from subrescue.exchange.wording import say

    cases: list[dict[str, Any]] = [
        {},
        {"closed_passages": ["all"]},
        {"airfields": [{"icao": "ENBR", "has_loader": False}]},
    ]
    for fields in cases:
        response = answer(a_case(**fields))
        for found in response.options:
            for result in found.gates:
                assert all(say(why) for why in result.reasons)
            assert found.limiting_factor is None or say(found.limiting_factor)
        assert all(say(why) for why in response.findings)


def test_the_package_gives_the_function_whatever_was_imported_before() -> None:
    import subrescue.planning
    from subrescue import plan as from_the_top

    assert subrescue.planning.plan is plan
    assert from_the_top is plan


@pytest.mark.parametrize(("stated_h", "longer_h"), [(None, 900.0 / 450.0), (5.0, 0.0)])
def test_aircraft_based_far_from_the_load_take_the_flight_to_it_longer(stated_h: float | None, longer_h: float) -> None:
    """3,000 nm by the meridian from the store: 900 of them beyond what the known waits have in them, at 450 kn."""

    def wait_h(lat_deg: float) -> float:
        base = {"name": "Base", "position": {"lat_deg": lat_deg, "lon_deg": -4.7}}
        assets = registry(fleets=[fleet(base=base, wait_h=stated_h)])
        options = plan(a_case(), assets, NUMBERS, WORLD, samples=50).options
        phases = next(option.phases for option in options if option.asset_id == "nsrs")
        span = next(one for one in phases if one.phase is PhaseName.WAIT_FOR_AIRCRAFT)
        assert span.length_h is not None
        return span.length_h.p50

    assert wait_h(55.6 - 50.0) - wait_h(55.6) == pytest.approx(longer_h, abs=0.05)


def test_assets_of_another_day_than_the_case_are_told_once() -> None:
    """No entry of the registry says since when it serves: it is told, and no year is guessed."""

    def told(alert: str, **assets: Any) -> list[tuple[str, Any]]:
        case = a_case().model_copy(update={"alert": datetime.fromisoformat(alert), "assets": CaseAssets(**assets)})
        found = answer(case).findings
        return [(why.id, why.values["years"]) for why in found if why.id.startswith("finding.assets_of")]

    assert told("1985-11-01T12:00:00Z") == [("finding.assets_of_later_day", 41)]
    assert told("2040-11-01T12:00:00Z") == [("finding.assets_of_earlier_day", 14)]
    assert told("2026-11-01T12:00:00Z") == []
    assert told("1985-11-01T12:00:00Z", use_registry=False) == []
