"""Every gate of every option answers, and whatever is no yes says what would change it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Option, Response, Verdict
from subrescue.earth.world import load_world
from subrescue.exchange.wording import catalogue, say
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.dives.lives import Lives
from subrescue.planning.doubt.durations import band
from subrescue.planning.gates.gates_chain import Late, capacity_gate, how_late, time_gate
from subrescue.planning.gates.remedies import with_remedy
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import find_case, read_case
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case, a_field, a_port, fleet, registry, rescue_system, rov, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
ALL = set(Gate) - {Gate.ROUTE}


def option(asset: str, *, assets: Any = None, **fields: Any) -> Option:
    case = a_case(**fields)
    response = plan(case, assets or registry(), NUMBERS, WORLD, samples=300)
    return next(one for one in response.options if one.asset_id == asset)


def result(found: Option, gate: Gate) -> GateResult:
    return next(one for one in found.gates if one.gate is gate)


def remedy(found: Option, gate: Gate) -> Reason | None:
    return result(found, gate).reasons[0].remedy


@pytest.fixture(scope="module", params=["demo-norwegian-sea", "kursk-2000", "nanggala-2021", "demo-strait-of-sicily"])
def response(request: pytest.FixtureRequest) -> Response:
    case = read_case(find_case(request.param))
    return plan(case, load_registry(), NUMBERS, load_world(), samples=200, paths=False)


def test_every_option_answers_every_gate(response: Response) -> None:
    for one in response.options:
        assert {gate.gate for gate in one.gates} >= ALL, one.asset_id
        assert [gate.gate for gate in one.gates] == sorted({g.gate for g in one.gates}, key=list(Gate).index)


_MAY_STAND_ALONE = {
    "gate.no_way",
    "permission.agreement",
    "permission.suspended",
    "permission.no_agreement",
    "permission.accept_takes",
    "permission.may_be_put_off",
    "lift.load",
    "lift.load_one",
    "lift.refuelled",
    "lift.drop",
    "lift.flies_round_closed",
    "sea.within",
    "sea.calm_enough",
    "sea.wind_within",
    "ship.certified",
    "ship.screened",
    "ship.suitable",
    "ship.own",
    "ship.own_launch_gear",
    "ship.crane_lifts",
    "ship.ice_class",
    "survival.hull_crushed",
    "survival.no_survivors",
    "time.identification_only",
    "time.too_late",
    "time.too_late_by_prior",
    "capacity.expected",
    "route.no_chain",
}
"""Reasons that nothing in the planner's reach would change, or that only tell what was compared."""


def test_what_is_no_yes_says_what_would_change_it(response: Response) -> None:
    crushed = response.survival.p90_h == 0
    for one in response.options:
        for gate in one.gates:
            if gate.verdict is Verdict.GREEN:
                continue
            for why in gate.reasons:
                alone = why.id in _MAY_STAND_ALONE or why.id.startswith("passage.")
                over = crushed and gate.gate in (Gate.TIME, Gate.CAPACITY)
                assert why.remedy is not None or alone or over, (one.asset_id, gate.gate, why)


def test_every_remedy_has_words(response: Response) -> None:
    for one in response.options:
        for why in (why for gate in one.gates for why in gate.reasons):
            told = why.remedy
            while told is not None:
                assert told.id in catalogue()
                assert "unknown" not in say(told), say(told)
                told = told.remedy


def test_the_verdict_is_that_of_the_worst_gate(response: Response) -> None:
    order = [Verdict.GREEN, Verdict.AMBER, Verdict.UNKNOWN, Verdict.RED]
    for one in response.options:
        assert one.verdict is max((gate.verdict for gate in one.gates), key=order.index)


def test_a_deep_boat_would_be_reached_higher_up() -> None:
    found = remedy(option("nsrs", dissub={"depth_m": 700}), Gate.DEPTH)
    assert found is not None
    assert (found.id, found.values) == ("depth.would_reach", {"limit_m": 610.0})
    near = remedy(option("nsrs", dissub={"depth_m": 600}), Gate.DEPTH)
    assert near is not None
    # The margin is 0.9: nine tenths of 610 m.
    assert (near.id, near.values) == ("depth.no_doubt_above", {"limit_m": pytest.approx(549.0)})


