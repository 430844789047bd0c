"""What is kept from one plan to the next never shows: a plan after another is the plan that a fresh process makes."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from subrescue.domain.assets import RescueSystem
from subrescue.domain.case import Case, CaseShip, LandingClearance, OfferState
from subrescue.domain.collector import collector_at_rest
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.registry import Registry
from subrescue.earth.world import load_world
from subrescue.planning.answer import sampled
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis import ground
from subrescue.planning.basis.ground import (
    facts_of,
    ground_of,
    on_ground,
    passage_of,
    road_of,
    scene_of,
    way_of,
)
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry
from tests.planning.kept import forget

Inputs = tuple[Case, Registry, Assumptions]


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    return case, load_registry(), load_assumptions()


def moved(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    fix = Fix(position=Position(lat_deg=58.0, lon_deg=3.0))
    return case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})}), registry, numbers


def shallower(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    dissub = case.dissub.model_copy(update={"depth_m": 90.0, "people_aboard": 12, "survivors": 12, "compartments": ()})
    return case.model_copy(update={"dissub": dissub}), registry, numbers


def fewer_aboard(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    dissub = case.dissub.model_copy(update={"people_aboard": 12, "survivors": 12, "compartments": ()})
    return case.model_copy(update={"dissub": dissub}), registry, numbers


def slower_loading(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    return case, registry, numbers.replaced({"airlift.load_h": Pert(min=6.0, mode=7.0, max=8.0)})


def stricter_sea(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    return case, registry, numbers.replaced({"limit.wave_height_m": Pert.exactly(1.0)})


def another_shipment(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    nsrs = registry.rescue_systems["nsrs"].model_copy(update={"max_depth_m": 200.0, "notice_h": Pert.exactly(40.0)})
    return case, registry.model_copy(update={"rescue_systems": {**registry.rescue_systems, "nsrs": nsrs}}), numbers


def one_fleet_less(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    fleets = dict(list(registry.aircraft_fleets.items())[1:])
    return case, registry.model_copy(update={"aircraft_fleets": fleets}), numbers


def declined(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    offers = tuple(offer.model_copy(update={"state": OfferState.DECLINED}) for offer in case.offers)
    return case.model_copy(update={"offers": offers}), registry, numbers


def kept_waiting(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    clearance = LandingClearance(nation="NO", lead_h=Pert.exactly(30.0), overflight_h=Pert.exactly(20.0))
    return case.model_copy(update={"clearances": (*case.clearances, clearance)}), registry, numbers


def longer_survey(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    return case, registry, numbers.replaced({"scene.survey_h": Pert(min=4.0, mode=6.0, max=9.0)})


def entangled(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    return case.model_copy(update={"dissub": case.dissub.model_copy(update={"entangled": True})}), registry, numbers


def a_ship_bound_to_another_system(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    carried = {ship for system in registry.rescue_systems.values() for ship in system.home_ships}
    ship = next(ship for ship in registry.ships.values() if ship.base is not None and ship.id not in carried)
    urf = registry.rescue_systems["se-urf"]
    bound = urf.model_copy(update={"home_ships": (*urf.home_ships, ship.id)})
    return case, registry.model_copy(update={"rescue_systems": {**registry.rescue_systems, urf.id: bound}}), numbers


def home_ships_that_leave_later(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    """Moved, so that their passages are new and what they do before is not."""
    case, registry, numbers = moved(case, registry, numbers)
    busy = {ship: CaseShip(ship=ship, available_after_h=Pert.exactly(9.0)) for ship in registry.ships}
    known = {ship.ship: ship for ship in case.ships}
    return case.model_copy(update={"ships": tuple({**busy, **known}.values())}), registry, numbers


def nsrs_at_the_hull(case: Case, registry: Registry, numbers: Assumptions) -> Inputs:
    at_hull = {"max_depth_m": 90.0, "capacity_persons": 3, "rescue_seats": ("russian",)}
    nsrs = registry.rescue_systems["nsrs"].model_copy(update=at_hull)
    return case, registry.model_copy(update={"rescue_systems": {**registry.rescue_systems, "nsrs": nsrs}}), numbers


def respond(inputs: Inputs) -> str:
    return plan(*inputs, load_world(), samples=50, paths=False).model_dump_json()


@pytest.mark.parametrize(
    "edit",
    [
        moved,
        shallower,
        slower_loading,
        stricter_sea,
        another_shipment,
        nsrs_at_the_hull,
        one_fleet_less,
        declined,
        longer_survey,
        entangled,
        a_ship_bound_to_another_system,
        home_ships_that_leave_later,
    ],
)
def test_a_plan_after_another_is_that_of_a_fresh_process(inputs: Inputs, edit: Callable[..., Inputs]) -> None:
    respond(inputs)
    after_another = respond(edit(*inputs))
    forget()
    assert after_another == respond(edit(*inputs))


@pytest.mark.parametrize("seed", [1, 2])
def test_plans_after_one_another_are_those_of_fresh_processes(inputs: Inputs, seed: int) -> None:
    """Assumptions of the airlift move by chance, one after another, and a fleet and a clearance come and go."""
    chance, found = random.Random(seed), []
    others = [inputs[:2], one_fleet_less(*inputs)[:2], kept_waiting(*inputs)[:2]]
    numbers, keys = inputs[2], [key for key in inputs[2].items if key.startswith(("airlift.", "refuel.", "recall."))]
    for _ in range(6):
        moved = numbers.items[key := chance.choice(keys)]
        mode = chance.uniform(moved.value.min, moved.value.max)
        numbers = numbers.replaced({key: Pert(min=moved.value.min, mode=mode, max=moved.value.max)})
        found.append((*chance.choice(others), numbers))
    after_another = [respond(one) for one in found]
    for one, response in zip(found, after_another, strict=True):
        forget()
        assert response == respond(one)


@pytest.mark.parametrize(("seed", "samples"), [(1, 50), (0, 51)])
def test_a_plan_with_other_luck_is_that_of_a_fresh_process(inputs: Inputs, seed: int, samples: int) -> None:
    respond(inputs)
    after_another = plan(*inputs, load_world(), seed=seed, samples=samples, paths=False)
    ground._kept_way.keep_last(0)
    assert after_another == plan(*inputs, load_world(), seed=seed, samples=samples, paths=False)


def test_a_chain_that_an_edit_left_alone_is_not_drawn_again(inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()  # another test may have planned the same edits
    respond(inputs)
    drawn: list[object] = []
    draw = sampled.timetable
    monkeypatch.setattr(sampled, "timetable", lambda steps, draws: drawn.append(steps) or draw(steps, draws))
    respond(fewer_aboard(*inputs))
    assert not drawn
    respond(declined(*inputs))
    assert drawn


def test_the_ways_of_a_system_outlive_an_edit_of_what_it_can_do_at_the_hull(inputs: Inputs) -> None:
    here, there = a_situation(inputs), a_situation(nsrs_at_the_hull(*inputs))
    nsrs, edited = (one.registry.rescue_systems["nsrs"] for one in (here, there))
    assert nsrs != edited
    assert chains_of(edited, there) is chains_of(nsrs, here)
    notice = a_situation(another_shipment(*inputs))
    assert chains_of(notice.registry.rescue_systems["nsrs"], notice) is not chains_of(nsrs, here)


def test_the_collector_is_on_after_a_plan_as_it_was_before(inputs: Inputs) -> None:
    assert gc.isenabled()
    respond(inputs)
    assert gc.isenabled()
    gc.disable()
    try:
        respond(inputs)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_plans_leave_nothing_that_only_the_collector_could_take_away(inputs: Inputs) -> None:
    case, registry, numbers = inputs

    def planned_at(lat_deg: float) -> None:
        fix = Fix(position=Position(lat_deg=lat_deg, lon_deg=3.0))
        respond((case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})}), registry, numbers))

    for lat_deg in (58.0, 58.2, 58.4):  # until each plan takes the place of an earlier one among what is kept
        planned_at(lat_deg)
    gc.collect()
    gc.disable()
    try:
        planned_at(58.6)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_is_made_while_the_collector_rests_is_old_at_once() -> None:
    gc.unfreeze()  # what the tests themselves keep out of collections
    try:
        with collector_at_rest():
            made: list[object] = [[]]
        assert any(one is made for one in gc.get_objects(generation=2))
    finally:
        gc.freeze()


def test_what_somebody_keeps_out_of_all_collections_stays_out() -> None:
    gc.freeze()
    with collector_at_rest():
        pass
    assert gc.get_freeze_count() > 0


def a_situation(inputs: Inputs) -> Situation:
    return situation_of(*inputs, load_world(), 0, 10)


def test_the_ground_outlives_a_move_and_a_deeper_boat(inputs: Inputs) -> None:
    here = ground_of(a_situation(inputs))
    assert ground_of(a_situation(moved(*inputs))) is here
    assert ground_of(a_situation(shallower(*inputs))) is here
    assert ground_of(a_situation(slower_loading(*inputs))) is not here


def test_what_is_known_outlives_a_move_and_every_assumption(inputs: Inputs) -> None:
    here = facts_of(a_situation(inputs))
    assert facts_of(a_situation(moved(*inputs))) is here
    assert facts_of(a_situation(slower_loading(*inputs))) is here
    assert facts_of(ground_of(a_situation(slower_loading(*inputs)))) is here
    assert facts_of(a_situation(one_fleet_less(*inputs))) is not here
    assert facts_of(a_situation(kept_waiting(*inputs))) is not here
    assert not here.assumptions.items


def test_the_gates_at_the_hull_outlive_a_move_and_no_deeper_boat(inputs: Inputs) -> None:
    here = scene_of(a_situation(inputs))
    assert scene_of(a_situation(moved(*inputs))) is here
    assert scene_of(a_situation(shallower(*inputs))) is not here


def rescue_system(inputs: Inputs) -> RescueSystem:
    return inputs[1].rescue_systems["nsrs"]


def test_the_ways_outlive_a_deeper_boat_and_no_move(inputs: Inputs) -> None:
    nsrs = rescue_system(inputs)
    here = way_of(a_situation(inputs), nsrs)
    assert way_of(a_situation(shallower(*inputs)), nsrs) is here
    assert way_of(a_situation(another_shipment(*inputs)), nsrs) is here
    assert way_of(a_situation(moved(*inputs)), nsrs) is not here
    assert way_of(a_situation(longer_survey(*inputs)), nsrs) is not here
    assert (here.case.dissub.depth_m, here.case.dissub.people_aboard, here.submarine_class) == (None, None, None)


def test_the_ways_outlive_numbers_that_no_such_asset_reads(inputs: Inputs) -> None:
    ship = next(ship for ship in inputs[1].ships.values() if ship.carries)
    nsrs, here = rescue_system(inputs), a_situation(inputs)
    longer, slower = a_situation(longer_survey(*inputs)), a_situation(slower_loading(*inputs))
    assert way_of(longer, ship) is way_of(here, ship)
    assert way_of(slower, ship) is way_of(here, ship)
    assert way_of(slower, nsrs) is not way_of(here, nsrs)
    assert passage_of(longer) is passage_of(slower) is passage_of(here)
    assert road_of(slower) is road_of(here)
    for way in (way_of(here, ship), passage_of(here), road_of(here)):
        with pytest.raises(KeyError):
            way.assumptions["airlift.load_h"]


def test_without_a_memory_to_keep_every_way_is_looked_for(inputs: Inputs) -> None:
    here = replace(a_situation(inputs), memory={}, alone=True)
    assert way_of(here, rescue_system(inputs)) is here


def test_the_ground_knows_nothing_of_the_dissub(inputs: Inputs) -> None:
    here = ground_of(a_situation(inputs))
    assert (here.case.dissub.depth_m, here.case.dissub.people_aboard, here.ship_sea_nm) == (None, None, {})
    with pytest.raises(KeyError):
        here.assumptions["scene.survey_h"]


def test_what_was_made_of_another_value_is_made_again(inputs: Inputs) -> None:
    here, one, other = ground_of(a_situation(inputs)), object(), object()
    made: list[object] = []

    def make() -> int:
        made.append(None)
        return len(made)

    assert [on_ground(here, "tried", "x", (value,), make) for value in (one, one, other, one)] == [1, 1, 2, 3]


def test_of_a_kind_what_was_made_first_goes_and_the_rest_stays() -> None:
    sit, made = cast(Situation, SimpleNamespace(memory={}, times=1)), list[int]()

    def ask(key: int, thing: object = None) -> None:
        on_ground(sit, "kind", key, (thing,), lambda: made.append(key), most=3)

    for key in (1, 2, 3, 2, 4, 2, 3, 4):
        ask(key)
    assert made == [1, 2, 3, 4]
    ask(2, "of something else")  # is the newest again
    ask(5)
    ask(2, "of something else")
    assert made == [1, 2, 3, 4, 2, 5]
    ask(3)
    assert made[-1] == 3