@pytest.mark.parametrize(
    ("other", "case", "named"),
    [
        ({}, {}, "Russian vehicle"),
        ({"max_depth_m": 120}, {}, None),
        ({"status": "building"}, {}, None),
        ({}, {"offers": [{"asset": "ru", "state": "declined"}]}, None),
        ({"mating_angle_deg": 10}, {"dissub": {"list_deg": 20}}, None),
    ],
)
def test_a_seat_that_does_not_match_names_the_vehicles_that_mate_and_may_come(
    other: dict[str, Any], case: dict[str, Any], named: str | None
) -> None:
    both = registry(
        systems=[rescue_system(), rescue_system(id="ru", name="Russian vehicle", rescue_seats=["russian"], **other)]
    )
    dissub = {"rescue_seat": "russian", **case.get("dissub", {})}
    one = option("nsrs", assets=both, **{**case, "dissub": dissub})
    found = remedy(one, Gate.SEAT)
    expected = reason("seat.others_mate", vehicles=named) if named else reason("seat.intervention_instead")
    assert found == expected
    assert one.limiting_factor == result(one, Gate.SEAT).reasons[0]


def test_of_a_boat_whose_nation_nobody_knows_the_owner_is_asked() -> None:
    unknown = {"nation": None, "rescue_seat": None, "class_id": None}
    found = remedy(option("nsrs", dissub=unknown), Gate.SEAT)
    assert found is not None
    assert say(found) == "ask the owner of Exercise boat for the rescue seat of the class"
    offered = a_case(dissub=unknown, offers=[{"asset": "nsrs", "state": "offered"}])
    why = with_remedy(
        GateResult(gate=Gate.PERMISSION, verdict=Verdict.AMBER, reasons=(reason("permission.offered"),)),
        rescue_system(),
        situation_of(offered, registry(), NUMBERS, WORLD, 0, 10),
    ).reasons[0]
    assert why.remedy is not None
    assert say(why.remedy) == "would do once the owner of Exercise boat accepts"


def test_an_unknown_seat_says_whom_to_ask() -> None:
    found = remedy(option("nsrs", dissub={"rescue_seat": None}), Gate.SEAT)
    assert found is not None
    assert say(found) == "ask NO for the rescue seat of the class"


def test_a_fleet_that_would_have_to_be_lent_is_named() -> None:
    abroad = fleet(nations=["CN"], base={"name": "Base", "position": {"lat_deg": 40, "lon_deg": 116}})
    sit = situation_of(a_case(), registry(fleets=[abroad]), NUMBERS, WORLD, 0, 50)
    refused = GateResult(gate=Gate.LIFT, verdict=Verdict.RED, reasons=(reason("lift.no_fleet", nations="GB"),))
    found = with_remedy(refused, rov(), sit).reasons[0].remedy
    assert found is not None
    assert say(found) == "the C-17A of RAF C-17 would take it, if CN lent it"


def test_a_remedy_that_a_gate_gives_itself_stays() -> None:
    sit = situation_of(a_case(), registry(), NUMBERS, WORLD, 0, 50)
    own = reason("depth.limit_unknown", nation="GB", remedy=reason("find.depth"))
    gate = GateResult(gate=Gate.DEPTH, verdict=Verdict.UNKNOWN, reasons=(own,))
    assert with_remedy(gate, rov(), sit) == gate


def test_too_late_says_by_how_many_hours() -> None:
    stated = {"p10_h": 80, "p50_h": 90, "p90_h": 100, "source": "exercise"}
    found = option("nsrs", dissub={"survival_override": stated})
    why = result(found, Gate.TIME).reasons[0]
    assert why.remedy is not None
    sooner_h = why.remedy.values["hours"]
    assert isinstance(sooner_h, float)
    later = {key: hours + sooner_h + 0.5 for key, hours in stated.items() if isinstance(hours, int)}
    assert result(option("nsrs", dissub={"survival_override": {**stated, **later}}), Gate.TIME).verdict is Verdict.GREEN


@pytest.mark.parametrize(
    ("chance", "words", "verdict"),
    [
        (0.896, "90 % chance to be in time", Verdict.GREEN),
        (0.894, "89 % chance to be in time; in time nine times in ten if it came 1 h sooner", Verdict.AMBER),
        (0.046, "5 % chance to be in time; in time nine times in ten if it came 1 h sooner", Verdict.AMBER),
        (0.044, "4 % chance to be in time; in time nine times in ten if it came 1 h sooner", Verdict.RED),
    ],
)
def test_the_verdict_of_time_is_that_of_the_chance_that_is_told(chance: float, words: str, verdict: Verdict) -> None:
    found = time_gate(chance, Late(1.0, 0.0, spare_h=5.0, lives_h=100.0))
    assert found.verdict is verdict
    assert say(found.reasons[0]).startswith(words)


@pytest.mark.parametrize(
    ("short_h", "words"),
    [
        (20.0, "4 % chance to be in time; in time nine times in ten if it came 20 h sooner, or the crew lived as much"),
        (21.0, "4 % chance to be in time; in time nine times in ten only if the crew lived 21 h longer"),
        (90.0, "4 % chance to be in time; in time nine times in ten only if the crew lived 90 h longer"),
        (91.0, "4 % chance to be in time: by the medians it comes 76 h after life aboard ends"),
    ],
)
def test_no_hours_are_asked_for_that_nobody_could_save(short_h: float, words: str) -> None:
    """Of 300 h those 20 that pass before anything moves; and no crew of 90 h lives twice as long."""
    (why,) = time_gate(0.04, Late(short_h, 75.2, spare_h=20.0, lives_h=90.0)).reasons
    assert say(why).startswith(words)
    (all_out,) = capacity_gate(44, 16, 2.0, Late(short_h, 75.2, spare_h=20.0, lives_h=90.0)).reasons
    assert (all_out.remedy is not None) == (short_h <= 90.0)


def test_hours_short_are_those_of_the_ninth_case_in_ten() -> None:
    done, lives = np.arange(0.0, 101.0), Lives.together(np.full(101, 50.0))

    def late(add_h: float, lives: Lives = lives, spread: float = 1.0) -> Late | None:
        done_h = add_h + spread * done
        return how_late(done_h, band(done_h), lives, 0.0)

    # done - lives runs from -50 to 50: nine in ten lie below 40.
    assert late(0.0) == Late(40.0, 0.0, 0.0, 50.0, step_h=10.0)
    assert late(62.5) == Late(110.0, 62.5, 0.0, 50.0, step_h=10.0), "two figures, and rather more than less"
    assert late(2.5) == Late(50.0, 2.5, 0.0, 50.0, step_h=10.0), "no finer than a band of 80 h"
    assert late(42.0, spread=0.1) == Late(1.0, -3.0, 0.0, 50.0, step_h=1.0), "whole hours at the finest"
    assert late(-45.0) is None, "already in time"
    assert late(0.0, Lives.together(np.zeros(101))) is None, "nobody lives to be reached"


@pytest.mark.parametrize(("short_h", "told"), [(20.0, "time.in_time"), (300.0, "time.too_late")])
def test_a_general_estimate_of_life_is_told_as_such_wherever_a_chance_hangs_on_it(short_h: float, told: str) -> None:
    late = Late(short_h, 76.0, spare_h=0.0, lives_h=90.0, step_h=10.0)
    for chance in (0.002, 0.3):
        (known,) = time_gate(chance, late).reasons
        (by_prior,) = time_gate(chance, late, by_prior=True).reasons
        assert (known.id, by_prior.id) == (told, f"{told}_by_prior")
        assert known.values == by_prior.values
        assert known.remedy == by_prior.remedy
        if told == "time.too_late":
            assert say(by_prior).endswith("it comes 80 h after life aboard ends by a general estimate")


def test_what_does_not_apply_is_green_and_says_so() -> None:
    found = option("rov")
    seat = result(found, Gate.SEAT)
    assert (seat.verdict, seat.reasons[0].id) == (Verdict.GREEN, "gate.not_needed_for")
    assert say(seat.reasons[0]) == "not asked of this kind: intervention system"
    lift = result(option("own"), Gate.LIFT)
    assert say(lift.reasons[0]) == "not needed: it comes by own ship"


def test_no_way_leaves_the_hour_unknown_and_the_verdict_red() -> None:
    found = option("own", closed_passages=["all"])
    assert found.verdict is Verdict.RED
    assert result(found, Gate.TIME).reasons[0].id == "gate.no_way"
    assert "gate.no_way" not in {why.id for why in found.unknowns}


def test_nobody_is_asked_for_what_is_a_yes() -> None:
    """A ship of unknown ice class that was screened for the system: the class is asked for, the screening is not."""
    found = option("nsrs", environment={"ice": True})
    ship = result(found, Gate.SHIP)
    assert ship.verdict is Verdict.UNKNOWN
    assert {why.id for why in ship.reasons} - {why.id for why in found.unknowns}
    assert all(why.remedy is not None for why in found.unknowns if why in ship.reasons)


def test_a_reactor_and_weapons_are_flags() -> None:
    found = option("rov", dissub={"radiation": True, "weapons_damaged": True})
    hazards = result(found, Gate.HAZARDS)
    assert hazards.verdict is Verdict.AMBER
    assert [why.id for why in hazards.reasons] == ["hazards.radiation", "hazards.weapons"]


def test_an_airfield_in_the_mountains_is_doubted_and_the_nearest_that_lies_low_is_named() -> None:
    fields = [
        a_field("EGPK", 55.5, -4.6, 3000),
        a_field("ENHI", 60.4, 5.2, 2900, elevation_m=1600),
        a_field("ENSO", 60.5, 5.2, 2900, elevation_m=1600),
        a_field("ENLO", 62.4, 5.2, 2900, elevation_m=1500),
    ]
    case = a_case()
    ways = [
        plan(case, registry(), NUMBERS, small_world(those, [a_port("bergen", 60.4, 5.3)]), samples=100)
        for those in (fields, [fields[0], fields[3]])
    ]
    high, low = (
        {why.id: why for one in found.options if one.asset_id == "nsrs" for why in result(one, Gate.LIFT).reasons}
        for found in ways
    )
    assert high["lift.high_field"].values["elevation_m"] == 1600
    assert high["lift.high_field"].remedy is not None
    assert high["lift.high_field"].remedy.values["airfield"] == "ENLO"
    assert "lift.strength_unknown" in low
    assert "lift.high_field" not in low


@pytest.mark.parametrize(
    ("chance", "by_prior", "verdict"),
    [
        (0.03, False, Verdict.RED),
        (0.03, True, Verdict.UNKNOWN),
        (0.004, True, Verdict.RED),
        (0.06, True, Verdict.AMBER),
    ],
)
def test_a_prior_alone_forbids_only_what_comes_after_its_longest_life(
    chance: float, by_prior: bool, verdict: Verdict
) -> None:
    assert time_gate(chance, Late(100.0, 75.0, spare_h=0.0, lives_h=90.0), by_prior=by_prior).verdict is verdict


def test_stores_that_nobody_has_told_of_are_asked_for_before_help_is_refused() -> None:
    found = option("nsrs", dissub={"survival_override": None}, assumptions={"survival.prior_h": [24, 40, 90]})
    time = result(found, Gate.TIME)
    assert (time.verdict, time.reasons[0].id) == (Verdict.UNKNOWN, "time.by_prior")
    assert time.reasons[0].remedy == reason("find.survival")
